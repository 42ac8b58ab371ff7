/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>

#include "plan/postern-import-transport.h"
#include "plan/postern-route.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What Postern writes for Postfix it reads again as the same route. */
static void
check_route (PosternRoute *route)
{
    g_autofree char *postfix = postern_route_to_postfix (route);
    g_autofree char *display = postern_route_to_display (route);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternRoute) again = postern_import_next_hop_parse (postfix, &error);

    g_assert_no_error (error);
    g_assert_true (postern_route_equal (route, again));
    g_assert_true (g_utf8_validate (display, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup ((const char *)data, size);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternRoute) route = postern_route_parse (text, &error);
    g_autoptr (PosternRoute) of_transport = NULL;
    PosternDomainRouting routing;

    if (route) {
        g_autoptr (PosternRoute) by_mx = postern_route_with_mx (route, TRUE);

        check_route (route);
        check_route (by_mx);
    } else {
        g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
    if (postern_import_transport_parse (text, &routing, &of_transport, NULL) && of_transport)
        check_route (of_transport);
    return 0;
}
