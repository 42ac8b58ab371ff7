/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-pmg-json.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "gateway/postern-gateway-error.h"
#include "probe/postern-smtp-reply.h"

/* Of what is shown to a person. */
#define MAX_SHOWN 1000

static gboolean
refuse (GError **error, const char *what)
{
    g_set_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL,
                 /* Translators: %s is a place in a JSON document, such as "data/ticket". */
                 _ ("“%s” is missing or not what it should be."), what);
    return FALSE;
}

static JsonObject *
open_document (JsonParser *parser, GBytes *body)
{
    gsize length;
    const char *data = g_bytes_get_data (body, &length);
    JsonNode *root = NULL;

    json_parser_set_strict (parser, TRUE);
    if (length > 0 && json_parser_load_from_data (parser, data, length, NULL))
        root = json_parser_get_root (parser);
    return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

/* What is under “data”, if it is of @type. */
static JsonNode *
open_data (JsonParser *parser, GBytes *body, JsonNodeType type, GError **error)
{
    JsonObject *root = open_document (parser, body);
    JsonNode *data = root != NULL ? json_object_get_member (root, "data") : NULL;

    if (root == NULL)
        g_set_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL, _ ("It is not a JSON object."));
    else if (data == NULL || json_node_get_node_type (data) != type)
        refuse (error, "data");
    else
        return data;
    return NULL;
}

/* A text or a number as a text; NULL if it is missing or neither. */
static char *
node_to_text (JsonNode *node)
{
    GType type;

    if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
        return NULL;
    type = json_node_get_value_type (node);
    if (type == G_TYPE_STRING)
        return g_utf8_make_valid (json_node_get_string (node), -1);
    if (type == G_TYPE_BOOLEAN)
        return g_strdup (json_node_get_boolean (node) ? "1" : "0");
    if (type == G_TYPE_INT64)
        return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    return NULL;
}

static char *
take_text (JsonObject *object, const char *name)
{
    return node_to_text (json_object_get_member (object, name));
}

static gboolean
take_flag (JsonObject *object, const char *name)
{
    g_autofree char *text = take_text (object, name);

    return text != NULL && *text != '\0' && !g_str_equal (text, "0");
}

static char *
take_shown (JsonNode *node)
{
    g_autofree char *text = node_to_text (node);
    g_autofree char *shown = NULL;

    if (text == NULL)
        return NULL;
    shown = postern_smtp_reply_clean_text (g_strchomp (text), -1);
    return g_utf8_substring (shown, 0, MIN (g_utf8_strlen (shown, -1), MAX_SHOWN));
}

void
postern_pmg_ticket_free (PosternPmgTicket *self)
{
    if (self->ticket != NULL)
        explicit_bzero (self->ticket, strlen (self->ticket));
    g_free (self->ticket);
    g_free (self->csrf);
    g_free (self->role);
    g_free (self);
}

/* They go into headers: printable ASCII and nothing else. */
static gboolean
is_sendable (const char *text)
{
    if (text == NULL || *text == '\0')
        return FALSE;
    while (g_ascii_isgraph (*text))
        text++;
    return *text == '\0';
}

PosternPmgTicket *
postern_pmg_json_parse_ticket (GBytes *body, GError **error)
{
    g_autoptr (JsonParser) parser = json_parser_new_immutable ();
    g_autoptr (PosternPmgTicket) self = NULL;
    JsonNode *data = open_data (parser, body, JSON_NODE_OBJECT, error);

    if (data == NULL)
        return NULL;
    self = g_new0 (PosternPmgTicket, 1);
    self->ticket = take_text (json_node_get_object (data), "ticket");
    self->csrf = take_text (json_node_get_object (data), "CSRFPreventionToken");
    self->role = take_text (json_node_get_object (data), "role");
    self->need_tfa = take_flag (json_node_get_object (data), "NeedTFA");
    if (self->ticket == NULL || *self->ticket == '\0')
        refuse (error, "data/ticket");
    else if (!self->need_tfa && !is_sendable (self->csrf))
        refuse (error, "data/CSRFPreventionToken");
    else
        return g_steal_pointer (&self);
    return NULL;
}

char *
postern_pmg_json_parse_version (GBytes *body, GError **error)
{
    g_autoptr (JsonParser) parser = json_parser_new_immutable ();
    JsonNode *data = open_data (parser, body, JSON_NODE_OBJECT, error);
    char *version = data != NULL ? take_shown (json_object_get_member (json_node_get_object (data), "version")) : NULL;

    if (data != NULL && version == NULL)
        refuse (error, "data/version");
    return version;
}

void
postern_pmg_node_free (PosternPmgNode *self)
{
    g_free (self->name);
    g_free (self->trouble);
    g_free (self);
}

static PosternPmgNode *
parse_node (JsonObject *object)
{
    PosternPmgNode *self = g_new0 (PosternPmgNode, 1);
    g_autofree char *type = take_text (object, "type");

    self->name = take_shown (json_object_get_member (object, "name"));
    self->trouble = take_shown (json_object_get_member (object, "conn_error"));
    /* A machine without a cluster is of the type “-”. */
    self->master = g_strcmp0 (type, "node") != 0;
    self->insync = self->master || !json_object_has_member (object, "insync") || take_flag (object, "insync");
    return self;
}

GPtrArray *
postern_pmg_json_parse_nodes (GBytes *body, GError **error)
{
    g_autoptr (JsonParser) parser = json_parser_new_immutable ();
    g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func ((GDestroyNotify)postern_pmg_node_free);
    JsonNode *data = open_data (parser, body, JSON_NODE_ARRAY, error);
    JsonArray *array = data != NULL ? json_node_get_array (data) : NULL;

    if (array == NULL)
        return NULL;
    for (guint i = 0; i < json_array_get_length (array); i++) {
        JsonNode *element = json_array_get_element (array, i);

        if (!JSON_NODE_HOLDS_OBJECT (element)) {
            refuse (error, "data");
            return NULL;
        }
        g_ptr_array_add (nodes, parse_node (json_node_get_object (element)));
    }
    return g_steal_pointer (&nodes);
}

static gboolean
take_transport (JsonObject *object, PosternPmgRecord *record)
{
    g_autofree char *port = take_text (object, "port");
    guint64 number = 0;

    record->host = take_text (object, "host");
    record->protocol = take_text (object, "protocol");
    record->use_mx = take_flag (object, "use_mx");
    if (record->protocol == NULL)
        record->protocol = g_strdup ("smtp");
    if (record->host == NULL || port == NULL || !g_ascii_string_to_unsigned (port, 10, 1, G_MAXUINT16, &number, NULL))
        return FALSE;
    record->port = number;
    return TRUE;
}

static PosternPmgRecord *
parse_record (JsonNode *node, PosternPmgList list)
{
    const char *key_name = list == POSTERN_PMG_LIST_NETWORKS ? "cidr" : "domain";
    JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    g_autofree char *key = object != NULL ? take_text (object, key_name) : NULL;
    g_autofree char *comment = object != NULL ? take_text (object, "comment") : NULL;
    g_autoptr (PosternPmgRecord) record = NULL;

    if (key == NULL || *key == '\0')
        return NULL;
    record = postern_pmg_record_new (key, comment != NULL ? comment : "");
    if (list == POSTERN_PMG_LIST_TRANSPORT && !take_transport (object, record))
        return NULL;
    return g_steal_pointer (&record);
}

static gboolean
parse_mail (JsonObject *object, PosternPmgConfig *config, GError **error)
{
    JsonObjectIter iter;
    const char *name;
    JsonNode *node;

    g_free (config->digest);
    config->digest = take_text (object, "digest");
    if (config->digest == NULL) {
        config->digest = g_strdup ("");
        return refuse (error, "data/digest");
    }
    json_object_iter_init (&iter, object);
    while (json_object_iter_next (&iter, &name, &node)) {
        char *value = g_str_equal (name, "digest") ? NULL : node_to_text (node);

        if (value != NULL)
            g_hash_table_replace (config->mail, g_strdup (name), value);
    }
    return TRUE;
}

gboolean
postern_pmg_json_parse_list (GBytes *body, PosternPmgList list, PosternPmgConfig *config, GError **error)
{
    g_autoptr (JsonParser) parser = json_parser_new_immutable ();
    gboolean is_mail = list == POSTERN_PMG_LIST_MAIL;
    JsonNode *data = open_data (parser, body, is_mail ? JSON_NODE_OBJECT : JSON_NODE_ARRAY, error);
    JsonArray *array;

    if (data == NULL)
        return FALSE;
    if (is_mail)
        return parse_mail (json_node_get_object (data), config, error);
    array = json_node_get_array (data);
    for (guint i = 0; i < json_array_get_length (array); i++) {
        PosternPmgRecord *record = parse_record (json_array_get_element (array, i), list);

        if (record == NULL)
            return refuse (error, "data");
        g_ptr_array_add (config->records[list], record);
    }
    return TRUE;
}

static GPtrArray *
take_problems (JsonObject *errors)
{
    GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify)postern_gateway_problem_free);
    JsonObjectIter iter;
    const char *name;
    JsonNode *node;

    json_object_iter_init (&iter, errors);
    while (json_object_iter_next (&iter, &name, &node)) {
        g_autofree char *detail = take_shown (node);
        g_autofree char *pointer = postern_smtp_reply_clean_text (name, -1);

        g_ptr_array_add (problems, postern_gateway_problem_new (pointer, "", detail != NULL ? detail : ""));
    }
    return problems;
}

gboolean
postern_pmg_json_parse_refusal (GBytes *body, char **message, GPtrArray **problems)
{
    g_autoptr (JsonParser) parser = json_parser_new_immutable ();
    JsonObject *root = open_document (parser, body);
    JsonNode *errors;

    if (root == NULL || !json_object_has_member (root, "data"))
        return FALSE;
    *message = take_shown (json_object_get_member (root, "message"));
    errors = json_object_get_member (root, "errors");
    if (errors != NULL && JSON_NODE_HOLDS_OBJECT (errors))
        *problems = take_problems (json_node_get_object (errors));
    return TRUE;
}
