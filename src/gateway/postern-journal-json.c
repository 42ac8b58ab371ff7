/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-journal-json.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "gateway/postern-gateway-error.h"
#include "plan/postern-plan-json.h"

#define FORMAT 1
/* Head, before, plan: without them it is no journal. */
#define HEAD_LINES 3

void
postern_journal_head_clear (PosternJournalHead *self)
{
    g_clear_pointer (&self->address, postern_gateway_address_unref);
    g_clear_pointer (&self->pin, g_free);
    g_clear_pointer (&self->user, g_free);
    g_clear_pointer (&self->revision, g_free);
    g_clear_pointer (&self->begun, g_date_time_unref);
    g_clear_object (&self->before);
    g_clear_object (&self->plan);
}

/* A plan in one line: a line end in a JSON document is between its texts, never inside one. */
static char *
plan_to_line (PosternPlan *plan)
{
    char *text = postern_plan_to_json (plan, POSTERN_PLAN_FORM_API, NULL);

    return g_strdelimit (text, "\n", ' ');
}

/* Takes @builder. A JSON document without line ends in it. */
static char *
to_line (JsonBuilder *builder)
{
    g_autoptr (JsonNode) root = json_builder_get_root (builder);
    g_autofree char *text = json_to_string (root, FALSE);

    g_object_unref (builder);
    return g_strconcat (text, "\n", NULL);
}

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
    if (text == NULL)
        return;
    json_builder_set_member_name (builder, member);
    json_builder_add_string_value (builder, text);
}

char *
postern_journal_json_make_head (const PosternJournalHead *head)
{
    JsonBuilder *builder = json_builder_new ();
    g_autofree char *address = postern_gateway_address_to_string (head->address);
    g_autofree char *begun = g_date_time_format_iso8601 (head->begun);
    g_autofree char *before = plan_to_line (head->before);
    g_autofree char *plan = plan_to_line (head->plan);
    g_autofree char *line = NULL;

    json_builder_begin_object (builder);
    json_builder_set_member_name (builder, "postern_journal");
    json_builder_add_int_value (builder, FORMAT);
    add_text (builder, "gateway", address);
    add_text (builder, "pin", head->pin);
    add_text (builder, "user", head->user);
    add_text (builder, "revision", head->revision);
    add_text (builder, "begun", begun);
    json_builder_end_object (builder);
    line = to_line (builder);
    return g_strconcat (line, before, "\n", plan, "\n", NULL);
}

char *
postern_journal_json_make_steps (GPtrArray *steps)
{
    JsonBuilder *builder = json_builder_new ();

    json_builder_begin_object (builder);
    json_builder_set_member_name (builder, "steps");
    json_builder_begin_array (builder);
    for (guint i = 0; i < steps->len; i++) {
        json_builder_begin_array (builder);
        for (char **text = steps->pdata[i]; *text != NULL; text++)
            json_builder_add_string_value (builder, *text);
        json_builder_end_array (builder);
    }
    json_builder_end_array (builder);
    json_builder_end_object (builder);
    return to_line (builder);
}

char *
postern_journal_json_make_begun (guint index)
{
    return g_strdup_printf ("{\"begun\":%u}\n", index + 1);
}

char *
postern_journal_json_make_undoing (guint index)
{
    return g_strdup_printf ("{\"undoing\":%u}\n", index + 1);
}

static gboolean
refuse (GError **error)
{
    g_set_error_literal (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_JOURNAL, _ ("It is not a journal."));
    return FALSE;
}

static JsonObject *
parse_object (JsonParser *parser, const char *line, gsize length)
{
    JsonNode *root = NULL;

    if (json_parser_load_from_data (parser, line, length, NULL))
        root = json_parser_get_root (parser);
    return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

static const char *
get_text (JsonObject *object, const char *member)
{
    JsonNode *node = json_object_get_member (object, member);

    return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static gboolean
parse_head (JsonObject *object, PosternJournalHead *head, GError **error)
{
    const char *address = get_text (object, "gateway");
    const char *begun = get_text (object, "begun");

    head->pin = g_strdup (get_text (object, "pin"));
    head->user = g_strdup (get_text (object, "user"));
    head->revision = g_strdup (get_text (object, "revision"));
    head->begun = begun != NULL ? g_date_time_new_from_iso8601 (begun, NULL) : NULL;
    head->address = address != NULL ? postern_gateway_address_parse (address, NULL) : NULL;
    if (head->address == NULL || head->begun == NULL || head->revision == NULL ||
        json_object_get_int_member_with_default (object, "postern_journal", 0) != FORMAT)
        return refuse (error);
    return TRUE;
}

/* Texts of one step, or NULL if it is not an array of texts. */
static char **
parse_step (JsonNode *node)
{
    g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
    JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

    if (array == NULL)
        return NULL;
    for (guint i = 0; i < json_array_get_length (array); i++) {
        JsonNode *text = json_array_get_element (array, i);

        if (json_node_get_value_type (text) != G_TYPE_STRING)
            return NULL;
        g_strv_builder_add (texts, json_node_get_string (text));
    }
    return g_strv_builder_end (texts);
}

static GPtrArray *
parse_steps (JsonObject *object)
{
    JsonNode *node = json_object_get_member (object, "steps");
    JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
    g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

    for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
        char **step = parse_step (json_array_get_element (array, i));

        if (step == NULL)
            return NULL;
        g_ptr_array_add (steps, step);
    }
    return array != NULL ? g_steal_pointer (&steps) : NULL;
}

/* What the lines say. */
typedef struct {
    PosternJournalHead *head;
    GPtrArray *steps;
    guint begun;
    guint undoing;
} Content;

/* A number of a step at @member; 0 if there is none that can be one. */
static guint
get_number (Content *content, JsonObject *object, const char *member)
{
    gint64 number = json_object_get_int_member_with_default (object, member, 0);

    return content->steps != NULL && number >= 1 && number <= content->steps->len ? number : 0;
}

/* A line behind the head. One that nobody understands is a broken journal: what it said is not known. */
static gboolean
parse_event (Content *content, JsonObject *object, GError **error)
{
    guint begun = object != NULL ? get_number (content, object, "begun") : 0;
    guint undoing = object != NULL ? get_number (content, object, "undoing") : 0;

    if (object != NULL && content->steps == NULL)
        content->steps = parse_steps (object);
    else if (begun == 0 && (undoing == 0 || undoing > content->begun))
        return refuse (error);
    content->begun = MAX (content->begun, begun);
    content->undoing = undoing > 0 ? undoing : content->undoing;
    return content->steps != NULL ? TRUE : refuse (error);
}

static gboolean
parse_line (Content *content, guint number, const char *line, gsize length, GError **error)
{
    g_autoptr (JsonParser) parser = NULL;
    PosternPlan *plan;
    JsonObject *object;

    if (number == 1 || number == 2) {
        plan = postern_plan_from_json (line, length, POSTERN_PLAN_FORM_API, NULL, error);
        *(number == 1 ? &content->head->before : &content->head->plan) = plan;
        return plan != NULL;
    }
    parser = json_parser_new_immutable ();
    object = parse_object (parser, line, length);
    if (number > 0)
        return parse_event (content, object, error);
    return object != NULL ? parse_head (object, content->head, error) : refuse (error);
}

static gboolean
parse_lines (Content *content, const char *data, const char *end, GError **error)
{
    guint number = 0;
    const char *next;

    for (; data < end && (next = memchr (data, '\n', end - data)) != NULL; data = next + 1) {
        if (!parse_line (content, number, data, next - data, error))
            return FALSE;
        number++;
    }
    return number >= HEAD_LINES ? TRUE : refuse (error);
}

gboolean
postern_journal_json_parse (const char *data, gsize length, PosternJournalHead *head, GPtrArray **steps, guint *begun,
                            guint *undoing, GError **error)
{
    Content content = { .head = head };
    gboolean good = parse_lines (&content, data, data + length, error);

    *steps = content.steps;
    *begun = content.begun;
    *undoing = content.undoing;
    return good;
}
