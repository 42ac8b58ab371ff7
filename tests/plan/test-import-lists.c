/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#define DOMAINS POSTERN_IMPORT_DOMAINS, POSTERN_IMPORT_FORMAT_LIST
#define NETWORKS POSTERN_IMPORT_NETWORKS, POSTERN_IMPORT_FORMAT_LIST

static void
test_domains (void)
{
    const ImportCase cases[] = {
        { "", DOMAINS, "" },
        { "\n\n  \n", DOMAINS, "" },
        { "example.com", DOMAINS, "1 taken example.com" },
        { "example.com\nexample.org\n", DOMAINS, "1 taken example.com; 2 taken example.org" },
        { "example.com\r\nexample.org\r\n", DOMAINS, "1 taken example.com; 2 taken example.org" },
        { "example.com\rexample.org\r", DOMAINS, "1 taken example.com; 2 taken example.org" },
        { "# local\nexample.com # main\n; old\n// older\n\n\texample.org. \n", DOMAINS,
          "2 taken example.com; 6 taken example.org" },
        { "a.example # first\nb.example\t# second\nc.example  # third\n", DOMAINS,
          "1 taken a.example; 2 taken b.example; 3 taken c.example" },
        { ".example.com\n*.example.org\n", DOMAINS, "1 taken .example.com; 2 refused <*.example.org>" },
        { "EXAMPLE.com\nexample.COM.\nexample.com\n", DOMAINS,
          "1 taken example.com; 2 present example.com; 3 present example.com" },
        { "пример.рф\nxn--e1afmkfd.xn--p1ai\nПРИМЕР.рф\n", DOMAINS,
          "1 taken пример.рф; 2 present пример.рф; 3 present пример.рф" },
        { "example.com, example.org;example.net\n", DOMAINS,
          "1 taken example.com; 1 taken example.org; 1 taken example.net" },
        { "\"example.com\", 'example.org', <example.net>\n", DOMAINS,
          "1 taken example.com; 1 taken example.org; 1 taken example.net" },
        { "- example.com\n* example.org\n• example.net\n3. example.info\n4) example.biz\n", DOMAINS,
          "1 taken example.com; 2 taken example.org; 3 taken example.net; 4 taken example.info; 5 taken example.biz" },
        { "corp\n", DOMAINS, "1 taken corp" },
        { "Ours are example.com and example.org\n", DOMAINS,
          "1 refused <Ours>; 1 refused <are>; 1 taken example.com; 1 refused <and>; 1 taken example.org" },
        { "alice@example.com\n10.0.0.1\nhttps://example.com/\nexam_ple.com\n", DOMAINS,
          "1 refused <alice@example.com>; 2 refused <10.0.0.1>; 3 refused <https://example.com/>; "
          "4 refused <exam_ple.com>" },
        { "example.com\xc2\xa0\n\xef\xbb\xbf"
          "example.org\n",
          DOMAINS, "1 taken example.com; 2 taken example.org" },
        { "Domains\nexample.com\nexample.org\n", DOMAINS, "2 taken example.com; 3 taken example.org" },
        { "Доменное имя\nпример.рф\n", DOMAINS, "2 taken пример.рф" },
        { "mail.example.com\nexample.com\n", DOMAINS, "1 taken mail.example.com; 2 taken example.com" },
        { "example.com example.org example.net\n", DOMAINS,
          "1 taken example.com; 1 taken example.org; 1 taken example.net" },
    };

    import_check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_networks (void)
{
    const ImportCase cases[] = {
        { "10.0.0.0/8\n10.0.0.20\n2001:db8::/32\n", NETWORKS,
          "1 taken 10.0.0.0/8; 2 taken 10.0.0.20/32; 3 taken 2001:db8::/32" },
        { "127.0.0.0/8 [::ffff:127.0.0.0]/104 [::1]/128, 10.77.1.5/24\n", NETWORKS,
          "1 present 127.0.0.0/8; 1 present 127.0.0.0/8; 1 present ::1/128; 1 taken 10.77.1.0/24" },
        { "10.77.1.0/24\n10.77.1.9/24\n10.77.1.0/24\n", NETWORKS,
          "1 taken 10.77.1.0/24; 2 present 10.77.1.0/24; 3 present 10.77.1.0/24" },
        { "10.0.0.0/8 # office\n10.1.0.0/16 office in Brno\n10.2.0.0/16,Lyon\n10.3.0.0/16 - Tver\n", NETWORKS,
          "1 taken 10.0.0.0/8; 2 taken 10.1.0.0/16; 3 taken 10.2.0.0/16; 4 taken 10.3.0.0/16" },
        { "10.0.0.1 - 10.0.0.20\n10.0.0.1-10.0.0.20\n10.0.0.1–10.0.0.20\n", NETWORKS,
          "1 refused <10.0.0.1 - 10.0.0.20>; 2 refused <10.0.0.1-10.0.0.20>; 3 refused <10.0.0.1–10.0.0.20>" },
        { "10.0.0.0 255.0.0.0\n10.0.0.0 0.255.255.255\n10.0.0.0/255.0.0.0\n", NETWORKS,
          "1 refused <10.0.0.0 255.0.0.0>; 2 refused <10.0.0.0 0.255.255.255>; 3 refused <10.0.0.0/255.0.0.0>" },
        { "10.0.0.0 / 8\n10.1.0.0 /16\n", NETWORKS, "1 taken 10.0.0.0/8; 2 taken 10.1.0.0/16" },
        { "deny 10.0.0.0/8\n!10.0.0.1\nmail.example.com 10.0.0.1\n10.77.1\n10.77.1.*\n010.0.0.1\n", NETWORKS,
          "1 refused <deny 10.0.0.0/8>; 2 refused <!10.0.0.1>; 3 refused <mail.example.com 10.0.0.1>; "
          "4 refused <10.77.1>; 5 refused <10.77.1.*>; 6 refused <010.0.0.1>" },
        { "10.0.0.1 10.0.0.2 10.0.0.3\n", NETWORKS, "1 taken 10.0.0.1/32; 1 taken 10.0.0.2/32; 1 taken 10.0.0.3/32" },
        { "fe80::1%eth0\n0.0.0.0/0\n", NETWORKS, "1 refused <fe80::1%eth0>; 2 taken 0.0.0.0/0" },
    };

    import_check_cases (cases, G_N_ELEMENTS (cases));
}

/* A refusal says what is wrong, and where something else is. */
static void
test_reasons (void)
{
    const struct {
        const char *text;
        PosternImportWanted wanted;
        const char *hint;
    } cases[] = {
        { "alice@example.com", POSTERN_IMPORT_DOMAINS, "behind the @" },
        { "a and b.com", POSTERN_IMPORT_DOMAINS, "no dot" },
        { "*.example.com", POSTERN_IMPORT_DOMAINS, "Write .example.com" },
        { "a..b", POSTERN_IMPORT_DOMAINS, "empty part" },
        { "10.0.0.0 255.0.0.0", POSTERN_IMPORT_NETWORKS, "Write 10.0.0.0/8" },
        { "10.0.0.1 - 10.0.0.20", POSTERN_IMPORT_NETWORKS, "range" },
        { "!10.0.0.1", POSTERN_IMPORT_NETWORKS, "exception" },
        { "127.0.0.1", POSTERN_IMPORT_NETWORKS, "always trusts itself" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (PosternPlan) plan = postern_plan_new ();
        g_autoptr (PosternImport) import = import_text (cases[i].text, cases[i].wanted, plan);
        g_autofree char *reason = import_reason (import, 0);

        g_test_message ("%s", reason);
        g_assert_nonnull (strstr (reason, cases[i].hint));
    }
}

static void
test_present_names_the_line (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternImport) import = import_text ("a.com\nb.com\nA.com\n", POSTERN_IMPORT_DOMAINS, plan);
    g_autofree char *reason = import_reason (import, 2);

    g_assert_cmpstr (reason, ==, "Line 1 has it already.");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/import/list/domains", test_domains);
    g_test_add_func ("/import/list/networks", test_networks);
    g_test_add_func ("/import/list/reasons", test_reasons);
    g_test_add_func ("/import/list/present-names-the-line", test_present_names_the_line);
    return g_test_run ();
}
