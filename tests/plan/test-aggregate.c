/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/postern-network-aggregate.h"

/* The texts in @line, which are separated by spaces, as the smallest set. */
static char *
aggregate (const char *line)
{
    g_auto (GStrv) texts = g_strsplit (line, " ", -1);
    guint n = *line == '\0' ? 0 : g_strv_length (texts);
    g_autofree PosternPrefix *prefixes = g_new0 (PosternPrefix, n);
    GString *result = g_string_new (NULL);
    gsize n_left;

    for (guint i = 0; i < n; i++)
        g_assert_true (postern_prefix_parse (&prefixes[i], texts[i], strlen (texts[i])));
    n_left = postern_prefixes_aggregate (prefixes, n);
    for (gsize i = 0; i < n_left; i++) {
        char text[POSTERN_PREFIX_TEXT_SIZE];

        postern_prefix_print (&prefixes[i], text);
        g_string_append_printf (result, "%s%s", i > 0 ? " " : "", text);
    }
    return g_string_free (result, FALSE);
}

static void
test_cases (void)
{
    const struct {
        const char *before;
        const char *after;
    } cases[] = {
        { "", "" },
        { "10.0.0.0/8", "10.0.0.0/8" },
        { "10.0.0.0/8 10.0.0.0/8", "10.0.0.0/8" },
        { "10.1.0.0/16 10.0.0.0/8", "10.0.0.0/8" },
        { "10.0.0.0/9 10.128.0.0/9", "10.0.0.0/8" },
        { "10.0.0.128/25 10.0.0.0/25 10.0.1.0/24", "10.0.0.0/23" },
        { "10.0.1.0/24 10.0.2.0/24", "10.0.1.0/24 10.0.2.0/24" }, /* neighbours, but not halves of one */
        { "0.0.0.0/1 128.0.0.0/1", "0.0.0.0/0" },
        { "0.0.0.0/0 10.0.0.0/8 ::/0", "0.0.0.0/0 ::/0" },
        { "::/1 8000::/1", "::/0" },
        { "255.255.255.254 255.255.255.255", "255.255.255.254/31" },
        { "2001:db8::/33 2001:db8:8000::/33 10.0.0.1", "10.0.0.1/32 2001:db8::/32" },
        { "2001:db8::1 2001:db8:: 2001:db8::2", "2001:db8::/127 2001:db8::2/128" },
        { "10.0.0.0/8 a00::/8", "10.0.0.0/8 a00::/8" }, /* the same octets in two families */
        { "10.0.0.0/24 10.0.1.0/25 10.0.1.128/26 10.0.1.192/27 10.0.1.224/27", "10.0.0.0/23" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *after = aggregate (cases[i].before);

        g_assert_cmpstr (after, ==, cases[i].after);
    }
}

#define SPACE_BITS 10 /* networks in 10.0.0.0/22: few enough addresses to ask about each of them */

static void
make_random_prefixes (GRand *random, PosternPrefix *prefixes, guint n)
{
    for (guint i = 0; i < n; i++) {
        guint32 address = 10u << 24 | (guint32)g_rand_int_range (random, 0, 1 << SPACE_BITS);
        guint8 bytes[4] = { (guint8)(address >> 24), (guint8)(address >> 16), (guint8)(address >> 8), (guint8)address };

        postern_prefix_init (&prefixes[i], bytes, 4, (guint)g_rand_int_range (random, 32 - SPACE_BITS, 33));
    }
}

static void
mark (const PosternPrefix *prefixes, gsize n, guint *marks)
{
    for (gsize i = 0; i < n; i++) {
        guint first = (guint)(prefixes[i].bytes[2] << 8 | prefixes[i].bytes[3]);

        for (guint host = 0; host < 1u << (32 - prefixes[i].length); host++)
            marks[first + host]++;
    }
}

/* The smallest number of prefixes that hold exactly the marked addresses of one prefix: counted from the definition. */
static guint
count_smallest (const guint *marks, guint n)
{
    guint marked = 0;

    for (guint i = 0; i < n; i++)
        marked += marks[i] > 0;
    if (marked == 0 || marked == n)
        return marked > 0;
    return count_smallest (marks, n / 2) + count_smallest (marks + n / 2, n / 2);
}

static void
test_random (void)
{
    g_autoptr (GRand) random = g_rand_new_with_seed (20130);

    for (guint round = 0; round < 500; round++) {
        guint before[1 << SPACE_BITS] = { 0 };
        guint after[1 << SPACE_BITS] = { 0 };
        PosternPrefix prefixes[100];
        guint n = (guint)g_rand_int_range (random, 1, 100);
        gsize n_left;

        make_random_prefixes (random, prefixes, n);
        mark (prefixes, n, before);
        n_left = postern_prefixes_aggregate (prefixes, n);
        mark (prefixes, n_left, after);
        for (guint i = 0; i < G_N_ELEMENTS (before); i++) {
            g_assert_cmpint (before[i] > 0, ==, after[i] > 0);
            g_assert_cmpuint (after[i], <=, 1);
        }
        g_assert_cmpuint (n_left, ==, count_smallest (before, 1 << SPACE_BITS));
    }
}

static void
count_cb (GListModel *model, guint position, guint removed, guint added, guint *times)
{
    (*times)++;
}

static void
test_plan (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    PosternRecordList *networks = postern_plan_get_trusted_networks (plan);
    const char *texts[] = { "192.168.1.0/24", "10.0.0.0/9", "10.128.0.0/9", "10.1.1.1", "2001:db8::/32" };
    g_autoptr (PosternNetworkAggregate) aggregate = NULL;
    g_autoptr (PosternNetworkAggregate) again = NULL;
    guint times = 0;

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        postern_plan_add_trusted_network (plan, texts[i], NULL);
    g_signal_connect (networks, "items-changed", G_CALLBACK (count_cb), &times);
    aggregate = postern_network_aggregate_new (networks);
    g_assert_cmpuint (aggregate->removed->len, ==, 3);
    g_assert_cmpuint (aggregate->added->len, ==, 1);
    g_assert_cmpstr (postern_network_get_text (g_ptr_array_index (aggregate->added, 0)), ==, "10.0.0.0/8");
    g_assert_cmpuint (postern_record_list_get_length (networks), ==, 5);
    g_assert_cmpuint (times, ==, 0);

    postern_plan_add_trusted_network (plan, "172.16.0.1", NULL); /* after it was shown */
    postern_network_aggregate_apply (aggregate, networks);
    g_assert_cmpuint (times, ==, 2);
    g_assert_cmpuint (postern_record_list_get_length (networks), ==, 4);
    g_assert_nonnull (postern_record_list_lookup (networks, "10.0.0.0/8"));
    g_assert_nonnull (postern_record_list_lookup (networks, "172.16.0.1/32"));

    again = postern_network_aggregate_new (networks);
    g_assert_cmpuint (again->removed->len + again->added->len, ==, 0);
    postern_network_aggregate_apply (again, networks);
    g_assert_cmpuint (times, ==, 2);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/aggregate/cases", test_cases);
    g_test_add_func ("/aggregate/random", test_random);
    g_test_add_func ("/aggregate/plan", test_plan);
    return g_test_run ();
}
