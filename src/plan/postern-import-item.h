/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-domain.h"
#include "plan/postern-hostname.h"
#include "plan/postern-import-layout.h"

G_BEGIN_DECLS

/*
 * What lies between the text of an import file and the records of a plan. A scanner (postern-import-scanner.h) cuts the
 * text into items and says of what kind each is; postern_import_item_read() understands one. An item can be read again
 * at any time: so that a preview of a million lines need not remember what was wrong with each.
 */

/** An item that is longer is nothing that a plan can hold; it is not read. */
#define POSTERN_IMPORT_ITEM_MAX_LENGTH 4095

/**
 * PosternImportItemKind:
 * @POSTERN_IMPORT_ITEM_DOMAIN: the name of a domain
 * @POSTERN_IMPORT_ITEM_WORD: what stands where a domain should, but is hardly one
 * @POSTERN_IMPORT_ITEM_DOMAIN_ENTRY: a name and a value, of a Postfix table of domains
 * @POSTERN_IMPORT_ITEM_DOMAIN_ROW: a row of a table with domains
 * @POSTERN_IMPORT_ITEM_TRANSPORT: an entry of a transport(5) table, of which alone nobody knows what is local
 * @POSTERN_IMPORT_ITEM_TRANSPORT_OF_MAIN_CF: one that stands beside relay_domains, which says what is local
 * @POSTERN_IMPORT_ITEM_NETWORK: an address or a prefix
 * @POSTERN_IMPORT_ITEM_NETWORK_ENTRY: a prefix and a value, of a Postfix table of networks
 * @POSTERN_IMPORT_ITEM_NETWORK_ROW: a row of a table with networks
 * @POSTERN_IMPORT_ITEM_INTERNAL_SERVER: the value of relay_transport
 * @POSTERN_IMPORT_ITEM_EDGE_GATEWAY: the value of relayhost
 * @POSTERN_IMPORT_ITEM_REFERENCE: what stands for something that is not in the file: a table, another setting
 * @POSTERN_IMPORT_ITEM_TOO_LONG: the beginning of an item that is too long
 */
typedef enum {
    POSTERN_IMPORT_ITEM_DOMAIN,
    POSTERN_IMPORT_ITEM_WORD,
    POSTERN_IMPORT_ITEM_DOMAIN_ENTRY,
    POSTERN_IMPORT_ITEM_DOMAIN_ROW,
    POSTERN_IMPORT_ITEM_TRANSPORT,
    POSTERN_IMPORT_ITEM_TRANSPORT_OF_MAIN_CF,
    POSTERN_IMPORT_ITEM_NETWORK,
    POSTERN_IMPORT_ITEM_NETWORK_ENTRY,
    POSTERN_IMPORT_ITEM_NETWORK_ROW,
    POSTERN_IMPORT_ITEM_INTERNAL_SERVER,
    POSTERN_IMPORT_ITEM_EDGE_GATEWAY,
    POSTERN_IMPORT_ITEM_REFERENCE,
    POSTERN_IMPORT_ITEM_TOO_LONG,
} PosternImportItemKind;

/** PosternImportItem: @text is not NUL-terminated; it is a part of the whole file's text */
typedef struct {
    PosternImportItemKind kind;
    guint line;
    const char *text;
    gsize length;
} PosternImportItem;

/** PosternImportSubject: what part of a plan an item is for */
typedef enum {
    POSTERN_IMPORT_SUBJECT_DOMAIN,
    POSTERN_IMPORT_SUBJECT_NETWORK,
    POSTERN_IMPORT_SUBJECT_INTERNAL_SERVER,
    POSTERN_IMPORT_SUBJECT_EDGE_GATEWAY,
} PosternImportSubject;

#define POSTERN_TYPE_IMPORT_SUBJECT (postern_import_subject_get_type ())
GType postern_import_subject_get_type (void) G_GNUC_CONST;

/** postern_import_item_get_subject: Returns: what part of a plan @kind is for */
PosternImportSubject postern_import_item_get_subject (PosternImportItemKind kind, const PosternImportLayout *layout);

/**
 * PosternImportRecord:
 * @subject: what part of a plan it is for
 * @key: what the plan knows the record by: a domain's A-label name, a network's canonical text, or nothing;
 * NUL-terminated
 * @key_length: its length
 * @local: whether a domain is local
 * @routing: a domain's routing
 * @route: (nullable): a domain's own route, or the internal server or edge gateway
 *
 * What an item says. A plain value.
 */
typedef struct {
    PosternImportSubject subject;
    char key[POSTERN_HOSTNAME_SIZE + 1];
    gsize key_length;
    gboolean local;
    PosternDomainRouting routing;
    PosternRoute *route;
} PosternImportRecord;

void postern_import_record_clear (PosternImportRecord *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PosternImportRecord, postern_import_record_clear)

/**
 * postern_import_item_read:
 * @item: an item
 * @layout: how its file is laid out
 * @record: (out caller-allocates): what it says, to be cleared afterwards whatever is returned
 * @error: return location for an error that says why it cannot be taken, or %NULL
 */
gboolean postern_import_item_read (const PosternImportItem *item, const PosternImportLayout *layout,
                                   PosternImportRecord *record, GError **error);

G_END_DECLS
