/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-pmg-writer.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-gateway-error.h"
#include "gateway/postern-pmg-leftover.h"
#include "gateway/postern-pmg-reader.h"

/* Tries of one step, the first included. */
#define ATTEMPTS 3
/* A gateway may ask to wait for longer than a person does. */
#define MAX_PAUSE_MILLISECONDS 10000

struct _PosternPmgWriter {
    PosternPmgSession *session;
    PosternPmgPatience patience;
    PosternPmgProgress progress;
    gpointer data;
    gint64 written[POSTERN_PMG_N_LISTS]; /* when each list was last written to, in monotonic time */
    gboolean lost[POSTERN_PMG_N_LISTS];  /* whether a call to it was lost, and may have come at any moment since */

    GPtrArray *steps; /* of the push that is under way */
    PosternJournal *journal;
    char *digest;
    GCancellable *cancellable;
};

PosternPmgWriter *
postern_pmg_writer_new (PosternPmgSession *session, const PosternPmgPatience *patience, PosternPmgProgress progress,
                        gpointer data)
{
    PosternPmgWriter *self = g_new0 (PosternPmgWriter, 1);

    self->session = session;
    self->patience = *patience;
    self->progress = progress;
    self->data = data;
    /* Whoever was here before, ourselves included, may have written a moment ago. */
    for (gsize i = 0; i < POSTERN_PMG_N_LISTS; i++)
        self->written[i] = g_get_monotonic_time ();
    return self;
}

void
postern_pmg_writer_free (PosternPmgWriter *self)
{
    g_free (self->digest);
    g_clear_pointer (&self->steps, g_ptr_array_unref);
    g_clear_object (&self->journal);
    g_clear_object (&self->cancellable);
    g_free (self);
}

/* Waits, unless it is told to stop. */
static void
wait_until (PosternPmgWriter *self, gint64 moment)
{
    GPollFD fd = { 0 };
    gint64 left = moment - g_get_monotonic_time ();
    gboolean watched = self->cancellable != NULL && g_cancellable_make_pollfd (self->cancellable, &fd);

    /* Rounded up: a wait that ends a moment too early is none. */
    if (left > 0 && watched)
        g_poll (&fd, 1, left / 1000 + 1);
    else if (left > 0)
        g_usleep (left);
    if (watched)
        g_cancellable_release_fd (self->cancellable);
}

static void
pause_after (PosternPmgWriter *self, const GError *error)
{
    guint asked = postern_gateway_error_get_retry_after (error) * 1000;
    gint64 milliseconds = MIN (MAX (asked, self->patience.pause_milliseconds), MAX_PAUSE_MILLISECONDS);

    wait_until (self, g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND);
}

static gboolean
is_map (PosternPmgList list)
{
    return list == POSTERN_PMG_LIST_DOMAINS || list == POSTERN_PMG_LIST_TRANSPORT;
}

/* @is_last: whether it is the last one to its list, after which the map is to be complete. */
static gboolean
call (PosternPmgWriter *self, PosternPmgList list, const PosternPmgCall *what, gboolean is_last, GError **error)
{
    PosternPmgForm *form = what->form != NULL ? postern_pmg_form_copy (what->form) : NULL;
    g_autoptr (PosternPmgAnswer) answer = NULL;

    if (list == POSTERN_PMG_LIST_MAIL && form != NULL)
        postern_pmg_form_add (form, "digest", self->digest);
    if (is_last && is_map (list))
        wait_until (self, self->written[list] + self->patience.map_milliseconds * G_TIME_SPAN_MILLISECOND);
    if (!g_cancellable_set_error_if_cancelled (self->cancellable, error))
        answer = postern_pmg_session_call (self->session, what->method, what->path, form, self->cancellable, error);
    self->written[list] = g_get_monotonic_time ();
    if (answer == NULL && error != NULL && postern_gateway_error_may_have_been_carried_out (*error))
        self->lost[list] = TRUE;
    g_clear_pointer (&form, postern_pmg_form_free);
    return answer != NULL;
}

/* Says a record once more as it is, so that the map is made anew. */
static gboolean
touch (PosternPmgWriter *self, PosternPmgList list, const PosternPmgRecord *record)
{
    g_autofree char *escaped = postern_pmg_form_escape (record->key);
    g_autofree char *path = g_strdup_printf ("%s/%s", postern_pmg_list_get_path (list), escaped);
    PosternPmgCall again = { .method = "PUT", .path = path, .form = postern_pmg_form_new () };
    g_autoptr (GError) error = NULL;
    gboolean good;

    if (list == POSTERN_PMG_LIST_TRANSPORT)
        postern_pmg_form_add_number (again.form, "port", record->port);
    else
        postern_pmg_form_add (again.form, "comment", record->comment);
    good = call (self, list, &again, TRUE, &error);
    postern_pmg_form_free (again.form);
    return good;
}

/* A call that was lost may have been carried out right before the last write, which then is not in the map. */
static void
complete_map (PosternPmgWriter *self, PosternPmgList list)
{
    g_autoptr (PosternPmgConfig) config = postern_pmg_config_new ();
    gboolean touched = FALSE;

    if (!self->lost[list] || !postern_pmg_reader_read_list (self->session, list, config, NULL, NULL))
        return;
    for (guint i = 0; i < MIN (config->records[list]->len, ATTEMPTS) && !touched; i++) {
        PosternPmgRecord *record = config->records[list]->pdata[i];

        if (list == POSTERN_PMG_LIST_TRANSPORT || postern_pmg_form_is_clean (record->comment))
            touched = touch (self, list, record);
        if (!touched && g_cancellable_is_cancelled (self->cancellable))
            break;
    }
    self->lost[list] = FALSE;
}

static void
complete_maps (PosternPmgWriter *self)
{
    complete_map (self, POSTERN_PMG_LIST_TRANSPORT);
    complete_map (self, POSTERN_PMG_LIST_DOMAINS);
}

/* What has become of a call after which that is not certain. */
static gboolean
look (PosternPmgWriter *self, const PosternPmgStep *step, PosternPmgStepState *state)
{
    g_autoptr (PosternPmgConfig) config =
        postern_pmg_reader_read_patiently (self->session, self->patience.pause_milliseconds, NULL);

    if (config == NULL)
        return FALSE;
    *state = postern_pmg_step_judge (step, config);
    return TRUE;
}

/* Whether it may help to try again what was found not to have been done. */
static gboolean
is_worth_another_try (const GError *error)
{
    return g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_UNREACHABLE) ||
           g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_TIMED_OUT) ||
           g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_BUSY) ||
           g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_RATE_LIMITED);
}

/* Whether a refusal may come from a record that is as it should be already. */
static gboolean
may_be_done (const GError *error)
{
    return postern_gateway_error_may_have_been_carried_out (error) ||
           (postern_gateway_error_get_status (error) == 500 &&
            g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_INVALID));
}

/* Whether a step was tried, and with which certainty it is (not) done. */
typedef enum {
    TRIED_DONE,
    TRIED_DONE_BY_OTHERS,
    TRIED_NOT_DONE,
    TRIED_UNKNOWN,
} Tried;

static gboolean
is_final (PosternPmgWriter *self, guint attempt, const GError *error)
{
    return attempt == ATTEMPTS || g_cancellable_is_cancelled (self->cancellable) || !is_worth_another_try (error);
}

/* Once a call was lost on the way it may still be carried out; then an error says so, whatever came after. */
static Tried
give_up (gboolean unsure, GError *reason, GError **error)
{
    if (unsure && reason->domain == POSTERN_GATEWAY_ERROR)
        postern_gateway_error_set_unanswered (reason, TRUE);
    g_propagate_error (error, reason);
    return unsure ? TRIED_UNKNOWN : TRIED_NOT_DONE;
}

/* One step, several times if that is safe: only after it was seen that it was not done. */
static Tried
try_step (PosternPmgWriter *self, const PosternPmgStep *step, gboolean is_last, GError **error)
{
    gboolean unsure = FALSE;

    for (guint attempt = 1;; attempt++) {
        g_autoptr (GError) reason = NULL;
        PosternPmgStepState state = POSTERN_PMG_STEP_NOT_DONE;
        gboolean final;

        if (call (self, step->list, &step->forward, is_last, &reason))
            return TRIED_DONE;
        final = is_final (self, attempt, reason);
        unsure = unsure || postern_gateway_error_may_have_been_carried_out (reason);
        if ((unsure || may_be_done (reason)) && !look (self, step, &state))
            return give_up (TRUE, g_steal_pointer (&reason), error);
        if (state == POSTERN_PMG_STEP_DONE)
            return unsure ? TRIED_DONE : TRIED_DONE_BY_OTHERS;
        if (final || state == POSTERN_PMG_STEP_OTHER)
            return give_up (unsure, g_steal_pointer (&reason), error);
        pause_after (self, reason);
    }
}

/* Where each list is written to for the last time. @skip: (nullable): which of @steps are not carried out */
static void
find_last (GPtrArray *steps, const gboolean *skip, guint last[POSTERN_PMG_N_LISTS])
{
    for (guint i = 0; i < steps->len; i++) {
        if (skip == NULL || !skip[i])
            last[((const PosternPmgStep *)steps->pdata[i])->list] = i;
    }
}

/* Says in the journal that @step is being taken back. What cannot be said there is taken back all the same. */
static void
note_undo (PosternPmgWriter *self, const PosternPmgStep *step)
{
    g_autoptr (GError) error = NULL;
    guint index;

    if (self->journal != NULL && g_ptr_array_find (self->steps, step, &index) &&
        !postern_journal_undo_step (self->journal, index, &error))
        g_message ("%s", error->message);
}

/* Takes back one step of which @now says that it is done. */
static gboolean
take_back (PosternPmgWriter *self, const PosternPmgStep *step, gboolean is_last)
{
    gboolean unsure = FALSE;

    for (guint attempt = 1; attempt <= ATTEMPTS; attempt++) {
        g_autoptr (GError) reason = NULL;
        PosternPmgStepState state = POSTERN_PMG_STEP_DONE;

        if (call (self, step->list, &step->inverse, is_last, &reason))
            return TRUE;
        unsure = unsure || may_be_done (reason);
        if (unsure && !look (self, step, &state))
            return FALSE;
        if (state != POSTERN_PMG_STEP_DONE)
            return state == POSTERN_PMG_STEP_NOT_DONE;
        if (!is_worth_another_try (reason))
            return FALSE;
        pause_after (self, reason);
    }
    return FALSE;
}

/* Those of @done that are to be taken back, by what the gateway has now, in reverse order. What someone else has
 * changed since stays as it is and is told. */
static GPtrArray *
choose_undo (GPtrArray *done, PosternPmgConfig *now, GPtrArray *left)
{
    GPtrArray *undo = g_ptr_array_new ();

    for (guint i = done->len; i > 0; i--) {
        PosternPmgStep *step = done->pdata[i - 1];
        PosternPmgStepState state = postern_pmg_step_judge (step, now);

        if (state == POSTERN_PMG_STEP_DONE)
            g_ptr_array_add (undo, step);
        else if (state == POSTERN_PMG_STEP_OTHER)
            g_ptr_array_add (left, step);
    }
    return undo;
}

/* Takes back @done, judged by what the gateway has @now. Returns what is left of it. */
static GPtrArray *
undo_known (PosternPmgWriter *self, GPtrArray *done, PosternPmgConfig *now)
{
    GPtrArray *left = g_ptr_array_new ();
    g_autoptr (GPtrArray) undo = choose_undo (done, now, left);
    guint last[POSTERN_PMG_N_LISTS] = { 0 };

    g_set_str (&self->digest, now->digest);
    find_last (undo, NULL, last);
    for (guint i = 0; i < undo->len; i++) {
        const PosternPmgStep *step = undo->pdata[i];

        self->progress (i + 1, undo->len, TRUE, step->text, self->data);
        note_undo (self, step);
        if (!take_back (self, step, i == last[step->list]))
            g_ptr_array_add (left, undo->pdata[i]);
    }
    complete_maps (self);
    return left;
}

/* Takes back @done. Returns what is left of it. */
static GPtrArray *
undo_all (PosternPmgWriter *self, GPtrArray *done)
{
    g_autoptr (PosternPmgConfig) now = NULL;
    GPtrArray *left;

    /* Whoever wanted it stopped does not want it left half done. */
    g_clear_object (&self->cancellable);
    now = postern_pmg_reader_read_patiently (self->session, self->patience.pause_milliseconds, NULL);
    if (now != NULL)
        return undo_known (self, done, now);
    left = g_ptr_array_new ();
    g_ptr_array_extend (left, done, NULL, NULL);
    return left;
}

static GError *
fail (PosternPmgWriter *self, GPtrArray *done, const PosternPmgStep *unknown, GError *why)
{
    guint n_done = done->len;
    g_autoptr (GPtrArray) left = NULL;
    GError *stuck;

    /* With a journal it is the caller's to choose what becomes of a push that is stopped. */
    if (self->journal != NULL && g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return why;
    if (unknown != NULL)
        g_ptr_array_add (done, (gpointer)unknown);
    left = undo_all (self, done);
    if (unknown != NULL && !g_ptr_array_remove (left, (gpointer)unknown))
        unknown = NULL;
    if (left->len == 0 && unknown == NULL)
        return postern_pmg_leftover_undone (why, n_done);
    stuck = postern_pmg_leftover_stuck (why, left, unknown);
    g_error_free (why);
    return stuck;
}

static void
begin (PosternPmgWriter *self, GPtrArray *steps, PosternJournal *journal, GCancellable *cancellable)
{
    g_clear_pointer (&self->steps, g_ptr_array_unref);
    self->steps = g_ptr_array_ref (steps);
    g_set_object (&self->journal, journal);
    g_set_object (&self->cancellable, cancellable);
}

/* What was written stays in memory no longer than the push. */
static gboolean
end (PosternPmgWriter *self, gboolean good)
{
    g_clear_pointer (&self->steps, g_ptr_array_unref);
    g_clear_object (&self->journal);
    g_clear_object (&self->cancellable);
    return good;
}

static gboolean
note_step (PosternPmgWriter *self, guint index, GError **error)
{
    return self->journal == NULL || postern_journal_begin_step (self->journal, index, error);
}

/* @skip: (nullable): which steps are not carried out; @done: those that are to be taken back if one fails */
static gboolean
carry_out (PosternPmgWriter *self, const gboolean *skip, GPtrArray *done, GError **error)
{
    guint last[POSTERN_PMG_N_LISTS] = { 0 };

    find_last (self->steps, skip, last);
    for (guint i = 0; i < self->steps->len; i++) {
        PosternPmgStep *step = self->steps->pdata[i];
        Tried tried = TRIED_NOT_DONE;
        GError *reason = NULL;

        if (skip != NULL && skip[i])
            continue;
        self->progress (i + 1, self->steps->len, FALSE, step->text, self->data);
        if (note_step (self, i, &reason))
            tried = try_step (self, step, i == last[step->list], &reason);
        if (reason != NULL) {
            g_propagate_error (error, fail (self, done, tried == TRIED_UNKNOWN ? step : NULL, reason));
            return FALSE;
        }
        if (tried == TRIED_DONE)
            g_ptr_array_add (done, step);
    }
    complete_maps (self);
    return TRUE;
}

gboolean
postern_pmg_writer_run (PosternPmgWriter *self, GPtrArray *steps, const char *digest, PosternJournal *journal,
                        GCancellable *cancellable, GError **error)
{
    g_autoptr (GPtrArray) done = g_ptr_array_new ();

    begin (self, steps, journal, cancellable);
    g_set_str (&self->digest, digest);
    return end (self, carry_out (self, NULL, done, error));
}

/* Whether the call that was under way when the push was interrupted has been carried out; while that does not show, it
 * may yet be. */
static gboolean
is_settled (PosternPmgWriter *self, PosternPmgConfig *now)
{
    const PosternPmgStep *last = NULL;
    guint index;

    if (postern_journal_get_undoing (self->journal, &index))
        return postern_pmg_step_judge (self->steps->pdata[index], now) == POSTERN_PMG_STEP_NOT_DONE;
    for (guint i = 0; i < self->steps->len && postern_journal_has_begun_step (self->journal, i); i++)
        last = self->steps->pdata[i];
    return last == NULL || postern_pmg_step_judge (last, now) == POSTERN_PMG_STEP_DONE;
}

/* What the gateway has, once it has done what it was about to do for whoever was interrupted. */
static PosternPmgConfig *
read_settled (PosternPmgWriter *self, GError **error)
{
    gint64 left =
        self->patience.settle_milliseconds * G_TIME_SPAN_MILLISECOND - postern_journal_get_age (self->journal);
    g_autoptr (PosternPmgConfig) now =
        postern_pmg_reader_read_patiently (self->session, self->patience.pause_milliseconds, error);

    if (now == NULL || left <= 0 || is_settled (self, now))
        return g_steal_pointer (&now);
    self->progress (0, self->steps->len, FALSE, _ ("Waiting for what may still be under way"), self->data);
    wait_until (self, g_get_monotonic_time () + left);
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return NULL;
    return postern_pmg_reader_read_patiently (self->session, self->patience.pause_milliseconds, error);
}

/* The call that was interrupted may have come right before the last write to its map. */
static void
suspect_maps (PosternPmgWriter *self)
{
    for (guint i = 0; i < self->steps->len && postern_journal_has_begun_step (self->journal, i); i++)
        self->lost[((const PosternPmgStep *)self->steps->pdata[i])->list] = TRUE;
}

/* What each step has come to, by what the gateway has @now. */
static gboolean
judge_all (PosternPmgWriter *self, PosternPmgConfig *now, gboolean *skip, GPtrArray *done, GError **error)
{
    g_autoptr (GPtrArray) others = g_ptr_array_new ();

    for (guint i = 0; i < self->steps->len; i++) {
        PosternPmgStepState state = postern_pmg_step_judge (self->steps->pdata[i], now);

        skip[i] = state == POSTERN_PMG_STEP_DONE;
        if (state == POSTERN_PMG_STEP_OTHER)
            g_ptr_array_add (others, self->steps->pdata[i]);
        else if (skip[i] && postern_journal_has_begun_step (self->journal, i))
            g_ptr_array_add (done, self->steps->pdata[i]);
    }
    if (others->len > 0)
        g_propagate_error (error, postern_pmg_leftover_changed (others));
    return others->len == 0;
}

gboolean
postern_pmg_writer_finish (PosternPmgWriter *self, GPtrArray *steps, PosternJournal *journal, GCancellable *cancellable,
                           GError **error)
{
    g_autofree gboolean *skip = g_new0 (gboolean, steps->len + 1);
    g_autoptr (GPtrArray) done = g_ptr_array_new ();
    g_autoptr (PosternPmgConfig) now = NULL;

    begin (self, steps, journal, cancellable);
    now = read_settled (self, error);
    if (now == NULL || !judge_all (self, now, skip, done, error))
        return end (self, FALSE);
    g_set_str (&self->digest, now->digest);
    suspect_maps (self);
    return end (self, carry_out (self, skip, done, error));
}

gboolean
postern_pmg_writer_undo (PosternPmgWriter *self, GPtrArray *steps, PosternJournal *journal, GCancellable *cancellable,
                         GError **error)
{
    g_autoptr (GPtrArray) done = g_ptr_array_new ();
    g_autoptr (GPtrArray) left = NULL;
    g_autoptr (PosternPmgConfig) now = NULL;

    begin (self, steps, journal, cancellable);
    now = read_settled (self, error);
    if (now == NULL)
        return end (self, FALSE);
    for (guint i = 0; i < steps->len && postern_journal_has_begun_step (journal, i); i++)
        g_ptr_array_add (done, steps->pdata[i]);
    suspect_maps (self);
    g_clear_object (&self->cancellable);
    left = undo_known (self, done, now);
    if (left->len > 0)
        g_propagate_error (error, postern_pmg_leftover_stuck (NULL, left, NULL));
    return end (self, left->len == 0);
}
