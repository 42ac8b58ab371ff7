/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-runbook-builder.h"

#include <glib/gi18n-lib.h>

#define SMALLEST_BATCH 25
#define MOST_BATCHES 200

void
postern_runbook_builder_begin (PosternRunbookBuilder *self, const char *id, const char *title, char *path, char *intro)
{
    self->section = postern_runbook_section_new (id, title, path, intro);
    g_ptr_array_add (self->sections, self->section);
}

PosternRunbookStep *
postern_runbook_builder_add (PosternRunbookBuilder *self, const char *name, char *action)
{
    g_autofree char *id = g_strdup_printf ("%s/%s", postern_runbook_section_get_id (self->section), name);
    PosternRunbookStep *step = postern_runbook_step_new (id, postern_runbook_section_get_path (self->section), action);

    postern_runbook_section_add (self->section, step);
    return step;
}

void
postern_runbook_builder_mark (PosternRunbookStep *step, const char *choice)
{
    postern_runbook_step_add_key (step, postern_runbook_step_make_key (postern_runbook_step_get_id (step), choice));
}

char *
postern_runbook_builder_sum (PosternRunbookBuilder *self, gboolean this_section)
{
    g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

    for (guint i = this_section ? self->sections->len - 1 : 0; i < self->sections->len; i++) {
        GPtrArray *steps = postern_runbook_section_get_steps (self->sections->pdata[i]);

        for (guint k = 0; k < steps->len; k++) {
            g_autofree char *keys = g_strjoinv ("\n", (char **)postern_runbook_step_get_keys (steps->pdata[k]));

            g_checksum_update (sum, (const guchar *)keys, -1);
        }
    }
    return g_strdup (g_checksum_get_string (sum));
}

void
postern_runbook_builder_add_save (PosternRunbookBuilder *self)
{
    g_autofree char *sum = postern_runbook_builder_sum (self, TRUE);
    PosternRunbookStep *step =
        /* Translators: %s is a button of KSMG's web interface. */
        postern_runbook_builder_add (self, "save", g_strdup_printf (_ ("Click “%s”."), TERM (self, SAVE)));

    postern_runbook_step_take_why (
        step,
        g_strdup (_ ("Each page is saved by itself: what is not saved here is lost when another page is opened.")));
    postern_runbook_builder_mark (step, sum);
}

void
postern_runbook_builder_add_switch (PosternRunbookStep *step, const char *field, gboolean on)
{
    /* Translators: the state of a switch. */
    postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_SWITCH, field, on ? _ ("on") : _ ("off"), NULL);
}

guint
postern_runbook_builder_batch_size (guint n)
{
    return MAX (SMALLEST_BATCH, (n + MOST_BATCHES - 1) / MOST_BATCHES);
}
