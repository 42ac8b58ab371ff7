/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-flow.h"
#include "gateway/postern-gateway-address.h"
#include "gateway/postern-gateway-error.h"
#include "gateway/postern-gateway-info.h"
#include "gateway/postern-journal.h"
#include "gateway/postern-mail-log.h"
#include "gateway/postern-recipient-answer.h"
#include "gateway/postern-revision.h"
#include "gateway/postern-scan.h"
#include "plan/postern-findings.h"
#include "plan/postern-plan.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_GATEWAY (postern_gateway_get_type ())

/**
 * PosternGateway:
 *
 * A gateway that can be told. Every call blocks, can be cancelled from another thread, and ends in bounded time with a
 * result or with an error of %POSTERN_GATEWAY_ERROR (or %G_IO_ERROR_CANCELLED). A gateway itself is immutable and its
 * calls leave no state behind, so one object may serve several threads; a plan that is passed in must not change during
 * the call (pass postern_plan_copy() from a program that lets a person edit).
 *
 * Signal `progress` (guint k, guint n, gboolean undoing, const char *text): a gateway that is told in several steps
 * begins with step k of n, or with taking one back; emitted in the thread that writes.
 */
G_DECLARE_DERIVABLE_TYPE (PosternGateway, postern_gateway, POSTERN, GATEWAY, GObject)

/**
 * PosternGatewayClass:
 *
 * What a kind of gateway implements. All but @get_address may be left out: then the call ends in
 * %POSTERN_GATEWAY_ERROR_NOT_SUPPORTED.
 * (@gaps left out: what postern_gateway_connect() lists as not enforced. @express left out: everything.)
 */
struct _PosternGatewayClass {
    GObjectClass parent_class;

    PosternGatewayAddress *(*get_address) (PosternGateway *self);
    PosternGatewayInfo *(*connect) (PosternGateway *self, GCancellable *cancellable, GError **error);
    PosternPlan *(*read) (PosternGateway *self, char **revision, GCancellable *cancellable, GError **error);
    GPtrArray *(*gaps) (PosternGateway *self, PosternPlan *plan, GCancellable *cancellable, GError **error);
    GPtrArray *(*check) (PosternGateway *self, PosternPlan *plan, GCancellable *cancellable, GError **error);
    char *(*write) (PosternGateway *self, PosternPlan *plan, const char *expected_revision, PosternJournal *journal,
                    GCancellable *cancellable, GError **error);
    char *(*resume) (PosternGateway *self, PosternJournal *journal, gboolean undo, GCancellable *cancellable,
                     GError **error);
    PosternFlow *(*probe_flow) (PosternGateway *self, const char *client, const char *sender, const char *recipient,
                                GCancellable *cancellable, GError **error);
    GPtrArray *(*list_revisions) (PosternGateway *self, GCancellable *cancellable, GError **error);
    PosternPlan *(*read_revision) (PosternGateway *self, const char *revision, GCancellable *cancellable,
                                   GError **error);
    char *(*restore) (PosternGateway *self, const char *revision, const char *expected_revision,
                      GCancellable *cancellable, GError **error);
    PosternPlan *(*express) (PosternGateway *self, PosternPlan *plan);
    PosternMailLog *(*read_mail_log) (PosternGateway *self, const char *after, GCancellable *cancellable,
                                      GError **error);

    PosternRecipientAnswer *(*probe_recipient) (PosternGateway *self, PosternRoute *server, const char *recipient,
                                                GCancellable *cancellable, GError **error);

    PosternScan *(*probe_scan) (PosternGateway *self, GCancellable *cancellable, GError **error);

    gpointer padding[4];
};

/** postern_gateway_get_address: Returns: (transfer none): where it is */
PosternGatewayAddress *postern_gateway_get_address (PosternGateway *self);

/**
 * postern_gateway_connect:
 * @self: a gateway
 * @cancellable: (nullable): to stop it
 * @error: return location for an error, or %NULL
 *
 * Asks who it is, and whether it lets us in: a wrong or missing token is an error here already.
 *
 * Returns: (transfer full) (nullable): who it is and what it can do
 */
PosternGatewayInfo *postern_gateway_connect (PosternGateway *self, GCancellable *cancellable, GError **error);

/**
 * postern_gateway_read:
 * @self: a gateway
 * @revision: (out) (optional) (transfer full): which configuration it is, for postern_gateway_write()
 * @cancellable: (nullable): to stop it
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (nullable): what the gateway has
 */
PosternPlan *postern_gateway_read (PosternGateway *self, char **revision, GCancellable *cancellable, GError **error);

/**
 * postern_gateway_gaps:
 * @plan: a plan
 *
 * Returns: (transfer full) (nullable) (element-type PosternFinding): what of @plan this gateway cannot express or does
 * not enforce, as `gateway-gap` findings; empty if nothing; %NULL on error
 */
GPtrArray *postern_gateway_gaps (PosternGateway *self, PosternPlan *plan, GCancellable *cancellable, GError **error);

/**
 * postern_gateway_express:
 * @plan: a plan
 *
 * What of @plan this gateway can have: what is read back once @plan was pushed. postern_gateway_gaps() says what is
 * lost. Asks nobody.
 *
 * Returns: (transfer full): a plan to compare with what the gateway has
 */
PosternPlan *postern_gateway_express (PosternGateway *self, PosternPlan *plan);

/**
 * postern_gateway_check:
 * @plan: a plan
 *
 * Lets the gateway judge a plan without carrying it out.
 *
 * Returns: (transfer full) (nullable) (element-type PosternFinding): its findings, in its words; %NULL on error, which
 * is %POSTERN_GATEWAY_ERROR_INVALID with each bad member if it would not take the plan at all
 */
GPtrArray *postern_gateway_check (PosternGateway *self, PosternPlan *plan, GCancellable *cancellable, GError **error);

/**
 * postern_gateway_write:
 * @plan: what the gateway shall have
 * @expected_revision: the revision that was read; if the gateway has another by now it refuses with
 * %POSTERN_GATEWAY_ERROR_REVISION_CHANGED
 *
 * @journal: (nullable): where a gateway that is told record by record writes its steps down before it begins them
 *
 * Tells the gateway. After an error, postern_gateway_error_may_have_been_carried_out() says whether one must read to
 * know what it did; #PosternPush does that and is what a program should use.
 *
 * A gateway that is told record by record takes back what it has written when a call fails. It does so as well when it
 * is cancelled, but not if there is a @journal: then it is the caller's to choose whether what was done is kept or,
 * with postern_gateway_resume(), taken back.
 *
 * Returns: (transfer full) (nullable): the new revision, live; unchanged if there was nothing to do
 */
char *postern_gateway_write (PosternGateway *self, PosternPlan *plan, const char *expected_revision,
                             PosternJournal *journal, GCancellable *cancellable, GError **error);

/**
 * postern_gateway_resume:
 * @journal: the journal of a write that was interrupted, with steps in it
 * @undo: whether what was done is taken back, else what is missing is done
 *
 * For gateways that are told record by record. What a step has come to is judged by what the gateway has; a record that
 * someone else has changed since is left as it is. If what is missing cannot be done, all of the push is taken back.
 *
 * Returns: (transfer full) (nullable): the revision that is live now; %NULL with
 * %POSTERN_GATEWAY_ERROR_REVISION_CHANGED if someone else has changed a record that is still to be done, and nothing
 * was written
 */
char *postern_gateway_resume (PosternGateway *self, PosternJournal *journal, gboolean undo, GCancellable *cancellable,
                              GError **error);

/**
 * postern_gateway_probe_flow:
 * @client: the address of a client, as if it connected
 * @sender: an envelope sender, "" for the null sender
 * @recipient: an envelope recipient
 *
 * Returns: (transfer full) (nullable): what the live mail server answers; no message is sent
 */
PosternFlow *postern_gateway_probe_flow (PosternGateway *self, const char *client, const char *sender,
                                         const char *recipient, GCancellable *cancellable, GError **error);

/** The capability of a gateway that postern_gateway_probe_scan() can be asked of. */
#define POSTERN_CAPABILITY_SCAN "scan"

/** postern_gateway_probe_scan: Returns: (transfer full) (nullable): what the live scanner does with a message that it
 * refuses; no message is sent; %POSTERN_GATEWAY_ERROR_NOT_SUPPORTED if the gateway cannot say */
PosternScan *postern_gateway_probe_scan (PosternGateway *self, GCancellable *cancellable, GError **error);

/**
 * postern_gateway_probe_recipient:
 * @self: a gateway
 * @server: the mail server that shall be asked
 * @recipient: a recipient that exists there, or "@domain" if none is known
 * @cancellable: (nullable): to stop it
 * @error: return location for an error, or %NULL
 *
 * Has the gateway ask a mail server for @recipient and for one that was just invented, as it would if it verified
 * recipients. No message is sent. A server that does not answer is a result.
 *
 * Returns: (transfer full) (nullable): what was found; %POSTERN_GATEWAY_ERROR_NOT_SUPPORTED if the gateway cannot ask
 */
PosternRecipientAnswer *postern_gateway_probe_recipient (PosternGateway *self, PosternRoute *server,
                                                         const char *recipient, GCancellable *cancellable,
                                                         GError **error);

/** postern_gateway_list_revisions: Returns: (transfer full) (nullable) (element-type PosternRevision): the gateway's
 * revisions, newest first */
GPtrArray *postern_gateway_list_revisions (PosternGateway *self, GCancellable *cancellable, GError **error);

/** postern_gateway_read_revision: Returns: (transfer full) (nullable): the configuration of one revision;
 * %POSTERN_GATEWAY_ERROR_NOT_FOUND if there is none */
PosternPlan *postern_gateway_read_revision (PosternGateway *self, const char *revision, GCancellable *cancellable,
                                            GError **error);

/**
 * postern_gateway_restore:
 * @revision: whose configuration shall be live again
 * @expected_revision: the revision that is live as far as the caller knows
 *
 * Returns: (transfer full) (nullable): the new revision, which has the old one's configuration
 */
char *postern_gateway_restore (PosternGateway *self, const char *revision, const char *expected_revision,
                               GCancellable *cancellable, GError **error);

/**
 * postern_gateway_read_mail_log:
 * @self: a gateway
 * @after: (nullable): the cursor of an earlier call, for what came after it; %NULL for the newest entries
 * @cancellable: (nullable): to stop it
 * @error: return location for an error, or %NULL
 *
 * What became of recent messages. To follow them, call again with the cursor of the last answer, at once if it has
 * more.
 *
 * Returns: (transfer full) (nullable): some entries, maybe none; %POSTERN_GATEWAY_ERROR_NOT_SUPPORTED if the gateway
 * does not tell
 */
PosternMailLog *postern_gateway_read_mail_log (PosternGateway *self, const char *after, GCancellable *cancellable,
                                               GError **error);

/*
 * postern_gateway_tell_progress: for implementations: emits `progress`
 */
void postern_gateway_tell_progress (PosternGateway *self, guint k, guint n, gboolean undoing, const char *text);

G_END_DECLS
