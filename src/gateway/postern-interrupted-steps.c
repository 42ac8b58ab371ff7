/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-interrupted-steps.h"

#include "gateway/postern-pmg-step.h"

/* Once a step was taken back, what was begun is no longer what was carried out: it may have been finished after all,
 * and that is not written down a second time. */
static PosternInterruptedStep
judge (PosternJournal *journal, guint index)
{
    guint undoing;

    if (!postern_journal_has_begun_step (journal, index))
        return POSTERN_INTERRUPTED_STEP_WAITING;
    if (postern_journal_get_undoing (journal, &undoing) || !postern_journal_has_begun_step (journal, index + 1))
        return POSTERN_INTERRUPTED_STEP_UNCERTAIN;
    return POSTERN_INTERRUPTED_STEP_DONE;
}

char **
postern_interrupted_steps_list (PosternJournal *journal, PosternInterruptedStep which)
{
    g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

    g_return_val_if_fail (POSTERN_IS_JOURNAL (journal), NULL);

    for (guint i = 0; i < postern_journal_get_n_steps (journal); i++) {
        g_autoptr (PosternPmgStep) step = NULL;

        if (judge (journal, i) != which)
            continue;
        /* Only a Proxmox Mail Gateway is told in steps. */
        step = postern_pmg_step_new_from_texts (postern_journal_get_step (journal, i));
        if (step != NULL)
            g_strv_builder_add (texts, step->text);
    }
    return g_strv_builder_end (texts);
}
