/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "gateway/postern-api-gateway.h"
#include "gateway/postern-gateway-detect.h"
#include "gateway/postern-pmg-gateway.h"
#include "gateway/postern-push.h"

/*
 * What only a program that uses the library can see of a Proxmox Mail Gateway: tickets that are renewed, time limits,
 * several threads, progress. The server is tests/pmg/pmg_server.py.
 */

#define PASSWORD "secret-pw-1"
#define WRONG_PIN "sha256:0000000000000000000000000000000000000000000000000000000000000000"

typedef struct {
    char *directory;
    GSubprocess *process;
    GDataInputStream *output;
    PosternGatewayAddress *address;
    PosternTrust *trust;
} Server;

static void
server_start (Server *self, const char *fault)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *script = g_test_build_filename (G_TEST_DIST, "pmg", "pmg_server.py", NULL);
    g_autofree char *line = NULL;
    g_auto (GStrv) words = NULL;

    self->directory = g_dir_make_tmp ("pmg-XXXXXX", &error);
    g_assert_no_error (error);
    self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "python3",
                                      script, self->directory, "0", fault, NULL);
    g_assert_no_error (error);
    self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
    line = g_data_input_stream_read_line (self->output, NULL, NULL, &error);
    g_assert_no_error (error);
    g_assert_nonnull (line);
    words = g_strsplit (line, " ", 2);
    self->address = postern_gateway_address_parse (words[0], &error);
    g_assert_no_error (error);
    self->trust = postern_trust_new_pin (words[1], &error);
    g_assert_no_error (error);
}

/* Returns what the server has to say at its end. */
static char *
server_stop (Server *self)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *certificate = g_build_filename (self->directory, "pmg.pem", NULL);
    g_autofree char *key = g_build_filename (self->directory, "pmg.key", NULL);
    char *report;

    g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
    report = g_data_input_stream_read_line (self->output, NULL, NULL, &error);
    g_assert_no_error (error);
    g_subprocess_wait (self->process, NULL, NULL);
    g_clear_object (&self->output);
    g_clear_object (&self->process);
    g_clear_pointer (&self->address, postern_gateway_address_unref);
    g_clear_pointer (&self->trust, postern_trust_unref);
    g_unlink (certificate);
    g_unlink (key);
    g_rmdir (self->directory);
    g_free (self->directory);
    return report;
}

static PosternGateway *
make_gateway (Server *server, guint patience_seconds, guint renew_seconds)
{
    return g_object_new (POSTERN_TYPE_PMG_GATEWAY, "address", server->address, "trust", server->trust, "user",
                         "ann@pmg", "password", PASSWORD, "patience-seconds", patience_seconds, "renew-seconds",
                         renew_seconds, "pause-milliseconds", 50, NULL);
}

static PosternPlan *
make_plan (void)
{
    PosternPlan *plan = postern_plan_new ();

    g_assert_nonnull (postern_plan_add_domain (plan, "example.com", NULL));
    g_assert_nonnull (postern_plan_add_domain (plan, "example.org", NULL));
    g_assert_nonnull (postern_plan_add_trusted_network (plan, "10.0.0.20/32", NULL));
    return plan;
}

static void
count_progress_cb (PosternPush *push, PosternPushStep *step, gpointer data)
{
    guint *seen = data;

    if (postern_push_step_get_state (step) == POSTERN_PUSH_STATE_WRITING && postern_push_step_get_n (step) > 1) {
        g_assert_cmpuint (postern_push_step_get_k (step), ==, *seen + 1);
        g_assert_cmpstr (postern_push_step_get_text (step), !=, "");
        *seen += 1;
    }
}

static void
test_renewal (void)
{
    Server server = { 0 };
    g_autofree char *report = NULL;

    server_start (&server, NULL);
    {
        g_autoptr (PosternGateway) gateway = make_gateway (&server, 10, 0);
        g_autoptr (PosternPlan) plan = make_plan ();
        g_autoptr (PosternPush) push = postern_push_new (gateway, plan, NULL);
        g_autoptr (GError) error = NULL;
        guint seen = 0;

        g_signal_connect (push, "progress", G_CALLBACK (count_progress_cb), &seen);
        g_assert_true (postern_push_run (push, NULL, &error));
        g_assert_no_error (error);
        /* A network, the mail settings, two domains. */
        g_assert_cmpuint (seen, ==, 4);
    }
    report = server_stop (&server);
    g_assert_nonnull (strstr (report, "\"violations\": [], \"stale\": []"));
    /* Each call with a ticket of its own: three times four lists, four writes, four lists. */
    g_assert_nonnull (strstr (report, "\"logins\": 20"));
}

/* No answer, once: the push looks what became of it and goes on. */
static void
test_silence (gconstpointer data)
{
    Server server = { 0 };
    g_autofree char *report = NULL;

    server_start (&server, data);
    {
        g_autoptr (PosternGateway) gateway = make_gateway (&server, 1, 5400);
        g_autoptr (PosternPlan) plan = make_plan ();
        g_autoptr (PosternPush) push = postern_push_new (gateway, plan, NULL);
        g_autoptr (GError) error = NULL;

        g_assert_true (postern_push_run (push, NULL, &error));
        g_assert_no_error (error);
        g_assert_cmpint (postern_push_get_outcome (push), ==, POSTERN_PUSH_OUTCOME_DONE);
    }
    report = server_stop (&server);
    g_assert_nonnull (strstr (report, "\"violations\": [], \"stale\": []"));
    g_assert_nonnull (strstr (report, "[\"example.com\", \"example.org\"]"));
}

/* A body that never ends, slowly or fast, ends at the time limit or at the size limit. */
static void
test_endless (gconstpointer data)
{
    Server server = { 0 };
    g_autofree char *report = NULL;

    server_start (&server, data);
    {
        g_autoptr (PosternGateway) gateway = make_gateway (&server, 2, 5400);
        g_autoptr (GError) error = NULL;

        g_assert_null (postern_gateway_read (gateway, NULL, NULL, &error));
        g_assert_true (g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_TIMED_OUT) ||
                       g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_TOO_LARGE));
        g_assert_null (strstr (error->message, PASSWORD));
    }
    report = server_stop (&server);
}

static gpointer
read_in_thread (gpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *revision = NULL;
    g_autoptr (PosternPlan) plan = postern_gateway_read (data, &revision, NULL, &error);

    g_assert_no_error (error);
    g_assert_nonnull (plan);
    return g_steal_pointer (&revision);
}

static void
test_threads (void)
{
    Server server = { 0 };
    g_autofree char *report = NULL;
    GThread *threads[4];

    server_start (&server, NULL);
    {
        g_autoptr (PosternGateway) gateway = make_gateway (&server, 10, 5400);
        g_autofree char *first = NULL;

        for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
            threads[i] = g_thread_new ("read", read_in_thread, gateway);
        for (gsize i = 0; i < G_N_ELEMENTS (threads); i++) {
            g_autofree char *revision = g_thread_join (threads[i]);

            if (first == NULL)
                first = g_steal_pointer (&revision);
            else
                g_assert_cmpstr (revision, ==, first);
        }
    }
    report = server_stop (&server);
    g_assert_nonnull (strstr (report, "\"logins\": 1,"));
}

static void
test_detect (void)
{
    Server server = { 0 };
    g_autofree char *report = NULL;

    server_start (&server, NULL);
    {
        g_autoptr (GError) error = NULL;
        g_autofree char *text =
            g_strdup_printf ("127.0.0.1:%u", postern_gateway_address_get_effective_port (server.address));
        g_autoptr (PosternGatewayAddress) typed = postern_gateway_address_parse (text, &error);
        g_autoptr (PosternGatewayAddress) found = postern_gateway_detect_kind (typed, NULL, &error);

        g_assert_no_error (error);
        g_assert_cmpint (postern_gateway_address_get_kind (found), ==, POSTERN_GATEWAY_KIND_PMG);
    }
    report = server_stop (&server);
}

/* Whoever was asked which kind of gateway it is, which needs no trust, is not believed because of that: a TLS session
 * that was made then must not be taken up again, because nobody looks at the certificate of a resumed one. */
static void
test_detection_is_no_trust (gconstpointer data)
{
    const char *kind = data;
    const int codes[] = { POSTERN_GATEWAY_ERROR_UNTRUSTED, POSTERN_GATEWAY_ERROR_CERTIFICATE_CHANGED };
    Server server = { 0 };
    g_autofree char *report = NULL;

    server_start (&server, NULL);
    for (guint round = 0; round < 4; round++) {
        g_autoptr (PosternGatewayAddress) unknown =
            postern_gateway_address_with_kind (server.address, POSTERN_GATEWAY_KIND_UNKNOWN, 0);
        g_autoptr (PosternGatewayAddress) found = postern_gateway_detect_kind (unknown, NULL, NULL);
        g_autoptr (PosternGatewayAddress) api =
            postern_gateway_address_with_kind (server.address, POSTERN_GATEWAY_KIND_POSTERN, 0);
        g_autoptr (PosternTrust) trust =
            round % 2 == 0 ? postern_trust_new_system () : postern_trust_new_pin (WRONG_PIN, NULL);
        g_autoptr (PosternGateway) gateway = g_str_equal (kind, "pmg")
                                                 ? postern_pmg_gateway_new (server.address, trust, "ann@pmg", PASSWORD)
                                                 : postern_api_gateway_new (api, trust, "secret-token");
        g_autoptr (GError) error = NULL;

        g_assert_nonnull (found);
        g_assert_null (postern_gateway_read (gateway, NULL, NULL, &error));
        g_assert_error (error, POSTERN_GATEWAY_ERROR, codes[round % 2]);
    }
    report = server_stop (&server);
    g_assert_nonnull (strstr (report, "\"logins\": 0"));
}

static void
test_not_supported (void)
{
    g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse ("pmg://192.0.2.1", NULL);
    g_autoptr (PosternTrust) trust = postern_trust_new_system ();
    g_autoptr (PosternGateway) gateway = postern_pmg_gateway_new (address, trust, "ann@pmg", PASSWORD "\n");
    g_autoptr (GError) error = NULL;

    g_assert_null (postern_gateway_probe_flow (gateway, "192.0.2.9", "", "a@example.com", NULL, &error));
    g_assert_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_NOT_SUPPORTED);
    g_clear_error (&error);
    g_assert_null (postern_gateway_list_revisions (gateway, NULL, &error));
    g_assert_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_NOT_SUPPORTED);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/pmg-gateway/renewal", test_renewal);
    /* Requests: a login, twice the lists, then a network, the mail settings and two domains. */
    g_test_add_data_func ("/pmg-gateway/silence/read", "silence:12:1", test_silence);
    g_test_add_data_func ("/pmg-gateway/silence/first-write-in-vain", "silence:10:1", test_silence);
    g_test_add_data_func ("/pmg-gateway/silence/mail-carried-out", "silence-after:11:1", test_silence);
    g_test_add_data_func ("/pmg-gateway/silence/last-write-carried-out", "silence-after:13:1", test_silence);
    g_test_add_data_func ("/pmg-gateway/endless/slow", "drip:2:1", test_endless);
    g_test_add_data_func ("/pmg-gateway/endless/fast", "huge:2:1", test_endless);
    g_test_add_func ("/pmg-gateway/threads", test_threads);
    g_test_add_func ("/pmg-gateway/detect", test_detect);
    g_test_add_data_func ("/pmg-gateway/detection-is-no-trust/pmg", "pmg", test_detection_is_no_trust);
    g_test_add_data_func ("/pmg-gateway/detection-is-no-trust/api", "api", test_detection_is_no_trust);
    g_test_add_func ("/pmg-gateway/not-supported", test_not_supported);
    return g_test_run ();
}
