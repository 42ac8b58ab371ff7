/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-import.h"
#include "wizard/postern-page.h"
#include "wizard/postern-record-adder.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_RECORDS_PAGE (postern_records_page_get_type ())

/**
 * PosternRecordsPage:
 *
 * A page about a list of records, from none to 100,000: adds, finds, sorts and removes them, with Undo. The rows, the
 * words and the rest of the page are its subclass's. Rows are made for what is seen only; sorting and searching go on
 * in small pieces between frames.
 *
 * Files with records can be imported: chosen, pasted or dropped on the page; nothing is added before it was shown.
 *
 * Actions: `records.import`, `records.remove-selected` (Delete), `records.remove-all` (asks first), `records.find`
 * (Ctrl+F).
 */
G_DECLARE_DERIVABLE_TYPE (PosternRecordsPage, postern_records_page, POSTERN, RECORDS_PAGE, PosternPage)

/**
 * PosternRecordsPageClass:
 * @parser: what reads a record
 * @key: what makes a record unique
 * @compare: the order of the list
 * @matches: whether a record is what somebody looks for; @needle is folded and never empty
 * @get_name: (transfer full): a record's name for a person
 * @describe: (nullable) (transfer full): what a screen reader says of a record after its name
 * @make_row: a new row
 * @show: lets a row show a record, or nothing
 * @activated: (nullable): Enter was pressed on a row
 * @added_text, @removed_text: (transfer full): that so many records (at least two) were added or removed
 * @remove_all_heading: (transfer none): of the dialog that asks
 * @wanted: what an import is looked through for
 */
struct _PosternRecordsPageClass {
    PosternPageClass parent_class;

    PosternRecordParser parser;
    PosternRecordKey key;
    int (*compare) (gpointer a, gpointer b);
    gboolean (*matches) (gpointer record, const char *needle);
    char *(*get_name) (gpointer record);
    char *(*describe) (PosternRecordsPage *self, gpointer record);
    GtkWidget *(*make_row) (PosternRecordsPage *self);
    void (*show) (PosternRecordsPage *self, GtkWidget *row, gpointer record);
    void (*activated) (PosternRecordsPage *self, gpointer record);
    char *(*added_text) (guint n);
    char *(*removed_text) (guint n);
    const char *(*remove_all_heading) (void);
    PosternImportWanted wanted;
};

/**
 * postern_records_page_set_up:
 * @self: a page whose session is set
 * @records: what the page is about
 * @adder: what adds to it
 * @search: what searches in it
 * @list: what shows it
 *
 * To be called once, when the page has been constructed.
 */
void postern_records_page_set_up (PosternRecordsPage *self, PosternRecordList *records, PosternRecordAdder *adder,
                                  GtkSearchEntry *search, GtkListView *list);

/** postern_records_page_remove: removes a record; a toast offers Undo */
void postern_records_page_remove (PosternRecordsPage *self, gpointer record);

/**
 * postern_records_page_offer_undo:
 * @text: what was done
 * @undo: (scope notified): takes it back; called with the toast and @data
 * @data: (transfer full): for @undo
 * @free_data: frees @data
 *
 * Says what was done in a toast with **Undo**.
 */
void postern_records_page_offer_undo (PosternRecordsPage *self, const char *text, GCallback undo, gpointer data,
                                      GClosureNotify free_data);

G_END_DECLS
