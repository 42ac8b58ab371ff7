/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway-error.h"

G_BEGIN_DECLS

/*
 * PosternPushReport:
 * @what_happened: what happened
 * @what_is_live: what the gateway does now
 * @what_to_do: (nullable): what can be done; %NULL when nothing needs to be, or @what_happened says it
 *
 * What an ended push tells a person: whole sentences, translated, in the order in which they are shown. There is one
 * for each way in which a push can end; each says only what is known.
 */
typedef struct {
    char *what_happened;
    char *what_is_live;
    char *what_to_do;
} PosternPushReport;

void postern_push_report_free (PosternPushReport *self);

/* postern_push_report_explain: Returns: (transfer none): what an error says to a person, a stop by the person included
 */
const char *postern_push_report_explain (const GError *error);

/* It was read back and is as planned. @write_error: (nullable): what the write was said to have ended with */
PosternPushReport *postern_push_report_done (const char *place, const char *revision, guint n_changes,
                                             const GError *write_error);
/* It ended before anything was written. */
PosternPushReport *postern_push_report_untouched (const GError *why);
/* Someone else has changed the gateway, in @n_changes ways; 0 if that is not known */
PosternPushReport *postern_push_report_conflict (const char *place, guint n_changes);
/* It was read back and is as before. */
PosternPushReport *postern_push_report_undone (const GError *why, const char *revision);
/* It could not be read back, but the gateway has refused, or it was never asked. */
PosternPushReport *postern_push_report_refused (const GError *why);
/* It could not be read back, and nothing is known. @write_error: (nullable): %NULL if the gateway said that it accepts
 */
PosternPushReport *postern_push_report_unread (const GError *write_error, const GError *read_error);
/* It was read back and was as before, but the gateway may yet be carrying out the write that it has not answered. */
PosternPushReport *postern_push_report_unsettled (const GError *write_error, const char *revision);
/* The gateway says itself that its mail server is in between. @revision: (nullable): what it has on record */
PosternPushReport *postern_push_report_in_between (const GError *write_error, const char *revision);
/* The write failed in the middle and lists in its error what could not be taken back; @is_read: what was read shows it,
 * else nothing could be read */
PosternPushReport *postern_push_report_left (const GError *write_error, gboolean is_read);
/* The gateway made something else of the plan, and that could not be taken back; @is_read: that is what it has, else it
 * is not known */
PosternPushReport *postern_push_report_not_undone (gboolean is_read);
/* The person stopped the push when the gateway had carried it out, and it could not be taken back; @is_read: as above
 */
PosternPushReport *postern_push_report_not_taken_back (gboolean is_read);
/* The person stopped the push and keeps what was done; @n_missing of @n_changes are not */
PosternPushReport *postern_push_report_kept (guint n_missing, guint n_changes);
/* Someone else wrote at the same time. @written: (nullable): the revision as which the plan was accepted, else
 * @write_error */
PosternPushReport *postern_push_report_overtaken (const char *written, const GError *write_error, const char *revision);

/*
 * What is told of a push that was interrupted and is taken up again.
 */
/* It could not be begun: nothing was written now. */
PosternPushReport *postern_push_report_not_resumed (const GError *why);
/* Someone else has changed the gateway since the interruption, and nothing was written now. */
PosternPushReport *postern_push_report_resumed_in_conflict (const GError *why, const char *revision);
/* It was finished; read back and as planned. @write_error: (nullable): as in postern_push_report_done() */
PosternPushReport *postern_push_report_finished (const char *place, const char *revision, const GError *write_error);
/* It was undone; read back and as before. */
PosternPushReport *postern_push_report_taken_back (const char *revision);
/* All of it was finished (or, with @undone, taken back), but someone else has changed other things since. */
PosternPushReport *postern_push_report_resumed_beside_others (gboolean undone, const char *revision);
/* Taking it back failed, and the gateway still has the plan. */
PosternPushReport *postern_push_report_still_planned (const GError *why, const char *revision);

/* postern_push_report_add_journal: says that the push can be finished or undone later */
void postern_push_report_add_journal (PosternPushReport *self);

/* postern_push_report_to_error: Returns: (transfer full): all of it in one message */
GError *postern_push_report_to_error (const PosternPushReport *self, PosternGatewayError code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternPushReport, postern_push_report_free)

G_END_DECLS
