/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gateway/postern-api-json.h"
#include "test-certificate.h"
#include "test-gateway.h"

/* Every test has a gateway of its own with one pushed configuration, and a client. */
typedef struct {
    TestGateway *server;
    PosternGateway *gateway;
    PosternPlan *plan;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GTlsCertificate) certificate = test_certificate_new ("gw.test", NULL);

    fixture->server = test_gateway_new (certificate);
    fixture->gateway = test_gateway_connect (fixture->server, 1);
    fixture->plan = test_plan (NULL);
    test_gateway_change (fixture->server, fixture->plan);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    g_assert_finalize_object (fixture->gateway);
    g_object_unref (fixture->plan);
    test_gateway_free (fixture->server);
}

static void
test_connect (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGatewayInfo) info = postern_gateway_connect (fixture->gateway, NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (postern_gateway_info_get_product (info), ==, "posternd");
    g_assert_cmpstr (postern_gateway_info_get_version (info), ==, "9.9");
    g_assert_cmpstr (postern_gateway_info_get_node (info), ==, "gw.test");
    g_assert_cmpstr (postern_gateway_info_get_mta_name (info), ==, "Postfix");
    g_assert_cmpstr (postern_gateway_info_get_mta_version (info), ==, "3.10.5");
    g_assert_cmpint (postern_gateway_info_get_mta_state (info), ==, POSTERN_MTA_STATE_RUNNING);
    g_assert_true (postern_gateway_info_has_capability (info, "flow"));
    g_assert_false (postern_gateway_info_has_capability (info, "fly"));
    g_assert_true (g_strv_contains (postern_gateway_info_get_not_enforced (info), "use_spf"));
}

/* What a gateway says of Rspamd and DNS, and a word of what is remarked; NULL for nothing. */
static const struct {
    const char *parts;
    const char *remark;
} remarks[] = {
    { "", NULL },
    { ",\"scanner\":{\"name\":\"Rspamd\",\"version\":\"3\",\"state\":\"running\"},\"dns\":{\"state\":\"answering\"}",
      NULL },
    { ",\"scanner\":{\"name\":\"Rspamd\",\"version\":\"\",\"state\":\"none\"},\"dns\":{\"state\":\"unknown\"}", NULL },
    { ",\"scanner\":{\"name\":\"Rspamd\",\"version\":\"3\",\"state\":\"stopped\"}", "Rspamd is not running" },
    { ",\"dns\":{\"state\":\"silent\"}", "SPF" },
};

static void
test_remarks (Fixture *fixture, gconstpointer data)
{
    for (guint i = 0; i < G_N_ELEMENTS (remarks); i++) {
        g_autofree char *json = g_strdup_printf (
            "{\"product\":\"posternd\",\"version\":\"9.9\",\"api\":1,\"node\":\"gw.test\",\"capabilities\":[],"
            "\"stored_only\":[],\"mta\":{\"name\":\"Postfix\",\"version\":\"3.10.5\",\"state\":\"running\"}%s}",
            remarks[i].parts);
        g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));
        g_autoptr (GError) error = NULL;
        g_autoptr (PosternGatewayInfo) info = postern_api_json_parse_info (body, &error);
        const char *const *found;

        g_assert_no_error (error);
        found = postern_gateway_info_get_remarks (info);
        g_assert_cmpuint (g_strv_length ((char **)found), ==, remarks[i].remark != NULL ? 1 : 0);
        if (remarks[i].remark != NULL)
            g_assert_nonnull (strstr (found[0], remarks[i].remark));
    }
}

static void
test_connect_needs_token (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternGatewayAddress) address = test_gateway_dup_address (fixture->server);
    const struct {
        const char *token;
        PosternGatewayError code;
    } cases[] = {
        { NULL, POSTERN_GATEWAY_ERROR_TOKEN_REQUIRED },   { "", POSTERN_GATEWAY_ERROR_TOKEN_REQUIRED },
        { "wrong", POSTERN_GATEWAY_ERROR_TOKEN_UNKNOWN }, { "evil\r\nHost: elsewhere", POSTERN_GATEWAY_ERROR_ADDRESS },
        { "päßword", POSTERN_GATEWAY_ERROR_ADDRESS },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (PosternTrust) trust = NULL;
        g_autoptr (PosternGateway) gateway = NULL;
        g_autoptr (PosternCertificate) certificate = postern_certificate_fetch (address, NULL, NULL);
        g_autoptr (GError) error = NULL;

        trust = postern_trust_new_pin (postern_certificate_get_fingerprint (certificate), NULL);
        gateway = postern_api_gateway_new (address, trust, cases[i].token);
        g_assert_null (postern_gateway_connect (gateway, NULL, &error));
        test_assert_error (error, cases[i].code);
    }
}

static void
test_token_is_stripped (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternGatewayAddress) address = test_gateway_dup_address (fixture->server);
    g_autoptr (PosternCertificate) certificate = postern_certificate_fetch (address, NULL, NULL);
    g_autoptr (PosternTrust) trust = postern_trust_new_pin (postern_certificate_get_fingerprint (certificate), NULL);
    g_autoptr (PosternGateway) gateway = postern_api_gateway_new (address, trust, "  " TEST_TOKEN "\n");
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGatewayInfo) info = postern_gateway_connect (gateway, NULL, &error);

    g_assert_no_error (error);
}

static void
test_read_and_write (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternPlan) wanted = test_plan ("пример.рф");
    g_autoptr (GError) error = NULL;
    g_autofree char *revision = NULL;
    g_autofree char *written = NULL;
    g_autofree char *again = NULL;
    g_autoptr (PosternPlan) read = postern_gateway_read (fixture->gateway, &revision, NULL, &error);
    g_autoptr (PosternPlan) truth = NULL;

    g_assert_no_error (error);
    g_assert_cmpstr (revision, ==, "1");
    g_assert_true (postern_plan_equal (read, fixture->plan));
    written = postern_gateway_write (fixture->gateway, wanted, revision, NULL, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (written, ==, "2");
    truth = test_gateway_dup_plan (fixture->server);
    g_assert_true (postern_plan_equal (truth, wanted));
    g_assert_null (postern_gateway_write (fixture->gateway, fixture->plan, revision, NULL, NULL, &error));
    test_assert_error (error, POSTERN_GATEWAY_ERROR_REVISION_CHANGED);
    g_assert_false (postern_gateway_error_may_have_been_carried_out (error));
    g_clear_error (&error);
    again = postern_gateway_restore (fixture->gateway, "1", "2", NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (again, ==, "3");
    g_assert_cmpuint (test_gateway_get_revision (fixture->server), ==, 3);
}

static void
test_revisions (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternPlan) second = test_plan ("example.org");
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) revisions = NULL;
    g_autoptr (PosternPlan) first = NULL;

    test_gateway_change (fixture->server, second);
    revisions = postern_gateway_list_revisions (fixture->gateway, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (revisions->len, ==, 2);
    g_assert_cmpstr (postern_revision_get_id (revisions->pdata[0]), ==, "2");
    g_assert_true (postern_revision_get_current (revisions->pdata[0]));
    g_assert_false (postern_revision_get_current (revisions->pdata[1]));
    g_assert_cmpstr (postern_revision_get_by (revisions->pdata[1]), ==, "test");
    g_assert_nonnull (postern_revision_get_created (revisions->pdata[1]));
    first = postern_gateway_read_revision (fixture->gateway, "1", NULL, &error);
    g_assert_no_error (error);
    g_assert_true (postern_plan_equal (first, fixture->plan));
    g_assert_null (postern_gateway_read_revision (fixture->gateway, "77", NULL, &error));
    test_assert_error (error, POSTERN_GATEWAY_ERROR_NOT_FOUND);
    g_clear_error (&error);
    g_assert_null (postern_gateway_read_revision (fixture->gateway, "1/../../configuration", NULL, &error));
    test_assert_error (error, POSTERN_GATEWAY_ERROR_NOT_FOUND);
}

static void
test_probe_and_check (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternFlow) flow = NULL;
    g_autoptr (GPtrArray) findings = NULL;

    flow = postern_gateway_probe_flow (fixture->gateway, "203.0.113.9", "", "x@foreign.test", NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpint (postern_flow_get_verdict (flow), ==, POSTERN_FLOW_REFUSED);
    g_assert_cmpuint (postern_flow_get_code (flow), ==, 554);
    g_assert_cmpstr (postern_flow_get_enhanced (flow), ==, "5.7.1");
    g_assert_cmpstr (postern_flow_get_text (flow), ==, "Relay access denied");
    g_assert_cmpstr (postern_flow_get_stage (flow), ==, "rcpt");
    findings = postern_gateway_check (fixture->gateway, fixture->plan, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (findings->len, ==, 1);
    g_assert_cmpstr (postern_finding_get_code (findings->pdata[0]), ==, "gateway-gap");
    g_assert_cmpint (postern_finding_get_section (findings->pdata[0]), ==, POSTERN_SECTION_CHECKS);
}

static void
test_gaps (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) gaps = NULL;

    postern_plan_set_use_spf (fixture->plan, TRUE);
    gaps = postern_gateway_gaps (fixture->gateway, fixture->plan, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (gaps->len, ==, 1);
    g_assert_cmpstr (postern_finding_get_code (gaps->pdata[0]), ==, "gateway-gap");
}

#define PROBLEM "application/problem+json"

/* What a read ends with when the gateway answers so. */
static const struct {
    TestFault fault;
    PosternGatewayError code;
    const char *text; /* in the message */
} faults[] = {
    { { .name = "redirect", .status = 302, .headers = "Location: https://evil.test/\r\n" },
      POSTERN_GATEWAY_ERROR_PROTOCOL,
      "https://evil.test/" },
    { { .name = "redirect for good", .status = 308, .headers = "Location: /elsewhere\r\n" },
      POSTERN_GATEWAY_ERROR_PROTOCOL,
      "/elsewhere" },
    { { .name = "wrong content type", .carry_out = TRUE, .content_type = "text/html" },
      POSTERN_GATEWAY_ERROR_PROTOCOL,
      "text/html" },
    { { .name = "not JSON", .status = 200, .content_type = "application/json", .body = "{\"scenario\":" },
      POSTERN_GATEWAY_ERROR_PROTOCOL,
      NULL },
    { { .name = "empty", .status = 200, .content_type = "application/json", .body = "" },
      POSTERN_GATEWAY_ERROR_PROTOCOL,
      NULL },
    { { .name = "not UTF-8", .status = 200, .content_type = "application/json", .body = "{\"scenario\":\"\xff\xfe\"}" },
      POSTERN_GATEWAY_ERROR_PROTOCOL,
      NULL },
    { { .name = "wrong shape", .status = 200, .content_type = "application/json", .body = "[1,2,3]" },
      POSTERN_GATEWAY_ERROR_PROTOCOL,
      NULL },
    { { .name = "wrong types", .status = 200, .content_type = "application/json", .body = "{\"scenario\":5}" },
      POSTERN_GATEWAY_ERROR_PROTOCOL,
      NULL },
    { { .name = "no ETag", .carry_out = TRUE, .headers = "X-Nothing: 1\r\n" },
      POSTERN_GATEWAY_ERROR_PROTOCOL,
      "revision" },
    { { .name = "weak ETag", .carry_out = TRUE, .headers = "ETag: W/\"1\"\r\n" },
      POSTERN_GATEWAY_ERROR_PROTOCOL,
      "revision" },
    { { .name = "created", .carry_out = TRUE, .status = 201 }, POSTERN_GATEWAY_ERROR_PROTOCOL, NULL },
    { { .name = "401", .status = 401 }, POSTERN_GATEWAY_ERROR_TOKEN_UNKNOWN, NULL },
    { { .name = "401 required",
        .status = 401,
        .content_type = PROBLEM,
        .body = "{\"code\":\"token-required\",\"detail\":\"Say who you are.\"}" },
      POSTERN_GATEWAY_ERROR_TOKEN_REQUIRED,
      "Say who you are." },
    { { .name = "403",
        .status = 403,
        .content_type = PROBLEM,
        .body = "{\"code\":\"read-only-token\",\"title\":\"Read only\"}" },
      POSTERN_GATEWAY_ERROR_FORBIDDEN,
      "Read only" },
    { { .name = "404", .status = 404, .content_type = "text/html", .body = "<h1>404</h1>" },
      POSTERN_GATEWAY_ERROR_NOT_FOUND,
      "404" },
    { { .name = "409", .status = 409, .content_type = PROBLEM, .body = "{\"code\":\"push-in-progress\"}" },
      POSTERN_GATEWAY_ERROR_BUSY,
      "409" },
    { { .name = "412", .status = 412, .content_type = PROBLEM, .body = "{\"code\":\"revision-changed\"}" },
      POSTERN_GATEWAY_ERROR_REVISION_CHANGED,
      NULL },
    { { .name = "413", .status = 413 }, POSTERN_GATEWAY_ERROR_TOO_LARGE, NULL },
    { { .name = "429", .status = 429, .headers = "Retry-After: 17\r\n" }, POSTERN_GATEWAY_ERROR_RATE_LIMITED, "17" },
    { { .name = "500", .status = 500 }, POSTERN_GATEWAY_ERROR_PROTOCOL, "500" },
    { { .name = "500 of the MTA",
        .status = 500,
        .content_type = PROBLEM,
        .body = "{\"code\":\"mta-refused\",\"detail\":\"postmap: fatal: bad string\"}" },
      POSTERN_GATEWAY_ERROR_REFUSED_BY_MTA,
      "postmap: fatal: bad string" },
    { { .name = "502", .status = 502, .content_type = "text/html" }, POSTERN_GATEWAY_ERROR_BUSY, NULL },
    { { .name = "503", .status = 503 }, POSTERN_GATEWAY_ERROR_BUSY, NULL },
    { { .name = "504", .status = 504 }, POSTERN_GATEWAY_ERROR_BUSY, NULL },
    { { .name = "418", .status = 418 }, POSTERN_GATEWAY_ERROR_PROTOCOL, "418" },
    { { .name = "token repeated",
        .status = 403,
        .content_type = PROBLEM,
        .body = "{\"detail\":\"" TEST_TOKEN " may not\",\"errors\":[{\"pointer\":\"/" TEST_TOKEN
                "\",\"code\":\"" TEST_TOKEN "\",\"detail\":\"" TEST_TOKEN "\"}]}" },
      POSTERN_GATEWAY_ERROR_FORBIDDEN,
      "may not" },
    { { .name = "control characters",
        .status = 403,
        .content_type = PROBLEM,
        .body = "{\"detail\":\"one\\ntwo\\u001b[31mthree\\u202efour\"}" },
      POSTERN_GATEWAY_ERROR_FORBIDDEN,
      "one" },
    { { .name = "reset", .end = TEST_END_RESET }, POSTERN_GATEWAY_ERROR_UNREACHABLE, NULL },
    { { .name = "truncated", .carry_out = TRUE, .end = TEST_END_TRUNCATE },
      POSTERN_GATEWAY_ERROR_UNREACHABLE,
      "broke" },
    { { .name = "silence", .end = TEST_END_SILENCE }, POSTERN_GATEWAY_ERROR_TIMED_OUT, NULL },
    { { .name = "drip", .carry_out = TRUE, .end = TEST_END_DRIP }, POSTERN_GATEWAY_ERROR_TIMED_OUT, NULL },
};

static void
assert_clean (GError *error)
{
    GPtrArray *problems = postern_gateway_error_get_problems (error);

    for (const char *c = error->message; *c != '\0'; c++)
        g_assert_true ((guchar)*c >= ' ' || *c == '\n');
    g_assert_null (strstr (error->message, "\u202e"));
    g_assert_null (strstr (error->message, "one\ntwo"));
    for (guint i = 0; problems != NULL && i < problems->len; i++) {
        PosternGatewayProblem *problem = problems->pdata[i];

        g_assert_null (strstr (problem->pointer, TEST_TOKEN));
        g_assert_null (strstr (problem->code, TEST_TOKEN));
        g_assert_null (strstr (problem->detail, TEST_TOKEN));
    }
}

static void
test_fault (Fixture *fixture, gconstpointer data)
{
    guint i = GPOINTER_TO_UINT (data);
    g_autoptr (GError) error = NULL;
    g_autofree char *revision = NULL;
    gint64 start = g_get_monotonic_time ();

    test_gateway_misbehave (fixture->server, &faults[i].fault);
    g_assert_null (postern_gateway_read (fixture->gateway, &revision, NULL, &error));
    g_test_message ("%s: %s", faults[i].fault.name, error->message);
    test_assert_error (error, faults[i].code);
    assert_clean (error);
    g_assert_null (revision);
    g_assert_nonnull (strstr (error->message, "127.0.0.1"));
    if (faults[i].text != NULL)
        g_assert_nonnull (strstr (error->message, faults[i].text));
    g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_TIME_SPAN_SECOND);
    /* Asked once: nothing is repeated behind the caller's back. */
    g_assert_cmpuint (test_gateway_count_requests (fixture->server, "GET"), ==, 1);
}

static void
test_flood (Fixture *fixture, gconstpointer data)
{
    const TestFault fault = { .name = "flood", .carry_out = TRUE, .end = TEST_END_FLOOD };
    g_autoptr (PosternGateway) patient = test_gateway_connect (fixture->server, 60);
    g_autoptr (GError) error = NULL;

    test_gateway_misbehave (fixture->server, &fault);
    g_assert_null (postern_gateway_read (patient, NULL, NULL, &error));
    test_assert_error (error, POSTERN_GATEWAY_ERROR_TOO_LARGE);
    /* What the limit is, and what was in the buffers of TLS and both kernels. */
    g_assert_cmpuint (test_gateway_count_flood (fixture->server), <, (64 + 32) * 1024 * 1024);
}

static void
test_problems (Fixture *fixture, gconstpointer data)
{
    const TestFault fault = {
        .name = "422",
        .status = 422,
        .content_type = PROBLEM,
        .body = "{\"code\":\"invalid-configuration\",\"detail\":\"Two members are wrong.\",\"errors\":["
                "{\"pointer\":\"/domains/3/name\",\"code\":\"invalid-domain\",\"detail\":\"No such name.\"},"
                "{\"pointer\":\"/trusted_networks/0\",\"code\":\"invalid-network\",\"detail\":\"Too wide.\"},"
                "{\"pointer\":7},5]}",
    };
    g_autoptr (GError) error = NULL;
    GPtrArray *problems;
    PosternGatewayProblem *problem;

    test_gateway_misbehave (fixture->server, &fault);
    g_assert_null (postern_gateway_write (fixture->gateway, fixture->plan, "1", NULL, NULL, &error));
    test_assert_error (error, POSTERN_GATEWAY_ERROR_INVALID);
    g_assert_cmpuint (postern_gateway_error_get_status (error), ==, 422);
    problems = postern_gateway_error_get_problems (error);
    g_assert_cmpuint (problems->len, ==, 4);
    problem = problems->pdata[0];
    g_assert_cmpstr (problem->pointer, ==, "/domains/3/name");
    g_assert_cmpstr (problem->code, ==, "invalid-domain");
    g_assert_cmpstr (problem->detail, ==, "No such name.");
    g_assert_nonnull (strstr (error->message, "/trusted_networks/0: Too wide."));
    g_assert_false (postern_gateway_error_may_have_been_carried_out (error));
}

static void
test_retry_after_date (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
    g_autoptr (GDateTime) later = g_date_time_add_seconds (now, 100);
    g_autofree char *date = g_date_time_format (later, "Retry-After: %a, %d %b %Y %T GMT\r\n");
    const TestFault fault = { .name = "503", .status = 503, .headers = date };
    g_autoptr (GError) error = NULL;

    test_gateway_misbehave (fixture->server, &fault);
    g_assert_null (postern_gateway_read (fixture->gateway, NULL, NULL, &error));
    g_assert_cmpuint (postern_gateway_error_get_retry_after (error), >, 80);
    g_assert_cmpuint (postern_gateway_error_get_retry_after (error), <=, 101);
}

/* Whether it is known that a write was not carried out. */
static void
test_certainty (Fixture *fixture, gconstpointer data)
{
    const struct {
        TestFault fault;
        gboolean may;
    } cases[] = {
        { { .name = "reset", .end = TEST_END_RESET }, TRUE },
        { { .name = "garbage", .status = 200, .content_type = "application/json", .body = "{}" }, TRUE },
        { { .name = "html", .status = 200, .content_type = "text/html" }, TRUE },
        { { .name = "500", .status = 500 }, TRUE },
        { { .name = "502", .status = 502 }, TRUE },
        { { .name = "401", .status = 401 }, FALSE },
        { { .name = "409", .status = 409 }, FALSE },
        { { .name = "429", .status = 429 }, FALSE },
        { { .name = "mta", .status = 500, .content_type = PROBLEM, .body = "{\"code\":\"mta-refused\"}" }, FALSE },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;

        test_gateway_misbehave (fixture->server, &cases[i].fault);
        g_assert_null (postern_gateway_write (fixture->gateway, fixture->plan, "1", NULL, NULL, &error));
        g_test_message ("%s: %s", cases[i].fault.name, error->message);
        g_assert_cmpint (postern_gateway_error_may_have_been_carried_out (error), ==, cases[i].may);
    }
}

static void
test_refused_connection (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GSocketListener) listener = g_socket_listener_new ();
    guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
    g_autofree char *text = g_strdup_printf ("https://127.0.0.1:%u", port);
    g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse (text, NULL);
    g_autoptr (PosternTrust) trust = postern_trust_new_system ();
    g_autoptr (PosternGateway) gateway = postern_api_gateway_new (address, trust, TEST_TOKEN);
    g_autoptr (GError) error = NULL;

    g_socket_listener_close (listener);
    g_assert_null (postern_gateway_write (gateway, fixture->plan, "1", NULL, NULL, &error));
    test_assert_error (error, POSTERN_GATEWAY_ERROR_UNREACHABLE);
    g_assert_false (postern_gateway_error_may_have_been_carried_out (error));
}

/* Cancels once the gateway has been asked. */
static gpointer
cancel_when_asked (gpointer data)
{
    gpointer *both = data;

    while (test_gateway_count_requests (both[0], "GET") == 0)
        g_thread_yield ();
    g_cancellable_cancel (both[1]);
    return NULL;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
    const TestFault fault = { .name = "silence", .end = TEST_END_SILENCE };
    g_autoptr (PosternGateway) patient = test_gateway_connect (fixture->server, 60);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    gpointer both[] = { fixture->server, cancellable };
    g_autoptr (GError) error = NULL;
    GThread *thread;

    test_gateway_misbehave (fixture->server, &fault);
    thread = g_thread_new ("cancel", cancel_when_asked, both);
    g_assert_null (postern_gateway_read (patient, NULL, cancellable, &error));
    g_thread_join (thread);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error (&error);
    g_assert_null (postern_gateway_read (patient, NULL, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpuint (test_gateway_count_requests (fixture->server, "GET"), ==, 1);
}

/* A source of the caller's context must not be dispatched while a call blocks. */
static gboolean
on_idle_cb (gpointer data)
{
    g_assert_not_reached ();
}

static gpointer
read_often (gpointer data)
{
    for (guint i = 0; i < 10; i++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (PosternPlan) plan = postern_gateway_read (data, NULL, NULL, &error);

        g_assert_no_error (error);
    }
    return NULL;
}

static void
test_threads (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternGateway) patient = test_gateway_connect (fixture->server, 60);
    guint source = g_idle_add (on_idle_cb, NULL);
    GThread *threads[4];

    for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        threads[i] = g_thread_new ("reader", read_often, patient);
    read_often (patient);
    for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        g_thread_join (threads[i]);
    g_source_remove (source);
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
    g_autofree char *path = g_strconcat ("/api-gateway/", name, NULL);

    g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    add ("connect", test_connect);
    add ("remarks", test_remarks);
    add ("connect-needs-token", test_connect_needs_token);
    add ("token-is-stripped", test_token_is_stripped);
    add ("read-and-write", test_read_and_write);
    add ("revisions", test_revisions);
    add ("probe-and-check", test_probe_and_check);
    add ("gaps", test_gaps);
    add ("flood", test_flood);
    add ("problems", test_problems);
    add ("retry-after-date", test_retry_after_date);
    add ("certainty", test_certainty);
    add ("refused-connection", test_refused_connection);
    add ("cancel", test_cancel);
    add ("threads", test_threads);
    for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
        g_autofree char *path = g_strdup_printf ("/api-gateway/fault/%s", faults[i].fault.name);

        g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_fault, tear_down);
    }
    return g_test_run ();
}
