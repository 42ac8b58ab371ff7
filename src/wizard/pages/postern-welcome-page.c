/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/pages/postern-welcome-page.h"

#include <glib/gi18n-lib.h>
#include "gateway/postern-journal.h"
#include "wizard/postern-closures.h"
#include "wizard/postern-draft.h"
#include "wizard/postern-mail-flow.h"
#include "wizard/postern-ui.h"
#include "wizard/postern-worker.h"
#include "wizard/postern-wrap.h"

struct _PosternWelcomePage {
    PosternPage parent_instance;

    GListStore *drafts;
    char *interrupted; /* the address of a gateway to which a push was interrupted; NULL if there is none */

    AdwBanner *banner; /* NULL as long as there is nothing to say */
    GtkListBox *recent_list;
};

G_DEFINE_FINAL_TYPE (PosternWelcomePage, postern_welcome_page, POSTERN_TYPE_PAGE)

static char *
when_to_text (GDateTime *utc)
{
    g_autoptr (GDateTime) when = g_date_time_to_local (utc);
    g_autoptr (GDateTime) now = g_date_time_new_now_local ();

    if (g_date_time_get_year (when) == g_date_time_get_year (now) &&
        g_date_time_get_day_of_year (when) == g_date_time_get_day_of_year (now))
        /* Translators: a time today, for g_date_time_format(). */
        return g_date_time_format (when, C_ ("time", "%H:%M"));
    /* Translators: a date, for g_date_time_format(). */
    return g_date_time_format (when, C_ ("date", "%e %B %Y"));
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
    PosternDraft *draft = POSTERN_DRAFT (item);
    g_autofree char *when = when_to_text (postern_draft_get_modified (draft));
    const char *scenario = postern_scenario_get_title (postern_draft_get_scenario (draft));
    const char *gateway = postern_draft_get_gateway (draft);
    g_autofree char *subtitle = NULL;
    GtkWidget *row, *arrow;

    if (gateway != NULL)
        /* Translators: below the name of a plan: the gateway, the scenario, when it was changed. */
        subtitle = g_strdup_printf (C_ ("recent plan", "%s · %s · %s"), gateway, scenario, when);
    else
        /* Translators: below the name of a plan without a gateway: the scenario, when it was changed. */
        subtitle = g_strdup_printf (C_ ("recent plan", "%s · %s"), scenario, when);
    row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "activatable", TRUE, NULL);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), postern_draft_get_title (draft));
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
    arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
    gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
    /* Enter opens the plan that has the focus, and does not begin a new one. */
    gtk_widget_set_receives_default (row, TRUE);
    return row;
}

static void
on_row_activated_cb (PosternWelcomePage *self, GtkListBoxRow *row)
{
    g_autoptr (PosternDraft) draft =
        g_list_model_get_item (G_LIST_MODEL (self->drafts), (guint)gtk_list_box_row_get_index (row));

    gtk_widget_activate_action (GTK_WIDGET (self), "win.take-up", "s", postern_draft_get_id (draft));
}

static gpointer
list_drafts (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    return postern_draft_list (POSTERN_DRAFT_MAX);
}

static void
on_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    PosternWelcomePage *self = POSTERN_WELCOME_PAGE (source);
    g_autoptr (GPtrArray) drafts = postern_worker_run_finish (self, result, NULL);

    if (drafts != NULL && self->drafts != NULL)
        g_list_store_splice (self->drafts, 0, g_list_model_get_n_items (G_LIST_MODEL (self->drafts)), drafts->pdata,
                             drafts->len);
}

static gpointer
list_journals (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    return postern_journal_list ();
}

static void
on_show_interrupted_cb (PosternWelcomePage *self)
{
    if (self->interrupted != NULL)
        gtk_widget_activate_action (GTK_WIDGET (self), "win.show-interrupted", "s", self->interrupted);
}

/* Hardly ever needed, so it is not made before the window is shown. */
static AdwBanner *
ensure_banner (PosternWelcomePage *self)
{
    if (self->banner != NULL)
        return self->banner;
    self->banner = g_object_new (ADW_TYPE_BANNER, "use-markup", FALSE, "button-label", C_ ("button", "_Show"), NULL);
    g_signal_connect_object (self->banner, "button-clicked", G_CALLBACK (on_show_interrupted_cb), self,
                             G_CONNECT_SWAPPED);
    postern_wrap_labels (GTK_WIDGET (self->banner));
    postern_page_add_top_bar (POSTERN_PAGE (self), GTK_WIDGET (self->banner));
    return self->banner;
}

static void
set_interrupted (PosternWelcomePage *self, PosternGatewayAddress *address)
{
    g_autofree char *place = NULL, *title = NULL;

    g_clear_pointer (&self->interrupted, g_free);
    if (address == NULL) {
        if (self->banner != NULL)
            adw_banner_set_revealed (self->banner, FALSE);
        return;
    }
    self->interrupted = postern_gateway_address_to_string (address);
    place = postern_gateway_address_to_display (address);
    /* Translators: %s is a host. */
    title = g_strdup_printf (_ ("A push to %s was interrupted"), place);
    adw_banner_set_title (ensure_banner (self), title);
    adw_banner_set_revealed (self->banner, TRUE);
}

static void
on_journals_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    PosternWelcomePage *self = POSTERN_WELCOME_PAGE (source);
    g_autoptr (GPtrArray) journals = postern_worker_run_finish (self, result, NULL);

    if (journals != NULL && self->drafts != NULL)
        set_interrupted (self, journals->len > 0 ? postern_journal_get_address (journals->pdata[0]) : NULL);
}

static void
postern_welcome_page_activate (PosternPage *page)
{
    postern_worker_run_async (page, list_journals, NULL, NULL, (GDestroyNotify)g_ptr_array_unref, NULL,
                              postern_page_get_cancellable (page), on_journals_listed_cb, NULL);
    postern_worker_run_async (page, list_drafts, NULL, NULL, (GDestroyNotify)g_ptr_array_unref, NULL,
                              postern_page_get_cancellable (page), on_listed_cb, NULL);
}

static void
postern_welcome_page_proceed (PosternPage *page)
{
    gtk_widget_activate_action (GTK_WIDGET (page), "win.new-integration", NULL);
}

static void
postern_welcome_page_dispose (GObject *object)
{
    PosternWelcomePage *self = POSTERN_WELCOME_PAGE (object);

    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_WELCOME_PAGE);
    g_clear_object (&self->drafts);
    g_clear_pointer (&self->interrupted, g_free);
    G_OBJECT_CLASS (postern_welcome_page_parent_class)->dispose (object);
}

static void
postern_welcome_page_class_init (PosternWelcomePageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    PosternPageClass *page_class = POSTERN_PAGE_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_welcome_page_dispose;
    page_class->activate = postern_welcome_page_activate;
    page_class->proceed = postern_welcome_page_proceed;

    g_type_ensure (GTK_TYPE_LIST_BOX);
    g_type_ensure (POSTERN_TYPE_MAIL_FLOW);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-welcome-page.ui");
    postern_closures_bind (widget_class);
    gtk_widget_class_bind_template_child (widget_class, PosternWelcomePage, drafts);
    gtk_widget_class_bind_template_child (widget_class, PosternWelcomePage, recent_list);
    gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
postern_welcome_page_init (PosternWelcomePage *self)
{
    g_type_ensure (POSTERN_TYPE_DRAFT);
    gtk_widget_init_template (GTK_WIDGET (self));
    g_object_ref (self->drafts);
    gtk_list_box_bind_model (self->recent_list, G_LIST_MODEL (self->drafts), make_row, NULL, NULL);
}
