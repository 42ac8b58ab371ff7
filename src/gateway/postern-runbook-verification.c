/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-runbook-builder.h"
#include "gateway/postern-runbook-domains.h"

/* As many internal servers as one asks by hand. */
#define MOST_SERVERS 20

/* The different hosts that local domains are routed to, one a line. */
static char *
list_servers (PosternPlan *plan)
{
    PosternRecordList *domains = postern_plan_get_domains (plan);
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    GString *servers = g_string_new (NULL);

    for (guint i = 0; i < postern_record_list_get_length (domains); i++) {
        PosternDomain *domain = postern_record_list_get (domains, i);
        PosternRoute *route = postern_runbook_route_of (plan, domain);
        g_autoptr (PosternRoute) plain = NULL;
        g_autofree char *shown = NULL;

        if (route == NULL || !postern_domain_get_local (domain) || g_hash_table_size (seen) == MOST_SERVERS)
            continue;
        plain = postern_route_with_mx (route, FALSE);
        shown = postern_route_to_display (plain);
        if (g_hash_table_contains (seen, shown))
            continue;
        g_string_append_printf (servers, "%s%s", servers->len > 0 ? "\n" : "", shown);
        g_hash_table_add (seen, g_steal_pointer (&shown));
    }
    return g_string_free_and_steal (servers);
}

static void
add_rehearsal (PosternRunbookBuilder *self)
{
    g_autofree char *servers = list_servers (self->plan);
    PosternRunbookStep *step = postern_runbook_builder_add (
        self, "rehearse",
        g_strdup (
            _ ("First, ask each internal mail server over SMTP for a recipient that exists and for one that "
               "does not, with the empty sender (MAIL FROM:<>) and from this gateway's address. It must accept the "
               "first and refuse the second.")));

    if (*servers != '\0')
        postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_LIST, _ ("Internal mail servers"), servers, NULL);
    postern_runbook_step_take_why (
        step,
        g_strdup (_ ("A server that accepts everyone makes verification useless; one that refuses the empty sender, "
                     "or this gateway, makes it refuse all mail.")));
}

static void
add_mode (PosternRunbookBuilder *self, const char *choice, const char *mode, char *why)
{
    PosternRunbookStep *step = postern_runbook_builder_add (
        self, "mode",
        /* Translators: a list of KSMG and one of its choices. */
        g_strdup_printf (_ ("In the list “%s”, select “%s”."), TERM (self, REJECT_FOR_RECIPIENTS), mode));

    postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_CHOOSE, TERM (self, REJECT_FOR_RECIPIENTS), mode, NULL);
    postern_runbook_builder_mark (step, choice);
    postern_runbook_step_take_why (step, why);
}

static char *
describe_off (PosternScenario scenario)
{
    switch (scenario) {
    case POSTERN_SCENARIO_EDGE_NOT_VERIFYING:
        return g_strdup (_ ("The edge gateway accepts any recipient. If this gateway refused an unknown one then, the "
                            "edge gateway would have to write a non-delivery report."));
    case POSTERN_SCENARIO_EDGE_VERIFYING:
        return g_strdup (
            _ ("The plan does not verify recipients. The edge gateway asks this one whether a recipient exists, "
               "and will always be told that it does."));
    case POSTERN_SCENARIO_DIRECT:
        return g_strdup (
            _ ("The plan does not verify recipients. Every message to an address that does not exist is accepted and "
               "then returned with a non-delivery report: more traffic, more load, and reports to forged senders."));
    default:
        g_return_val_if_reached (NULL);
    }
}

static char *
describe_on (PosternRunbookBuilder *self)
{
    GString *why = g_string_new (NULL);

    if (postern_plan_get_scenario (self->plan) == POSTERN_SCENARIO_EDGE_VERIFYING)
        g_string_append_printf (why, "%s ",
                                _ ("The edge gateway asks this one whether a recipient exists; only so does it "
                                   "get a true answer."));
    g_string_append (why,
                     _ ("A message is refused if the recipient's server refuses the recipient or cannot be asked "
                        "(reject_unverified_recipient); in the second case for the time being, so mail waits at its "
                        "sender while an internal server is down. The first message to each recipient waits a few "
                        "seconds. Mail from trusted hosts is not verified."));
    return g_string_free_and_steal (why);
}

static void
add_other_switch (PosternRunbookBuilder *self)
{
    PosternRunbookStep *step = postern_runbook_builder_add (
        self, "unknown-domains",
        /* Translators: a switch of KSMG. */
        g_strdup_printf (_ ("Leave the switch “%s” as it is."), TERM (self, REJECT_UNKNOWN_DOMAINS)));

    postern_runbook_step_take_why (step,
                                   g_strdup (_ ("It is something else: it refuses recipients whose domain is not in "
                                                "DNS at all.")));
}

void
postern_runbook_build_verification (PosternRunbookBuilder *self)
{
    gboolean on =
        postern_plan_get_recipient_verification (self->plan) == POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED;
    char *path =
        postern_runbook_term_path (self->language, POSTERN_RUNBOOK_TERM_SETTINGS, POSTERN_RUNBOOK_TERM_BUILT_IN_MTA,
                                   POSTERN_RUNBOOK_TERM_ADVANCED_SETTINGS, POSTERN_RUNBOOK_N_TERMS);

    postern_runbook_builder_begin (self, "verification", _ ("Recipient verification"), path, NULL);
    if (on)
        add_rehearsal (self);
    if (on)
        add_mode (self, "reject-unverified", TERM (self, REJECT_UNVERIFIED), describe_on (self));
    else
        add_mode (self, "do-not-reject", TERM (self, DO_NOT_REJECT),
                  describe_off (postern_plan_get_scenario (self->plan)));
    add_other_switch (self);
    postern_runbook_builder_add_save (self);
}
