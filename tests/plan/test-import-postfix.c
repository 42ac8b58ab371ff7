/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"
#include "plan/postern-postfix.h"

#define EVERYTHING (POSTERN_IMPORT_DOMAINS | POSTERN_IMPORT_NETWORKS | POSTERN_IMPORT_EDGE_GATEWAY)
#define DOMAINS POSTERN_IMPORT_DOMAINS, POSTERN_IMPORT_FORMAT_POSTFIX_TABLE
#define NETWORKS POSTERN_IMPORT_NETWORKS, POSTERN_IMPORT_FORMAT_POSTFIX_TABLE
#define MAIN_CF EVERYTHING, POSTERN_IMPORT_FORMAT_MAIN_CF
#define BY_DNS "the mail server that DNS names for the domain"

static void
test_tables (void)
{
    const ImportCase cases[] = {
        { "# relay_domains\nexample.com OK\n.example.com\tOK\nexample.org RELAY\n", DOMAINS,
          "2 taken example.com; 3 taken .example.com; 4 taken example.org" },
        { "example.com OK\nexample.org REJECT\nexample.net 550 no\n", DOMAINS,
          "1 taken example.com; 2 refused <example.org REJECT>; 3 refused <example.net 550 no>" },
        { "example.com smtp:[10.0.0.20]:25\nexample.org relay:mail.example.net:2525\nexample.net :[10.0.0.21]\n",
          DOMAINS,
          "1 taken example.com > 10.0.0.20:25; 2 taken example.org > MX of mail.example.net, port 2525; "
          "3 taken example.net > 10.0.0.21:25" },
        { "a.com smtp:10.0.0.20\nb.com smtp:[2001:db8::1]:26\nc.com relay:\nd.com :\n", DOMAINS,
          "1 taken a.com > 10.0.0.20:25; 2 taken b.com > [2001:db8::1]:26; 3 taken c.com > " BY_DNS "; 4 taken d.com" },
        { "a.com smtp:[ipv6:2001:db8::1]\nb.com smtp:mail.example.com.\n", DOMAINS,
          "1 taken a.com > [2001:db8::1]:25; 2 taken b.com > MX of mail.example.com, port 25" },
        { "a.com\n  smtp:[10.0.0.20]\n# between\n\t:25\nb.com smtp:[10.0.0.21] # comment\n", DOMAINS,
          "1 refused <a.com\\u000a  smtp:[10.0.0.20]\\u000a# between\\u000a\\u0009:25>; 5 taken b.com > 10.0.0.21:25" },
        { "a.com\n  smtp:[10.0.0.20]:26\nb.com smtp:[10.0.0.21]\n", DOMAINS,
          "1 taken a.com > 10.0.0.20:26; 3 taken b.com > 10.0.0.21:25" },
        { "a.com lmtp:unix:x\nb.com error:gone\nc.com [10.0.0.1]:25\nd.com smtp:fd77::1\ne.com smtp:[a],[b]\n* "
          "smtp:[c.com]\n"
          "f@a.com smtp:[a.com]\n",
          DOMAINS,
          "1 refused <a.com lmtp:unix:x>; 2 refused <b.com error:gone>; 3 refused <c.com [10.0.0.1]:25>; "
          "4 refused <d.com smtp:fd77::1>; 5 refused <e.com smtp:[a],[b]>; 6 refused <* smtp:[c.com]>; "
          "7 refused <f@a.com smtp:[a.com]>" },
        { "10.0.0.0/8 OK\n2001:db8::/32 permit\n10.1.0.0/16 REJECT\n10.77.1 OK\n", NETWORKS,
          "1 taken 10.0.0.0/8; 2 taken 2001:db8::/32; 3 refused <10.1.0.0/16 REJECT>; 4 refused <10.77.1 OK>" },
    };

    import_check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_main_cf (void)
{
    const ImportCase cases[] = {
        { "relay_domains = example.com, example.org\n  example.net # ours\n# a comment\n  .example.com\n", MAIN_CF,
          "1 taken example.com; 1 taken example.org; 2 taken example.net; 4 taken .example.com" },
        { "relay_domains = $mydestination, hash:/etc/postfix/relay, /etc/postfix/x, a.com\n", MAIN_CF,
          "1 refused <$mydestination>; 1 refused <hash:/etc/postfix/relay>; 1 refused </etc/postfix/x>; "
          "1 taken a.com" },
        { "mynetworks = 127.0.0.0/8 [::1]/128 10.0.0.0/8\n\t[2001:db8::]/32, cdb:/etc/nets !10.0.0.1\n", MAIN_CF,
          "1 present 127.0.0.0/8; 1 present ::1/128; 1 taken 10.0.0.0/8; 2 taken 2001:db8::/32; "
          "2 refused <cdb:/etc/nets>; 2 refused <!10.0.0.1>" },
        { "relayhost = [192.168.0.1]:25\nmyhostname = gw.example.com\n", MAIN_CF, "1 taken - > 192.168.0.1:25" },
        { "relayhost = edge.example.com\n", MAIN_CF, "1 taken - > MX of edge.example.com, port 25" },
        { "relayhost =\nrelay_transport = relay\nrelay_domains=\n", MAIN_CF, "" },
        { "relayhost = [a.com]:25, [b.com]:25\n", MAIN_CF, "1 refused <[a.com]:25, [b.com]:25>" },
        { "relayhost = smtp:[a.com]:25\n", MAIN_CF, "1 refused <smtp:[a.com]:25>" },
        { "relayhost = fd77:2::1\n", MAIN_CF, "1 refused <fd77:2::1>" },
        { "relayhost = smtp:25\n", MAIN_CF, "1 taken - > MX of smtp, port 25" },
        { "relayhost = $mydomain\n", MAIN_CF, "1 refused <$mydomain>" },
        { "relay_transport = relay:[10.0.0.20]:25\n", MAIN_CF, "1 taken - > 10.0.0.20:25" },
        { "relayhost = [10.0.0.1]\nrelayhost = [10.0.0.2]\n", MAIN_CF, "2 taken - > 10.0.0.2:25" },
        { "transport_maps = inline:{ example.com=relay:[10.0.0.20]:25,\n  { example.org = smtp:[10.0.0.21] } }, "
          "hash:/etc/postfix/transport\nrelay_domains = example.com\n",
          MAIN_CF,
          /* Routes come behind what is local, wherever they stand. */
          "3 taken example.com; 1 taken example.com > 10.0.0.20:25; 2 taken example.org > 10.0.0.21:25; "
          "2 refused <hash:/etc/postfix/transport>" },
        { "mydestination =\nrelay_domains = inline:{ example.com=OK, .example.com=OK }\n", MAIN_CF,
          "2 taken example.com; 2 taken .example.com" },
    };

    import_check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_only_wanted (void)
{
    const char *text = "relay_domains = example.com\nmynetworks = 10.0.0.0/8\nrelayhost = [192.168.0.1]\n";
    const ImportCase cases[] = {
        { text, POSTERN_IMPORT_DOMAINS, POSTERN_IMPORT_FORMAT_MAIN_CF, "1 taken example.com" },
        { text, POSTERN_IMPORT_NETWORKS, POSTERN_IMPORT_FORMAT_MAIN_CF, "2 taken 10.0.0.0/8" },
        { text, POSTERN_IMPORT_EDGE_GATEWAY, POSTERN_IMPORT_FORMAT_MAIN_CF, "3 taken - > 192.168.0.1:25" },
    };

    import_check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_local (void)
{
    const struct {
        const char *text;
        const char *domain;
        gboolean local;
    } cases[] = {
        { "a.com smtp:[10.0.0.20]\n", "a.com", TRUE },
        { "a.com smtp:\n", "a.com", FALSE }, /* a route by DNS does not say that the domain is one's own */
        { "relay_domains = a.com\ntransport_maps = inline:{a.com=smtp:[10.0.0.20]}\n", "a.com", TRUE },
        { "relay_domains = b.com\ntransport_maps = inline:{a.com=smtp:[10.0.0.20]}\n", "a.com", FALSE },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (PosternPlan) plan = postern_plan_new ();
        g_autoptr (PosternImport) import = import_text (cases[i].text, EVERYTHING, plan);
        PosternDomain *domain;

        g_test_message ("%s", cases[i].text);
        postern_import_apply (import, plan);
        domain = postern_record_list_lookup (postern_plan_get_domains (plan), cases[i].domain);
        g_assert_nonnull (domain);
        g_assert_cmpint (postern_domain_get_local (domain), ==, cases[i].local);
    }
}

static PosternPlan *
make_plan (void)
{
    PosternPlan *plan = postern_plan_new ();
    g_autoptr (PosternRoute) internal_server = postern_route_new ("10.0.0.20", 25, FALSE, NULL);
    g_autoptr (PosternRoute) edge = postern_route_new ("edge.example.com", 2525, TRUE, NULL);
    g_autoptr (PosternRoute) own = postern_route_new ("2001:db8::25", 26, FALSE, NULL);
    PosternDomain *domain;

    postern_plan_set_internal_server (plan, internal_server);
    postern_plan_set_edge_gateway (plan, edge);
    domain = postern_plan_add_domain (plan, "пример.рф", NULL);
    postern_domain_set_route (domain, own);
    postern_domain_set_routing (domain, POSTERN_DOMAIN_ROUTING_OWN);
    domain = postern_plan_add_domain (plan, ".example.org", NULL);
    postern_domain_set_routing (domain, POSTERN_DOMAIN_ROUTING_DNS);
    domain = postern_plan_add_domain (plan, "partner.example", NULL);
    postern_domain_set_route (domain, own);
    postern_domain_set_routing (domain, POSTERN_DOMAIN_ROUTING_OWN);
    postern_domain_set_local (domain, FALSE);
    postern_plan_add_trusted_network (plan, "10.0.0.0/8", NULL);
    postern_plan_add_trusted_network (plan, "2001:db8::/32", NULL);
    return plan;
}

/* What Postern shows as a Postfix configuration it can also read. */
static void
test_own_fragment (void)
{
    g_autoptr (PosternPlan) plan = make_plan ();
    g_autoptr (PosternPlan) again = postern_plan_new ();
    g_autofree char *fragment = postern_plan_to_postfix_fragment (plan);
    g_autoptr (PosternImport) import = import_text (fragment, EVERYTHING, again);
    g_autofree char *preview = import_render (import);

    g_test_message ("%s", preview);
    g_assert_cmpuint (postern_import_count (import, POSTERN_IMPORT_REFUSED), ==, 0);
    postern_import_apply (import, again);
    g_assert_true (postern_plan_equal (plan, again));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/import/postfix/tables", test_tables);
    g_test_add_func ("/import/postfix/main-cf", test_main_cf);
    g_test_add_func ("/import/postfix/only-wanted", test_only_wanted);
    g_test_add_func ("/import/postfix/local", test_local);
    g_test_add_func ("/import/postfix/own-fragment", test_own_fragment);
    return g_test_run ();
}
