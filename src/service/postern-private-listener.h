/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-postfix-host.h"

G_BEGIN_DECLS

/*
 * posternd's own listener in Postfix: an smtpd on the loopback interface that believes XCLIENT from 127.0.0.1 and
 * otherwise answers as the listener for the Internet does. It is what proofs and flow probes talk to. Its greeting says
 * which revision the master daemon has loaded (“live”, an argument in master.cf, which is read at a reload only) and
 * which one the smtpd that greets has read (“main”, a parameter in main.cf, which every new process reads): Postfix has
 * taken over a configuration when both are it, whatever exit codes say.
 */

/** The parameter in main.cf that names the revision. */
#define POSTERN_REVISION_PARAMETER "postern_revision"

/** The one recipient to whom the listener takes a message, and throws it away: nobody's (RFC 6761, 6.4). */
#define POSTERN_PROOF_RECIPIENT "postmaster@postern-proof.invalid"

/** postern_private_listener_service: Returns: (transfer full): how master.cf and postconf call it:
 * "127.0.0.1:10125/inet" */
char *postern_private_listener_service (PosternPostfixHost *host);

/**
 * postern_private_listener_compose:
 * @host: the instance
 * @listing: what “postconf -M” says of its master.cf
 * @mark: the revision's mark
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (nullable): the listener as a line of master.cf, or %NULL if its port belongs to someone
 * else
 */
char *postern_private_listener_compose (PosternPostfixHost *host, const char *listing, const char *mark,
                                        GError **error);

/** postern_private_listener_find: Returns: (transfer full) (array zero-terminated=1): the services in @listing that are
 * such listeners, of whatever port */
char **postern_private_listener_find (const char *listing);

/**
 * postern_private_listener_get_live:
 * @host: the instance
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (nullable): the mark of the revision that the running Postfix has loaded and reads; an empty
 * string if the two are not the same; %NULL with %POSTERN_SERVICE_ERROR_MTA_UNAVAILABLE if nobody greets
 */
char *postern_private_listener_get_live (PosternPostfixHost *host, GError **error);

/**
 * postern_private_listener_wait:
 * @host: the instance
 * @mark: (nullable): a revision's mark, or %NULL to wait until the listener is gone
 * @seconds: how long at most
 * @error: return location for an error, or %NULL
 *
 * Waits until the running Postfix has taken over a configuration.
 */
gboolean postern_private_listener_wait (PosternPostfixHost *host, const char *mark, guint seconds, GError **error);

G_END_DECLS
