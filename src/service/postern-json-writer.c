/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-json-writer.h"

#include <string.h>

struct _PosternJsonWriter {
    GString *text;
    gboolean comma; /* whether the next value or name needs one before it */
};

PosternJsonWriter *
postern_json_writer_new (void)
{
    PosternJsonWriter *self = g_new0 (PosternJsonWriter, 1);

    self->text = g_string_new (NULL);
    return self;
}

void
postern_json_writer_free (PosternJsonWriter *self)
{
    g_string_free (self->text, TRUE);
    g_free (self);
}

GBytes *
postern_json_writer_finish (PosternJsonWriter *self)
{
    GBytes *bytes = g_string_free_to_bytes (g_steal_pointer (&self->text));

    g_free (self);
    return bytes;
}

static void
separate (PosternJsonWriter *self)
{
    if (self->comma)
        g_string_append_c (self->text, ',');
    self->comma = TRUE;
}

static void
begin (PosternJsonWriter *self, char bracket)
{
    separate (self);
    g_string_append_c (self->text, bracket);
    self->comma = FALSE;
}

static void
end (PosternJsonWriter *self, char bracket)
{
    g_string_append_c (self->text, bracket);
    self->comma = TRUE;
}

void
postern_json_writer_begin_object (PosternJsonWriter *self)
{
    begin (self, '{');
}

void
postern_json_writer_end_object (PosternJsonWriter *self)
{
    end (self, '}');
}

void
postern_json_writer_begin_array (PosternJsonWriter *self)
{
    begin (self, '[');
}

void
postern_json_writer_end_array (PosternJsonWriter *self)
{
    end (self, ']');
}

static void
append_escaped (GString *text, const char *value)
{
    for (;;) {
        gsize plain = 0;

        while ((guchar)value[plain] >= 0x20 && value[plain] != '"' && value[plain] != '\\')
            plain++;
        g_string_append_len (text, value, (gssize)plain);
        value += plain;
        if (*value == '\0')
            return;
        if (*value == '"' || *value == '\\')
            g_string_append_printf (text, "\\%c", *value);
        else
            g_string_append_printf (text, "\\u%04x", (guint)(guchar)*value);
        value++;
    }
}

static void
append_string (GString *text, const char *value)
{
    g_string_append_c (text, '"');
    if (g_utf8_validate (value, -1, NULL)) {
        append_escaped (text, value);
    } else {
        g_autofree char *valid = g_utf8_make_valid (value, -1);

        append_escaped (text, valid);
    }
    g_string_append_c (text, '"');
}

void
postern_json_writer_member (PosternJsonWriter *self, const char *name)
{
    separate (self);
    append_string (self->text, name);
    g_string_append_c (self->text, ':');
    self->comma = FALSE;
}

void
postern_json_writer_string (PosternJsonWriter *self, const char *value)
{
    separate (self);
    if (value)
        append_string (self->text, value);
    else
        g_string_append (self->text, "null");
}

void
postern_json_writer_integer (PosternJsonWriter *self, gint64 value)
{
    separate (self);
    g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

void
postern_json_writer_boolean (PosternJsonWriter *self, gboolean value)
{
    separate (self);
    g_string_append (self->text, value ? "true" : "false");
}

void
postern_json_writer_raw (PosternJsonWriter *self, const char *json, gsize length)
{
    separate (self);
    g_string_append_len (self->text, json, (gssize)length);
}

void
postern_json_writer_string_member (PosternJsonWriter *self, const char *name, const char *value)
{
    postern_json_writer_member (self, name);
    postern_json_writer_string (self, value);
}

void
postern_json_writer_optional_member (PosternJsonWriter *self, const char *name, const char *value)
{
    if (value)
        postern_json_writer_string_member (self, name, value);
}

void
postern_json_writer_integer_member (PosternJsonWriter *self, const char *name, gint64 value)
{
    postern_json_writer_member (self, name);
    postern_json_writer_integer (self, value);
}

void
postern_json_writer_boolean_member (PosternJsonWriter *self, const char *name, gboolean value)
{
    postern_json_writer_member (self, name);
    postern_json_writer_boolean (self, value);
}
