/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-pmg-plan.h"

#include <string.h>

/* How an IPv6 address may be written as the host of a transport. */
#define IPV6_TAG "ipv6:"

char *
postern_pmg_plan_dup_name (const char *key)
{
    /* A name with white space around it is another entry to the server. */
    if (strpbrk (key, " \t\r\n@") != NULL || g_str_has_suffix (key, "."))
        return NULL;
    return postern_domain_canonical_name (key, NULL);
}

PosternNetwork *
postern_pmg_plan_parse_network (const char *key)
{
    const char *slash = strchr (key, '/');
    g_autofree char *text = NULL;
    guint64 length;

    if (slash == NULL || !g_ascii_string_to_unsigned (slash + 1, 10, 0, 128, &length, NULL))
        return NULL;
    text = g_strdup_printf ("%.*s/%u", (int)(slash - key), key, (guint)length);
    return postern_network_new (text, NULL);
}

PosternRoute *
postern_pmg_plan_parse_transport (const PosternPmgRecord *record)
{
    const char *host = record->host;

    if (g_str_has_prefix (host, IPV6_TAG))
        host += strlen (IPV6_TAG);
    return postern_route_new (host, record->port, record->use_mx, NULL);
}

/* A route the way the server says it: an address has no MX records. */
static PosternRoute *
normalise (PosternRoute *route)
{
    return postern_route_with_mx (route, postern_route_get_mx (route));
}

static PosternRoute *
make_own_name_route (PosternDomain *domain)
{
    return postern_route_new (postern_domain_get_name (domain), POSTERN_ROUTE_DEFAULT_PORT, TRUE, NULL);
}

PosternRoute *
postern_pmg_plan_get_transport (PosternDomain *domain)
{
    PosternRoute *own = postern_domain_get_own_route (domain);

    if (own != NULL)
        return normalise (own);
    /* The subdomains have MX records of their own each; one entry cannot name them. */
    if (postern_domain_get_routing (domain) != POSTERN_DOMAIN_ROUTING_DNS || postern_domain_is_subdomains (domain))
        return NULL;
    return make_own_name_route (domain);
}

/* Says @route as the route of @domain, or as what it is another way of saying. */
static void
set_transport (PosternDomain *domain, PosternRoute *route)
{
    g_autoptr (PosternRoute) own_name = postern_domain_is_subdomains (domain) ? NULL : make_own_name_route (domain);

    if (route == NULL) {
        postern_domain_set_routing (domain, POSTERN_DOMAIN_ROUTING_DEFAULT);
    } else if (own_name != NULL && postern_route_equal (route, own_name)) {
        postern_domain_set_routing (domain, POSTERN_DOMAIN_ROUTING_DNS);
    } else {
        postern_domain_set_route (domain, route);
        postern_domain_set_routing (domain, POSTERN_DOMAIN_ROUTING_OWN);
    }
}

/* The domain of @key among those found so far, made if it is the first. */
static PosternDomain *
get_domain (GHashTable *found, GPtrArray *domains, const char *key)
{
    g_autofree char *name = postern_pmg_plan_dup_name (key);
    PosternDomain *domain = name != NULL ? g_hash_table_lookup (found, name) : NULL;

    if (name == NULL || domain != NULL)
        return domain;
    domain = postern_domain_new (name, NULL);
    postern_domain_set_local (domain, FALSE);
    g_hash_table_insert (found, (gpointer)postern_domain_get_name (domain), domain);
    g_ptr_array_add (domains, domain);
    return domain;
}

static void
read_domains (PosternPmgConfig *config, PosternPlan *plan)
{
    GPtrArray *names = config->records[POSTERN_PMG_LIST_DOMAINS];
    GPtrArray *transports = config->records[POSTERN_PMG_LIST_TRANSPORT];
    g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);

    for (guint i = 0; i < names->len; i++) {
        PosternDomain *domain = get_domain (found, domains, ((PosternPmgRecord *)names->pdata[i])->key);

        if (domain != NULL)
            postern_domain_set_local (domain, TRUE);
    }
    for (guint i = 0; i < transports->len; i++) {
        PosternPmgRecord *record = transports->pdata[i];
        g_autoptr (PosternRoute) route = postern_pmg_plan_parse_transport (record);
        PosternDomain *domain = route != NULL ? get_domain (found, domains, record->key) : NULL;

        if (domain != NULL && postern_domain_get_routing (domain) == POSTERN_DOMAIN_ROUTING_DEFAULT)
            set_transport (domain, route);
    }
    postern_record_list_replace_all (postern_plan_get_domains (plan), domains);
}

static void
read_networks (PosternPmgConfig *config, PosternPlan *plan)
{
    GPtrArray *records = config->records[POSTERN_PMG_LIST_NETWORKS];
    g_autoptr (GPtrArray) networks = g_ptr_array_new_with_free_func (g_object_unref);

    for (guint i = 0; i < records->len; i++) {
        PosternNetwork *network = postern_pmg_plan_parse_network (((PosternPmgRecord *)records->pdata[i])->key);

        if (network != NULL)
            g_ptr_array_add (networks, network);
    }
    postern_record_list_replace_all (postern_plan_get_trusted_networks (plan), networks);
}

static PosternRoute *
read_route (PosternPmgConfig *config, const char *host_option, const char *port_option, gboolean mx)
{
    g_autoptr (PosternRoute) route = postern_route_new (postern_pmg_config_get_option (config, host_option),
                                                        postern_pmg_config_get_number (config, port_option), mx, NULL);

    return route != NULL ? normalise (route) : NULL;
}

gboolean
postern_pmg_plan_is_rejected (PosternPmgConfig *config)
{
    return postern_pmg_config_get_number (config, "before_queue_filtering") != 0 ||
           postern_pmg_config_get_number (config, "ndr_on_block") != 0;
}

/* The server does not know scenarios; what it does is one of them. */
static PosternScenario
get_scenario (PosternPlan *plan)
{
    if (postern_plan_get_edge_gateway (plan) == NULL)
        return POSTERN_SCENARIO_DIRECT;
    return postern_plan_get_recipient_verification (plan) == POSTERN_RECIPIENT_VERIFICATION_OFF
               ? POSTERN_SCENARIO_EDGE_NOT_VERIFYING
               : POSTERN_SCENARIO_EDGE_VERIFYING;
}

/* What it always does or never does, whatever a plan says. */
static void
set_unchangeable (PosternPlan *plan)
{
    postern_plan_set_scenario (plan, get_scenario (plan));
    postern_plan_set_use_dmarc (plan, FALSE);
    postern_plan_set_sender_authentication (plan, FALSE);
    postern_plan_set_check_sender_before_edge (plan, FALSE);
}

PosternPlan *
postern_pmg_plan_new (PosternPmgConfig *config)
{
    gboolean relay_mx = postern_pmg_config_get_number (config, "relaynomx") == 0;
    gboolean verifies = *postern_pmg_config_get_option (config, "verifyreceivers") != '\0';
    g_autoptr (PosternRoute) relay = read_route (config, "relay", "relayport", relay_mx);
    g_autoptr (PosternRoute) smarthost = read_route (config, "smarthost", "smarthostport", TRUE);
    PosternPlan *plan = postern_plan_new ();

    read_domains (config, plan);
    read_networks (config, plan);
    postern_plan_set_internal_server (plan, relay);
    postern_plan_set_edge_gateway (plan, smarthost);
    postern_plan_set_recipient_verification (plan, verifies ? POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED
                                                            : POSTERN_RECIPIENT_VERIFICATION_OFF);
    postern_plan_set_use_spf (plan, postern_pmg_config_get_number (config, "spf") != 0);
    postern_plan_set_rejected_mail (plan, postern_pmg_plan_is_rejected (config) ? POSTERN_REJECTED_MAIL_REJECT
                                                                                : POSTERN_REJECTED_MAIL_DELETE);
    set_unchangeable (plan);
    return plan;
}

static void
express_domains (PosternPlan *plan)
{
    PosternRecordList *list = postern_plan_get_domains (plan);
    g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_object_unref);

    for (guint i = 0; i < postern_record_list_get_length (list); i++) {
        PosternDomain *domain = postern_domain_copy (postern_record_list_get (list, i));
        g_autoptr (PosternRoute) route = postern_pmg_plan_get_transport (domain);

        set_transport (domain, route);
        if (route != NULL || postern_domain_get_local (domain))
            g_ptr_array_add (domains, domain);
        else
            g_object_unref (domain);
    }
    postern_record_list_replace_all (list, domains);
}

static void
express_networks (PosternPlan *plan)
{
    PosternRecordList *list = postern_plan_get_trusted_networks (plan);
    g_autoptr (GPtrArray) networks = g_ptr_array_new_with_free_func (g_object_unref);

    for (guint i = 0; i < postern_record_list_get_length (list); i++) {
        PosternNetwork *network = postern_record_list_get (list, i);

        if (postern_network_get_length (network) >= POSTERN_PMG_SHORTEST_PREFIX)
            g_ptr_array_add (networks, g_object_ref (network));
    }
    postern_record_list_replace_all (list, networks);
}

PosternPlan *
postern_pmg_plan_express (PosternPlan *plan)
{
    PosternPlan *self = postern_plan_copy (plan);
    PosternRoute *internal = postern_plan_get_internal_server (self);
    PosternRoute *edge = postern_plan_get_edge_gateway (self);
    g_autoptr (PosternRoute) internal_said = internal != NULL ? normalise (internal) : NULL;
    g_autoptr (PosternRoute) edge_said = edge != NULL ? postern_route_with_mx (edge, TRUE) : NULL;

    express_domains (self);
    express_networks (self);
    postern_plan_set_internal_server (self, internal_said);
    postern_plan_set_edge_gateway (self, edge_said);
    set_unchangeable (self);
    return self;
}
