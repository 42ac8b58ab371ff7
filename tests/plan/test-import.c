/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "import-fixture.h"

#include "plan/postern-import-records.h"
#include "plan/postern-plan-error.h"

static void
count_cb (GListModel *model, guint position, guint removed, guint added, guint *times)
{
    (*times)++;
}

static PosternDomain *
get_domain (PosternPlan *plan, const char *name)
{
    return postern_record_list_lookup (postern_plan_get_domains (plan), name);
}

static void
test_apply (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternImport) import =
        import_text ("domain,host\na.com,\nb.com,10.0.0.20\nб.рф,dns\na.com,\nx y,\n", POSTERN_IMPORT_DOMAINS, plan);
    PosternRecordList *domains = postern_plan_get_domains (plan);
    PosternDomain *routed;
    guint times = 0;

    g_assert_cmpuint (postern_record_list_get_length (domains), ==, 0);
    g_signal_connect (domains, "items-changed", G_CALLBACK (count_cb), &times);
    g_assert_cmpuint (postern_import_apply (import, plan), ==, 3);
    g_assert_cmpuint (times, ==, 1);
    g_assert_cmpuint (postern_record_list_get_length (domains), ==, 3);

    routed = get_domain (plan, "b.com");
    g_assert_true (postern_domain_get_local (routed));
    g_assert_cmpstr (postern_route_get_host (postern_domain_get_own_route (routed)), ==, "10.0.0.20");
    g_assert_cmpint (postern_domain_get_routing (get_domain (plan, "xn--90a.xn--p1ai")), ==,
                     POSTERN_DOMAIN_ROUTING_DNS);
    g_assert_cmpint (postern_domain_get_routing (get_domain (plan, "a.com")), ==, POSTERN_DOMAIN_ROUTING_DEFAULT);

    g_assert_cmpuint (postern_import_apply (import, plan), ==, 0); /* the second time there is nothing to do */
    g_assert_cmpuint (times, ==, 1);
}

static void
test_apply_networks (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternImport) import =
        import_text ("10.0.0.0/8\n2001:DB8::/32\n127.0.0.1\n", POSTERN_IMPORT_NETWORKS, plan);
    PosternRecordList *networks = postern_plan_get_trusted_networks (plan);

    g_assert_cmpuint (postern_import_apply (import, plan), ==, 2);
    g_assert_nonnull (postern_record_list_lookup (networks, "10.0.0.0/8"));
    g_assert_nonnull (postern_record_list_lookup (networks, "2001:db8::/32"));
    g_assert_cmpuint (postern_record_list_get_length (networks), ==, 2);
}

/* What the plan has stays; what it lacks is filled in. */
static void
test_with_plan (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternRoute) own = postern_route_new ("10.0.0.20", 25, FALSE, NULL);
    g_autoptr (PosternImport) import = NULL;
    g_autofree char *preview = NULL;
    g_autofree char *there = NULL;
    g_autofree char *other = NULL;
    PosternDomain *routed = postern_plan_add_domain (plan, "routed.com", NULL);
    PosternDomain *plain = postern_plan_add_domain (plan, "plain.com", NULL);

    postern_domain_set_route (routed, own);
    postern_domain_set_routing (routed, POSTERN_DOMAIN_ROUTING_OWN);
    postern_domain_set_local (plain, FALSE);
    import = import_text ("domain,host\nrouted.com,\nrouted.com,10.0.0.20\nrouted.com,10.0.0.21\nplain.com,\n"
                          "plain.com,10.0.0.22\nplain.com,10.0.0.22\nplain.com,10.0.0.23\nnew.com,\n",
                          POSTERN_IMPORT_DOMAINS, plan);
    preview = import_render (import);
    g_assert_cmpstr (preview, ==,
                     "2 present routed.com; 3 present routed.com > 10.0.0.20:25; 4 refused <routed.com,10.0.0.21>; "
                     "5 present plain.com; 6 taken plain.com > 10.0.0.22:25; 7 present plain.com > 10.0.0.22:25; "
                     "8 refused <plain.com,10.0.0.23>; 9 taken new.com");
    there = import_reason (import, 2);
    other = import_reason (import, 6);
    g_assert_cmpstr (there, ==, "The plan has something else here, which stays.");
    g_assert_cmpstr (other, ==, "Line 6 gives this domain another route.");

    g_assert_cmpuint (postern_import_apply (import, plan), ==, 2);
    g_assert_true (postern_route_equal (postern_domain_get_own_route (routed), own));
    g_assert_cmpstr (postern_route_get_host (postern_domain_get_own_route (plain)), ==, "10.0.0.22");
    g_assert_false (postern_domain_get_local (plain));
}

static void
test_with_servers (void)
{
    const char *text = "relayhost = [192.168.0.1]\nrelay_transport = relay:[10.0.0.20]\n";
    const PosternImportWanted wanted = POSTERN_IMPORT_DOMAINS | POSTERN_IMPORT_EDGE_GATEWAY;
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternRoute) other = postern_route_new ("192.168.0.2", 25, FALSE, NULL);
    g_autoptr (PosternImport) first = import_text (text, wanted, plan);
    g_autoptr (PosternImport) second = NULL;
    g_autoptr (PosternImport) third = NULL;

    g_assert_cmpuint (postern_import_apply (first, plan), ==, 2);
    g_assert_cmpstr (postern_route_get_host (postern_plan_get_edge_gateway (plan)), ==, "192.168.0.1");
    g_assert_cmpstr (postern_route_get_host (postern_plan_get_internal_server (plan)), ==, "10.0.0.20");

    second = import_text (text, wanted, plan);
    g_assert_cmpuint (postern_import_count (second, POSTERN_IMPORT_PRESENT), ==, 2);
    postern_plan_set_edge_gateway (plan, other);
    third = import_text (text, wanted, plan);
    g_assert_cmpuint (postern_import_count (third, POSTERN_IMPORT_REFUSED), ==, 1);
    g_assert_cmpuint (postern_import_apply (first, plan), ==, 0);
    g_assert_true (postern_route_equal (postern_plan_get_edge_gateway (plan), other));
}

/* The plan that is there when an import is applied is not always the one that it was made for. */
/* What was imported goes again, and nothing else does: not what was there, nor what a person has changed since. */
static void
test_undo (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternPlan) before = NULL;
    g_autoptr (PosternImport) import = NULL;
    g_autoptr (PosternImportRecords) records = NULL;
    g_autoptr (PosternRoute) other = postern_route_new ("10.9.9.9", 25, FALSE, NULL);

    postern_plan_add_domain (plan, "old.example", NULL);
    postern_plan_add_domain (plan, "kept.example", NULL);
    postern_plan_add_trusted_network (plan, "10.0.0.1", NULL);
    before = postern_plan_copy (plan);
    import =
        import_text ("relay_domains = old.example, new.example, newer.example\n"
                     "transport_maps = inline:{ old.example=relay:[10.0.0.21], new.example=relay:[10.0.0.22] }\n"
                     "relay_transport = relay:[10.0.0.20]\nrelayhost = [192.168.0.1]\nmynetworks = 10.0.0.1 10.0.0.2\n",
                     POSTERN_IMPORT_DOMAINS | POSTERN_IMPORT_NETWORKS | POSTERN_IMPORT_EDGE_GATEWAY, plan);
    records = postern_import_records_new (import);
    g_assert_true (postern_plan_equal (plan, before));
    g_assert_cmpuint (postern_import_records_apply (records, plan), ==, 7);
    postern_import_records_undo (records, plan);
    g_assert_true (postern_plan_equal (plan, before));

    g_assert_cmpuint (postern_import_records_apply (records, plan), ==, 7);
    postern_domain_set_route (postern_record_list_lookup (postern_plan_get_domains (plan), "old.example"), other);
    postern_plan_set_internal_server (plan, other);
    postern_import_records_undo (records, plan);
    g_assert_cmpuint (postern_record_list_get_length (postern_plan_get_domains (plan)), ==, 2);
    g_assert_true (postern_route_equal (postern_plan_get_internal_server (plan), other));
    g_assert_true (postern_route_equal (
        postern_domain_get_own_route (postern_record_list_lookup (postern_plan_get_domains (plan), "old.example")),
        other));
    g_assert_null (postern_plan_get_edge_gateway (plan));
}

static void
test_plan_moved_on (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternRoute) own = postern_route_new ("10.0.0.20", 25, FALSE, NULL);
    g_autoptr (PosternImport) import = NULL;
    PosternDomain *domain = postern_plan_add_domain (plan, "a.com", NULL);

    import = import_text ("a.com,10.0.0.21\nb.com,10.0.0.21\nc.com,10.0.0.21\n", POSTERN_IMPORT_DOMAINS, plan);
    postern_domain_set_route (domain, own);
    postern_domain_set_routing (domain, POSTERN_DOMAIN_ROUTING_OWN);
    postern_plan_add_domain (plan, "b.com", NULL);
    g_assert_cmpuint (postern_import_apply (import, plan), ==, 1);
    g_assert_true (postern_route_equal (postern_domain_get_own_route (domain), own));
    g_assert_null (postern_domain_get_own_route (get_domain (plan, "b.com")));
    g_assert_nonnull (get_domain (plan, "c.com"));
}

static void
test_cancelled (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GBytes) data = g_bytes_new_static ("a.com\n", 6);
    g_autoptr (GError) error = NULL;

    g_cancellable_cancel (cancellable);
    g_assert_null (postern_import_new (data, POSTERN_IMPORT_DOMAINS, plan, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_too_large (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autofree char *text = g_malloc0 (POSTERN_IMPORT_MAX_SIZE + 1);
    g_autoptr (GBytes) data = g_bytes_new_static (text, POSTERN_IMPORT_MAX_SIZE + 1);
    g_autoptr (GFile) endless = g_file_new_for_path ("/dev/zero");
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) endless_error = NULL;

    g_assert_null (postern_import_new (data, POSTERN_IMPORT_DOMAINS, plan, NULL, &error));
    g_assert_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_TOO_LARGE);
    g_assert_null (postern_import_load (endless, POSTERN_IMPORT_DOMAINS, plan, NULL, &endless_error));
    g_assert_error (endless_error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_TOO_LARGE);
}

static void
test_missing_file (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/domains.csv");
    g_autoptr (GError) error = NULL;

    g_assert_null (postern_import_load (file, POSTERN_IMPORT_DOMAINS, plan, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

#define ENDLESS (8 << 20)

/* A file of one line that is @before and then @again until it is very long. */
static GBytes *
make_endless (const char *before, const char *again, gsize again_length)
{
    char *text = g_malloc (ENDLESS);
    gsize at = strlen (before);

    memcpy (text, before, at);
    for (; at < ENDLESS; at++)
        text[at] = again[(at - strlen (before)) % again_length];
    return g_bytes_new_take (text, ENDLESS);
}

/* Lines that do not end, in each format: hardly anything comes of one, and it takes no longer than to read it. */
static void
test_endless_lines (void)
{
    const struct {
        const char *before;
        const char *again;
        PosternImportWanted wanted;
    } cases[] = {
        { "", "a", POSTERN_IMPORT_DOMAINS },
        { "", ".", POSTERN_IMPORT_DOMAINS },
        { "", ",", POSTERN_IMPORT_DOMAINS },
        { "", "\"", POSTERN_IMPORT_DOMAINS },
        { "", "\0", POSTERN_IMPORT_DOMAINS },
        { "", "\xd0", POSTERN_IMPORT_DOMAINS },
        { "domain,host\n\"", "\"", POSTERN_IMPORT_DOMAINS },
        { "domain,host\n", ",", POSTERN_IMPORT_DOMAINS },
        { "a.com smtp:[", "b", POSTERN_IMPORT_DOMAINS },
        { "a.com smtp:[b]\n ", "\t", POSTERN_IMPORT_DOMAINS },
        { "a.com smtp:[b]\n", " #", POSTERN_IMPORT_DOMAINS },
        { "relay_domains = inline:{", "{", POSTERN_IMPORT_DOMAINS },
        { "relay_domains = inline:{", "{ }", POSTERN_IMPORT_DOMAINS },
        { "relay_domains = a.com\n ", "#", POSTERN_IMPORT_DOMAINS },
        { "", "1", POSTERN_IMPORT_NETWORKS },
        { "10.0.0.1 ", "-", POSTERN_IMPORT_NETWORKS },
        { "10.0.0.1 ", "- 10.0.0.1 ", POSTERN_IMPORT_NETWORKS },
        { "10.0.0.1 ", "/ ", POSTERN_IMPORT_NETWORKS },
        { "10.0.0.1 ", "/ 255.0.0.0 ", POSTERN_IMPORT_NETWORKS },
        { "10.0.0.0/8 OK\n", ":", POSTERN_IMPORT_NETWORKS },
        { "mynetworks = ", "[", POSTERN_IMPORT_NETWORKS },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        gsize again_length = MAX (strlen (cases[i].again), 1); /* a NUL is one, too */
        g_autoptr (GBytes) data = make_endless (cases[i].before, cases[i].again, again_length);
        g_autoptr (PosternPlan) plan = postern_plan_new ();
        g_autoptr (PosternImport) import = NULL;
        g_autofree char *preview = NULL;

        g_test_message ("case %u", i);
        import = postern_import_new (data, cases[i].wanted, plan, NULL, NULL);
        g_assert_nonnull (import);
        g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (import)), <=, 3);
        preview = import_render (import);
        g_assert_cmpuint (strlen (preview), <, 4000);
    }
}

/* A line with very many entries takes as long as as many lines. */
static void
test_crowded_line (void)
{
    const char *const entries[] = { "10.0.0.1 ", "255.0.0.0 ", "0.0.0.1 255.0.0.0 ", "::1 ", "10.0.0.0/8," };

    for (guint i = 0; i < G_N_ELEMENTS (entries); i++) {
        g_autoptr (GBytes) data = make_endless ("", entries[i], strlen (entries[i]));
        g_autoptr (PosternPlan) plan = postern_plan_new ();
        g_autoptr (PosternImport) import = postern_import_new (data, POSTERN_IMPORT_NETWORKS, plan, NULL, NULL);

        g_assert_nonnull (import);
        g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (import)), >, ENDLESS / 40);
    }
}

/* More entries than the tables have room for at first; the same names again at the end. */
static void
test_many (void)
{
    const guint n = 200000;
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternImport) import = NULL;
    g_autoptr (PosternImportLine) last = NULL;
    GString *text = g_string_new (NULL);
    g_autofree char *all = NULL;

    for (guint i = 0; i < 2 * n; i++)
        g_string_append_printf (text, "%c%x.x\n", i < n ? 'n' : 'N', i % n); /* the second half has to be folded */
    all = g_string_free (text, FALSE);
    import = import_text (all, POSTERN_IMPORT_DOMAINS, plan);
    g_assert_cmpuint (postern_import_count (import, POSTERN_IMPORT_TAKEN), ==, n);
    g_assert_cmpuint (postern_import_count (import, POSTERN_IMPORT_PRESENT), ==, n);
    last = g_list_model_get_item (G_LIST_MODEL (import), 2 * n - 1);
    g_assert_cmpuint (postern_import_line_get_number (last), ==, 2 * n);
    g_assert_cmpstr (postern_import_line_get_reason (last), ==, "Line 200000 has it already.");
    g_assert_cmpuint (postern_import_apply (import, plan), ==, n);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/import/apply", test_apply);
    g_test_add_func ("/import/apply-networks", test_apply_networks);
    g_test_add_func ("/import/undo", test_undo);
    g_test_add_func ("/import/with-plan", test_with_plan);
    g_test_add_func ("/import/with-servers", test_with_servers);
    g_test_add_func ("/import/plan-moved-on", test_plan_moved_on);
    g_test_add_func ("/import/cancelled", test_cancelled);
    g_test_add_func ("/import/too-large", test_too_large);
    g_test_add_func ("/import/missing-file", test_missing_file);
    g_test_add_func ("/import/endless-lines", test_endless_lines);
    g_test_add_func ("/import/crowded-line", test_crowded_line);
    g_test_add_func ("/import/many", test_many);
    return g_test_run ();
}
