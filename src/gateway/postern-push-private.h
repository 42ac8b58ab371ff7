/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-push-report.h"
#include "gateway/postern-push.h"

G_BEGIN_DECLS

/*
 * What a push knows and what it does not:
 *
 * `before` is what was read, `revision` which revision that was. Once writing has begun, only what is read afterwards
 * is believed; whether the write was said to have failed does not matter then. What is read is the plan (done), what
 * was there before (undone), or something else: someone else's configuration, or one that the gateway has made of the
 * plan and that is taken back.
 */
struct _PosternPush {
    GObject parent_instance;

    PosternGateway *gateway;
    PosternPlan *plan;
    PosternPlan *reviewed;
    char *expected_revision;
    char *restored_revision; /* NULL unless an old revision is to be live again */
    guint pause_milliseconds;

    gboolean keeps_journal;
    char *pin; /* what the journal is to say beside the plan */
    char *user;
    PosternJournal *journal; /* NULL before writing, and where none is kept */
    gboolean is_resumed;     /* whether the journal is of a push that was interrupted */
    gboolean undoes;         /* whether that one is to be undone */
    gint when_stopped;       /* a PosternPushStop; set from any thread */

    PosternPlan *before;
    char *before_revision;
    char *revision;
    GPtrArray *changes;
    GPtrArray *their_changes;
    PosternPushOutcome outcome;
    PosternPushReport *report;
};

/* postern_push_tell: emits `progress`; the one step of a state in which a gateway is told as a whole */
void postern_push_tell (PosternPush *self, PosternPushState state, PosternPushResult result, const char *text,
                        const char *answer);

/* postern_push_get_place: Returns: (transfer full): the gateway's host, for a person */
char *postern_push_get_place (PosternPush *self);

/* postern_push_is_record_by_record: Returns: whether the gateway knows no transactions, so that something may be left
 * of a push that failed */
gboolean postern_push_is_record_by_record (PosternPush *self);

/* postern_push_set_revision: notes which revision was read */
void postern_push_set_revision (PosternPush *self, const char *revision);

/* postern_push_end: the end; takes @report. The journal goes, unless something may be left to finish or to undo */
void postern_push_end (PosternPush *self, PosternPushOutcome outcome, PosternPushReport *report);

/* postern_push_end_with: the end in something that is not what was wanted; takes @report. Returns: %FALSE */
gboolean postern_push_end_with (PosternPush *self, PosternPushOutcome outcome, PosternPushReport *report,
                                PosternGatewayError code, GError **error);

/* postern_push_end_in_conflict: someone else was there since @base, which may be %NULL. Returns: %FALSE */
gboolean postern_push_end_in_conflict (PosternPush *self, PosternPlan *base, PosternPlan *now, GError **error);

/* postern_push_tell_while_writing: Returns: a handler that hands the gateway's own steps on as progress, until it is
 * disconnected */
gulong postern_push_tell_while_writing (PosternPush *self);

/* postern_push_read_back: reads what the gateway has, with progress. A cancellation no longer counts: the person is to
 * be told what is live */
PosternPlan *postern_push_read_back (PosternPush *self, GError **error);

/* postern_push_settle: where @now, that was just read, is what was there before although @write_error does not say
 * that nothing was done: waits until the gateway has done what it was about to do. Returns: whether @now, maybe read
 * anew, can be relied on */
gboolean postern_push_settle (PosternPush *self, PosternPlan **now, const GError *write_error, GError **read_error);

/*
 * postern_push_conclude:
 * @written: (nullable): the revision that the gateway says it has now
 * @write_error: (nullable): what writing ended with, if not with that
 *
 * Writing was tried; now only what is read counts.
 *
 * Returns: whether the outcome is done
 */
gboolean postern_push_conclude (PosternPush *self, const char *written, const GError *write_error, GError **error);

/* postern_push_take_back_if_stopped: where a gateway that is told record by record has stopped in the middle, and the
 * person does not want to keep what was done: takes that back. @reason: (inout): what writing ended with */
void postern_push_take_back_if_stopped (PosternPush *self, GError **reason);

/* postern_push_run_resumed: as postern_push_run(), of a push that was interrupted */
gboolean postern_push_run_resumed (PosternPush *self, GCancellable *cancellable, GError **error);

G_END_DECLS
