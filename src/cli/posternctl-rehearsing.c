/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/posternctl-rehearsing.h"

#include <glib/gi18n-lib.h>

static void
on_rehearsal_cb (PosternRehearsing *rehearsing, guint position, PosternRehearsal *rehearsal, gpointer data)
{
    g_print ("%s:\n    %s\n", postern_rehearsal_get_title (rehearsal), postern_rehearsal_get_summary (rehearsal));
}

static void
print_frame (PosternRehearsing *rehearsing)
{
    guint n_left_out = postern_rehearsing_get_n_left_out (rehearsing);

    if (postern_rehearsing_get_n_servers (rehearsing) == 0)
        g_print ("%s\n", _ ("There is no internal mail server to ask for recipients."));
    if (n_left_out > 0) {
        g_print (ngettext ("%'u more server is not asked.", "%'u more servers are not asked.", n_left_out), n_left_out);
        g_print ("\n");
    }
}

GPtrArray *
posternctl_rehearse (const PosternctlArguments *arguments, PosternPlan *plan, char **recipients,
                     PosternGateway *gateway, PosternGatewayInfo *info, GError **error)
{
    g_autoptr (PosternRehearsing) rehearsing = postern_rehearsing_new (plan, (const char *const *)recipients);

    if (!arguments->json) {
        g_signal_connect (rehearsing, "rehearsal", G_CALLBACK (on_rehearsal_cb), NULL);
        print_frame (rehearsing);
    }
    return postern_rehearsing_run (rehearsing, gateway, info, NULL, error);
}
