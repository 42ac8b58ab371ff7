/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* PosternPmgList: the four lists of a Proxmox Mail Gateway that a plan is about */
typedef enum {
    POSTERN_PMG_LIST_NETWORKS,
    POSTERN_PMG_LIST_MAIL,
    POSTERN_PMG_LIST_TRANSPORT,
    POSTERN_PMG_LIST_DOMAINS,
} PosternPmgList;

#define POSTERN_PMG_N_LISTS (POSTERN_PMG_LIST_DOMAINS + 1)

/* postern_pmg_list_get_path: Returns: (transfer none): where the list is: "/config/domains" */
const char *postern_pmg_list_get_path (PosternPmgList list);

/*
 * PosternPmgRecord:
 * @key: the domain or the network, in the server's own spelling, which is the only one that it deletes by
 * @comment: what someone has written about it
 * @host: (nullable): of a transport: where mail goes
 * @protocol: (nullable): of a transport: "smtp" or "lmtp"
 * @port: of a transport
 * @use_mx: of a transport; 0 for an address and for LMTP, whatever was sent
 *
 * One record of the lists of relay domains, transports and trusted networks.
 */
typedef struct {
    char *key;
    char *comment;
    char *host;
    char *protocol;
    guint port;
    gboolean use_mx;
} PosternPmgRecord;

PosternPmgRecord *postern_pmg_record_new (const char *key, const char *comment);
void postern_pmg_record_free (PosternPmgRecord *self);

/* postern_pmg_record_describe: Returns: (transfer full): a text that is the same exactly if the record is */
char *postern_pmg_record_describe (const PosternPmgRecord *self);

/*
 * PosternPmgConfig:
 * @records: (element-type PosternPmgRecord): each list but the mail settings, in the server's order
 * @mail: (element-type utf8 utf8): the mail settings that are set
 * @digest: what the server wants back with the next change of the mail settings
 *
 * What a Proxmox Mail Gateway has.
 */
typedef struct {
    GPtrArray *records[POSTERN_PMG_N_LISTS];
    GHashTable *mail;
    char *digest;
} PosternPmgConfig;

PosternPmgConfig *postern_pmg_config_new (void);
void postern_pmg_config_free (PosternPmgConfig *self);

/* postern_pmg_config_get_option: Returns: (transfer none): the mail setting @name, its documented default if it is not
 * set; "" for none */
const char *postern_pmg_config_get_option (PosternPmgConfig *self, const char *name);
guint postern_pmg_config_get_number (PosternPmgConfig *self, const char *name);

/* postern_pmg_config_find: Returns: (transfer none) (nullable): the record with exactly this key */
PosternPmgRecord *postern_pmg_config_find (PosternPmgConfig *self, PosternPmgList list, const char *key);

/*
 * postern_pmg_config_describe:
 * @key: a record's key, or the names of mail settings with commas
 *
 * Returns: (transfer full): a text that is the same exactly if the record is; "" if it is not there
 */
char *postern_pmg_config_describe (PosternPmgConfig *self, PosternPmgList list, const char *key);

/* postern_pmg_config_get_revision: Returns: (transfer full): a text that changes with whatever is in the lists, and
 * with any other setting that has the same digest */
char *postern_pmg_config_get_revision (PosternPmgConfig *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternPmgRecord, postern_pmg_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternPmgConfig, postern_pmg_config_free)

G_END_DECLS
