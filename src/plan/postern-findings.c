/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-findings-private.h"

#include <glib/gi18n-lib.h>

#define MOST_OF_A_KIND 20

/* How often a code was found, and the last finding that was told in full. */
typedef struct {
    guint n;
    PosternFinding *last; /* unowned */
} PosternTold;

static PosternTold *
told_of (PosternJudge *judge, const char *code)
{
    gpointer key = (gpointer)g_intern_string (code);
    PosternTold *told = g_hash_table_lookup (judge->told, key);

    if (told == NULL) {
        told = g_new0 (PosternTold, 1);
        g_hash_table_insert (judge->told, key, told);
    }
    return told;
}

gboolean
postern_judge_wants (PosternJudge *judge, const char *code)
{
    return ++told_of (judge, code)->n <= MOST_OF_A_KIND;
}

PosternFinding *
postern_judge_tell (PosternJudge *judge, const char *code, PosternSeverity severity, PosternSection section,
                    const char *subject, char *message, PosternCure cure)
{
    PosternFinding *finding = postern_finding_new (code, severity, section, subject, message, cure);

    g_ptr_array_add (judge->findings, finding);
    told_of (judge, code)->last = finding;
    g_free (message);
    return finding;
}

static void
tell_of_the_rest (PosternJudge *judge)
{
    GHashTableIter iter;
    gpointer code;
    gpointer value;

    g_hash_table_iter_init (&iter, judge->told);
    while (g_hash_table_iter_next (&iter, &code, &value)) {
        PosternTold *told = value;
        g_autofree char *message = NULL;
        guint more;

        if (told->n <= MOST_OF_A_KIND)
            continue;
        more = told->n - MOST_OF_A_KIND;
        message = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The same is true of %'u more record.",
                                                "The same is true of %'u more records.", more),
                                   more);
        g_ptr_array_add (judge->findings, postern_finding_new (code, postern_finding_get_severity (told->last),
                                                               postern_finding_get_section (told->last), NULL, message,
                                                               POSTERN_CURE_NONE));
    }
}

/* Stable within a severity: findings stay in the order of the pages that cure them. */
static void
sort_by_severity (GPtrArray *findings)
{
    g_autoptr (GPtrArray) sorted = g_ptr_array_new_full (findings->len, NULL);

    for (PosternSeverity severity = POSTERN_SEVERITY_ERROR; severity <= POSTERN_SEVERITY_NOTE; severity++) {
        for (guint i = 0; i < findings->len; i++) {
            if (postern_finding_get_severity (g_ptr_array_index (findings, i)) == severity)
                g_ptr_array_add (sorted, g_ptr_array_index (findings, i));
        }
    }
    for (guint i = 0; i < sorted->len; i++)
        findings->pdata[i] = sorted->pdata[i];
}

GPtrArray *
postern_plan_find (PosternPlan *self, const PosternFindingContext *context)
{
    const PosternFindingContext nothing_known = { 0 };
    g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (GHashTable) told = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
    PosternJudge judge;

    g_return_val_if_fail (POSTERN_IS_PLAN (self), NULL);

    judge = (PosternJudge){
        .plan = self,
        .context = context ? context : &nothing_known,
        .edge_scenario = postern_scenario_has_edge_gateway (postern_plan_get_scenario (self)),
        .findings = findings,
        .told = told,
    };
    postern_judge_routes (&judge);
    postern_judge_networks (&judge);
    postern_judge_checks (&judge);
    postern_judge_rehearsals (&judge);
    tell_of_the_rest (&judge);
    sort_by_severity (findings);
    return g_steal_pointer (&findings);
}

guint
postern_findings_count (GPtrArray *findings, PosternSeverity severity)
{
    guint n = 0;

    g_return_val_if_fail (findings != NULL, 0);

    for (guint i = 0; i < findings->len; i++)
        n += postern_finding_get_severity (g_ptr_array_index (findings, i)) == severity;
    return n;
}
