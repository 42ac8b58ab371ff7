/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-shortcuts-dialog.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-ui.h"

struct _PosternShortcutsDialog {
    AdwDialog parent_instance;

    AdwPreferencesGroup *general_group;
    AdwPreferencesGroup *pages_group;
};

G_DEFINE_FINAL_TYPE (PosternShortcutsDialog, postern_shortcuts_dialog, ADW_TYPE_DIALOG)

typedef struct {
    const char *title;
    guint key;
    GdkModifierType modifiers;
} Shortcut;

static const Shortcut general[] = {
    { NC_ ("shortcut", "New Window"), GDK_KEY_n, GDK_CONTROL_MASK },
    { NC_ ("shortcut", "Open Plan"), GDK_KEY_o, GDK_CONTROL_MASK },
    { NC_ ("shortcut", "Save Plan"), GDK_KEY_s, GDK_CONTROL_MASK },
    { NC_ ("shortcut", "Save Plan As"), GDK_KEY_s, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { NC_ ("shortcut", "Close Window"), GDK_KEY_w, GDK_CONTROL_MASK },
    { NC_ ("shortcut", "Quit"), GDK_KEY_q, GDK_CONTROL_MASK },
    { NC_ ("shortcut", "Keyboard Shortcuts"), GDK_KEY_question, GDK_CONTROL_MASK },
};

static const Shortcut pages[] = {
    { NC_ ("shortcut", "Next Page"), GDK_KEY_Return, 0 },
    { NC_ ("shortcut", "Previous Page"), GDK_KEY_Left, GDK_ALT_MASK },
    { NC_ ("shortcut", "Help"), GDK_KEY_F1, 0 },
    { NC_ ("shortcut", "Search in Lists"), GDK_KEY_f, GDK_CONTROL_MASK },
    { NC_ ("shortcut", "Select All in a List"), GDK_KEY_a, GDK_CONTROL_MASK },
    { NC_ ("shortcut", "Remove What Is Selected"), GDK_KEY_Delete, 0 },
    { NC_ ("shortcut", "Main Menu"), GDK_KEY_F10, 0 },
};

static void
fill (AdwPreferencesGroup *group, const Shortcut *shortcuts, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *keys = gtk_accelerator_get_label (shortcuts[i].key, shortcuts[i].modifiers);
        GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title",
                                       g_dpgettext2 (GETTEXT_PACKAGE, "shortcut", shortcuts[i].title), NULL);
        GtkWidget *label = gtk_label_new (keys);

        gtk_widget_add_css_class (label, "dimmed");
        gtk_widget_add_css_class (label, "numeric");
        adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
        adw_preferences_group_add (group, row);
    }
}

static void
postern_shortcuts_dialog_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_SHORTCUTS_DIALOG);
    G_OBJECT_CLASS (postern_shortcuts_dialog_parent_class)->dispose (object);
}

static void
postern_shortcuts_dialog_class_init (PosternShortcutsDialogClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_shortcuts_dialog_dispose;
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-shortcuts-dialog.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternShortcutsDialog, general_group);
    gtk_widget_class_bind_template_child (widget_class, PosternShortcutsDialog, pages_group);
}

static void
postern_shortcuts_dialog_init (PosternShortcutsDialog *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    fill (self->general_group, general, G_N_ELEMENTS (general));
    fill (self->pages_group, pages, G_N_ELEMENTS (pages));
}

void
postern_shortcuts_dialog_present (GtkWidget *window)
{
    g_return_if_fail (ADW_IS_APPLICATION_WINDOW (window));
    if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == NULL)
        adw_dialog_present (g_object_new (POSTERN_TYPE_SHORTCUTS_DIALOG, NULL), window);
}
