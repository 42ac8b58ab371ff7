/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "service/postern-mail-tracker.h"

/* Feeds one line of a mail log; what comes of it is the caller's. */
static PosternMailEvent *
feed (PosternMailTracker *tracker, const char *program, const char *message)
{
    PosternMailLine line = { .program = program, .message = message };

    return postern_mail_tracker_feed (tracker, &line);
}

static void
assert_event (PosternMailEvent *event, PosternMailVerdict verdict, const char *from, const char *to, const char *code,
              const char *reply)
{
    g_assert_nonnull (event);
    g_assert_cmpstr (postern_mail_verdict_to_text (event->verdict), ==, postern_mail_verdict_to_text (verdict));
    g_assert_cmpstr (event->from, ==, from);
    g_assert_cmpstr (event->to, ==, to);
    g_assert_cmpstr (event->code, ==, code);
    g_assert_cmpstr (event->reply, ==, reply);
}

static void
test_delivery (void)
{
    g_autoptr (PosternMailTracker) tracker = postern_mail_tracker_new ("postfix");
    g_autoptr (PosternMailEvent) event = NULL;
    g_autoptr (PosternMailEvent) late = NULL;

    g_assert_null (feed (tracker, "postfix/smtpd", "4dHsl61Nq7z9w: client=mail.example.net[203.0.113.9]"));
    g_assert_null (feed (tracker, "postfix/qmgr", "4dHsl61Nq7z9w: from=<joe@x.test>, size=3, nrcpt=1 (queue active)"));
    event = feed (tracker, "postfix/relay/smtp",
                  "4dHsl61Nq7z9w: to=<a@b.test>, orig_to=<c@b.test>, relay=10.0.0.20[10.0.0.20]:25, delay=0.1, "
                  "delays=0/0/0/0.1, dsn=2.0.0, status=sent (250 2.0.0 Ok (really))");
    assert_event (event, POSTERN_MAIL_VERDICT_DELIVERED, "joe@x.test", "a@b.test", "2.0.0", "250 2.0.0 Ok (really)");
    g_assert_cmpstr (event->client, ==, "mail.example.net[203.0.113.9]");
    g_assert_cmpstr (event->next_hop, ==, "10.0.0.20[10.0.0.20]:25");
    g_assert_cmpstr (event->queue_id, ==, "4dHsl61Nq7z9w");
    g_assert_null (feed (tracker, "postfix/qmgr", "4dHsl61Nq7z9w: removed"));
    late = feed (tracker, "postfix/smtp",
                 "4dHsl61Nq7z9w: to=<a@b.test>, relay=none, delay=0.1, delays=0/0/0/0.1, dsn=4.4.1, status=deferred "
                 "(connect to 10.0.0.20[10.0.0.20]:25: Connection refused)");
    assert_event (late, POSTERN_MAIL_VERDICT_DEFERRED, NULL, "a@b.test", "4.4.1",
                  "connect to 10.0.0.20[10.0.0.20]:25: Connection refused");
    g_assert_null (late->next_hop);
}

static void
test_refusals (void)
{
    g_autoptr (PosternMailTracker) tracker = postern_mail_tracker_new ("postfix");
    g_autoptr (PosternMailEvent) relay = NULL;
    g_autoptr (PosternMailEvent) later = NULL;
    g_autoptr (PosternMailEvent) scanned = NULL;
    g_autoptr (PosternMailEvent) deleted = NULL;
    g_autoptr (PosternMailEvent) screened = NULL;
    g_autoptr (PosternMailEvent) sender = NULL;

    relay = feed (tracker, "postfix/smtpd",
                  "NOQUEUE: reject: RCPT from unknown[203.0.113.77]: 554 5.7.1 <x@y.test>: Relay access denied; "
                  "from=<> to=<x@y.test> proto=ESMTP helo=<a; from=<evil>>");
    assert_event (relay, POSTERN_MAIL_VERDICT_REFUSED, "", "x@y.test", "5.7.1",
                  "554 5.7.1 <x@y.test>: Relay access denied");
    g_assert_cmpstr (relay->client, ==, "unknown[203.0.113.77]");
    g_assert_null (relay->queue_id);
    later = feed (tracker, "postfix/submission/smtpd",
                  "ABCDEF0: reject: RCPT from h[2001:db8::1]: 450 4.1.1 <x@y>: Recipient address rejected: unverified; "
                  "from=<j@x.test> to=<x@y> proto=ESMTP helo=<h>");
    assert_event (later, POSTERN_MAIL_VERDICT_REFUSED_FOR_NOW, "j@x.test", "x@y", "4.1.1",
                  "450 4.1.1 <x@y>: Recipient address rejected: unverified");
    g_assert_cmpstr (later->client, ==, "h[2001:db8::1]");
    g_assert_cmpstr (later->queue_id, ==, "ABCDEF0");
    scanned = feed (tracker, "postfix/cleanup",
                    "ABCDEF1: milter-reject: END-OF-MESSAGE from h[192.0.2.1]: 5.7.1 Spam message rejected; "
                    "from=<j@x.test> to=<a@b.test> proto=ESMTP helo=<h>");
    assert_event (scanned, POSTERN_MAIL_VERDICT_REFUSED, "j@x.test", "a@b.test", "5.7.1",
                  "5.7.1 Spam message rejected");
    deleted = feed (tracker, "postfix/cleanup",
                    "ABCDEF2: milter-discard: END-OF-MESSAGE from h[192.0.2.1]: milter triggers DISCARD action; "
                    "from=<j@x.test> to=<a@b.test> proto=ESMTP helo=<h>");
    assert_event (deleted, POSTERN_MAIL_VERDICT_DELETED, "j@x.test", "a@b.test", NULL,
                  "milter triggers DISCARD action");
    screened = feed (tracker, "postfix/postscreen",
                     "NOQUEUE: reject: RCPT from [192.0.2.9]:41012: 550 5.7.1 Service unavailable; client [192.0.2.9] "
                     "blocked; from=<j@x.test>, to=<a@b.test>, proto=ESMTP, helo=<h>");
    assert_event (screened, POSTERN_MAIL_VERDICT_REFUSED, "j@x.test", "a@b.test", "5.7.1",
                  "550 5.7.1 Service unavailable; client [192.0.2.9] blocked");
    sender = feed (tracker, "postfix/smtpd",
                   "NOQUEUE: reject: MAIL from h[192.0.2.1]: 552 5.3.4 Message size exceeds fixed limit; "
                   "from=<j@x.test> proto=ESMTP helo=<h>");
    assert_event (sender, POSTERN_MAIL_VERDICT_REFUSED, "j@x.test", NULL, "5.3.4",
                  "552 5.3.4 Message size exceeds fixed limit");
}

/* What is not about mail, not of this Postfix, or not what it looks like. */
static void
test_passed_over (void)
{
    g_autoptr (PosternMailTracker) tracker = postern_mail_tracker_new ("postfix");
    const struct {
        const char *program, *message;
    } lines[] = {
        { "postfix/smtpd", "connect from unknown[192.0.2.1]" },
        { "postfix/smtpd", "NOQUEUE: reject: CONNECT from h[192.0.2.1]: 554 5.7.1 no; proto=SMTP" },
        { "postfix/smtp", "ABC: to=<a@b.test>, relay=h[1.2.3.4]:25, delay=0, delays=0, dsn=2.1.5, "
                          "status=deliverable (250 2.1.5 Ok)" },
        { "postfix/smtp", "ABC: to=<a@b.test>, relay=h[1.2.3.4]:25, delay=0, delays=0, dsn=5.1.1, "
                          "status=undeliverable (550 5.1.1 no)" },
        { "postern-proof/smtpd",
          "NOQUEUE: reject: RCPT from h[192.0.2.1]: 554 5.7.1 no; from=<> to=<a@b> proto=ESMTP" },
        { "postfix-other/smtp",
          "ABC: to=<a@b.test>, relay=h[1.2.3.4]:25, delay=0, delays=0, dsn=2.0.0, status=sent (2)" },
        { "postfix/smtp", "ABC: to=<a@b.test" },
        { "postfix/smtp", "ABC: to=<a@b.test>, relay=" },
        { "postfix/smtp", "ABC: to=<a@b.test>, relay=h, dsn=2.0.0, status=sent" },
        { "postfix/smtpd", "NOQUEUE: reject: " },
        { "postfix/smtpd", "NOQUEUE: reject: RCPT from ; from=<" },
        { "postfix/smtpd", "NOQUEUE: reject: ; from=<> to=<a@b> proto=ESMTP" },
        { "postfix/smtpd", "warning: hostname h does not resolve to address 192.0.2.1: Name or service not known" },
        { "postfix/smtpd", "" },
        { "postfix/", "ABC: removed" },
        { "", "ABC: removed" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
        g_autoptr (PosternMailEvent) event = feed (tracker, lines[i].program, lines[i].message);

        g_test_message ("%s", lines[i].message);
        g_assert_null (event);
    }
}

/* However many messages never leave the queue, what is remembered of them stays bounded, and the newest are known. */
static void
test_bounded (void)
{
    g_autoptr (PosternMailTracker) tracker = postern_mail_tracker_new ("postfix");
    const char *const rest = "to=<a@b>, relay=h, delay=0, delays=0, dsn=2.0.0, status=sent (ok)";
    g_autoptr (PosternMailEvent) oldest = NULL;
    g_autoptr (PosternMailEvent) newest = NULL;
    g_autofree char *last = NULL;

    for (guint i = 0; i < 20000; i++) {
        g_autofree char *message = g_strdup_printf ("%08X: from=<%u@x>, size=1, nrcpt=1 (queue active)", i, i);

        g_assert_null (feed (tracker, "postfix/qmgr", message));
    }
    last = g_strdup_printf ("%08X: %s", 19999, rest);
    newest = feed (tracker, "postfix/smtp", last);
    g_assert_cmpstr (newest->from, ==, "19999@x");
    g_set_str (&last, "");
    g_free (g_steal_pointer (&last));
    last = g_strdup_printf ("%08X: %s", 0, rest);
    oldest = feed (tracker, "postfix/smtp", last);
    g_assert_null (oldest->from);
}

static void
assert_line (const char *text, const char *program, const char *message, const char *time)
{
    g_autofree char *copy = g_strdup (text);
    g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Prague");
    g_autoptr (GDateTime) now = g_date_time_new (zone, 2027, 1, 2, 12, 0, 0);
    g_autoptr (GDateTime) found = NULL;
    g_autofree char *shown = NULL;
    PosternMailLine line;

    g_assert_true (postern_mail_line_parse (&line, copy));
    g_assert_cmpstr (line.program, ==, program);
    g_assert_cmpstr (line.message, ==, message);
    found = g_date_time_new_from_unix_utc_usec (postern_mail_line_get_time (&line, now));
    shown = g_date_time_format_iso8601 (found);
    g_assert_cmpstr (shown, ==, time);
}

static void
test_lines (void)
{
    assert_line ("Jan  2 11:59:58 gw postfix/smtpd[42]: hello: world", "postfix/smtpd", "hello: world",
                 "2027-01-02T10:59:58Z");
    assert_line ("Dec 31 23:59:58 gw postfix/smtpd[42]: x", "postfix/smtpd", "x", "2026-12-31T22:59:58Z");
    assert_line ("Feb 29 23:59:58 gw postfix/smtpd[42]: x", "postfix/smtpd", "x", "2027-01-02T11:00:00Z");
    assert_line ("2026-11-27T04:07:23.123456+02:00 gw postfix/qmgr[1]: y", "postfix/qmgr", "y",
                 "2026-11-27T02:07:23.123456Z");
    assert_line ("Jan  2 11:59:58 gw postfix/postlog: starting", "postfix/postlog", "starting", "2027-01-02T10:59:58Z");
}

static void
test_not_lines (void)
{
    const char *const texts[] = { "",
                                  "x",
                                  "Jan  2 11:59:58",
                                  "Jan  2 11:59:58 gw",
                                  "Jan  2 11:59:58 gw a b: c",
                                  "2026",
                                  "2026-11-27T04:07:23Z gw : x" };

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        g_autofree char *copy = g_strdup (texts[i]);
        PosternMailLine line;

        g_test_message ("%s", texts[i]);
        g_assert_false (postern_mail_line_parse (&line, copy));
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/mail-tracker/delivery", test_delivery);
    g_test_add_func ("/mail-tracker/refusals", test_refusals);
    g_test_add_func ("/mail-tracker/passed-over", test_passed_over);
    g_test_add_func ("/mail-tracker/bounded", test_bounded);
    g_test_add_func ("/mail-tracker/lines", test_lines);
    g_test_add_func ("/mail-tracker/not-lines", test_not_lines);
    return g_test_run ();
}
