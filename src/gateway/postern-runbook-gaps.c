/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-runbook-domains.h"
#include "gateway/postern-runbook.h"

/* A kind of gap that many domains share is told once, with this many of their names. */
#define MOST_NAMES 5

typedef struct {
    PosternPlan *plan;
    GPtrArray *findings;
} Gaps;

static void
tell (Gaps *gaps, PosternSeverity severity, PosternSection section, const char *subject, const char *message)
{
    g_ptr_array_add (gaps->findings,
                     postern_finding_new ("gateway-gap", severity, section, subject, message, POSTERN_CURE_NONE));
}

typedef gboolean (*IsGap) (PosternPlan *plan, PosternDomain *domain);

static gboolean
goes_past_the_edge (PosternPlan *plan, PosternDomain *domain)
{
    return postern_domain_get_routing (domain) == POSTERN_DOMAIN_ROUTING_DNS &&
           postern_plan_get_edge_gateway (plan) != NULL;
}

static gboolean
looks_up_mx (PosternPlan *plan, PosternDomain *domain)
{
    PosternRoute *route = postern_runbook_route_of (plan, domain);

    return route != NULL && postern_route_get_mx (route);
}

static gboolean
needs_no_record (PosternPlan *plan, PosternDomain *domain)
{
    return !postern_runbook_needs_record (plan, domain);
}

/* The names of the domains of which @is_gap is true: all of a few, or the first of many and a count of the others. */
static char *
name_domains (PosternPlan *plan, IsGap is_gap, char **first)
{
    PosternRecordList *domains = postern_plan_get_domains (plan);
    GString *names = g_string_new (NULL);
    guint n = 0;

    for (guint i = 0; i < postern_record_list_get_length (domains); i++) {
        PosternDomain *domain = postern_record_list_get (domains, i);

        if (!is_gap (plan, domain))
            continue;
        if (n++ == 0)
            *first = g_strdup (postern_domain_get_name (domain));
        if (n <= MOST_NAMES)
            g_string_append_printf (names, "%s%s", n > 1 ? ", " : "", postern_domain_get_display_name (domain));
    }
    if (n > MOST_NAMES) {
        g_string_append_c (names, ' ');
        /* Translators: behind a list of names, as in “a, b, c and 5 more”. */
        g_string_append_printf (names, g_dngettext (GETTEXT_PACKAGE, "and %'u more", "and %'u more", n - MOST_NAMES),
                                n - MOST_NAMES);
    }
    return g_string_free_and_steal (names);
}

static void
tell_of_domains (Gaps *gaps, IsGap is_gap, PosternSeverity severity, const char *sentence)
{
    g_autofree char *first = NULL;
    g_autofree char *names = name_domains (gaps->plan, is_gap, &first);
    g_autofree char *message = NULL;

    if (first == NULL)
        return;
    /* Translators: %1$s are domains, %2$s is a sentence about them. */
    message = g_strdup_printf (_ ("%1$s: %2$s"), names, sentence);
    tell (gaps, severity, POSTERN_SECTION_DOMAINS, first, message);
}

static void
find_domain_gaps (Gaps *gaps)
{
    tell_of_domains (
        gaps, goes_past_the_edge, POSTERN_SEVERITY_WARNING,
        _ ("The plan routes this mail by DNS, past the edge gateway. KSMG cannot: without a destination, all "
           "mail goes to the edge gateway. Give the record the host that DNS would name."));
    tell_of_domains (gaps, looks_up_mx, POSTERN_SEVERITY_NOTE,
                     _ ("The plan looks up MX records for this route. Whether a record of KSMG can do that is not "
                        "documented; its step says what to enter."));
    tell_of_domains (
        gaps, needs_no_record, POSTERN_SEVERITY_NOTE,
        _ ("It is not local and its mail goes where all other mail goes, so a record in KSMG would change nothing, "
           "and there is no step for it."));
    if (postern_plan_get_internal_server (gaps->plan) != NULL)
        tell (
            gaps, POSTERN_SEVERITY_NOTE, POSTERN_SECTION_DOMAINS, NULL,
            _ ("KSMG has no internal mail server for all domains. It becomes the destination of each local domain that "
               "has no route of its own; a domain that is added later needs it as well."));
}

static void
find_check_gaps (Gaps *gaps)
{
    PosternPlan *plan = gaps->plan;

    if (postern_plan_get_check_sender_before_edge (plan))
        tell (
            gaps, POSTERN_SEVERITY_WARNING, POSTERN_SECTION_CHECKS, NULL,
            _ ("KSMG cannot check the sender that the edge gateway saw. The steps turn SPF and DMARC off instead; keep "
               "them on at the edge gateway."));
    else if (postern_plan_get_use_dmarc (plan) && !postern_plan_get_use_spf (plan))
        tell (gaps, POSTERN_SEVERITY_WARNING, POSTERN_SECTION_CHECKS, NULL,
              _ ("KSMG disables DMARC while SPF is off, so DMARC will be off."));
}

GPtrArray *
postern_runbook_find_gaps (PosternPlan *plan)
{
    Gaps gaps = { plan, g_ptr_array_new_with_free_func (g_object_unref) };

    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);

    find_domain_gaps (&gaps);
    find_check_gaps (&gaps);
    return gaps.findings;
}
