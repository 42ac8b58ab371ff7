/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-plan.h"
#include "wizard/postern-subdomains.h"

typedef struct {
    PosternPlan *plan;
    PosternDomain *domain;
    PosternSubdomains *subdomains;
    guint told;
} Fixture;

static void
count_cb (guint *counter)
{
    (*counter)++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
    fixture->plan = postern_plan_new ();
    fixture->domain = postern_plan_add_domain (fixture->plan, "example.com", NULL);
    fixture->subdomains = postern_subdomains_new (postern_plan_get_domains (fixture->plan));
    g_signal_connect_swapped (fixture->subdomains, "notify::included", G_CALLBACK (count_cb), &fixture->told);
    postern_subdomains_set_domain (fixture->subdomains, fixture->domain);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    g_object_add_weak_pointer (G_OBJECT (fixture->subdomains), (gpointer *)&fixture->subdomains);
    g_object_unref (fixture->subdomains);
    g_assert_null (fixture->subdomains);
    g_object_unref (fixture->plan);
}

static PosternDomain *
record_of (Fixture *fixture)
{
    return postern_record_list_lookup (postern_plan_get_domains (fixture->plan), ".example.com");
}

static void
test_include (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternRoute) route = postern_route_new ("10.0.0.21", 25, FALSE, NULL);

    postern_domain_set_route (fixture->domain, route);
    postern_domain_set_routing (fixture->domain, POSTERN_DOMAIN_ROUTING_OWN);
    g_assert_false (postern_subdomains_get_included (fixture->subdomains));
    postern_subdomains_set_included (fixture->subdomains, TRUE);
    g_assert_nonnull (record_of (fixture));
    g_assert_true (postern_route_equal (postern_domain_get_own_route (record_of (fixture)), route));
    g_assert_cmpuint (fixture->told, ==, 1);
    postern_subdomains_set_included (fixture->subdomains, FALSE);
    g_assert_null (record_of (fixture));
    g_assert_cmpuint (fixture->told, ==, 2);
}

/* The record is the plan's: whoever adds or removes it, it is seen. */
static void
test_from_outside (Fixture *fixture, gconstpointer data)
{
    postern_plan_add_domain (fixture->plan, ".example.com", NULL);
    g_assert_true (postern_subdomains_get_included (fixture->subdomains));
    postern_record_list_remove_all (postern_plan_get_domains (fixture->plan));
    g_assert_false (postern_subdomains_get_included (fixture->subdomains));
    g_assert_cmpuint (fixture->told, ==, 2);
}

static void
test_follows (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternRoute) route = postern_route_new ("10.0.0.21", 25, FALSE, NULL);

    postern_subdomains_set_included (fixture->subdomains, TRUE);
    postern_domain_set_local (fixture->domain, FALSE);
    g_assert_false (postern_domain_get_local (record_of (fixture)));
    postern_domain_set_routing (fixture->domain, POSTERN_DOMAIN_ROUTING_OWN);
    postern_domain_set_route (fixture->domain, route);
    g_assert_true (postern_route_equal (postern_domain_get_own_route (record_of (fixture)), route));

    /* With a setting of its own it is on its own. */
    postern_domain_set_routing (record_of (fixture), POSTERN_DOMAIN_ROUTING_DNS);
    postern_domain_set_local (fixture->domain, TRUE);
    g_assert_false (postern_domain_get_local (record_of (fixture)));
    g_assert_cmpint (postern_domain_get_routing (record_of (fixture)), ==, POSTERN_DOMAIN_ROUTING_DNS);
}

static void
test_different_from_the_start (Fixture *fixture, gconstpointer data)
{
    PosternDomain *record = postern_plan_add_domain (fixture->plan, ".example.net", NULL);
    PosternDomain *domain = postern_plan_add_domain (fixture->plan, "example.net", NULL);

    postern_domain_set_local (record, FALSE);
    postern_subdomains_set_domain (fixture->subdomains, domain);
    g_assert_true (postern_subdomains_get_included (fixture->subdomains));
    postern_domain_set_routing (domain, POSTERN_DOMAIN_ROUTING_DNS);
    g_assert_cmpint (postern_domain_get_routing (record), ==, POSTERN_DOMAIN_ROUTING_DEFAULT);
}

static void
test_impossible (Fixture *fixture, gconstpointer data)
{
    PosternDomain *record = postern_plan_add_domain (fixture->plan, ".example.com", NULL);
    gboolean possible;

    postern_subdomains_set_domain (fixture->subdomains, record);
    g_object_get (fixture->subdomains, "possible", &possible, NULL);
    g_assert_false (possible);
    g_assert_false (postern_subdomains_get_included (fixture->subdomains));
    postern_subdomains_set_included (fixture->subdomains, TRUE);
    g_assert_cmpuint (postern_record_list_get_length (postern_plan_get_domains (fixture->plan)), ==, 2);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add ("/subdomains/include", Fixture, NULL, set_up, test_include, tear_down);
    g_test_add ("/subdomains/from-outside", Fixture, NULL, set_up, test_from_outside, tear_down);
    g_test_add ("/subdomains/follows", Fixture, NULL, set_up, test_follows, tear_down);
    g_test_add ("/subdomains/different", Fixture, NULL, set_up, test_different_from_the_start, tear_down);
    g_test_add ("/subdomains/impossible", Fixture, NULL, set_up, test_impossible, tear_down);
    return g_test_run ();
}
