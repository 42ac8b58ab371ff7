/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-postfix.h"

#include <string.h>

/* The order is that of the fragment that people read. */
enum {
    MYDESTINATION,
    LOCAL_RECIPIENT_MAPS,
    RELAY_DOMAINS,
    PARENT_DOMAIN_MATCHES_SUBDOMAINS,
    TRANSPORT_MAPS,
    RELAY_TRANSPORT,
    RELAYHOST,
    MYNETWORKS,
    SMTPD_RELAY_RESTRICTIONS,
    SMTPD_RECIPIENT_RESTRICTIONS,
    UNVERIFIED_RECIPIENT_REJECT_CODE,
    UNVERIFIED_RECIPIENT_REJECT_REASON,
    ADDRESS_VERIFY_MAP,
    ADDRESS_VERIFY_NEGATIVE_REFRESH_TIME,
    ADDRESS_VERIFY_POLL_DELAY,
    N_PARAMETERS,
};

static const char *const parameter_names[N_PARAMETERS + 1] = {
    [MYDESTINATION] = "mydestination",
    [LOCAL_RECIPIENT_MAPS] = "local_recipient_maps",
    [RELAY_DOMAINS] = "relay_domains",
    [PARENT_DOMAIN_MATCHES_SUBDOMAINS] = "parent_domain_matches_subdomains",
    [TRANSPORT_MAPS] = "transport_maps",
    [RELAY_TRANSPORT] = "relay_transport",
    [RELAYHOST] = "relayhost",
    [MYNETWORKS] = "mynetworks",
    [SMTPD_RELAY_RESTRICTIONS] = "smtpd_relay_restrictions",
    [SMTPD_RECIPIENT_RESTRICTIONS] = "smtpd_recipient_restrictions",
    [UNVERIFIED_RECIPIENT_REJECT_CODE] = "unverified_recipient_reject_code",
    [UNVERIFIED_RECIPIENT_REJECT_REASON] = "unverified_recipient_reject_reason",
    [ADDRESS_VERIFY_MAP] = "address_verify_map",
    [ADDRESS_VERIFY_NEGATIVE_REFRESH_TIME] = "address_verify_negative_refresh_time",
    [ADDRESS_VERIFY_POLL_DELAY] = "address_verify_poll_delay",
};

enum {
    TABLE_RELAY_DOMAINS,
    TABLE_TRANSPORT,
    TABLE_TRUSTED_NETWORKS,
    N_TABLES,
};

struct _PosternPostfix {
    char *values[N_PARAMETERS];
    PosternPostfixTable tables[N_TABLES];
    guint n_tables; /* that are files: all or none */
};

/* A name is looked up as the client wrote it: an internationalized domain is in the tables in both of its forms. */
static void
append_entry (GString *table, PosternDomain *domain, const char *value)
{
    const char *name = postern_domain_get_name (domain);
    const char *display = postern_domain_get_display_name (domain);

    g_string_append_printf (table, "%s\t%s\n", name, value);
    if (!g_str_equal (name, display))
        g_string_append_printf (table, "%s\t%s\n", display, value);
}

/*
 * transport(5). Every local domain has an entry, so that the entry of a wider record never takes its mail. An empty
 * next hop
 * (`relay:`) means the MX of the recipient's domain, past the relayhost; a lone colon means “as if there were no
 * entry”.
 */
static char *
transport_entry (PosternPlan *plan, PosternDomain *domain)
{
    const char *transport = postern_domain_get_local (domain) ? "relay" : "smtp";
    PosternRoute *route = postern_domain_get_own_route (domain);
    g_autofree char *next_hop = NULL;

    if (route == NULL && postern_domain_get_routing (domain) == POSTERN_DOMAIN_ROUTING_DNS)
        return g_strconcat (transport, ":", NULL);
    if (route == NULL && !postern_domain_get_local (domain))
        return NULL;
    if (route == NULL)
        route = postern_plan_get_internal_server (plan);
    if (route == NULL)
        return g_strdup (":");
    next_hop = postern_route_to_postfix (route);
    return g_strconcat (transport, ":", next_hop, NULL);
}

static void
render_domains (PosternPlan *plan, GString *relay_domains, GString *transport)
{
    PosternRecordList *domains = postern_plan_get_domains (plan);
    guint n = postern_record_list_get_length (domains);

    for (guint i = 0; i < n; i++) {
        PosternDomain *domain = postern_record_list_get (domains, i);
        g_autofree char *entry = transport_entry (plan, domain);

        if (postern_domain_get_local (domain))
            append_entry (relay_domains, domain, "OK");
        if (entry)
            append_entry (transport, domain, entry);
    }
}

static void
render_networks (PosternPlan *plan, GString *table)
{
    PosternRecordList *networks = postern_plan_get_trusted_networks (plan);
    guint n = postern_record_list_get_length (networks);

    for (guint i = 0; i < n; i++)
        g_string_append_printf (table, "%s\tOK\n", postern_network_get_text (postern_record_list_get (networks, i)));
}

static void
render_tables (PosternPostfix *self, PosternPlan *plan)
{
    GString *relay_domains = g_string_new (NULL);
    GString *transport = g_string_new (NULL);
    GString *networks = g_string_new (NULL);

    render_domains (plan, relay_domains, transport);
    render_networks (plan, networks);
    self->tables[TABLE_RELAY_DOMAINS] =
        (PosternPostfixTable){ "relay_domains", "lmdb", g_string_free (relay_domains, FALSE) };
    self->tables[TABLE_TRANSPORT] = (PosternPostfixTable){ "transport", "lmdb", g_string_free (transport, FALSE) };
    /* A table, because main.cf and the command line cannot hold 10,000 networks; cidr_table(5) also reads IPv6 without
     * brackets. */
    self->tables[TABLE_TRUSTED_NETWORKS] =
        (PosternPostfixTable){ "trusted_networks", "cidr", g_string_free (networks, FALSE) };
}

/* A table's entries as a continued main.cf line: `inline:{` and an entry a line (DATABASE_README). An empty one is not
 * legal. */
static char *
inline_table (const char *text)
{
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    GString *value;

    if (*text == '\0')
        return g_strdup ("");
    value = g_string_new ("inline:{");
    for (guint i = 0; lines[i] && *lines[i]; i++) {
        g_string_append_printf (value, "%s\n    %s", i > 0 ? "," : "", g_strdelimit (lines[i], "\t", '='));
    }
    g_string_append (value, " }");
    return g_string_free (value, FALSE);
}

static char *
table_reference (PosternPostfix *self, guint table, const char *directory)
{
    if (directory == NULL)
        return inline_table (self->tables[table].text);
    return g_strdup_printf ("%s:%s/%s", self->tables[table].type, directory, self->tables[table].name);
}

/* Without a table: mynetworks wants the address of an IPv6 network in brackets (postconf(5)). */
static char *
inline_networks (PosternPlan *plan)
{
    PosternRecordList *networks = postern_plan_get_trusted_networks (plan);
    guint n = postern_record_list_get_length (networks);
    GString *value = g_string_new (NULL);

    for (guint i = 0; i < n; i++) {
        PosternNetwork *network = postern_record_list_get (networks, i);
        const char *text = postern_network_get_text (network);
        int address_length = (int)strcspn (text, "/");

        g_string_append_printf (
            value, postern_network_get_family (network) == G_SOCKET_FAMILY_IPV6 ? "\n    [%.*s]%s" : "\n    %.*s%s",
            address_length, text, text + address_length);
    }
    return g_string_free (value, FALSE);
}

static char *
relay_transport (PosternPlan *plan)
{
    PosternRoute *internal_server = postern_plan_get_internal_server (plan);
    g_autofree char *next_hop = internal_server ? postern_route_to_postfix (internal_server) : NULL;

    return next_hop ? g_strconcat ("relay:", next_hop, NULL) : g_strdup ("relay");
}

static void
render_parameters (PosternPostfix *self, PosternPlan *plan, const char *directory)
{
    PosternRoute *edge = postern_plan_get_edge_gateway (plan);
    gboolean verify =
        postern_plan_get_recipient_verification (plan) == POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED;
    g_autofree char *networks =
        directory ? table_reference (self, TABLE_TRUSTED_NETWORKS, directory) : inline_networks (plan);
    char **values = self->values;

    /* The gateway delivers nothing itself. */
    values[MYDESTINATION] = g_strdup ("");
    values[LOCAL_RECIPIENT_MAPS] = g_strdup ("");
    values[RELAY_DOMAINS] = table_reference (self, TABLE_RELAY_DOMAINS, directory);
    /* Postfix's default list without relay_domains: example.com then means itself, .example.com its subdomains. */
    values[PARENT_DOMAIN_MATCHES_SUBDOMAINS] =
        g_strdup ("debug_peer_list, fast_flush_domains, mynetworks, "
                  "permit_mx_backup_networks, qmqpd_authorized_clients, smtpd_access_maps");
    values[TRANSPORT_MAPS] = table_reference (self, TABLE_TRANSPORT, directory);
    values[RELAY_TRANSPORT] = relay_transport (plan);
    values[RELAYHOST] = edge ? postern_route_to_postfix (edge) : g_strdup ("");
    values[MYNETWORKS] = g_strconcat ("127.0.0.0/8 [::ffff:127.0.0.0]/104 [::1]/128 ", networks, NULL);
    values[SMTPD_RELAY_RESTRICTIONS] = g_strdup ("permit_mynetworks, reject_unauth_destination");
    values[SMTPD_RECIPIENT_RESTRICTIONS] =
        g_strdup (verify ? "permit_mynetworks, reject_unauth_destination, reject_unverified_recipient" : "");
    /* The default, 450, makes senders try for days what will never be accepted. */
    values[UNVERIFIED_RECIPIENT_REJECT_CODE] = g_strdup ("550");
    /* Without a reason of ours the internal server's name and answer are told to everyone. */
    values[UNVERIFIED_RECIPIENT_REJECT_REASON] = g_strdup ("Address lookup failed");
    /* A stock Postfix lacks the lmdb type; btree, its default, cannot be mended while it is in use. */
    values[ADDRESS_VERIFY_MAP] = g_strconcat (directory ? "lmdb" : "btree", ":$data_directory/verify_cache", NULL);
    values[ADDRESS_VERIFY_NEGATIVE_REFRESH_TIME] = g_strdup ("10m");
    values[ADDRESS_VERIFY_POLL_DELAY] = g_strdup ("1s");
}

PosternPostfix *
postern_postfix_new (PosternPlan *plan, const char *directory)
{
    PosternPostfix *self;

    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);
    g_return_val_if_fail (directory == NULL || g_path_is_absolute (directory), NULL);
    g_return_val_if_fail (directory == NULL || strpbrk (directory, " \t\r\n$,#") == NULL, NULL);

    self = g_new0 (PosternPostfix, 1);
    self->n_tables = directory ? N_TABLES : 0;
    render_tables (self, plan);
    render_parameters (self, plan, directory);
    return self;
}

void
postern_postfix_free (PosternPostfix *self)
{
    for (guint i = 0; i < N_PARAMETERS; i++)
        g_free (self->values[i]);
    for (guint i = 0; i < N_TABLES; i++)
        g_free ((char *)self->tables[i].text);
    g_free (self);
}

const char *const *
postern_postfix_get_owned_parameters (void)
{
    return parameter_names;
}

const char *
postern_postfix_get_parameter (PosternPostfix *self, const char *name)
{
    g_return_val_if_fail (self != NULL, NULL);

    for (guint i = 0; i < N_PARAMETERS; i++) {
        if (g_str_equal (parameter_names[i], name))
            return self->values[i];
    }
    g_return_val_if_reached (NULL);
}

const PosternPostfixTable *
postern_postfix_get_tables (PosternPostfix *self, guint *n_tables)
{
    g_return_val_if_fail (self != NULL && n_tables != NULL, NULL);

    *n_tables = self->n_tables;
    return self->tables;
}
