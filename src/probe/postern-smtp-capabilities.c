/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-smtp-capabilities.h"

#include <string.h>

struct _PosternSmtpCapabilities {
    gatomicrefcount references;
    GStrv lines;
};

G_DEFINE_BOXED_TYPE (PosternSmtpCapabilities, postern_smtp_capabilities, postern_smtp_capabilities_ref,
                     postern_smtp_capabilities_unref)

PosternSmtpCapabilities *
postern_smtp_capabilities_new (PosternSmtpReply *reply)
{
    PosternSmtpCapabilities *self = g_new0 (PosternSmtpCapabilities, 1);

    g_atomic_ref_count_init (&self->references);
    /* The first line is the server's name and a greeting. */
    self->lines = reply != NULL ? g_strdupv ((GStrv)postern_smtp_reply_get_lines (reply) + 1) : g_new0 (char *, 1);
    return self;
}

PosternSmtpCapabilities *
postern_smtp_capabilities_ref (PosternSmtpCapabilities *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    g_atomic_ref_count_inc (&self->references);
    return self;
}

void
postern_smtp_capabilities_unref (PosternSmtpCapabilities *self)
{
    g_return_if_fail (self != NULL);

    if (!g_atomic_ref_count_dec (&self->references))
        return;
    g_strfreev (self->lines);
    g_free (self);
}

const char *
postern_smtp_capabilities_get_parameters (PosternSmtpCapabilities *self, const char *keyword)
{
    g_return_val_if_fail (self != NULL, NULL);
    g_return_val_if_fail (keyword != NULL, NULL);

    for (gsize i = 0; self->lines[i] != NULL; i++) {
        const char *line = self->lines[i];
        gsize length = strcspn (line, " ");

        if (length == strlen (keyword) && g_ascii_strncasecmp (line, keyword, length) == 0)
            return line + length + strspn (line + length, " ");
    }
    return NULL;
}

gboolean
postern_smtp_capabilities_has (PosternSmtpCapabilities *self, const char *keyword)
{
    return postern_smtp_capabilities_get_parameters (self, keyword) != NULL;
}

gboolean
postern_smtp_capabilities_has_parameter (PosternSmtpCapabilities *self, const char *keyword, const char *parameter)
{
    const char *parameters = postern_smtp_capabilities_get_parameters (self, keyword);
    g_auto (GStrv) words = NULL;

    g_return_val_if_fail (parameter != NULL, FALSE);

    if (parameters == NULL)
        return FALSE;
    words = g_strsplit (parameters, " ", -1);
    for (gsize i = 0; words[i] != NULL; i++) {
        if (g_ascii_strcasecmp (words[i], parameter) == 0)
            return TRUE;
    }
    return FALSE;
}

const char *const *
postern_smtp_capabilities_get_lines (PosternSmtpCapabilities *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    return (const char *const *)self->lines;
}
