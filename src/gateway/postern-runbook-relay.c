/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-runbook-builder.h"

static char *
basic_settings_path (PosternRunbookBuilder *self)
{
    return postern_runbook_term_path (self->language, POSTERN_RUNBOOK_TERM_SETTINGS, POSTERN_RUNBOOK_TERM_BUILT_IN_MTA,
                                      POSTERN_RUNBOOK_TERM_BASIC_SETTINGS, POSTERN_RUNBOOK_N_TERMS);
}

static void
add_destination (PosternRunbookBuilder *self)
{
    PosternRunbookStep *step = postern_runbook_builder_add (
        self, "destination",
        /* Translators: the %s are a field of KSMG and one of its choices. */
        g_strdup_printf (_ ("In the field “%s”, select “%s”."), TERM (self, EMAIL_DESTINATION_ADDRESS),
                         TERM (self, SEND_THROUGH_EDGE_GATEWAY)));

    postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_CHOOSE, TERM (self, EMAIL_DESTINATION_ADDRESS),
                                    TERM (self, SEND_THROUGH_EDGE_GATEWAY), NULL);
    postern_runbook_builder_mark (step, "edge");
    postern_runbook_step_take_why (step,
                                   g_strdup (_ ("Mail to the outside leaves through the edge gateway, and so does "
                                                "everything that has no route of its own. The routes of the "
                                                "domains come first.")));
}

static void
add_address (PosternRunbookBuilder *self, PosternRoute *edge)
{
    PosternRunbookStep *step = postern_runbook_builder_add (
        self, "address", g_strdup (_ ("Enter the address and the port of the edge gateway.")));
    g_autofree char *port = edge != NULL ? g_strdup_printf ("%u", postern_route_get_port (edge)) : NULL;

    if (edge == NULL) {
        postern_runbook_step_take_warning (step,
                                           g_strdup (_ ("The plan does not say where the edge gateway is. Without "
                                                        "it, mail cannot leave the way that was planned.")));
        return;
    }
    postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_TYPE, TERM (self, EDGE_GATEWAY),
                                    postern_route_get_host (edge), NULL);
    postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_TYPE, TERM (self, PORT), port, NULL);
    postern_runbook_step_take_why (
        step, g_strdup (_ ("An IPv4 address, an IPv6 address, a domain name or a full host name is accepted; without "
                           "brackets, and with the port in its own field. The port has no documented default.")));
}

static void
add_mx (PosternRunbookBuilder *self, PosternRoute *edge)
{
    gboolean mx = postern_route_get_mx (edge);
    PosternRunbookStep *step;

    if (postern_route_get_address (edge) != NULL)
        return;
    step = postern_runbook_builder_add (
        self, "mx",
        /* Translators: %s is a check box of KSMG. */
        g_strdup_printf (mx ? _ ("Select the check box “%s”.") : _ ("Leave the check box “%s” clear."),
                         TERM (self, USE_MX_LOOKUP)));
    postern_runbook_builder_add_switch (step, TERM (self, USE_MX_LOOKUP), mx);
    postern_runbook_builder_mark (step, mx ? "on" : "off");
    postern_runbook_step_take_why (
        step,
        /* Translators: %s is a name. */
        g_strdup_printf (mx ? _ ("The MX records of %s say which hosts take the mail.")
                            /* Translators: %s is a name. */
                            : _ ("Mail goes to the host %s itself. Its MX records, if it has any, may name others."),
                         postern_route_get_host (edge)));
}

static void
add_no_edge (PosternRunbookBuilder *self)
{
    PosternRunbookStep *step = postern_runbook_builder_add (
        self, "destination",
        /* Translators: a field of KSMG, one of its choices, and a button. */
        g_strdup_printf (_ ("See that “%s” is not set to “%s”. If it was, choose the other option and click “%s”."),
                         TERM (self, EMAIL_DESTINATION_ADDRESS), TERM (self, SEND_THROUGH_EDGE_GATEWAY),
                         TERM (self, SAVE)));

    postern_runbook_builder_mark (step, "dns");
    postern_runbook_step_take_why (step, g_strdup (_ ("The gateway sends mail to the Internet itself. With an edge "
                                                      "gateway set, all of it would go there instead.")));
}

void
postern_runbook_build_edge_gateway (PosternRunbookBuilder *self)
{
    PosternRoute *edge = postern_plan_get_edge_gateway (self->plan);

    if (!self->edge) {
        postern_runbook_builder_begin (self, "edge-gateway", _ ("No edge gateway"), basic_settings_path (self), NULL);
        add_no_edge (self);
        return;
    }
    postern_runbook_builder_begin (
        self, "edge-gateway", _ ("Edge gateway"), basic_settings_path (self),
        g_strdup (_ ("The gateway hands all mail to the edge gateway, except for domains that "
                     "have a route of their own.")));
    add_destination (self);
    add_address (self, edge);
    if (edge != NULL)
        add_mx (self, edge);
    postern_runbook_builder_add_save (self);
}

/* A single host as an address: that form is documented for this field. */
static char *
network_value (PosternNetwork *network)
{
    const char *text = postern_network_get_text (network);
    guint bits = postern_network_get_family (network) == G_SOCKET_FAMILY_IPV4 ? 32 : 128;

    if (postern_network_get_length (network) < bits)
        return g_strdup (text);
    return g_strndup (text, strchr (text, '/') - text);
}

static void
add_network_key (PosternRunbookStep *step, PosternNetwork *network)
{
    postern_runbook_step_add_key (step, g_strconcat ("trusted-networks/", postern_network_get_text (network), NULL));
}

static char *
describe_network_trouble (PosternRunbookBuilder *self, PosternNetwork *network)
{
    PosternRoute *edge = postern_plan_get_edge_gateway (self->plan);
    GInetAddress *address = edge != NULL ? postern_route_get_address (edge) : NULL;

    if (postern_network_get_length (network) == 0)
        return g_strdup (_ ("This is every address there is: the gateway would relay for anyone. Do not enter it."));
    if (address == NULL || !postern_network_contains (network, address))
        return NULL;
    return g_strdup (_ ("The edge gateway is in this network. Its mail would be taken for that of a trusted host: "
                        "recipients are never verified, and whatever it passes on may be relayed. Enter the internal "
                        "mail servers one by one instead."));
}

static void
add_network (PosternRunbookBuilder *self, PosternNetwork *network)
{
    g_autofree char *value = network_value (network);
    g_autofree char *size = postern_network_get_size_text (network);
    PosternRunbookStep *step = postern_runbook_builder_add (
        self, postern_network_get_text (network),
        /* Translators: a field of KSMG; an address or network. */
        g_strdup_printf (_ ("Add to the field “%s”: %s"), TERM (self, TRUSTED_NETWORKS), value));

    postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_TYPE, TERM (self, TRUSTED_NETWORKS), value, size);
    postern_runbook_step_take_warning (step, describe_network_trouble (self, network));
    add_network_key (step, network);
}

static void
add_network_batch (PosternRunbookBuilder *self, PosternRecordList *networks, guint from, guint to)
{
    g_autoptr (GString) values = g_string_new (NULL);
    g_autofree char *name =
        g_strdup_printf ("%s+%u", postern_network_get_text (postern_record_list_get (networks, from)), to - from - 1);
    PosternRunbookStep *step = postern_runbook_builder_add (
        self, name,
        /* Translators: a field of KSMG. */
        g_strdup_printf (_ ("Add each of these to the field “%s”."), TERM (self, TRUSTED_NETWORKS)));

    for (guint i = from; i < to; i++) {
        PosternNetwork *network = postern_record_list_get (networks, i);
        g_autofree char *value = network_value (network);
        char *trouble = describe_network_trouble (self, network);

        g_string_append_printf (values, "%s%s", i > from ? "\n" : "", value);
        if (trouble != NULL)
            /* Translators: %1$s is an address or a network, %2$s a sentence about it. */
            postern_runbook_step_take_warning (step, g_strdup_printf (_ ("%1$s: %2$s"), value, trouble));
        g_free (trouble);
        add_network_key (step, network);
    }
    postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_LIST, TERM (self, TRUSTED_NETWORKS), values->str, NULL);
}

static void
add_networks (PosternRunbookBuilder *self, PosternRecordList *networks)
{
    guint n = postern_record_list_get_length (networks);
    guint size = n > POSTERN_RUNBOOK_MANY ? postern_runbook_builder_batch_size (n) : 1;

    for (guint from = 0; from < n; from += size) {
        if (MIN (size, n - from) == 1)
            add_network (self, postern_record_list_get (networks, from));
        else
            add_network_batch (self, networks, from, MIN (from + size, n));
    }
}

static void
add_other_networks (PosternRunbookBuilder *self, gboolean none)
{
    PosternRunbookStep *step =
        postern_runbook_builder_add (self, "others",
                                     /* Translators: a field of KSMG. */
                                     g_strdup_printf (none ? _ ("Remove everything from the field “%s”.")
                                                           : _ ("Remove everything else from the field “%s”."),
                                                      TERM (self, TRUSTED_NETWORKS)));

    postern_runbook_step_take_why (step, g_strdup (_ ("Whoever is listed may send to any domain, and the recipients of "
                                                      "their mail are not verified.")));
    if (none)
        postern_runbook_step_take_warning (
            step,
            g_strdup (_ ("The plan trusts nobody: the gateway takes no mail from the internal mail servers to the "
                         "outside.")));
}

static char *
describe_networks (PosternRunbookBuilder *self, PosternRecordList *networks)
{
    GString *intro =
        g_string_new (_ ("Hosts in these networks may send mail through the gateway to any domain. As a rule "
                         "these are the internal mail servers, one by one."));
    gboolean prefixes = FALSE;

    for (guint i = 0; i < postern_record_list_get_length (networks) && !prefixes; i++) {
        g_autofree char *value = network_value (postern_record_list_get (networks, i));

        prefixes = strchr (value, '/') != NULL;
    }
    if (self->edge)
        g_string_append_printf (intro, " %s", _ ("The edge gateway must not be among them."));
    if (prefixes)
        g_string_append_printf (
            intro, " %s",
            _ ("The documentation shows single addresses in this field. If it does not take a network "
               "with its length, such as 10.0.0.0/24, enter the hosts one by one."));
    return g_string_free_and_steal (intro);
}

void
postern_runbook_build_networks (PosternRunbookBuilder *self)
{
    PosternRecordList *networks = postern_plan_get_trusted_networks (self->plan);

    postern_runbook_builder_begin (self, "trusted-networks", _ ("Trusted networks"), basic_settings_path (self),
                                   describe_networks (self, networks));
    add_networks (self, networks);
    add_other_networks (self, postern_record_list_get_length (networks) == 0);
    postern_runbook_builder_add_save (self);
}
