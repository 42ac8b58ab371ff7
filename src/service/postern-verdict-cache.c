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

/* Many recipients share a domain, and judging is dearer than looking up. */
static gboolean
is_stale (PosternPlan *from, PosternPlan *to, const char *recipient, GHashTable *judged)
{
    const char *at = strrchr (recipient, '@');
    g_autofree char *domain = NULL;
    gpointer known;
    gboolean stale;

    if (at == NULL)
        return FALSE; /* Postfix's own entries, such as the time of the last clean-up */
    if (from == NULL)
        return TRUE;
    if (g_hash_table_lookup_extended (judged, at + 1, NULL, &known))
        return GPOINTER_TO_INT (known);
    domain = postern_domain_canonical_name (at + 1, NULL);
    stale = domain == NULL || goes_elsewhere (from, to, domain);
    g_hash_table_insert (judged, g_strdup (at + 1), GINT_TO_POINTER (stale));
    return stale;
}

/* The recipients in @listing, “recipient TAB verdict” a line, that are stale: a line each. */
static char *
choose_stale (PosternPlan *from, PosternPlan *to, const char *listing)
{
    g_autoptr (GHashTable) judged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    GString *stale = g_string_new (NULL);

    for (const char *line = listing; *line; line += strcspn (line, "\n"), line += *line == '\n') {
        g_autofree char *recipient = g_strndup (line, strcspn (line, "\t\n"));

        if (is_stale (from, to, recipient, judged))
            g_string_append_printf (stale, "%s\n", recipient);
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
postern_verdict_cache_purge (PosternPostfixHost *host, PosternPlan *from, PosternPlan *to, GError **error)
{
    g_autofree char *table = NULL;
    g_autoptr (PosternCommand) list = NULL;
    g_autofree char *stale = NULL;

    if (!find_table (host, &table, error))
        return FALSE;
    if (table == NULL)
        return TRUE;
    list = postern_postfix_host_command (host, "postmap", "-s", table, NULL);
    postern_command_set_output_limit (list, MOST_OUTPUT);
    if (!postern_command_run (list, error))
        return FALSE;
    stale = choose_stale (from, to, postern_command_get_output (list));
    return *stale == '\0' || forget (host, table, stale, error);
}
