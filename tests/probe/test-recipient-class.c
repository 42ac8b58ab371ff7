/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "probe/postern-probe-error.h"
#include "probe/postern-recipient-class.h"

/* "550 5.1.1 No" as a reply. */
static PosternSmtpReply *
make_reply (const char *text)
{
    const char *lines[] = { "", NULL };

    if (text == NULL)
        return NULL;
    lines[0] = text[3] == ' ' ? text + 4 : text + 3;
    return postern_smtp_reply_new ((guint)g_ascii_strtoull (text, NULL, 10), lines);
}

typedef struct {
    const char *given;
    const char *invented;
    const char *from_null;
    guint slowest_ms;
    PosternRecipientClass class;
} Row;

/* What servers say to RCPT; the wordings are Postfix's, Exim's, Exchange's and Rspamd's. */
static const Row rows[] = {
    { "250 2.1.5 Ok", "550 5.1.1 User unknown", NULL, 0, POSTERN_RECIPIENT_CLASS_VERIFIES },
    { "250 Ok", "550 No such user here", NULL, 0, POSTERN_RECIPIENT_CLASS_VERIFIES },
    { "250 Ok", "550 5.4.1 Recipient address rejected: Access denied", NULL, 0, POSTERN_RECIPIENT_CLASS_VERIFIES },
    { "250 Ok", "554 5.7.1 Relay access denied", NULL, 0, POSTERN_RECIPIENT_CLASS_VERIFIES },
    { NULL, "550 5.1.1 User unknown", NULL, 0, POSTERN_RECIPIENT_CLASS_VERIFIES },
    { NULL, "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", NULL, 0,
      POSTERN_RECIPIENT_CLASS_VERIFIES },
    { NULL, "554 5.7.1 User unknown", NULL, 0, POSTERN_RECIPIENT_CLASS_VERIFIES },
    { NULL, "553 sorry, that address is not here", NULL, 0, POSTERN_RECIPIENT_CLASS_VERIFIES },

    { "250 Ok", "250 Ok", NULL, 0, POSTERN_RECIPIENT_CLASS_CATCH_ALL },
    { NULL, "250 Ok", NULL, 0, POSTERN_RECIPIENT_CLASS_CATCH_ALL },
    { NULL, "252 2.0.0 Cannot VRFY user", NULL, 0, POSTERN_RECIPIENT_CLASS_CATCH_ALL },
    { "550 5.1.1 User unknown", "250 Ok", NULL, 0, POSTERN_RECIPIENT_CLASS_CATCH_ALL },
    { "250 Ok", "250 Ok", NULL, 99999, POSTERN_RECIPIENT_CLASS_CATCH_ALL },

    { "550 5.7.1 SPF says no", "550 5.7.1 SPF says no", "250 Ok", 0, POSTERN_RECIPIENT_CLASS_REFUSES_SENDER },
    { "550 No", "550 No", "250 Ok", 0, POSTERN_RECIPIENT_CLASS_REFUSES_SENDER },
    { "550 5.1.8 Domain not found", "550 5.1.8 Domain not found", "550 5.1.1 No", 0,
      POSTERN_RECIPIENT_CLASS_REFUSES_SENDER },
    { "553 5.7.1 <x@y>: Sender address rejected: not logged in", "553 5.7.1 Sender address rejected: not logged in",
      NULL, 0, POSTERN_RECIPIENT_CLASS_REFUSES_SENDER },
    { NULL, "550 5.1.7 Bad sender", NULL, 0, POSTERN_RECIPIENT_CLASS_REFUSES_SENDER },

    { "554 5.7.1 <a[1.2.3.4]>: Client host rejected: Access denied", "554 5.7.1 Client host rejected: Access denied",
      "554 5.7.1 Client host rejected", 0, POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT },
    { "550 5.7.1 No", "550 5.7.1 No", "550 5.7.1 No", 0, POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT },
    { "550 relay not permitted", "550 relay not permitted", "550 relay not permitted", 0,
      POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT },
    { NULL, "554 5.7.1 <x@y>: Relay access denied", NULL, 0, POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT },
    { NULL, "554 Go away", NULL, 0, POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT },

    { "550 5.1.1 User unknown", "550 5.1.1 User unknown", "550 5.1.1 User unknown", 0,
      POSTERN_RECIPIENT_CLASS_REFUSES_ALL },
    { "550 No", "550 No", "450 Later", 0, POSTERN_RECIPIENT_CLASS_REFUSES_ALL },
    { "550 No", "550 No", NULL, 0, POSTERN_RECIPIENT_CLASS_REFUSES_ALL },

    { "451 4.7.1 Greylisted, try again later", "451 4.7.1 Greylisted", NULL, 0, POSTERN_RECIPIENT_CLASS_GREYLISTS },
    { "450 4.2.0 <a>: Recipient address rejected: Greylisted, see http://x", "450 4.2.0 x", NULL, 0,
      POSTERN_RECIPIENT_CLASS_GREYLISTS },
    { "451 4.7.1 Try again later", "451 4.7.1 Try again later", NULL, 0, POSTERN_RECIPIENT_CLASS_GREYLISTS },
    { "250 Ok", "451 Graylisting in action", NULL, 0, POSTERN_RECIPIENT_CLASS_GREYLISTS },
    { NULL, "451 4.7.1 Try again later", NULL, 0, POSTERN_RECIPIENT_CLASS_GREYLISTS },

    { "450 4.1.1 unverified address: Address verification in progress", "450 4.1.1 unverified address", NULL, 0,
      POSTERN_RECIPIENT_CLASS_TEMPFAILS },
    { "250 Ok", "450 4.1.1 unverified address: unknown", NULL, 0, POSTERN_RECIPIENT_CLASS_TEMPFAILS },
    { "451 4.3.0 Temporary lookup failure", "451 4.3.0 Temporary lookup failure", NULL, 0,
      POSTERN_RECIPIENT_CLASS_TEMPFAILS },
    { "450 4.7.1 Client host rejected: cannot find your hostname", "450 4.7.1 x", NULL, 0,
      POSTERN_RECIPIENT_CLASS_TEMPFAILS },
    { "454 4.7.1 Relay access denied", "454 4.7.1 Relay access denied", NULL, 0, POSTERN_RECIPIENT_CLASS_TEMPFAILS },
    { "450 Later", "550 No", NULL, 0, POSTERN_RECIPIENT_CLASS_TEMPFAILS },

    { "250 Ok", "550 5.1.1 User unknown", NULL, 6001, POSTERN_RECIPIENT_CLASS_SLOW },
    { "250 Ok", "550 5.1.1 User unknown", NULL, 6000, POSTERN_RECIPIENT_CLASS_VERIFIES },
};

static void
test_rcpt (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
        PosternSmtpReply *given = make_reply (rows[i].given);
        PosternSmtpReply *invented = make_reply (rows[i].invented);
        PosternSmtpReply *from_null = make_reply (rows[i].from_null);
        PosternRecipientObservation observation = { NULL,      POSTERN_SMTP_STAGE_RCPT, NULL, given, invented,
                                                    from_null, rows[i].slowest_ms,      6000 };

        g_test_message ("%s / %s", rows[i].given, rows[i].invented);
        g_assert_cmpstr (postern_recipient_class_name (postern_recipient_class_judge (&observation)), ==,
                         postern_recipient_class_name (rows[i].class));
        g_clear_pointer (&given, postern_smtp_reply_unref);
        g_clear_pointer (&invented, postern_smtp_reply_unref);
        g_clear_pointer (&from_null, postern_smtp_reply_unref);
    }
}

typedef struct {
    PosternSmtpStage stage;
    const char *refusal;
    const char *from_null;
    PosternRecipientClass class;
} EarlyRow;

static const EarlyRow early_rows[] = {
    { POSTERN_SMTP_STAGE_CONNECT, "554 5.7.1 Listed", NULL, POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT },
    { POSTERN_SMTP_STAGE_CONNECT, "421 4.3.2 Busy", NULL, POSTERN_RECIPIENT_CLASS_TEMPFAILS },
    { POSTERN_SMTP_STAGE_HELO, "550 5.7.1 Bad name", NULL, POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT },
    { POSTERN_SMTP_STAGE_HELO, "450 4.7.1 Later", NULL, POSTERN_RECIPIENT_CLASS_GREYLISTS },
    { POSTERN_SMTP_STAGE_MAIL, "550 5.7.1 External mail with our domain", "250 Ok",
      POSTERN_RECIPIENT_CLASS_REFUSES_SENDER },
    { POSTERN_SMTP_STAGE_MAIL, "550 5.7.1 No", "550 5.7.1 No", POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT },
    { POSTERN_SMTP_STAGE_MAIL, "550 5.7.1 No", "550 5.1.1 User unknown", POSTERN_RECIPIENT_CLASS_REFUSES_SENDER },
    { POSTERN_SMTP_STAGE_MAIL, "550 5.7.1 No", NULL, POSTERN_RECIPIENT_CLASS_REFUSES_SENDER },
    { POSTERN_SMTP_STAGE_MAIL, "554 5.7.1 Client host rejected", NULL, POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT },
    { POSTERN_SMTP_STAGE_MAIL, "451 4.1.8 Domain not found", NULL, POSTERN_RECIPIENT_CLASS_TEMPFAILS },
    { POSTERN_SMTP_STAGE_RCPT, "421 4.7.0 Too much", NULL, POSTERN_RECIPIENT_CLASS_TEMPFAILS },
};

static void
test_before_rcpt (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (early_rows); i++) {
        PosternSmtpReply *refusal = make_reply (early_rows[i].refusal);
        PosternSmtpReply *from_null = make_reply (early_rows[i].from_null);
        PosternRecipientObservation observation = {
            NULL, early_rows[i].stage, refusal, NULL, NULL, from_null, 0, 6000
        };

        g_test_message ("%s / %s", early_rows[i].refusal, early_rows[i].from_null);
        g_assert_cmpstr (postern_recipient_class_name (postern_recipient_class_judge (&observation)), ==,
                         postern_recipient_class_name (early_rows[i].class));
        g_clear_pointer (&refusal, postern_smtp_reply_unref);
        g_clear_pointer (&from_null, postern_smtp_reply_unref);
    }
}

static PosternRecipientClass
judge_failure (PosternSmtpStage stage, PosternProbeError code)
{
    g_autoptr (GError) failure = g_error_new_literal (POSTERN_PROBE_ERROR, (int)code, "failed");
    PosternRecipientObservation observation = { .failure = failure, .stage = stage, .slow_ms = 6000 };

    return postern_recipient_class_judge (&observation);
}

static void
test_failures (void)
{
    g_assert_cmpint (judge_failure (POSTERN_SMTP_STAGE_RESOLVE, POSTERN_PROBE_ERROR_NOT_FOUND), ==,
                     POSTERN_RECIPIENT_CLASS_UNREACHABLE);
    g_assert_cmpint (judge_failure (POSTERN_SMTP_STAGE_CONNECT, POSTERN_PROBE_ERROR_REFUSED), ==,
                     POSTERN_RECIPIENT_CLASS_UNREACHABLE);
    g_assert_cmpint (judge_failure (POSTERN_SMTP_STAGE_CONNECT, POSTERN_PROBE_ERROR_TIMED_OUT), ==,
                     POSTERN_RECIPIENT_CLASS_UNREACHABLE);
    g_assert_cmpint (judge_failure (POSTERN_SMTP_STAGE_RCPT, POSTERN_PROBE_ERROR_CLOSED), ==,
                     POSTERN_RECIPIENT_CLASS_UNREACHABLE);
    g_assert_cmpint (judge_failure (POSTERN_SMTP_STAGE_RCPT, POSTERN_PROBE_ERROR_TIMED_OUT), ==,
                     POSTERN_RECIPIENT_CLASS_SLOW);
    g_assert_cmpint (judge_failure (POSTERN_SMTP_STAGE_MAIL, POSTERN_PROBE_ERROR_TIMED_OUT), ==,
                     POSTERN_RECIPIENT_CLASS_SLOW);
}

/* Which of the two edge scenarios is it? */
static void
test_verifies (void)
{
    for (PosternRecipientClass class = POSTERN_RECIPIENT_CLASS_VERIFIES; class <= POSTERN_RECIPIENT_CLASS_UNREACHABLE;
         class ++) {
        gboolean verifies;
        gboolean known = postern_recipient_class_get_verifies (class, &verifies);

        g_assert_cmpint (known, ==,
                         class == POSTERN_RECIPIENT_CLASS_VERIFIES || class == POSTERN_RECIPIENT_CLASS_CATCH_ALL);
        g_assert_cmpint (verifies, ==, class == POSTERN_RECIPIENT_CLASS_VERIFIES);
    }
}

int
main (int argc, char *argv[])
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/probe/recipient-class/rcpt", test_rcpt);
    g_test_add_func ("/probe/recipient-class/before-rcpt", test_before_rcpt);
    g_test_add_func ("/probe/recipient-class/failures", test_failures);
    g_test_add_func ("/probe/recipient-class/verifies", test_verifies);
    return g_test_run ();
}
