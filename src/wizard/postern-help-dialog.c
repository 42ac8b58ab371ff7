/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-help-dialog.h"

#include "wizard/postern-help-topic.h"
#include "wizard/postern-ui.h"

#define CONTENTS "index"

struct _PosternHelpDialog {
    AdwDialog parent_instance;

    AdwNavigationView *navigation_view;
};

G_DEFINE_FINAL_TYPE (PosternHelpDialog, postern_help_dialog, ADW_TYPE_DIALOG)

/* The pages in the order of the contents, by its sections. */
static const struct {
    const char *section;
    const char *page;
} topics[] = {
    { "scenarios", "choose-scenario" },
    { "scenarios", "scenario-direct" },
    { "scenarios", "scenario-edge-verifying" },
    { "scenarios", "scenario-edge-not-verifying" },
    { "settings", "gateway" },
    { "settings", "domains" },
    { "settings", "edge-gateway" },
    { "settings", "networks" },
    { "settings", "checks" },
    { "work", "review" },
    { "work", "push" },
    { "work", "result" },
    { "work", "ksmg" },
    { "work", "troubleshooting" },
    { "more", "host" },
    { "more", "command-line" },
};

static const char *const step_pages[] = {
    [POSTERN_STEP_WELCOME] = CONTENTS,
    [POSTERN_STEP_SCENARIO] = "choose-scenario",
    [POSTERN_STEP_GATEWAY] = "gateway",
    [POSTERN_STEP_DOMAINS] = "domains",
    [POSTERN_STEP_EDGE_GATEWAY] = "edge-gateway",
    [POSTERN_STEP_TRUSTED_NETWORKS] = "networks",
    [POSTERN_STEP_CHECKS] = "checks",
    [POSTERN_STEP_REVIEW] = "review",
    [POSTERN_STEP_PUSH] = "push",
    [POSTERN_STEP_RESULT] = "result",
    [POSTERN_STEP_KSMG] = "ksmg",
};

static PosternHelpPage *
load (const char *id)
{
    g_autoptr (GError) error = NULL;
    PosternHelpPage *page = postern_help_page_load (id, &error);

    if (page == NULL)
        g_message ("The help has no page “%s”: %s", id, error->message);
    return page;
}

static void
show (PosternHelpDialog *self, const char *id)
{
    g_autoptr (PosternHelpPage) page = load (id);

    if (page != NULL)
        adw_navigation_view_push (self->navigation_view, postern_help_topic_new (id, page));
}

static void
on_activated_cb (AdwActionRow *row, PosternHelpDialog *self)
{
    show (self, gtk_widget_get_name (GTK_WIDGET (row)));
}

static GtkWidget *
make_row (PosternHelpDialog *self, const char *id, PosternHelpPage *page)
{
    GtkWidget *row = adw_action_row_new ();

    adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), postern_help_page_get_title (page));
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), postern_help_page_get_summary (page));
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
    gtk_widget_set_name (row, id);
    /* Else Enter would press the button of the page below. */
    gtk_widget_set_receives_default (row, TRUE);
    g_signal_connect_object (row, "activated", G_CALLBACK (on_activated_cb), self, 0);
    return row;
}

/* The contents: below the title of each section a list of its pages. */
static AdwNavigationPage *
make_contents (PosternHelpDialog *self, PosternHelpPage *page)
{
    AdwNavigationPage *contents = postern_help_topic_new (CONTENTS, page);
    GtkWidget *list = NULL;

    for (guint i = 0; i < G_N_ELEMENTS (topics); i++) {
        g_autoptr (PosternHelpPage) topic = load (topics[i].page);

        if (i == 0 || !g_str_equal (topics[i].section, topics[i - 1].section)) {
            list = gtk_list_box_new ();
            gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
            gtk_widget_add_css_class (list, "boxed-list");
            postern_help_topic_append_to_section (POSTERN_HELP_TOPIC (contents), topics[i].section, list);
        }
        if (topic != NULL)
            gtk_list_box_append (GTK_LIST_BOX (list), make_row (self, topics[i].page, topic));
    }
    return contents;
}

static void
postern_help_dialog_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_HELP_DIALOG);
    G_OBJECT_CLASS (postern_help_dialog_parent_class)->dispose (object);
}

static void
postern_help_dialog_class_init (PosternHelpDialogClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_help_dialog_dispose;
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-help-dialog.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternHelpDialog, navigation_view);
}

static void
postern_help_dialog_init (PosternHelpDialog *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
postern_help_dialog_present (GtkWidget *window, PosternStep step)
{
    g_autoptr (PosternHelpPage) contents = NULL;
    PosternHelpDialog *self;

    g_return_val_if_fail (ADW_IS_APPLICATION_WINDOW (window), FALSE);
    g_return_val_if_fail (step < G_N_ELEMENTS (step_pages), FALSE);
    if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) != NULL)
        return TRUE;
    contents = load (CONTENTS);
    if (contents == NULL)
        return FALSE;
    self = g_object_new (POSTERN_TYPE_HELP_DIALOG, NULL);
    adw_navigation_view_push (self->navigation_view, make_contents (self, contents));
    if (!g_str_equal (step_pages[step], CONTENTS))
        show (self, step_pages[step]);
    adw_dialog_present (ADW_DIALOG (self), window);
    return TRUE;
}
