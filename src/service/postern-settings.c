/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-settings.h"

#include <string.h>

typedef struct {
    char *name;
    char *value;
} Setting;

struct _PosternSettings {
    GArray *settings;
};

static void
setting_clear (gpointer data)
{
    Setting *setting = data;

    g_free (setting->name);
    g_free (setting->value);
}

PosternSettings *
postern_settings_new (void)
{
    PosternSettings *self = g_new0 (PosternSettings, 1);

    self->settings = g_array_new (FALSE, FALSE, sizeof (Setting));
    g_array_set_clear_func (self->settings, setting_clear);
    return self;
}

void
postern_settings_free (PosternSettings *self)
{
    g_array_unref (self->settings);
    g_free (self);
}

static Setting *
find (PosternSettings *self, const char *name)
{
    for (guint i = 0; i < self->settings->len; i++) {
        Setting *setting = &g_array_index (self->settings, Setting, i);

        if (g_str_equal (setting->name, name))
            return setting;
    }
    return NULL;
}

void
postern_settings_set (PosternSettings *self, const char *name, const char *value)
{
    Setting *setting;

    g_return_if_fail (self != NULL && name != NULL);
    g_return_if_fail (value == NULL || strpbrk (value, "\r\n") == NULL);

    setting = find (self, name);
    if (setting == NULL) {
        Setting fresh = { g_strdup (name), g_strdup (value) };

        g_array_append_val (self->settings, fresh);
    } else {
        g_set_str (&setting->value, value);
    }
}

guint
postern_settings_get_length (PosternSettings *self)
{
    return self->settings->len;
}

const char *
postern_settings_get_name (PosternSettings *self, guint index)
{
    return g_array_index (self->settings, Setting, index).name;
}

const char *
postern_settings_get_value (PosternSettings *self, guint index)
{
    return g_array_index (self->settings, Setting, index).value;
}

const char *
postern_settings_lookup (PosternSettings *self, const char *name)
{
    Setting *setting = find (self, name);

    return setting ? setting->value : NULL;
}

const char **
postern_settings_names (PosternSettings *self)
{
    const char **names = g_new0 (const char *, self->settings->len + 1);

    for (guint i = 0; i < self->settings->len; i++)
        names[i] = postern_settings_get_name (self, i);
    return names;
}

gboolean
postern_settings_equal (PosternSettings *a, PosternSettings *b)
{
    if (a->settings->len != b->settings->len)
        return FALSE;
    for (guint i = 0; i < a->settings->len; i++) {
        Setting *other = find (b, postern_settings_get_name (a, i));

        if (other == NULL || g_strcmp0 (other->value, postern_settings_get_value (a, i)) != 0)
            return FALSE;
    }
    return TRUE;
}

char *
postern_settings_to_text (PosternSettings *self)
{
    GString *text = g_string_new (NULL);

    for (guint i = 0; i < self->settings->len; i++) {
        Setting *setting = &g_array_index (self->settings, Setting, i);

        g_string_append (text, setting->name);
        if (setting->value)
            g_string_append_printf (text, " = %s", setting->value);
        g_string_append_c (text, '\n');
    }
    return g_string_free (text, FALSE);
}

PosternSettings *
postern_settings_from_text (const char *text)
{
    PosternSettings *self = postern_settings_new ();
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

    for (guint i = 0; lines[i]; i++) {
        char *value = strchr (lines[i], '=');

        if (value)
            *value++ = '\0';
        g_strstrip (lines[i]);
        if (*lines[i])
            postern_settings_set (self, lines[i], value ? g_strstrip (value) : NULL);
    }
    return self;
}
