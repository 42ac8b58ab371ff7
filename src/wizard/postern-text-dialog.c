/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-text-dialog.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-ui.h"

struct _PosternTextDialog {
    AdwDialog parent_instance;

    AdwToastOverlay *toast_overlay;
    GtkTextView *text_view;
};

G_DEFINE_FINAL_TYPE (PosternTextDialog, postern_text_dialog, ADW_TYPE_DIALOG)

static void
on_copy_cb (PosternTextDialog *self)
{
    GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
    g_autofree char *text = NULL;

    g_object_get (buffer, "text", &text, NULL);
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
    adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (_ ("Copied")));
}

static void
postern_text_dialog_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_TEXT_DIALOG);
    G_OBJECT_CLASS (postern_text_dialog_parent_class)->dispose (object);
}

static void
postern_text_dialog_class_init (PosternTextDialogClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_text_dialog_dispose;
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-text-dialog.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternTextDialog, toast_overlay);
    gtk_widget_class_bind_template_child (widget_class, PosternTextDialog, text_view);
    gtk_widget_class_bind_template_callback (widget_class, on_copy_cb);
}

static void
postern_text_dialog_init (PosternTextDialog *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
postern_text_dialog_new (const char *title, const char *text)
{
    PosternTextDialog *self = g_object_new (POSTERN_TYPE_TEXT_DIALOG, "title", title, NULL);

    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), text, -1);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->text_view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
    return ADW_DIALOG (self);
}
