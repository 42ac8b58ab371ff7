/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-import-lines.h"
#include "plan/postern-import-scanner.h"

/*
 * Lists as people write them: one or several names or networks a line, with commas, quotes, bullets, numbers and
 * comments around them.
 */

#define LONGEST_ADDRESS 15 /* of IPv4, in dotted decimal */

typedef struct {
    const char *text;
    gsize length;
} Token;

typedef struct {
    const char *at;
    const char *end;
} Cursor;

/* How many bytes at @at are something between tokens: blanks, commas, a no-break space, a byte order mark. */
static inline gsize
separator_length (const char *at, const char *end)
{
    guchar c = (guchar)*at;

    if (c > ';' && c < 0xc2)
        return 0;
    if (postern_import_is_blank (*at) || c == ',' || c == ';')
        return 1;
    if (c == 0xc2 && end - at >= 2 && (guchar)at[1] == 0xa0)
        return 2;
    if (c == 0xef && end - at >= 3 && (guchar)at[1] == 0xbb && (guchar)at[2] == 0xbf)
        return 3;
    return 0;
}

/* What people put around a name. */
static inline gboolean
is_wrapping (char c)
{
    return c == '"' || c == '\'' || c == '<' || c == '>' || c == '(' || c == ')';
}

static gboolean
is_comment (const char *at, const char *end)
{
    return *at == '#' || (end - at >= 2 && at[0] == '/' && at[1] == '/');
}

/* The next token of a line, without what is around it. */
static gboolean
next_token (Cursor *self, Token *token)
{
    while (self->at < self->end) {
        const char *start;
        const char *end;
        gsize separator = separator_length (self->at, self->end);

        if (separator > 0) {
            self->at += separator;
            continue;
        }
        if (is_comment (self->at, self->end))
            return FALSE;
        start = self->at;
        while (self->at < self->end && separator_length (self->at, self->end) == 0)
            self->at++;
        end = self->at;
        while (start < end && is_wrapping (*start))
            start++;
        while (start < end && is_wrapping (end[-1]))
            end--;
        *token = (Token){ start, (gsize)(end - start) };
        if (token->length > 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean
token_is (const Token *token, const char *text)
{
    return token->length == strlen (text) && memcmp (token->text, text, token->length) == 0;
}

static gboolean
is_dash (const Token *token)
{
    return token_is (token, "-") || token_is (token, "–") || token_is (token, "—");
}

/* `-`, `•`, `1.` or `2)` (of which the bracket is gone) before the first entry of a line. */
static gboolean
is_bullet (const Token *token)
{
    gsize n_digits = 0;

    if (is_dash (token) || token_is (token, "*") || token_is (token, "•") || token_is (token, "·"))
        return TRUE;
    while (n_digits < token->length && g_ascii_isdigit (token->text[n_digits]))
        n_digits++;
    return n_digits > 0 &&
           (n_digits == token->length || (n_digits + 1 == token->length && token->text[n_digits] == '.'));
}

/* The first token of a line and whether there are more; a bullet before others is left out. */
static gboolean
first_token (Cursor *cursor, Token *token, gboolean *more)
{
    Cursor ahead;
    Token next;

    if (!next_token (cursor, token))
        return FALSE;
    ahead = *cursor;
    *more = next_token (&ahead, &next);
    if (!*more || !is_bullet (token))
        return TRUE;
    *token = next;
    *cursor = ahead;
    *more = next_token (&ahead, &next);
    return TRUE;
}

/* Among other words on a line a word without a dot is hardly a domain: “Our domains are example.com and example.org”.
 */
static PosternImportItemKind
kind_of_name (const Token *token, gboolean alone)
{
    return alone || memchr (token->text, '.', token->length) || (guchar)token->text[token->length - 1] >= 0x80
               ? POSTERN_IMPORT_ITEM_DOMAIN
               : POSTERN_IMPORT_ITEM_WORD;
}

static gboolean
scan_names (PosternImportScanner *self, Cursor *cursor, guint line)
{
    Token token;
    gboolean more;
    gboolean alone;
    gboolean has_token = first_token (cursor, &token, &more);

    for (alone = !more; has_token; has_token = next_token (cursor, &token)) {
        if (!postern_import_scanner_emit (self, kind_of_name (&token, alone), line, token.text, token.length))
            return FALSE;
    }
    return TRUE;
}

/* Whether it is made of what addresses are made of. */
static gboolean
looks_like_network (const Token *token)
{
    gboolean has_mark = FALSE;

    for (gsize i = 0; i < token->length; i++) {
        char c = token->text[i];

        if (!g_ascii_isxdigit (c) && strchr (".:/[]*%-", c) == NULL)
            return FALSE;
        has_mark |= c == '.' || c == ':' || c == '/';
    }
    return has_mark;
}

/* Whether @token goes on with what @pending begins: `10.0.0.0 / 8`, and `10.0.0.0 255.0.0.0`, which are not two hosts.
 */
static gboolean
continues (const Token *pending, const Token *token)
{
    if (token->text[0] == '/' || pending->text[pending->length - 1] == '/')
        return TRUE;
    return pending->length <= LONGEST_ADDRESS && memchr (pending->text, '/', pending->length) == NULL &&
           memchr (pending->text, ':', pending->length) == NULL &&
           ((token->length > 4 && memcmp (token->text, "255.", 4) == 0) ||
            (token->length > 2 && memcmp (token->text, "0.", 2) == 0));
}

static void
extend (Token *pending, const Token *token)
{
    pending->length = (gsize)(token->text + token->length - pending->text);
}

/* `10.0.0.1 - 10.0.0.9`: takes the other end if there is one. */
static gboolean
take_range (Cursor *cursor, Token *pending)
{
    Cursor ahead = *cursor;
    Token other;

    if (!next_token (&ahead, &other) || !looks_like_network (&other))
        return FALSE;
    *cursor = ahead;
    extend (pending, &other);
    return TRUE;
}

/* A line that begins with something else is left whole, and refused: nobody knows what “deny 10.0.0.0/8” was for. Words
 * behind a network are a comment. */
static gboolean
scan_networks (PosternImportScanner *self, Cursor *cursor, guint line)
{
    Token pending;
    Token token;
    gboolean more;

    if (!first_token (cursor, &pending, &more))
        return TRUE;
    if (!looks_like_network (&pending)) {
        pending.length = (gsize)(cursor->end - pending.text);
        return postern_import_scanner_emit (self, POSTERN_IMPORT_ITEM_NETWORK, line, pending.text, pending.length);
    }
    while (next_token (cursor, &token)) {
        if (continues (&pending, &token)) {
            extend (&pending, &token);
        } else if (is_dash (&token)) {
            if (!take_range (cursor, &pending))
                break;
        } else if (!looks_like_network (&token)) {
            break;
        } else {
            if (!postern_import_scanner_emit (self, POSTERN_IMPORT_ITEM_NETWORK, line, pending.text, pending.length))
                return FALSE;
            pending = token;
        }
    }
    return postern_import_scanner_emit (self, POSTERN_IMPORT_ITEM_NETWORK, line, pending.text, pending.length);
}

void
postern_import_scan_list (PosternImportScanner *self)
{
    gboolean domains = postern_import_scanner_wants_domains (self);
    PosternImportLines lines;

    postern_import_lines_init (&lines, self->text, self->length);
    while (postern_import_lines_next (&lines)) {
        Cursor cursor = { lines.line, lines.line + lines.length };

        if (lines.number <= self->layout->n_skipped || postern_import_lines_is_comment (&lines))
            continue;
        if (!(domains ? scan_names (self, &cursor, lines.number) : scan_networks (self, &cursor, lines.number)))
            return;
    }
}
