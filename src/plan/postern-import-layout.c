/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-import-layout.h"

#include <glib/gi18n-lib.h>

#include "plan/postern-import-lines.h"
#include "plan/postern-import-row.h"
#include "plan/postern-import-transport.h"

#define SAMPLE 200 /* lines that are looked at */

G_DEFINE_ENUM_TYPE (PosternImportFormat, postern_import_format,
                    G_DEFINE_ENUM_VALUE (POSTERN_IMPORT_FORMAT_LIST, "list"),
                    G_DEFINE_ENUM_VALUE (POSTERN_IMPORT_FORMAT_TABLE, "table"),
                    G_DEFINE_ENUM_VALUE (POSTERN_IMPORT_FORMAT_POSTFIX_TABLE, "postfix-table"),
                    G_DEFINE_ENUM_VALUE (POSTERN_IMPORT_FORMAT_MAIN_CF, "main-cf"))

const char *
postern_import_format_get_title (PosternImportFormat format)
{
    switch (format) {
    case POSTERN_IMPORT_FORMAT_LIST:
        return _ ("list");
    case POSTERN_IMPORT_FORMAT_TABLE:
        return _ ("table");
    case POSTERN_IMPORT_FORMAT_POSTFIX_TABLE:
        return _ ("Postfix table");
    case POSTERN_IMPORT_FORMAT_MAIN_CF:
        return _ ("Postfix configuration");
    default:
        g_return_val_if_reached ("");
    }
}

/* What is seen in the lines at the beginning of a text. */
typedef struct {
    guint n_lines;
    guint n_beginnings; /* lines that do not begin with a blank */
    guint n_settings;   /* of these: `name = value` */
    guint n_transports; /* `name transport:nexthop` */
    guint n_values;     /* `name OK` */
} Sample;

static gboolean
is_setting (const char *line)
{
    gsize name_length = strspn (line, "abcdefghijklmnopqrstuvwxyz_0123456789");

    return name_length > 0 && line[name_length + strspn (line + name_length, " \t")] == '=';
}

/* What a table says of a name, in one word: `OK`, `RELAY`, `1`. */
static gboolean
is_word (const char *text)
{
    return strpbrk (text, ".:[]/-") == NULL;
}

static void
look_at_line (Sample *sample, const char *line, gboolean is_beginning)
{
    PosternImportRow row;

    postern_import_row_split (&row, line, strlen (line), ' ');
    sample->n_lines++;
    sample->n_beginnings += is_beginning;
    if (is_beginning && is_setting (line))
        sample->n_settings++;
    else if (row.n_fields >= 2 && postern_import_looks_like_transport (row.fields[1]))
        sample->n_transports++;
    else if (row.n_fields == 2 && strpbrk (line, ",;") == NULL && is_word (row.fields[1]))
        sample->n_values++;
}

static gboolean
is_below (const char *host, const char *domain)
{
    gsize host_length = strlen (host);
    gsize domain_length = strlen (domain);

    return host_length > domain_length + 1 && host[host_length - domain_length - 1] == '.' &&
           g_str_has_suffix (host, domain);
}

/* Whether a row, if it is one, says of a domain where its mail goes: 1 for yes, -1 for no, 0 for maybe. */
static int
looks_like_route (const PosternImportRow *row)
{
    const char *host = row->n_fields > 1 ? row->fields[1] : "";
    const char *port = row->n_fields > 2 ? row->fields[2] : "";
    g_autoptr (GInetAddress) address = postern_hostname_parse_address (host);

    if (row->n_fields < 2)
        return 0;
    if (strspn (port, "0123456789") < strlen (port))
        return -1;
    if (*port != '\0' || address || strpbrk (host, "[:") || g_ascii_strcasecmp (host, "dns") == 0)
        return 1;
    if (row->n_fields == 2 && is_below (host, row->fields[0]))
        return 1;
    return *host == '\0' || strchr (host, '.') ? 0 : -1;
}

/* A comment behind what the line says, and the blanks before it: they would look like those before a value. */
static void
cut_comment (char *line)
{
    char *hash = strchr (line, '#');

    if (hash == NULL || hash == line || !postern_import_is_blank (hash[-1]))
        return;
    while (hash > line && postern_import_is_blank (hash[-1]))
        hash--;
    *hash = '\0';
}

/* Goes through the lines that have something to say; each is copied into @line, cut to the length of an item. */
static gboolean
next_line (PosternImportLines *lines, char line[POSTERN_IMPORT_ITEM_MAX_LENGTH + 1])
{
    while (postern_import_lines_next (lines)) {
        gsize indent = postern_import_lines_indent (lines);
        gsize length = MIN (lines->length - indent, POSTERN_IMPORT_ITEM_MAX_LENGTH);

        if (postern_import_lines_is_comment (lines))
            continue;
        memcpy (line, lines->line + indent, length);
        line[length] = '\0';
        cut_comment (line);
        return TRUE;
    }
    return FALSE;
}

static gboolean
has_routes (const char *text, gsize length, char delimiter)
{
    char line[POSTERN_IMPORT_ITEM_MAX_LENGTH + 1];
    PosternImportLines lines;
    PosternImportRow row;
    guint n_lines = 0;
    guint n_for = 0;
    guint n_against = 0;

    postern_import_lines_init (&lines, text, length);
    while (n_lines < SAMPLE && next_line (&lines, line)) {
        int answer;

        postern_import_row_split (&row, line, strlen (line), delimiter);
        answer = looks_like_route (&row);
        n_for += answer > 0;
        n_against += answer < 0;
        n_lines++;
    }
    return n_for * 2 >= MAX (n_lines, 1) && n_against * 4 <= n_for;
}

/* A first line that says what the columns are. Words between blanks can also be a sentence: all of them must be known.
 */
static gboolean
read_header (PosternImportLayout *self, const char *line, char delimiter)
{
    PosternImportColumn key =
        self->wanted & POSTERN_IMPORT_DOMAINS ? POSTERN_IMPORT_COLUMN_DOMAIN : POSTERN_IMPORT_COLUMN_NETWORK;
    PosternImportRow row;
    guint n_known;

    postern_import_row_split (&row, line, strlen (line), delimiter);
    n_known = postern_import_columns_read_header (&self->columns, row.fields, row.n_fields);
    self->delimiter = delimiter;
    return self->columns.position[key] >= 0 && (delimiter != ' ' || n_known == row.n_fields);
}

static const char delimiters[] = { '\t', ';', ',', ' ' };

/* Spreadsheets write `sep=;` for one another. */
static gboolean
is_separator_hint (const char *line)
{
    return g_ascii_strncasecmp (line, "sep=", 4) == 0 && line[4] != '\0' && line[5] == '\0';
}

static gboolean
recognize_header (PosternImportLayout *self, const char *text, gsize length)
{
    char line[POSTERN_IMPORT_ITEM_MAX_LENGTH + 1];
    PosternImportLines lines;

    postern_import_lines_init (&lines, text, length);
    if (!next_line (&lines, line))
        return FALSE;
    if (is_separator_hint (line)) {
        self->n_skipped = lines.number;
        if (!next_line (&lines, line))
            return FALSE;
    }
    for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++) {
        if (strchr (line, delimiters[i]) && read_header (self, line, delimiters[i])) {
            self->format = POSTERN_IMPORT_FORMAT_TABLE;
            self->n_skipped = lines.number;
            return TRUE;
        }
    }
    if (!read_header (self, line, '\0'))
        return FALSE;
    self->n_skipped = lines.number; /* a headline over a list */
    return TRUE;
}

static void
take_sample (Sample *sample, const char *text, gsize length)
{
    char line[POSTERN_IMPORT_ITEM_MAX_LENGTH + 1];
    PosternImportLines lines;

    postern_import_lines_init (&lines, text, length);
    while (sample->n_lines < SAMPLE && next_line (&lines, line))
        look_at_line (sample, line, postern_import_lines_indent (&lines) == 0);
}

static gboolean
recognize_routes (PosternImportLayout *self, const char *text, gsize length)
{
    for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++) {
        if (!has_routes (text, length, delimiters[i]))
            continue;
        self->format = POSTERN_IMPORT_FORMAT_TABLE;
        self->delimiter = delimiters[i];
        postern_import_columns_set_default (&self->columns);
        return TRUE;
    }
    return FALSE;
}

void
postern_import_layout_recognize (PosternImportLayout *self, const char *text, gsize length, PosternImportWanted wanted)
{
    Sample sample = { 0 };

    *self = (PosternImportLayout){ .wanted = wanted, .format = POSTERN_IMPORT_FORMAT_LIST };
    if (recognize_header (self, text, length))
        return;

    take_sample (&sample, text, length);
    if (sample.n_settings * 2 > sample.n_beginnings)
        self->format = POSTERN_IMPORT_FORMAT_MAIN_CF;
    else if (sample.n_transports > 0 || sample.n_values * 2 > sample.n_lines)
        self->format = POSTERN_IMPORT_FORMAT_POSTFIX_TABLE;
    else if (wanted & POSTERN_IMPORT_DOMAINS)
        recognize_routes (self, text, length);
}
