/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-postfix.h"

#include <glib/gi18n-lib.h>

/* What a parameter is for, above it; a parameter without a comment belongs to the one before it. */
static const char *
comment_for (const char *name)
{
    if (g_str_equal (name, "mydestination"))
        return _ ("The gateway delivers nothing itself.");
    if (g_str_equal (name, "relay_domains"))
        return _ ("Local domains: mail for these is accepted from anyone. “example.com” is the domain itself, "
                  "“.example.com” its "
                  "subdomains.");
    if (g_str_equal (name, "transport_maps"))
        return _ ("Routes: where mail for a domain goes next.");
    if (g_str_equal (name, "relayhost"))
        return _ ("The edge gateway: where all other mail goes. Empty: DNS decides.");
    if (g_str_equal (name, "mynetworks"))
        return _ ("Trusted networks: these may send to any domain.");
    if (g_str_equal (name, "smtpd_relay_restrictions"))
        return _ ("Who may send where, and whether recipients are verified.");
    if (g_str_equal (name, "unverified_recipient_reject_code"))
        return _ ("How recipients are verified.");
    return NULL;
}

/*
 * What main.cf says already is to be removed, not overridden: each Postfix process warns of every overridden setting,
 * and with maillog_file (postlogd(8)) so many warnings at once were seen to block the logging daemon, and with it the
 * whole Postfix.
 */
static void
append_instructions (GString *text, const char *const *names)
{
    g_autofree char *list = g_strjoinv (" ", (char **)names);

    g_string_append_printf (text, "# %s\n", _ ("To use this, first remove what main.cf says of the same parameters:"));
    g_string_append_printf (text, "#   postconf -X %s\n", list);
    g_string_append_printf (text, "# %s\n", _ ("Then append all of it to main.cf, and:"));
    g_string_append (text, "#   postfix reload\n");
}

char *
postern_plan_to_postfix_fragment (PosternPlan *plan)
{
    g_autoptr (PosternPostfix) postfix = NULL;
    const char *const *names = postern_postfix_get_owned_parameters ();
    GString *text;

    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);

    postfix = postern_postfix_new (plan, NULL);
    text = g_string_new (NULL);
    append_instructions (text, names);
    for (guint i = 0; names[i]; i++) {
        const char *comment = comment_for (names[i]);
        const char *value = postern_postfix_get_parameter (postfix, names[i]);

        if (comment)
            g_string_append_printf (text, "\n# %s\n", comment);
        g_string_append_printf (text, "%s =%s%s\n", names[i], *value != '\0' ? " " : "", value);
    }
    return g_string_free (text, FALSE);
}
