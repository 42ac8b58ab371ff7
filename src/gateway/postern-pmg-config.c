/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-pmg-config.h"

#include <stdlib.h>
#include <string.h>

/* How much of the two digests stands in a revision: enough to tell two configurations apart, little enough to read. */
#define DIGEST_DIGITS 8
#define HASH_DIGITS 12

/* Which mail settings concern a plan, and what they are where nobody has set them (PMG::Config). */
static const struct {
    const char *name;
    const char *value;
} defaults[] = {
    { "relay", "" },           { "relayport", "25" }, { "relayprotocol", "smtp" },
    { "relaynomx", "0" },      { "smarthost", "" },   { "smarthostport", "25" },
    { "verifyreceivers", "" }, { "spf", "1" },        { "before_queue_filtering", "0" },
    { "ndr_on_block", "0" },   { "int_port", "26" },
};

const char *
postern_pmg_list_get_path (PosternPmgList list)
{
    static const char *const paths[] = {
        [POSTERN_PMG_LIST_NETWORKS] = "/config/mynetworks",
        [POSTERN_PMG_LIST_MAIL] = "/config/mail",
        [POSTERN_PMG_LIST_TRANSPORT] = "/config/transport",
        [POSTERN_PMG_LIST_DOMAINS] = "/config/domains",
    };

    return paths[list];
}

PosternPmgRecord *
postern_pmg_record_new (const char *key, const char *comment)
{
    PosternPmgRecord *self = g_new0 (PosternPmgRecord, 1);

    self->key = g_strdup (key);
    self->comment = g_strdup (comment);
    return self;
}

void
postern_pmg_record_free (PosternPmgRecord *self)
{
    g_free (self->key);
    g_free (self->comment);
    g_free (self->host);
    g_free (self->protocol);
    g_free (self);
}

char *
postern_pmg_record_describe (const PosternPmgRecord *self)
{
    if (self->host == NULL)
        return g_strdup_printf ("%s #%s", self->key, self->comment);
    return g_strdup_printf ("%s %s:%s:%u %d #%s", self->key, self->protocol, self->host, self->port, self->use_mx,
                            self->comment);
}

PosternPmgConfig *
postern_pmg_config_new (void)
{
    PosternPmgConfig *self = g_new0 (PosternPmgConfig, 1);

    for (gsize i = 0; i < POSTERN_PMG_N_LISTS; i++)
        self->records[i] = g_ptr_array_new_with_free_func ((GDestroyNotify)postern_pmg_record_free);
    self->mail = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    self->digest = g_strdup ("");
    return self;
}

void
postern_pmg_config_free (PosternPmgConfig *self)
{
    for (gsize i = 0; i < POSTERN_PMG_N_LISTS; i++)
        g_ptr_array_unref (self->records[i]);
    g_hash_table_unref (self->mail);
    g_free (self->digest);
    g_free (self);
}

const char *
postern_pmg_config_get_option (PosternPmgConfig *self, const char *name)
{
    const char *value = g_hash_table_lookup (self->mail, name);

    for (gsize i = 0; value == NULL && i < G_N_ELEMENTS (defaults); i++) {
        if (g_str_equal (defaults[i].name, name))
            value = defaults[i].value;
    }
    return value != NULL ? value : "";
}

guint
postern_pmg_config_get_number (PosternPmgConfig *self, const char *name)
{
    return strtoul (postern_pmg_config_get_option (self, name), NULL, 10);
}

PosternPmgRecord *
postern_pmg_config_find (PosternPmgConfig *self, PosternPmgList list, const char *key)
{
    for (guint i = 0; i < self->records[list]->len; i++) {
        PosternPmgRecord *record = self->records[list]->pdata[i];

        if (g_str_equal (record->key, key))
            return record;
    }
    return NULL;
}

static char *
describe_options (PosternPmgConfig *self, const char *names)
{
    g_auto (GStrv) list = g_strsplit (names, ",", -1);
    GString *text = g_string_new (NULL);

    for (gsize i = 0; list[i] != NULL; i++) {
        const char *value = g_hash_table_lookup (self->mail, list[i]);

        g_string_append_printf (text, "%s%s=%s", i > 0 ? " " : "", list[i], value != NULL ? value : "");
    }
    return g_string_free_and_steal (text);
}

char *
postern_pmg_config_describe (PosternPmgConfig *self, PosternPmgList list, const char *key)
{
    PosternPmgRecord *record;

    if (list == POSTERN_PMG_LIST_MAIL)
        return describe_options (self, key);
    record = postern_pmg_config_find (self, list, key);
    return record != NULL ? postern_pmg_record_describe (record) : g_strdup ("");
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
    return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The server lists in no order that it promises. */
static void
hash_list (GChecksum *checksum, GPtrArray *records)
{
    g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

    for (guint i = 0; i < records->len; i++)
        g_ptr_array_add (lines, postern_pmg_record_describe (records->pdata[i]));
    g_ptr_array_sort (lines, compare_texts);
    for (guint i = 0; i < lines->len; i++)
        g_checksum_update (checksum, lines->pdata[i], strlen (lines->pdata[i]) + 1);
    g_checksum_update (checksum, (const guchar *)"\n", 1);
}

char *
postern_pmg_config_get_revision (PosternPmgConfig *self)
{
    GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);
    char *revision;

    for (gsize i = 0; i < POSTERN_PMG_N_LISTS; i++)
        hash_list (checksum, self->records[i]);
    revision =
        g_strdup_printf ("%.*s-%.*s", DIGEST_DIGITS, self->digest, HASH_DIGITS, g_checksum_get_string (checksum));
    g_checksum_free (checksum);
    return revision;
}
