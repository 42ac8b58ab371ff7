/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "probe/postern-probe-error.h"
#include "probe/postern-smtp-capabilities.h"
#include "probe/postern-smtp-reply-parser.h"

/* Feeds @bytes in pieces of @piece bytes until there is a reply; what is left over goes to @rest. */
static PosternSmtpReply *
parse_pieces (const char *bytes, gsize length, gsize piece, const char **rest, GError **error)
{
    g_autoptr (PosternSmtpReplyParser) parser = postern_smtp_reply_parser_new ("mx.test:25");
    gsize at = 0;

    while (at < length) {
        PosternSmtpReply *reply;
        gsize used;
        gsize n = MIN (piece, length - at);

        if (!postern_smtp_reply_parser_push (parser, (const guint8 *)bytes + at, n, &used, &reply, error))
            return NULL;
        at += used;
        if (rest != NULL)
            *rest = bytes + at;
        if (reply != NULL)
            return reply;
        g_assert_cmpuint (used, ==, n);
        g_assert_false (postern_smtp_reply_parser_is_empty (parser));
    }
    return NULL;
}

static PosternSmtpReply *
parse (const char *bytes)
{
    g_autoptr (GError) error = NULL;
    PosternSmtpReply *reply = parse_pieces (bytes, strlen (bytes), strlen (bytes), NULL, &error);

    g_assert_no_error (error);
    g_assert_nonnull (reply);
    return reply;
}

typedef struct {
    const char *bytes;
    guint code;
    const char *enhanced;
    const char *text;
    const char *display;
} Good;

static const Good good[] = {
    { "220 mx.test ESMTP Postfix\r\n", 220, NULL, "mx.test ESMTP Postfix", "220 mx.test ESMTP Postfix" },
    { "250 2.1.5 Ok\r\n", 250, "2.1.5", "Ok", "250 2.1.5 Ok" },
    { "250\r\n", 250, NULL, "", "250" },
    { "250 \r\n", 250, NULL, "", "250" },
    { "250 2.0.0\r\n", 250, "2.0.0", "", "250 2.0.0" },
    { "250 Ok\n", 250, NULL, "Ok", "250 Ok" },
    { "550-5.1.1 No\r\n550-5.1.1 such\r\n550 5.1.1 user\r\n", 550, "5.1.1", "No such user", "550 5.1.1 No such user" },
    { "250-mx\r\n250-SIZE 10\r\n250\r\n", 250, NULL, "mx SIZE 10", "250 mx SIZE 10" },
    { "550 5.1.10 RESOLVER\r\n", 550, "5.1.10", "RESOLVER", "550 5.1.10 RESOLVER" },
    { "571 Denied\r\n", 571, NULL, "Denied", "571 Denied" },
    /* None of these is an enhanced status: another class, too many digits, a version number. */
    { "550 4.1.1 No\r\n", 550, NULL, "4.1.1 No", "550 4.1.1 No" },
    { "550 5.1.1234 No\r\n", 550, NULL, "5.1.1234 No", "550 5.1.1234 No" },
    { "550 5.1 No\r\n", 550, NULL, "5.1 No", "550 5.1 No" },
    { "220 2.1.1.4 mx\r\n", 220, NULL, "2.1.1.4 mx", "220 2.1.1.4 mx" },
    { "354 3.0.0 Go\r\n", 354, NULL, "3.0.0 Go", "354 3.0.0 Go" },
};

static void
test_good (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
        g_autoptr (PosternSmtpReply) reply = parse (good[i].bytes);

        g_assert_cmpuint (postern_smtp_reply_get_code (reply), ==, good[i].code);
        g_assert_cmpstr (postern_smtp_reply_get_enhanced (reply), ==, good[i].enhanced);
        g_assert_cmpstr (postern_smtp_reply_get_text (reply), ==, good[i].text);
        g_assert_cmpstr (postern_smtp_reply_get_display (reply), ==, good[i].display);
    }
}

/* However the bytes are cut, the reply is the same and nothing of what follows it is taken. */
static void
test_pieces (void)
{
    static const char bytes[] = "250-mx.test\r\n250-SIZE 10240000\r\n250 HELP\r\n220 next";

    for (gsize piece = 1; piece <= strlen (bytes); piece++) {
        g_autoptr (GError) error = NULL;
        const char *rest = NULL;
        g_autoptr (PosternSmtpReply) reply = parse_pieces (bytes, strlen (bytes), piece, &rest, &error);

        g_assert_no_error (error);
        g_assert_cmpstr (postern_smtp_reply_get_display (reply), ==, "250 mx.test SIZE 10240000 HELP");
        g_assert_cmpuint (g_strv_length ((GStrv)postern_smtp_reply_get_lines (reply)), ==, 3);
        g_assert_cmpstr (rest, ==, "220 next");
    }
}

static void
test_not_smtp (void)
{
    static const char *const bad[] = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 400 Bad Request\r\n",
        "+OK POP3\r\n",
        "\r\n",
        "\n",
        "25\r\n",
        "250Ok\r\n",
        "150 x\r\n",
        "650 x\r\n",
        "099 x\r\n",
        "2x0 x\r\n",
        " 250 x\r\n",
        "250-a\r\n251 b\r\n",
        "250-a\r\nb\r\n",
        "250-a\r\n\r\n",
        "250\tx\r\n",
        "\xff\xfe\r\n",
    };

    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (PosternSmtpReply) reply = parse_pieces (bad[i], strlen (bad[i]), 3, NULL, &error);

        g_assert_null (reply);
        g_assert_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_PROTOCOL);
        g_assert_true (g_utf8_validate (error->message, -1, NULL));
        g_assert_nonnull (strstr (error->message, "mx.test:25"));
    }
}

static void
assert_too_much (GString *bytes, gsize piece)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternSmtpReply) reply = parse_pieces (bytes->str, bytes->len, piece, NULL, &error);

    g_assert_null (reply);
    g_assert_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_TOO_MUCH);
}

static void
test_limits (void)
{
    g_autoptr (GString) line = g_string_new ("250 ");
    g_autoptr (GString) lines = g_string_new (NULL);
    g_autoptr (GString) long_lines = g_string_new (NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternSmtpReply) longest = NULL;
    g_autoptr (PosternSmtpReply) most = NULL;

    while (line->len < POSTERN_SMTP_REPLY_MAX_LINE - 1)
        g_string_append_c (line, 'a');
    g_string_append (line, "\r\n");
    longest = parse_pieces (line->str, line->len, 100, NULL, &error);
    g_assert_no_error (error);
    g_assert_nonnull (longest);
    g_string_insert_c (line, 4, 'a');
    assert_too_much (line, 1);
    assert_too_much (line, line->len);

    for (guint i = 1; i < POSTERN_SMTP_REPLY_MAX_LINES; i++)
        g_string_append (lines, "250-x\r\n");
    g_string_append (lines, "250 x\r\n");
    most = parse_pieces (lines->str, lines->len, lines->len, NULL, &error);
    g_assert_no_error (error);
    g_assert_nonnull (most);
    g_string_prepend (lines, "250-x\r\n");
    assert_too_much (lines, lines->len);

    line->str[3] = '-';
    g_string_erase (line, 4, 1);
    for (guint i = 0; i < 33; i++)
        g_string_append (long_lines, line->str);
    assert_too_much (long_lines, 1000);
}

/* Nothing that a server sends can move a terminal's cursor, hide text or break UTF-8. */
static void
test_clean (void)
{
    static const char bytes[] = "250 a\tb\x1b[31mred\x07\xff\xe2\x80\xae\x00z\xe2\x80\xa8 \xd0\xbf\rq\r\n";
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternSmtpReply) reply = parse_pieces (bytes, sizeof bytes - 1, 5, NULL, &error);
    const char *text = postern_smtp_reply_get_text (reply);

    g_assert_no_error (error);
    g_assert_cmpstr (
        text, ==, "a b\xef\xbf\xbd[31mred\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd п\xef\xbf\xbdq");
    g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
test_predicates (void)
{
    g_autoptr (PosternSmtpReply) ok = parse ("250 x\r\n");
    g_autoptr (PosternSmtpReply) closing = parse ("421 x\r\n");
    g_autoptr (PosternSmtpReply) refused = parse ("550 x\r\n");

    g_assert_true (postern_smtp_reply_is_positive (ok));
    g_assert_false (postern_smtp_reply_is_temporary (ok) || postern_smtp_reply_is_permanent (ok));
    g_assert_true (postern_smtp_reply_is_temporary (closing) && postern_smtp_reply_is_closing (closing));
    g_assert_false (postern_smtp_reply_is_positive (closing) || postern_smtp_reply_is_permanent (closing));
    g_assert_true (postern_smtp_reply_is_permanent (refused));
    g_assert_false (postern_smtp_reply_is_positive (refused) || postern_smtp_reply_is_temporary (refused));
    g_assert_false (postern_smtp_reply_is_closing (ok) || postern_smtp_reply_is_closing (refused));
}

static void
test_capabilities (void)
{
    g_autoptr (PosternSmtpReply) reply =
        parse ("250-STARTTLS.test greets\r\n250-size 10240\r\n250-XCLIENT NAME  ADDR\r\n"
               "250-STARTTLSX\r\n250 8BITMIME\r\n");
    g_autoptr (PosternSmtpCapabilities) capabilities = postern_smtp_capabilities_new (reply);
    g_autoptr (PosternSmtpCapabilities) none = postern_smtp_capabilities_new (NULL);

    g_assert_false (postern_smtp_capabilities_has (capabilities, "STARTTLS"));
    g_assert_true (postern_smtp_capabilities_has (capabilities, "8bitmime"));
    g_assert_cmpstr (postern_smtp_capabilities_get_parameters (capabilities, "SIZE"), ==, "10240");
    g_assert_cmpstr (postern_smtp_capabilities_get_parameters (capabilities, "8BITMIME"), ==, "");
    g_assert_null (postern_smtp_capabilities_get_parameters (capabilities, "SMTPUTF8"));
    g_assert_true (postern_smtp_capabilities_has_parameter (capabilities, "XCLIENT", "addr"));
    g_assert_false (postern_smtp_capabilities_has_parameter (capabilities, "XCLIENT", "LOGIN"));
    g_assert_false (postern_smtp_capabilities_has_parameter (capabilities, "SMTPUTF8", "X"));
    g_assert_cmpuint (g_strv_length ((GStrv)postern_smtp_capabilities_get_lines (capabilities)), ==, 4);
    g_assert_cmpuint (g_strv_length ((GStrv)postern_smtp_capabilities_get_lines (none)), ==, 0);
}

int
main (int argc, char *argv[])
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/probe/smtp-reply/good", test_good);
    g_test_add_func ("/probe/smtp-reply/pieces", test_pieces);
    g_test_add_func ("/probe/smtp-reply/not-smtp", test_not_smtp);
    g_test_add_func ("/probe/smtp-reply/limits", test_limits);
    g_test_add_func ("/probe/smtp-reply/clean", test_clean);
    g_test_add_func ("/probe/smtp-reply/predicates", test_predicates);
    g_test_add_func ("/probe/smtp-reply/capabilities", test_capabilities);
    return g_test_run ();
}
