/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-status-icon.h"

struct _PosternStatusIcon {
    AdwBin parent_instance;

    PosternStatus status;
    char *word;
};

G_DEFINE_ENUM_TYPE (PosternStatus, postern_status, G_DEFINE_ENUM_VALUE (POSTERN_STATUS_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (POSTERN_STATUS_WORKING, "working"),
                    G_DEFINE_ENUM_VALUE (POSTERN_STATUS_GOOD, "good"), G_DEFINE_ENUM_VALUE (POSTERN_STATUS_BAD, "bad"),
                    G_DEFINE_ENUM_VALUE (POSTERN_STATUS_UNKNOWN, "unknown"))

G_DEFINE_FINAL_TYPE (PosternStatusIcon, postern_status_icon, ADW_TYPE_BIN)

static const struct {
    const char *icon_name; /* NULL: a spinner */
    const char *css_class;
} looks[] = {
    [POSTERN_STATUS_WAITING] = { "content-loading-symbolic", "dimmed" },
    [POSTERN_STATUS_WORKING] = { NULL, NULL },
    [POSTERN_STATUS_GOOD] = { "object-select-symbolic", "success" },
    [POSTERN_STATUS_BAD] = { "dialog-error-symbolic", "error" },
    [POSTERN_STATUS_UNKNOWN] = { "dialog-question-symbolic", "warning" },
};

static void
postern_status_icon_finalize (GObject *object)
{
    g_free (POSTERN_STATUS_ICON (object)->word);
    G_OBJECT_CLASS (postern_status_icon_parent_class)->finalize (object);
}

static void
postern_status_icon_class_init (PosternStatusIconClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_status_icon_finalize;
    gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
show (PosternStatusIcon *self)
{
    GtkWidget *child;

    if (looks[self->status].icon_name == NULL) {
        child = adw_spinner_new ();
    } else {
        child = gtk_image_new_from_icon_name (looks[self->status].icon_name);
        gtk_widget_add_css_class (child, looks[self->status].css_class);
    }
    gtk_widget_set_size_request (child, 16, 16);
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
    adw_bin_set_child (ADW_BIN (self), child);
}

static void
postern_status_icon_init (PosternStatusIcon *self)
{
    gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
    show (self);
}

GtkWidget *
postern_status_icon_new (void)
{
    return g_object_new (POSTERN_TYPE_STATUS_ICON, NULL);
}

void
postern_status_icon_set (PosternStatusIcon *self, PosternStatus status, const char *word)
{
    g_return_if_fail (POSTERN_IS_STATUS_ICON (self));
    if (g_set_str (&self->word, word)) {
        gtk_widget_set_tooltip_text (GTK_WIDGET (self), word);
        gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
    }
    if (self->status == status)
        return;
    self->status = status;
    show (self);
}
