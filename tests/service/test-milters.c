/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/postern-milters.h"

#define OURS "{ inet:127.0.0.1:11332, default_action=tempfail }"

static void
assert_composed (const char *before, const char *expected)
{
    g_autofree char *value = postern_milters_compose (before, "inet:127.0.0.1:11332");

    g_assert_cmpstr (value, ==, expected);
}

static void
test_alone (void)
{
    assert_composed (NULL, OURS);
    assert_composed ("", OURS);
}

static void
test_others_stay (void)
{
    assert_composed ("inet:localhost:8891", "inet:localhost:8891, " OURS);
    assert_composed ("unix:opendkim/opendkim.sock, {inet:10.0.0.9:1, default_action=accept}  local:x",
                     "unix:opendkim/opendkim.sock, {inet:10.0.0.9:1, default_action=accept}, local:x, " OURS);
}

static void
test_same_is_replaced (void)
{
    assert_composed ("inet:localhost:11332", OURS);
    assert_composed ("{ inet:127.0.0.1:11332, default_action=accept }, inet:a:1", "inet:a:1, " OURS);
    assert_composed ("inet:[::1]:11332", OURS);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/milters/alone", test_alone);
    g_test_add_func ("/milters/others-stay", test_others_stay);
    g_test_add_func ("/milters/same-is-replaced", test_same_is_replaced);
    return g_test_run ();
}
