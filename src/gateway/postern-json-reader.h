/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * PosternJsonReader:
 *
 * Takes typed members out of a JSON object that someone else has written. The first thing that is missing or of a wrong
 * type is remembered with its place, and everything after it comes back empty; so a document is read straight through
 * and checked once at its end. Texts come cleaned: valid UTF-8 without control characters, cut to 4000 bytes.
 */
typedef struct _PosternJsonReader PosternJsonReader;

/* postern_json_reader_new: Returns: (transfer full) (nullable): a reader of the object that @body is, or %NULL with
 * POSTERN_GATEWAY_ERROR_PROTOCOL */
PosternJsonReader *postern_json_reader_new (GBytes *body, GError **error);
void postern_json_reader_free (PosternJsonReader *self);

/* postern_json_reader_enter: goes into the object at @member */
void postern_json_reader_enter (PosternJsonReader *self, const char *member);
/* postern_json_reader_enter_optional: goes into the object at @member if there is one; Returns: whether it did */
gboolean postern_json_reader_enter_optional (PosternJsonReader *self, const char *member);
/* postern_json_reader_enter_element: goes into the object at @index of the array at @member; Returns: whether there is
 * one */
gboolean postern_json_reader_enter_element (PosternJsonReader *self, const char *member, guint index);
/* postern_json_reader_leave: goes back to where the last enter came from */
void postern_json_reader_leave (PosternJsonReader *self);

/* postern_json_reader_take_string: Returns: (transfer full) (nullable): the text, %NULL only if something was wrong */
char *postern_json_reader_take_string (PosternJsonReader *self, const char *member);
/* postern_json_reader_take_optional_string: Returns: (transfer full) (nullable): the text, %NULL if it is missing, null
 * or no text */
char *postern_json_reader_take_optional_string (PosternJsonReader *self, const char *member);
/* postern_json_reader_take_strings: Returns: (transfer full) (nullable): the array of texts */
char **postern_json_reader_take_strings (PosternJsonReader *self, const char *member);
/* postern_json_reader_has: Returns: whether there is anything at @member */
gboolean postern_json_reader_has (PosternJsonReader *self, const char *member);
gint64 postern_json_reader_take_number (PosternJsonReader *self, const char *member);
gboolean postern_json_reader_take_flag (PosternJsonReader *self, const char *member);
/* postern_json_reader_take_document: Returns: (transfer full) (nullable): the object at @member as a document of its
 * own */
char *postern_json_reader_take_document (PosternJsonReader *self, const char *member, gsize *length);

/* postern_json_reader_refuse: says that the value at @member is not one of those that are known */
void postern_json_reader_refuse (PosternJsonReader *self, const char *member);
/* postern_json_reader_check: Returns: whether everything was there; else %FALSE with %POSTERN_GATEWAY_ERROR_PROTOCOL */
gboolean postern_json_reader_check (PosternJsonReader *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternJsonReader, postern_json_reader_free)

G_END_DECLS
