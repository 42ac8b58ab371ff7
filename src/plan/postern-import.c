/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-import.h"

#include <glib/gi18n-lib.h>

#include "plan/postern-file.h"
#include "plan/postern-import-private.h"
#include "plan/postern-import-scanner.h"
#include "plan/postern-import-store.h"
#include "plan/postern-plan-error.h"

#define BATCH 16 /* items that are read before they are judged together */

struct _PosternImport {
    GObject parent_instance;

    PosternImportEncoding encoding;
    PosternImportLayout layout;
    PosternImportStore *store;
    guint counts[POSTERN_IMPORT_REFUSED + 1];
};

static void list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PosternImport, postern_import, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static PosternImportStatus
verdict_to_status (PosternImportVerdict verdict)
{
    switch (verdict) {
    case POSTERN_IMPORT_VERDICT_TAKEN:
    case POSTERN_IMPORT_VERDICT_ADDS_ROUTE:
        return POSTERN_IMPORT_TAKEN;
    case POSTERN_IMPORT_VERDICT_IN_PLAN:
    case POSTERN_IMPORT_VERDICT_EARLIER:
    case POSTERN_IMPORT_VERDICT_LOOPBACK:
        return POSTERN_IMPORT_PRESENT;
    case POSTERN_IMPORT_VERDICT_UNREADABLE:
    case POSTERN_IMPORT_VERDICT_OTHER_IN_PLAN:
    case POSTERN_IMPORT_VERDICT_OTHER_EARLIER:
    default:
        return POSTERN_IMPORT_REFUSED;
    }
}

/* An item that is read but not judged. */
typedef struct {
    PosternImportItem item;
    PosternImportRecord record;
    gboolean readable;
    guint64 hash;
} Pending;

/* An import that is being made. */
typedef struct {
    PosternImport *import;
    PosternPlan *plan;
    GCancellable *cancellable;
    Pending pending[BATCH];
    guint n_pending;
    GError *error;
} Reading;

static gboolean
same_routing (PosternDomainRouting routing, PosternRoute *route, PosternDomainRouting other, PosternRoute *other_route)
{
    return routing == other && (routing != POSTERN_DOMAIN_ROUTING_OWN || postern_route_equal (route, other_route));
}

/* A record that says nothing of a route agrees with every other one. */
static PosternImportVerdict
compare_with_domain (const PosternImportRecord *record, PosternDomain *domain)
{
    PosternDomainRouting routing = postern_domain_get_routing (domain);

    if (record->routing == POSTERN_DOMAIN_ROUTING_DEFAULT ||
        same_routing (record->routing, record->route, routing, postern_domain_get_own_route (domain)))
        return POSTERN_IMPORT_VERDICT_IN_PLAN;
    return routing == POSTERN_DOMAIN_ROUTING_DEFAULT ? POSTERN_IMPORT_VERDICT_ADDS_ROUTE
                                                     : POSTERN_IMPORT_VERDICT_OTHER_IN_PLAN;
}

static PosternImportVerdict
compare_with_earlier (PosternImport *self, const PosternImportRecord *record, guint position)
{
    g_auto (PosternImportRecord) earlier = { 0 };
    PosternImportItem item;

    if (record->routing == POSTERN_DOMAIN_ROUTING_DEFAULT)
        return POSTERN_IMPORT_VERDICT_EARLIER;
    if (!postern_import_store_has_route (self->store, position))
        return POSTERN_IMPORT_VERDICT_ADDS_ROUTE;
    postern_import_store_get_item (self->store, position, &item);
    postern_import_item_read (&item, &self->layout, &earlier, NULL);
    return same_routing (record->routing, record->route, earlier.routing, earlier.route)
               ? POSTERN_IMPORT_VERDICT_EARLIER
               : POSTERN_IMPORT_VERDICT_OTHER_EARLIER;
}

static PosternImportVerdict
judge_domain (Reading *reading, const PosternImportRecord *record, guint64 hash)
{
    PosternRecordList *domains = postern_plan_get_domains (reading->plan);
    PosternDomain *domain;
    guint position;

    if (postern_import_store_find (reading->import->store, record, hash, &position))
        return compare_with_earlier (reading->import, record, position);
    if (postern_record_list_get_length (domains) == 0)
        return POSTERN_IMPORT_VERDICT_TAKEN;
    domain = postern_record_list_lookup (domains, record->key);
    return domain ? compare_with_domain (record, domain) : POSTERN_IMPORT_VERDICT_TAKEN;
}

/* Every Postfix is configured to trust itself, and so is every gateway. */
static gboolean
is_loopback (const char *network)
{
    return g_str_has_prefix (network, "127.") || g_str_equal (network, "::1/128");
}

static PosternImportVerdict
judge_network (Reading *reading, const PosternImportRecord *record, guint64 hash)
{
    guint position;

    if (postern_import_store_find (reading->import->store, record, hash, &position))
        return POSTERN_IMPORT_VERDICT_EARLIER;
    if (postern_record_list_lookup (postern_plan_get_trusted_networks (reading->plan), record->key))
        return POSTERN_IMPORT_VERDICT_IN_PLAN;
    return is_loopback (record->key) ? POSTERN_IMPORT_VERDICT_LOOPBACK : POSTERN_IMPORT_VERDICT_TAKEN;
}

static PosternImportVerdict
judge_server (const PosternImportRecord *record, PosternRoute *present)
{
    if (present == NULL)
        return POSTERN_IMPORT_VERDICT_TAKEN;
    return postern_route_equal (record->route, present) ? POSTERN_IMPORT_VERDICT_IN_PLAN
                                                        : POSTERN_IMPORT_VERDICT_OTHER_IN_PLAN;
}

static PosternImportVerdict
judge (Reading *reading, const PosternImportRecord *record, guint64 hash)
{
    switch (record->subject) {
    case POSTERN_IMPORT_SUBJECT_DOMAIN:
        return judge_domain (reading, record, hash);
    case POSTERN_IMPORT_SUBJECT_NETWORK:
        return judge_network (reading, record, hash);
    case POSTERN_IMPORT_SUBJECT_INTERNAL_SERVER:
        return judge_server (record, postern_plan_get_internal_server (reading->plan));
    case POSTERN_IMPORT_SUBJECT_EDGE_GATEWAY:
        return judge_server (record, postern_plan_get_edge_gateway (reading->plan));
    default:
        g_return_val_if_reached (POSTERN_IMPORT_VERDICT_UNREADABLE);
    }
}

static gboolean
may_go_on (Reading *reading)
{
    if (g_cancellable_set_error_if_cancelled (reading->cancellable, &reading->error))
        return FALSE;
    if (postern_import_store_get_length (reading->import->store) < POSTERN_IMPORT_STORE_MAX_ENTRIES - BATCH)
        return TRUE;
    g_set_error_literal (&reading->error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_TOO_LARGE,
                         _ ("The file has more than 16 million entries."));
    return FALSE;
}

static gboolean
judge_pending (Reading *reading)
{
    PosternImport *self = reading->import;

    for (guint i = 0; i < reading->n_pending; i++) {
        Pending *pending = &reading->pending[i];
        PosternImportVerdict verdict =
            pending->readable ? judge (reading, &pending->record, pending->hash) : POSTERN_IMPORT_VERDICT_UNREADABLE;
        PosternImportStatus status = verdict_to_status (verdict);

        postern_import_store_add (self->store, &pending->item, status == POSTERN_IMPORT_TAKEN ? &pending->record : NULL,
                                  pending->hash, verdict);
        self->counts[status]++;
        postern_import_record_clear (&pending->record);
    }
    reading->n_pending = 0;
    return may_go_on (reading);
}

static gboolean
take (const PosternImportItem *item, gpointer user_data)
{
    Reading *reading = user_data;
    Pending *pending = &reading->pending[reading->n_pending++];

    pending->item = *item;
    pending->readable = postern_import_item_read (item, &reading->import->layout, &pending->record, NULL);
    if (pending->readable)
        pending->hash = postern_import_store_hash (reading->import->store, &pending->record);
    return reading->n_pending < BATCH || judge_pending (reading);
}

static gboolean
scan (PosternImport *self, GBytes *text, PosternImportWanted wanted, PosternPlan *plan, GCancellable *cancellable,
      GError **error)
{
    Reading reading = { .import = self, .plan = plan, .cancellable = cancellable };
    PosternImportScanner scanner = { .layout = &self->layout, .take = take, .user_data = &reading };

    if (g_bytes_get_size (text) == 0) /* it has no memory then, either */
        return TRUE;
    scanner.text = g_bytes_get_data (text, &scanner.length);
    postern_import_layout_recognize (&self->layout, scanner.text, scanner.length, wanted);
    postern_import_scan (&scanner);
    if (reading.error == NULL)
        judge_pending (&reading);
    if (reading.error == NULL)
        return TRUE;
    g_propagate_error (error, reading.error);
    return FALSE;
}

PosternImport *
postern_import_new (GBytes *data, PosternImportWanted wanted, PosternPlan *plan, GCancellable *cancellable,
                    GError **error)
{
    g_autoptr (PosternImport) self = NULL;
    g_autoptr (GBytes) text = NULL;

    g_return_val_if_fail (data != NULL, NULL);
    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);

    if (g_bytes_get_size (data) > POSTERN_IMPORT_MAX_SIZE) {
        g_set_error_literal (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_TOO_LARGE,
                             _ ("What is imported is larger than 256 MiB."));
        return NULL;
    }
    self = g_object_new (POSTERN_TYPE_IMPORT, NULL);
    text = postern_import_text_decode (data, &self->encoding);
    self->store = postern_import_store_new (text);
    return scan (self, text, wanted, plan, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

PosternImport *
postern_import_load (GFile *file, PosternImportWanted wanted, PosternPlan *plan, GCancellable *cancellable,
                     GError **error)
{
    g_autoptr (GBytes) data = NULL;

    g_return_val_if_fail (G_IS_FILE (file), NULL);

    data = postern_file_read (file, POSTERN_IMPORT_MAX_SIZE >> 20, cancellable, error);
    return data ? postern_import_new (data, wanted, plan, cancellable, error) : NULL;
}

PosternImportEncoding
postern_import_get_encoding (PosternImport *self)
{
    g_return_val_if_fail (POSTERN_IS_IMPORT (self), POSTERN_IMPORT_ENCODING_UTF_8);
    return self->encoding;
}

PosternImportFormat
postern_import_get_format (PosternImport *self)
{
    g_return_val_if_fail (POSTERN_IS_IMPORT (self), POSTERN_IMPORT_FORMAT_LIST);
    return self->layout.format;
}

char *
postern_import_get_description (PosternImport *self)
{
    g_return_val_if_fail (POSTERN_IS_IMPORT (self), NULL);

    /* Translators: what an imported file was taken for; %1$s is “list”, “table” or the like, %2$s an encoding such as
     * Windows-1251. */
    return g_strdup_printf (_ ("%1$s, %2$s"), postern_import_format_get_title (self->layout.format),
                            postern_import_encoding_get_title (self->encoding));
}

guint
postern_import_count (PosternImport *self, PosternImportStatus status)
{
    g_return_val_if_fail (POSTERN_IS_IMPORT (self), 0);
    g_return_val_if_fail ((guint)status < G_N_ELEMENTS (self->counts), 0);
    return self->counts[status];
}

PosternImportStatus
postern_import_get_status (PosternImport *self, guint position)
{
    g_return_val_if_fail (POSTERN_IS_IMPORT (self), POSTERN_IMPORT_REFUSED);
    g_return_val_if_fail (position < postern_import_store_get_length (self->store), POSTERN_IMPORT_REFUSED);
    return verdict_to_status (postern_import_store_get_verdict (self->store, position));
}

static void
tell_of_verdict (PosternImport *self, PosternImportVerdict verdict, PosternImportTaken taken, gpointer user_data)
{
    guint n = postern_import_store_get_length (self->store);

    for (guint i = 0; i < n; i++) {
        g_auto (PosternImportRecord) record = { 0 };
        PosternImportItem item;

        if (postern_import_store_get_verdict (self->store, i) != verdict)
            continue;
        postern_import_store_get_item (self->store, i, &item);
        postern_import_item_read (&item, &self->layout, &record, NULL);
        taken (&record, verdict == POSTERN_IMPORT_VERDICT_ADDS_ROUTE, user_data);
    }
}

void
postern_import_foreach_taken (PosternImport *self, PosternImportTaken taken, gpointer user_data)
{
    tell_of_verdict (self, POSTERN_IMPORT_VERDICT_TAKEN, taken, user_data);
    tell_of_verdict (self, POSTERN_IMPORT_VERDICT_ADDS_ROUTE, taken, user_data);
}

static char *
explain_earlier (PosternImport *self, const PosternImportRecord *record, const char *sentence)
{
    PosternImportItem earlier = { 0 };
    guint position;

    if (postern_import_store_find (self->store, record, postern_import_store_hash (self->store, record), &position))
        postern_import_store_get_item (self->store, position, &earlier);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    return g_strdup_printf (sentence, earlier.line);
#pragma GCC diagnostic pop
}

/* Why an item is not taken, in words; NULL if it is. @problem says why it cannot be read. */
static char *
explain (PosternImport *self, PosternImportVerdict verdict, const PosternImportRecord *record, const GError *problem)
{
    switch (verdict) {
    case POSTERN_IMPORT_VERDICT_IN_PLAN:
        return g_strdup (_ ("The plan has it already."));
    case POSTERN_IMPORT_VERDICT_EARLIER:
        return explain_earlier (self, record, _ ("Line %u has it already."));
    case POSTERN_IMPORT_VERDICT_LOOPBACK:
        return g_strdup (_ ("A gateway always trusts itself."));
    case POSTERN_IMPORT_VERDICT_UNREADABLE:
        return g_strdup (problem ? problem->message : "");
    case POSTERN_IMPORT_VERDICT_OTHER_IN_PLAN:
        return g_strdup (_ ("The plan has something else here, which stays."));
    case POSTERN_IMPORT_VERDICT_OTHER_EARLIER:
        return explain_earlier (self, record, _ ("Line %u gives this domain another route."));
    case POSTERN_IMPORT_VERDICT_TAKEN:
    case POSTERN_IMPORT_VERDICT_ADDS_ROUTE:
    default:
        return NULL;
    }
}

static PosternImportLine *
make_line (PosternImport *self, guint position)
{
    PosternImportVerdict verdict = postern_import_store_get_verdict (self->store, position);
    g_auto (PosternImportRecord) record = { 0 };
    g_autoptr (GError) problem = NULL;
    PosternImportItem item;
    gboolean readable;

    postern_import_store_get_item (self->store, position, &item);
    readable = postern_import_item_read (&item, &self->layout, &record, &problem);
    return postern_import_line_new (&item, record.subject, readable ? &record : NULL, verdict_to_status (verdict),
                                    explain (self, verdict, &record, problem));
}

static GType
get_item_type (GListModel *model)
{
    return POSTERN_TYPE_IMPORT_LINE;
}

static guint
get_n_items (GListModel *model)
{
    return postern_import_store_get_length (POSTERN_IMPORT (model)->store);
}

static gpointer
get_item (GListModel *model, guint position)
{
    return position < get_n_items (model) ? make_line (POSTERN_IMPORT (model), position) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
    interface->get_item_type = get_item_type;
    interface->get_n_items = get_n_items;
    interface->get_item = get_item;
}

static void
finalize (GObject *object)
{
    g_clear_pointer (&POSTERN_IMPORT (object)->store, postern_import_store_free);
    G_OBJECT_CLASS (postern_import_parent_class)->finalize (object);
}

static void
postern_import_class_init (PosternImportClass *class)
{
    G_OBJECT_CLASS (class)->finalize = finalize;
}

static void
postern_import_init (PosternImport *self)
{
}
