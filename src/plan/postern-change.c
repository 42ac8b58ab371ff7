/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-change-private.h"

struct _PosternChange {
    GObject parent_instance;

    PosternSection section;
    PosternChangeKind kind;
    const char *member; /* interned */
    char *subject;
    char *key;
    char *before;
    char *after;
};

G_DEFINE_FINAL_TYPE (PosternChange, postern_change, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (PosternChangeKind, postern_change_kind, G_DEFINE_ENUM_VALUE (POSTERN_CHANGE_ADD, "add"),
                    G_DEFINE_ENUM_VALUE (POSTERN_CHANGE_REMOVE, "remove"),
                    G_DEFINE_ENUM_VALUE (POSTERN_CHANGE_MODIFY, "modify"))

typedef enum {
    PROP_SECTION = 1,
    PROP_KIND,
    PROP_MEMBER,
    PROP_SUBJECT,
    PROP_BEFORE,
    PROP_AFTER,
} PosternChangeProperty;

static GParamSpec *properties[PROP_AFTER + 1];

PosternSection
postern_change_get_section (PosternChange *self)
{
    g_return_val_if_fail (POSTERN_IS_CHANGE (self), POSTERN_SECTION_SCENARIO);
    return self->section;
}

PosternChangeKind
postern_change_get_kind (PosternChange *self)
{
    g_return_val_if_fail (POSTERN_IS_CHANGE (self), POSTERN_CHANGE_ADD);
    return self->kind;
}

const char *
postern_change_get_member (PosternChange *self)
{
    g_return_val_if_fail (POSTERN_IS_CHANGE (self), NULL);
    return self->member;
}

const char *
postern_change_get_subject (PosternChange *self)
{
    g_return_val_if_fail (POSTERN_IS_CHANGE (self), NULL);
    return self->subject;
}

const char *
postern_change_get_key (PosternChange *self)
{
    g_return_val_if_fail (POSTERN_IS_CHANGE (self), NULL);
    return self->key;
}

const char *
postern_change_get_before (PosternChange *self)
{
    g_return_val_if_fail (POSTERN_IS_CHANGE (self), NULL);
    return self->before;
}

const char *
postern_change_get_after (PosternChange *self)
{
    g_return_val_if_fail (POSTERN_IS_CHANGE (self), NULL);
    return self->after;
}

PosternChange *
postern_change_new_take (PosternSection section, const char *member, const char *subject, const char *key, char *before,
                         char *after)
{
    PosternChange *self = g_object_new (POSTERN_TYPE_CHANGE, NULL);

    self->section = section;
    self->kind = before == NULL ? POSTERN_CHANGE_ADD : after == NULL ? POSTERN_CHANGE_REMOVE : POSTERN_CHANGE_MODIFY;
    self->member = g_intern_string (member);
    self->subject = g_strdup (subject);
    self->key = g_strdup (key);
    self->before = before;
    self->after = after;
    return self;
}

static void
get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
    PosternChange *self = POSTERN_CHANGE (object);

    switch ((PosternChangeProperty)property) {
    case PROP_SECTION:
        g_value_set_enum (value, (int)self->section);
        break;
    case PROP_KIND:
        g_value_set_enum (value, (int)self->kind);
        break;
    case PROP_MEMBER:
        g_value_set_static_string (value, self->member);
        break;
    case PROP_SUBJECT:
        g_value_set_string (value, self->subject);
        break;
    case PROP_BEFORE:
        g_value_set_string (value, self->before);
        break;
    case PROP_AFTER:
        g_value_set_string (value, self->after);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
finalize (GObject *object)
{
    PosternChange *self = POSTERN_CHANGE (object);

    g_free (self->subject);
    g_free (self->key);
    g_free (self->before);
    g_free (self->after);
    G_OBJECT_CLASS (postern_change_parent_class)->finalize (object);
}

static void
postern_change_class_init (PosternChangeClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS (class);
    const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

    object_class->get_property = get_property;
    object_class->finalize = finalize;

    properties[PROP_SECTION] =
        g_param_spec_enum ("section", NULL, NULL, POSTERN_TYPE_SECTION, POSTERN_SECTION_SCENARIO, readable);
    properties[PROP_KIND] =
        g_param_spec_enum ("kind", NULL, NULL, POSTERN_TYPE_CHANGE_KIND, POSTERN_CHANGE_ADD, readable);
    properties[PROP_MEMBER] = g_param_spec_string ("member", NULL, NULL, NULL, readable);
    properties[PROP_SUBJECT] = g_param_spec_string ("subject", NULL, NULL, NULL, readable);
    properties[PROP_BEFORE] = g_param_spec_string ("before", NULL, NULL, NULL, readable);
    properties[PROP_AFTER] = g_param_spec_string ("after", NULL, NULL, NULL, readable);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_change_init (PosternChange *self)
{
}
