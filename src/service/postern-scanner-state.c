/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-scanner-state.h"

#include <glib/gi18n-lib.h>

#include "probe/postern-dns.h"
#include "service/postern-files.h"
#include "service/postern-service-error.h"

#define LUA "rspamd.lua"

/* Beside the files that are always included: what the proxy is told while messages are deleted. */
#define DELETION "rspamd-deletion.inc"

static PosternScannerState *
state_new (const char *directory, const char *mark, gboolean deletes)
{
    PosternScannerState *self = g_new0 (PosternScannerState, 1);

    self->directory = g_strdup (directory);
    self->mark = g_strdup (mark);
    self->deletes = deletes;
    return self;
}

void
postern_scanner_state_free (PosternScannerState *self)
{
    g_free (self->directory);
    g_free (self->mark);
    g_free (self);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
    return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* In one order: DNS servers rotate their answers, and that is no difference. */
static char **
list_addresses (GPtrArray *hops)
{
    g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

    for (guint i = 0; i < hops->len; i++) {
        char *text = g_inet_address_to_string (postern_next_hop_get_address (g_ptr_array_index (hops, i)));

        if (g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
            g_free (text);
        else
            g_ptr_array_add (texts, text);
    }
    g_ptr_array_sort (texts, compare_texts);
    g_ptr_array_add (texts, NULL);
    return (char **)g_ptr_array_steal (texts, NULL);
}

/* An empty list where nobody has to know. */
static char **
find_edge_addresses (PosternPlan *plan, GError **error)
{
    PosternRoute *edge = postern_plan_get_edge_gateway (plan);
    g_autoptr (GPtrArray) hops = NULL;
    g_autoptr (GError) local = NULL;
    gboolean mx;

    if (!postern_plan_needs_edge_addresses (plan))
        return g_new0 (char *, 1);
    mx = postern_route_get_mx (edge) && postern_route_get_address (edge) == NULL;
    hops = postern_dns_next_hops (postern_route_get_host (edge), (guint16)postern_route_get_port (edge), mx, 0, NULL,
                                  &local);
    if (hops)
        return list_addresses (hops);
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED,
                 /* Translators: %1$s is a host name, %2$s a sentence that says why. */
                 _ ("To check the sender before the edge gateway, its addresses have to be known, and DNS does not say "
                    "those of %1$s. %2$s"),
                 postern_route_get_host (edge), local->message);
    return NULL;
}

static gboolean
write_file (const char *directory, const char *name, const char *text, GError **error)
{
    g_autofree char *path = g_build_filename (directory, name, NULL);

    return postern_files_write (path, text, -1, 0644, error);
}

static gboolean
write_files (PosternRspamd *rspamd, gboolean deletes, const char *part, GError **error)
{
    guint n;
    const PosternRspamdFile *files = postern_rspamd_get_files (rspamd, &n);

    for (guint i = 0; i < n; i++) {
        if (!write_file (part, files[i].name, files[i].text, error))
            return FALSE;
    }
    return write_file (part, DELETION, deletes ? POSTERN_RSPAMD_DELETION : "", error);
}

PosternScannerState *
postern_scanner_state_render (PosternPlan *plan, const char *part, const char *directory, GError **error)
{
    g_auto (GStrv) addresses = find_edge_addresses (plan, error);
    gboolean deletes = postern_plan_get_rejected_mail (plan) == POSTERN_REJECTED_MAIL_DELETE;
    g_autoptr (PosternRspamd) rspamd = NULL;

    if (addresses == NULL)
        return NULL;
    rspamd = postern_rspamd_new (plan, (const char *const *)addresses);
    if (!write_files (rspamd, deletes, part, error))
        return NULL;
    return state_new (directory, postern_rspamd_get_mark (rspamd), deletes);
}

static char *
read_file (const char *directory, const char *name)
{
    g_autofree char *path = g_build_filename (directory, name, NULL);
    char *text = NULL;

    g_file_get_contents (path, &text, NULL, NULL);
    return text;
}

PosternScannerState *
postern_scanner_state_load (const char *directory)
{
    g_autofree char *lua = read_file (directory, LUA);
    g_autofree char *deletion = read_file (directory, DELETION);
    g_autofree char *mark = lua ? postern_rspamd_find_mark (lua) : NULL;

    return mark ? state_new (directory, mark, deletion && *deletion) : NULL;
}

gboolean
postern_scanner_state_differs (PosternScannerState *self, PosternPlan *plan)
{
    g_auto (GStrv) addresses = find_edge_addresses (plan, NULL);
    g_autoptr (PosternRspamd) rspamd = addresses ? postern_rspamd_new (plan, (const char *const *)addresses) : NULL;

    return rspamd && !g_str_equal (postern_rspamd_get_mark (rspamd), self->mark);
}
