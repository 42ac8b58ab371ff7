/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#define DOMAINS POSTERN_IMPORT_DOMAINS, POSTERN_IMPORT_FORMAT_TABLE
#define NETWORKS POSTERN_IMPORT_NETWORKS, POSTERN_IMPORT_FORMAT_TABLE

static void
test_headers (void)
{
    const ImportCase cases[] = {
        { "Domain,Host,Port,MX\nexample.com,10.0.0.20,2525,no\nexample.org,mail.example.net,,yes\nexample.net,,,\n",
          DOMAINS,
          "2 taken example.com > 10.0.0.20:2525; 3 taken example.org > MX of mail.example.net, port 25; "
          "4 taken example.net" },
        { "домен;сервер;порт\r\nпример.рф;10.0.0.20;25\r\n", DOMAINS, "2 taken пример.рф > 10.0.0.20:25" },
        { "Poštovní server\tDoména\n10.0.0.20\texample.cz\n", DOMAINS, "2 taken example.cz > 10.0.0.20:25" },
        { "Nom de domaine;Hôte;Commentaire\nexemple.fr;10.0.0.20;le premier\n", DOMAINS,
          "2 taken exemple.fr > 10.0.0.20:25" },
        { "\"Domain\",\"Note\"\n\"example.com\",\"a, \"\"b\"\"\"\n", DOMAINS, "2 taken example.com" },
        { "sep=;\nDomain;Mail server\nexample.com;mail.example.com\n", DOMAINS,
          "3 taken example.com > mail.example.com:25" },
        { "domain host port\nexample.com   10.0.0.20\t2525\n", DOMAINS, "2 taken example.com > 10.0.0.20:2525" },
        { "id,domain\n1,example.com\n2,example.com\n3,\n", DOMAINS,
          "2 taken example.com; 3 present example.com; 4 refused <3,>" },
        { "Domain,IP\nexample.com,10.0.0.20\n", DOMAINS, "2 taken example.com > 10.0.0.20:25" },
        { "domain;host\n;10.0.0.20\n# a comment\n;;\n", DOMAINS, "2 refused <;10.0.0.20>; 4 refused <;;>" },
        { "note\tdomain\n\texample.com\n", DOMAINS, "2 taken example.com" },
        { "Network,Comment\n10.0.0.0/8,office\n10.0.0.300,typo\n", NETWORKS,
          "2 taken 10.0.0.0/8; 3 refused <10.0.0.300,typo>" },
        { "Адрес;Маска\n10.0.0.0;8\n10.0.0.0;255.0.0.0\n", NETWORKS,
          "2 taken 10.0.0.0/8; 3 refused <10.0.0.0;255.0.0.0>" },
    };

    import_check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_no_header (void)
{
    const ImportCase cases[] = {
        { "example.com,10.0.0.20\n", DOMAINS, "1 taken example.com > 10.0.0.20:25" },
        { "example.com;mail.example.net;2525;1\n", DOMAINS, "1 taken example.com > MX of mail.example.net, port 2525" },
        { "example.com\t[2001:db8::1]:25\nexample.org\t\n", DOMAINS,
          "1 taken example.com > [2001:db8::1]:25; 2 taken example.org" },
        { "example.com,2001:db8::1,2525\n", DOMAINS, "1 taken example.com > [2001:db8::1]:2525" },
        { "example.com 10.0.0.20\nexample.org 10.0.0.21\n", DOMAINS,
          "1 taken example.com > 10.0.0.20:25; 2 taken example.org > 10.0.0.21:25" },
        { "example.com mail.example.com\nexample.org mx1.example.org\n", DOMAINS,
          "1 taken example.com > mail.example.com:25; 2 taken example.org > mx1.example.org:25" },
        { "example.com,dns\n", DOMAINS, "1 taken example.com > the mail server that DNS names for the domain" },
        { "example.com,10.0.0.20,99999\nexample.org,mail server\nexample.net,10.0.0.20,25,maybe\n"
          "example.info,10.0.0.20\nexample.biz,10.0.0.21,26\n",
          DOMAINS,
          "1 refused <example.com,10.0.0.20,99999>; 2 refused <example.org,mail server>; "
          "3 refused <example.net,10.0.0.20,25,maybe>; 4 taken example.info > 10.0.0.20:25; "
          "5 taken example.biz > 10.0.0.21:26" },
        { "example.com,\"10.0.0.20\nexample.org,10.0.0.21\n", DOMAINS,
          "1 refused <example.com,\"10.0.0.20>; 2 taken example.org > 10.0.0.21:25" },
    };

    import_check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_reasons (void)
{
    const struct {
        const char *row;
        const char *hint;
    } cases[] = {
        { "a.com,10.0.0.1,70000,", "1 to 65535" },
        { "a.com,10.0.0.1,25,perhaps", "yes or no" },
        { "a.com,10.0.0.300,25,", "neither a name nor a complete" },
        { "a.com,\"10.0.0.1,25,", "does not close" },
        { ",10.0.0.1,25,", "empty" },
        { "a b.com,10.0.0.1,25,", "only letters" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *text = g_strconcat ("domain,host,port,mx\n", cases[i].row, "\n", NULL);
        g_autoptr (PosternPlan) plan = postern_plan_new ();
        g_autoptr (PosternImport) import = import_text (text, POSTERN_IMPORT_DOMAINS, plan);
        g_autofree char *reason = import_reason (import, 0);

        g_test_message ("%s", reason);
        g_assert_nonnull (strstr (reason, cases[i].hint));
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/import/table/headers", test_headers);
    g_test_add_func ("/import/table/no-header", test_no_header);
    g_test_add_func ("/import/table/reasons", test_reasons);
    return g_test_run ();
}
