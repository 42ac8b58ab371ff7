/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-report.h"

#include <glib/gi18n-lib.h>
#include "gateway/postern-proof.h"
#include "plan/postern-change.h"

static void
add_heading (GString *text, const char *heading)
{
    g_string_append_printf (text, "\n%s\n", heading);
    for (glong i = g_utf8_strlen (heading, -1); i > 0; i--)
        g_string_append_c (text, '-');
    g_string_append_c (text, '\n');
}

static void
add_line (GString *text, const char *title, const char *value)
{
    if (value != NULL && *value != '\0')
        /* Translators: a line of the report: what something is called, and what it is. */
        g_string_append_printf (text, _ ("%s: %s\n"), title, value);
}

static void
add_route (GString *text, const char *title, PosternRoute *route)
{
    g_autofree char *display = route == NULL ? NULL : postern_route_to_display (route);

    add_line (text, title, display);
}

static const char *
yes_or_no (gboolean value)
{
    return value ? C_ ("report", "yes") : C_ ("report", "no");
}

static void
add_settings (GString *text, PosternPlan *plan)
{
    gboolean reject = postern_plan_get_rejected_mail (plan) == POSTERN_REJECTED_MAIL_REJECT;
    gboolean verify =
        postern_plan_get_recipient_verification (plan) == POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED;

    add_heading (text, C_ ("report", "The plan"));
    add_line (text, C_ ("report", "Scenario"), postern_scenario_get_title (postern_plan_get_scenario (plan)));
    add_route (text, C_ ("report", "Internal mail server"), postern_plan_get_internal_server (plan));
    add_route (text, C_ ("report", "Edge gateway"), postern_plan_get_edge_gateway (plan));
    add_line (text, C_ ("report", "Rejects messages to unverified recipients"), yes_or_no (verify));
    add_line (text, C_ ("report", "Uses SPF"), yes_or_no (postern_plan_get_use_spf (plan)));
    add_line (text, C_ ("report", "Uses DMARC"), yes_or_no (postern_plan_get_use_dmarc (plan)));
    add_line (text, C_ ("report", "Refused messages"),
              reject ? C_ ("report", "are rejected") : C_ ("report", "are deleted"));
}

static void
add_domain (GString *text, PosternDomain *domain)
{
    PosternRoute *route = postern_domain_get_own_route (domain);
    g_autofree char *display = route == NULL ? NULL : postern_route_to_display (route);

    g_string_append_printf (text, "  %s", postern_domain_get_display_name (domain));
    if (!postern_domain_get_local (domain))
        g_string_append_printf (text, " (%s)", C_ ("report", "not local"));
    if (display != NULL)
        g_string_append_printf (text, " → %s", display);
    else if (postern_domain_get_routing (domain) == POSTERN_DOMAIN_ROUTING_DNS)
        g_string_append_printf (text, " → %s", C_ ("report", "by DNS"));
    g_string_append_c (text, '\n');
}

static void
add_records (GString *text, PosternPlan *plan)
{
    PosternRecordList *domains = postern_plan_get_domains (plan);
    PosternRecordList *networks = postern_plan_get_trusted_networks (plan);

    add_heading (text, C_ ("report", "Domains"));
    for (guint i = 0; i < postern_record_list_get_length (domains); i++)
        add_domain (text, postern_record_list_get (domains, i));
    if (postern_record_list_get_length (domains) == 0)
        g_string_append_printf (text, "  %s\n", C_ ("report", "none"));
    add_heading (text, C_ ("report", "Trusted networks"));
    for (guint i = 0; i < postern_record_list_get_length (networks); i++)
        g_string_append_printf (text, "  %s\n", postern_network_get_text (postern_record_list_get (networks, i)));
    if (postern_record_list_get_length (networks) == 0)
        g_string_append_printf (text, "  %s\n", C_ ("report", "none"));
}

static void
add_findings (GString *text, GPtrArray *findings)
{
    const char *const severities[] = {
        [POSTERN_SEVERITY_ERROR] = C_ ("report", "Error"),
        [POSTERN_SEVERITY_WARNING] = C_ ("report", "Warning"),
        [POSTERN_SEVERITY_NOTE] = C_ ("report", "Note"),
    };

    if (findings == NULL)
        return;
    add_heading (text, C_ ("report", "Findings"));
    for (guint i = 0; i < findings->len; i++) {
        PosternFinding *finding = g_ptr_array_index (findings, i);

        add_line (text, severities[postern_finding_get_severity (finding)], postern_finding_get_message (finding));
    }
    if (findings->len == 0)
        g_string_append_printf (text, "%s\n", _ ("No problems were found."));
}

static void
add_changes (GString *text, GPtrArray *changes)
{
    static const char signs[] = {
        [POSTERN_CHANGE_ADD] = '+', [POSTERN_CHANGE_REMOVE] = '-', [POSTERN_CHANGE_MODIFY] = '~'
    };

    if (changes == NULL)
        return;
    add_heading (text, C_ ("report", "Changes"));
    for (guint i = 0; i < changes->len; i++) {
        PosternChange *change = g_ptr_array_index (changes, i);
        const char *before = postern_change_get_before (change), *after = postern_change_get_after (change);

        g_string_append_printf (text, "%c %s", signs[postern_change_get_kind (change)],
                                postern_change_get_subject (change));
        if (before != NULL && after != NULL)
            g_string_append_printf (text, ": %s → %s", before, after);
        else if (before != NULL || after != NULL)
            g_string_append_printf (text, ": %s", before != NULL ? before : after);
        g_string_append_c (text, '\n');
    }
    if (changes->len == 0)
        g_string_append_printf (text, "%s\n", _ ("No changes"));
}

static const char *
proof_word (PosternProofState state)
{
    switch (state) {
    case POSTERN_PROOF_HOLDS:
        return C_ ("report", "holds");
    case POSTERN_PROOF_FAILS:
        return C_ ("report", "DOES NOT HOLD");
    case POSTERN_PROOF_UNPROVEN:
        return C_ ("report", "not proven");
    case POSTERN_PROOF_PENDING:
    default:
        return C_ ("report", "not asked");
    }
}

static void
add_proofs (GString *text, GPtrArray *proofs)
{
    if (proofs == NULL)
        return;
    add_heading (text, C_ ("report", "Proof by SMTP"));
    for (guint i = 0; i < proofs->len; i++) {
        PosternProof *proof = g_ptr_array_index (proofs, i);

        g_string_append_printf (text, "[%s] %s\n", proof_word (postern_proof_get_state (proof)),
                                postern_proof_get_title (proof));
        add_line (text, C_ ("report", "    Client"), postern_proof_get_client (proof));
        add_line (text, C_ ("report", "    Recipient"), postern_proof_get_recipient (proof));
        add_line (text, C_ ("report", "    Answer"), postern_proof_get_reply (proof));
        add_line (text, C_ ("report", "    Remark"), postern_proof_get_message (proof));
    }
}

char *
postern_report_to_text (const PosternReport *self)
{
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GDateTime) now = g_date_time_new_now_local ();
    g_autofree char *when = g_date_time_format (now, "%c");

    g_return_val_if_fail (self != NULL && POSTERN_IS_PLAN (self->plan), NULL);
    g_string_append_printf (text, "%s\n", C_ ("report", "Integration of a mail gateway"));
    add_line (text, C_ ("report", "Written"), when);
    add_line (text, C_ ("report", "Gateway"), self->gateway);
    if (self->info != NULL) {
        add_line (text, C_ ("report", "Node"), postern_gateway_info_get_node (self->info));
        add_line (text, C_ ("report", "Mail server"), postern_gateway_info_get_mta_name (self->info));
    }
    if (self->outcome != NULL) {
        add_heading (text, C_ ("report", "Outcome"));
        g_string_append_printf (text, "%s\n", self->outcome);
    }
    add_proofs (text, self->proofs);
    add_findings (text, self->findings);
    add_changes (text, self->changes);
    add_settings (text, self->plan);
    add_records (text, self->plan);
    return g_string_free (g_steal_pointer (&text), FALSE);
}
