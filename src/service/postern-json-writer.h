/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PosternJsonWriter:
 *
 * Writes a JSON text (RFC 8259) from the front to the back. Unlike a tree of nodes it needs no more memory than the
 * text, which matters for the changes of 100,000 domains. It is the caller's business that what is begun is ended.
 */
typedef struct _PosternJsonWriter PosternJsonWriter;

PosternJsonWriter *postern_json_writer_new (void);
void postern_json_writer_free (PosternJsonWriter *self);

void postern_json_writer_begin_object (PosternJsonWriter *self);
void postern_json_writer_end_object (PosternJsonWriter *self);
void postern_json_writer_begin_array (PosternJsonWriter *self);
void postern_json_writer_end_array (PosternJsonWriter *self);

/** postern_json_writer_member: the name of the member whose value comes next */
void postern_json_writer_member (PosternJsonWriter *self, const char *name);

/** postern_json_writer_string: @value: (nullable): a text; what is not UTF-8 in it is replaced; %NULL is null */
void postern_json_writer_string (PosternJsonWriter *self, const char *value);
void postern_json_writer_integer (PosternJsonWriter *self, gint64 value);
void postern_json_writer_boolean (PosternJsonWriter *self, gboolean value);
/** postern_json_writer_raw: a value that is JSON already */
void postern_json_writer_raw (PosternJsonWriter *self, const char *json, gsize length);

/* A member and its value in one. postern_json_writer_optional_member() leaves out what is %NULL. */
void postern_json_writer_string_member (PosternJsonWriter *self, const char *name, const char *value);
void postern_json_writer_optional_member (PosternJsonWriter *self, const char *name, const char *value);
void postern_json_writer_integer_member (PosternJsonWriter *self, const char *name, gint64 value);
void postern_json_writer_boolean_member (PosternJsonWriter *self, const char *name, gboolean value);

/** postern_json_writer_finish: Returns: (transfer full): the text; frees @self */
GBytes *postern_json_writer_finish (PosternJsonWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternJsonWriter, postern_json_writer_free)

G_END_DECLS
