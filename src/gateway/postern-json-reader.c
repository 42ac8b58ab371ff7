/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-json-reader.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "gateway/postern-gateway-error.h"
#include "probe/postern-smtp-reply.h"

#define MAX_TEXT 4000

struct _PosternJsonReader {
    JsonNode *root;
    GPtrArray *stack; /* of JsonObject; NULL where there was nothing to enter */
    GPtrArray *names; /* of the entered members, for the place */
    GError *error;
};

PosternJsonReader *
postern_json_reader_new (GBytes *body, GError **error)
{
    g_autoptr (JsonParser) parser = json_parser_new_immutable ();
    g_autoptr (GError) reason = NULL;
    PosternJsonReader *self;
    gsize length;
    const char *data = g_bytes_get_data (body, &length);
    JsonNode *root = NULL;

    json_parser_set_strict (parser, TRUE);
    if (length > 0 && json_parser_load_from_data (parser, data, length, &reason))
        root = json_parser_get_root (parser);
    if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)) {
        g_set_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL, _ ("It is not a JSON object."));
        return NULL;
    }
    self = g_new0 (PosternJsonReader, 1);
    self->root = json_node_ref (root);
    self->stack = g_ptr_array_new ();
    self->names = g_ptr_array_new_with_free_func (g_free);
    g_ptr_array_add (self->stack, json_node_get_object (root));
    return self;
}

void
postern_json_reader_free (PosternJsonReader *self)
{
    json_node_unref (self->root);
    g_ptr_array_unref (self->stack);
    g_ptr_array_unref (self->names);
    g_clear_error (&self->error);
    g_free (self);
}

static char *
make_place (PosternJsonReader *self, const char *member)
{
    g_autoptr (GString) place = g_string_new (NULL);

    for (guint i = 0; i < self->names->len; i++)
        g_string_append_printf (place, "/%s", (const char *)self->names->pdata[i]);
    g_string_append_printf (place, "/%s", member);
    return g_string_free_and_steal (g_steal_pointer (&place));
}

void
postern_json_reader_refuse (PosternJsonReader *self, const char *member)
{
    g_autofree char *place = NULL;

    if (self->error != NULL)
        return;
    place = make_place (self, member);
    self->error = g_error_new (POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL,
                               /* Translators: %s is a place in a JSON document, such as "/mta/state". */
                               _ ("“%s” is missing or not what it should be."), place);
}

/* The member if it is there and a value of @type, or NULL. */
static JsonNode *
look_up (PosternJsonReader *self, const char *member, GType type)
{
    JsonObject *object = self->stack->pdata[self->stack->len - 1];
    JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

    if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
        return NULL;
    return node;
}

static void
push (PosternJsonReader *self, JsonNode *node, char *name)
{
    gboolean good = node != NULL && JSON_NODE_HOLDS_OBJECT (node);

    if (!good)
        postern_json_reader_refuse (self, name);
    g_ptr_array_add (self->stack, good ? json_node_get_object (node) : NULL);
    g_ptr_array_add (self->names, name);
}

void
postern_json_reader_enter (PosternJsonReader *self, const char *member)
{
    JsonObject *object = self->stack->pdata[self->stack->len - 1];

    push (self, object != NULL ? json_object_get_member (object, member) : NULL, g_strdup (member));
}

gboolean
postern_json_reader_has (PosternJsonReader *self, const char *member)
{
    JsonObject *object = self->stack->pdata[self->stack->len - 1];

    return object != NULL && json_object_has_member (object, member);
}

gboolean
postern_json_reader_enter_optional (PosternJsonReader *self, const char *member)
{
    gboolean there = postern_json_reader_has (self, member);

    if (there)
        postern_json_reader_enter (self, member);
    return there;
}

gboolean
postern_json_reader_enter_element (PosternJsonReader *self, const char *member, guint index)
{
    JsonObject *object = self->stack->pdata[self->stack->len - 1];
    JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;
    JsonArray *array;

    if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)) {
        postern_json_reader_refuse (self, member);
        return FALSE;
    }
    array = json_node_get_array (node);
    if (index >= json_array_get_length (array))
        return FALSE;
    push (self, json_array_get_element (array, index), g_strdup_printf ("%s/%u", member, index));
    return TRUE;
}

void
postern_json_reader_leave (PosternJsonReader *self)
{
    g_return_if_fail (self->names->len > 0);
    g_ptr_array_set_size (self->stack, self->stack->len - 1);
    g_ptr_array_set_size (self->names, self->names->len - 1);
}

static char *
clean (const char *text)
{
    g_autofree char *whole = postern_smtp_reply_clean_text (text, -1);
    const char *end = whole + strlen (whole);

    if (end - whole <= MAX_TEXT)
        return g_steal_pointer (&whole);
    end = g_utf8_find_prev_char (whole, whole + MAX_TEXT);
    return g_strdup_printf ("%.*s…", (int)(end - whole), whole);
}

char *
postern_json_reader_take_optional_string (PosternJsonReader *self, const char *member)
{
    JsonNode *node = look_up (self, member, G_TYPE_STRING);

    return node != NULL ? clean (json_node_get_string (node)) : NULL;
}

char *
postern_json_reader_take_string (PosternJsonReader *self, const char *member)
{
    char *text = postern_json_reader_take_optional_string (self, member);

    if (text == NULL)
        postern_json_reader_refuse (self, member);
    return text;
}

char **
postern_json_reader_take_strings (PosternJsonReader *self, const char *member)
{
    JsonObject *object = self->stack->pdata[self->stack->len - 1];
    JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    JsonArray *array;

    if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)) {
        postern_json_reader_refuse (self, member);
        return NULL;
    }
    array = json_node_get_array (node);
    for (guint i = 0; i < json_array_get_length (array); i++) {
        JsonNode *element = json_array_get_element (array, i);

        if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
            g_strv_builder_take (builder, clean (json_node_get_string (element)));
        else
            postern_json_reader_refuse (self, member);
    }
    return g_strv_builder_end (builder);
}

gint64
postern_json_reader_take_number (PosternJsonReader *self, const char *member)
{
    JsonNode *node = look_up (self, member, G_TYPE_INT64);

    if (node != NULL)
        return json_node_get_int (node);
    postern_json_reader_refuse (self, member);
    return 0;
}

gboolean
postern_json_reader_take_flag (PosternJsonReader *self, const char *member)
{
    JsonNode *node = look_up (self, member, G_TYPE_BOOLEAN);

    if (node != NULL)
        return json_node_get_boolean (node);
    postern_json_reader_refuse (self, member);
    return FALSE;
}

char *
postern_json_reader_take_document (PosternJsonReader *self, const char *member, gsize *length)
{
    JsonObject *object = self->stack->pdata[self->stack->len - 1];
    JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;
    g_autoptr (JsonGenerator) generator = NULL;

    if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
        postern_json_reader_refuse (self, member);
        return NULL;
    }
    generator = json_generator_new ();
    json_generator_set_root (generator, node);
    return json_generator_to_data (generator, length);
}

gboolean
postern_json_reader_check (PosternJsonReader *self, GError **error)
{
    if (self->error == NULL)
        return TRUE;
    g_propagate_error (error, g_error_copy (self->error));
    return FALSE;
}
