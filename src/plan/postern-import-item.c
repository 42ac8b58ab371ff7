/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-import-item.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-hostname.h"
#include "plan/postern-import-row.h"
#include "plan/postern-import-transport.h"
#include "plan/postern-network.h"
#include "plan/postern-plan-error.h"
#include "plan/postern-text.h"

G_DEFINE_ENUM_TYPE (PosternImportSubject, postern_import_subject,
                    G_DEFINE_ENUM_VALUE (POSTERN_IMPORT_SUBJECT_DOMAIN, "domain"),
                    G_DEFINE_ENUM_VALUE (POSTERN_IMPORT_SUBJECT_NETWORK, "network"),
                    G_DEFINE_ENUM_VALUE (POSTERN_IMPORT_SUBJECT_INTERNAL_SERVER, "internal-server"),
                    G_DEFINE_ENUM_VALUE (POSTERN_IMPORT_SUBJECT_EDGE_GATEWAY, "edge-gateway"))

PosternImportSubject
postern_import_item_get_subject (PosternImportItemKind kind, const PosternImportLayout *layout)
{
    switch (kind) {
    case POSTERN_IMPORT_ITEM_DOMAIN:
    case POSTERN_IMPORT_ITEM_WORD:
    case POSTERN_IMPORT_ITEM_DOMAIN_ENTRY:
    case POSTERN_IMPORT_ITEM_DOMAIN_ROW:
    case POSTERN_IMPORT_ITEM_TRANSPORT:
    case POSTERN_IMPORT_ITEM_TRANSPORT_OF_MAIN_CF:
        return POSTERN_IMPORT_SUBJECT_DOMAIN;
    case POSTERN_IMPORT_ITEM_NETWORK:
    case POSTERN_IMPORT_ITEM_NETWORK_ENTRY:
    case POSTERN_IMPORT_ITEM_NETWORK_ROW:
        return POSTERN_IMPORT_SUBJECT_NETWORK;
    case POSTERN_IMPORT_ITEM_INTERNAL_SERVER:
        return POSTERN_IMPORT_SUBJECT_INTERNAL_SERVER;
    case POSTERN_IMPORT_ITEM_EDGE_GATEWAY:
        return POSTERN_IMPORT_SUBJECT_EDGE_GATEWAY;
    case POSTERN_IMPORT_ITEM_REFERENCE:
    case POSTERN_IMPORT_ITEM_TOO_LONG:
    default:
        return layout->wanted & POSTERN_IMPORT_DOMAINS ? POSTERN_IMPORT_SUBJECT_DOMAIN : POSTERN_IMPORT_SUBJECT_NETWORK;
    }
}

void
postern_import_record_clear (PosternImportRecord *self)
{
    g_clear_pointer (&self->route, postern_route_unref);
}

static gboolean G_GNUC_PRINTF (3, 0)
    refuse (GError **error, PosternPlanError code, const char *sentence, const char *text)
{
    g_autofree char *shown = postern_text_for_message (text);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    g_set_error (error, POSTERN_PLAN_ERROR, (int)code, sentence, shown);
#pragma GCC diagnostic pop
    return FALSE;
}

static void
set_key (PosternImportRecord *record, const char *key)
{
    record->key_length = g_strlcpy (record->key, key, sizeof record->key);
}

static gboolean
read_name (PosternImportRecord *record, const char *name, GError **error)
{
    g_autofree char *canonical = postern_domain_canonical_name (name, error);

    if (canonical)
        set_key (record, canonical);
    return canonical != NULL;
}

/* `10.0.0.0 255.0.0.0` is an address and a netmask, which has its own answer. */
static void
join_mask (char *text)
{
    char *blank = strpbrk (text, " \t");

    if (blank && strpbrk (text, "/-") == NULL)
        *blank = '/';
}

static gboolean
read_network (PosternImportRecord *record, char *text, GError **error)
{
    g_autoptr (PosternNetwork) network = NULL;

    join_mask (text);
    network = postern_network_new (text, error);
    if (network)
        set_key (record, postern_network_get_text (network));
    return network != NULL;
}

/* Cuts the lines of an entry together and `key value` or `key = value` apart; a comment among them goes. Returns the
 * value. */
static char *
split_entry (char *text)
{
    char *to = text;
    char *value;

    for (const char *at = text; *at != '\0'; at++) {
        gboolean begins = at == text || g_ascii_isspace (at[-1]);

        if (*at == '#' && begins) {
            at += strcspn (at, "\n");
            if (*at == '\0')
                break;
        }
        *to++ = *at == '\n' || *at == '\r' ? ' ' : *at;
    }
    *to = '\0';
    g_strstrip (text);

    value = text + strcspn (text, " \t=");
    if (*value == '\0')
        return value;
    *value++ = '\0';
    value += strspn (value, " \t");
    if (*value == '=')
        value += 1 + strspn (value + 1, " \t");
    return value;
}

/* A table that refuses is not one of what is local or trusted, whatever its name (access(5)). */
static gboolean
check_value (const char *value, GError **error)
{
    static const char *const refusing[] = { "reject", "defer", "discard", "hold", "dunno", "bounce" };

    for (guint i = 0; i < G_N_ELEMENTS (refusing); i++) {
        if (g_ascii_strncasecmp (value, refusing[i], strlen (refusing[i])) == 0)
            return refuse (error, POSTERN_PLAN_ERROR_INVALID_ROUTE,
                           _ ("The table says “%s” of it, so that it is not taken."), value);
    }
    if ((value[0] == '4' || value[0] == '5') && g_ascii_isdigit (value[1]) && g_ascii_isdigit (value[2]))
        return refuse (error, POSTERN_PLAN_ERROR_INVALID_ROUTE,
                       _ ("The table says “%s” of it, so that it is not taken."), value);
    return TRUE;
}

static gboolean
read_entry (PosternImportRecord *record, char *text, GError **error)
{
    char *value = split_entry (text);

    if (!check_value (value, error))
        return FALSE;
    return record->subject == POSTERN_IMPORT_SUBJECT_DOMAIN ? read_name (record, text, error)
                                                            : read_network (record, text, error);
}

static gboolean
read_transport (PosternImportRecord *record, char *text, gboolean alone, GError **error)
{
    char *value = split_entry (text);

    if (g_str_equal (text, "*"))
        return refuse (error, POSTERN_PLAN_ERROR_INVALID_DOMAIN,
                       _ ("“%s” stands for all other mail, which goes to the edge gateway."), text);
    if (!postern_import_transport_parse (value, &record->routing, &record->route, error))
        return FALSE;
    /* Who gives a domain a host of its own receives its mail; past that, a table of routes does not say whose the
     * domain is. */
    record->local = alone && record->routing != POSTERN_DOMAIN_ROUTING_DNS;
    return read_name (record, text, error);
}

static const char *
get_field (const PosternImportRow *row, const PosternImportLayout *layout, PosternImportColumn column)
{
    int position = layout->columns.position[column];

    return position >= 0 && (guint)position < row->n_fields ? row->fields[position] : "";
}

static gboolean
read_mx (const char *text, gboolean *mx, GError **error)
{
    static const char *const yes[] = { "1", "yes", "y", "true", "on", "x",    "mx",     "да",
                                       "д", "ano", "a", "oui",  "o",  "vrai", "истина", NULL };
    static const char *const no[] = { "",    "0", "no", "n",   "false", "off",  "-",
                                      "нет", "н", "ne", "non", "faux",  "ложь", NULL };
    g_autofree char *folded = g_utf8_strdown (text, -1);

    *mx = g_strv_contains (yes, folded);
    if (*mx || g_strv_contains (no, folded))
        return TRUE;
    return refuse (error, POSTERN_PLAN_ERROR_INVALID_ROUTE,
                   _ ("“%s” does not say whether MX records are looked up: write yes or no."), text);
}

static PosternRoute *
read_host (const char *host, const char *port, GError **error)
{
    g_autoptr (GInetAddress) address = postern_hostname_parse_address (host);
    g_autofree char *text = NULL;

    if (*port == '\0')
        return postern_route_parse (host, error);
    text = g_strdup_printf (address && host[0] != '[' ? "[%s]:%s" : "%s:%s", host, port);
    return postern_route_parse (text, error);
}

static gboolean
read_row_route (PosternImportRecord *record, const char *host, const char *port, const char *mx_text, GError **error)
{
    g_autoptr (PosternRoute) route = NULL;
    gboolean mx;

    if (*host == '\0')
        return TRUE;
    if (g_ascii_strcasecmp (host, "dns") == 0) {
        record->routing = POSTERN_DOMAIN_ROUTING_DNS;
        return TRUE;
    }
    if (*port == '\0' && postern_import_looks_like_transport (host))
        return postern_import_transport_parse (host, &record->routing, &record->route, error);
    route = read_mx (mx_text, &mx, error) ? read_host (host, port, error) : NULL;
    if (route == NULL)
        return FALSE;
    record->routing = POSTERN_DOMAIN_ROUTING_OWN;
    record->route = postern_route_with_mx (route, mx);
    return TRUE;
}

static gboolean
read_row (PosternImportRecord *record, const PosternImportItem *item, const PosternImportLayout *layout, GError **error)
{
    PosternImportRow row;
    const char *key;

    postern_import_row_split (&row, item->text, item->length, layout->delimiter);
    if (!row.complete)
        return refuse (error, POSTERN_PLAN_ERROR_SYNTAX, _ ("In “%s” a quotation mark opens and does not close."),
                       row.fields[row.n_fields - 1]);

    if (record->subject == POSTERN_IMPORT_SUBJECT_NETWORK) {
        const char *mask = get_field (&row, layout, POSTERN_IMPORT_COLUMN_MASK);
        g_autofree char *network =
            g_strconcat (get_field (&row, layout, POSTERN_IMPORT_COLUMN_NETWORK), *mask == '\0' ? "" : "/", mask, NULL);

        return read_network (record, network, error);
    }
    key = get_field (&row, layout, POSTERN_IMPORT_COLUMN_DOMAIN);
    return read_name (record, key, error) &&
           read_row_route (record, get_field (&row, layout, POSTERN_IMPORT_COLUMN_HOST),
                           get_field (&row, layout, POSTERN_IMPORT_COLUMN_PORT),
                           get_field (&row, layout, POSTERN_IMPORT_COLUMN_MX), error);
}

static gboolean
read_internal_server (PosternImportRecord *record, const char *text, GError **error)
{
    return postern_import_transport_parse (text, &record->routing, &record->route, error);
}

static gboolean
read_edge_gateway (PosternImportRecord *record, const char *text, GError **error)
{
    record->route = postern_import_next_hop_parse (text, error);
    return record->route != NULL;
}

static gboolean
read_text (PosternImportRecord *record, const PosternImportItem *item, const PosternImportLayout *layout, char *text,
           GError **error)
{
    switch (item->kind) {
    case POSTERN_IMPORT_ITEM_DOMAIN:
        return read_name (record, text, error);
    case POSTERN_IMPORT_ITEM_DOMAIN_ENTRY:
    case POSTERN_IMPORT_ITEM_NETWORK_ENTRY:
        return read_entry (record, text, error);
    case POSTERN_IMPORT_ITEM_DOMAIN_ROW:
    case POSTERN_IMPORT_ITEM_NETWORK_ROW:
        return read_row (record, item, layout, error);
    case POSTERN_IMPORT_ITEM_TRANSPORT:
    case POSTERN_IMPORT_ITEM_TRANSPORT_OF_MAIN_CF:
        return read_transport (record, text, item->kind == POSTERN_IMPORT_ITEM_TRANSPORT, error);
    case POSTERN_IMPORT_ITEM_NETWORK:
        return read_network (record, text, error);
    case POSTERN_IMPORT_ITEM_INTERNAL_SERVER:
        return read_internal_server (record, text, error);
    case POSTERN_IMPORT_ITEM_EDGE_GATEWAY:
        return read_edge_gateway (record, text, error);
    case POSTERN_IMPORT_ITEM_WORD:
        return refuse (error, POSTERN_PLAN_ERROR_INVALID_DOMAIN,
                       _ ("“%s” has no dot. If it is a domain, write it on a line of its own."), text);
    case POSTERN_IMPORT_ITEM_REFERENCE:
        return refuse (error, POSTERN_PLAN_ERROR_INVALID_ROUTE,
                       _ ("“%s” stands for something outside of this file, which has to be imported itself."), text);
    case POSTERN_IMPORT_ITEM_TOO_LONG:
    default:
        g_return_val_if_reached (FALSE);
    }
}

/* What nearly every item is, read where it lies. */
static gboolean
read_plain (PosternImportRecord *record, const PosternImportItem *item)
{
    gsize dotted;
    gsize length;
    PosternPrefix prefix;

    if (item->kind == POSTERN_IMPORT_ITEM_DOMAIN) {
        dotted = item->text[0] == '.';
        record->key[0] = '.';
        length = postern_hostname_fold (item->text + dotted, item->length - dotted, record->key + dotted);
        record->key_length = length + dotted;
        return length > 0;
    }
    if (item->kind != POSTERN_IMPORT_ITEM_NETWORK || !postern_prefix_parse (&prefix, item->text, item->length))
        return FALSE;
    record->key_length = postern_prefix_print (&prefix, record->key);
    return TRUE;
}

gboolean
postern_import_item_read (const PosternImportItem *item, const PosternImportLayout *layout, PosternImportRecord *record,
                          GError **error)
{
    g_autofree char *text = NULL;

    record->subject = postern_import_item_get_subject (item->kind, layout);
    record->local = TRUE;
    record->routing = POSTERN_DOMAIN_ROUTING_DEFAULT;
    record->route = NULL;
    if (read_plain (record, item))
        return TRUE;

    record->key[0] = '\0';
    record->key_length = 0;
    text = g_strndup (item->text, item->length);
    if (item->kind == POSTERN_IMPORT_ITEM_TOO_LONG)
        return refuse (error, POSTERN_PLAN_ERROR_TOO_LARGE, _ ("“%s” is longer than anything that a plan can hold."),
                       text);
    if (strlen (text) < item->length || !g_utf8_validate (text, -1, NULL))
        return refuse (error, POSTERN_PLAN_ERROR_SYNTAX, _ ("“%s” has bytes that are no characters."), text);
    return read_text (record, item, layout, text, error);
}
