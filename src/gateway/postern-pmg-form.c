/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-pmg-form.h"

#include <string.h>

PosternPmgForm *
postern_pmg_form_new (void)
{
    /* Growing would leave copies behind of what may be a password. */
    return g_string_sized_new (2048);
}

PosternPmgForm *
postern_pmg_form_copy (const PosternPmgForm *self)
{
    return g_string_new_len (self->str, self->len);
}

void
postern_pmg_form_free (PosternPmgForm *self)
{
    /* There may be a password in it. */
    explicit_bzero (self->str, self->allocated_len);
    g_string_free (self, TRUE);
}

char *
postern_pmg_form_escape (const char *text)
{
    return g_uri_escape_bytes ((const guint8 *)text, strlen (text), NULL);
}

void
postern_pmg_form_add (PosternPmgForm *self, const char *name, const char *value)
{
    g_autofree char *escaped = postern_pmg_form_escape (value);

    if (self->len > 0)
        g_string_append_c (self, '&');
    g_string_append_printf (self, "%s=%s", name, escaped);
    explicit_bzero (escaped, strlen (escaped));
}

void
postern_pmg_form_add_number (PosternPmgForm *self, const char *name, guint value)
{
    g_autofree char *text = g_strdup_printf ("%u", value);

    postern_pmg_form_add (self, name, text);
}

gboolean
postern_pmg_form_is_clean (const char *text)
{
    while (g_ascii_isprint (*text))
        text++;
    return *text == '\0';
}
