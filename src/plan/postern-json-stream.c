/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-json-stream.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-plan-error.h"
#include "plan/postern-text.h"

#define MOST_MEMBERS 64
#define MOST_LEVELS 1000
#define END (-1)

/* An object or array that is open. */
typedef struct {
    gboolean object;
    gboolean begun;   /* it has had a member or element */
    guint first_name; /* where its members' names begin in @names */
} Level;

struct _PosternJsonStream {
    const char *at; /* what was not read yet, up to */
    const char *end;
    guint line;
    const char *line_start;

    GArray *levels; /* of Level */
    GArray *names;  /* of gsize: where in @name_texts there are the names of all open objects' members */
    GString *name_texts;
    GString *text; /* the string or number that was read last */
    gboolean boolean;

    char *repeated;
    gboolean crowded;
    GError *error; /* the first mistake */
};

PosternJsonStream *
postern_json_stream_new (const char *data, gsize length)
{
    PosternJsonStream *self = g_new0 (PosternJsonStream, 1);

    self->at = self->line_start = data;
    self->end = data + length;
    self->line = 1;
    self->levels = g_array_new (FALSE, FALSE, sizeof (Level));
    self->names = g_array_new (FALSE, FALSE, sizeof (gsize));
    self->name_texts = g_string_new (NULL);
    self->text = g_string_new (NULL);
    if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
        self->at = self->line_start = data + 3;
    return self;
}

void
postern_json_stream_free (PosternJsonStream *self)
{
    g_array_unref (self->levels);
    g_array_unref (self->names);
    g_string_free (self->name_texts, TRUE);
    g_string_free (self->text, TRUE);
    g_free (self->repeated);
    g_clear_error (&self->error);
    g_free (self);
}

/* Nothing more is read after a mistake. */
static void
stop (PosternJsonStream *self)
{
    self->at = self->end;
    g_array_set_size (self->levels, 0);
}

static int
peek (PosternJsonStream *self)
{
    return self->at < self->end ? (guchar)*self->at : END;
}

static int
take (PosternJsonStream *self)
{
    int c = peek (self);

    if (c != END)
        self->at++;
    return c;
}

typedef enum {
    MISTAKE_SYNTAX,
    MISTAKE_ENCODING,
    MISTAKE_NUL,
} Mistake;

/* The place is where reading has come to. */
static void
fail_by (PosternJsonStream *self, Mistake mistake)
{
    guint column = (guint)g_utf8_strlen (self->line_start, self->at - self->line_start) + 1;

    if (self->error) {
        /* the first one counts */
    } else if (mistake == MISTAKE_NUL) {
        /* A C string ends there, and “a\u0000b.test” would be taken for “a”. */
        g_set_error_literal (
            &self->error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SYNTAX,
            _ ("A text in this document holds the character U+0000, which no name or address can have."));
    } else if (mistake == MISTAKE_ENCODING) {
        g_set_error (&self->error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SYNTAX,
                     /* Translators: %1$u and %2$u are numbers. */
                     _ ("This is not text in UTF-8: see line %1$u, column %2$u."), self->line, column);
    } else {
        g_set_error (&self->error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SYNTAX,
                     _ ("This is not a valid JSON document: see line %1$u, column %2$u."), self->line, column);
    }
    stop (self);
}

static void
fail (PosternJsonStream *self)
{
    gboolean text = self->at == self->end || g_utf8_get_char_validated (self->at, self->end - self->at) < (gunichar)-2;

    fail_by (self, text ? MISTAKE_SYNTAX : MISTAKE_ENCODING);
}

static void
skip_space (PosternJsonStream *self)
{
    for (;;) {
        int c = peek (self);

        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            return;
        self->at++;
        if (c == '\n') {
            self->line++;
            self->line_start = self->at;
        }
    }
}

static gboolean
expect (PosternJsonStream *self, const char *word)
{
    for (const char *c = word; *c; c++) {
        if (peek (self) != *c) {
            fail (self);
            return FALSE;
        }
        self->at++;
    }
    return TRUE;
}

static int
take_hexadecimal (PosternJsonStream *self)
{
    int value = 0;

    for (guint i = 0; i < 4; i++) {
        int c = peek (self);
        int digit = c == END ? -1 : g_ascii_xdigit_value ((char)c);

        if (digit < 0) {
            fail (self);
            return -1;
        }
        self->at++;
        value = value << 4 | digit;
    }
    return value;
}

/* RFC 8259, 7: beyond the first plane a character is written as two surrogates; one alone is no character. */
static void
read_unicode (PosternJsonStream *self)
{
    int value = take_hexadecimal (self);

    if (value >= 0xd800 && value <= 0xdbff && expect (self, "\\u")) {
        int low = take_hexadecimal (self);

        value = low >= 0xdc00 && low <= 0xdfff ? 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00) : 0xdc00;
    }
    if (value >= 0xd800 && value <= 0xdfff)
        fail (self);
    else if (value == 0)
        fail_by (self, MISTAKE_NUL);
    else if (value > 0)
        g_string_append_unichar (self->text, (gunichar)value);
}

static void
read_escape (PosternJsonStream *self)
{
    static const char names[] = "\"\\/bfnrt", characters[] = "\"\\/\b\f\n\r\t";
    int c = peek (self);
    const char *found = c == END || c == '\0' ? NULL : strchr (names, c);

    if (c == 'u') {
        self->at++;
        read_unicode (self);
    } else if (found) {
        self->at++;
        g_string_append_c (self->text, characters[found - names]);
    } else {
        fail (self);
    }
}

/* Appends what there is up to the next character that means something. */
static void
copy_plain (PosternJsonStream *self)
{
    const char *start = self->at;

    while (self->at < self->end && *self->at != '"' && *self->at != '\\' && (guchar)*self->at >= ' ')
        self->at++;
    g_string_append_len (self->text, start, self->at - start);
}

/* Behind the quotation mark that begins it. */
static void
read_text (PosternJsonStream *self)
{
    g_string_truncate (self->text, 0);
    while (self->error == NULL && peek (self) != END) {
        copy_plain (self);
        switch (peek (self)) {
        case '"':
            self->at++;
            if (!g_utf8_validate_len (self->text->str, self->text->len, NULL))
                fail_by (self, MISTAKE_ENCODING);
            return;
        case '\\':
            self->at++;
            read_escape (self);
            break;
        case END:
            break;
        default:
            if ((guchar)*self->at < ' ')
                fail (self); /* a control character has to be escaped */
        }
    }
    fail (self);
}

static gboolean
take_digits (PosternJsonStream *self)
{
    guint n = 0;

    for (; peek (self) != END && g_ascii_isdigit (*self->at); n++)
        g_string_append_c (self->text, (char)take (self));
    if (n == 0)
        fail (self);
    return n > 0;
}

/* RFC 8259, 6. */
static PosternJsonKind
read_number (PosternJsonStream *self)
{
    PosternJsonKind kind = POSTERN_JSON_INTEGER;

    g_string_truncate (self->text, 0);
    if (peek (self) == '-')
        g_string_append_c (self->text, (char)take (self));
    if (peek (self) == '0')
        g_string_append_c (self->text, (char)take (self));
    else if (!take_digits (self))
        return POSTERN_JSON_NULL;
    if (peek (self) == '.') {
        kind = POSTERN_JSON_NUMBER;
        self->at++;
        take_digits (self);
    }
    if (peek (self) == 'e' || peek (self) == 'E') {
        kind = POSTERN_JSON_NUMBER;
        self->at++;
        if (peek (self) == '+' || peek (self) == '-')
            self->at++;
        take_digits (self);
    }
    return kind;
}

static PosternJsonKind
open_level (PosternJsonStream *self, gboolean object)
{
    Level level = { .object = object, .first_name = self->names->len };

    self->at++;
    if (self->levels->len >= MOST_LEVELS)
        fail (self);
    else
        g_array_append_val (self->levels, level);
    return object ? POSTERN_JSON_OBJECT : POSTERN_JSON_ARRAY;
}

static PosternJsonKind
read_word (PosternJsonStream *self, const char *word, PosternJsonKind kind)
{
    self->boolean = *word == 't';
    expect (self, word);
    return kind;
}

PosternJsonKind
postern_json_stream_next (PosternJsonStream *self)
{
    skip_space (self);
    switch (peek (self)) {
    case '{':
        return open_level (self, TRUE);
    case '[':
        return open_level (self, FALSE);
    case '"':
        self->at++;
        read_text (self);
        return POSTERN_JSON_STRING;
    case 't':
        return read_word (self, "true", POSTERN_JSON_BOOLEAN);
    case 'f':
        return read_word (self, "false", POSTERN_JSON_BOOLEAN);
    case 'n':
        return read_word (self, "null", POSTERN_JSON_NULL);
    default:
        return read_number (self);
    }
}

gboolean
postern_json_stream_get_boolean (PosternJsonStream *self)
{
    return self->boolean;
}

gint64
postern_json_stream_get_integer (PosternJsonStream *self)
{
    return g_ascii_strtoll (self->text->str, NULL, 10);
}

const char *
postern_json_stream_get_string (PosternJsonStream *self)
{
    return self->text->str;
}

/* Whether the open object or array goes on; else it is closed. */
static gboolean
goes_on (PosternJsonStream *self, char closing)
{
    Level *level;

    if (self->levels->len == 0)
        return FALSE;
    level = &g_array_index (self->levels, Level, self->levels->len - 1);
    skip_space (self);
    if (peek (self) == closing) {
        self->at++;
        if (level->first_name < self->names->len) {
            g_string_truncate (self->name_texts, g_array_index (self->names, gsize, level->first_name));
            g_array_set_size (self->names, level->first_name);
        }
        g_array_set_size (self->levels, self->levels->len - 1);
        return FALSE;
    }
    if (level->begun && !expect (self, ","))
        return FALSE;
    level->begun = TRUE;
    skip_space (self);
    return TRUE;
}

/* RFC 8259, 4, leaves open which of two members of one name counts. So few are allowed that each can be compared. */
static void
note_name (PosternJsonStream *self)
{
    const Level *level = &g_array_index (self->levels, Level, self->levels->len - 1);
    gsize start = self->name_texts->len;

    if (self->names->len - level->first_name >= MOST_MEMBERS) {
        self->crowded = TRUE;
        return;
    }
    for (guint i = level->first_name; self->repeated == NULL && i < self->names->len; i++) {
        if (g_str_equal (self->name_texts->str + g_array_index (self->names, gsize, i), self->text->str))
            self->repeated = g_strdup (self->text->str);
    }
    g_string_append_len (self->name_texts, self->text->str, (gssize)self->text->len + 1);
    g_array_append_val (self->names, start);
}

const char *
postern_json_stream_next_member (PosternJsonStream *self)
{
    if (!goes_on (self, '}') || !expect (self, "\""))
        return NULL;
    read_text (self);
    skip_space (self);
    if (self->error || !expect (self, ":"))
        return NULL;
    note_name (self);
    return self->text->str;
}

gboolean
postern_json_stream_next_element (PosternJsonStream *self)
{
    return goes_on (self, ']');
}

void
postern_json_stream_skip (PosternJsonStream *self, PosternJsonKind kind)
{
    guint outside = self->levels->len;

    if (kind != POSTERN_JSON_OBJECT && kind != POSTERN_JSON_ARRAY)
        return;
    /* One that was opened for this value is among the levels; with a mistake there are none. */
    while (self->levels->len >= outside && outside > 0) {
        const Level *level = &g_array_index (self->levels, Level, self->levels->len - 1);

        if (level->object ? postern_json_stream_next_member (self) != NULL : postern_json_stream_next_element (self))
            postern_json_stream_next (self);
    }
}

gboolean
postern_json_stream_finish (PosternJsonStream *self, char **repeated, GError **error)
{
    skip_space (self);
    if (self->error == NULL && peek (self) != END)
        fail (self);
    if (self->error) {
        g_propagate_error (error, g_steal_pointer (&self->error));
        return FALSE;
    }
    if (self->crowded) {
        g_set_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SCHEMA,
                     _ ("An object in this document has more than %d members, which none in a plan has."),
                     MOST_MEMBERS);
        return FALSE;
    }
    if (self->repeated) {
        g_autofree char *shown = postern_text_for_message (self->repeated);

        g_set_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SCHEMA, _ ("The member “%s” is there twice."),
                     shown);
        if (repeated)
            *repeated = g_steal_pointer (&self->repeated);
        return FALSE;
    }
    return TRUE;
}
