/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "probe/postern-probe-error.h"
#include "probe/postern-smtp-argument.h"
#include "probe/postern-smtp-server-name.h"

static void
assert_refused (gboolean accepted, GError *error, const char *argument)
{
    if (accepted)
        g_error ("accepted: %s", argument);
    g_assert_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_INVALID_ARGUMENT);
    g_assert_null (strpbrk (error->message, "\r\n"));
    g_error_free (error);
}

static void
test_mailbox (void)
{
    static const char *const good[] = {
        "alice@example.com",
        "postmaster",
        "joe%elsewhere.test@example.com",
        "@example.com:joe@elsewhere.test",
        "joe@[10.77.9.9]",
        "joe@[IPv6:2001:db8::1]",
        "\"joe@x\"@example.com",
        "оля@пример.рф",
        "a+b=c@example.com",
    };
    static const char *const bad[] = {
        "",
        "a@b\r\nRCPT TO:<x@y>",
        "a@b\nDATA",
        "a@b\rDATA",
        "a@b>",
        "a@b> SIZE=1",
        "<a@b",
        "a b@c",
        "a@b SMTPUTF8",
        "a@b\tx",
        "a@b\x01",
        "a@b\x7f",
        "a@b\xc2\x85x",
        "a@b\xe2\x80\xa8x",
        "a@b\xe2\x80\x83x",
        "a@b\xff",
        "\xc0\x8d\xc0\x8a@b",
        "\"a b\"@c",
    };
    g_autofree char *longest = g_strnfill (POSTERN_SMTP_MAX_MAILBOX, 'a');
    g_autofree char *too_long = g_strnfill (POSTERN_SMTP_MAX_MAILBOX + 1, 'a');
    g_autoptr (GError) error = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
        g_assert_true (postern_smtp_check_mailbox (good[i], &error));
        g_assert_no_error (error);
    }
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
        GError *refusal = NULL;
        gboolean accepted = postern_smtp_check_mailbox (bad[i], &refusal);

        assert_refused (accepted, refusal, bad[i]);
    }
    g_assert_true (postern_smtp_check_mailbox (longest, NULL));
    g_assert_false (postern_smtp_check_mailbox (too_long, NULL));
}

static void
test_hello_name (void)
{
    static const char *const good[] = { "gw.example.com", "[10.0.0.2]", "[IPv6:2001:db8::1]", "localhost", "a_b" };
    static const char *const bad[] = {
        "", "a b", "a\r\nMAIL FROM:<>", "a\n", "a>", "пример.рф", "a\x7f", "a;b", "a\tb"
    };
    g_autofree char *too_long = g_strnfill (256, 'a');

    for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
        g_assert_true (postern_smtp_check_hello_name (good[i], NULL));
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
        GError *refusal = NULL;
        gboolean accepted = postern_smtp_check_hello_name (bad[i], &refusal);

        assert_refused (accepted, refusal, bad[i]);
    }
    g_assert_false (postern_smtp_check_hello_name (too_long, NULL));
}

static void
test_attribute (void)
{
    static const PosternSmtpAttribute bad[] = {
        { "ADDR", "" },     { "ADDR", NULL },       { "ADDR", "10.0.0.1\r\nRSET" },
        { "NAME", "a\nb" }, { "HELO", "a\x7f" },    { "addr", "10.0.0.1" },
        { "EVIL", "x" },    { "ADDR=1 NAME", "x" }, { "", "x" },
        { "A\r\nB", "x" },
    };
    static const struct {
        PosternSmtpAttribute attribute;
        const char *text;
    } good[] = {
        { { "ADDR", "203.0.113.9" }, "ADDR=203.0.113.9" },     { { "ADDR", "2001:db8::1" }, "ADDR=IPV6:2001:db8::1" },
        { { "DESTADDR", "::1" }, "DESTADDR=IPV6:::1" },        { { "ADDR", "IPV6:::1" }, "ADDR=IPV6:::1" },
        { { "NAME", "[UNAVAILABLE]" }, "NAME=[UNAVAILABLE]" }, { { "NAME", "::1" }, "NAME=::1" },
        { { "HELO", "a b+c=d" }, "HELO=a+20b+2Bc+3Dd" },       { { "LOGIN", "й" }, "LOGIN=+D0+B9" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
        const PosternSmtpAttribute attributes[] = { { "PORT", "25" }, bad[i], { NULL, NULL } };
        g_autoptr (GError) error = NULL;

        g_assert_null (postern_smtp_format_xclient (attributes, &error));
        g_assert_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_INVALID_ARGUMENT);
        g_assert_null (strpbrk (error->message, "\r\n"));
    }
    for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
        const PosternSmtpAttribute attributes[] = { { "PORT", "25" }, good[i].attribute, { NULL, NULL } };
        g_autoptr (GError) error = NULL;
        g_autofree char *expected = g_strconcat ("XCLIENT PORT=25 ", good[i].text, NULL);
        g_autofree char *command = postern_smtp_format_xclient (attributes, &error);

        g_assert_no_error (error);
        g_assert_cmpstr (command, ==, expected);
    }
}

static void
assert_server (const char *host, const char *address, const char *expected)
{
    g_autoptr (GInetAddress) inet = address != NULL ? g_inet_address_new_from_string (address) : NULL;
    g_autofree char *text = postern_smtp_format_server (host, inet, 25);

    g_assert_cmpstr (text, ==, expected);
}

static void
test_server_name (void)
{
    g_autoptr (GInetAddress) v4 = g_inet_address_new_from_string ("10.0.0.2");
    g_autoptr (GInetAddress) v6 = g_inet_address_new_from_string ("2001:db8::1");
    g_autofree char *literal4 = postern_smtp_format_address_literal (v4);
    g_autofree char *literal6 = postern_smtp_format_address_literal (v6);

    assert_server ("mail.example.com", NULL, "mail.example.com:25");
    assert_server ("mail.example.com", "10.0.0.2", "mail.example.com[10.0.0.2]:25");
    assert_server ("mail.example.com", "2001:db8::1", "mail.example.com[2001:db8::1]:25");
    assert_server ("10.0.0.2", "10.0.0.2", "10.0.0.2:25");
    assert_server ("2001:db8::1", "2001:db8::1", "[2001:db8::1]:25");
    assert_server ("2001:db8::1", NULL, "[2001:db8::1]:25");
    g_assert_cmpstr (literal4, ==, "[10.0.0.2]");
    g_assert_cmpstr (literal6, ==, "[IPv6:2001:db8::1]");
}

int
main (int argc, char *argv[])
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/probe/smtp-argument/mailbox", test_mailbox);
    g_test_add_func ("/probe/smtp-argument/hello-name", test_hello_name);
    g_test_add_func ("/probe/smtp-argument/attribute", test_attribute);
    g_test_add_func ("/probe/smtp-argument/server-name", test_server_name);
    return g_test_run ();
}
