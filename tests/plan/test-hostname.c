/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/postern-hostname.h"
#include "plan/postern-plan-error.h"

static void
test_accepts (void)
{
    const struct {
        const char *text;
        const char *ascii;
    } names[] = {
        { "example.com", "example.com" },
        { "  Mail.EXAMPLE.com.\t", "mail.example.com" },
        { "пример.рф", "xn--e1afmkfd.xn--p1ai" },
        { "ПРИМЕР.РФ", "xn--e1afmkfd.xn--p1ai" },
        { "XN--E1AFMKFD.xn--p1ai", "xn--e1afmkfd.xn--p1ai" },
        { "bücher.test", "xn--bcher-kva.test" },
        { "straße.test", "xn--strae-oqa.test" },      /* non-transitional: ß is a letter of its own */
        { "příklad。test", "xn--pklad-zsa96e.test" }, /* the ideographic full stop is a dot (UTS 46) */
        { "r3---sn.example.com", "r3---sn.example.com" },
        { "mailhost", "mailhost" },
        { "1and1.com", "1and1.com" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autoptr (GError) error = NULL;
        g_autofree char *ascii = postern_hostname_to_ascii (names[i].text, &error);

        g_assert_no_error (error);
        g_assert_cmpstr (ascii, ==, names[i].ascii);
    }
}

static void
test_refuses (void)
{
    const char *names[] = {
        "",
        " ",
        ".",
        "..",
        "a..b",
        ".example.com",
        "example.com..",
        "-a.com",
        "a-.com",
        "exa mple.com",
        "exam_ple.com",
        "*.example.com",
        "a@b.com",
        "10.0.0.1",
        "10.77.2",
        "10.77.2.300",
        "example.123",
        "http://example.com",
        "example.com:25",
        "[example.com]",
        "a\nb.com",
        "example.com\n.evil",
        "$myhostname",
        "lmdb:/etc/passwd",
        "a,b",
        "a=b",
        "\"a\"",
        "!a.com",
        "xn--zzzzzz-.com",
        "xn--a",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com",
        "\xff\xfe.com",
        "a\u202eb.com",
        "１０.0.0.1",
    };

    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autoptr (GError) error = NULL;
        g_autofree char *ascii = postern_hostname_to_ascii (names[i], &error);

        g_test_message ("name %u", i);
        g_assert_null (ascii);
        g_assert_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_INVALID_HOST);
        g_assert_true (g_utf8_validate (error->message, -1, NULL));
        g_assert_null (strchr (error->message, '\n'));
    }
}

static void
test_length (void)
{
    g_autofree char *label = g_strnfill (63, 'a');
    g_autofree char *longest = g_strdup_printf ("%s.%s.%s.%.61s", label, label, label, label);
    g_autofree char *too_long = g_strconcat (longest, "a", NULL);
    g_autofree char *accepted = postern_hostname_to_ascii (longest, NULL);
    g_autofree char *refused = postern_hostname_to_ascii (too_long, NULL);
    g_autofree char *huge = g_strnfill (10 * 1024 * 1024, 'a');
    g_autoptr (GError) error = NULL;

    g_assert_cmpuint (strlen (longest), ==, 253);
    g_assert_cmpstr (accepted, ==, longest);
    g_assert_null (refused);
    g_assert_null (postern_hostname_to_ascii (huge, &error));
    g_assert_cmpuint (strlen (error->message), <, 1000);
}

static void
test_display (void)
{
    g_autofree char *unicode = postern_hostname_to_display ("xn--e1afmkfd.xn--p1ai");
    g_autofree char *dotted = postern_hostname_to_display (".xn--e1afmkfd.xn--p1ai");
    g_autofree char *plain = postern_hostname_to_display ("example.com");

    g_assert_cmpstr (unicode, ==, "пример.рф");
    g_assert_cmpstr (dotted, ==, ".пример.рф");
    g_assert_cmpstr (plain, ==, "example.com");
}

static void
test_addresses (void)
{
    const struct {
        const char *text;
        const char *address; /* NULL: not an address */
    } cases[] = {
        { "10.0.0.20", "10.0.0.20" },
        { " 10.0.0.20 ", "10.0.0.20" },
        { "[10.0.0.20]", "10.0.0.20" },
        { "2607:F0D0:1002:51:0:0:0:4", "2607:f0d0:1002:51::4" },
        { "[IPv6:2607:f0d0:1002:51::4]", "2607:f0d0:1002:51::4" },
        { "::ffff:10.0.0.20", "10.0.0.20" },
        { "010.0.0.20", NULL },
        { "10.0.20", NULL },
        { "10.0.0.256", NULL },
        { "fe80::1%eth0", NULL },
        { "0x0a.0.0.1", NULL },
        { "2130706433", NULL },
        { "example.com", NULL },
        { "", NULL },
        { "[]", NULL },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GInetAddress) address = postern_hostname_parse_address (cases[i].text);
        g_autofree char *text = address ? g_inet_address_to_string (address) : NULL;

        g_assert_cmpstr (text, ==, cases[i].address);
    }
}

/* The quick way and the long way agree: what the quick way leaves alone the long way decides. */
static void
test_fold (void)
{
    const struct {
        const char *text;
        const char *ascii; /* NULL: left alone */
    } cases[] = {
        { "example.com", "example.com" },
        { "MAIL.Example.COM.", "mail.example.com" },
        { "1and1.com", "1and1.com" },
        { "a", "a" },
        { "123.a-b", "123.a-b" },
        { "", NULL },
        { ".", NULL },
        { "a..", NULL },
        { ".a", NULL },
        { "a..b", NULL },
        { "-a.com", NULL },
        { "a-.com", NULL },
        { "a.1", NULL },
        { "10.0.0.1", NULL },
        { "xn--e1afmkfd.xn--p1ai", NULL },
        { "a_b.com", NULL },
        { "a b.com", NULL },
        { "б.com", NULL },
        { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com",
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com" },
        { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com", NULL },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        char ascii[POSTERN_HOSTNAME_SIZE];
        gsize length = postern_hostname_fold (cases[i].text, strlen (cases[i].text), ascii);

        g_assert_cmpuint (length, ==, cases[i].ascii ? strlen (cases[i].ascii) : 0);
        if (length > 0)
            g_assert_cmpstr (ascii, ==, cases[i].ascii);
    }
}

static void
test_fold_longest (void)
{
    g_autofree char *label = g_strnfill (62, 'a');
    g_autofree char *longest = g_strjoin (".", label, label, label, label, "b", NULL);
    g_autofree char *too_long = g_strconcat (longest, "b", NULL);
    char ascii[POSTERN_HOSTNAME_SIZE];

    g_assert_cmpuint (strlen (longest), ==, 253);
    g_assert_cmpuint (postern_hostname_fold (longest, 253, ascii), ==, 253);
    g_assert_cmpuint (postern_hostname_fold (too_long, 254, ascii), ==, 0);
    g_assert_cmpuint (postern_hostname_fold ("a.b\0c", 5, ascii), ==, 0);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/hostname/accepts", test_accepts);
    g_test_add_func ("/hostname/refuses", test_refuses);
    g_test_add_func ("/hostname/length", test_length);
    g_test_add_func ("/hostname/display", test_display);
    g_test_add_func ("/hostname/addresses", test_addresses);
    g_test_add_func ("/hostname/fold", test_fold);
    g_test_add_func ("/hostname/fold-longest", test_fold_longest);
    return g_test_run ();
}
