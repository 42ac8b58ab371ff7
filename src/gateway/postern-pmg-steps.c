/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-pmg-steps.h"

#include <stdlib.h>

#include "gateway/postern-pmg-plan.h"

/* More than any plan changes. */
#define MAX_OPTIONS 16

typedef struct {
    PosternPmgConfig *config;
    PosternPlan *plan;
    GHashTable *transports; /* canonical name → GPtrArray of the records that are it */
    GHashTable *domains;
    GPtrArray *steps;
} Work;

static void
add (Work *work, PosternPmgStep *step)
{
    g_ptr_array_add (work->steps, step);
}

/* The records of @list by the domain that they are. */
static GHashTable *
index_records (PosternPmgConfig *config, PosternPmgList list)
{
    GPtrArray *records = config->records[list];
    GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);

    for (guint i = 0; i < records->len; i++) {
        PosternPmgRecord *record = records->pdata[i];
        char *name = postern_pmg_plan_dup_name (record->key);
        GPtrArray *same = name != NULL ? g_hash_table_lookup (index, name) : NULL;

        if (name == NULL)
            continue;
        if (same != NULL) {
            g_free (name);
        } else {
            same = g_ptr_array_new ();
            g_hash_table_insert (index, name, same);
        }
        g_ptr_array_add (same, record);
    }
    return index;
}

static void
add_networks (Work *work)
{
    PosternRecordList *wanted = postern_plan_get_trusted_networks (work->plan);
    GPtrArray *records = work->config->records[POSTERN_PMG_LIST_NETWORKS];
    g_autoptr (GHashTable) there = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);

    for (guint i = 0; i < records->len; i++) {
        PosternNetwork *network = postern_pmg_plan_parse_network (((PosternPmgRecord *)records->pdata[i])->key);

        if (network != NULL)
            g_hash_table_replace (there, (gpointer)postern_network_get_text (network), network);
    }
    for (guint i = 0; i < postern_record_list_get_length (wanted); i++) {
        const char *text = postern_network_get_text (postern_record_list_get (wanted, i));

        if (!g_hash_table_contains (there, text))
            add (work, postern_pmg_step_new_add (POSTERN_PMG_LIST_NETWORKS, text));
    }
}

static void
remove_networks (Work *work)
{
    PosternRecordList *wanted = postern_plan_get_trusted_networks (work->plan);
    GPtrArray *records = work->config->records[POSTERN_PMG_LIST_NETWORKS];

    for (guint i = 0; i < records->len; i++) {
        PosternPmgRecord *record = records->pdata[i];
        g_autoptr (PosternNetwork) network = postern_pmg_plan_parse_network (record->key);

        if (network != NULL && postern_record_list_lookup (wanted, postern_network_get_text (network)) == NULL)
            add (work, postern_pmg_step_new_remove (POSTERN_PMG_LIST_NETWORKS, record));
    }
}

/* The mail settings that change, as the plan wants them. */
typedef struct {
    PosternPmgConfig *config;
    const char *names[MAX_OPTIONS + 1];
    const char *values[MAX_OPTIONS + 1];
    char *numbers[MAX_OPTIONS + 1];
    gsize n;
} Options;

static void
options_clear (Options *options)
{
    for (gsize i = 0; i < options->n; i++)
        g_free (options->numbers[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* @value: (nullable): to unset it */
static void
want (Options *options, const char *name, const char *value)
{
    if (value != NULL ? g_str_equal (postern_pmg_config_get_option (options->config, name), value)
                      : !g_hash_table_contains (options->config->mail, name))
        return;
    g_assert (options->n < MAX_OPTIONS);
    options->names[options->n] = name;
    options->numbers[options->n] = g_strdup (value);
    options->values[options->n] = options->numbers[options->n];
    options->n++;
}

static void
want_number (Options *options, const char *name, guint value)
{
    g_autofree char *text = g_strdup_printf ("%u", value);

    /* "1" and "01" are the same. */
    if (postern_pmg_config_get_number (options->config, name) != value)
        want (options, name, text);
}

static void
want_internal_server (Options *options, PosternRoute *now, PosternRoute *route)
{
    if (postern_route_equal (now, route))
        return;
    if (route == NULL) {
        want (options, "relay", NULL);
        want (options, "relayport", NULL);
        want (options, "relaynomx", NULL);
        want (options, "relayprotocol", NULL);
        return;
    }
    want (options, "relay", postern_route_get_host (route));
    want_number (options, "relayport", postern_route_get_port (route));
    /* Only with it is an IPv6 address put into brackets. */
    want_number (options, "relaynomx", !postern_route_get_mx (route));
    want (options, "relayprotocol", "smtp");
}

static void
want_edge_gateway (Options *options, PosternRoute *now, PosternRoute *route)
{
    if (postern_route_equal (now, route))
        return;
    if (route == NULL) {
        want (options, "smarthost", NULL);
        want (options, "smarthostport", NULL);
        return;
    }
    want (options, "smarthost", postern_route_get_host (route));
    want_number (options, "smarthostport", postern_route_get_port (route));
}

static void
want_checks (Options *options, PosternPlan *plan)
{
    gboolean verifies = *postern_pmg_config_get_option (options->config, "verifyreceivers") != '\0';
    gboolean rejects = postern_plan_get_rejected_mail (plan) == POSTERN_REJECTED_MAIL_REJECT;

    /* Who has chosen 450 has a reason; it is verification as well. */
    if (postern_plan_get_recipient_verification (plan) == POSTERN_RECIPIENT_VERIFICATION_OFF)
        want (options, "verifyreceivers", NULL);
    else if (!verifies)
        want (options, "verifyreceivers", "550");
    want_number (options, "spf", postern_plan_get_use_spf (plan));
    if (rejects && !postern_pmg_plan_is_rejected (options->config)) {
        want_number (options, "before_queue_filtering", 1);
    } else if (!rejects) {
        want_number (options, "before_queue_filtering", 0);
        want_number (options, "ndr_on_block", 0);
    }
}

static void
change_mail (Work *work)
{
    g_autoptr (PosternPlan) now = postern_pmg_plan_new (work->config);
    g_auto (Options) options = { .config = work->config };

    want_internal_server (&options, postern_plan_get_internal_server (now),
                          postern_plan_get_internal_server (work->plan));
    want_edge_gateway (&options, postern_plan_get_edge_gateway (now), postern_plan_get_edge_gateway (work->plan));
    want_checks (&options, work->plan);
    if (options.n > 0)
        add (work, postern_pmg_step_new_mail (work->config, options.names, options.values));
}

static void
set_transports (Work *work)
{
    PosternRecordList *wanted = postern_plan_get_domains (work->plan);

    for (guint i = 0; i < postern_record_list_get_length (wanted); i++) {
        PosternDomain *domain = postern_record_list_get (wanted, i);
        g_autoptr (PosternRoute) route = postern_pmg_plan_get_transport (domain);
        GPtrArray *records = g_hash_table_lookup (work->transports, postern_domain_get_name (domain));
        PosternPmgRecord *record = records != NULL ? records->pdata[0] : NULL;
        g_autoptr (PosternRoute) now = record != NULL ? postern_pmg_plan_parse_transport (record) : NULL;

        if (route == NULL || (now != NULL && postern_route_equal (now, route)))
            continue;
        if (record == NULL)
            add (work, postern_pmg_step_new_add_transport (postern_domain_get_name (domain), route));
        else
            add (work, postern_pmg_step_new_change_transport (record, route));
    }
}

/* Removes the records of @key, the last first: the first is the one that counts. */
static void
remove_all (Work *work, PosternPmgList list, GPtrArray *records)
{
    for (guint i = records->len; i > 0; i--)
        add (work, postern_pmg_step_new_remove (list, records->pdata[i - 1]));
}

static void
add_domains (Work *work)
{
    PosternRecordList *wanted = postern_plan_get_domains (work->plan);

    for (guint i = 0; i < postern_record_list_get_length (wanted); i++) {
        PosternDomain *domain = postern_record_list_get (wanted, i);
        const char *name = postern_domain_get_name (domain);

        if (postern_domain_get_local (domain) && !g_hash_table_contains (work->domains, name))
            add (work, postern_pmg_step_new_add (POSTERN_PMG_LIST_DOMAINS, name));
    }
}

/* Each record of @list whose first spelling comes at @record, once. */
static GPtrArray *
get_unless_seen (GHashTable *index, PosternPmgRecord *record, char **name)
{
    GPtrArray *same;

    *name = postern_pmg_plan_dup_name (record->key);
    same = *name != NULL ? g_hash_table_lookup (index, *name) : NULL;
    return same != NULL && same->pdata[0] == record ? same : NULL;
}

static void
remove_domains (Work *work)
{
    PosternRecordList *wanted = postern_plan_get_domains (work->plan);
    GPtrArray *records = work->config->records[POSTERN_PMG_LIST_DOMAINS];

    for (guint i = 0; i < records->len; i++) {
        g_autofree char *name = NULL;
        GPtrArray *same = get_unless_seen (work->domains, records->pdata[i], &name);
        PosternDomain *domain = same != NULL ? postern_record_list_lookup (wanted, name) : NULL;

        if (same != NULL && (domain == NULL || !postern_domain_get_local (domain)))
            remove_all (work, POSTERN_PMG_LIST_DOMAINS, same);
    }
}

static void
remove_transports (Work *work)
{
    PosternRecordList *wanted = postern_plan_get_domains (work->plan);
    GPtrArray *records = work->config->records[POSTERN_PMG_LIST_TRANSPORT];

    for (guint i = 0; i < records->len; i++) {
        g_autofree char *name = NULL;
        GPtrArray *same = get_unless_seen (work->transports, records->pdata[i], &name);
        PosternDomain *domain = same != NULL ? postern_record_list_lookup (wanted, name) : NULL;
        g_autoptr (PosternRoute) now = same != NULL ? postern_pmg_plan_parse_transport (same->pdata[0]) : NULL;
        g_autoptr (PosternRoute) route = domain != NULL ? postern_pmg_plan_get_transport (domain) : NULL;

        if (now != NULL && route == NULL)
            remove_all (work, POSTERN_PMG_LIST_TRANSPORT, same);
    }
}

GPtrArray *
postern_pmg_steps_new (PosternPmgConfig *config, PosternPlan *plan)
{
    g_autoptr (PosternPlan) said = postern_pmg_plan_express (plan);
    g_autoptr (GHashTable) transports = index_records (config, POSTERN_PMG_LIST_TRANSPORT);
    g_autoptr (GHashTable) domains = index_records (config, POSTERN_PMG_LIST_DOMAINS);
    Work work = { .config = config, .plan = said, .transports = transports, .domains = domains };

    work.steps = g_ptr_array_new_with_free_func ((GDestroyNotify)postern_pmg_step_free);
    add_networks (&work);
    remove_networks (&work);
    change_mail (&work);
    set_transports (&work);
    add_domains (&work);
    remove_domains (&work);
    remove_transports (&work);
    return work.steps;
}
