/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-json-document.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-plan-error.h"
#include "plan/postern-text.h"

/* More than any object of a plan or of the Gateway API has. */
#define MOST_MEMBERS 64

struct _PosternJsonDocument {
    JsonParser parent_instance;

    GArray *seen; /* of guint: for each open object how many members were read */
    char *repeated;
    gboolean crowded;
    guint error_line;
    guint error_column;
};

G_DEFINE_FINAL_TYPE (PosternJsonDocument, postern_json_document, JSON_TYPE_PARSER)

static void
object_start (JsonParser *parser)
{
    guint none = 0;

    g_array_append_val (POSTERN_JSON_DOCUMENT (parser)->seen, none);
}

/* json-glib lets a later member replace an earlier one of its name: then the object has fewer members than were read.
 */
static void
object_member (JsonParser *parser, JsonObject *object, const char *name)
{
    PosternJsonDocument *self = POSTERN_JSON_DOCUMENT (parser);
    guint *seen = &g_array_index (self->seen, guint, self->seen->len - 1);

    /* json-glib hashes members with g_str_hash(), so that names can be made which all share one value: an object of
     * 65,536 of them would take minutes. Nobody wants so many, so the surplus goes at once. */
    if (json_object_get_size (object) > MOST_MEMBERS) {
        json_object_remove_member (object, name);
        self->crowded = TRUE;
        return;
    }
    (*seen)++;
    if (self->repeated == NULL && *seen != json_object_get_size (object))
        self->repeated = g_strdup (name);
}

static void
object_end (JsonParser *parser, JsonObject *object)
{
    GArray *seen = POSTERN_JSON_DOCUMENT (parser)->seen;

    g_array_set_size (seen, seen->len - 1);
}

/* Afterwards the parser no longer knows where it was. */
static void
parse_error (JsonParser *parser, const GError *error)
{
    PosternJsonDocument *self = POSTERN_JSON_DOCUMENT (parser);

    self->error_line = json_parser_get_current_line (parser);
    self->error_column = json_parser_get_current_pos (parser);
}

/* RFC 8259 allows “\u0000” in a string; a C string ends there, and “a\u0000b.test” would be taken for “a”. */
static const char *
find_escaped_nul (const char *data, gsize length)
{
    const char *at = data;

    while ((at = g_strstr_len (at, (gssize)(length - (gsize)(at - data)), "\\u0000")) != NULL) {
        gsize backslashes = 1;

        while (at - backslashes >= data && *(at - backslashes) == '\\')
            backslashes++;
        if (backslashes % 2 == 1) /* else the backslash before the u is itself escaped */
            return at;
        at++;
    }
    return NULL;
}

static gboolean
check_text (const char *data, gsize length, GError **error)
{
    const char *end;

    if (g_utf8_validate_len (data, length, &end)) {
        if (find_escaped_nul (data, length) == NULL)
            return TRUE;
        g_set_error_literal (
            error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SYNTAX,
            _ ("A text in this document holds the character U+0000, which no name or address can have."));
        return FALSE;
    }
    g_set_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SYNTAX, _ ("This is not text in UTF-8 (byte %llu)."),
                 (unsigned long long)(end - data));
    return FALSE;
}

/* json-glib's own messages are in English and name its source: what a person needs is the place. */
static void
refuse_syntax (GError **error, PosternJsonDocument *self)
{
    g_set_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SYNTAX,
                 /* Translators: %1$u and %2$u are numbers. */
                 _ ("This is not a valid JSON document: see line %1$u, column %2$u."), self->error_line,
                 self->error_column);
}

JsonNode *
postern_json_document_parse (const char *data, gsize length, char **repeated, GError **error)
{
    g_autoptr (PosternJsonDocument) self = NULL;
    JsonParser *parser;

    if (data == NULL) /* which is how GBytes gives nothing */
        data = "";
    if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0) {
        data += 3;
        length -= 3;
    }
    if (!check_text (data, length, error))
        return NULL;

    self = g_object_new (POSTERN_TYPE_JSON_DOCUMENT, NULL);
    parser = JSON_PARSER (self);
    json_parser_set_strict (parser, TRUE);
    if (!json_parser_load_from_data (parser, data, (gssize)length, NULL) || json_parser_get_root (parser) == NULL) {
        refuse_syntax (error, self);
        return NULL;
    }
    if (self->crowded) {
        g_set_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SCHEMA,
                     _ ("An object in this document has more than %d members, which none in a plan has."),
                     MOST_MEMBERS);
        return NULL;
    }
    if (self->repeated) {
        g_autofree char *shown = postern_text_for_message (self->repeated);

        g_set_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SCHEMA, _ ("The member “%s” is there twice."),
                     shown);
        if (repeated)
            *repeated = g_strdup (self->repeated);
        return NULL;
    }
    return json_parser_steal_root (parser);
}

static void
finalize (GObject *object)
{
    PosternJsonDocument *self = POSTERN_JSON_DOCUMENT (object);

    g_array_unref (self->seen);
    g_free (self->repeated);
    G_OBJECT_CLASS (postern_json_document_parent_class)->finalize (object);
}

static void
postern_json_document_class_init (PosternJsonDocumentClass *class)
{
    JsonParserClass *parser_class = JSON_PARSER_CLASS (class);

    G_OBJECT_CLASS (class)->finalize = finalize;
    parser_class->object_start = object_start;
    parser_class->object_member = object_member;
    parser_class->object_end = object_end;
    parser_class->error = parse_error;
}

static void
postern_json_document_init (PosternJsonDocument *self)
{
    self->seen = g_array_new (FALSE, FALSE, sizeof (guint));
}
