/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-import-lines.h"
#include "plan/postern-import-scanner.h"

/*
 * Postfix's main.cf (postconf(5)): `name = value`, where a line that begins with white space goes on with the one
 * before, a comment is a line of its own, and the last of several settings of one parameter counts.
 */

static const struct {
    const char *name;
    PosternImportWanted wanted;
    gboolean is_list;                 /* of values, separated by commas or white space; tables can be among them */
    PosternImportItemKind kind;       /* of a value */
    PosternImportItemKind entry_kind; /* of an entry of an `inline:` table */
} parameters[] = {
    /* What is local comes first: an entry of transport_maps then finds its domain. */
    { "relay_domains", POSTERN_IMPORT_DOMAINS, TRUE, POSTERN_IMPORT_ITEM_DOMAIN, POSTERN_IMPORT_ITEM_DOMAIN_ENTRY },
    { "transport_maps", POSTERN_IMPORT_DOMAINS, TRUE, POSTERN_IMPORT_ITEM_REFERENCE,
      POSTERN_IMPORT_ITEM_TRANSPORT_OF_MAIN_CF },
    { "relay_transport", POSTERN_IMPORT_DOMAINS, FALSE, POSTERN_IMPORT_ITEM_INTERNAL_SERVER, 0 },
    { "mynetworks", POSTERN_IMPORT_NETWORKS, TRUE, POSTERN_IMPORT_ITEM_NETWORK, POSTERN_IMPORT_ITEM_NETWORK_ENTRY },
    { "relayhost", POSTERN_IMPORT_EDGE_GATEWAY, FALSE, POSTERN_IMPORT_ITEM_EDGE_GATEWAY, 0 },
};

/* Where the last setting of a parameter is. */
typedef struct {
    const char *start;
    const char *end;
    guint line;
} Setting;

/* A place in a value. */
typedef struct {
    const char *at;
    const char *end;
    guint line;
} Cursor;

static int
find_parameter (const char *line, gsize length, const char **value)
{
    gsize name_length = 0;
    gsize at;

    while (name_length < length && (g_ascii_isalnum (line[name_length]) || line[name_length] == '_'))
        name_length++;
    for (at = name_length; at < length && postern_import_is_blank (line[at]); at++)
        continue;
    if (at == length || line[at] != '=')
        return -1;
    *value = line + at + 1;
    for (guint i = 0; i < G_N_ELEMENTS (parameters); i++) {
        if (strlen (parameters[i].name) == name_length && memcmp (parameters[i].name, line, name_length) == 0)
            return (int)i;
    }
    return -1;
}

static void
find_settings (PosternImportScanner *self, Setting *settings)
{
    PosternImportLines lines;
    Setting *present = NULL;

    postern_import_lines_init (&lines, self->text, self->length);
    while (postern_import_lines_next (&lines)) {
        const char *value;
        int parameter;

        if (lines.number <= self->layout->n_skipped || postern_import_lines_is_comment (&lines))
            continue;
        if (postern_import_lines_indent (&lines) == 0) {
            parameter = find_parameter (lines.line, lines.length, &value);
            present = parameter >= 0 ? &settings[parameter] : NULL;
            if (present)
                *present = (Setting){ .start = value, .line = lines.number };
        }
        if (present)
            present->end = lines.line + lines.length;
    }
}

static void
skip_line (Cursor *self)
{
    while (self->at < self->end && *self->at != '\n')
        self->at++;
}

/* Goes to the next token, past separators, line ends and lines that are comments. */
static gboolean
skip_separators (Cursor *self)
{
    gboolean line_begins = FALSE;

    for (; self->at < self->end; self->at++) {
        if (*self->at == '#' && line_begins) {
            skip_line (self);
            if (self->at == self->end)
                return FALSE;
        }
        if (*self->at == '\n') {
            self->line++;
            line_begins = TRUE;
        } else if (*self->at != ',' && !postern_import_is_blank (*self->at)) {
            return TRUE;
        }
    }
    return FALSE;
}

/* A token ends at a separator that is not within braces (postconf(5)). */
static gboolean
next_token (Cursor *self, Cursor *token)
{
    guint depth = 0;

    if (!skip_separators (self))
        return FALSE;
    *token = (Cursor){ .at = self->at, .line = self->line };
    for (; self->at < self->end; self->at++) {
        char c = *self->at;

        if (c == '{')
            depth++;
        else if (c == '}' && depth > 0)
            depth--;
        else if (depth == 0 && (c == ',' || c == '\n' || postern_import_is_blank (c)))
            break;
        self->line += c == '\n';
    }
    token->end = self->at;
    return TRUE;
}

static gboolean
emit (PosternImportScanner *self, PosternImportItemKind kind, const Cursor *token)
{
    return postern_import_scanner_emit (self, kind, token->line, token->at, (gsize)(token->end - token->at));
}

/* `{ key = value }` becomes `key = value`. */
static void
unwrap (Cursor *token)
{
    if (token->end - token->at < 2 || *token->at != '{' || token->end[-1] != '}')
        return;
    token->at++;
    token->end--;
    skip_separators (token);
    while (token->end > token->at && (postern_import_is_blank (token->end[-1]) || token->end[-1] == '\n'))
        token->end--;
}

static gboolean
scan_inline_table (PosternImportScanner *self, PosternImportItemKind kind, Cursor *table)
{
    Cursor token;

    unwrap (table);
    while (next_token (table, &token)) {
        unwrap (&token);
        if (token.at < token.end && !emit (self, kind, &token))
            return FALSE;
    }
    return TRUE;
}

/* `hash:/etc/postfix/x`, `/etc/postfix/x` or `$mydestination`; an IPv6 network has a colon and a slash, too. */
static gboolean
is_reference (const Cursor *token)
{
    const char *at = token->at;

    if (*at == '/' || *at == '$')
        return TRUE;
    while (at < token->end && (g_ascii_isalnum (*at) || *at == '_'))
        at++;
    if (at == token->at || at + 1 >= token->end || *at != ':')
        return FALSE;
    if (at[1] == '/' || at[1] == '$')
        return TRUE;
    for (const char *c = token->at; c < at; c++) {
        if (!g_ascii_isxdigit (*c))
            return TRUE;
    }
    return FALSE;
}

#define INLINE "inline:"

static gboolean
scan_values (PosternImportScanner *self, guint parameter, Cursor *value)
{
    const gsize prefix = strlen (INLINE);
    Cursor token;

    while (next_token (value, &token)) {
        PosternImportItemKind kind = parameters[parameter].kind;
        gboolean go_on;

        if (*token.at == '#') { /* a comment behind a value is none for Postfix, but nobody means anything else */
            skip_line (value);
            continue;
        }
        if ((gsize)(token.end - token.at) > prefix && strncmp (token.at, INLINE, prefix) == 0) {
            token.at += prefix;
            go_on = scan_inline_table (self, parameters[parameter].entry_kind, &token);
        } else {
            go_on = emit (self, is_reference (&token) ? POSTERN_IMPORT_ITEM_REFERENCE : kind, &token);
        }
        if (!go_on)
            return FALSE;
    }
    return TRUE;
}

/* `relay` and `relay:` name a transport and no host: they say what is the case without them. */
static gboolean
says_nothing (guint parameter, const Cursor *value)
{
    const char *colon;

    if (parameters[parameter].kind != POSTERN_IMPORT_ITEM_INTERNAL_SERVER)
        return FALSE;
    colon = memchr (value->at, ':', (gsize)(value->end - value->at));
    return *value->at != '$' && (colon == NULL || colon + 1 == value->end);
}

static gboolean
scan_whole (PosternImportScanner *self, guint parameter, Cursor *value)
{
    if (!skip_separators (value))
        return TRUE;
    if (says_nothing (parameter, value))
        return TRUE;
    return emit (self, *value->at == '$' ? POSTERN_IMPORT_ITEM_REFERENCE : parameters[parameter].kind, value);
}

void
postern_import_scan_main_cf (PosternImportScanner *self)
{
    Setting settings[G_N_ELEMENTS (parameters)] = { 0 };

    find_settings (self, settings);
    for (guint i = 0; i < G_N_ELEMENTS (parameters); i++) {
        Cursor value = { settings[i].start, settings[i].end, settings[i].line };

        if (value.at == NULL || !(self->layout->wanted & parameters[i].wanted))
            continue;
        if (!(parameters[i].is_list ? scan_values (self, i, &value) : scan_whole (self, i, &value)))
            return;
    }
}
