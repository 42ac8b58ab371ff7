/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "plan/postern-route.h"

G_BEGIN_DECLS

/**
 * PosternRehearsalOutcome:
 * @POSTERN_REHEARSAL_VERIFIES: the server refuses a recipient that nobody has: verification works
 * @POSTERN_REHEARSAL_SLOW: so it does, but later than a gateway waits: the first message to a recipient is put off
 * @POSTERN_REHEARSAL_CATCH_ALL: it accepts every recipient, so that verification has no effect
 * @POSTERN_REHEARSAL_REFUSES_SENDER: it refuses whom the gateway asks as, so that every recipient looks unknown
 * @POSTERN_REHEARSAL_REFUSES_CLIENT: it refuses whoever asked, with the same result if that was the gateway
 * @POSTERN_REHEARSAL_REFUSES_ALL: it refuses a recipient that is said to exist as well as one that does not
 * @POSTERN_REHEARSAL_GREYLISTS: it puts strangers off, and tells later
 * @POSTERN_REHEARSAL_TEMPFAILS: it cannot tell now
 * @POSTERN_REHEARSAL_UNREACHABLE: it could not be asked
 *
 * What an internal mail server answered when it was asked for recipients as a gateway that verifies asks. Their
 * nicknames are those of the Gateway API.
 */
typedef enum {
    POSTERN_REHEARSAL_VERIFIES,
    POSTERN_REHEARSAL_SLOW,
    POSTERN_REHEARSAL_CATCH_ALL,
    POSTERN_REHEARSAL_REFUSES_SENDER,
    POSTERN_REHEARSAL_REFUSES_CLIENT,
    POSTERN_REHEARSAL_REFUSES_ALL,
    POSTERN_REHEARSAL_GREYLISTS,
    POSTERN_REHEARSAL_TEMPFAILS,
    POSTERN_REHEARSAL_UNREACHABLE,
} PosternRehearsalOutcome;

#define POSTERN_TYPE_REHEARSAL_OUTCOME (postern_rehearsal_outcome_get_type ())
GType postern_rehearsal_outcome_get_type (void) G_GNUC_CONST;

#define POSTERN_TYPE_REHEARSAL (postern_rehearsal_get_type ())

/**
 * PosternRehearsal:
 *
 * What was found out about recipient verification at one internal mail server. Immutable; may be shared between
 * threads. Properties: `title` (which server, for which domain), `summary` (what was found, in sentences), `outcome`,
 * `is-useless`.
 */
G_DECLARE_FINAL_TYPE (PosternRehearsal, postern_rehearsal, POSTERN, REHEARSAL, GObject)

/**
 * postern_rehearsal_new:
 * @server: (nullable): where the plan sends the mail of @domain, or %NULL if DNS decides
 * @domain: the name of the plan's record whose mail goes there; one of several, maybe
 * @outcome: what was found
 * @by_gateway: whether the gateway asked; else another computer did, of which a server may think otherwise
 * @summary: what was found, translated, in a sentence or two
 */
PosternRehearsal *postern_rehearsal_new (PosternRoute *server, const char *domain, PosternRehearsalOutcome outcome,
                                         gboolean by_gateway, const char *summary);

/** postern_rehearsal_get_server: Returns: (transfer none) (nullable): the route, %NULL if DNS decides */
PosternRoute *postern_rehearsal_get_server (PosternRehearsal *self);
/** postern_rehearsal_get_domain: Returns: (transfer none): the name of the plan's record that it was done for */
const char *postern_rehearsal_get_domain (PosternRehearsal *self);
PosternRehearsalOutcome postern_rehearsal_get_outcome (PosternRehearsal *self);
gboolean postern_rehearsal_get_by_gateway (PosternRehearsal *self);
/** postern_rehearsal_get_title: Returns: (transfer none): the server for a person */
const char *postern_rehearsal_get_title (PosternRehearsal *self);
const char *postern_rehearsal_get_summary (PosternRehearsal *self);

/** postern_rehearsal_is_useless: Returns: whether verification cannot do what it is for at this server: it accepts
 * everybody, or nobody, because it does not let the gateway ask */
gboolean postern_rehearsal_is_useless (PosternRehearsal *self);

G_END_DECLS
