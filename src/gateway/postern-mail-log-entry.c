/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-mail-log-entry.h"

#include <glib/gi18n-lib.h>

struct _PosternMailLogEntry {
    GObject parent_instance;

    GDateTime *time;
    char *queue_id;
    char *client;
    char *from;
    char *to;
    PosternMailVerdict verdict;
    char *code;
    char *reply;
    char *next_hop;
};

typedef enum {
    PROP_TIME = 1,
    PROP_QUEUE_ID,
    PROP_CLIENT,
    PROP_FROM,
    PROP_TO,
    PROP_VERDICT,
    PROP_CODE,
    PROP_REPLY,
    PROP_NEXT_HOP,
} PosternMailLogEntryProperty;

static GParamSpec *properties[PROP_NEXT_HOP + 1];

G_DEFINE_FINAL_TYPE (PosternMailLogEntry, postern_mail_log_entry, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (PosternMailVerdict, postern_mail_verdict, G_DEFINE_ENUM_VALUE (POSTERN_MAIL_DELIVERED, "delivered"),
                    G_DEFINE_ENUM_VALUE (POSTERN_MAIL_DEFERRED, "deferred"),
                    G_DEFINE_ENUM_VALUE (POSTERN_MAIL_BOUNCED, "bounced"),
                    G_DEFINE_ENUM_VALUE (POSTERN_MAIL_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (POSTERN_MAIL_REFUSED_FOR_NOW, "refused-for-now"),
                    G_DEFINE_ENUM_VALUE (POSTERN_MAIL_DELETED, "deleted"))

const char *
postern_mail_verdict_get_title (PosternMailVerdict verdict)
{
    switch (verdict) {
    case POSTERN_MAIL_DELIVERED:
        /* Translators: what became of a message: the next mail server has taken it. */
        return C_ ("mail log", "Delivered");
    case POSTERN_MAIL_DEFERRED:
        /* Translators: what became of a message: it is kept and tried again later. */
        return C_ ("mail log", "Deferred");
    case POSTERN_MAIL_BOUNCED:
        /* Translators: what became of a message: it could not be delivered, and its sender gets a report. */
        return C_ ("mail log", "Returned");
    case POSTERN_MAIL_REFUSED:
        /* Translators: what became of a message: the gateway did not take it. */
        return C_ ("mail log", "Refused");
    case POSTERN_MAIL_REFUSED_FOR_NOW:
        /* Translators: what became of a message: the gateway did not take it, and told the client to try again later.
         */
        return C_ ("mail log", "Refused for now");
    case POSTERN_MAIL_DELETED:
        /* Translators: what became of a message: the gateway took it and threw it away. */
        return C_ ("mail log", "Deleted");
    default:
        g_return_val_if_reached ("");
    }
}

static void
postern_mail_log_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternMailLogEntry *self = POSTERN_MAIL_LOG_ENTRY (object);

    switch ((PosternMailLogEntryProperty)id) {
    case PROP_TIME:
        g_value_set_boxed (value, self->time);
        break;
    case PROP_QUEUE_ID:
        g_value_set_string (value, self->queue_id);
        break;
    case PROP_CLIENT:
        g_value_set_string (value, self->client);
        break;
    case PROP_FROM:
        g_value_set_string (value, self->from);
        break;
    case PROP_TO:
        g_value_set_string (value, self->to);
        break;
    case PROP_VERDICT:
        g_value_set_enum (value, (int)self->verdict);
        break;
    case PROP_CODE:
        g_value_set_string (value, self->code);
        break;
    case PROP_REPLY:
        g_value_set_string (value, self->reply);
        break;
    case PROP_NEXT_HOP:
        g_value_set_string (value, self->next_hop);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_mail_log_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternMailLogEntry *self = POSTERN_MAIL_LOG_ENTRY (object);

    switch ((PosternMailLogEntryProperty)id) {
    case PROP_TIME:
        self->time = g_value_dup_boxed (value);
        break;
    case PROP_QUEUE_ID:
        self->queue_id = g_value_dup_string (value);
        break;
    case PROP_CLIENT:
        self->client = g_value_dup_string (value);
        break;
    case PROP_FROM:
        self->from = g_value_dup_string (value);
        break;
    case PROP_TO:
        self->to = g_value_dup_string (value);
        break;
    case PROP_VERDICT:
        self->verdict = (PosternMailVerdict)g_value_get_enum (value);
        break;
    case PROP_CODE:
        self->code = g_value_dup_string (value);
        break;
    case PROP_REPLY:
        self->reply = g_value_dup_string (value);
        break;
    case PROP_NEXT_HOP:
        self->next_hop = g_value_dup_string (value);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_mail_log_entry_finalize (GObject *object)
{
    PosternMailLogEntry *self = POSTERN_MAIL_LOG_ENTRY (object);

    g_clear_pointer (&self->time, g_date_time_unref);
    g_free (self->queue_id);
    g_free (self->client);
    g_free (self->from);
    g_free (self->to);
    g_free (self->code);
    g_free (self->reply);
    g_free (self->next_hop);
    G_OBJECT_CLASS (postern_mail_log_entry_parent_class)->finalize (object);
}

static void
postern_mail_log_entry_class_init (PosternMailLogEntryClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_mail_log_entry_get_property;
    object_class->set_property = postern_mail_log_entry_set_property;
    object_class->finalize = postern_mail_log_entry_finalize;

    properties[PROP_TIME] = g_param_spec_boxed ("time", NULL, NULL, G_TYPE_DATE_TIME, flags);
    properties[PROP_QUEUE_ID] = g_param_spec_string ("queue-id", NULL, NULL, NULL, flags);
    properties[PROP_CLIENT] = g_param_spec_string ("client", NULL, NULL, NULL, flags);
    properties[PROP_FROM] = g_param_spec_string ("from", NULL, NULL, NULL, flags);
    properties[PROP_TO] = g_param_spec_string ("to", NULL, NULL, NULL, flags);
    properties[PROP_VERDICT] =
        g_param_spec_enum ("verdict", NULL, NULL, POSTERN_TYPE_MAIL_VERDICT, POSTERN_MAIL_DELIVERED, flags);
    properties[PROP_CODE] = g_param_spec_string ("code", NULL, NULL, NULL, flags);
    properties[PROP_REPLY] = g_param_spec_string ("reply", NULL, NULL, "", flags);
    properties[PROP_NEXT_HOP] = g_param_spec_string ("next-hop", NULL, NULL, NULL, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_mail_log_entry_init (PosternMailLogEntry *self)
{
}

GDateTime *
postern_mail_log_entry_get_time (PosternMailLogEntry *self)
{
    g_return_val_if_fail (POSTERN_IS_MAIL_LOG_ENTRY (self), NULL);
    return self->time;
}

const char *
postern_mail_log_entry_get_queue_id (PosternMailLogEntry *self)
{
    g_return_val_if_fail (POSTERN_IS_MAIL_LOG_ENTRY (self), NULL);
    return self->queue_id;
}

const char *
postern_mail_log_entry_get_client (PosternMailLogEntry *self)
{
    g_return_val_if_fail (POSTERN_IS_MAIL_LOG_ENTRY (self), NULL);
    return self->client;
}

const char *
postern_mail_log_entry_get_from (PosternMailLogEntry *self)
{
    g_return_val_if_fail (POSTERN_IS_MAIL_LOG_ENTRY (self), NULL);
    return self->from;
}

const char *
postern_mail_log_entry_get_to (PosternMailLogEntry *self)
{
    g_return_val_if_fail (POSTERN_IS_MAIL_LOG_ENTRY (self), NULL);
    return self->to;
}

PosternMailVerdict
postern_mail_log_entry_get_verdict (PosternMailLogEntry *self)
{
    g_return_val_if_fail (POSTERN_IS_MAIL_LOG_ENTRY (self), POSTERN_MAIL_DELIVERED);
    return self->verdict;
}

const char *
postern_mail_log_entry_get_code (PosternMailLogEntry *self)
{
    g_return_val_if_fail (POSTERN_IS_MAIL_LOG_ENTRY (self), NULL);
    return self->code;
}

const char *
postern_mail_log_entry_get_reply (PosternMailLogEntry *self)
{
    g_return_val_if_fail (POSTERN_IS_MAIL_LOG_ENTRY (self), NULL);
    return self->reply;
}

const char *
postern_mail_log_entry_get_next_hop (PosternMailLogEntry *self)
{
    g_return_val_if_fail (POSTERN_IS_MAIL_LOG_ENTRY (self), NULL);
    return self->next_hop;
}
