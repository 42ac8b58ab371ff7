/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PosternSettings:
 *
 * What some parameters of a main.cf are, or shall be: each has a value, or is not set there at all. In the order in
 * which they were added. As text, a line each: `name = value`, or `name` alone for one that is not set.
 */
typedef struct _PosternSettings PosternSettings;

PosternSettings *postern_settings_new (void);
void postern_settings_free (PosternSettings *self);

/** postern_settings_set: @value: (nullable): a single line, or %NULL for “not set” */
void postern_settings_set (PosternSettings *self, const char *name, const char *value);

guint postern_settings_get_length (PosternSettings *self);
const char *postern_settings_get_name (PosternSettings *self, guint index);
/** postern_settings_get_value: Returns: (transfer none) (nullable): the value of the parameter at @index, %NULL if it
 * is not set */
const char *postern_settings_get_value (PosternSettings *self, guint index);
/** postern_settings_lookup: Returns: (transfer none) (nullable): the value of @name, %NULL if it is not set or not
 * among these */
const char *postern_settings_lookup (PosternSettings *self, const char *name);
/** postern_settings_names: Returns: (transfer container): the names, %NULL-terminated, for as long as @self lives */
const char **postern_settings_names (PosternSettings *self);

gboolean postern_settings_equal (PosternSettings *a, PosternSettings *b);

/** postern_settings_to_text: Returns: (transfer full): the text */
char *postern_settings_to_text (PosternSettings *self);
/** postern_settings_from_text: Returns: (transfer full): what @text says; empty lines are passed over */
PosternSettings *postern_settings_from_text (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternSettings, postern_settings_free)

G_END_DECLS
