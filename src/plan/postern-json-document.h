/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_JSON_DOCUMENT (postern_json_document_get_type ())

/**
 * PosternJsonDocument:
 *
 * A #JsonParser that is as strict as a file needs which an administrator edits by hand: RFC 8259 and no more, one value
 * and nothing behind it, UTF-8, and no member twice (RFC 8259, section 4, leaves open which of two would count). An
 * object may have 64 members.
 */
G_DECLARE_FINAL_TYPE (PosternJsonDocument, postern_json_document, POSTERN, JSON_DOCUMENT, JsonParser)

/**
 * postern_json_document_parse:
 * @data: (nullable): the text; may be %NULL if @length is 0
 * @length: its length in bytes
 * @repeated: (out) (optional) (transfer full) (nullable): a member that is there twice, if that is the error
 * @error: return location for a %POSTERN_PLAN_ERROR_SYNTAX or _SCHEMA error
 *
 * Returns: (transfer full) (nullable): the root of the document
 */
JsonNode *postern_json_document_parse (const char *data, gsize length, char **repeated, GError **error);

G_END_DECLS
