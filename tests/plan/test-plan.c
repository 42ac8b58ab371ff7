/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/postern-change.h"
#include "plan/postern-plan-error.h"
#include "plan/postern-plan-json.h"
#include "plan/postern-plan.h"

static void
count (guint *n)
{
    (*n)++;
}

static void
test_records (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    PosternRecordList *domains = postern_plan_get_domains (plan);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternDomain) removed = NULL;
    guint position = 99;

    g_assert_nonnull (postern_plan_add_domain (plan, "a.test", NULL));
    g_assert_nonnull (postern_plan_add_domain (plan, "B.test.", NULL));
    g_assert_nonnull (postern_plan_add_domain (plan, ".a.test", NULL));
    g_assert_null (postern_plan_add_domain (plan, "b.TEST", &error));
    g_assert_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_DUPLICATE);
    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (domains)), ==, 3);

    removed = g_object_ref (postern_record_list_lookup (domains, "b.test"));
    g_assert_true (postern_record_list_find (domains, "b.test", &position));
    g_assert_cmpuint (position, ==, 1);
    g_assert_true (postern_record_list_remove (domains, "b.test"));
    g_assert_false (postern_record_list_remove (domains, "b.test"));
    g_assert_true (postern_record_list_insert (domains, 1, removed));
    g_assert_true (postern_record_list_get (domains, 1) == removed);
    postern_record_list_remove_all (domains);
    g_assert_cmpuint (postern_record_list_get_length (domains), ==, 0);
    g_assert_null (postern_record_list_lookup (domains, "a.test"));
}

static void
note_change_cb (GListModel *model, guint position, guint removed, guint added, GString *told)
{
    g_string_append_printf (told, "%u-%u+%u ", position, removed, added);
}

/* Many records go in one step, of which listeners hear once; others and strangers stay. */
static void
test_remove_those (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    PosternRecordList *domains = postern_plan_get_domains (plan);
    g_autoptr (GPtrArray) going = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (GString) told = g_string_new (NULL);
    const char *const names[] = { "a.test", "b.test", "c.test", "d.test", "e.test" };

    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        postern_plan_add_domain (plan, names[i], NULL);
    g_ptr_array_add (going, g_object_ref (postern_record_list_get (domains, 3)));
    g_ptr_array_add (going, g_object_ref (postern_record_list_get (domains, 1)));
    g_ptr_array_add (going, postern_domain_new ("a.test", NULL)); /* of the same name, but not the one in the list */
    g_signal_connect (domains, "items-changed", G_CALLBACK (note_change_cb), told);
    g_assert_cmpuint (postern_record_list_remove_those (domains, going), ==, 2);
    g_assert_cmpstr (told->str, ==, "1-3+1 ");
    g_assert_cmpuint (postern_record_list_get_length (domains), ==, 3);
    g_assert_cmpstr (postern_domain_get_name (postern_record_list_get (domains, 1)), ==, "c.test");
    g_assert_null (postern_record_list_lookup (domains, "d.test"));
    g_assert_cmpuint (postern_record_list_remove_those (domains, going), ==, 0);
    g_assert_cmpuint (postern_record_list_append_all (domains, going), ==, 2);
}

static void
test_domain_mistakes (void)
{
    const char *const hints[][2] = {
        { "alice@example.com", "behind the @" },
        { "*.example.com", ".example.com" },
        { "10.0.0.1", "IP address" },
        { "", "empty" },
        { "a..b", "empty part" },
        { "..a.test", "empty part" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (hints); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_null (postern_domain_new (hints[i][0], &error));
        g_assert_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_INVALID_DOMAIN);
        g_assert_nonnull (strstr (error->message, hints[i][1]));
    }
}

/* A plan tells of every change, a record's own included, and of nothing that is none. */
static void
test_changed (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternRoute) route = postern_route_parse ("10.0.0.20", NULL);
    g_autoptr (PosternRoute) same_route = postern_route_parse ("[10.0.0.20]:25", NULL);
    PosternDomain *domain;
    guint n = 0;

    g_signal_connect_swapped (plan, "changed", G_CALLBACK (count), &n);
    domain = postern_plan_add_domain (plan, "a.test", NULL);
    g_assert_cmpuint (n, ==, 1);
    postern_domain_set_local (domain, FALSE);
    g_assert_cmpuint (n, ==, 2);
    postern_domain_set_local (domain, FALSE);
    g_assert_cmpuint (n, ==, 2);
    postern_plan_set_edge_gateway (plan, route);
    postern_plan_set_edge_gateway (plan, same_route);
    g_assert_cmpuint (n, ==, 3);
    g_object_ref (domain);
    postern_record_list_remove_all (postern_plan_get_domains (plan));
    g_assert_cmpuint (n, ==, 4);
    postern_domain_set_local (domain, TRUE); /* no longer the plan's business */
    g_assert_cmpuint (n, ==, 4);
    g_object_unref (domain);
}

static void
test_copy (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternPlan) copy = NULL;

    postern_plan_add_domain (plan, "a.test", NULL);
    postern_plan_add_trusted_network (plan, "10.0.0.20", NULL);
    postern_plan_set_scenario (plan, POSTERN_SCENARIO_EDGE_VERIFYING);
    postern_plan_apply_presets (plan);
    copy = postern_plan_copy (plan);
    g_assert_true (postern_plan_equal (plan, copy));

    postern_domain_set_local (postern_record_list_get (postern_plan_get_domains (copy), 0), FALSE);
    g_assert_false (postern_plan_equal (plan, copy));
    g_assert_true (postern_domain_get_local (postern_record_list_get (postern_plan_get_domains (plan), 0)));
}

static void
test_presets (void)
{
    const struct {
        PosternScenario scenario;
        PosternRecipientVerification verification;
        gboolean sender_checks;
        PosternRejectedMail rejected;
    } rows[] = {
        { POSTERN_SCENARIO_DIRECT, POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED, TRUE,
          POSTERN_REJECTED_MAIL_REJECT },
        { POSTERN_SCENARIO_EDGE_VERIFYING, POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED, FALSE,
          POSTERN_REJECTED_MAIL_DELETE },
        { POSTERN_SCENARIO_EDGE_NOT_VERIFYING, POSTERN_RECIPIENT_VERIFICATION_OFF, FALSE,
          POSTERN_REJECTED_MAIL_DELETE },
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (PosternPlan) plan = postern_plan_new ();

        postern_plan_set_scenario (plan, rows[i].scenario);
        postern_plan_apply_presets (plan);
        g_assert_true (postern_plan_follows_presets (plan));
        g_assert_cmpint (postern_plan_get_recipient_verification (plan), ==, rows[i].verification);
        g_assert_cmpint (postern_plan_get_use_spf (plan), ==, rows[i].sender_checks);
        g_assert_cmpint (postern_plan_get_use_dmarc (plan), ==, rows[i].sender_checks);
        g_assert_cmpint (postern_plan_get_rejected_mail (plan), ==, rows[i].rejected);
        postern_plan_set_sender_authentication (plan, TRUE);
        g_assert_false (postern_plan_follows_presets (plan));
    }
}

static void
test_find (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (GInetAddress) inside = g_inet_address_new_from_string ("10.0.0.20");
    g_autoptr (GInetAddress) outside = g_inet_address_new_from_string ("203.0.113.9");

    postern_plan_add_domain (plan, "a.test", NULL);
    postern_plan_add_domain (plan, ".a.test", NULL);
    postern_plan_add_domain (plan, "b.c.a.test", NULL);
    postern_plan_add_trusted_network (plan, "10.0.0.0/24", NULL);

    g_assert_cmpstr (postern_domain_get_name (postern_plan_find_domain (plan, "a.test")), ==, "a.test");
    g_assert_cmpstr (postern_domain_get_name (postern_plan_find_domain (plan, "x.y.a.test")), ==, ".a.test");
    g_assert_cmpstr (postern_domain_get_name (postern_plan_find_domain (plan, "b.c.a.test")), ==, "b.c.a.test");
    g_assert_cmpstr (postern_domain_get_name (postern_plan_find_domain (plan, "d.b.c.a.test")), ==, ".a.test");
    g_assert_null (postern_plan_find_domain (plan, "ba.test"));
    g_assert_nonnull (postern_plan_find_trusted_network (plan, inside));
    g_assert_null (postern_plan_find_trusted_network (plan, outside));

    /* What was found once is not remembered longer than it is true. */
    postern_plan_add_trusted_network (plan, "203.0.113.0/24", NULL);
    g_assert_nonnull (postern_plan_find_trusted_network (plan, outside));
    postern_record_list_remove (postern_plan_get_trusted_networks (plan), "10.0.0.0/24");
    g_assert_null (postern_plan_find_trusted_network (plan, inside));
    postern_plan_add_trusted_network (plan, "0.0.0.0/0", NULL);
    g_assert_nonnull (postern_plan_find_trusted_network (plan, inside));
}

static const char *
change_line (GPtrArray *changes, guint i)
{
    static char *line;
    PosternChange *change = g_ptr_array_index (changes, i);

    g_free (line);
    line = g_strdup_printf ("%s %s %s: %s → %s",
                            postern_enum_to_nick (POSTERN_TYPE_CHANGE_KIND, (int)postern_change_get_kind (change)),
                            postern_change_get_member (change), postern_change_get_subject (change),
                            postern_change_get_before (change) ? postern_change_get_before (change) : "-",
                            postern_change_get_after (change) ? postern_change_get_after (change) : "-");
    return line;
}

/* What a gateway counts, which has the older plan as a document. */
static guint
count_changes (PosternPlan *from, PosternPlan *to)
{
    gsize length;
    char *json = postern_plan_to_json (from, POSTERN_PLAN_FORM_API, &length);
    g_autoptr (GBytes) document = g_bytes_new_take (json, length);
    g_autoptr (GError) error = NULL;
    guint n = G_MAXUINT;

    g_assert_true (postern_plan_count_changes (document, to, &n, &error));
    g_assert_no_error (error);
    return n;
}

static void
test_compare (void)
{
    g_autoptr (PosternPlan) from = postern_plan_new ();
    g_autoptr (PosternPlan) to = NULL;
    g_autoptr (PosternRoute) route = postern_route_parse ("10.0.0.20", NULL);
    g_autoptr (GPtrArray) none = NULL;
    g_autoptr (GPtrArray) changes = NULL;
    PosternDomain *domain;

    postern_plan_add_domain (from, "a.test", NULL);
    postern_plan_add_domain (from, "b.test", NULL);
    postern_plan_add_trusted_network (from, "10.0.0.20", NULL);
    to = postern_plan_copy (from);
    none = postern_plan_compare (from, to);
    g_assert_cmpuint (none->len, ==, 0);
    g_assert_cmpuint (count_changes (from, to), ==, 0);

    postern_record_list_remove (postern_plan_get_domains (to), "a.test");
    domain = postern_record_list_lookup (postern_plan_get_domains (to), "b.test");
    postern_domain_set_route (domain, route);
    postern_domain_set_routing (domain, POSTERN_DOMAIN_ROUTING_OWN);
    postern_plan_add_domain (to, "пример.рф", NULL);
    postern_plan_set_internal_server (to, route);
    postern_plan_add_trusted_network (to, "10.1.0.0/16", NULL);
    postern_plan_set_use_spf (to, FALSE);
    changes = postern_plan_compare (from, to);

    g_assert_cmpuint (changes->len, ==, 6);
    g_assert_cmpuint (count_changes (from, to), ==, 6);
    g_assert_cmpuint (count_changes (to, from), ==, 6);
    g_assert_cmpstr (change_line (changes, 0), ==, "add internal_server Internal mail server: - → 10.0.0.20:25");
    g_assert_cmpstr (change_line (changes, 1), ==,
                     "remove domains a.test: local, mail goes to the internal mail server → -");
    g_assert_cmpstr (
        change_line (changes, 2), ==,
        "modify domains b.test: local, mail goes to the internal mail server → local, mail goes to 10.0.0.20:25");
    g_assert_cmpstr (change_line (changes, 3), ==,
                     "add domains пример.рф: - → local, mail goes to the internal mail server");
    g_assert_cmpstr (change_line (changes, 4), ==, "add trusted_networks 10.1.0.0/16: - → 65536 hosts");
    g_assert_cmpstr (change_line (changes, 5), ==, "modify use_spf Use SPF: on → off");
}

/* 100,000 domains are a size that people have: the test only shows that nothing in the way is quadratic, by ending. */
static void
test_many (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternPlan) copy = NULL;
    g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (GPtrArray) changes = NULL;
    guint n = 0;

    for (guint i = 0; i < 100000; i++) {
        g_autofree char *name = g_strdup_printf ("d%u.example.com", i);

        g_ptr_array_add (domains, postern_domain_new (name, NULL));
    }
    g_signal_connect_swapped (plan, "changed", G_CALLBACK (count), &n);
    g_assert_cmpuint (postern_record_list_append_all (postern_plan_get_domains (plan), domains), ==, 100000);
    g_assert_cmpuint (n, ==, 1);
    copy = postern_plan_copy (plan);
    postern_domain_set_local (postern_record_list_lookup (postern_plan_get_domains (copy), "d77777.example.com"),
                              FALSE);
    changes = postern_plan_compare (plan, copy);
    g_assert_cmpuint (changes->len, ==, 1);
    g_assert_cmpuint (count_changes (plan, copy), ==, 1);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/plan/records", test_records);
    g_test_add_func ("/plan/remove-those", test_remove_those);
    g_test_add_func ("/plan/domain-mistakes", test_domain_mistakes);
    g_test_add_func ("/plan/changed", test_changed);
    g_test_add_func ("/plan/copy", test_copy);
    g_test_add_func ("/plan/presets", test_presets);
    g_test_add_func ("/plan/find", test_find);
    g_test_add_func ("/plan/compare", test_compare);
    g_test_add_func ("/plan/many", test_many);
    return g_test_run ();
}
