/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/postern-api-operation.h"
#include "service/postern-failure-limit.h"

static void
assert_found (const char *method, const char *path, guint expected_number)
{
    guint number = 0;
    g_autofree char *allowed = NULL;
    const PosternApiOperation *operation = postern_api_operation_find (method, path, &number, &allowed);

    g_assert_nonnull (operation);
    g_assert_cmpstr (operation->method, ==, method);
    g_assert_cmpuint (number, ==, expected_number);
}

static void
assert_missing (const char *method, const char *path, const char *expected_allowed)
{
    guint number = 0;
    g_autofree char *allowed = NULL;

    g_assert_null (postern_api_operation_find (method, path, &number, &allowed));
    g_assert_cmpstr (allowed, ==, expected_allowed);
}

static void
test_find (void)
{
    assert_found ("GET", "/api/v1", 0);
    assert_found ("PUT", "/api/v1/configuration", 0);
    assert_found ("GET", "/api/v1/revisions/7", 7);
    assert_found ("POST", "/api/v1/revisions/2147483647/restore", G_MAXINT);
    assert_missing ("DELETE", "/api/v1/configuration", "GET, PUT");
    assert_missing ("get", "/api/v1", "GET");
    assert_missing ("GET", "/api/v1/", NULL);
    assert_found ("GET", "/api/v1/revisions/0", 0);
    assert_found ("POST", "/api/v1/revisions/0/restore", 0);
    assert_missing ("GET", "/api/v1/revisions/00", NULL);
    assert_missing ("GET", "/api/v1/revisions/2147483648", NULL);
    assert_missing ("GET", "/api/v1/revisions/+7", NULL);
    assert_missing ("GET", "/api/v1/revisions/ 7", NULL);
    assert_missing ("GET", "/api/v1/revisions/", NULL);
    assert_missing ("GET", "", NULL);
}

static void
test_failure_limit (void)
{
    g_autoptr (PosternFailureLimit) limit = postern_failure_limit_new ();

    for (guint i = 0; i < 9; i++)
        postern_failure_limit_add (limit, "192.0.2.1");
    g_assert_cmpuint (postern_failure_limit_get_wait (limit, "192.0.2.1"), ==, 0);
    postern_failure_limit_add (limit, "192.0.2.1");
    g_assert_cmpuint (postern_failure_limit_get_wait (limit, "192.0.2.1"), >, 0);
    g_assert_cmpuint (postern_failure_limit_get_wait (limit, "192.0.2.1"), <=, 61);
    g_assert_cmpuint (postern_failure_limit_get_wait (limit, "192.0.2.2"), ==, 0);
}

/* Somebody with a network of addresses gains nothing by changing them, and fills no memory. */
static void
test_failure_limit_networks (void)
{
    g_autoptr (PosternFailureLimit) limit = postern_failure_limit_new ();

    for (guint i = 0; i < 10; i++) {
        g_autofree char *address = g_strdup_printf ("2001:db8::%x", i);

        postern_failure_limit_add (limit, address);
    }
    g_assert_cmpuint (postern_failure_limit_get_wait (limit, "2001:db8::ffff"), >, 0);
    g_assert_cmpuint (postern_failure_limit_get_wait (limit, "2001:db8:0:1::1"), ==, 0);
    for (guint i = 0; i < 100000; i++) {
        g_autofree char *address = g_strdup_printf ("2001:db8:%x:%x::1", i >> 16, i & 0xffff);

        postern_failure_limit_add (limit, address);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/service/operation/find", test_find);
    g_test_add_func ("/service/failure-limit/count", test_failure_limit);
    g_test_add_func ("/service/failure-limit/networks", test_failure_limit_networks);
    return g_test_run ();
}
