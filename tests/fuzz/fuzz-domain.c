/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "plan/postern-domain.h"
#include "plan/postern-hostname.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The quick way has to agree with the long one, which white space makes the parser go. */
static void
check_quick_way (const char *name, const char *canonical)
{
    char ascii[POSTERN_HOSTNAME_SIZE];
    gsize length = postern_hostname_fold (name, strlen (name), ascii);
    g_autofree char *padded = g_strconcat (" ", name, NULL);
    g_autofree char *long_way = postern_hostname_to_ascii (padded, NULL);

    if (length > 0) {
        g_assert_cmpstr (ascii, ==, canonical);
        g_assert_cmpstr (ascii, ==, long_way);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    g_autofree char *name = g_strndup ((const char *)data, size);
    g_autoptr (GError) error = NULL;
    g_autofree char *canonical = postern_domain_canonical_name (name, &error);
    g_autofree char *again = NULL;
    g_autoptr (PosternDomain) domain = NULL;

    check_quick_way (name, canonical);
    if (canonical == NULL) {
        g_assert_true (g_utf8_validate (error->message, -1, NULL));
        return 0;
    }
    again = postern_domain_canonical_name (canonical, NULL);
    g_assert_cmpstr (canonical, ==, again);
    g_assert_true (g_str_is_ascii (canonical));
    g_assert_cmpuint (strspn (canonical, "abcdefghijklmnopqrstuvwxyz0123456789.-"), ==, strlen (canonical));

    domain = postern_domain_new (name, NULL);
    g_assert_cmpstr (postern_domain_get_name (domain), ==, canonical);
    g_assert_true (g_utf8_validate (postern_domain_get_display_name (domain), -1, NULL));
    return 0;
}
