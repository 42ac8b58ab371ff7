/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-interrupted-group.h"

#include <glib/gi18n-lib.h>
#include "gateway/postern-interrupted-steps.h"
#include "wizard/postern-change-expander.h"
#include "wizard/postern-worker.h"

/* More than this many steps are not put under each other: their number says enough. */
#define MAX_ROWS 20
/* So few changes are shown at once. */
#define FEW 5

struct _PosternInterruptedGroup {
    AdwPreferencesGroup parent_instance;

    GPtrArray *rows;           /* those that are shown; the group owns them */
    GCancellable *cancellable; /* of the comparison that is under way */
};

G_DEFINE_FINAL_TYPE (PosternInterruptedGroup, postern_interrupted_group, ADW_TYPE_PREFERENCES_GROUP)

static void
add_row (PosternInterruptedGroup *self, GtkWidget *row)
{
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
    g_ptr_array_add (self->rows, row);
}

static void
clear (PosternInterruptedGroup *self)
{
    if (self->cancellable != NULL)
        g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->cancellable);
    for (guint i = 0; i < self->rows->len; i++)
        adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
    g_ptr_array_set_size (self->rows, 0);
}

static void
add_text (AdwExpanderRow *expander, const char *text)
{
    adw_expander_row_add_row (expander, g_object_new (ADW_TYPE_ACTION_ROW, "title", text, "use-markup", FALSE, NULL));
}

static void
add_steps (PosternInterruptedGroup *self, PosternJournal *journal, PosternInterruptedStep which, const char *title)
{
    g_auto (GStrv) texts = postern_interrupted_steps_list (journal, which);
    guint n = g_strv_length (texts);
    g_autofree char *count = g_strdup_printf (ngettext ("%'u step", "%'u steps", n), n);
    GtkWidget *row;

    if (n == 0)
        return;
    row = g_object_new (ADW_TYPE_EXPANDER_ROW, "title", title, "subtitle", count, NULL);
    for (guint i = 0; i < MIN (n, MAX_ROWS); i++)
        add_text (ADW_EXPANDER_ROW (row), texts[i]);
    if (n > MAX_ROWS) {
        g_autofree char *rest = g_strdup_printf (ngettext ("And %'u more", "And %'u more", n - MAX_ROWS), n - MAX_ROWS);

        add_text (ADW_EXPANDER_ROW (row), rest);
    }
    /* What is not certain is what a person wants to see first. */
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), which == POSTERN_INTERRUPTED_STEP_UNCERTAIN);
    add_row (self, row);
}

static void
show_steps (PosternInterruptedGroup *self, PosternJournal *journal)
{
    adw_preferences_group_set_description (
        ADW_PREFERENCES_GROUP (self),
        _ ("As it was written down on this computer before each step. The gateway itself is asked when the push is "
           "finished or undone."));
    add_steps (self, journal, POSTERN_INTERRUPTED_STEP_DONE, C_ ("interrupted push", "Carried Out"));
    add_steps (self, journal, POSTERN_INTERRUPTED_STEP_UNCERTAIN, C_ ("interrupted push", "May Have Been Carried Out"));
    add_steps (self, journal, POSTERN_INTERRUPTED_STEP_WAITING, C_ ("interrupted push", "Not Begun"));
}

static gpointer
compare (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    return postern_plan_compare (postern_journal_get_before (data), postern_journal_get_plan (data));
}

static void
on_compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    PosternInterruptedGroup *self = POSTERN_INTERRUPTED_GROUP (source);
    g_autoptr (GPtrArray) changes = postern_worker_run_finish (self, result, NULL);
    g_autoptr (GPtrArray) groups = NULL;

    /* Without a result something else is shown by now. */
    if (changes == NULL)
        return;
    g_clear_object (&self->cancellable);
    groups = postern_change_group_split (changes);
    for (guint i = 0; i < groups->len; i++) {
        GtkWidget *row = postern_change_expander_new (groups->pdata[i]);

        /* Many would push what can be done about it out of sight. */
        adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), changes->len <= FEW);
        add_row (self, row);
    }
}

static void
show_changes (PosternInterruptedGroup *self, PosternJournal *journal)
{
    gboolean is_whole =
        postern_gateway_address_get_kind (postern_journal_get_address (journal)) != POSTERN_GATEWAY_KIND_PMG;

    adw_preferences_group_set_description (
        ADW_PREFERENCES_GROUP (self),
        is_whole ? _ ("The gateway takes these changes together, never one without the others.")
                 : _ ("None of these changes had been begun."));
    self->cancellable = g_cancellable_new ();
    postern_worker_run_async (self, compare, g_object_ref (journal), g_object_unref, (GDestroyNotify)g_ptr_array_unref,
                              NULL, self->cancellable, on_compared_cb, NULL);
}

static void
postern_interrupted_group_dispose (GObject *object)
{
    PosternInterruptedGroup *self = POSTERN_INTERRUPTED_GROUP (object);

    if (self->cancellable != NULL)
        g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->cancellable);
    g_ptr_array_set_size (self->rows, 0);
    G_OBJECT_CLASS (postern_interrupted_group_parent_class)->dispose (object);
}

static void
postern_interrupted_group_finalize (GObject *object)
{
    g_ptr_array_unref (POSTERN_INTERRUPTED_GROUP (object)->rows);
    G_OBJECT_CLASS (postern_interrupted_group_parent_class)->finalize (object);
}

static void
postern_interrupted_group_class_init (PosternInterruptedGroupClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->dispose = postern_interrupted_group_dispose;
    object_class->finalize = postern_interrupted_group_finalize;
}

static void
postern_interrupted_group_init (PosternInterruptedGroup *self)
{
    self->rows = g_ptr_array_new ();
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("What was to be done"));
}

void
postern_interrupted_group_show (PosternInterruptedGroup *self, PosternJournal *journal)
{
    g_return_if_fail (POSTERN_IS_INTERRUPTED_GROUP (self));
    g_return_if_fail (journal == NULL || POSTERN_IS_JOURNAL (journal));

    clear (self);
    if (journal == NULL)
        return;
    if (postern_journal_get_n_steps (journal) > 0)
        show_steps (self, journal);
    else
        show_changes (self, journal);
}
