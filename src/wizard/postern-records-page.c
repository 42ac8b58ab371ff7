/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-records-page.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-announce.h"
#include "wizard/postern-import-dialog.h"
#include "wizard/postern-selection-bar.h"

/* From this many rows on a list can be searched. */
#define LONG 10

/* The key under which a list item keeps its row. */
#define ROW "postern-row"

typedef struct {
    PosternRecordList *records;
    PosternRecordAdder *adder;
    GtkSearchEntry *search;
    GtkListView *list;
    GPtrArray *spare_rows; /* that are in no list item: making one takes a millisecond, and a keystroke may need 200 */
    GtkFilter *filter;
    char *needle;
    AdwToast *toast; /* weak: the last one */
} PosternRecordsPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PosternRecordsPage, postern_records_page, POSTERN_TYPE_PAGE)

/* What a toast needs to put records back. */
typedef struct {
    PosternRecordList *list;
    GPtrArray *records;
    guint position; /* of a single one */
} Removal;

static PosternRecordsPagePrivate *
private_of (PosternRecordsPage *self)
{
    return postern_records_page_get_instance_private (self);
}

static void
announce (PosternRecordsPage *self, const char *text)
{
    postern_announce (self, text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* The last change is the one that can be undone: its toast does not wait until those before have been seen. */
static void
show_toast (PosternRecordsPage *self, AdwToast *toast)
{
    PosternRecordsPagePrivate *priv = private_of (self);

    if (priv->toast != NULL)
        adw_toast_dismiss (priv->toast);
    g_set_weak_pointer (&priv->toast, toast);
    postern_page_add_toast (POSTERN_PAGE (self), toast);
}

/*
 * Adding and removing
 */

static void
on_added_cb (PosternRecordsPage *self, guint n, GObject *first)
{
    PosternRecordsPageClass *klass = POSTERN_RECORDS_PAGE_GET_CLASS (self);
    g_autofree char *name = klass->get_name (first);
    g_autofree char *text = NULL;

    if (n == 1) {
        /* Translators: %s is a domain or a network. */
        text = g_strdup_printf (_ ("%s added"), name);
    } else {
        text = klass->added_text (n);
        show_toast (self, g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, NULL));
    }
    announce (self, text);
}

static void
removal_free (gpointer data, GClosure *closure)
{
    Removal *removal = data;

    g_object_unref (removal->list);
    g_ptr_array_unref (removal->records);
    g_free (removal);
}

static void
undo_cb (AdwToast *toast, Removal *removal)
{
    if (removal->records->len == 1)
        postern_record_list_insert (removal->list, removal->position, removal->records->pdata[0]);
    else
        postern_record_list_append_all (removal->list, removal->records);
}

void
postern_records_page_offer_undo (PosternRecordsPage *self, const char *text, GCallback undo, gpointer data,
                                 GClosureNotify free_data)
{
    AdwToast *toast;

    g_return_if_fail (POSTERN_IS_RECORDS_PAGE (self));

    toast = g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, NULL);
    adw_toast_set_button_label (toast, C_ ("button", "_Undo"));
    g_signal_connect_data (toast, "button-clicked", undo, data, free_data, G_CONNECT_DEFAULT);
    show_toast (self, toast);
    announce (self, text);
}

/* @records: (transfer full) */
static void
offer_undo (PosternRecordsPage *self, const char *text, GPtrArray *records, guint position)
{
    Removal *removal = g_new (Removal, 1);

    removal->list = g_object_ref (private_of (self)->records);
    removal->records = records;
    removal->position = position;
    postern_records_page_offer_undo (self, text, G_CALLBACK (undo_cb), removal, removal_free);
}

void
postern_records_page_remove (PosternRecordsPage *self, gpointer record)
{
    PosternRecordsPagePrivate *priv = private_of (self);
    PosternRecordsPageClass *klass = POSTERN_RECORDS_PAGE_GET_CLASS (self);
    GPtrArray *removed = g_ptr_array_new_with_free_func (g_object_unref);
    g_autofree char *name = NULL;
    g_autofree char *text = NULL;
    guint position = 0;

    g_return_if_fail (POSTERN_IS_RECORDS_PAGE (self));

    g_ptr_array_add (removed, g_object_ref (record));
    postern_record_list_find (priv->records, klass->key (record), &position);
    postern_record_list_remove (priv->records, klass->key (record));
    /* Translators: %s is a domain or a network. */
    name = klass->get_name (record);
    text = g_strdup_printf (_ ("%s removed"), name);
    offer_undo (self, text, removed, position);
}

static void
remove_those (PosternRecordsPage *self, GPtrArray *records)
{
    g_autofree char *text = NULL;

    if (records->len == 1)
        postern_records_page_remove (self, records->pdata[0]);
    if (records->len <= 1)
        return;
    text = POSTERN_RECORDS_PAGE_GET_CLASS (self)->removed_text (records->len);
    postern_record_list_remove_those (private_of (self)->records, records);
    offer_undo (self, text, g_ptr_array_ref (records), 0);
}

static void
remove_all (PosternRecordsPage *self)
{
    PosternRecordList *list = private_of (self)->records;
    g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

    for (guint i = 0; i < postern_record_list_get_length (list); i++)
        g_ptr_array_add (records, g_object_ref (postern_record_list_get (list, i)));
    remove_those (self, records);
}

/* Which may be half of 100,000: they go at once. */
static void
remove_selected (GtkWidget *widget, const char *action, GVariant *parameter)
{
    PosternRecordsPage *self = POSTERN_RECORDS_PAGE (widget);
    PosternRecordsPagePrivate *priv = private_of (self);
    GtkSelectionModel *model = gtk_list_view_get_model (priv->list);
    g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (model);
    g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
    guint first = gtk_bitset_get_minimum (selected), left;
    GtkBitsetIter iter;
    guint position;

    for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
         more = gtk_bitset_iter_next (&iter, &position))
        g_ptr_array_add (records, g_list_model_get_item (G_LIST_MODEL (model), position));
    remove_those (self, records);
    left = g_list_model_get_n_items (G_LIST_MODEL (model));
    if (left > 0)
        gtk_list_view_scroll_to (priv->list, MIN (first, left - 1), GTK_LIST_SCROLL_FOCUS, NULL);
    gtk_widget_grab_focus (left > 0 ? GTK_WIDGET (priv->list) : GTK_WIDGET (priv->adder));
}

static void
on_remove_all_answered_cb (PosternRecordsPage *self, const char *response)
{
    if (g_str_equal (response, "remove"))
        remove_all (self);
}

static void
ask_to_remove_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
    PosternRecordsPageClass *klass = POSTERN_RECORDS_PAGE_GET_CLASS (widget);
    AdwDialog *dialog = adw_alert_dialog_new (
        klass->remove_all_heading (), _ ("They are removed from this plan. The gateway keeps what it has until it is "
                                         "set up with the plan."));

    adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", C_ ("button", "_Cancel"), "remove",
                                    C_ ("button", "_Remove All"), NULL);
    adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
    adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
    adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
    g_signal_connect_object (dialog, "response", G_CALLBACK (on_remove_all_answered_cb), widget, G_CONNECT_SWAPPED);
    adw_dialog_present (dialog, widget);
}

/*
 * Importing
 */

/* What a toast needs to take an import back. */
typedef struct {
    PosternPlan *plan;
    PosternImportRecords *records;
} Imported;

static void
imported_free (gpointer data, GClosure *closure)
{
    Imported *imported = data;

    g_object_unref (imported->plan);
    postern_import_records_free (imported->records);
    g_free (imported);
}

static void
undo_import_cb (AdwToast *toast, Imported *imported)
{
    postern_import_records_undo (imported->records, imported->plan);
}

static void
on_import_agreed_cb (PosternRecordsPage *self, PosternImportDialog *dialog)
{
    Imported *imported = g_new (Imported, 1);
    g_autofree char *text = NULL;
    guint n;

    imported->plan = g_object_ref (postern_page_get_plan (POSTERN_PAGE (self)));
    imported->records = postern_import_dialog_steal_records (dialog);
    n = postern_import_records_apply (imported->records, imported->plan);
    text = g_strdup_printf (ngettext ("%u entry imported", "%u entries imported", n), n);
    postern_records_page_offer_undo (self, text, G_CALLBACK (undo_import_cb), imported, imported_free);
}

static PosternImportDialog *
open_import (PosternRecordsPage *self)
{
    PosternImportDialog *dialog = postern_import_dialog_new (POSTERN_RECORDS_PAGE_GET_CLASS (self)->wanted,
                                                             postern_page_get_plan (POSTERN_PAGE (self)));

    g_signal_connect_object (dialog, "agreed", G_CALLBACK (on_import_agreed_cb), self, G_CONNECT_SWAPPED);
    adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
    return dialog;
}

static void
import (GtkWidget *widget, const char *action, GVariant *parameter)
{
    open_import (POSTERN_RECORDS_PAGE (widget));
}

static void
on_long_text_cb (PosternRecordsPage *self, const char *text)
{
    postern_import_dialog_read_text (open_import (self), text);
}

/* Returns: (transfer full) (nullable): the plan file among what was dropped */
static GFile *
find_plan (const GValue *value)
{
    g_autoptr (GSList) files = NULL;
    g_autofree char *name = NULL;
    GFile *file = NULL;

    if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
        files = gdk_file_list_get_files (g_value_get_boxed (value));
    if (files != NULL)
        file = files->data;
    else if (G_VALUE_HOLDS (value, G_TYPE_FILE))
        file = g_value_get_object (value);
    name = file != NULL ? g_file_get_basename (file) : NULL;
    return name != NULL && g_str_has_suffix (name, ".postern") ? g_object_ref (file) : NULL;
}

/* A plan is opened, here as everywhere in the window; everything else is imported. */
static gboolean
on_drop_cb (PosternRecordsPage *self, const GValue *value)
{
    g_autoptr (GFile) plan = find_plan (value);
    g_autofree char *uri = NULL;

    if (plan == NULL)
        return postern_import_dialog_take_drop (open_import (self), value);
    uri = g_file_get_uri (plan);
    return gtk_widget_activate_action (GTK_WIDGET (self), "win.open-file", "s", uri);
}

/*
 * The list
 */

static gboolean
is_match (gpointer record, gpointer user_data)
{
    PosternRecordsPage *self = user_data;
    const char *needle = private_of (self)->needle;

    return needle == NULL || POSTERN_RECORDS_PAGE_GET_CLASS (self)->matches (record, needle);
}

static int
compare_records (gconstpointer a, gconstpointer b, gpointer klass)
{
    return ((PosternRecordsPageClass *)klass)->compare ((gpointer)a, (gpointer)b);
}

static void
on_search_changed_cb (PosternRecordsPage *self)
{
    PosternRecordsPagePrivate *priv = private_of (self);
    g_autofree char *text = g_strstrip (g_utf8_strdown (gtk_editable_get_text (GTK_EDITABLE (priv->search)), -1));
    const char *before = priv->needle != NULL ? priv->needle : "";
    GtkFilterChange change = GTK_FILTER_CHANGE_DIFFERENT;

    if (g_str_has_prefix (text, before))
        change = GTK_FILTER_CHANGE_MORE_STRICT;
    else if (g_str_has_prefix (before, text))
        change = GTK_FILTER_CHANGE_LESS_STRICT;
    if (!g_set_str (&priv->needle, *text != '\0' ? text : NULL))
        return;
    gtk_filter_changed (priv->filter, change);
    /* The list would keep the row that was the first one where it is, and what was found in front of it out of sight.
     */
    if (g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (priv->list))) > 0)
        gtk_list_view_scroll_to (priv->list, 0, GTK_LIST_SCROLL_NONE, NULL);
}

static void
on_stop_search_cb (PosternRecordsPage *self)
{
    PosternRecordsPagePrivate *priv = private_of (self);

    gtk_editable_set_text (GTK_EDITABLE (priv->search), "");
    gtk_widget_grab_focus (GTK_WIDGET (priv->adder));
}

/* The search is there while the list is long, and for as long as something is looked for. */
static void
on_length_changed_cb (PosternRecordsPage *self)
{
    PosternRecordsPagePrivate *priv = private_of (self);
    guint length = postern_record_list_get_length (priv->records);

    gtk_widget_set_visible (GTK_WIDGET (priv->search), length >= LONG || priv->needle != NULL);
    gtk_widget_action_set_enabled (GTK_WIDGET (self), "records.remove-all", length > 0);
}

static void
on_selection_changed_cb (PosternRecordsPage *self)
{
    g_autoptr (GtkBitset) selected =
        gtk_selection_model_get_selection (gtk_list_view_get_model (private_of (self)->list));

    gtk_widget_action_set_enabled (GTK_WIDGET (self), "records.remove-selected", !gtk_bitset_is_empty (selected));
}

static void
find (GtkWidget *widget, const char *action, GVariant *parameter)
{
    PosternRecordsPagePrivate *priv = private_of (POSTERN_RECORDS_PAGE (widget));

    if (gtk_widget_get_visible (GTK_WIDGET (priv->search)))
        gtk_widget_grab_focus (GTK_WIDGET (priv->search));
}

static void
on_row_setup_cb (PosternRecordsPage *self, GtkListItem *item)
{
    GPtrArray *spare = private_of (self)->spare_rows;
    g_autoptr (GtkWidget) row = spare->len > 0
                                    ? g_ptr_array_steal_index_fast (spare, spare->len - 1)
                                    : g_object_ref_sink (POSTERN_RECORDS_PAGE_GET_CLASS (self)->make_row (self));

    gtk_list_item_set_child (item, row);
    /* The item has no child any more when it goes. */
    g_object_set_data_full (G_OBJECT (item), ROW, g_steal_pointer (&row), g_object_unref);
}

static void
on_row_teardown_cb (PosternRecordsPage *self, GtkListItem *item)
{
    g_ptr_array_add (private_of (self)->spare_rows, g_object_steal_data (G_OBJECT (item), ROW));
}

static void
on_row_bind_cb (PosternRecordsPage *self, GtkListItem *item)
{
    PosternRecordsPageClass *klass = POSTERN_RECORDS_PAGE_GET_CLASS (self);
    gpointer record = gtk_list_item_get_item (item);
    g_autofree char *name = klass->get_name (record);
    g_autofree char *description = klass->describe != NULL ? klass->describe (self, record) : NULL;

    klass->show (self, gtk_list_item_get_child (item), record);
    gtk_list_item_set_accessible_label (item, name);
    gtk_list_item_set_accessible_description (item, description != NULL ? description : "");
}

static void
on_row_unbind_cb (PosternRecordsPage *self, GtkListItem *item)
{
    POSTERN_RECORDS_PAGE_GET_CLASS (self)->show (self, gtk_list_item_get_child (item), NULL);
}

static void
on_row_activated_cb (PosternRecordsPage *self, guint position, GtkListView *list)
{
    g_autoptr (GObject) record = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (list)), position);

    if (record != NULL && POSTERN_RECORDS_PAGE_GET_CLASS (self)->activated != NULL)
        POSTERN_RECORDS_PAGE_GET_CLASS (self)->activated (self, record);
}

static GListModel *
make_model (PosternRecordsPage *self)
{
    PosternRecordsPagePrivate *priv = private_of (self);
    GtkSorter *sorter =
        GTK_SORTER (gtk_custom_sorter_new (compare_records, POSTERN_RECORDS_PAGE_GET_CLASS (self), NULL));
    GtkSortListModel *sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (priv->records)), sorter);
    GtkFilterListModel *filtered;

    priv->filter = GTK_FILTER (gtk_custom_filter_new (is_match, self, NULL));
    /* Not incremental: such a filter takes every row away first, to put most of them back one after the other. */
    filtered = gtk_filter_list_model_new (G_LIST_MODEL (sorted), g_object_ref (priv->filter));
    gtk_sort_list_model_set_incremental (sorted, TRUE);
    return G_LIST_MODEL (filtered);
}

static GtkListItemFactory *
make_factory (PosternRecordsPage *self)
{
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

    g_signal_connect_object (factory, "setup", G_CALLBACK (on_row_setup_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (factory, "teardown", G_CALLBACK (on_row_teardown_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (factory, "bind", G_CALLBACK (on_row_bind_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (factory, "unbind", G_CALLBACK (on_row_unbind_cb), self, G_CONNECT_SWAPPED);
    return factory;
}

void
postern_records_page_set_up (PosternRecordsPage *self, PosternRecordList *records, PosternRecordAdder *adder,
                             GtkSearchEntry *search, GtkListView *list)
{
    PosternRecordsPageClass *klass;
    PosternRecordsPagePrivate *priv;
    g_autoptr (GtkMultiSelection) selection = NULL;
    g_autoptr (GtkListItemFactory) factory = NULL;

    g_return_if_fail (POSTERN_IS_RECORDS_PAGE (self));
    g_return_if_fail (POSTERN_IS_RECORD_LIST (records));

    klass = POSTERN_RECORDS_PAGE_GET_CLASS (self);
    priv = private_of (self);
    priv->records = g_object_ref (records);
    priv->adder = g_object_ref (adder);
    priv->search = g_object_ref (search);
    priv->list = g_object_ref (list);
    selection = gtk_multi_selection_new (make_model (self));
    factory = make_factory (self);
    gtk_list_view_set_factory (list, factory);
    gtk_list_view_set_model (list, GTK_SELECTION_MODEL (selection));
    postern_record_adder_set_target (adder, records, klass->parser, klass->key);
    g_signal_connect_object (adder, "added", G_CALLBACK (on_added_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (adder, "long-text", G_CALLBACK (on_long_text_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (search, "search-changed", G_CALLBACK (on_search_changed_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (search, "stop-search", G_CALLBACK (on_stop_search_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (list, "activate", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (records, "items-changed", G_CALLBACK (on_length_changed_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (selection, "selection-changed", G_CALLBACK (on_selection_changed_cb), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (selection, "items-changed", G_CALLBACK (on_selection_changed_cb), self, G_CONNECT_SWAPPED);
    postern_page_add_top_bar (POSTERN_PAGE (self), postern_selection_bar_new (GTK_SELECTION_MODEL (selection)));
    on_length_changed_cb (self);
    on_selection_changed_cb (self);
}

/* What stands in the entry is meant to be in the list, with or without Enter. */
static void
postern_records_page_proceed (PosternPage *page)
{
    if (postern_record_adder_commit (private_of (POSTERN_RECORDS_PAGE (page))->adder))
        POSTERN_PAGE_CLASS (postern_records_page_parent_class)->proceed (page);
}

static void
postern_records_page_dispose (GObject *object)
{
    PosternRecordsPagePrivate *priv = private_of (POSTERN_RECORDS_PAGE (object));

    if (priv->list != NULL)
        gtk_list_view_set_model (priv->list, NULL);
    g_ptr_array_set_size (priv->spare_rows, 0);
    g_clear_weak_pointer (&priv->toast);
    g_clear_object (&priv->records);
    g_clear_object (&priv->adder);
    g_clear_object (&priv->search);
    g_clear_object (&priv->list);
    g_clear_object (&priv->filter);
    G_OBJECT_CLASS (postern_records_page_parent_class)->dispose (object);
}

static void
postern_records_page_finalize (GObject *object)
{
    PosternRecordsPagePrivate *priv = private_of (POSTERN_RECORDS_PAGE (object));

    g_ptr_array_unref (priv->spare_rows);
    g_free (priv->needle);
    G_OBJECT_CLASS (postern_records_page_parent_class)->finalize (object);
}

static void
postern_records_page_class_init (PosternRecordsPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_records_page_dispose;
    G_OBJECT_CLASS (klass)->finalize = postern_records_page_finalize;
    POSTERN_PAGE_CLASS (klass)->proceed = postern_records_page_proceed;
    gtk_widget_class_install_action (widget_class, "records.import", NULL, import);
    gtk_widget_class_install_action (widget_class, "records.remove-all", NULL, ask_to_remove_all);
    gtk_widget_class_install_action (widget_class, "records.remove-selected", NULL, remove_selected);
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, GDK_NO_MODIFIER_MASK, "records.remove-selected",
                                         NULL);
    gtk_widget_class_install_action (widget_class, "records.find", NULL, find);
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "records.find", NULL);
}

static void
postern_records_page_init (PosternRecordsPage *self)
{
    GtkDropTarget *target = postern_import_dialog_make_drop_target ();

    private_of (self)->spare_rows = g_ptr_array_new_with_free_func (g_object_unref);
    g_signal_connect_object (target, "drop", G_CALLBACK (on_drop_cb), self, G_CONNECT_SWAPPED);
    gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
