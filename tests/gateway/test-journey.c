/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "gateway/postern-gateway-detect.h"
#include "gateway/postern-push.h"
#include "gateway/postern-verification.h"
#include "test-gateway.h"

/*
 * The whole way with the real posternd, which practises: it keeps revisions and carries no mail.
 */
typedef struct {
    char *directory;
    char *token;
    GSubprocess *service;
    PosternGatewayAddress *address;
    PosternGateway *gateway;
} World;

/* A service that outlived a failed test would keep the test's output open. */
static void
die_with_parent (gpointer data)
{
    prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocess *
start (const char *directory, GSubprocessFlags flags, const char *first, ...)
{
    g_autofree char *program = g_build_filename (g_getenv ("POSTERN_BUILD_DIR"), "src", "service", "posternd", NULL);
    g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    g_auto (GStrv) arguments = NULL;
    g_autoptr (GError) error = NULL;
    GSubprocess *process;
    va_list list;

    g_strv_builder_add_many (builder, program, "--state-dir", directory, NULL);
    va_start (list, first);
    for (const char *word = first; word != NULL; word = va_arg (list, const char *))
        g_strv_builder_add (builder, word);
    va_end (list);
    arguments = g_strv_builder_end (builder);
    g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
    process = g_subprocess_launcher_spawnv (launcher, (const char *const *)arguments, &error);
    g_assert_no_error (error);
    return process;
}

/* One line of what a command of posternd prints. */
static char *
ask_service (const char *directory, const char *first, const char *second, const char *third, const char *fourth)
{
    g_autoptr (GSubprocess) process =
        start (directory, G_SUBPROCESS_FLAGS_STDOUT_PIPE, first, second, third, fourth, NULL);
    g_autoptr (GError) error = NULL;
    char *output = NULL;

    g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
    g_assert_no_error (error);
    g_assert_true (g_subprocess_get_successful (process));
    return g_strchomp (output);
}

static PosternGatewayAddress *
wait_until_it_listens (GSubprocess *service)
{
    const char *tag = "Listening on ";
    g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stderr_pipe (service));

    g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
    for (;;) {
        g_autofree char *line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, NULL);

        g_assert_nonnull (line);
        if (g_str_has_prefix (line, tag))
            return postern_gateway_address_parse (line + strlen (tag), NULL);
    }
}

static PosternGateway *
make_gateway (World *world, const char *token)
{
    g_autofree char *fingerprint = ask_service (world->directory, "fingerprint", NULL, NULL, NULL);
    g_autoptr (PosternTrust) trust = postern_trust_new_pin (fingerprint, NULL);

    return postern_api_gateway_new (world->address, trust, token);
}

static void
set_up (World *world, gconstpointer data)
{
    world->directory = g_dir_make_tmp ("postern-journey-XXXXXX", NULL);
    world->service =
        start (world->directory, G_SUBPROCESS_FLAGS_STDERR_PIPE, "--practice", "--listen", "127.0.0.1:0", NULL);
    world->address = wait_until_it_listens (world->service);
    world->token = ask_service (world->directory, "token", "add", "journey", NULL);
    world->gateway = make_gateway (world, world->token);
}

static void
remove_tree (GFile *file)
{
    g_autoptr (GFileEnumerator) children =
        g_file_enumerate_children (file, "standard::name", G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
    GFile *child;

    while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) && child != NULL)
        remove_tree (child);
    g_file_delete (file, NULL, NULL);
}

static void
tear_down (World *world, gconstpointer data)
{
    g_autoptr (GFile) directory = g_file_new_for_path (world->directory);

    g_subprocess_send_signal (world->service, SIGTERM);
    g_assert_true (g_subprocess_wait_check (world->service, NULL, NULL));
    remove_tree (directory);
    g_object_unref (world->gateway);
    g_object_unref (world->service);
    postern_gateway_address_unref (world->address);
    g_free (world->token);
    g_free (world->directory);
}

static void
test_first_contact (World *world, gconstpointer data)
{
    g_autofree char *fingerprint = ask_service (world->directory, "fingerprint", NULL, NULL, NULL);
    g_autoptr (PosternGatewayAddress) unknown =
        postern_gateway_address_with_kind (world->address, POSTERN_GATEWAY_KIND_UNKNOWN, 0);
    g_autoptr (PosternGatewayAddress) found = postern_gateway_detect_kind (unknown, NULL, NULL);
    g_autoptr (PosternCertificate) certificate = postern_certificate_fetch (found, NULL, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGatewayInfo) info = postern_gateway_connect (world->gateway, NULL, &error);
    g_autoptr (PosternGateway) stranger = make_gateway (world, "wrong-token-0123456789");

    g_assert_no_error (error);
    g_assert_true (postern_gateway_address_equal (found, world->address));
    g_assert_cmpstr (postern_certificate_get_fingerprint (certificate), ==, fingerprint);
    g_assert_cmpstr (postern_gateway_info_get_product (info), ==, "posternd");
    g_assert_cmpint (postern_gateway_info_get_mta_state (info), ==, POSTERN_MTA_STATE_NONE);
    g_assert_null (postern_gateway_connect (stranger, NULL, &error));
    g_assert_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_TOKEN_UNKNOWN);
}

static void
test_journey (World *world, gconstpointer data)
{
    g_autoptr (PosternPlan) plan = test_plan ("пример.рф");
    g_autoptr (PosternPlan) second = test_plan ("example.org");
    g_autofree char *revision = NULL;
    g_autoptr (PosternPlan) first = postern_gateway_read (world->gateway, &revision, NULL, NULL);
    g_autoptr (PosternPush) push = postern_push_new (world->gateway, plan, revision);
    g_autoptr (PosternPush) late = postern_push_new (world->gateway, second, revision);
    g_autoptr (PosternPush) again = NULL;
    g_autoptr (PosternPush) back = NULL;
    g_autoptr (PosternPlan) live = NULL;
    g_autoptr (GPtrArray) revisions = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_true (postern_plan_is_empty (first));
    g_assert_cmpstr (revision, ==, "0");
    g_assert_true (postern_push_run (push, NULL, &error));
    g_assert_no_error (error);
    g_assert_false (postern_push_run (late, NULL, &error));
    g_assert_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_CONFLICT);
    g_assert_cmpint (postern_push_get_outcome (late), ==, POSTERN_PUSH_OUTCOME_CONFLICT);
    again = postern_push_new (world->gateway, second, postern_push_get_revision (push));
    g_assert_true (postern_push_run (again, NULL, NULL));
    back = postern_push_new_restore (world->gateway, postern_push_get_revision (push), NULL);
    g_assert_true (postern_push_run (back, NULL, NULL));
    live = postern_gateway_read (world->gateway, NULL, NULL, NULL);
    g_assert_true (postern_plan_equal (live, plan));
    revisions = postern_gateway_list_revisions (world->gateway, NULL, NULL);
    g_assert_cmpuint (revisions->len, >=, 3);
    g_assert_true (postern_revision_get_current (revisions->pdata[0]));
    g_assert_cmpstr (postern_revision_get_by (revisions->pdata[0]), ==, "journey");
}

/* Someone else's write between our reading and our writing, and a stale one. */
/* What was there before the very first push is no plan that could be pushed, but it can be gone back to. */
static void
test_before_the_first (World *world, gconstpointer data)
{
    g_autoptr (PosternPlan) plan = test_plan ("example.org");
    g_autofree char *none = NULL;
    g_autoptr (PosternPlan) before = postern_gateway_read (world->gateway, &none, NULL, NULL);
    g_autoptr (PosternPlan) zero = postern_gateway_read_revision (world->gateway, "0", NULL, NULL);
    g_autoptr (PosternPlan) after = NULL;
    g_autoptr (PosternPush) push = postern_push_new (world->gateway, plan, none);
    g_autoptr (PosternPush) back = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *revision = NULL;

    g_assert_true (postern_plan_equal (zero, before));
    g_assert_true (postern_push_run (push, NULL, &error));
    back = postern_push_new_restore (world->gateway, "0", postern_push_get_revision (push));
    g_assert_true (postern_push_run (back, NULL, &error));
    g_assert_no_error (error);
    g_assert_cmpint (postern_push_get_outcome (back), ==, POSTERN_PUSH_OUTCOME_DONE);
    after = postern_gateway_read (world->gateway, &revision, NULL, &error);
    g_assert_cmpstr (revision, ==, "2");
    g_assert_true (postern_plan_equal (after, before));
}

static void
test_stale (World *world, gconstpointer data)
{
    g_autoptr (PosternPlan) plan = test_plan (NULL);
    g_autoptr (PosternPlan) other = test_plan ("other.test");
    g_autofree char *revision = postern_gateway_write (world->gateway, plan, "0", NULL, NULL, NULL);
    g_autofree char *same = postern_gateway_write (world->gateway, plan, revision, NULL, NULL, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_cmpstr (same, ==, revision);
    g_assert_null (postern_gateway_write (world->gateway, other, "0", NULL, NULL, &error));
    g_assert_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_REVISION_CHANGED);
    g_clear_error (&error);
    g_assert_null (postern_gateway_read_revision (world->gateway, "99", NULL, &error));
    g_assert_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_NOT_FOUND);
}

static void
test_check (World *world, gconstpointer data)
{
    g_autoptr (PosternPlan) plan = test_plan (NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) findings = NULL;
    g_autoptr (GPtrArray) gaps = NULL;

    postern_plan_add_trusted_network (plan, "8.8.8.0/24", NULL);
    findings = postern_gateway_check (world->gateway, plan, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (postern_findings_count (findings, POSTERN_SEVERITY_WARNING), >, 0);
    postern_plan_set_use_spf (plan, TRUE);
    gaps = postern_gateway_gaps (world->gateway, plan, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (gaps->len, >, 0);
}

static void
test_read_only_token (World *world, gconstpointer data)
{
    g_autofree char *token = ask_service (world->directory, "token", "add", "reader", "--role=read");
    g_autoptr (PosternGateway) reader = NULL;
    g_autoptr (PosternPlan) plan = test_plan (NULL);
    g_autoptr (PosternPush) push = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_cmpuint (strlen (token), >, 20);
    reader = make_gateway (world, token);
    push = postern_push_new (reader, plan, NULL);
    g_assert_false (postern_push_run (push, NULL, &error));
    g_assert_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_FORBIDDEN);
    g_assert_null (strstr (error->message, token));
    g_assert_cmpint (postern_push_get_outcome (push), ==, POSTERN_PUSH_OUTCOME_UNDONE);
}

/* The limit of the design: 100,000 domains and 10,000 networks. */
static void
test_large (World *world, gconstpointer data)
{
    g_autoptr (PosternPlan) plan = test_plan (NULL);
    g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (GPtrArray) networks = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (PosternPush) push = NULL;
    g_autoptr (GError) error = NULL;

    for (guint i = 0; i < 100000; i++) {
        g_autofree char *name = g_strdup_printf ("d%u.example.org", i);

        g_ptr_array_add (domains, postern_domain_new (name, NULL));
    }
    for (guint i = 0; i < 10000; i++) {
        g_autofree char *text = g_strdup_printf ("10.%u.%u.0/24", 1 + i / 250, i % 250);

        g_ptr_array_add (networks, postern_network_new (text, NULL));
    }
    postern_record_list_append_all (postern_plan_get_domains (plan), domains);
    postern_record_list_append_all (postern_plan_get_trusted_networks (plan), networks);
    push = postern_push_new (world->gateway, plan, "0");
    g_assert_true (postern_push_run (push, NULL, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (postern_push_get_changes (push)->len, >=, 110000);
}

static void
add (const char *name, void (*test) (World *, gconstpointer))
{
    g_autofree char *path = g_strconcat ("/journey/", name, NULL);

    g_test_add (path, World, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    add ("first-contact", test_first_contact);
    add ("there-and-back", test_journey);
    add ("before-the-first", test_before_the_first);
    add ("stale", test_stale);
    add ("check", test_check);
    add ("read-only-token", test_read_only_token);
    add ("large", test_large);
    return g_test_run ();
}
