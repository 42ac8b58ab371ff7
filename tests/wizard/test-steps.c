/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wizard/postern-steps.h"

/* The way of a scenario and a mode, as one text that a person can check against the design. */
static char *
walk (PosternScenario scenario, PosternMode mode)
{
    g_autoptr (GString) text = g_string_new ("welcome");
    PosternStep step = POSTERN_STEP_WELCOME;

    while (postern_steps_get_next (scenario, mode, step, &step)) {
        guint number = postern_steps_get_number (scenario, mode, step);

        g_string_append_printf (text, " %s", postern_enum_to_nick (POSTERN_TYPE_STEP, step));
        if (number > 0)
            g_string_append_printf (text, ":%u", number);
    }
    g_string_append_printf (text, " /%u", postern_steps_get_total (scenario, mode));
    return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_way (PosternScenario scenario, PosternMode mode, const char *expected)
{
    g_autofree char *way = walk (scenario, mode);

    g_assert_cmpstr (way, ==, expected);
}

static void
test_ways (void)
{
    const char *edge =
        "welcome scenario:1 gateway:2 domains:3 edge-gateway:4 trusted-networks:5 checks:6 review:7 push:8 "
        "result /8";

    assert_way (POSTERN_SCENARIO_DIRECT, POSTERN_MODE_PUSH,
                "welcome scenario:1 gateway:2 domains:3 trusted-networks:4 checks:5 review:6 push:7 result /7");
    assert_way (POSTERN_SCENARIO_EDGE_VERIFYING, POSTERN_MODE_PUSH, edge);
    assert_way (POSTERN_SCENARIO_EDGE_NOT_VERIFYING, POSTERN_MODE_PUSH, edge);
    assert_way (POSTERN_SCENARIO_DIRECT, POSTERN_MODE_PLAN,
                "welcome scenario:1 gateway:2 domains:3 trusted-networks:4 checks:5 review:6 /6");
    assert_way (POSTERN_SCENARIO_EDGE_VERIFYING, POSTERN_MODE_PLAN,
                "welcome scenario:1 gateway:2 domains:3 edge-gateway:4 trusted-networks:5 checks:6 review:7 /7");
    assert_way (POSTERN_SCENARIO_DIRECT, POSTERN_MODE_KSMG,
                "welcome scenario:1 gateway:2 domains:3 trusted-networks:4 checks:5 review:6 ksmg:7 /7");
    assert_way (POSTERN_SCENARIO_EDGE_NOT_VERIFYING, POSTERN_MODE_KSMG,
                "welcome scenario:1 gateway:2 domains:3 edge-gateway:4 trusted-networks:5 checks:6 review:7 ksmg:8 /8");
}

static void
test_back (void)
{
    for (int scenario = POSTERN_SCENARIO_DIRECT; scenario <= POSTERN_SCENARIO_EDGE_NOT_VERIFYING; scenario++)
        for (int mode = POSTERN_MODE_PUSH; mode <= POSTERN_MODE_KSMG; mode++) {
            PosternStep step = POSTERN_STEP_WELCOME, next, back;

            g_assert_false (postern_steps_get_previous (scenario, mode, step, &back));
            while (postern_steps_get_next (scenario, mode, step, &next)) {
                g_assert_true (postern_steps_get_previous (scenario, mode, next, &back));
                g_assert_cmpint (back, ==, step);
                step = next;
            }
        }
}

/* Standing on a step that a change of scenario took away, one still gets on and back. */
static void
test_from_a_step_off_the_way (void)
{
    PosternStep step;

    g_assert_false (postern_steps_has (POSTERN_SCENARIO_DIRECT, POSTERN_MODE_PUSH, POSTERN_STEP_EDGE_GATEWAY));
    g_assert_true (
        postern_steps_get_next (POSTERN_SCENARIO_DIRECT, POSTERN_MODE_PUSH, POSTERN_STEP_EDGE_GATEWAY, &step));
    g_assert_cmpint (step, ==, POSTERN_STEP_TRUSTED_NETWORKS);
    g_assert_true (
        postern_steps_get_previous (POSTERN_SCENARIO_DIRECT, POSTERN_MODE_PUSH, POSTERN_STEP_EDGE_GATEWAY, &step));
    g_assert_cmpint (step, ==, POSTERN_STEP_DOMAINS);
    g_assert_cmpuint (postern_steps_get_number (POSTERN_SCENARIO_DIRECT, POSTERN_MODE_PUSH, POSTERN_STEP_EDGE_GATEWAY),
                      ==, 0);
}

static void
test_sections (void)
{
    for (int section = POSTERN_SECTION_SCENARIO; section <= POSTERN_SECTION_CHECKS; section++) {
        PosternStep step = postern_step_from_section (section);

        g_assert_cmpstr (postern_step_get_title (step), ==, postern_section_get_title (section));
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/steps/ways", test_ways);
    g_test_add_func ("/steps/back", test_back);
    g_test_add_func ("/steps/from-a-step-off-the-way", test_from_a_step_off_the_way);
    g_test_add_func ("/steps/sections", test_sections);
    return g_test_run ();
}
