/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-verdict-cache.h"

#include <string.h>

#include "plan/postern-domain.h"
#include "plan/postern-verdict.h"

/* A cache of a million recipients. */
#define MOST_OUTPUT (128 * 1024 * 1024)

/* The cache, such as “lmdb:/var/lib/postfix/verify_cache”, or NULL if nothing was ever cached. */
static gboolean
find_table (PosternPostfixHost *host, char **table, GError **error)
{
    g_autofree char *map = postern_postfix_host_get_parameter (host, "address_verify_map", error);
    g_autofree char *file = NULL;

    if (map == NULL)
        return FALSE;
    if (g_str_has_prefix (map, "lmdb:"))
        file = g_strconcat (map + strlen ("lmdb:"), ".lmdb", NULL);
    if (file && g_file_test (file, G_FILE_TEST_EXISTS))
        *table = g_steal_pointer (&map);
    return TRUE;
}

static gboolean
goes_elsewhere (PosternPlan *from, PosternPlan *to, const char *domain)
{
    g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
    PosternVerdict before, after;

    postern_plan_judge (from, loopback, domain, &before);
    postern_plan_judge (to, loopback, domain, &after);
    return before.hop != after.hop || before.local != after.local || !postern_route_equal (before.route, after.route);
}

/* The domain part of a line of the cache, NULL for Postfix's own entries, such as the time of the last clean-up. */
static char *
domain_of (const char *line)
{
    g_autofree char *recipient = g_strndup (line, strcspn (line, "\t\n"));
    const char *at = strrchr (recipient, '@');

    return at ? g_strdup (at + 1) : NULL;
}

static const char *
next_line (const char *line)
{
    line += strcspn (line, "\n");
    return *line == '\n' ? line + 1 : line;
}

/* The names of all records that may say where mail for @domain goes: its own, and those for all subdomains above it. */
static void
want_records (GHashTable *wanted, const char *domain)
{
    g_autofree char *dotted = g_strconcat (".", domain, NULL);

    g_hash_table_add (wanted, g_strdup (domain));
    for (const char *suffix = dotted; suffix; suffix = strchr (suffix + 1, '.'))
        g_hash_table_add (wanted, g_strdup (suffix));
}

/* The domains in @listing, “recipient TAB verdict” a line: as Postfix has them, and in their canonical form or as “”.
 * Many recipients share one. */
static GHashTable *
list_domains (const char *listing)
{
    GHashTable *domains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

    for (const char *line = listing; *line; line = next_line (line)) {
        g_autofree char *domain = domain_of (line);
        char *canonical;

        if (domain == NULL || g_hash_table_contains (domains, domain))
            continue;
        canonical = postern_domain_canonical_name (domain, NULL);
        g_hash_table_insert (domains, g_steal_pointer (&domain), canonical ? canonical : g_strdup (""));
    }
    return domains;
}

static gboolean
is_wanted (PosternDomain *domain, gpointer wanted)
{
    return g_hash_table_contains (wanted, postern_domain_get_name (domain));
}

/* Of the plan from before only what is said about @domains: all of it would take as much memory as the new one. */
static PosternPlan *
read_before (PosternStore *store, PosternStoredRevision *before, GHashTable *domains, GError **error)
{
    g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iter;
    gpointer canonical;

    g_hash_table_iter_init (&iter, domains);
    while (g_hash_table_iter_next (&iter, NULL, &canonical))
        want_records (wanted, canonical);
    return postern_store_read_plan (store, before, is_wanted, wanted, error);
}

/* Leaves in @domains those whose mail goes elsewhere in @plan. */
static gboolean
drop_unchanged (GHashTable *domains, PosternPlan *plan, PosternStore *store, PosternStoredRevision *before,
                GError **error)
{
    g_autoptr (PosternPlan) old = read_before (store, before, domains, error);
    GHashTableIter iter;
    gpointer canonical;

    if (old == NULL)
        return FALSE;
    g_hash_table_iter_init (&iter, domains);
    while (g_hash_table_iter_next (&iter, NULL, &canonical)) {
        if (*(const char *)canonical != '\0' && !goes_elsewhere (old, plan, canonical))
            g_hash_table_iter_remove (&iter);
    }
    return TRUE;
}

/* The recipients in @listing whose domain is one of @domains: a line each. */
static char *
choose_stale (const char *listing, GHashTable *domains)
{
    GString *stale = g_string_new (NULL);

    for (const char *line = listing; *line; line = next_line (line)) {
        g_autofree char *domain = domain_of (line);

        if (domain && g_hash_table_contains (domains, domain))
            g_string_append_printf (stale, "%.*s\n", (int)strcspn (line, "\t\n"), line);
    }
    return g_string_free (stale, FALSE);
}

/*
 * postmap(1) folds keys to lower case unless it is told not to, and verify(8) does not. Status 1 without a word means
 * that none of the keys was there any more: verify(8) cleans up by itself, too.
 */
static gboolean
forget (PosternPostfixHost *host, const char *table, const char *recipients, GError **error)
{
    g_autoptr (PosternCommand) command = postern_postfix_host_command (host, "postmap", "-f", "-d", "-", table, NULL);
    g_autoptr (GError) problem = NULL;

    postern_command_set_input (command, recipients);
    if (postern_command_run (command, &problem))
        return TRUE;
    if (postern_command_get_status (command) == 1 && *postern_command_get_errors (command) == '\0')
        return TRUE;
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
}

gboolean
postern_verdict_cache_purge (PosternPostfixHost *host, PosternPlan *plan, PosternStore *store,
                             PosternStoredRevision *before, GError **error)
{
    g_autofree char *table = NULL;
    g_autoptr (PosternCommand) list = NULL;
    g_autoptr (GHashTable) domains = NULL;
    g_autofree char *stale = NULL;

    if (!find_table (host, &table, error))
        return FALSE;
    if (table == NULL)
        return TRUE;
    list = postern_postfix_host_command (host, "postmap", "-s", table, NULL);
    postern_command_set_output_limit (list, MOST_OUTPUT);
    if (!postern_command_run (list, error))
        return FALSE;
    domains = list_domains (postern_command_get_output (list));
    if (before && !drop_unchanged (domains, plan, store, before, error))
        return FALSE;
    stale = choose_stale (postern_command_get_output (list), domains);
    return *stale == '\0' || forget (host, table, stale, error);
}
