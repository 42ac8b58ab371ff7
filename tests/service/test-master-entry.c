/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "service/postern-master-entry.h"
#include "service/postern-private-listener.h"

static void
test_fields (void)
{
    g_autoptr (PosternMasterEntry) entry =
        postern_master_entry_parse ("10.0.0.2:25 inet n       -       y       -       5       smtpd -o smtpd_a=1 -v");

    g_assert_nonnull (entry);
    g_assert_cmpstr (entry->service, ==, "10.0.0.2:25");
    g_assert_cmpstr (entry->type, ==, "inet");
    g_assert_cmpstr (entry->chroot, ==, "y");
    g_assert_cmpstr (entry->command, ==, "smtpd");
    g_assert_cmpstr (entry->arguments, ==, "-o smtpd_a=1 -v");
}

static void
test_not_an_entry (void)
{
    g_assert_null (postern_master_entry_parse (""));
    g_assert_null (postern_master_entry_parse ("smtp inet n - y -"));
    g_assert_null (postern_master_entry_parse ("postconf: warning: something"));
}

static void
test_arguments (void)
{
    g_autoptr (PosternMasterEntry) entry = postern_master_entry_parse (
        "smtp inet n - y - - smtpd -o a=b  -o {c = permit_mynetworks, reject}\t-o { d={e} f } -v -o g=");
    const char *const expected[] = { "-o", "a=b", "-o", "c = permit_mynetworks, reject", "-o", "d={e} f", "-v",
                                     "-o", "g=",  NULL };
    g_auto (GStrv) arguments = postern_master_entry_split_arguments (entry);

    g_assert_cmpstrv (arguments, expected);
}

/* What the listener for the Internet is given beyond main.cf, the private one is given as well. */
static void
assert_model (const char *listing, const char *expected)
{
    g_autoptr (PosternPostfixHost) host = postern_postfix_host_new ("/etc/postfix", 1);
    g_autoptr (GError) error = NULL;
    g_autofree char *all =
        g_strconcat (listing, "127.0.0.1:1 inet n - n - - smtpd -o syslog_name=postern-proof\n", NULL);
    g_autofree char *line = postern_private_listener_compose (host, all, "7-abc", &error);

    g_assert_no_error (error);
    g_assert_true (g_str_has_prefix (line, expected));
    g_assert_nonnull (strstr (line, "live=7-abc main=$postern_revision"));
}

static void
test_model (void)
{
    assert_model ("smtp inet n - y - - smtpd\n",
                  "127.0.0.1:1 inet n - y - - smtpd  -o smtpd_authorized_xclient_hosts=127.0.0.1 ");
    assert_model ("submission inet n - n - - smtpd -o x=y\n10.0.0.2:25 inet n - - - - smtpd -o {a = b}\n",
                  "127.0.0.1:1 inet n - - - - smtpd -o {a = b} -o smtpd_authorized");
    assert_model ("smtp inet n - y - 1 postscreen\nsmtpd pass - - y - - smtpd -o c=d\n",
                  "127.0.0.1:1 inet n - y - - smtpd -o c=d -o ");
    assert_model ("pickup unix n - y 60 1 pickup\n", "127.0.0.1:1 inet n - n - - smtpd  -o ");
}

static void
test_find (void)
{
    const char *const expected[] = { "127.0.0.1:7/inet", NULL };
    g_auto (GStrv) found =
        postern_private_listener_find ("smtp inet n - y - - smtpd\n"
                                       "127.0.0.1:7 inet n - y - - smtpd -o syslog_name=postern-proof\n"
                                       "127.0.0.1:8 inet n - y - - smtpd -o syslog_name=other\n");

    g_assert_cmpstrv (found, expected);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/service/master-entry/fields", test_fields);
    g_test_add_func ("/service/master-entry/not-an-entry", test_not_an_entry);
    g_test_add_func ("/service/master-entry/arguments", test_arguments);
    g_test_add_func ("/service/private-listener/model", test_model);
    g_test_add_func ("/service/private-listener/find", test_find);
    return g_test_run ();
}
