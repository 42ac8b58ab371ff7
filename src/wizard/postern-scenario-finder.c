/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-scenario-finder.h"

#include <glib/gi18n-lib.h>
#include "plan/postern-hostname.h"
#include "probe/postern-dns.h"
#include "probe/postern-recipient-probe.h"
#include "wizard/postern-announce.h"
#include "wizard/postern-ui.h"
#include "wizard/postern-worker.h"

struct _PosternScenarioFinder {
    AdwExpanderRow parent_instance;

    GCancellable *cancellable;

    AdwEntryRow *domain_row;
    GtkStack *button_stack;
    GtkListBoxRow *answer_row;
    GtkLabel *servers_label;
    GtkLabel *verifies_label;
};

G_DEFINE_FINAL_TYPE (PosternScenarioFinder, postern_scenario_finder, ADW_TYPE_EXPANDER_ROW)

/* What was found out, in words. */
typedef struct {
    char *servers;
    char *verifies;
} Answer;

static void
answer_free (gpointer data)
{
    Answer *answer = data;

    g_free (answer->servers);
    g_free (answer->verifies);
    g_free (answer);
}

static char *
servers_to_text (const char *domain, GPtrArray *hops)
{
    g_autoptr (GString) list = g_string_new (NULL);

    for (guint i = 0; i < hops->len; i++) {
        g_autofree char *one = postern_next_hop_to_display (g_ptr_array_index (hops, i));

        g_string_append_printf (list, "%s%s", i == 0 ? "" : "\n", one);
    }
    /* Translators: %1$s is a domain, %2$s a list of mail servers, one per line. */
    return g_strdup_printf (_ ("Mail for %1$s goes to:\n%2$s\nIf that is the gateway to be set up, mail reaches it "
                               "directly. If it is another one, that is the edge gateway."),
                            domain, list->str);
}

/* Only the first server is asked: the others are there for when it fails. */
static char *
ask_server (const char *domain, PosternNextHop *hop, GCancellable *cancellable, GError **error)
{
    g_autofree char *nobody = g_strconcat ("@", domain, NULL);
    g_autoptr (PosternProbeTarget) target =
        postern_probe_target_new (postern_next_hop_get_host (hop), postern_next_hop_get_port (hop), FALSE);
    g_autoptr (PosternRecipientProbe) probe = postern_recipient_probe_run (target, "", nobody, 0, cancellable, error);
    gboolean verifies;

    if (probe == NULL)
        return NULL;
    if (!postern_recipient_probe_get_verifies (probe, &verifies))
        return g_strdup (postern_recipient_probe_get_summary (probe));
    return g_strdup (
        verifies ? _ ("It refuses a recipient that nobody has. If it is the edge gateway, it verifies recipients.")
                 : _ ("It accepts a recipient that nobody has. If it is the edge gateway, it does not verify "
                      "recipients."));
}

static gpointer
find_out (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    const char *domain = data;
    g_autoptr (GPtrArray) hops = postern_dns_next_hops (domain, 25, TRUE, 0, cancellable, error);
    g_autofree char *verifies = NULL;
    Answer *answer;

    if (hops == NULL)
        return NULL;
    verifies = ask_server (domain, g_ptr_array_index (hops, 0), cancellable, error);
    if (verifies == NULL)
        return NULL;
    answer = g_new0 (Answer, 1);
    answer->servers = servers_to_text (domain, hops);
    answer->verifies = g_steal_pointer (&verifies);
    return answer;
}

static void
show_answer (PosternScenarioFinder *self, const char *servers, const char *verifies)
{
    gtk_label_set_label (self->servers_label, servers);
    gtk_label_set_label (self->verifies_label, verifies);
    gtk_widget_set_visible (GTK_WIDGET (self->verifies_label), *verifies != '\0');
    gtk_widget_set_visible (GTK_WIDGET (self->answer_row), TRUE);
    postern_announce (self, servers, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    if (*verifies != '\0')
        postern_announce (self, verifies, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
on_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    PosternScenarioFinder *self = POSTERN_SCENARIO_FINDER (source);
    g_autoptr (GError) error = NULL;
    Answer *answer = postern_worker_run_finish (self, result, &error);

    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    gtk_stack_set_visible_child_name (self->button_stack, "button");
    if (answer != NULL)
        show_answer (self, answer->servers, answer->verifies);
    else
        show_answer (self, error->message, "");
    g_clear_pointer (&answer, answer_free);
}

static void
on_find_out_cb (PosternScenarioFinder *self)
{
    g_autoptr (GError) error = NULL;
    char *domain = postern_hostname_to_ascii (gtk_editable_get_text (GTK_EDITABLE (self->domain_row)), &error);

    if (domain == NULL) {
        show_answer (self, error->message, "");
        return;
    }
    g_cancellable_cancel (self->cancellable);
    g_set_object (&self->cancellable, NULL);
    self->cancellable = g_cancellable_new ();
    gtk_widget_set_visible (GTK_WIDGET (self->answer_row), FALSE);
    gtk_stack_set_visible_child_name (self->button_stack, "spinner");
    postern_worker_run_async (self, find_out, domain, g_free, answer_free, NULL, self->cancellable, on_found_cb, NULL);
}

static gboolean
is_filled (PosternScenarioFinder *self, const char *text)
{
    return text != NULL && *text != '\0';
}

/* A job keeps this alive until it ends, so it has to be told that nobody is waiting any more. */
static void
postern_scenario_finder_unmap (GtkWidget *widget)
{
    PosternScenarioFinder *self = POSTERN_SCENARIO_FINDER (widget);

    if (self->cancellable != NULL) {
        g_cancellable_cancel (self->cancellable);
        gtk_stack_set_visible_child_name (self->button_stack, "button");
    }
    GTK_WIDGET_CLASS (postern_scenario_finder_parent_class)->unmap (widget);
}

static void
postern_scenario_finder_dispose (GObject *object)
{
    PosternScenarioFinder *self = POSTERN_SCENARIO_FINDER (object);

    g_clear_object (&self->cancellable);
    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_SCENARIO_FINDER);
    G_OBJECT_CLASS (postern_scenario_finder_parent_class)->dispose (object);
}

static void
postern_scenario_finder_class_init (PosternScenarioFinderClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_scenario_finder_dispose;
    widget_class->unmap = postern_scenario_finder_unmap;
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-scenario-finder.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternScenarioFinder, domain_row);
    gtk_widget_class_bind_template_child (widget_class, PosternScenarioFinder, button_stack);
    gtk_widget_class_bind_template_child (widget_class, PosternScenarioFinder, answer_row);
    gtk_widget_class_bind_template_child (widget_class, PosternScenarioFinder, servers_label);
    gtk_widget_class_bind_template_child (widget_class, PosternScenarioFinder, verifies_label);
    gtk_widget_class_bind_template_callback (widget_class, on_find_out_cb);
    gtk_widget_class_bind_template_callback (widget_class, is_filled);
}

static void
postern_scenario_finder_init (PosternScenarioFinder *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
