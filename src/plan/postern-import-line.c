/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-import-line.h"

#include <glib/gi18n-lib.h>

#include "plan/postern-text.h"

struct _PosternImportLine {
    GObject parent_instance;

    guint number;
    char *text;
    char *name;
    char *route;
    char *reason;
    PosternImportSubject subject;
    PosternImportStatus status;
};

G_DEFINE_FINAL_TYPE (PosternImportLine, postern_import_line, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (PosternImportStatus, postern_import_status, G_DEFINE_ENUM_VALUE (POSTERN_IMPORT_TAKEN, "taken"),
                    G_DEFINE_ENUM_VALUE (POSTERN_IMPORT_PRESENT, "present"),
                    G_DEFINE_ENUM_VALUE (POSTERN_IMPORT_REFUSED, "refused"))

typedef enum {
    PROP_NUMBER = 1,
    PROP_TEXT,
    PROP_SUBJECT,
    PROP_NAME,
    PROP_ROUTE,
    PROP_STATUS,
    PROP_REASON,
} PosternImportLineProperty;

static GParamSpec *properties[PROP_REASON + 1];

const char *
postern_import_status_get_title (PosternImportStatus status)
{
    switch (status) {
    case POSTERN_IMPORT_TAKEN:
        /* Translators: what becomes of a line of an imported file: it is taken into the plan. */
        return C_ ("import", "Taken");
    case POSTERN_IMPORT_PRESENT:
        return C_ ("import", "Already there");
    case POSTERN_IMPORT_REFUSED:
        return C_ ("import", "Refused");
    default:
        g_return_val_if_reached ("");
    }
}

static char *
describe_route (const PosternImportRecord *record)
{
    if (record->route)
        return postern_route_to_display (record->route);
    return record->routing == POSTERN_DOMAIN_ROUTING_DNS
               ? g_strdup (_ ("the mail server that DNS names for the domain"))
               : NULL;
}

PosternImportLine *
postern_import_line_new (const PosternImportItem *item, PosternImportSubject subject, const PosternImportRecord *record,
                         PosternImportStatus status, char *reason)
{
    PosternImportLine *self;
    g_autofree char *text = NULL;

    g_return_val_if_fail (item != NULL, NULL);

    self = g_object_new (POSTERN_TYPE_IMPORT_LINE, NULL);
    text = g_strndup (item->text, item->length);
    self->number = item->line;
    self->text = postern_text_for_message (text);
    self->subject = subject;
    self->status = status;
    self->reason = reason;
    if (record && record->key_length > 0)
        self->name = postern_hostname_to_display (record->key);
    if (record)
        self->route = describe_route (record);
    return self;
}

guint
postern_import_line_get_number (PosternImportLine *self)
{
    g_return_val_if_fail (POSTERN_IS_IMPORT_LINE (self), 0);
    return self->number;
}

const char *
postern_import_line_get_text (PosternImportLine *self)
{
    g_return_val_if_fail (POSTERN_IS_IMPORT_LINE (self), NULL);
    return self->text;
}

PosternImportSubject
postern_import_line_get_subject (PosternImportLine *self)
{
    g_return_val_if_fail (POSTERN_IS_IMPORT_LINE (self), POSTERN_IMPORT_SUBJECT_DOMAIN);
    return self->subject;
}

const char *
postern_import_line_get_name (PosternImportLine *self)
{
    g_return_val_if_fail (POSTERN_IS_IMPORT_LINE (self), NULL);
    return self->name;
}

const char *
postern_import_line_get_route (PosternImportLine *self)
{
    g_return_val_if_fail (POSTERN_IS_IMPORT_LINE (self), NULL);
    return self->route;
}

PosternImportStatus
postern_import_line_get_status (PosternImportLine *self)
{
    g_return_val_if_fail (POSTERN_IS_IMPORT_LINE (self), POSTERN_IMPORT_REFUSED);
    return self->status;
}

const char *
postern_import_line_get_reason (PosternImportLine *self)
{
    g_return_val_if_fail (POSTERN_IS_IMPORT_LINE (self), NULL);
    return self->reason;
}

static void
get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
    PosternImportLine *self = POSTERN_IMPORT_LINE (object);

    switch ((PosternImportLineProperty)property) {
    case PROP_NUMBER:
        g_value_set_uint (value, self->number);
        break;
    case PROP_TEXT:
        g_value_set_string (value, self->text);
        break;
    case PROP_SUBJECT:
        g_value_set_enum (value, self->subject);
        break;
    case PROP_NAME:
        g_value_set_string (value, self->name);
        break;
    case PROP_ROUTE:
        g_value_set_string (value, self->route);
        break;
    case PROP_STATUS:
        g_value_set_enum (value, self->status);
        break;
    case PROP_REASON:
        g_value_set_string (value, self->reason);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
finalize (GObject *object)
{
    PosternImportLine *self = POSTERN_IMPORT_LINE (object);

    g_free (self->text);
    g_free (self->name);
    g_free (self->route);
    g_free (self->reason);
    G_OBJECT_CLASS (postern_import_line_parent_class)->finalize (object);
}

static void
postern_import_line_class_init (PosternImportLineClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS (class);
    const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

    object_class->get_property = get_property;
    object_class->finalize = finalize;

    properties[PROP_NUMBER] = g_param_spec_uint ("number", NULL, NULL, 0, G_MAXUINT, 0, readable);
    properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, readable);
    properties[PROP_SUBJECT] =
        g_param_spec_enum ("subject", NULL, NULL, POSTERN_TYPE_IMPORT_SUBJECT, POSTERN_IMPORT_SUBJECT_DOMAIN, readable);
    properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, readable);
    properties[PROP_ROUTE] = g_param_spec_string ("route", NULL, NULL, NULL, readable);
    properties[PROP_STATUS] =
        g_param_spec_enum ("status", NULL, NULL, POSTERN_TYPE_IMPORT_STATUS, POSTERN_IMPORT_REFUSED, readable);
    properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, readable);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_import_line_init (PosternImportLine *self)
{
}
