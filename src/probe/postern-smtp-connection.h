/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-smtp-reply.h"
#include "probe/postern-smtp-timeouts.h"

G_BEGIN_DECLS

/**
 * PosternSmtpConnection:
 *
 * The wire under a dialogue: a TCP connection, plain or under TLS, that lines go into and replies come out of. It knows
 * nothing of what the lines mean. Every call blocks until it is done, its time is up or it is cancelled, and closes the
 * connection when it fails, because nobody can tell any more where in the stream the two sides are. One thread at a
 * time.
 *
 * Private to this library.
 */
typedef struct _PosternSmtpConnection PosternSmtpConnection;

/**
 * postern_smtp_connection_new:
 * @server: who is at the other end, for error messages, such as "mail.example.com:25"
 * @timeouts: how patient to be; without zeros
 *
 * Returns: (transfer full): a connection that is not open yet; its overall time starts now
 */
PosternSmtpConnection *postern_smtp_connection_new (const char *server, const PosternSmtpTimeouts *timeouts);

void postern_smtp_connection_free (PosternSmtpConnection *self);

/**
 * postern_smtp_connection_open:
 * @self: a connection
 * @target: where to connect to: an address, or a name whose addresses are tried
 * @local: (nullable): the address of this computer to connect from
 *
 * Connects directly; a proxy that the desktop may have configured is not for SMTP.
 */
gboolean postern_smtp_connection_open (PosternSmtpConnection *self, GSocketConnectable *target, GInetAddress *local,
                                       GCancellable *cancellable, GError **error);

/**
 * postern_smtp_connection_start_tls:
 * @self: an open, plain connection whose server has just said that it is ready for TLS
 * @identity: who the server is said to be, for SNI and for the report on its certificate
 *
 * Shakes hands. Any certificate is accepted, as a mail server accepts any certificate when TLS is opportunistic (RFC
 * 7435): the alternative would be no TLS at all. What is wrong with it can be read from
 * postern_smtp_connection_get_tls().
 */
gboolean postern_smtp_connection_start_tls (PosternSmtpConnection *self, GSocketConnectable *identity,
                                            GCancellable *cancellable, GError **error);

/** postern_smtp_connection_send: sends @line and CR LF; @what names it in error messages, such as "RCPT TO" */
gboolean postern_smtp_connection_send (PosternSmtpConnection *self, const char *line, const char *what,
                                       GCancellable *cancellable, GError **error);

/**
 * postern_smtp_connection_receive:
 * @self: an open connection
 * @what: (nullable): the command that the reply answers, for error messages, or %NULL for the greeting
 *
 * Returns: (transfer full) (nullable): the next reply
 */
PosternSmtpReply *postern_smtp_connection_receive (PosternSmtpConnection *self, const char *what,
                                                   GCancellable *cancellable, GError **error);

/**
 * postern_smtp_connection_has_unread:
 * @self: an open connection
 *
 * Looks, without waiting, whether the server has said something that has not been read.
 */
gboolean postern_smtp_connection_has_unread (PosternSmtpConnection *self);

/** postern_smtp_connection_set_timeouts: from now on is as patient as @timeouts say; the overall time still counts from
 * the start */
void postern_smtp_connection_set_timeouts (PosternSmtpConnection *self, const PosternSmtpTimeouts *timeouts);

/** postern_smtp_connection_close: closes without ceremony and without waiting for anyone */
void postern_smtp_connection_close (PosternSmtpConnection *self);

gboolean postern_smtp_connection_is_open (PosternSmtpConnection *self);

/** postern_smtp_connection_get_tls: Returns: (transfer none) (nullable): the TLS layer, also after closing; %NULL if
 * there was none */
GTlsConnection *postern_smtp_connection_get_tls (PosternSmtpConnection *self);

/** postern_smtp_connection_dup_local_address: Returns: (transfer full) (nullable): this end of an open connection */
GInetAddress *postern_smtp_connection_dup_local_address (PosternSmtpConnection *self);

/** postern_smtp_connection_dup_remote_address: Returns: (transfer full) (nullable): the other end of an open connection
 */
GInetAddress *postern_smtp_connection_dup_remote_address (PosternSmtpConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternSmtpConnection, postern_smtp_connection_free)

G_END_DECLS
