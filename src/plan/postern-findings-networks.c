/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-findings-private.h"

#include <glib/gi18n-lib.h>

#include "plan/postern-network-private.h"

/* Findings about trusted networks: who is in one may send to anyone, and none of their recipients is verified
 * (postconf(5) permit_mynetworks). */

static void
judge_size (PosternJudge *judge, PosternNetwork *network)
{
    const char *text = postern_network_get_text (network);
    guint widest = postern_network_get_family (network) == G_SOCKET_FAMILY_IPV4 ? 16 : 48;

    if (postern_network_get_length (network) == 0) {
        if (postern_judge_wants (judge, "network-everything"))
            postern_judge_tell (
                judge, "network-everything", POSTERN_SEVERITY_ERROR, POSTERN_SECTION_TRUSTED_NETWORKS, text,
                /* Translators: %s is a network; an open relay is a mail server that passes on anybody’s mail to
                 * anybody. */
                g_strdup_printf (_ ("%s trusts the whole Internet: the gateway would be an open relay, used for spam "
                                    "within hours. Remove it and enter the addresses of the internal mail servers."),
                                 text),
                POSTERN_CURE_REMOVE_NETWORK);
    } else if (postern_network_get_length (network) < widest && postern_judge_wants (judge, "network-wide")) {
        g_autofree char *size = postern_network_get_size_text (network);

        postern_judge_tell (
            judge, "network-wide", POSTERN_SEVERITY_WARNING, POSTERN_SECTION_TRUSTED_NETWORKS, text,
            /* Translators: %1$s is a network, %2$s its size, such as “every private 10.x address”. */
            g_strdup_printf (_ ("%1$s is wide (%2$s): any machine in it, an infected one too, may send mail to anyone. "
                                "Enter only the addresses of the mail servers."),
                             text, size),
            POSTERN_CURE_REMOVE_NETWORK);
    }
}

static void
judge_public (PosternJudge *judge, PosternNetwork *network)
{
    const char *text = postern_network_get_text (network);

    if (postern_network_get_length (network) == 0 || postern_network_is_private (network) ||
        !postern_judge_wants (judge, "network-public"))
        return;
    postern_judge_tell (
        judge, "network-public", POSTERN_SEVERITY_WARNING, POSTERN_SECTION_TRUSTED_NETWORKS, text,
        g_strdup_printf (
            _ ("%s is on the public Internet: whoever has an address in it may send mail to anyone through "
               "the gateway. Keep it only if all of it belongs to the company."),
            text),
        POSTERN_CURE_REMOVE_NETWORK);
}

static int
compare_networks (gconstpointer a, gconstpointer b)
{
    return postern_network_order (*(PosternNetwork *const *)a, *(PosternNetwork *const *)b);
}

/* In this order a network comes behind all that cover it, so that one pass with the widest open one finds every covered
 * network. */
static void
judge_covered (PosternJudge *judge)
{
    PosternRecordList *networks = postern_plan_get_trusted_networks (judge->plan);
    guint n = postern_record_list_get_length (networks);
    g_autoptr (GPtrArray) sorted = g_ptr_array_new_full (n, NULL);
    PosternNetwork *open = NULL;

    for (guint i = 0; i < n; i++)
        g_ptr_array_add (sorted, postern_record_list_get (networks, i));
    g_ptr_array_sort (sorted, compare_networks);

    for (guint i = 0; i < n; i++) {
        PosternNetwork *network = g_ptr_array_index (sorted, i);

        if (open == NULL || !postern_network_covers (open, network)) {
            open = network;
            continue;
        }
        if (postern_judge_wants (judge, "network-covered"))
            postern_judge_tell (
                judge, "network-covered", POSTERN_SEVERITY_WARNING, POSTERN_SECTION_TRUSTED_NETWORKS,
                postern_network_get_text (network),
                g_strdup_printf (
                    /* Translators: %1$s and %2$s are networks. */
                    _ ("%1$s is inside %2$s and changes nothing. Remove one of the two: if only the smaller "
                       "one is meant, the wider one."),
                    postern_network_get_text (network), postern_network_get_text (open)),
                POSTERN_CURE_REMOVE_NETWORK);
    }
}

static void
judge_edge_trusted (PosternJudge *judge)
{
    PosternRoute *edge = postern_plan_get_edge_gateway (judge->plan);
    GInetAddress *address = edge ? postern_route_get_address (edge) : NULL;
    PosternNetwork *network = address ? postern_plan_find_trusted_network (judge->plan, address) : NULL;

    if (network == NULL)
        return;
    postern_judge_tell (
        judge, "edge-trusted", POSTERN_SEVERITY_WARNING, POSTERN_SECTION_TRUSTED_NETWORKS,
        postern_network_get_text (network),
        g_strdup_printf (
            /* Translators: %1$s is an address, %2$s a network. */
            _ ("The edge gateway %1$s is inside the trusted network %2$s: recipients of mail from the Internet are "
               "never "
               "verified, and everything that the edge gateway passes on may be relayed to anyone. Remove the "
               "network, or enter only the internal mail servers."),
            postern_route_get_host (edge), postern_network_get_text (network)),
        POSTERN_CURE_REMOVE_NETWORK);
}

void
postern_judge_networks (PosternJudge *judge)
{
    PosternRecordList *networks = postern_plan_get_trusted_networks (judge->plan);
    guint n = postern_record_list_get_length (networks);

    for (guint i = 0; i < n; i++) {
        PosternNetwork *network = postern_record_list_get (networks, i);

        judge_size (judge, network);
        judge_public (judge, network);
    }
    judge_covered (judge);
    judge_edge_trusted (judge);
}
