/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-runbook-builder.h"
#include "gateway/postern-runbook-domains.h"

PosternRoute *
postern_runbook_route_of (PosternPlan *plan, PosternDomain *domain)
{
    if (postern_domain_get_routing (domain) != POSTERN_DOMAIN_ROUTING_DEFAULT)
        return postern_domain_get_own_route (domain);
    return postern_domain_get_local (domain) ? postern_plan_get_internal_server (plan) : NULL;
}

gboolean
postern_runbook_needs_record (PosternPlan *plan, PosternDomain *domain)
{
    if (postern_domain_get_routing (domain) == POSTERN_DOMAIN_ROUTING_DNS &&
        postern_plan_get_edge_gateway (plan) != NULL)
        return TRUE; /* or its mail would go to the edge gateway */
    return postern_domain_get_local (domain) || postern_runbook_route_of (plan, domain) != NULL;
}

const char *
postern_runbook_record_name (PosternDomain *domain)
{
    const char *name = postern_domain_get_name (domain);

    return postern_domain_is_subdomains (domain) ? name + 1 : name;
}

/* All that two records which go into one batch have in common; the same in every language. */
static char *
values_of (PosternRunbookBuilder *builder, PosternDomain *domain)
{
    PosternRoute *route = postern_runbook_route_of (builder->plan, domain);
    g_autofree char *next_hop = route != NULL ? postern_route_to_postfix (route) : g_strdup ("dns");

    return g_strdup_printf ("%s %s %s", postern_domain_is_subdomains (domain) ? "subdomain" : "domain",
                            postern_domain_get_local (domain) ? "local" : "foreign", next_hop);
}

static void
add_key (PosternRunbookBuilder *builder, PosternRunbookStep *step, PosternDomain *domain)
{
    g_autofree char *id = g_strdup_printf ("domains/%s", postern_domain_get_name (domain));
    g_autofree char *values = values_of (builder, domain);

    postern_runbook_step_add_key (step, postern_runbook_step_make_key (id, values));
}

static void
add_route (PosternRunbookBuilder *builder, PosternRunbookStep *step, PosternRoute *route)
{
    g_autofree char *port = NULL;

    if (route == NULL) {
        postern_runbook_step_add_entry (
            step, POSTERN_RUNBOOK_ENTRY_EMPTY, TERM (builder, DESTINATION_ADDRESS),
            builder->edge ? _ ("not in the plan, see the warning") : _ ("leave empty: DNS decides"), NULL);
        return;
    }
    port = g_strdup_printf ("%u", postern_route_get_port (route));
    postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_CHOOSE, TERM (builder, PROTOCOL), TERM (builder, SMTP),
                                    NULL);
    postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_TYPE, TERM (builder, DESTINATION_ADDRESS),
                                    postern_route_get_host (route), NULL);
    postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_TYPE, TERM (builder, PORT), port, NULL);
}

/* What all records of a step have in common. */
static void
add_values (PosternRunbookBuilder *builder, PosternRunbookStep *step, PosternDomain *domain)
{
    gboolean subdomains = postern_domain_is_subdomains (domain);
    PosternRoute *route = postern_runbook_route_of (builder->plan, domain);

    postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_CHOOSE, TERM (builder, RECORD_TYPE),
                                    subdomains ? TERM (builder, TYPE_SUBDOMAIN) : TERM (builder, TYPE_DOMAIN), NULL);
    postern_runbook_builder_add_switch (step, TERM (builder, LOCAL_DOMAIN), postern_domain_get_local (domain));
    add_route (builder, step, route);
}

static char *
describe_why (PosternDomain *domain)
{
    GString *why = g_string_new (NULL);

    if (postern_domain_get_local (domain))
        g_string_append (why, _ ("Mail for it is accepted from anyone, and must have somewhere to go."));
    else
        g_string_append (why, _ ("It is not a local domain: only trusted hosts may send to it, and their mail takes "
                                 "this route."));
    if (postern_domain_is_subdomains (domain)) {
        g_string_append_c (why, ' ');
        g_string_append_printf (why,
                                /* Translators: %s is a record such as “.example.com”. */
                                _ ("The record stands for all subdomains. If KSMG does not take the name in this "
                                   "form, enter it with the leading dot, “%s”."),
                                postern_domain_get_name (domain));
    }
    return g_string_free_and_steal (why);
}

static char *
describe_trouble (PosternRunbookBuilder *builder, PosternDomain *domain)
{
    PosternRoute *route = postern_runbook_route_of (builder->plan, domain);
    const char *name = postern_domain_get_display_name (domain);

    if (route != NULL && postern_route_get_mx (route))
        return g_strdup_printf (
            /* Translators: %s is the name of a check box of KSMG. */
            _ ("The plan wants the MX records of this name to be looked up. If the window has “%s”, "
               "select it; otherwise enter the host that the MX records name."),
            TERM (builder, USE_MX_LOOKUP));
    if (route != NULL)
        return NULL;
    if (builder->edge && postern_domain_get_routing (domain) == POSTERN_DOMAIN_ROUTING_DNS)
        /* Translators: %s is a domain. */
        return g_strdup_printf (
            _ ("The plan routes mail for %s by DNS, but KSMG sends it to the edge gateway unless the record "
               "has a destination. Enter the host that DNS would name."),
            name);
    if (!postern_domain_get_local (domain))
        return NULL;
    if (builder->edge)
        /* Translators: %s is a domain. */
        return g_strdup_printf (_ ("The plan has no route for %s. KSMG sends its mail back to the edge gateway then, "
                                   "which sends it here again, until both give up. Enter the internal mail server."),
                                name);
    /* Translators: %s is a domain. */
    return g_strdup_printf (
        _ ("Without a route, DNS decides about mail for %s. If its MX record names this gateway, as "
           "the one on the Internet does, mail comes back and is returned to the sender. This is "
           "right only where your own DNS names the internal mail server."),
        name);
}

static void
add_record (PosternRunbookBuilder *builder, PosternDomain *domain)
{
    const char *name = postern_runbook_record_name (domain);
    const char *shown = postern_domain_get_display_name (domain);
    /* Translators: the first two %s are buttons of KSMG, the last one is a domain. */
    char *action = g_strdup_printf (_ ("Click “%1$s”, fill in the record for %3$s, and click “%2$s”."),
                                    TERM (builder, ADD_DOMAIN), TERM (builder, SAVE), shown);
    PosternRunbookStep *step = postern_runbook_builder_add (builder, postern_domain_get_name (domain), action);
    gboolean international = !g_str_equal (shown, postern_domain_get_name (domain));

    postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_TYPE, TERM (builder, RECORD_NAME), name,
                                    international ? shown : NULL);
    add_values (builder, step, domain);
    postern_runbook_step_take_why (step, describe_why (domain));
    postern_runbook_step_take_warning (step, describe_trouble (builder, domain));
    add_key (builder, step, domain);
}

/* The names of a batch to copy, and those of them that people write in another way. */
static void
add_names (PosternRunbookBuilder *builder, PosternRunbookStep *step, GPtrArray *domains, guint from, guint to)
{
    g_autoptr (GString) names = g_string_new (NULL);
    g_autoptr (GString) hints = g_string_new (NULL);

    for (guint i = from; i < to; i++) {
        PosternDomain *domain = domains->pdata[i];
        const char *shown = postern_domain_get_display_name (domain);

        g_string_append_printf (names, "%s%s", i > from ? "\n" : "", postern_runbook_record_name (domain));
        if (!g_str_equal (shown, postern_domain_get_name (domain)))
            g_string_append_printf (hints, "%s%s = %s", hints->len > 0 ? ", " : "", postern_domain_get_name (domain),
                                    shown);
        add_key (builder, step, domain);
    }
    postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_LIST, TERM (builder, RECORD_NAME), names->str,
                                    hints->len > 0 ? hints->str : NULL);
}

static void
add_batch (PosternRunbookBuilder *builder, GPtrArray *domains, guint from, guint to)
{
    PosternDomain *first = domains->pdata[from];
    guint n = to - from;
    g_autofree char *name = g_strdup_printf ("%s+%u", postern_domain_get_name (first), n - 1);
    PosternRunbookStep *step;
    char *action;

    if (n == 1) {
        add_record (builder, first);
        return;
    }
    action = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     /* Translators: %1$s and %2$s are buttons of KSMG; %3$u is a number. */
                     "For this name: click “%1$s”, fill in the record, and click “%2$s” (%3$u record).",
                     "For each of these names: click “%1$s”, fill in the record, and click “%2$s” "
                     "(%3$u records, alike but for the name).",
                     n),
        TERM (builder, ADD_DOMAIN), TERM (builder, SAVE), n);
    step = postern_runbook_builder_add (builder, name, action);
    add_names (builder, step, domains, from, to);
    add_values (builder, step, first);
    postern_runbook_step_take_why (step, describe_why (first));
    postern_runbook_step_take_warning (step, describe_trouble (builder, first));
}

/* Groups of records that are alike but for their names, in the order in which the first of each came. */
static GPtrArray *
group (PosternRunbookBuilder *builder, GPtrArray *domains)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
    g_autoptr (GHashTable) by_values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < domains->len; i++) {
        g_autofree char *values = values_of (builder, domains->pdata[i]);
        GPtrArray *alike = g_hash_table_lookup (by_values, values);

        if (alike == NULL) {
            alike = g_ptr_array_new ();
            g_ptr_array_add (groups, alike);
            g_hash_table_insert (by_values, g_steal_pointer (&values), alike);
        }
        g_ptr_array_add (alike, domains->pdata[i]);
    }
    return groups;
}

static void
add_many (PosternRunbookBuilder *builder, GPtrArray *domains)
{
    g_autoptr (GPtrArray) groups = group (builder, domains);
    guint size = postern_runbook_builder_batch_size (domains->len);

    for (guint i = 0; i < groups->len; i++) {
        GPtrArray *alike = groups->pdata[i];

        for (guint from = 0; from < alike->len; from += size)
            add_batch (builder, alike, from, MIN (from + size, alike->len));
    }
}

static char *
describe_section (gsize n)
{
    GString *intro =
        g_string_new (_ ("Mail from the outside is accepted for local domains only; mail for any other domain "
                         "is refused. KSMG has no internal mail server for all domains: each record names "
                         "its destination itself."));

    if (n > POSTERN_RUNBOOK_MANY)
        g_string_append_printf (
            intro, "\n%s",
            _ ("No way to bring in many records at once is documented: the settings export covers rules and lists, but "
               "does not say that it covers domains. Records that are alike but for their names share a step here; "
               "tick "
               "it when all its names are entered. The order of the steps in this section does not matter, so several "
               "people can share the work."));
    return g_string_free_and_steal (intro);
}

static GPtrArray *
collect (PosternPlan *plan)
{
    PosternRecordList *all = postern_plan_get_domains (plan);
    GPtrArray *needed = g_ptr_array_new ();

    for (guint i = 0; i < postern_record_list_get_length (all); i++) {
        PosternDomain *domain = postern_record_list_get (all, i);

        if (postern_runbook_needs_record (plan, domain))
            g_ptr_array_add (needed, domain);
    }
    return needed;
}

static void
add_others (PosternRunbookBuilder *builder, gboolean none)
{
    PosternRunbookStep *step = postern_runbook_builder_add (
        builder, "+others",
        g_strdup (none ? _ ("Delete the records that the table has.")
                       : _ ("Look through the table for records that are not in this list, and delete them.")));

    postern_runbook_step_take_why (step,
                                   /* Translators: %s is the name of a switch of KSMG. */
                                   g_strdup_printf (_ ("A forgotten record with “%s” switched on accepts mail from "
                                                       "anyone, and one with an old destination leads mail astray."),
                                                    TERM (builder, LOCAL_DOMAIN)));
    if (none)
        postern_runbook_step_take_warning (
            step, g_strdup (_ ("The plan has no local domain: the gateway will accept no mail for the internal mail "
                               "servers.")));
}

void
postern_runbook_build_domains (PosternRunbookBuilder *self)
{
    g_autoptr (GPtrArray) domains = collect (self->plan);
    char *path =
        postern_runbook_term_path (self->language, POSTERN_RUNBOOK_TERM_SETTINGS, POSTERN_RUNBOOK_TERM_BUILT_IN_MTA,
                                   POSTERN_RUNBOOK_TERM_DOMAINS, POSTERN_RUNBOOK_N_TERMS);

    postern_runbook_builder_begin (self, "domains", _ ("Domains and their routes"), path,
                                   describe_section (domains->len));
    if (domains->len > POSTERN_RUNBOOK_MANY)
        add_many (self, domains);
    else
        for (guint i = 0; i < domains->len; i++)
            add_record (self, domains->pdata[i]);
    add_others (self, domains->len == 0);
}
