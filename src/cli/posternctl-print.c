/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/posternctl-print.h"

#include <glib/gi18n-lib.h>

#include "cli/posternctl-json.h"
#include "gateway/postern-gateway-error.h"

typedef void (*Printer) (const char *format, ...);

void
posternctl_print_document (char *document)
{
    g_print ("%s\n", document);
    g_free (document);
}

void
posternctl_print_error_of (const char *subject, const GError *error)
{
    g_printerr ("%s: %s\n", subject, error->message);
}

static void
print_date (Printer print, const char *format, GDateTime *date)
{
    g_autofree char *text = date != NULL ? g_date_time_format_iso8601 (date) : g_strdup ("?");

    print (format, text);
    print ("\n");
}

void
posternctl_print_certificate (PosternCertificate *certificate, gboolean to_stderr)
{
    Printer print = to_stderr ? g_printerr : g_print;
    const char *problems = postern_certificate_get_problems (certificate);

    print ("%s\n", postern_certificate_get_fingerprint (certificate));
    /* Translators: %s is a certificate's subject. */
    print (_ ("Subject: %s"), postern_certificate_get_subject (certificate));
    print ("\n");
    /* Translators: %s is a date and time. */
    print_date (print, _ ("Valid from: %s"), postern_certificate_get_not_before (certificate));
    /* Translators: %s is a date and time. */
    print_date (print, _ ("Valid until: %s"), postern_certificate_get_not_after (certificate));
    if (problems != NULL)
        print ("%s\n", problems);
}

PosternctlStatus
posternctl_fail (const PosternctlArguments *arguments, const GError *error)
{
    PosternCertificate *certificate = postern_gateway_error_get_certificate (error);

    g_printerr ("posternctl: %s\n", error->message);
    if (certificate != NULL) {
        g_printerr ("\n");
        posternctl_print_certificate (certificate, TRUE);
        /* Translators: %s is a fingerprint. */
        g_printerr (_ ("If it is the same as on the gateway, add this: --pin %s"),
                    postern_certificate_get_fingerprint (certificate));
        g_printerr ("\n");
    }
    if (arguments->json)
        posternctl_print_document (posternctl_json_error (error));
    return POSTERNCTL_FAILED;
}

static const char *
get_severity_title (PosternSeverity severity)
{
    switch (severity) {
    case POSTERN_SEVERITY_ERROR:
        return _ ("Error");
    case POSTERN_SEVERITY_WARNING:
        return _ ("Warning");
    case POSTERN_SEVERITY_NOTE:
        return _ ("Note");
    default:
        g_return_val_if_reached ("");
    }
}

void
posternctl_print_findings (GPtrArray *findings, gboolean to_stderr)
{
    Printer print = to_stderr ? g_printerr : g_print;

    for (guint i = 0; i < findings->len; i++) {
        PosternFinding *finding = findings->pdata[i];

        /* Translators: a finding: %1$s is “Error”, “Warning” or “Note”, %2$s what it says, %3$s its code. */
        print (_ ("%1$s: %2$s [%3$s]"), get_severity_title (postern_finding_get_severity (finding)),
               postern_finding_get_message (finding), postern_finding_get_code (finding));
        print ("\n");
    }
}

char *
posternctl_print_pair (const char *subject, const char *value)
{
    /* Translators: %1$s is what something is called, %2$s what it is. */
    return g_strdup_printf (_ ("%1$s: %2$s"), subject, value != NULL ? value : "");
}

static void
print_change (Printer print, PosternChange *change)
{
    const char *subject = postern_change_get_subject (change);
    const char *before = postern_change_get_before (change);
    const char *after = postern_change_get_after (change);
    g_autofree char *added = posternctl_print_pair (subject, after);
    g_autofree char *removed = posternctl_print_pair (subject, before);

    switch (postern_change_get_kind (change)) {
    case POSTERN_CHANGE_ADD:
        print ("  + %s\n", added);
        break;
    case POSTERN_CHANGE_REMOVE:
        print ("  - %s\n", removed);
        break;
    case POSTERN_CHANGE_MODIFY:
        print ("  ~ %s → %s\n", removed, after != NULL ? after : "");
        break;
    default:
        g_return_if_reached ();
    }
}

void
posternctl_print_changes (GPtrArray *changes, gboolean to_stderr)
{
    Printer print = to_stderr ? g_printerr : g_print;
    int section = -1;

    if (changes->len == 0)
        print ("%s\n", _ ("No changes"));
    for (guint i = 0; i < changes->len; i++) {
        PosternChange *change = changes->pdata[i];

        if (section != (int)postern_change_get_section (change)) {
            section = postern_change_get_section (change);
            print ("%s\n", postern_section_get_title (section));
        }
        print_change (print, change);
    }
}
