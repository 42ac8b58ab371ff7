/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gateway/postern-runbook-html.h"
#include "gateway/postern-runbook-markdown.h"
#include "gateway/postern-runbook-text.h"
#include "gateway/postern-runbook.h"
#include "plan/postern-plan-json.h"

static const char *const scenarios[] = { "direct", "edge-verifying", "edge-not-verifying" };

static PosternPlan *
parse_plan (const char *json, PosternPlanForm form)
{
    g_autoptr (GError) error = NULL;
    PosternPlan *plan = postern_plan_from_json (json, strlen (json), form, NULL, &error);

    g_assert_no_error (error);
    return plan;
}

static PosternPlan *
load_plan (const char *scenario)
{
    g_autofree char *base = g_strdup_printf ("%s.postern", scenario);
    g_autofree char *name = g_test_build_filename (G_TEST_DIST, "gateway", "runbook", base, NULL);
    g_autofree char *json = NULL;
    g_autoptr (GError) error = NULL;

    g_file_get_contents (name, &json, NULL, &error);
    g_assert_no_error (error);
    return parse_plan (json, POSTERN_PLAN_FORM_FILE);
}

static PosternRunbook *
make_runbook (const char *members)
{
    g_autofree char *json = g_strdup_printf ("{%s}", members);
    g_autoptr (PosternPlan) plan = parse_plan (json, POSTERN_PLAN_FORM_API);

    return postern_runbook_new (plan, "en");
}

static PosternRunbookStep *
get_step (PosternRunbook *runbook, const char *id)
{
    PosternRunbookStep *step = postern_runbook_find_step (runbook, id);

    if (step == NULL)
        g_error ("there is no step %s", id);
    return step;
}

static const PosternRunbookEntry *
get_entry (PosternRunbook *runbook, const char *id, const char *field)
{
    GPtrArray *entries = postern_runbook_step_get_entries (get_step (runbook, id));

    for (guint i = 0; i < entries->len; i++) {
        const PosternRunbookEntry *entry = entries->pdata[i];

        if (g_str_equal (entry->field, field))
            return entry;
    }
    g_error ("%s has no field %s", id, field);
}

static void
assert_entry (PosternRunbook *runbook, const char *id, const char *field, const char *value)
{
    g_assert_cmpstr (get_entry (runbook, id, field)->value, ==, value);
}

static void
assert_contains (const char *text, const char *part)
{
    g_assert_nonnull (text);
    if (strstr (text, part) == NULL)
        g_error ("“%s” is not in “%.200s…”", part, text);
}

static void
assert_sections (PosternRunbook *runbook, const char *expected)
{
    GPtrArray *sections = postern_runbook_get_sections (runbook);
    g_autoptr (GString) ids = g_string_new (NULL);

    for (guint i = 0; i < sections->len; i++) {
        g_assert_cmpuint (postern_runbook_section_get_steps (sections->pdata[i])->len, >, 0);
        g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", postern_runbook_section_get_id (sections->pdata[i]));
    }
    g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_order (void)
{
    g_autoptr (PosternPlan) plan = load_plan ("edge-verifying");
    g_autoptr (PosternPlan) direct = load_plan ("direct");
    g_autoptr (PosternRunbook) edge = postern_runbook_new (plan, "en");
    g_autoptr (PosternRunbook) straight = postern_runbook_new (direct, "en");

    /* SPF and DMARC are off before anything is deleted, … */
    assert_sections (edge, "preparation domains edge-gateway sender-checks rules trusted-networks verification trials");
    /* … and nothing is deleted any more before they are on. */
    assert_sections (straight, "preparation domains edge-gateway rules sender-checks sender-authentication "
                               "trusted-networks verification trials");
}

/* Every page that is changed ends in saving it. */
static void
assert_saved (PosternRunbook *runbook, const char *section)
{
    GPtrArray *sections = postern_runbook_get_sections (runbook);

    for (guint i = 0; i < sections->len; i++) {
        GPtrArray *steps = postern_runbook_section_get_steps (sections->pdata[i]);
        g_autofree char *id = g_strdup_printf ("%s/save", section);

        if (!g_str_equal (postern_runbook_section_get_id (sections->pdata[i]), section))
            continue;
        for (guint k = 0; k < steps->len; k++) {
            if (g_str_equal (postern_runbook_step_get_id (steps->pdata[k]), id)) {
                assert_contains (postern_runbook_step_get_action (steps->pdata[k]), "“Save”");
                return;
            }
        }
    }
    g_error ("%s is never saved", section);
}

static void
test_direct (void)
{
    g_autoptr (PosternPlan) plan = load_plan ("direct");
    g_autoptr (PosternRunbook) runbook = postern_runbook_new (plan, "en");

    assert_entry (runbook, "domains/example.com", "Record name", "example.com");
    assert_entry (runbook, "domains/example.com", "Record type", "Domain");
    assert_entry (runbook, "domains/example.com", "Local domain", "on");
    assert_entry (runbook, "domains/example.com", "Destination address", "10.0.0.20");
    assert_entry (runbook, "domains/example.com", "Port", "25");
    assert_entry (runbook, "domains/example.org", "Destination address", "mail.example.org");
    assert_entry (runbook, "domains/example.org", "Port", "2525");
    g_assert_cmpint (get_entry (runbook, "domains/split-dns.test", "Destination address")->kind, ==,
                     POSTERN_RUNBOOK_ENTRY_EMPTY);
    assert_contains (postern_runbook_step_get_warning (get_step (runbook, "domains/split-dns.test")), "split-dns.test");
    assert_contains (postern_runbook_step_get_action (get_step (runbook, "edge-gateway/destination")), "is not set to");
    assert_entry (runbook, "sender-checks/spf", "Use SPF", "on");
    assert_entry (runbook, "sender-checks/dkim", "Use DKIM", "on");
    assert_entry (runbook, "sender-checks/dmarc", "Use DMARC", "on");
    assert_entry (runbook, "sender-authentication/module", "Mail Sender Authentication", "on");
    assert_entry (runbook, "trusted-networks/10.0.0.20/32", "Trusted networks", "10.0.0.20");
    assert_entry (runbook, "trusted-networks/10.0.0.21/32", "Trusted networks", "10.0.0.21");
    assert_entry (runbook, "verification/rehearse", "Internal mail servers", "10.0.0.20:25\nmail.example.org:2525");
    assert_entry (runbook, "verification/mode", "Reject messages for recipients", "Reject for unverified recipients");
    g_assert_null (postern_runbook_find_step (runbook, "rules/anti-phishing"));
    g_assert_nonnull (postern_runbook_find_step (runbook, "rules/reject"));
    assert_saved (runbook, "sender-checks");
    assert_saved (runbook, "trusted-networks");
    assert_saved (runbook, "verification");
    g_assert_cmpstr (postern_runbook_step_get_path (get_step (runbook, "domains/example.com")), ==,
                     "Settings → Built-in MTA → Domains");
}

static void
assert_edge_steps (PosternRunbook *runbook)
{
    static const char *const modules[] = { "anti-virus",           "link-scanning",     "anti-spam",
                                           "anti-phishing",        "content-filtering", "kata-protection",
                                           "sender-authentication" };

    assert_entry (runbook, "edge-gateway/destination", "Email destination address", "Send through an edge gateway");
    assert_entry (runbook, "sender-checks/spf", "Use SPF", "off");
    assert_entry (runbook, "sender-checks/dmarc", "Use DMARC", "off");
    g_assert_nonnull (postern_runbook_find_step (runbook, "sender-checks/confirm"));
    for (gsize i = 0; i < G_N_ELEMENTS (modules); i++) {
        g_autofree char *id = g_strdup_printf ("rules/%s", modules[i]);
        const PosternRunbookEntry *entry = postern_runbook_step_get_entries (get_step (runbook, id))->pdata[0];

        g_assert_cmpstr (entry->value, ==, "Delete message");
    }
    assert_contains (postern_runbook_step_get_why (get_step (runbook, "rules/anti-phishing")), "as shipped");
    assert_entry (runbook, "rules/mode", "DenyList", "Delete without notifying the sender");
    assert_entry (runbook, "rules/backup", "Place original message in Backup", "on");
    assert_saved (runbook, "edge-gateway");
    assert_saved (runbook, "sender-checks");
    assert_saved (runbook, "rules");
    assert_saved (runbook, "trusted-networks");
    assert_saved (runbook, "verification");
}

static void
test_edge_verifying (void)
{
    g_autoptr (PosternPlan) plan = load_plan ("edge-verifying");
    g_autoptr (PosternRunbook) runbook = postern_runbook_new (plan, "en");
    const PosternRunbookEntry *entry;

    assert_edge_steps (runbook);
    assert_entry (runbook, "edge-gateway/address", "edge gateway (relayhost)", "edge.example.net");
    assert_entry (runbook, "edge-gateway/address", "Port", "25");
    assert_entry (runbook, "edge-gateway/mx", "Use MX lookup", "on");
    assert_entry (runbook, "domains/.example.com", "Record name", "example.com");
    assert_entry (runbook, "domains/.example.com", "Record type", "Subdomain");
    assert_contains (postern_runbook_step_get_warning (get_step (runbook, "domains/.example.com")), "“Use MX lookup”");
    entry = get_entry (runbook, "domains/xn--e1afmkfd.xn--p1ai", "Record name");
    g_assert_cmpstr (entry->value, ==, "xn--e1afmkfd.xn--p1ai");
    g_assert_cmpstr (entry->hint, ==, "пример.рф");
    assert_entry (runbook, "domains/xn--e1afmkfd.xn--p1ai", "Destination address", "2001:db8::21");
    assert_entry (runbook, "domains/partner.test", "Local domain", "off");
    assert_entry (runbook, "domains/partner.test", "Port", "26");
    assert_contains (postern_runbook_step_get_warning (get_step (runbook, "domains/dns.test")), "by DNS");
    assert_entry (runbook, "trusted-networks/2001:db8:1::/64", "Trusted networks", "2001:db8:1::/64");
    assert_entry (runbook, "verification/mode", "Reject messages for recipients", "Reject for unverified recipients");
    assert_contains (postern_runbook_step_get_action (get_step (runbook, "trials/unknown")),
                     "edge gateway must refuse");
}

static void
test_edge_not_verifying (void)
{
    g_autoptr (PosternPlan) plan = load_plan ("edge-not-verifying");
    g_autoptr (PosternRunbook) runbook = postern_runbook_new (plan, "en");

    assert_edge_steps (runbook);
    assert_entry (runbook, "edge-gateway/address", "edge gateway (relayhost)", "192.168.0.1");
    assert_entry (runbook, "edge-gateway/address", "Port", "2525");
    /* Only a name has MX records. */
    g_assert_null (postern_runbook_find_step (runbook, "edge-gateway/mx"));
    assert_entry (runbook, "verification/mode", "Reject messages for recipients", "Do not reject");
    g_assert_null (postern_runbook_find_step (runbook, "verification/rehearse"));
    assert_contains (postern_runbook_step_get_warning (get_step (runbook, "trusted-networks/192.168.0.0/24")),
                     "The edge gateway is in this network");
    g_assert_null (postern_runbook_step_get_warning (get_step (runbook, "trusted-networks/10.0.0.20/32")));
}

static void
test_unfinished (void)
{
    g_autoptr (PosternRunbook) empty = make_runbook ("\"scenario\": \"edge-verifying\"");
    g_autoptr (PosternRunbook) loop =
        make_runbook ("\"scenario\": \"edge-verifying\", \"edge_gateway\": {\"host\": \"192.168.0.1\"}, "
                      "\"domains\": [{\"name\": \"example.com\"}]");
    g_autoptr (PosternRunbook) bounces =
        make_runbook ("\"scenario\": \"edge-verifying\", \"edge_gateway\": {\"host\": \"192.168.0.1\"}, "
                      "\"rejected_mail\": \"reject\"");

    assert_contains (postern_runbook_step_get_warning (get_step (empty, "domains/+others")), "no local domain");
    assert_contains (postern_runbook_step_get_warning (get_step (empty, "edge-gateway/address")), "does not say");
    assert_contains (postern_runbook_step_get_warning (get_step (empty, "trusted-networks/others")), "trusts nobody");
    g_assert_cmpuint (postern_findings_count (postern_runbook_get_findings (empty), POSTERN_SEVERITY_ERROR), >, 0);
    assert_contains (postern_runbook_step_get_warning (get_step (loop, "domains/example.com")),
                     "back to the edge gateway");
    assert_contains (postern_runbook_step_get_warning (get_step (bounces, "rules/reject")), "blocklisted");
}

static gboolean
has_gap (PosternRunbook *runbook, PosternSection section, const char *part)
{
    GPtrArray *findings = postern_runbook_get_findings (runbook);

    for (guint i = 0; i < findings->len; i++) {
        if (g_str_equal (postern_finding_get_code (findings->pdata[i]), "gateway-gap") &&
            postern_finding_get_section (findings->pdata[i]) == section &&
            strstr (postern_finding_get_message (findings->pdata[i]), part) != NULL)
            return TRUE;
    }
    return FALSE;
}

static void
test_gaps (void)
{
    g_autoptr (PosternPlan) plan = load_plan ("edge-verifying");
    g_autoptr (PosternRunbook) edge = postern_runbook_new (plan, "en");
    g_autoptr (PosternRunbook) none = make_runbook ("\"scenario\": \"direct\", \"domains\": [{\"name\": \"a.test\", "
                                                    "\"route\": {\"host\": \"10.0.0.20\"}}]");
    g_autoptr (PosternRunbook) before =
        make_runbook ("\"scenario\": \"edge-verifying\", \"check_sender_before_edge\": true, \"use_spf\": true, "
                      "\"use_dmarc\": true, \"edge_gateway\": {\"host\": \"192.168.0.1\"}, \"domains\": [{\"name\": "
                      "\"idle.test\", \"local\": false}]");
    g_autoptr (PosternRunbook) half =
        make_runbook ("\"scenario\": \"direct\", \"use_dmarc\": true, \"use_spf\": false");

    g_assert_true (has_gap (edge, POSTERN_SECTION_DOMAINS, "dns.test: "));
    g_assert_true (has_gap (edge, POSTERN_SECTION_DOMAINS, ".example.com: "));
    g_assert_true (has_gap (edge, POSTERN_SECTION_DOMAINS, "no internal mail server"));
    g_assert_false (has_gap (none, POSTERN_SECTION_DOMAINS, ""));
    g_assert_false (has_gap (none, POSTERN_SECTION_CHECKS, ""));
    g_assert_true (has_gap (before, POSTERN_SECTION_DOMAINS, "idle.test: "));
    g_assert_null (postern_runbook_find_step (before, "domains/idle.test"));
    g_assert_true (has_gap (before, POSTERN_SECTION_CHECKS, "the sender that the edge gateway saw"));
    /* Judging the edge gateway's address would be worse than not to judge. */
    assert_entry (before, "sender-checks/spf", "Use SPF", "off");
    g_assert_true (has_gap (half, POSTERN_SECTION_CHECKS, "DMARC will be off"));
    g_assert_nonnull (postern_runbook_step_get_warning (get_step (half, "sender-checks/dmarc")));
}

static PosternPlan *
make_large_plan (guint n)
{
    g_autoptr (GString) json = g_string_new ("{\"scenario\": \"edge-verifying\", \"internal_server\": {\"host\": "
                                             "\"10.0.0.20\"}, \"edge_gateway\": {\"host\": \"192.168.0.1\"}, "
                                             "\"domains\": [{\"name\": \"пример.рф\"}");
    g_autofree char *text = NULL;

    for (guint i = 1; i < n; i++)
        g_string_append_printf (json, ", {\"name\": \"d%u.test\"%s}", i,
                                i % 100 == 0 ? ", \"route\": {\"host\": \"10.0.0.99\"}" : "");
    g_string_append (json, "], \"trusted_networks\": [\"10.1.0.0/32\"");
    for (guint i = 1; i < n; i++)
        g_string_append_printf (json, ", \"10.1.%u.%u/32\"", i / 256, i % 256);
    g_string_append (json, "]}");
    text = g_string_free_and_steal (g_steal_pointer (&json));
    return parse_plan (text, POSTERN_PLAN_FORM_API);
}

/* How often each line comes in the lists of all steps whose ids begin with @prefix. */
static GHashTable *
count_lines (PosternRunbook *runbook, const char *section, guint *n_steps)
{
    GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    GPtrArray *sections = postern_runbook_get_sections (runbook);

    for (guint i = 0; i < sections->len; i++) {
        GPtrArray *steps = postern_runbook_section_get_steps (sections->pdata[i]);

        if (!g_str_equal (postern_runbook_section_get_id (sections->pdata[i]), section))
            continue;
        *n_steps = steps->len;
        for (guint k = 0; k < steps->len; k++) {
            GPtrArray *entries = postern_runbook_step_get_entries (steps->pdata[k]);
            const PosternRunbookEntry *entry = entries->len > 0 ? entries->pdata[0] : NULL;
            g_auto (GStrv) lines = g_strsplit (entry != NULL ? entry->value : "", "\n", -1);

            for (guint l = 0; entry != NULL && lines[l] != NULL; l++)
                g_hash_table_insert (counts, g_strdup (lines[l]),
                                     GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, lines[l])) + 1));
        }
    }
    return counts;
}

static void
test_thousand (void)
{
    g_autoptr (PosternPlan) plan = make_large_plan (1000);
    g_autoptr (PosternRunbook) runbook = postern_runbook_new (plan, "en");
    guint n_domain_steps = 0;
    guint n_network_steps = 0;
    g_autoptr (GHashTable) names = count_lines (runbook, "domains", &n_domain_steps);
    g_autoptr (GHashTable) networks = count_lines (runbook, "trusted-networks", &n_network_steps);
    GHashTableIter iter;
    gpointer n;

    g_assert_cmpuint (g_hash_table_size (names), ==, 1000);
    g_assert_cmpuint (g_hash_table_size (networks), ==, 1000);
    g_hash_table_iter_init (&iter, names);
    while (g_hash_table_iter_next (&iter, NULL, &n))
        g_assert_cmpuint (GPOINTER_TO_UINT (n), ==, 1);
    /* 991 and 9 records in batches of 25, and one step to look for others. */
    g_assert_cmpuint (n_domain_steps, ==, 42);
    g_assert_cmpuint (n_network_steps, ==, 42);
    assert_contains (get_entry (runbook, "domains/xn--e1afmkfd.xn--p1ai+24", "Record name")->hint, "пример.рф");
    assert_entry (runbook, "domains/d100.test+8", "Destination address", "10.0.0.99");
    g_assert_cmpuint (
        g_strv_length ((char **)postern_runbook_step_get_keys (get_step (runbook, "domains/d100.test+8"))), ==, 9);
}

static void
test_ids (void)
{
    for (gsize s = 0; s < G_N_ELEMENTS (scenarios); s++) {
        g_autoptr (PosternPlan) plan = load_plan (scenarios[s]);
        g_autoptr (PosternRunbook) english = postern_runbook_new (plan, "en");
        g_autoptr (PosternRunbook) russian = postern_runbook_new (plan, "ru_RU.UTF-8");
        g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
        GPtrArray *sections = postern_runbook_get_sections (english);

        g_assert_cmpuint (postern_runbook_get_n_steps (english), ==, postern_runbook_get_n_steps (russian));
        for (guint i = 0; i < sections->len; i++) {
            GPtrArray *steps = postern_runbook_section_get_steps (sections->pdata[i]);

            for (guint k = 0; k < steps->len; k++) {
                const char *id = postern_runbook_step_get_id (steps->pdata[k]);
                PosternRunbookStep *same = get_step (russian, id);

                g_assert_true (g_hash_table_add (seen, (gpointer)id));
                /* What was ticked in one language is ticked in another. */
                g_assert_true (g_strv_equal (postern_runbook_step_get_keys (steps->pdata[k]),
                                             postern_runbook_step_get_keys (same)));
            }
        }
    }
}

static void
assert_balanced (const char *html)
{
    const GMarkupParser nothing = { 0 };
    g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&nothing, 0, NULL, NULL);
    g_autoptr (GError) error = NULL;

    g_markup_parse_context_parse (context, html, -1, &error);
    g_assert_no_error (error);
    g_markup_parse_context_end_parse (context, &error);
    g_assert_no_error (error);
}

static void
test_escaping (void)
{
    g_autoptr (PosternPlan) plan = load_plan ("edge-verifying");
    g_autoptr (PosternRunbook) runbook = postern_runbook_new (plan, "fr");
    g_autofree char *html = postern_runbook_to_html (runbook);
    g_autofree char *markdown = postern_runbook_to_markdown (runbook);

    assert_balanced (html);
    assert_contains (html, "MAIL FROM:&lt;&gt;");
    assert_contains (html, "Utiliser l&apos;authentification SPF");
    assert_contains (html, "<code>xn--e1afmkfd.xn--p1ai</code>");
    g_assert_null (strstr (html, "http"));
    g_assert_null (strstr (html, "<script"));
    assert_contains (markdown, "MAIL FROM:\\<\\>");
    assert_contains (markdown, "reject\\_unverified\\_recipient");
    assert_contains (markdown, "`2001:db8:1::/64`");
    assert_contains (markdown, "    [2001:db8::21]:2525\n");
}

/* Lines that a terminal of 80 columns shows whole, but for values. */
static void
test_width (void)
{
    for (gsize s = 0; s < G_N_ELEMENTS (scenarios); s++) {
        g_autoptr (PosternPlan) plan = load_plan (scenarios[s]);
        g_autoptr (PosternRunbook) runbook = postern_runbook_new (plan, "en");
        g_autofree char *text = postern_runbook_to_text (runbook);
        g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

        for (guint i = 0; lines[i] != NULL; i++)
            g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, 78);
    }
}

/*
 * What people read, as a whole. After a change that is meant: POSTERN_UPDATE_GOLDEN=1 writes the files anew, and
 * somebody reads the difference.
 */
static void
assert_golden (const char *base, const char *text)
{
    g_autofree char *name = g_test_build_filename (G_TEST_DIST, "gateway", "runbook", base, NULL);
    g_autofree char *golden = NULL;
    g_autoptr (GError) error = NULL;

    if (g_getenv ("POSTERN_UPDATE_GOLDEN") != NULL)
        g_file_set_contents (name, text, -1, &error);
    else
        g_file_get_contents (name, &golden, NULL, &error);
    g_assert_no_error (error);
    if (golden != NULL)
        g_assert_cmpstr (text, ==, golden);
}

static void
test_golden (void)
{
    g_autoptr (PosternPlan) direct = load_plan ("direct");
    g_autoptr (PosternPlan) edge = load_plan ("edge-verifying");
    g_autoptr (PosternPlan) blind = load_plan ("edge-not-verifying");
    g_autoptr (PosternRunbook) english = postern_runbook_new (direct, "en");
    g_autoptr (PosternRunbook) russian = postern_runbook_new (direct, "ru");
    g_autoptr (PosternRunbook) french = postern_runbook_new (edge, "fr");
    g_autoptr (PosternRunbook) czech = postern_runbook_new (blind, "cs");
    g_autofree char *english_text = postern_runbook_to_text (english);
    g_autofree char *french_text = postern_runbook_to_text (french);
    g_autofree char *czech_text = postern_runbook_to_text (czech);
    g_autofree char *russian_html = postern_runbook_to_html (russian);
    g_autofree char *czech_markdown = postern_runbook_to_markdown (czech);

    assert_golden ("direct.en.txt", english_text);
    assert_golden ("edge-verifying.fr.txt", french_text);
    assert_golden ("edge-not-verifying.cs.txt", czech_text);
    assert_golden ("edge-not-verifying.cs.md", czech_markdown);
    assert_golden ("direct.ru.html", russian_html);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/runbook/order", test_order);
    g_test_add_func ("/runbook/direct", test_direct);
    g_test_add_func ("/runbook/edge-verifying", test_edge_verifying);
    g_test_add_func ("/runbook/edge-not-verifying", test_edge_not_verifying);
    g_test_add_func ("/runbook/unfinished", test_unfinished);
    g_test_add_func ("/runbook/gaps", test_gaps);
    g_test_add_func ("/runbook/thousand", test_thousand);
    g_test_add_func ("/runbook/ids", test_ids);
    g_test_add_func ("/runbook/escaping", test_escaping);
    g_test_add_func ("/runbook/width", test_width);
    g_test_add_func ("/runbook/golden", test_golden);
    return g_test_run ();
}
