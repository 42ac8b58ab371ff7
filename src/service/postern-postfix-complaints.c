/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-postfix-complaints.h"

#include <string.h>

#define MOST_BYTES (64 * 1024)
#define MOST_LINES 3

struct _PosternPostfixComplaints {
    GFile *log; /* NULL if there is none */
    goffset start;
};

static goffset
size_of (GFile *file)
{
    g_autoptr (GFileInfo) info =
        g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

    return info ? g_file_info_get_size (info) : 0;
}

PosternPostfixComplaints *
postern_postfix_complaints_new (PosternPostfixHost *host)
{
    PosternPostfixComplaints *self = g_new0 (PosternPostfixComplaints, 1);
    g_autofree char *path = postern_postfix_host_get_parameter (host, "maillog_file", NULL);

    if (path && g_path_is_absolute (path) && g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
        self->log = g_file_new_for_path (path);
        self->start = size_of (self->log);
    }
    return self;
}

void
postern_postfix_complaints_free (PosternPostfixComplaints *self)
{
    g_clear_object (&self->log);
    g_free (self);
}

static char *
read_from (GFile *file, goffset start)
{
    g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
    g_autofree char *text = g_malloc0 (MOST_BYTES + 1);
    goffset from = MAX (start, size_of (file) - MOST_BYTES);

    if (stream == NULL || !g_seekable_seek (G_SEEKABLE (stream), from, G_SEEK_SET, NULL, NULL) ||
        !g_input_stream_read_all (G_INPUT_STREAM (stream), text, MOST_BYTES, NULL, NULL, NULL))
        return NULL;
    return g_utf8_make_valid (text, -1);
}

/* The complaint in a line of the log, from its severity on. */
static const char *
complaint_in (const char *line)
{
    const char *const severities[] = { "]: fatal: ", "]: panic: ", "]: error: " };

    for (guint i = 0; i < G_N_ELEMENTS (severities); i++) {
        const char *found = strstr (line, severities[i]);

        if (found)
            return found + strlen ("]: ");
    }
    return NULL;
}

char *
postern_postfix_complaints_read (PosternPostfixComplaints *self)
{
    g_autofree char *text = self->log ? read_from (self->log, self->start) : NULL;
    g_auto (GStrv) lines = text ? g_strsplit (text, "\n", -1) : NULL;
    g_autoptr (GPtrArray) found = g_ptr_array_new ();

    for (guint i = 0; lines && lines[i]; i++) {
        const char *complaint = complaint_in (lines[i]);

        if (complaint && !g_ptr_array_find_with_equal_func (found, complaint, g_str_equal, NULL))
            g_ptr_array_add (found, (gpointer)complaint);
    }
    if (found->len == 0)
        return NULL;
    if (found->len > MOST_LINES)
        g_ptr_array_remove_range (found, 0, found->len - MOST_LINES);
    g_ptr_array_add (found, NULL);
    return g_strjoinv ("; ", (char **)found->pdata);
}
