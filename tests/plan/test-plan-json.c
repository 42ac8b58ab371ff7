/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/postern-json-document.h"
#include "plan/postern-plan-error.h"
#include "plan/postern-plan-json.h"

#include <glib/gstdio.h>

static const char *const example =
    "{ \"postern\": 1, \"scenario\": \"edge-verifying\","
    "  \"domains\": [ {\"name\": \"example.com\", \"local\": true, \"route\": {\"host\": \"10.0.0.20\", \"port\": 25, "
    "\"mx\": false}},"
    "                 {\"name\": \".example.com\", \"local\": true, \"route\": {\"host\": \"mail.example.net\", "
    "\"port\": 25, \"mx\": true}},"
    "                 {\"name\": \"ПРИМЕР.рф\", \"local\": false, \"route\": \"dns\"} ],"
    "  \"internal_server\": {\"host\": \"10.0.0.20\", \"port\": 25, \"mx\": false},"
    "  \"edge_gateway\": {\"host\": \"192.168.0.1\", \"port\": 25, \"mx\": false},"
    "  \"trusted_networks\": [\"10.0.0.20/32\", \"2001:DB8:1::7/64\"],"
    "  \"recipient_verification\": \"reject-unverified\","
    "  \"use_spf\": false, \"use_dmarc\": false, \"sender_authentication\": false, \"check_sender_before_edge\": true,"
    "  \"rejected_mail\": \"delete\" }";

static PosternPlan *
read_file_form (const char *json, GPtrArray **problems, GError **error)
{
    return postern_plan_from_json (json, strlen (json), POSTERN_PLAN_FORM_FILE, problems, error);
}

/* A request without a body has no data at all. */
static void
test_nothing (void)
{
    g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
    const char *data = g_bytes_get_data (nothing, NULL);
    g_autoptr (GError) plan_error = NULL;
    g_autoptr (GError) document_error = NULL;

    g_assert_null (postern_plan_from_json (data, 0, POSTERN_PLAN_FORM_FILE, NULL, &plan_error));
    g_assert_error (plan_error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SYNTAX);
    g_assert_null (postern_json_document_parse (data, 0, NULL, &document_error));
    g_assert_error (document_error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SYNTAX);
}

static void
test_example (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternPlan) plan = read_file_form (example, NULL, &error);
    PosternDomain *domain;

    g_assert_no_error (error);
    g_assert_cmpint (postern_plan_get_scenario (plan), ==, POSTERN_SCENARIO_EDGE_VERIFYING);
    g_assert_cmpuint (postern_record_list_get_length (postern_plan_get_domains (plan)), ==, 3);
    domain = postern_record_list_lookup (postern_plan_get_domains (plan), ".example.com");
    g_assert_true (postern_route_get_mx (postern_domain_get_own_route (domain)));
    domain = postern_record_list_lookup (postern_plan_get_domains (plan), "xn--e1afmkfd.xn--p1ai");
    g_assert_cmpint (postern_domain_get_routing (domain), ==, POSTERN_DOMAIN_ROUTING_DNS);
    g_assert_false (postern_domain_get_local (domain));
    g_assert_nonnull (postern_record_list_lookup (postern_plan_get_trusted_networks (plan), "2001:db8:1::/64"));
    g_assert_cmpstr (postern_route_get_host (postern_plan_get_edge_gateway (plan)), ==, "192.168.0.1");
    g_assert_true (postern_plan_get_check_sender_before_edge (plan));
    g_assert_cmpint (postern_plan_get_rejected_mail (plan), ==, POSTERN_REJECTED_MAIL_DELETE);
}

static void
test_round_trip (void)
{
    g_autoptr (PosternPlan) plan = read_file_form (example, NULL, NULL);

    for (PosternPlanForm form = POSTERN_PLAN_FORM_FILE; form <= POSTERN_PLAN_FORM_API; form++) {
        g_autoptr (GError) error = NULL;
        gsize length;
        g_autofree char *json = postern_plan_to_json (plan, form, &length);
        g_autoptr (PosternPlan) again = postern_plan_from_json (json, length, form, NULL, &error);

        g_assert_no_error (error);
        g_assert_true (postern_plan_equal (plan, again));
    }
}

static void
test_presets (void)
{
    g_autoptr (PosternPlan) direct = read_file_form ("{\"postern\":1,\"scenario\":\"direct\"}", NULL, NULL);
    g_autoptr (PosternPlan) edge = read_file_form ("{\"postern\":1,\"scenario\":\"edge-not-verifying\"}", NULL, NULL);

    g_assert_true (postern_plan_get_use_spf (direct));
    g_assert_cmpint (postern_plan_get_rejected_mail (direct), ==, POSTERN_REJECTED_MAIL_REJECT);
    g_assert_true (postern_plan_follows_presets (direct));
    g_assert_false (postern_plan_get_use_spf (edge));
    g_assert_cmpint (postern_plan_get_recipient_verification (edge), ==, POSTERN_RECIPIENT_VERIFICATION_OFF);
    g_assert_true (postern_plan_is_empty (edge));
}

/* Every way of being wrong is told, with the place. */
static void
test_problems (void)
{
    const struct {
        const char *members; /* beside version and scenario */
        const char *pointer;
        PosternPlanError code;
    } cases[] = {
        { "\"colour\": 1", "/colour", POSTERN_PLAN_ERROR_SCHEMA },
        { "\"a/b~c\": 1", "/a~1b~0c", POSTERN_PLAN_ERROR_SCHEMA },
        { "\"domains\": {}", "/domains", POSTERN_PLAN_ERROR_SCHEMA },
        { "\"domains\": [1]", "/domains/0", POSTERN_PLAN_ERROR_SCHEMA },
        { "\"domains\": [{}]", "/domains/0/name", POSTERN_PLAN_ERROR_SCHEMA },
        { "\"domains\": [{\"name\": null}]", "/domains/0/name", POSTERN_PLAN_ERROR_SCHEMA },
        { "\"domains\": [{\"name\": \"a b\"}]", "/domains/0/name", POSTERN_PLAN_ERROR_INVALID_DOMAIN },
        { "\"domains\": [{\"name\": \"a.com\\nb.com OK\"}]", "/domains/0/name", POSTERN_PLAN_ERROR_INVALID_DOMAIN },
        { "\"domains\": [{\"name\": \"a.com\", \"local\": 1}]", "/domains/0/local", POSTERN_PLAN_ERROR_SCHEMA },
        { "\"domains\": [{\"name\": \"a.com\", \"x\": 1}]", "/domains/0/x", POSTERN_PLAN_ERROR_SCHEMA },
        { "\"domains\": [{\"name\": \"a.com\", \"route\": \"DNS\"}]", "/domains/0/route", POSTERN_PLAN_ERROR_SCHEMA },
        { "\"domains\": [{\"name\": \"a.com\", \"route\": null}]", "/domains/0/route", POSTERN_PLAN_ERROR_SCHEMA },
        { "\"domains\": [{\"name\": \"a.com\", \"route\": {}}]", "/domains/0/route/host", POSTERN_PLAN_ERROR_SCHEMA },
        { "\"domains\": [{\"name\": \"a.com\"}, {\"name\": \"A.COM.\"}]", "/domains/1", POSTERN_PLAN_ERROR_DUPLICATE },
        { "\"edge_gateway\": {\"host\": \"a.com\", \"port\": 0}", "/edge_gateway/port",
          POSTERN_PLAN_ERROR_INVALID_PORT },
        { "\"edge_gateway\": {\"host\": \"a.com\", \"port\": 25.0}", "/edge_gateway/port", POSTERN_PLAN_ERROR_SCHEMA },
        { "\"edge_gateway\": {\"host\": \"a.com\", \"port\": \"25\"}", "/edge_gateway/port",
          POSTERN_PLAN_ERROR_SCHEMA },
        { "\"edge_gateway\": {\"host\": \"a:25\"}", "/edge_gateway/host", POSTERN_PLAN_ERROR_INVALID_HOST },
        { "\"trusted_networks\": [\"10.0.0.0/33\"]", "/trusted_networks/0", POSTERN_PLAN_ERROR_INVALID_NETWORK },
        { "\"trusted_networks\": [\"10.0.0.1\", \"10.0.0.1/32\"]", "/trusted_networks/1",
          POSTERN_PLAN_ERROR_DUPLICATE },
        { "\"rejected_mail\": \"bounce\"", "/rejected_mail", POSTERN_PLAN_ERROR_SCHEMA },
        { "\"use_spf\": \"yes\"", "/use_spf", POSTERN_PLAN_ERROR_SCHEMA },
        { "\"use_spf\": true, \"use_spf\": false", "/use_spf", POSTERN_PLAN_ERROR_SCHEMA },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *json = g_strdup_printf ("{\"postern\": 1, \"scenario\": \"direct\", %s}", cases[i].members);
        g_autoptr (GPtrArray) problems = NULL;
        g_autoptr (GError) error = NULL;
        PosternPlanProblem *first;

        g_assert_null (read_file_form (json, &problems, &error));
        g_assert_error (error, POSTERN_PLAN_ERROR, (int)cases[i].code);
        g_assert_cmpuint (problems->len, ==, 1);
        first = g_ptr_array_index (problems, 0);
        g_assert_cmpstr (first->pointer, ==, cases[i].pointer);
    }
}

static void
test_all_problems_at_once (void)
{
    const char *json = "{\"postern\": 1, \"scenario\": \"sideways\", \"colour\": 1, \"domains\": [{\"name\": \"a b\"}, "
                       "{\"name\": \"c d\"}],"
                       "\"edge_gateway\": {\"host\": \"\", \"port\": 99999}}";
    g_autoptr (GPtrArray) problems = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_null (read_file_form (json, &problems, &error));
    g_assert_cmpuint (problems->len, ==, 5);
    g_assert_nonnull (strstr (error->message, "4 more problems"));
}

static void
test_not_json (void)
{
    const char *texts[] = { "",
                            "{",
                            "[]",
                            "null",
                            "{} {}",
                            "{} x",
                            "{'postern': 1}",
                            "{\"postern\": 1,}",
                            "{\"postern\": 1} /* c */",
                            "\xff\xfe{}",
                            "{\"postern\": 01, \"scenario\": \"direct\"}" };

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        g_autoptr (GError) error = NULL;
        PosternPlan *plan = read_file_form (texts[i], NULL, &error);

        g_test_message ("text %u: %s", i, error ? error->message : "accepted");
        g_assert_null (plan);
        g_assert_true (error->domain == POSTERN_PLAN_ERROR);
    }
}

static void
test_error_position (void)
{
    g_autoptr (GError) error = NULL;

    g_assert_null (read_file_form ("{\n  \"postern\": 1,\n  oops\n}", NULL, &error));
    g_assert_nonnull (strstr (error->message, "line 3, column 3"));
}

static gboolean
keep_b (PosternDomain *domain, gpointer data)
{
    GString *asked = data;

    g_string_append_printf (asked, "%s ", postern_domain_get_name (domain));
    return g_str_equal (postern_domain_get_name (domain), "b.test");
}

static void
test_keeping (void)
{
    const char *text =
        "{\"domains\": [{\"name\": \"a.test\"}, {\"route\": {\"host\": \"10.0.0.1\"}, \"name\": \"b.test\"},"
        " {\"name\": \"c.test\"}], \"trusted_networks\": [\"10.0.0.0/8\"], \"scenario\": \"direct\"}";
    g_autoptr (GString) asked = g_string_new (NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternPlan) plan =
        postern_plan_from_json_keeping (text, strlen (text), POSTERN_PLAN_FORM_API, keep_b, asked, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (asked->str, ==, "a.test b.test c.test ");
    g_assert_cmpuint (postern_record_list_get_length (postern_plan_get_domains (plan)), ==, 1);
    g_assert_nonnull (postern_domain_get_own_route (postern_record_list_get (postern_plan_get_domains (plan), 0)));
    g_assert_cmpuint (postern_record_list_get_length (postern_plan_get_trusted_networks (plan)), ==, 1);
    g_assert_true (postern_plan_get_use_spf (plan));
}

static void
test_escaped_nul (void)
{
    const char *nul = "{\"postern\": 1, \"scenario\": \"direct\", \"domains\": [{\"name\": \"a\\u0000b.test\"}]}";
    const char *behind_backslash =
        "{\"postern\": 1, \"scenario\": \"direct\", \"domains\": [{\"name\": \"\\\\\\u0000b.test\"}]}";
    const char *only_looks_so =
        "{\"postern\": 1, \"scenario\": \"direct\", \"domains\": [{\"name\": \"a\\\\u0000b.test\"}]}";
    g_autoptr (GError) error = NULL;

    g_assert_null (read_file_form (nul, NULL, &error));
    g_assert_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SYNTAX);
    g_clear_error (&error);
    g_assert_null (read_file_form (behind_backslash, NULL, &error));
    g_assert_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SYNTAX);
    g_clear_error (&error);
    g_assert_null (read_file_form (only_looks_so, NULL, &error)); /* a backslash and four zeros: no name, but no NUL */
    g_assert_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_INVALID_DOMAIN);
}

static void
test_deep_nesting (void)
{
    g_autofree char *open = g_strnfill (1000000, '[');
    g_autoptr (GError) error = NULL;

    g_assert_null (postern_plan_from_json (open, strlen (open), POSTERN_PLAN_FORM_FILE, NULL, &error));
    g_assert_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SYNTAX);
}

/* Names that json-glib's hash takes for one another: `ar` and `c0` add up to the same. It would take minutes. */
static void
test_crowded_object (void)
{
    GString *text = g_string_new ("{\"postern\": 1, \"scenario\": \"direct\"");
    g_autofree char *json = NULL;
    g_autoptr (GError) error = NULL;

    for (guint bits = 0; bits < 1 << 16; bits++) {
        g_string_append (text, ", \"");
        for (guint i = 0; i < 16; i++)
            g_string_append (text, bits >> i & 1 ? "ar" : "c0");
        g_string_append (text, "\": 1");
    }
    g_string_append_c (text, '}');
    json = g_string_free (text, FALSE);
    g_assert_null (postern_plan_from_json (json, strlen (json), POSTERN_PLAN_FORM_FILE, NULL, &error));
    g_assert_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SCHEMA);
    g_assert_nonnull (strstr (error->message, "64"));
}

static void
test_repeated_is_shown_safely (void)
{
    g_autoptr (GError) error = NULL;

    g_assert_null (read_file_form ("{\"\\u001b[2J\": 1, \"\\u001b[2J\": 1}", NULL, &error));
    g_assert_nonnull (strstr (error->message, "\\u001b[2J"));
    g_assert_null (strchr (error->message, '\033'));
}

static void
test_versions (void)
{
    g_autoptr (GError) later = NULL;
    g_autoptr (GError) none = NULL;
    const char *api = "{\"scenario\": \"direct\", \"postern\": 1}";
    g_autoptr (GError) in_api = NULL;

    g_assert_null (read_file_form ("{\"postern\": 2, \"scenario\": \"direct\", \"new\": 1}", NULL, &later));
    g_assert_error (later, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_VERSION);
    g_assert_null (read_file_form ("{\"scenario\": \"direct\"}", NULL, &none));
    g_assert_error (none, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SCHEMA);
    g_assert_null (postern_plan_from_json (api, strlen (api), POSTERN_PLAN_FORM_API, NULL, &in_api));
    g_assert_error (in_api, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SCHEMA);
}

static void
test_too_large (void)
{
    gsize length = POSTERN_PLAN_JSON_MAX_SIZE + 1;
    g_autofree char *json = g_strnfill (length, ' ');
    g_autoptr (GError) error = NULL;
    g_autoptr (GFile) endless = g_file_new_for_path ("/dev/zero");
    g_autoptr (GError) endless_error = NULL;

    g_assert_null (postern_plan_from_json (json, length, POSTERN_PLAN_FORM_FILE, NULL, &error));
    g_assert_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_TOO_LARGE);
    g_assert_null (postern_plan_load (endless, NULL, &endless_error));
    g_assert_error (endless_error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_TOO_LARGE);
}

static void
test_file (void)
{
    g_autofree char *directory = g_dir_make_tmp ("postern-plan-XXXXXX", NULL);
    g_autofree char *path = g_build_filename (directory, "a.postern", NULL);
    g_autofree char *link = g_build_filename (directory, "link.postern", NULL);
    g_autoptr (GFile) file = g_file_new_for_path (path);
    g_autoptr (GFile) link_file = g_file_new_for_path (link);
    g_autoptr (PosternPlan) plan = read_file_form (example, NULL, NULL);
    g_autoptr (PosternPlan) loaded = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_null (postern_plan_load (file, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
    g_assert_nonnull (strstr (error->message, path));
    g_clear_error (&error);

    g_assert_true (postern_plan_save (plan, file, NULL, NULL));
    g_assert_no_errno (symlink ("a.postern", link));
    postern_plan_set_use_spf (plan, TRUE);
    g_assert_true (postern_plan_save (plan, link_file, NULL, NULL));
    g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
    loaded = postern_plan_load (file, NULL, &error);
    g_assert_no_error (error);
    g_assert_true (postern_plan_equal (plan, loaded));

    g_unlink (link);
    g_unlink (path);
    g_assert_no_errno (g_rmdir (directory)); /* nothing else is left behind */
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/plan-json/example", test_example);
    g_test_add_func ("/plan-json/nothing", test_nothing);
    g_test_add_func ("/plan-json/round-trip", test_round_trip);
    g_test_add_func ("/plan-json/presets", test_presets);
    g_test_add_func ("/plan-json/problems", test_problems);
    g_test_add_func ("/plan-json/all-problems-at-once", test_all_problems_at_once);
    g_test_add_func ("/plan-json/not-json", test_not_json);
    g_test_add_func ("/plan-json/error-position", test_error_position);
    g_test_add_func ("/plan-json/escaped-nul", test_escaped_nul);
    g_test_add_func ("/plan-json/keeping", test_keeping);
    g_test_add_func ("/plan-json/deep-nesting", test_deep_nesting);
    g_test_add_func ("/plan-json/crowded-object", test_crowded_object);
    g_test_add_func ("/plan-json/repeated-is-shown-safely", test_repeated_is_shown_safely);
    g_test_add_func ("/plan-json/versions", test_versions);
    g_test_add_func ("/plan-json/too-large", test_too_large);
    g_test_add_func ("/plan-json/file", test_file);
    return g_test_run ();
}
