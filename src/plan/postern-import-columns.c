/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-import-columns.h"

#include <string.h>

/* Names as normalize() leaves them: small letters without marks, and nothing else. */
static const struct {
    const char *name;
    PosternImportColumn column;
} names[] = {
    { "domain", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "domains", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "domainname", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "maildomain", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "emaildomain", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "relaydomain", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "recipientdomain", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "localdomain", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "domena", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "domeny", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "nazevdomeny", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "domaine", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "domaines", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "nomdedomaine", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "домен", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "домены", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "имядомена", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "доменноеимя", POSTERN_IMPORT_COLUMN_DOMAIN },
    { "почтовыидомен", POSTERN_IMPORT_COLUMN_DOMAIN },

    { "host", POSTERN_IMPORT_COLUMN_HOST },
    { "hostname", POSTERN_IMPORT_COLUMN_HOST },
    { "server", POSTERN_IMPORT_COLUMN_HOST },
    { "mailserver", POSTERN_IMPORT_COLUMN_HOST },
    { "route", POSTERN_IMPORT_COLUMN_HOST },
    { "nexthop", POSTERN_IMPORT_COLUMN_HOST },
    { "destination", POSTERN_IMPORT_COLUMN_HOST },
    { "target", POSTERN_IMPORT_COLUMN_HOST },
    { "smarthost", POSTERN_IMPORT_COLUMN_HOST },
    { "hostitel", POSTERN_IMPORT_COLUMN_HOST },
    { "postovniserver", POSTERN_IMPORT_COLUMN_HOST },
    { "trasa", POSTERN_IMPORT_COLUMN_HOST },
    { "cil", POSTERN_IMPORT_COLUMN_HOST },
    { "hote", POSTERN_IMPORT_COLUMN_HOST },
    { "serveur", POSTERN_IMPORT_COLUMN_HOST },
    { "serveurdemessagerie", POSTERN_IMPORT_COLUMN_HOST },
    { "хост", POSTERN_IMPORT_COLUMN_HOST },
    { "узел", POSTERN_IMPORT_COLUMN_HOST },
    { "сервер", POSTERN_IMPORT_COLUMN_HOST },
    { "почтовыисервер", POSTERN_IMPORT_COLUMN_HOST },
    { "маршрут", POSTERN_IMPORT_COLUMN_HOST },
    { "назначение", POSTERN_IMPORT_COLUMN_HOST },

    { "port", POSTERN_IMPORT_COLUMN_PORT },
    { "порт", POSTERN_IMPORT_COLUMN_PORT },

    { "mx", POSTERN_IMPORT_COLUMN_MX },
    { "usemx", POSTERN_IMPORT_COLUMN_MX },
    { "mxlookup", POSTERN_IMPORT_COLUMN_MX },
    { "usemxlookup", POSTERN_IMPORT_COLUMN_MX },
    { "vyhledavanimx", POSTERN_IMPORT_COLUMN_MX },
    { "recherchemx", POSTERN_IMPORT_COLUMN_MX },
    { "поискmx", POSTERN_IMPORT_COLUMN_MX },
    { "mxзапись", POSTERN_IMPORT_COLUMN_MX },

    { "network", POSTERN_IMPORT_COLUMN_NETWORK },
    { "networks", POSTERN_IMPORT_COLUMN_NETWORK },
    { "trustednetwork", POSTERN_IMPORT_COLUMN_NETWORK },
    { "subnet", POSTERN_IMPORT_COLUMN_NETWORK },
    { "cidr", POSTERN_IMPORT_COLUMN_NETWORK },
    { "prefix", POSTERN_IMPORT_COLUMN_NETWORK },
    { "sit", POSTERN_IMPORT_COLUMN_NETWORK },
    { "podsit", POSTERN_IMPORT_COLUMN_NETWORK },
    { "reseau", POSTERN_IMPORT_COLUMN_NETWORK },
    { "sousreseau", POSTERN_IMPORT_COLUMN_NETWORK },
    { "сеть", POSTERN_IMPORT_COLUMN_NETWORK },
    { "подсеть", POSTERN_IMPORT_COLUMN_NETWORK },

    { "mask", POSTERN_IMPORT_COLUMN_MASK },
    { "netmask", POSTERN_IMPORT_COLUMN_MASK },
    { "subnetmask", POSTERN_IMPORT_COLUMN_MASK },
    { "prefixlength", POSTERN_IMPORT_COLUMN_MASK },
    { "maska", POSTERN_IMPORT_COLUMN_MASK },
    { "maskasite", POSTERN_IMPORT_COLUMN_MASK },
    { "masque", POSTERN_IMPORT_COLUMN_MASK },
    { "маска", POSTERN_IMPORT_COLUMN_MASK },
    { "маскаподсети", POSTERN_IMPORT_COLUMN_MASK },
};

static const char *const address_names[] = {
    "ip", "address", "ipaddress", "adresa", "ipadresa", "adresse", "adresseip", "адрес", "ipадрес", NULL,
};

/* “E-mail domain”, “Poštovní server” and “почтовый_домен” without capitals, marks and everything that is no letter. */
static char *
normalize (const char *field)
{
    g_autofree char *decomposed = g_utf8_normalize (field, -1, G_NORMALIZE_ALL);
    GString *letters = g_string_new (NULL);

    for (const char *at = decomposed ? decomposed : ""; *at != '\0'; at = g_utf8_next_char (at)) {
        gunichar c = g_utf8_get_char (at);

        if (g_unichar_isalpha (c))
            g_string_append_unichar (letters, g_unichar_tolower (c));
    }
    return g_string_free (letters, FALSE);
}

static int
find_column (const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        if (g_str_equal (names[i].name, name))
            return (int)names[i].column;
    }
    return -1;
}

static void
clear (PosternImportColumns *self)
{
    for (guint i = 0; i < POSTERN_IMPORT_N_COLUMNS; i++)
        self->position[i] = -1;
}

void
postern_import_columns_set_default (PosternImportColumns *self)
{
    clear (self);
    self->position[POSTERN_IMPORT_COLUMN_DOMAIN] = 0;
    self->position[POSTERN_IMPORT_COLUMN_HOST] = 1;
    self->position[POSTERN_IMPORT_COLUMN_PORT] = 2;
    self->position[POSTERN_IMPORT_COLUMN_MX] = 3;
}

/* An address is a host in a table of domains, and a network in one of networks. */
static void
place_address (PosternImportColumns *self, int address)
{
    if (self->position[POSTERN_IMPORT_COLUMN_HOST] < 0 && self->position[POSTERN_IMPORT_COLUMN_DOMAIN] >= 0)
        self->position[POSTERN_IMPORT_COLUMN_HOST] = address;
    if (self->position[POSTERN_IMPORT_COLUMN_NETWORK] < 0)
        self->position[POSTERN_IMPORT_COLUMN_NETWORK] = address;
}

guint
postern_import_columns_read_header (PosternImportColumns *self, char **fields, guint n_fields)
{
    int address = -1;
    guint n_known = 0;

    clear (self);
    for (guint i = 0; i < n_fields; i++) {
        g_autofree char *name = normalize (fields[i]);
        int column = find_column (name);

        if (column < 0 && address < 0 && g_strv_contains (address_names, name)) {
            address = (int)i;
            n_known++;
        }
        if (column < 0 || self->position[column] >= 0)
            continue;
        self->position[column] = (int)i;
        n_known++;
    }
    place_address (self, address);
    return n_known;
}
