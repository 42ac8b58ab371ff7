/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-dns.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "probe/postern-probe-error.h"
#include "probe/postern-wait.h"

#define MAX_NAME 253

static gint64
make_deadline (guint timeout_ms)
{
    return g_get_monotonic_time () + (gint64)(timeout_ms != 0 ? timeout_ms : POSTERN_DNS_TIMEOUT_MS) * 1000;
}

/* Whether a name is one that a host can have; others must not get into queries, messages and labels. */
static gboolean
is_host (const char *name)
{
    return *name != '\0' && strlen (name) <= MAX_NAME &&
           strspn (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS ".-_") == strlen (name);
}

/* The A-label form for the wire. Inside Postern names already have it; here it serves what a person has just typed. */
static char *
make_ascii (const char *name, GError **error)
{
    g_autofree char *ascii = g_hostname_to_ascii (name);

    if (ascii != NULL && (is_host (ascii) || g_hostname_is_ip_address (ascii)))
        return g_steal_pointer (&ascii);
    g_set_error_literal (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_INVALID_ARGUMENT,
                         _ ("This is not a name that DNS could know."));
    return NULL;
}

/* Says in our words why there is no answer about @name. @not_found is the whole sentence for “no such thing”. Takes
 * @cause. */
static void
set_lookup_error (PosternWait *wait, const char *name, const char *not_found, GError *cause, GError **error)
{
    g_autoptr (GError) owned = cause;

    if (postern_wait_has_timed_out (wait, cause))
        g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_TIMED_OUT,
                     /* Translators: %s is a domain or host name. */
                     _ ("DNS did not answer in time when asked for %s."), name);
    else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&owned));
    else if (g_error_matches (cause, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
        g_set_error_literal (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_NOT_FOUND, not_found);
    else
        g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_RESOLVER,
                     /* Translators: %1$s is a domain or host name, %2$s what the system says of the failure. */
                     _ ("DNS could not be asked for %1$s: %2$s"), name, cause->message);
}

static int
compare_records (gconstpointer a, gconstpointer b)
{
    return postern_mx_record_compare ((PosternMxRecord *)a, (PosternMxRecord *)b);
}

/* @variants is a list of (qs): preference and host. */
static GPtrArray *
read_records (GList *variants, gboolean *null_mx)
{
    GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify)postern_mx_record_unref);

    *null_mx = FALSE;
    for (GList *l = variants; l != NULL; l = l->next) {
        g_autoptr (PosternMxRecord) record = NULL;
        guint16 preference;
        const char *host;

        g_variant_get (l->data, "(q&s)", &preference, &host);
        record = postern_mx_record_new (preference, host);
        host = postern_mx_record_get_host (record);
        /* RFC 7505 section 3: beside other records it means nothing. */
        if (*host == '\0')
            *null_mx = variants->next == NULL;
        else if (is_host (host))
            g_ptr_array_add (records, g_steal_pointer (&record));
    }
    g_ptr_array_sort_values (records, compare_records);
    return records;
}

static void
free_variants (GList *variants)
{
    g_list_free_full (variants, (GDestroyNotify)g_variant_unref);
}

static GList *
ask_mx (const char *ascii, const char *not_found, gint64 deadline, GCancellable *cancellable, GError **error)
{
    g_autoptr (GResolver) resolver = g_resolver_get_default ();
    g_autoptr (PosternWait) wait = postern_wait_new (deadline, cancellable);
    g_autoptr (GError) cause = NULL;
    GList *variants;

    g_resolver_lookup_records_async (resolver, ascii, G_RESOLVER_RECORD_MX, postern_wait_get_cancellable (wait),
                                     postern_wait_finished, wait);
    variants = g_resolver_lookup_records_finish (resolver, postern_wait_for_result (wait), &cause);
    if (cause != NULL)
        set_lookup_error (wait, ascii, not_found, g_steal_pointer (&cause), error);
    return variants;
}

static GPtrArray *
lookup_mx (const char *domain, gint64 deadline, GCancellable *cancellable, GError **error)
{
    g_autofree char *ascii = make_ascii (domain, error);
    g_autofree char *not_found = NULL;
    g_autoptr (GPtrArray) records = NULL;
    GList *variants;
    gboolean null_mx;

    if (ascii == NULL)
        return NULL;
    /* Translators: %s is a domain. */
    not_found = g_strdup_printf (_ ("DNS has no MX record for %s."), ascii);
    variants = ask_mx (ascii, not_found, deadline, cancellable, error);
    if (variants == NULL)
        return NULL;
    records = read_records (variants, &null_mx);
    free_variants (variants);
    if (records->len > 0)
        return g_steal_pointer (&records);
    if (null_mx)
        g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_NULL_MX,
                     /* Translators: %s is a domain. “Null MX” is the name of a kind of DNS record, RFC 7505. */
                     _ ("The domain %s accepts no mail: it has a null MX record."), ascii);
    else
        /* Not “not found”: such a domain has MX records, so its own address must not be tried instead of them. */
        g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_PROTOCOL,
                     /* Translators: %s is a domain. */
                     _ ("The MX records of %s name no possible host."), ascii);
    return NULL;
}

GPtrArray *
postern_dns_lookup_mx (const char *domain, guint timeout_ms, GCancellable *cancellable, GError **error)
{
    g_return_val_if_fail (domain != NULL, NULL);

    return lookup_mx (domain, make_deadline (timeout_ms), cancellable, error);
}

gboolean
postern_dns_answers (const char *name, guint timeout_ms, GCancellable *cancellable)
{
    g_autoptr (GPtrArray) records = NULL;
    g_autoptr (GError) error = NULL;

    g_return_val_if_fail (name != NULL, FALSE);

    records = lookup_mx (name, make_deadline (timeout_ms), cancellable, &error);
    return records != NULL || g_error_matches (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_NOT_FOUND) ||
           g_error_matches (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_NULL_MX) ||
           g_error_matches (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_PROTOCOL);
}

static GPtrArray *
lookup_addresses (const char *host, gint64 deadline, GCancellable *cancellable, GError **error)
{
    g_autofree char *ascii = make_ascii (host, error);
    g_autofree char *not_found = NULL;
    g_autoptr (GResolver) resolver = g_resolver_get_default ();
    g_autoptr (PosternWait) wait = NULL;
    g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (GError) cause = NULL;
    GList *found;

    if (ascii == NULL)
        return NULL;
    /* Translators: %s is a host name. */
    not_found = g_strdup_printf (_ ("DNS has no address for %s."), ascii);
    wait = postern_wait_new (deadline, cancellable);
    g_resolver_lookup_by_name_async (resolver, ascii, postern_wait_get_cancellable (wait), postern_wait_finished, wait);
    found = g_resolver_lookup_by_name_finish (resolver, postern_wait_for_result (wait), &cause);
    if (found == NULL) {
        set_lookup_error (wait, ascii, not_found, g_steal_pointer (&cause), error);
        return NULL;
    }
    for (GList *l = found; l != NULL; l = l->next)
        g_ptr_array_add (addresses, g_object_ref (l->data));
    g_resolver_free_addresses (found);
    return g_steal_pointer (&addresses);
}

GPtrArray *
postern_dns_lookup_addresses (const char *host, guint timeout_ms, GCancellable *cancellable, GError **error)
{
    g_return_val_if_fail (host != NULL, NULL);

    return lookup_addresses (host, make_deadline (timeout_ms), cancellable, error);
}

static void
add_hops (GPtrArray *hops, const char *host, GPtrArray *addresses, guint16 port, guint16 preference)
{
    for (guint i = 0; i < addresses->len && hops->len < POSTERN_DNS_MAX_HOPS; i++)
        g_ptr_array_add (hops, postern_next_hop_new (host, addresses->pdata[i], port, preference));
}

static gboolean
add_host_hops (GPtrArray *hops, const char *host, guint16 port, gint64 deadline, GCancellable *cancellable,
               GError **error)
{
    g_autoptr (GPtrArray) addresses = lookup_addresses (host, deadline, cancellable, error);

    if (addresses == NULL)
        return FALSE;
    add_hops (hops, host, addresses, port, 0);
    return TRUE;
}

/* One dead MX host does not stop mail, so it does not stop this; only if none has an address the last @error stands. */
static gboolean
add_mx_hops (GPtrArray *hops, GPtrArray *records, guint16 port, gint64 deadline, GCancellable *cancellable,
             GError **error)
{
    g_autoptr (GError) last = NULL;

    for (guint i = 0; i < records->len && hops->len < POSTERN_DNS_MAX_HOPS; i++) {
        const char *host = postern_mx_record_get_host (records->pdata[i]);
        g_autoptr (GPtrArray) addresses = NULL;

        g_clear_error (&last);
        addresses = lookup_addresses (host, deadline, cancellable, &last);
        if (addresses != NULL)
            add_hops (hops, host, addresses, port, postern_mx_record_get_preference (records->pdata[i]));
        else if (g_error_matches (last, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
                 g_error_matches (last, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_TIMED_OUT))
            break;
    }
    if (g_error_matches (last, G_IO_ERROR, G_IO_ERROR_CANCELLED) || hops->len == 0) {
        g_propagate_error (error, g_steal_pointer (&last));
        return FALSE;
    }
    return TRUE;
}

static gboolean
collect_hops (GPtrArray *hops, const char *host, guint16 port, gboolean mx, gint64 deadline, GCancellable *cancellable,
              GError **error)
{
    g_autoptr (GPtrArray) records = NULL;
    g_autoptr (GError) cause = NULL;

    if (!mx)
        return add_host_hops (hops, host, port, deadline, cancellable, error);
    records = lookup_mx (host, deadline, cancellable, &cause);
    if (records != NULL)
        return add_mx_hops (hops, records, port, deadline, cancellable, error);
    /* RFC 5321 section 5.1, the implicit MX: no record at all means the host itself. */
    if (g_error_matches (cause, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_NOT_FOUND))
        return add_host_hops (hops, host, port, deadline, cancellable, error);
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
}

GPtrArray *
postern_dns_next_hops (const char *host, guint16 port, gboolean mx, guint timeout_ms, GCancellable *cancellable,
                       GError **error)
{
    g_autoptr (GPtrArray) hops = g_ptr_array_new_with_free_func ((GDestroyNotify)postern_next_hop_unref);

    g_return_val_if_fail (host != NULL, NULL);
    g_return_val_if_fail (port != 0, NULL);

    if (mx && g_hostname_is_ip_address (host)) {
        g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_INVALID_ARGUMENT,
                     /* Translators: %s is an IP address. */
                     _ ("%s is an address; only a name has MX records."), host);
        return NULL;
    }
    if (!collect_hops (hops, host, port, mx, make_deadline (timeout_ms), cancellable, error))
        return NULL;
    return g_steal_pointer (&hops);
}
