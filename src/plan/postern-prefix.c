/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-prefix.h"

#include <arpa/inet.h>
#include <string.h>

#define LONGEST_ADDRESS 45 /* INET6_ADDRSTRLEN without the NUL */

void
postern_prefix_shorten (PosternPrefix *self, guint length)
{
    guint whole = length / 8;

    if (whole < self->n_bytes) {
        self->bytes[whole] &= (guint8)(0xff00 >> (length % 8));
        memset (self->bytes + whole + 1, 0, self->n_bytes - whole - 1);
    }
    self->length = (guint8)length;
}

void
postern_prefix_init (PosternPrefix *self, const guint8 *bytes, guint n_bytes, guint length)
{
    memset (self, 0, sizeof *self);
    memcpy (self->bytes, bytes, n_bytes);
    self->n_bytes = (guint8)n_bytes;
    postern_prefix_shorten (self, length);
}

/* A number of at most three digits without a leading zero; leaves *@text where it is if there is none. */
static guint
read_number (const char **text, const char *end)
{
    const char *at = *text;
    guint value = 0;

    while (at < end && at - *text < 3 && g_ascii_isdigit (*at))
        value = value * 10 + (guint)(*at++ - '0');
    if (at - *text > 1 && **text == '0')
        return 0;
    *text = at;
    return value;
}

static gboolean
read_octet (const char **text, const char *end, guint8 *octet)
{
    const char *start = *text;
    guint value = read_number (text, end);

    *octet = (guint8)value;
    return *text > start && value <= 255;
}

static gboolean
read_ipv4 (const char **text, const char *end, guint8 *bytes)
{
    for (guint i = 0; i < 4; i++) {
        if (i > 0 && (*text == end || *(*text)++ != '.'))
            return FALSE;
        if (!read_octet (text, end, &bytes[i]))
            return FALSE;
    }
    return TRUE;
}

static gboolean
read_ipv6 (const char **text, const char *end, guint8 *bytes)
{
    const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
    char address[LONGEST_ADDRESS + 1];
    gsize n = 0;

    while (*text + n < end && (*text)[n] != '/' && n < LONGEST_ADDRESS)
        n++;
    memcpy (address, *text, n);
    address[n] = '\0';
    *text += n;
    /* An IPv4-mapped address stands for an IPv4 address and is not so simple. */
    return strlen (address) == n && inet_pton (AF_INET6, address, bytes) == 1 &&
           memcmp (bytes, mapped, sizeof mapped) != 0;
}

/* `/8`, or nothing for a single host. */
static gboolean
read_length (const char *text, const char *end, guint most, guint *length)
{
    const char *start;

    *length = most;
    if (text == end)
        return TRUE;
    if (*text != '/')
        return FALSE;
    start = ++text;
    *length = read_number (&text, end);
    return text > start && text == end && *length <= most;
}

gboolean
postern_prefix_parse (PosternPrefix *self, const char *text, gsize length)
{
    const char *end = text + length;
    const char *at = text;
    guint8 bytes[16];
    guint n_bytes = 4;
    guint bits;

    if (!read_ipv4 (&at, end, bytes)) {
        at = text;
        n_bytes = 16;
        if (!read_ipv6 (&at, end, bytes))
            return FALSE;
    }
    if (!read_length (at, end, n_bytes * 8, &bits))
        return FALSE;
    postern_prefix_init (self, bytes, n_bytes, bits);
    return TRUE;
}

static char *
print_number (char *text, guint value)
{
    if (value >= 100)
        *text++ = (char)('0' + value / 100);
    if (value >= 10)
        *text++ = (char)('0' + value / 10 % 10);
    *text++ = (char)('0' + value % 10);
    return text;
}

gsize
postern_prefix_print (const PosternPrefix *self, char text[POSTERN_PREFIX_TEXT_SIZE])
{
    char *at = text;

    if (self->n_bytes == 4) {
        for (guint i = 0; i < 4; i++) {
            at = print_number (at, self->bytes[i]);
            *at++ = i < 3 ? '.' : '/';
        }
    } else {
        inet_ntop (AF_INET6, self->bytes, text, POSTERN_PREFIX_TEXT_SIZE);
        at += strlen (text);
        *at++ = '/';
    }
    at = print_number (at, self->length);
    *at = '\0';
    return (gsize)(at - text);
}

gboolean
postern_prefix_covers (const PosternPrefix *self, const PosternPrefix *other)
{
    guint whole = self->length / 8;
    guint rest = self->length % 8;

    return self->n_bytes == other->n_bytes && self->length <= other->length &&
           memcmp (self->bytes, other->bytes, whole) == 0 &&
           (rest == 0 || ((self->bytes[whole] ^ other->bytes[whole]) >> (8 - rest)) == 0);
}

int
postern_prefix_compare (const PosternPrefix *a, const PosternPrefix *b)
{
    int order;

    if (a->n_bytes != b->n_bytes)
        return a->n_bytes - b->n_bytes;
    order = memcmp (a->bytes, b->bytes, a->n_bytes);
    return order != 0 ? order : a->length - b->length;
}
