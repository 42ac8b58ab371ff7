/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "plan/postern-domain-index.h"
#include "plan/postern-plan.h"
#include "plan/postern-verdict.h"

/* The definition, as transport(5) and postconf(5) relay_domains have it: slow and plain. */
static void
ask_records (PosternRecordList *domains, const char *domain, PosternDomainAnswer *answer)
{
    gboolean routed = FALSE;

    *answer = (PosternDomainAnswer){ .routing = POSTERN_DOMAIN_ROUTING_DEFAULT };
    for (const char *name = domain; name; name = strchr (name + 1, '.')) {
        PosternDomain *record = postern_record_list_lookup (domains, name);

        if (record == NULL)
            continue;
        answer->local |= postern_domain_get_local (record);
        if (routed || (!postern_domain_get_local (record) &&
                       postern_domain_get_routing (record) == POSTERN_DOMAIN_ROUTING_DEFAULT))
            continue;
        answer->routing = postern_domain_get_routing (record);
        answer->route = postern_domain_get_own_route (record);
        routed = TRUE;
    }
}

/* Few labels, so that names meet. */
static char *
make_name (GRand *random, gboolean dotted)
{
    GString *name = g_string_new (dotted ? "." : NULL);
    guint n = (guint)g_rand_int_range (random, 1, 4);

    for (guint i = 0; i < n; i++)
        g_string_append_printf (name, "%s%c", i > 0 ? "." : "", (char)g_rand_int_range (random, 'a', 'e'));
    return g_string_free (name, FALSE);
}

static void
fill (GRand *random, PosternPlan *plan, PosternRoute *route)
{
    guint n = (guint)g_rand_int_range (random, 0, 30);

    for (guint i = 0; i < n; i++) {
        g_autofree char *name = make_name (random, g_rand_boolean (random));
        PosternDomain *domain = postern_plan_add_domain (plan, name, NULL);

        if (domain == NULL)
            continue;
        postern_domain_set_local (domain, g_rand_boolean (random));
        postern_domain_set_route (domain, route);
        postern_domain_set_routing (domain, (PosternDomainRouting)g_rand_int_range (random, 0, 3));
    }
}

static void
test_random (void)
{
    g_autoptr (GRand) random = g_rand_new_with_seed (3);
    g_autoptr (PosternRoute) route = postern_route_new ("10.0.0.20", 25, FALSE, NULL);

    for (guint round = 0; round < 500; round++) {
        g_autoptr (PosternPlan) plan = postern_plan_new ();
        PosternRecordList *domains = postern_plan_get_domains (plan);
        g_autoptr (PosternDomainIndex) index = NULL;

        fill (random, plan, route);
        index = postern_domain_index_new (domains);
        for (guint i = 0; i < 50; i++) {
            g_autofree char *name = make_name (random, FALSE);
            PosternDomainAnswer expected;
            PosternDomainAnswer answer;

            ask_records (domains, name, &expected);
            postern_domain_index_ask (index, name, postern_domain_index_expect (index, name), &answer);
            g_assert_cmpint (expected.local, ==, answer.local);
            g_assert_cmpint (expected.routing, ==, answer.routing);
            g_assert_true (expected.route == answer.route);
        }
    }
}

static PosternVerdictOutcome
judge (PosternPlan *plan)
{
    g_autoptr (GInetAddress) client = g_inet_address_new_from_string ("203.0.113.9");
    PosternVerdict verdict;

    postern_plan_judge (plan, client, "example.com", &verdict);
    return verdict.outcome;
}

/* A plan that was asked before does not answer from memory. */
static void
test_follows_the_plan (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    PosternDomain *domain;

    postern_plan_set_recipient_verification (plan, POSTERN_RECIPIENT_VERIFICATION_OFF);
    g_assert_cmpint (judge (plan), ==, POSTERN_VERDICT_REFUSED);
    domain = postern_plan_add_domain (plan, "example.com", NULL);
    g_assert_cmpint (judge (plan), ==, POSTERN_VERDICT_ACCEPTED);
    postern_domain_set_local (domain, FALSE);
    g_assert_cmpint (judge (plan), ==, POSTERN_VERDICT_REFUSED);
    postern_plan_add_trusted_network (plan, "203.0.113.0/24", NULL);
    g_assert_cmpint (judge (plan), ==, POSTERN_VERDICT_ACCEPTED);
    postern_record_list_remove_all (postern_plan_get_trusted_networks (plan));
    g_assert_cmpint (judge (plan), ==, POSTERN_VERDICT_REFUSED);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain-index/random", test_random);
    g_test_add_func ("/domain-index/follows-the-plan", test_follows_the_plan);
    return g_test_run ();
}
