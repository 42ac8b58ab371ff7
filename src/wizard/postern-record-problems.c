/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-record-problems.h"

#include <glib/gi18n-lib.h>

#include "wizard/postern-announce.h"
#include "wizard/postern-record-batch.h"
#include "wizard/postern-ui.h"

/* How many lines are listed. */
#define MAX_SHOWN 20

struct _PosternRecordProblems {
    AdwPreferencesGroup parent_instance;

    GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (PosternRecordProblems, postern_record_problems, ADW_TYPE_PREFERENCES_GROUP)

enum { DISMISSED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
add_row (PosternRecordProblems *self, const char *title, const char *subtitle)
{
    GtkWidget *row = adw_action_row_new ();

    adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
    gtk_list_box_append (self->list, row);
}

static void
on_dismiss_clicked_cb (PosternRecordProblems *self)
{
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
    g_signal_emit (self, signals[DISMISSED], 0);
}

static void
postern_record_problems_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_RECORD_PROBLEMS);
    G_OBJECT_CLASS (postern_record_problems_parent_class)->dispose (object);
}

static void
postern_record_problems_class_init (PosternRecordProblemsClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_record_problems_dispose;
    signals[DISMISSED] =
        g_signal_new ("dismissed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-record-problems.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternRecordProblems, list);
    gtk_widget_class_bind_template_callback (widget_class, on_dismiss_clicked_cb);
}

static void
postern_record_problems_init (PosternRecordProblems *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

void
postern_record_problems_show (PosternRecordProblems *self, GPtrArray *problems)
{
    g_autofree char *title = NULL;
    g_autofree char *rest = NULL;

    g_return_if_fail (POSTERN_IS_RECORD_PROBLEMS (self));

    gtk_list_box_remove_all (self->list);
    gtk_widget_set_visible (GTK_WIDGET (self), problems->len > 0);
    if (problems->len == 0)
        return;
    for (guint i = 0; i < MIN (problems->len, MAX_SHOWN); i++) {
        PosternRecordProblem *problem = problems->pdata[i];

        add_row (self, problem->text, problem->message);
    }
    if (problems->len > MAX_SHOWN) {
        guint n = problems->len - MAX_SHOWN;

        /* Translators: below a list of some lines that were not added, how many there are beside them. */
        rest = g_strdup_printf (ngettext ("And %u other line", "And %u other lines", n), n);
        add_row (self, rest, "");
    }
    title =
        g_strdup_printf (ngettext ("%u line was not added", "%u lines were not added", problems->len), problems->len);
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
    postern_announce (self, title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}
