/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-record-batch.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
problem_free (gpointer data)
{
    PosternRecordProblem *problem = data;

    g_free (problem->text);
    g_free (problem->message);
    g_free (problem);
}

static void
add_problem (PosternRecordBatch *self, const char *text, const char *message)
{
    PosternRecordProblem *problem = g_new (PosternRecordProblem, 1);

    problem->text = g_strdup (text);
    problem->message = g_strdup (message);
    g_ptr_array_add (self->problems, problem);
}

static void
read_one (PosternRecordBatch *self, const char *text, gsize length, PosternRecordParser parser)
{
    g_autofree char *piece = g_strstrip (g_utf8_make_valid (text, length));
    g_autoptr (GError) error = NULL;
    gpointer record;

    if (*piece == '\0')
        return;
    record = parser (piece, &error);
    if (record != NULL)
        g_ptr_array_add (self->records, record);
    else
        add_problem (self, piece, error->message);
}

/* Where the record that starts at @text ends. */
static const char *
find_end (const char *text)
{
    return text + strcspn (text, ",;\r\n#");
}

static const char *
skip_separator (const char *text)
{
    if (*text == '#')
        text += strcspn (text, "\r\n");
    return *text != '\0' ? text + 1 : text;
}

PosternRecordBatch *
postern_record_batch_new (const char *text, PosternRecordParser parser)
{
    PosternRecordBatch *self;

    g_return_val_if_fail (text != NULL, NULL);
    g_return_val_if_fail (parser != NULL, NULL);

    self = g_new (PosternRecordBatch, 1);
    self->records = g_ptr_array_new_with_free_func (g_object_unref);
    self->problems = g_ptr_array_new_with_free_func (problem_free);
    while (*text != '\0') {
        const char *end = find_end (text);

        read_one (self, text, end - text, parser);
        text = skip_separator (end);
    }
    return self;
}

void
postern_record_batch_free (PosternRecordBatch *self)
{
    g_ptr_array_unref (self->records);
    g_ptr_array_unref (self->problems);
    g_free (self);
}

guint
postern_record_batch_add_to (PosternRecordBatch *self, PosternRecordList *list, PosternRecordKey key)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
    g_autoptr (GPtrArray) fresh = g_ptr_array_new ();

    g_return_val_if_fail (self != NULL, 0);
    g_return_val_if_fail (POSTERN_IS_RECORD_LIST (list), 0);

    for (guint i = 0; i < self->records->len; i++) {
        gpointer record = self->records->pdata[i];
        const char *text = key (record);

        if (postern_record_list_lookup (list, text) != NULL || !g_hash_table_add (seen, (gpointer)text))
            add_problem (self, text, _ ("This is in the list already."));
        else
            g_ptr_array_add (fresh, record);
    }
    return fresh->len > 0 ? postern_record_list_append_all (list, fresh) : 0;
}
