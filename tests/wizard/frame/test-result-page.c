/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "announcements.h"
#include "page-fixture.h"
#include "test-certificate.h"
#include "test-gateway.h"

/* What a gateway with a mail server proves, and what becomes of its mail. */

static const char delivered[] =
    "{\"time\":\"2026-08-01T10:00:00Z\",\"queue_id\":\"4bX\",\"client\":\"mail.example.net[203.0.113.9]\",\"from\":"
    "\"bob@example.net\",\"to\":\"alice@example.com\",\"verdict\":\"delivered\",\"code\":\"2.0.0\",\"reply\":\"250 "
    "2.0.0 Ok: "
    "queued\",\"next_hop\":\"10.0.0.20[10.0.0.20]:25\"}";
static const char refused[] =
    "{\"time\":\"2026-08-01T10:00:01Z\",\"queue_id\":null,\"client\":\"unknown[203.0.113.10]\",\"from\":\"\",\"to\":"
    "\"nobody@example.com\",\"verdict\":\"refused\",\"code\":\"5.1.1\",\"reply\":\"550 5.1.1 <nobody@example.com>: "
    "unknown\","
    "\"next_hop\":null}";

static TestGateway *
show_result (PageFixture *self)
{
    g_autoptr (GTlsCertificate) certificate = test_certificate_new ("gw.test", NULL);
    g_autoptr (PosternGateway) gateway = NULL;
    g_autoptr (PosternGatewayInfo) info = NULL;
    g_autoptr (PosternPlan) live = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *revision = NULL;
    TestGateway *server = test_gateway_new (certificate);

    postern_plan_add_domain (self->plan, "example.com", NULL);
    test_gateway_change (server, self->plan);
    gateway = test_gateway_connect (server, 30);
    info = postern_gateway_connect (gateway, NULL, &error);
    g_assert_no_error (error);
    live = postern_gateway_read (gateway, &revision, NULL, &error);
    g_assert_no_error (error);
    postern_session_set_address (self->session, postern_gateway_get_address (gateway), NULL);
    postern_session_set_connection (self->session, gateway, info, live, revision);
    page_fixture_show (self, POSTERN_STEP_RESULT);
    return server;
}

static void
test_mail_is_followed (PageFixture *self, gconstpointer data)
{
    g_autoptr (TestGateway) server = show_result (self);
    GtkWidget *group = get_widget (self->page, ADW_TYPE_PREFERENCES_GROUP, "Mail Log");

    wait_until (shows_text (group, "No message has come so far. Send one through the gateway: what becomes of it "
                                   "appears here."));
    test_gateway_tell_mail (server, delivered);
    wait_until (find_widget (group, ADW_TYPE_ACTION_ROW, "bob@example.net → alice@example.com") != NULL);
    test_gateway_tell_mail (server, refused);
    wait_until (find_widget (group, ADW_TYPE_ACTION_ROW, "null sender → nobody@example.com") != NULL);
    /* Nothing is told twice, and the newest comes first. */
    g_assert_cmpuint (count_widgets (group, ADW_TYPE_ACTION_ROW), ==, 2);
    assert_string (get_widget (group, ADW_TYPE_ACTION_ROW, NULL), "title", "null sender → nobody@example.com");
}

/* A gateway that is away for a moment is asked again. */
static void
test_the_gateway_is_away (PageFixture *self, gconstpointer data)
{
    static const TestFault away = {
        .name = "away",
        .path = "/api/v1/mail-log",
        .status = 503,
        .content_type = "application/problem+json",
        .body = "{\"type\":\"about:blank\",\"title\":\"No log\",\"status\":503,\"detail\":\"It is so.\",\"code\":"
                "\"mail-log-unavailable\"}",
    };
    g_autoptr (TestGateway) server = show_result (self);
    GtkWidget *group = get_widget (self->page, ADW_TYPE_PREFERENCES_GROUP, "Mail Log");
    g_autoptr (GObject) mail = NULL;
    g_autofree char *failure = NULL;

    g_object_get (self->page, "mail", &mail, NULL);
    test_gateway_misbehave (server, &away);
    while (failure == NULL) {
        g_main_context_iteration (NULL, TRUE);
        g_object_get (mail, "failure", &failure, NULL);
    }
    wait_until (shows_text (group, failure));
    test_gateway_misbehave (server, NULL);
    test_gateway_tell_mail (server, delivered);
    wait_until (find_widget (group, ADW_TYPE_ACTION_ROW, "bob@example.net → alice@example.com") != NULL);
    wait_until (!shows_text (group, failure));
}

static void
test_every_proof_holds (PageFixture *self, gconstpointer data)
{
    g_autoptr (TestGateway) server = show_result (self);
    g_autoptr (GListModel) runner = NULL;

    wait_until (shows_text (self->page, "Its mail server was asked, and answers as the plan says."));
    must_hear ("Its mail server was asked, and answers as the plan says.");
    g_object_get (self->page, "runner", &runner, NULL);
    g_assert_cmpuint (g_list_model_get_n_items (runner), >, 1);
    must_show_text (self->page, "554 5.7.1 Relay access denied");
    must_show_text (self->page, "Next Steps");
}

static void
add (const char *path, void (*test) (PageFixture *, gconstpointer))
{
    g_test_add (path, PageFixture, NULL, page_fixture_set_up, test, page_fixture_tear_down);
}

int
main (int argc, char **argv)
{
    gtk_test_init (&argc, &argv, NULL);
    adw_init ();
    add ("/result/mail-is-followed", test_mail_is_followed);
    add ("/result/the-gateway-is-away", test_the_gateway_is_away);
    add ("/result/every-proof-holds", test_every_proof_holds);
    return g_test_run ();
}
