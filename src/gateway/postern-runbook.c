/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-runbook.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-runbook-builder.h"

struct _PosternRunbook {
    GObject parent_instance;

    char *title;
    char *intro;
    const char *language;
    GPtrArray *sections;
    GPtrArray *findings;
};

G_DEFINE_FINAL_TYPE (PosternRunbook, postern_runbook, G_TYPE_OBJECT)

static void
postern_runbook_finalize (GObject *object)
{
    PosternRunbook *self = POSTERN_RUNBOOK (object);

    g_free (self->title);
    g_free (self->intro);
    g_ptr_array_unref (self->sections);
    g_ptr_array_unref (self->findings);
    G_OBJECT_CLASS (postern_runbook_parent_class)->finalize (object);
}

static void
postern_runbook_class_init (PosternRunbookClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_runbook_finalize;
}

static void
postern_runbook_init (PosternRunbook *self)
{
    self->sections = g_ptr_array_new_with_free_func (g_object_unref);
}

/*
 * Behind an edge gateway SPF and DMARC fail for everyone, so they go off before anything is deleted; on the way back,
 * nothing is deleted any more before they come on.
 */
static void
build_protection (PosternRunbookBuilder *builder)
{
    if (builder->spf)
        postern_runbook_build_rules (builder);
    postern_runbook_build_sender_checks (builder);
    if (!builder->spf)
        postern_runbook_build_rules (builder);
    postern_runbook_build_authentication (builder);
}

static void
build_sections (PosternRunbook *self, PosternPlan *plan)
{
    /* Without the means to judge the sender that the edge gateway saw, not to judge is the safe choice. */
    gboolean judges = !postern_plan_get_check_sender_before_edge (plan);
    PosternRunbookBuilder builder = {
        .plan = plan,
        .language = self->language,
        .edge = postern_plan_get_edge_gateway (plan) != NULL ||
                postern_scenario_has_edge_gateway (postern_plan_get_scenario (plan)),
        .deletes = postern_plan_get_rejected_mail (plan) == POSTERN_REJECTED_MAIL_DELETE,
        .spf = judges && postern_plan_get_use_spf (plan),
        .dmarc = judges && postern_plan_get_use_dmarc (plan),
        .sections = self->sections,
    };

    postern_runbook_build_preparation (&builder);
    postern_runbook_build_domains (&builder);
    postern_runbook_build_edge_gateway (&builder);
    build_protection (&builder);
    postern_runbook_build_networks (&builder);
    postern_runbook_build_verification (&builder);
    postern_runbook_build_trials (&builder);
}

/* The gaps, and what is wrong with the plan itself; what is worst first. */
static GPtrArray *
find (PosternPlan *plan)
{
    GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (GPtrArray) gaps = postern_runbook_find_gaps (plan);
    g_autoptr (GPtrArray) judged = postern_plan_find (plan, NULL);

    for (PosternSeverity severity = POSTERN_SEVERITY_ERROR; severity <= POSTERN_SEVERITY_NOTE; severity++) {
        for (guint i = 0; i < gaps->len; i++) {
            if (postern_finding_get_severity (gaps->pdata[i]) == severity)
                g_ptr_array_add (findings, g_object_ref (gaps->pdata[i]));
        }
        for (guint i = 0; i < judged->len && severity != POSTERN_SEVERITY_NOTE; i++) {
            if (postern_finding_get_severity (judged->pdata[i]) == severity)
                g_ptr_array_add (findings, g_object_ref (judged->pdata[i]));
        }
    }
    return findings;
}

/* @language: that of the web interface */
static char *
introduce (const char *language)
{
    GString *intro =
        g_string_new (_ ("Kaspersky Secure Mail Gateway (KSMG) offers no interface through which a program could make "
                         "these settings, so they are entered in its web interface, version 2.0 or later. "
                         "Follow the sections in their order: between two of them the gateway is set up in part, "
                         "and this order keeps it safe at any moment."));

    if (!g_str_equal (language, "en"))
        g_string_append_printf (intro, " %s",
                                _ ("Where the web interface's own word in its language is not documented, the English "
                                   "word stands beside ours or in its place."));
    return g_string_free_and_steal (intro);
}

PosternRunbook *
postern_runbook_new (PosternPlan *plan, const char *language)
{
    PosternRunbook *self;

    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);

    self = g_object_new (POSTERN_TYPE_RUNBOOK, NULL);
    self->language = postern_runbook_terms_pick_language (language);
    /* Translators: %s is the title of a scenario, such as “Directly”. */
    self->title = g_strdup_printf (_ ("Steps for Kaspersky Secure Mail Gateway: %s"),
                                   postern_scenario_get_title (postern_plan_get_scenario (plan)));
    self->intro = introduce (self->language);
    build_sections (self, plan);
    self->findings = find (plan);
    return self;
}

const char *
postern_runbook_get_title (PosternRunbook *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK (self), NULL);
    return self->title;
}

const char *
postern_runbook_get_intro (PosternRunbook *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK (self), NULL);
    return self->intro;
}

const char *
postern_runbook_get_language (PosternRunbook *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK (self), NULL);
    return self->language;
}

GPtrArray *
postern_runbook_get_sections (PosternRunbook *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK (self), NULL);
    return self->sections;
}

guint
postern_runbook_get_n_steps (PosternRunbook *self)
{
    guint n = 0;

    g_return_val_if_fail (POSTERN_IS_RUNBOOK (self), 0);

    for (guint i = 0; i < self->sections->len; i++)
        n += postern_runbook_section_get_steps (self->sections->pdata[i])->len;
    return n;
}

PosternRunbookStep *
postern_runbook_find_step (PosternRunbook *self, const char *id)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK (self), NULL);
    g_return_val_if_fail (id != NULL, NULL);

    for (guint i = 0; i < self->sections->len; i++) {
        GPtrArray *steps = postern_runbook_section_get_steps (self->sections->pdata[i]);

        for (guint k = 0; k < steps->len; k++) {
            if (g_str_equal (postern_runbook_step_get_id (steps->pdata[k]), id))
                return steps->pdata[k];
        }
    }
    return NULL;
}

GPtrArray *
postern_runbook_get_findings (PosternRunbook *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK (self), NULL);
    return self->findings;
}
