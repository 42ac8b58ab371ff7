/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../probe/script-server.h"

#include <string.h>

#include "gateway/postern-rehearsing.h"

/* clang-format off */
#define HELLO { SCRIPT_SAY, "220 mx.test ESMTP\r\n" }, { SCRIPT_HEAR, "EHLO *" }, { SCRIPT_SAY, "250 mx.test\r\n" }
#define FROM(sender) { SCRIPT_HEAR, "MAIL FROM:<" sender ">" }, { SCRIPT_SAY, "250 2.1.0 Ok\r\n" }
#define TO(recipient) { SCRIPT_HEAR, "RCPT TO:<" recipient ">" }
#define OK { SCRIPT_SAY, "250 2.1.5 Ok\r\n" }
#define NO { SCRIPT_SAY, "550 5.1.1 User unknown\r\n" }
#define RSET { SCRIPT_HEAR, "RSET" }, { SCRIPT_SAY, "250 Ok\r\n" }
#define QUIT { SCRIPT_HEAR, "QUIT" }, { SCRIPT_SAY, "221 2.0.0 Bye\r\n" }, { SCRIPT_END }
#define INVENTED "postern-probe-????????????????"
/* clang-format on */

static PosternRoute *
route_to (ScriptServer *server)
{
    return postern_route_new ("127.0.0.1", script_server_get_port (server), FALSE, NULL);
}

static PosternDomain *
add_domain (PosternPlan *plan, const char *name, ScriptServer *server)
{
    PosternDomain *domain = postern_plan_add_domain (plan, name, NULL);

    g_assert_nonnull (domain);
    if (server) {
        g_autoptr (PosternRoute) route = route_to (server);

        postern_domain_set_route (domain, route);
        postern_domain_set_routing (domain, POSTERN_DOMAIN_ROUTING_OWN);
    }
    return domain;
}

static void
use_internal_server (PosternPlan *plan, ScriptServer *server)
{
    g_autoptr (PosternRoute) route = route_to (server);

    postern_plan_set_internal_server (plan, route);
}

static PosternGatewayInfo *
make_info (const char *node)
{
    return g_object_new (POSTERN_TYPE_GATEWAY_INFO, "product", "posternd", "version", "1", "node", node, NULL);
}

static void
count_cb (PosternRehearsing *rehearsing, guint position, PosternRehearsal *rehearsal, guint *told)
{
    g_assert_cmpuint (position, ==, *told);
    g_test_message ("%s: %s", postern_rehearsal_get_title (rehearsal), postern_rehearsal_get_summary (rehearsal));
    ++*told;
}

/* Runs a rehearsal, which must end well, of @n servers. */
static GPtrArray *
rehearse (PosternPlan *plan, const char *recipient, const char *node, guint n)
{
    const char *recipients[] = { recipient, NULL };
    g_autoptr (PosternRehearsing) rehearsing = postern_rehearsing_new (plan, recipients);
    g_autoptr (PosternGatewayInfo) info = node ? make_info (node) : NULL;
    g_autoptr (GError) error = NULL;
    GPtrArray *found;
    guint told = 0;

    g_assert_cmpuint (postern_rehearsing_get_n_servers (rehearsing), ==, n);
    g_signal_connect (rehearsing, "rehearsal", G_CALLBACK (count_cb), &told);
    found = postern_rehearsing_run (rehearsing, NULL, info, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (found->len, ==, n);
    g_assert_cmpuint (told, ==, n);
    return found;
}

static void
assert_outcome (GPtrArray *found, guint position, const char *domain, PosternRehearsalOutcome outcome)
{
    PosternRehearsal *rehearsal = found->pdata[position];

    g_assert_cmpstr (postern_rehearsal_get_domain (rehearsal), ==, domain);
    g_assert_cmpint (postern_rehearsal_get_outcome (rehearsal), ==, outcome);
}

/* Each server is asked once, whatever number of domains it has, and as the gateway that is known would ask. */
static void
test_servers (void)
{
    static const ScriptStep all[] = { HELLO, FROM ("double-bounce@gw.example.com"), TO (INVENTED "@a.example"), OK,
                                      QUIT };
    static const ScriptStep knows[] = { HELLO, FROM ("double-bounce@gw.example.com"), TO (INVENTED "@d.example"), NO,
                                        QUIT };
    ScriptServer *internal = script_server_start (all, NULL, NULL);
    ScriptServer *own = script_server_start (knows, NULL, NULL);
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (GPtrArray) found = NULL;

    use_internal_server (plan, internal);
    add_domain (plan, ".sub.example", NULL);
    add_domain (plan, "a.example", NULL);
    add_domain (plan, "b.example", NULL);
    postern_domain_set_local (add_domain (plan, "foreign.example", own), FALSE);
    add_domain (plan, "d.example", own);
    found = rehearse (plan, NULL, "gw.example.com", 2);
    script_server_finish (internal);
    script_server_finish (own);
    assert_outcome (found, 0, "a.example", POSTERN_REHEARSAL_CATCH_ALL);
    assert_outcome (found, 1, "d.example", POSTERN_REHEARSAL_VERIFIES);
    g_assert_true (postern_rehearsal_is_useless (found->pdata[0]));
    g_assert_false (postern_rehearsal_is_useless (found->pdata[1]));
}

/* Where a recipient is known, a server is asked for it; of no gateway it is asked from the null sender. */
static void
test_known_recipient (void)
{
    static const ScriptStep knows[] = {
        HELLO, FROM (""), TO ("bob@b.example"), OK, TO (INVENTED "@b.example"), NO, QUIT
    };
    ScriptServer *internal = script_server_start (knows, NULL, NULL);
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (GPtrArray) found = NULL;

    use_internal_server (plan, internal);
    add_domain (plan, "a.example", NULL);
    add_domain (plan, "b.example", NULL);
    found = rehearse (plan, "bob@b.example", NULL, 1);
    script_server_finish (internal);
    assert_outcome (found, 0, "b.example", POSTERN_REHEARSAL_VERIFIES);
}

static void
test_refused_sender (void)
{
    static const ScriptStep refuses[] = { HELLO,
                                          { SCRIPT_HEAR, "MAIL FROM:<double-bounce@gw.example.com>" },
                                          { SCRIPT_SAY, "550 5.7.1 No such sender\r\n" },
                                          RSET,
                                          FROM (""),
                                          TO ("bob@a.example"),
                                          OK,
                                          QUIT };
    ScriptServer *internal = script_server_start (refuses, NULL, NULL);
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (GPtrArray) found = NULL;

    use_internal_server (plan, internal);
    add_domain (plan, "a.example", NULL);
    found = rehearse (plan, "bob@a.example", "gw.example.com", 1);
    script_server_finish (internal);
    assert_outcome (found, 0, "a.example", POSTERN_REHEARSAL_REFUSES_SENDER);
    g_assert_true (postern_rehearsal_is_useless (found->pdata[0]));
}

/* That an invented subdomain is refused does not show that the recipients of real ones are known. */
static void
test_only_subdomains (void)
{
    static const ScriptStep refuses[] = { HELLO, FROM (""), TO (INVENTED "@postern.a.example"), NO, QUIT };
    static const ScriptStep accepts[] = { HELLO, FROM (""), TO (INVENTED "@postern.b.example"), OK, QUIT };
    ScriptServer *first = script_server_start (refuses, NULL, NULL);
    ScriptServer *second = script_server_start (accepts, NULL, NULL);
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (GPtrArray) found = NULL;

    add_domain (plan, ".a.example", first);
    add_domain (plan, ".b.example", second);
    found = rehearse (plan, NULL, NULL, 2);
    script_server_finish (first);
    script_server_finish (second);
    assert_outcome (found, 0, ".a.example", POSTERN_REHEARSAL_REFUSES_ALL);
    assert_outcome (found, 1, ".b.example", POSTERN_REHEARSAL_CATCH_ALL);
}

/* A server that is not there is a result, and not a useless one: it says nothing of its recipients. */
static void
test_unreachable (void)
{
    g_autoptr (GSocket) nobody =
        g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
    g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
    g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
    g_autoptr (GSocketAddress) bound = NULL;
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternRoute) route = NULL;
    g_autoptr (GPtrArray) found = NULL;

    /* Bound, so that nobody else gets the port, but without anybody who listens. */
    g_assert_true (g_socket_bind (nobody, any_port, FALSE, NULL));
    bound = g_socket_get_local_address (nobody, NULL);
    route =
        postern_route_new ("127.0.0.1", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)), FALSE, NULL);
    postern_plan_set_internal_server (plan, route);
    add_domain (plan, "a.example", NULL);
    found = rehearse (plan, NULL, NULL, 1);
    assert_outcome (found, 0, "a.example", POSTERN_REHEARSAL_UNREACHABLE);
    g_assert_false (postern_rehearsal_is_useless (found->pdata[0]));
}

static void
test_cancelled (void)
{
    static const ScriptStep silent[] = { { SCRIPT_CANCEL, NULL }, { SCRIPT_HOLD, NULL }, { SCRIPT_END, NULL } };
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    ScriptServer *internal = script_server_start (silent, NULL, cancellable);
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternRehearsing) rehearsing = NULL;
    g_autoptr (GError) error = NULL;

    use_internal_server (plan, internal);
    add_domain (plan, "a.example", NULL);
    rehearsing = postern_rehearsing_new (plan, NULL);
    g_assert_null (postern_rehearsing_run (rehearsing, NULL, NULL, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    script_server_finish (internal);
}

/* A company with a server for each of very many domains is not asked for an hour. */
static void
test_many (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternRehearsing) rehearsing = NULL;

    for (guint i = 0; i < POSTERN_REHEARSING_MOST_SERVERS + 7; i++) {
        g_autofree char *name = g_strdup_printf ("d%u.example", i);

        postern_domain_set_routing (add_domain (plan, name, NULL), POSTERN_DOMAIN_ROUTING_DNS);
    }
    rehearsing = postern_rehearsing_new (plan, NULL);
    g_assert_cmpuint (postern_rehearsing_get_n_servers (rehearsing), ==, POSTERN_REHEARSING_MOST_SERVERS);
    g_assert_cmpuint (postern_rehearsing_get_n_left_out (rehearsing), ==, 7);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/rehearsing/servers", test_servers);
    g_test_add_func ("/rehearsing/known-recipient", test_known_recipient);
    g_test_add_func ("/rehearsing/refused-sender", test_refused_sender);
    g_test_add_func ("/rehearsing/only-subdomains", test_only_subdomains);
    g_test_add_func ("/rehearsing/unreachable", test_unreachable);
    g_test_add_func ("/rehearsing/cancelled", test_cancelled);
    g_test_add_func ("/rehearsing/many", test_many);
    return g_test_run ();
}
