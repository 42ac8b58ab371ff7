/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-revision.h"

struct _PosternRevision {
    GObject parent_instance;

    char *id;
    GDateTime *created;
    char *by;
    gboolean current;
    guint changes;
    char *restored_from;
    gboolean unmanaged;
};

typedef enum {
    PROP_ID = 1,
    PROP_CREATED,
    PROP_BY,
    PROP_CURRENT,
    PROP_CHANGES,
    PROP_RESTORED_FROM,
    PROP_UNMANAGED,
} PosternRevisionProperty;

static GParamSpec *properties[PROP_UNMANAGED + 1];

G_DEFINE_FINAL_TYPE (PosternRevision, postern_revision, G_TYPE_OBJECT)

static void
postern_revision_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternRevision *self = POSTERN_REVISION (object);

    switch ((PosternRevisionProperty)id) {
    case PROP_ID:
        g_value_set_string (value, self->id);
        break;
    case PROP_CREATED:
        g_value_set_boxed (value, self->created);
        break;
    case PROP_BY:
        g_value_set_string (value, self->by);
        break;
    case PROP_CURRENT:
        g_value_set_boolean (value, self->current);
        break;
    case PROP_CHANGES:
        g_value_set_uint (value, self->changes);
        break;
    case PROP_RESTORED_FROM:
        g_value_set_string (value, self->restored_from);
        break;
    case PROP_UNMANAGED:
        g_value_set_boolean (value, self->unmanaged);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_revision_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternRevision *self = POSTERN_REVISION (object);

    switch ((PosternRevisionProperty)id) {
    case PROP_ID:
        self->id = g_value_dup_string (value);
        break;
    case PROP_CREATED:
        self->created = g_value_dup_boxed (value);
        break;
    case PROP_BY:
        self->by = g_value_dup_string (value);
        break;
    case PROP_CURRENT:
        self->current = g_value_get_boolean (value);
        break;
    case PROP_CHANGES:
        self->changes = g_value_get_uint (value);
        break;
    case PROP_RESTORED_FROM:
        self->restored_from = g_value_dup_string (value);
        break;
    case PROP_UNMANAGED:
        self->unmanaged = g_value_get_boolean (value);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_revision_finalize (GObject *object)
{
    PosternRevision *self = POSTERN_REVISION (object);

    g_free (self->id);
    g_clear_pointer (&self->created, g_date_time_unref);
    g_free (self->by);
    g_free (self->restored_from);
    G_OBJECT_CLASS (postern_revision_parent_class)->finalize (object);
}

static void
postern_revision_class_init (PosternRevisionClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_revision_get_property;
    object_class->set_property = postern_revision_set_property;
    object_class->finalize = postern_revision_finalize;

    properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, "", flags);
    properties[PROP_CREATED] = g_param_spec_boxed ("created", NULL, NULL, G_TYPE_DATE_TIME, flags);
    properties[PROP_BY] = g_param_spec_string ("by", NULL, NULL, "", flags);
    properties[PROP_CURRENT] = g_param_spec_boolean ("current", NULL, NULL, FALSE, flags);
    properties[PROP_CHANGES] = g_param_spec_uint ("changes", NULL, NULL, 0, G_MAXUINT, 0, flags);
    properties[PROP_RESTORED_FROM] = g_param_spec_string ("restored-from", NULL, NULL, NULL, flags);
    properties[PROP_UNMANAGED] = g_param_spec_boolean ("unmanaged", NULL, NULL, FALSE, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_revision_init (PosternRevision *self)
{
}

const char *
postern_revision_get_id (PosternRevision *self)
{
    g_return_val_if_fail (POSTERN_IS_REVISION (self), NULL);
    return self->id;
}

GDateTime *
postern_revision_get_created (PosternRevision *self)
{
    g_return_val_if_fail (POSTERN_IS_REVISION (self), NULL);
    return self->created;
}

const char *
postern_revision_get_by (PosternRevision *self)
{
    g_return_val_if_fail (POSTERN_IS_REVISION (self), NULL);
    return self->by;
}

gboolean
postern_revision_get_current (PosternRevision *self)
{
    g_return_val_if_fail (POSTERN_IS_REVISION (self), FALSE);
    return self->current;
}

guint
postern_revision_get_changes (PosternRevision *self)
{
    g_return_val_if_fail (POSTERN_IS_REVISION (self), 0);
    return self->changes;
}

const char *
postern_revision_get_restored_from (PosternRevision *self)
{
    g_return_val_if_fail (POSTERN_IS_REVISION (self), NULL);
    return self->restored_from;
}

gboolean
postern_revision_get_unmanaged (PosternRevision *self)
{
    g_return_val_if_fail (POSTERN_IS_REVISION (self), FALSE);
    return self->unmanaged;
}
