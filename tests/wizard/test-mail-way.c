/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wizard/postern-mail-way.h"

typedef struct {
    const char *name;
    PosternScenario scenario;
    PosternVerdict verdict;
    const char *way; /* each leg: the gap, and > inwards or < outwards */
    const char *end;
} Case;

static const char inside[] = "The message that is tried goes on to the internal servers.";
static const char outside[] = "The message that is tried goes out.";
static const char stopped[] = "The message that is tried ends at this gateway.";

static const Case cases[] = {
    { "in-directly",
      POSTERN_SCENARIO_DIRECT,
      { .outcome = POSTERN_VERDICT_ACCEPTED, .hop = POSTERN_VERDICT_HOP_INTERNAL_SERVER, .local = TRUE },
      "0>1>",
      inside },
    { "in-through-the-edge",
      POSTERN_SCENARIO_EDGE_VERIFYING,
      { .outcome = POSTERN_VERDICT_ACCEPTED, .hop = POSTERN_VERDICT_HOP_ROUTE, .local = TRUE },
      "0>1>2>",
      inside },
    { "out-through-the-edge",
      POSTERN_SCENARIO_EDGE_NOT_VERIFYING,
      { .outcome = POSTERN_VERDICT_ACCEPTED, .hop = POSTERN_VERDICT_HOP_EDGE_GATEWAY, .trusted = TRUE },
      "2<1<0<",
      outside },
    { "out-directly",
      POSTERN_SCENARIO_DIRECT,
      { .outcome = POSTERN_VERDICT_ACCEPTED, .hop = POSTERN_VERDICT_HOP_DNS, .trusted = TRUE },
      "1<0<",
      outside },
    { "from-inside-to-inside",
      POSTERN_SCENARIO_DIRECT,
      { .outcome = POSTERN_VERDICT_ACCEPTED, .hop = POSTERN_VERDICT_HOP_DNS, .trusted = TRUE, .local = TRUE },
      "1<1>",
      inside },
    { "refused",
      POSTERN_SCENARIO_EDGE_VERIFYING,
      { .outcome = POSTERN_VERDICT_REFUSED, .hop = POSTERN_VERDICT_HOP_DNS },
      "0>1>",
      stopped },
    { "back-to-the-edge",
      POSTERN_SCENARIO_EDGE_VERIFYING,
      { .outcome = POSTERN_VERDICT_ACCEPTED, .hop = POSTERN_VERDICT_HOP_EDGE_GATEWAY, .local = TRUE },
      "0>1>1<0<",
      outside },
};

static void
test_way (gconstpointer data)
{
    const Case *one = data;
    g_autoptr (GString) text = g_string_new (NULL);
    PosternMailWay way;

    postern_mail_way_find (&way, one->scenario, &one->verdict);
    for (guint i = 0; i < way.n_legs; i++)
        g_string_append_printf (text, "%u%c", way.gaps[i], way.outward[i] ? '<' : '>');
    g_assert_cmpstr (text->str, ==, one->way);
    g_assert_cmpstr (postern_mail_way_describe (&way), ==, one->end);
    g_assert_true (postern_mail_way_equal (&way, &way));
}

static void
test_no_message (void)
{
    PosternMailWay none, some;

    postern_mail_way_find (&none, POSTERN_SCENARIO_DIRECT, NULL);
    g_assert_cmpuint (none.n_legs, ==, 0);
    g_assert_null (postern_mail_way_describe (&none));
    postern_mail_way_find (&some, POSTERN_SCENARIO_DIRECT, &cases[0].verdict);
    g_assert_false (postern_mail_way_equal (&none, &some));
}

static void
test_progress (void)
{
    PosternMailWay way;

    postern_mail_way_find (&way, POSTERN_SCENARIO_DIRECT, &cases[0].verdict);
    g_assert_cmpfloat (postern_mail_way_get_progress (&way, 0, FALSE, 0.25), ==, 0.25);
    g_assert_cmpfloat (postern_mail_way_get_progress (&way, 1, FALSE, 0.25), ==, 0);
    g_assert_cmpfloat (postern_mail_way_get_progress (&way, 0, FALSE, 1.5), ==, 1);
    g_assert_cmpfloat (postern_mail_way_get_progress (&way, 1, FALSE, 1.5), ==, 0.5);
    g_assert_cmpfloat (postern_mail_way_get_progress (&way, 1, TRUE, 2), ==, 0);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/mail-way/", cases[i].name, NULL);

        g_test_add_data_func (path, &cases[i], test_way);
    }
    g_test_add_func ("/mail-way/no-message", test_no_message);
    g_test_add_func ("/mail-way/progress", test_progress);
    return g_test_run ();
}
