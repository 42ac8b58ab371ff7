/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-push-row.h"

#include "wizard/postern-announce.h"
#include "wizard/postern-status-icon.h"

struct _PosternPushRow {
    AdwActionRow parent_instance;

    PosternPushItem *item;
    PosternStatusIcon *icon;
};

G_DEFINE_FINAL_TYPE (PosternPushRow, postern_push_row, ADW_TYPE_ACTION_ROW)

static void
postern_push_row_dispose (GObject *object)
{
    g_clear_object (&POSTERN_PUSH_ROW (object)->item);
    G_OBJECT_CLASS (postern_push_row_parent_class)->dispose (object);
}

static void
postern_push_row_class_init (PosternPushRowClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = postern_push_row_dispose;
}

static void
postern_push_row_init (PosternPushRow *self)
{
    self->icon = POSTERN_STATUS_ICON (postern_status_icon_new ());
    adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->icon));
    adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
    adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (self), TRUE);
}

static void
add_duration (PosternPushRow *self)
{
    GtkWidget *label = gtk_label_new (NULL);

    gtk_widget_add_css_class (label, "dimmed");
    gtk_widget_add_css_class (label, "numeric");
    g_object_bind_property (self->item, "duration", label, "label", G_BINDING_SYNC_CREATE);
    adw_action_row_add_suffix (ADW_ACTION_ROW (self), label);
}

static void
show_status (PosternPushRow *self)
{
    static const PosternStatus statuses[] = {
        [POSTERN_PUSH_STATUS_WAITING] = POSTERN_STATUS_WAITING,
        [POSTERN_PUSH_STATUS_WORKING] = POSTERN_STATUS_WORKING,
        [POSTERN_PUSH_STATUS_DONE] = POSTERN_STATUS_GOOD,
        [POSTERN_PUSH_STATUS_FAILED] = POSTERN_STATUS_BAD,
    };
    PosternPushStatus status = postern_push_item_get_status (self->item);

    postern_status_icon_set (self->icon, statuses[status], postern_push_status_get_title (status));
    if (status == POSTERN_PUSH_STATUS_WORKING)
        postern_announce (self, postern_push_item_get_title (self->item), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

GtkWidget *
postern_push_row_new (PosternPushItem *item)
{
    PosternPushRow *self;

    g_return_val_if_fail (POSTERN_IS_PUSH_ITEM (item), NULL);
    self = g_object_new (POSTERN_TYPE_PUSH_ROW, "title", postern_push_item_get_title (item), NULL);
    self->item = g_object_ref (item);
    add_duration (self);
    g_object_bind_property (item, "detail", self, "subtitle", G_BINDING_SYNC_CREATE);
    g_signal_connect_object (item, "notify::status", G_CALLBACK (show_status), self, G_CONNECT_SWAPPED);
    show_status (self);
    return GTK_WIDGET (self);
}
