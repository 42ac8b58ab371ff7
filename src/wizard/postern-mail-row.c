/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-mail-row.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-status-icon.h"

struct _PosternMailRow {
    AdwActionRow parent_instance;

    PosternStatusIcon *icon;
};

G_DEFINE_FINAL_TYPE (PosternMailRow, postern_mail_row, ADW_TYPE_ACTION_ROW)

static const PosternStatus statuses[] = {
    [POSTERN_MAIL_DELIVERED] = POSTERN_STATUS_GOOD,
    [POSTERN_MAIL_DEFERRED] = POSTERN_STATUS_WAITING,
    [POSTERN_MAIL_BOUNCED] = POSTERN_STATUS_BAD,
    [POSTERN_MAIL_REFUSED] = POSTERN_STATUS_BAD,
    [POSTERN_MAIL_REFUSED_FOR_NOW] = POSTERN_STATUS_WAITING,
    [POSTERN_MAIL_DELETED] = POSTERN_STATUS_BAD,
};

static void
postern_mail_row_class_init (PosternMailRowClass *klass)
{
}

static void
postern_mail_row_init (PosternMailRow *self)
{
    self->icon = POSTERN_STATUS_ICON (postern_status_icon_new ());
    adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->icon));
    adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
    adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (self), TRUE);
}

static char *
title_of (PosternMailLogEntry *entry)
{
    const char *from = postern_mail_log_entry_get_from (entry);
    const char *to = postern_mail_log_entry_get_to (entry);

    if (from == NULL)
        from = C_ ("mail log", "unknown sender");
    else if (*from == '\0')
        /* Translators: the sender of a delivery report: an empty address. */
        from = C_ ("mail log", "null sender");
    if (to == NULL)
        to = C_ ("mail log", "unknown recipient");
    /* Translators: the sender and the recipient of a message. */
    return g_strdup_printf (C_ ("mail log", "%s → %s"), from, to);
}

static char *
time_of (PosternMailLogEntry *entry)
{
    GDateTime *utc = postern_mail_log_entry_get_time (entry);
    g_autoptr (GDateTime) local = utc == NULL ? NULL : g_date_time_to_local (utc);

    return local == NULL ? g_strdup ("") : g_date_time_format (local, "%X");
}

static char *
subtitle_of (PosternMailLogEntry *entry)
{
    g_autofree char *time = time_of (entry);
    const char *verdict = postern_mail_verdict_get_title (postern_mail_log_entry_get_verdict (entry));
    const char *hop = postern_mail_log_entry_get_next_hop (entry);
    const char *reply = postern_mail_log_entry_get_reply (entry);

    if (hop != NULL)
        /* Translators: when, what became of a message, the mail server it was given to; then what that one said. */
        return g_strdup_printf (C_ ("mail log", "%s · %s · %s\n%s"), time, verdict, hop, reply);
    /* Translators: when, what became of a message; then what the sender was told. */
    return g_strdup_printf (C_ ("mail log", "%s · %s\n%s"), time, verdict, reply);
}

GtkWidget *
postern_mail_row_new (PosternMailLogEntry *entry)
{
    PosternMailRow *self;
    g_autofree char *title = NULL;
    g_autofree char *subtitle = NULL;
    PosternMailVerdict verdict;

    g_return_val_if_fail (POSTERN_IS_MAIL_LOG_ENTRY (entry), NULL);
    title = title_of (entry);
    subtitle = subtitle_of (entry);
    verdict = postern_mail_log_entry_get_verdict (entry);
    self = g_object_new (POSTERN_TYPE_MAIL_ROW, NULL);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
    postern_status_icon_set (self->icon, statuses[verdict], postern_mail_verdict_get_title (verdict));
    return GTK_WIDGET (self);
}
