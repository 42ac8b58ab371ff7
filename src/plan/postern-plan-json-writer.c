/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/postern-plan-error.h"
#include "plan/postern-plan-json.h"

/*
 * The writing half of the plan file. Every text in a plan is an A-label name, an address or a word of ours, so that
 * none needs escaping; a document of 100,000 domains is written at the speed of memory, one record a line so that
 * people can compare files.
 */

static void
append_route (GString *json, PosternRoute *route)
{
    if (route == NULL)
        g_string_append (json, "null");
    else
        g_string_append_printf (json, "{\"host\": \"%s\", \"port\": %u, \"mx\": %s}", postern_route_get_host (route),
                                postern_route_get_port (route), postern_route_get_mx (route) ? "true" : "false");
}

static void
append_domain (GString *json, gpointer item)
{
    PosternDomain *domain = item;
    PosternRoute *own = postern_domain_get_own_route (domain);

    g_string_append_printf (json, "{\"name\": \"%s\", \"local\": %s", postern_domain_get_name (domain),
                            postern_domain_get_local (domain) ? "true" : "false");
    if (own) {
        g_string_append (json, ", \"route\": ");
        append_route (json, own);
    } else if (postern_domain_get_routing (domain) == POSTERN_DOMAIN_ROUTING_DNS) {
        g_string_append (json, ", \"route\": \"dns\"");
    }
    g_string_append_c (json, '}');
}

static void
append_network (GString *json, gpointer item)
{
    g_string_append_printf (json, "\"%s\"", postern_network_get_text (item));
}

static void
append_records (GString *json, const char *name, PosternRecordList *list, void (*append) (GString *json, gpointer item))
{
    guint n = postern_record_list_get_length (list);

    g_string_append_printf (json, ",\n  \"%s\": [", name);
    for (guint i = 0; i < n; i++) {
        g_string_append (json, i == 0 ? "\n    " : ",\n    ");
        append (json, postern_record_list_get (list, i));
    }
    g_string_append (json, n > 0 ? "\n  ]" : "]");
}

static void
append_boolean (GString *json, const char *name, gboolean value)
{
    g_string_append_printf (json, ",\n  \"%s\": %s", name, value ? "true" : "false");
}

static void
append_choice (GString *json, const char *name, GType type, int value)
{
    g_string_append_printf (json, ",\n  \"%s\": \"%s\"", name, postern_enum_to_nick (type, value));
}

char *
postern_plan_to_json (PosternPlan *self, PosternPlanForm form, gsize *length)
{
    GString *json = g_string_new ("{\n");

    g_return_val_if_fail (POSTERN_IS_PLAN (self), NULL);

    if (form == POSTERN_PLAN_FORM_FILE)
        g_string_append (json, "  \"postern\": 1,\n");
    g_string_append_printf (json, "  \"scenario\": \"%s\"",
                            postern_enum_to_nick (POSTERN_TYPE_SCENARIO, postern_plan_get_scenario (self)));
    append_records (json, "domains", postern_plan_get_domains (self), append_domain);
    g_string_append (json, ",\n  \"internal_server\": ");
    append_route (json, postern_plan_get_internal_server (self));
    g_string_append (json, ",\n  \"edge_gateway\": ");
    append_route (json, postern_plan_get_edge_gateway (self));
    append_records (json, "trusted_networks", postern_plan_get_trusted_networks (self), append_network);
    append_choice (json, "recipient_verification", POSTERN_TYPE_RECIPIENT_VERIFICATION,
                   (int)postern_plan_get_recipient_verification (self));
    append_boolean (json, "use_spf", postern_plan_get_use_spf (self));
    append_boolean (json, "use_dmarc", postern_plan_get_use_dmarc (self));
    append_boolean (json, "sender_authentication", postern_plan_get_sender_authentication (self));
    append_boolean (json, "check_sender_before_edge", postern_plan_get_check_sender_before_edge (self));
    append_choice (json, "rejected_mail", POSTERN_TYPE_REJECTED_MAIL, (int)postern_plan_get_rejected_mail (self));
    g_string_append (json, "\n}\n");

    if (length)
        *length = json->len;
    return g_string_free (json, FALSE);
}
