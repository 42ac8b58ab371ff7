/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-master-entry.h"

#include <string.h>

/* service type private unprivileged chroot wakeup maxproc command */
#define FIELDS 8

static char *
next_word (const char **at)
{
    const char *start;

    *at += strspn (*at, " \t");
    start = *at;
    *at += strcspn (*at, " \t");
    return g_strndup (start, (gsize)(*at - start));
}

PosternMasterEntry *
postern_master_entry_parse (const char *line)
{
    PosternMasterEntry *self;
    char *words[FIELDS];
    const char *at = line;

    for (guint i = 0; i < FIELDS; i++)
        words[i] = next_word (&at);
    self = g_new0 (PosternMasterEntry, 1);
    self->service = words[0];
    self->type = words[1];
    self->chroot = words[4];
    self->command = words[7];
    self->arguments = g_strstrip (g_strdup (at));
    g_free (words[2]);
    g_free (words[3]);
    g_free (words[5]);
    g_free (words[6]);
    if (*self->command == '\0')
        g_clear_pointer (&self, postern_master_entry_free);
    return self;
}

void
postern_master_entry_free (PosternMasterEntry *self)
{
    g_free (self->service);
    g_free (self->type);
    g_free (self->chroot);
    g_free (self->command);
    g_free (self->arguments);
    g_free (self);
}

GPtrArray *
postern_master_entry_parse_all (const char *listing)
{
    GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)postern_master_entry_free);
    g_auto (GStrv) lines = g_strsplit (listing, "\n", -1);

    for (guint i = 0; lines[i]; i++) {
        PosternMasterEntry *entry = postern_master_entry_parse (lines[i]);

        if (entry)
            g_ptr_array_add (entries, entry);
    }
    return entries;
}

/* The length of the argument at @at: up to white space that is not inside braces. */
static gsize
argument_length (const char *at)
{
    guint depth = 0;
    gsize length;

    for (length = 0; at[length] && (depth > 0 || strchr (" \t", at[length]) == NULL); length++) {
        if (at[length] == '{')
            depth++;
        else if (at[length] == '}' && depth > 0)
            depth--;
    }
    return length;
}

char **
postern_master_entry_split_arguments (PosternMasterEntry *self)
{
    g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();
    const char *at = self->arguments + strspn (self->arguments, " \t");

    while (*at) {
        gsize length = argument_length (at);
        gboolean braces = length >= 2 && at[0] == '{' && at[length - 1] == '}';

        g_strv_builder_take (arguments, g_strstrip (g_strndup (at + braces, length - 2 * braces)));
        at += length;
        at += strspn (at, " \t");
    }
    return g_strv_builder_end (arguments);
}
