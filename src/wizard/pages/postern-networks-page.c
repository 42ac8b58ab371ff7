/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/pages/postern-networks-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wizard/postern-findings-box.h"
#include "wizard/postern-merge-dialog.h"
#include "wizard/postern-network-row.h"
#include "wizard/postern-ui.h"

struct _PosternNetworksPage {
    PosternRecordsPage parent_instance;

    PosternFindingsBox *findings_box;
    PosternRecordAdder *adder;
    GtkSearchEntry *search_entry;
    GtkListView *list_view;
};

G_DEFINE_FINAL_TYPE (PosternNetworksPage, postern_networks_page, POSTERN_TYPE_RECORDS_PAGE)

/* IPv4 before IPv6, by address, the wider one first. */
static int
compare_networks (gpointer a, gpointer b)
{
    GSocketFamily family = postern_network_get_family (a);
    int order;

    if (family != postern_network_get_family (b))
        return family == G_SOCKET_FAMILY_IPV4 ? -1 : 1;
    order =
        memcmp (postern_network_get_bytes (a), postern_network_get_bytes (b), family == G_SOCKET_FAMILY_IPV4 ? 4 : 16);
    return order != 0 ? order : (int)postern_network_get_length (a) - (int)postern_network_get_length (b);
}

/* By its text, or, for a whole address, by what holds it: “which entry trusts 10.1.2.3?” */
static gboolean
network_matches (gpointer network, const char *needle)
{
    g_autoptr (GInetAddress) address = NULL;

    if (strstr (postern_network_get_text (network), needle) != NULL)
        return TRUE;
    address = g_inet_address_new_from_string (needle);
    return address != NULL && postern_network_contains (network, address);
}

static char *
network_name (gpointer network)
{
    return postern_network_row_name (network);
}

static const char *
network_key (gpointer network)
{
    return postern_network_get_text (network);
}

static gpointer
parse_network (const char *text, GError **error)
{
    return postern_network_new (text, error);
}

static char *
describe_network (PosternRecordsPage *page, gpointer network)
{
    return postern_network_get_size_text (network);
}

static char *
added_text (guint n)
{
    return g_strdup_printf (ngettext ("%'u network added", "%'u networks added", n), n);
}

static char *
removed_text (guint n)
{
    return g_strdup_printf (ngettext ("%'u network removed", "%'u networks removed", n), n);
}

static const char *
remove_all_heading (void)
{
    return _ ("Remove All Networks?");
}

static void
on_row_remove_cb (PosternNetworksPage *self, PosternNetworkRow *row)
{
    postern_records_page_remove (POSTERN_RECORDS_PAGE (self), postern_network_row_get_network (row));
}

static GtkWidget *
make_row (PosternRecordsPage *page)
{
    PosternPage *base = POSTERN_PAGE (page);
    GListModel *findings = G_LIST_MODEL (postern_session_get_findings (postern_page_get_session (base)));
    GtkWidget *row = postern_network_row_new (postern_page_get_plan (base), findings);

    g_signal_connect_object (row, "remove", G_CALLBACK (on_row_remove_cb), page, G_CONNECT_SWAPPED);
    return row;
}

static void
show_network (PosternRecordsPage *page, GtkWidget *row, gpointer network)
{
    postern_network_row_set_network (POSTERN_NETWORK_ROW (row), network);
}

/* What a toast needs to take a merger back. */
typedef struct {
    PosternRecordList *networks;
    PosternNetworkAggregate *aggregate;
} Merged;

static void
merged_free (gpointer data, GClosure *closure)
{
    Merged *merged = data;

    g_object_unref (merged->networks);
    postern_network_aggregate_free (merged->aggregate);
    g_free (merged);
}

static void
undo_merge_cb (AdwToast *toast, Merged *merged)
{
    postern_network_aggregate_undo (merged->aggregate, merged->networks);
}

static void
on_merge_agreed_cb (PosternNetworksPage *self, PosternMergeDialog *dialog)
{
    PosternPlan *plan = postern_page_get_plan (POSTERN_PAGE (self));
    Merged *merged = g_new (Merged, 1);

    merged->networks = g_object_ref (postern_plan_get_trusted_networks (plan));
    merged->aggregate = postern_merge_dialog_steal_aggregate (dialog);
    postern_network_aggregate_apply (merged->aggregate, merged->networks);
    postern_records_page_offer_undo (POSTERN_RECORDS_PAGE (self), _ ("Networks merged"), G_CALLBACK (undo_merge_cb),
                                     merged, merged_free);
}

static void
merge (GtkWidget *widget, const char *action, GVariant *parameter)
{
    PosternMergeDialog *dialog = postern_merge_dialog_new (postern_page_get_plan (POSTERN_PAGE (widget)));

    g_signal_connect_object (dialog, "agreed", G_CALLBACK (on_merge_agreed_cb), widget, G_CONNECT_SWAPPED);
    adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static gboolean
is_empty (PosternNetworksPage *self, guint n)
{
    return n == 0;
}

static void
postern_networks_page_constructed (GObject *object)
{
    PosternNetworksPage *self = POSTERN_NETWORKS_PAGE (object);
    PosternPage *page = POSTERN_PAGE (object);
    PosternPlan *plan = postern_page_get_plan (page);

    G_OBJECT_CLASS (postern_networks_page_parent_class)->constructed (object);
    postern_records_page_set_up (POSTERN_RECORDS_PAGE (self), postern_plan_get_trusted_networks (plan), self->adder,
                                 self->search_entry, self->list_view);
    g_object_set (self->findings_box, "model", postern_session_get_findings (postern_page_get_session (page)), "plan",
                  plan, NULL);
}

static void
postern_networks_page_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_NETWORKS_PAGE);
    G_OBJECT_CLASS (postern_networks_page_parent_class)->dispose (object);
}

static void
postern_networks_page_class_init (PosternNetworksPageClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    PosternRecordsPageClass *records_class = POSTERN_RECORDS_PAGE_CLASS (klass);

    object_class->constructed = postern_networks_page_constructed;
    object_class->dispose = postern_networks_page_dispose;
    records_class->parser = parse_network;
    records_class->key = network_key;
    records_class->compare = compare_networks;
    records_class->matches = network_matches;
    records_class->get_name = network_name;
    records_class->describe = describe_network;
    records_class->make_row = make_row;
    records_class->show = show_network;
    records_class->added_text = added_text;
    records_class->removed_text = removed_text;
    records_class->remove_all_heading = remove_all_heading;
    records_class->wanted = POSTERN_IMPORT_NETWORKS;

    g_type_ensure (POSTERN_TYPE_FINDINGS_BOX);
    g_type_ensure (POSTERN_TYPE_RECORD_ADDER);
    gtk_widget_class_install_action (widget_class, "networks.merge", NULL, merge);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-networks-page.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternNetworksPage, findings_box);
    gtk_widget_class_bind_template_child (widget_class, PosternNetworksPage, adder);
    gtk_widget_class_bind_template_child (widget_class, PosternNetworksPage, search_entry);
    gtk_widget_class_bind_template_child (widget_class, PosternNetworksPage, list_view);
    gtk_widget_class_bind_template_callback (widget_class, is_empty);
}

static void
postern_networks_page_init (PosternNetworksPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
