/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-stored-revision.h"

#include <glib/gi18n-lib.h>

#include "plan/postern-json-document.h"
#include "service/postern-json-writer.h"
#include "service/postern-service-error.h"

GBytes *
postern_stored_revision_to_json (PosternStoredRevision *self)
{
    PosternJsonWriter *json = postern_json_writer_new ();
    g_autofree char *created = g_date_time_format_iso8601 (self->created);

    postern_json_writer_begin_object (json);
    postern_json_writer_integer_member (json, "revision", self->number);
    postern_json_writer_string_member (json, "mark", self->mark);
    postern_json_writer_string_member (json, "created", created);
    postern_json_writer_string_member (json, "by", self->by);
    postern_json_writer_integer_member (json, "restored_from", self->restored_from);
    postern_json_writer_integer_member (json, "changes", self->changes);
    if (self->released)
        postern_json_writer_boolean_member (json, "released", TRUE);
    postern_json_writer_end_object (json);
    return postern_json_writer_finish (json);
}

static const char *
text (JsonObject *object, const char *name)
{
    return json_object_get_string_member_with_default (object, name, "");
}

static guint
count (JsonObject *object, const char *name)
{
    return (guint)CLAMP (json_object_get_int_member_with_default (object, name, 0), 0, G_MAXINT);
}

PosternStoredRevision *
postern_stored_revision_from_json (const char *json, gsize length, GError **error)
{
    g_autoptr (JsonNode) root = postern_json_document_parse (json, length, NULL, error);
    g_autoptr (PosternStoredRevision) self = NULL;
    JsonObject *object;

    if (root == NULL)
        return NULL;
    self = postern_stored_revision_new (0, "", 0, 0);
    object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
    g_clear_pointer (&self->created, g_date_time_unref);
    if (object) {
        self->number = count (object, "revision");
        self->created = g_date_time_new_from_iso8601 (text (object, "created"), NULL);
        self->restored_from = count (object, "restored_from");
        self->changes = count (object, "changes");
        self->released = json_object_get_boolean_member_with_default (object, "released", FALSE);
        g_set_str (&self->by, text (object, "by"));
        g_set_str (&self->mark, text (object, "mark"));
    }
    if (self->number == 0 || self->created == NULL || *self->mark == '\0') {
        g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE,
                             _ ("This is not the description of a revision."));
        return NULL;
    }
    return g_steal_pointer (&self);
}
