/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PosternJsonKind:
 * @POSTERN_JSON_NUMBER: a number that is not whole
 *
 * What a JSON value is.
 */
typedef enum {
    POSTERN_JSON_NULL,
    POSTERN_JSON_BOOLEAN,
    POSTERN_JSON_INTEGER,
    POSTERN_JSON_NUMBER,
    POSTERN_JSON_STRING,
    POSTERN_JSON_ARRAY,
    POSTERN_JSON_OBJECT,
} PosternJsonKind;

/**
 * PosternJsonStream:
 *
 * Reads a JSON document from its beginning to its end and keeps nothing of it: a #JsonParser, which makes a tree, takes
 * 25 times as much memory as the document. As strict as #PosternJsonDocument is: RFC 8259 and no more, UTF-8, no member
 * twice, at most 64 members in an object, at most 1000 levels.
 *
 * After the first mistake every function answers as if the document had come to its end;
 * postern_json_stream_finish() tells.
 */
typedef struct _PosternJsonStream PosternJsonStream;

/** postern_json_stream_new: @data: a document, which must live as long as the stream */
PosternJsonStream *postern_json_stream_new (const char *data, gsize length);
void postern_json_stream_free (PosternJsonStream *self);

/** postern_json_stream_next: begins the next value. Returns: what it is; it has to be read or skipped then */
PosternJsonKind postern_json_stream_next (PosternJsonStream *self);
gboolean postern_json_stream_get_boolean (PosternJsonStream *self);
/** postern_json_stream_get_integer: Returns: the number, or the nearest one that a #gint64 can be */
gint64 postern_json_stream_get_integer (PosternJsonStream *self);
/** postern_json_stream_get_string: Returns: (transfer none): the text, until the stream goes on */
const char *postern_json_stream_get_string (PosternJsonStream *self);
/** postern_json_stream_next_member: within an object. Returns: (transfer none) (nullable): the name of the next member,
 * until the stream goes on; its value comes next. %NULL at the object's end */
const char *postern_json_stream_next_member (PosternJsonStream *self);
/** postern_json_stream_next_element: within an array. Returns: whether there is another element, which comes next */
gboolean postern_json_stream_next_element (PosternJsonStream *self);
/** postern_json_stream_skip: passes over what is left of a value of @kind that postern_json_stream_next() has begun */
void postern_json_stream_skip (PosternJsonStream *self, PosternJsonKind kind);

/**
 * postern_json_stream_finish:
 * @repeated: (out) (optional) (transfer full) (nullable): a member that is there twice, if that is the error
 * @error: return location for a %POSTERN_PLAN_ERROR_SYNTAX or _SCHEMA error
 *
 * Returns: whether the document was a good one, with nothing behind it
 */
gboolean postern_json_stream_finish (PosternJsonStream *self, char **repeated, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternJsonStream, postern_json_stream_free)

G_END_DECLS
