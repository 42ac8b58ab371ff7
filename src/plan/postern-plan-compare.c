/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/postern-change-private.h"
#include "plan/postern-plan-json.h"

/*
 * Finds the record that has the key of another list's. Two lists that are compared have mostly the same records in the
 * same order: so it is looked for behind the last one that was found, and everywhere only if it is not there.
 */
typedef struct {
    PosternRecordList *list;
    guint next;
} Search;

static gpointer
find_same (Search *self, const char *key)
{
    gpointer record = self->next < postern_record_list_get_length (self->list)
                          ? postern_record_list_get (self->list, self->next)
                          : NULL;

    if (record && g_str_equal (postern_record_list_get_key (self->list, record), key)) {
        self->next++;
        return record;
    }
    return postern_record_list_lookup (self->list, key);
}

static gboolean
same_domains (PosternRecordList *a, PosternRecordList *b)
{
    guint n = postern_record_list_get_length (a);
    Search search = { b };

    if (n != postern_record_list_get_length (b))
        return FALSE;
    for (guint i = 0; i < n; i++) {
        PosternDomain *domain = postern_record_list_get (a, i);
        PosternDomain *other = find_same (&search, postern_domain_get_name (domain));

        if (other == NULL || !postern_domain_equal (domain, other))
            return FALSE;
    }
    return TRUE;
}

static gboolean
same_networks (PosternRecordList *a, PosternRecordList *b)
{
    guint n = postern_record_list_get_length (a);

    if (n != postern_record_list_get_length (b))
        return FALSE;
    for (guint i = 0; i < n; i++) {
        if (postern_record_list_lookup (b, postern_network_get_text (postern_record_list_get (a, i))) == NULL)
            return FALSE;
    }
    return TRUE;
}

static gboolean
same_settings (PosternPlan *a, PosternPlan *b)
{
    return postern_plan_get_scenario (a) == postern_plan_get_scenario (b) &&
           postern_plan_get_recipient_verification (a) == postern_plan_get_recipient_verification (b) &&
           postern_plan_get_use_spf (a) == postern_plan_get_use_spf (b) &&
           postern_plan_get_use_dmarc (a) == postern_plan_get_use_dmarc (b) &&
           postern_plan_get_sender_authentication (a) == postern_plan_get_sender_authentication (b) &&
           postern_plan_get_check_sender_before_edge (a) == postern_plan_get_check_sender_before_edge (b) &&
           postern_plan_get_rejected_mail (a) == postern_plan_get_rejected_mail (b);
}

gboolean
postern_plan_equal (PosternPlan *a, PosternPlan *b)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (a) && POSTERN_IS_PLAN (b), FALSE);

    return same_settings (a, b) &&
           postern_route_equal (postern_plan_get_internal_server (a), postern_plan_get_internal_server (b)) &&
           postern_route_equal (postern_plan_get_edge_gateway (a), postern_plan_get_edge_gateway (b)) &&
           same_networks (postern_plan_get_trusted_networks (a), postern_plan_get_trusted_networks (b)) &&
           same_domains (postern_plan_get_domains (a), postern_plan_get_domains (b));
}

/* Who is told of each change. */
typedef struct {
    PosternChangeFunc func;
    gpointer data;
} Sink;

static void
add_change (const Sink *changes, PosternSection section, const char *member, const char *subject, const char *key,
            char *before, char *after)
{
    changes->func (postern_change_new_take (section, member, subject, key, before, after), changes->data);
}

static char *
describe_domain (PosternDomain *domain)
{
    gboolean local = postern_domain_get_local (domain);
    PosternRoute *own = postern_domain_get_own_route (domain);
    g_autofree char *route = own ? postern_route_to_display (own) : NULL;

    if (own)
        /* Translators: these say what a domain record does, after its name: “example.com: local, mail goes to
         * 10.0.0.20:25”. */
        return g_strdup_printf (local ? _ ("local, mail goes to %s") : _ ("not local, mail goes to %s"), route);
    if (postern_domain_get_routing (domain) == POSTERN_DOMAIN_ROUTING_DNS)
        return g_strdup (local ? _ ("local, mail goes where DNS says") : _ ("not local, mail goes where DNS says"));
    return g_strdup (local ? _ ("local, mail goes to the internal mail server") : _ ("not local"));
}

static void
compare_domains (const Sink *changes, PosternRecordList *from, PosternRecordList *to)
{
    guint n = postern_record_list_get_length (from);
    guint n_common = n;
    Search search = { to };

    for (guint i = 0; i < n; i++) {
        PosternDomain *domain = postern_record_list_get (from, i);
        PosternDomain *other = find_same (&search, postern_domain_get_name (domain));

        n_common -= other == NULL;
        if (other == NULL || !postern_domain_equal (domain, other))
            add_change (changes, POSTERN_SECTION_DOMAINS, "domains", postern_domain_get_display_name (domain),
                        postern_domain_get_name (domain), describe_domain (domain),
                        other ? describe_domain (other) : NULL);
    }
    n = postern_record_list_get_length (to);
    search = (Search){ from };
    /* A name is in a list once: when all that both have were met, there are no others to look for. */
    for (guint i = 0; i < n && n_common < n; i++) {
        PosternDomain *domain = postern_record_list_get (to, i);

        if (find_same (&search, postern_domain_get_name (domain)) == NULL)
            add_change (changes, POSTERN_SECTION_DOMAINS, "domains", postern_domain_get_display_name (domain),
                        postern_domain_get_name (domain), NULL, describe_domain (domain));
    }
}

/* Returns: how many were found in both */
static guint
compare_networks_one_way (const Sink *changes, PosternRecordList *in, PosternRecordList *not_in, gboolean added)
{
    guint n = postern_record_list_get_length (in);
    guint n_common = 0;
    Search search = { not_in };

    for (guint i = 0; i < n; i++) {
        PosternNetwork *network = postern_record_list_get (in, i);
        const char *text = postern_network_get_text (network);
        char *size;

        if (find_same (&search, text)) {
            n_common++;
            continue;
        }
        size = postern_network_get_size_text (network);
        add_change (changes, POSTERN_SECTION_TRUSTED_NETWORKS, "trusted_networks", text, text, added ? NULL : size,
                    added ? size : NULL);
    }
    return n_common;
}

static void
compare_routes (const Sink *changes, PosternSection section, const char *member, const char *subject,
                PosternRoute *from, PosternRoute *to)
{
    if (!postern_route_equal (from, to))
        add_change (changes, section, member, subject, NULL, from ? postern_route_to_display (from) : NULL,
                    to ? postern_route_to_display (to) : NULL);
}

static void
compare_texts (const Sink *changes, PosternSection section, const char *member, const char *subject, const char *from,
               const char *to)
{
    if (!g_str_equal (from, to))
        add_change (changes, section, member, subject, NULL, g_strdup (from), g_strdup (to));
}

static const char *
on_off (gboolean on)
{
    /* Translators: the state of a switch. */
    return on ? C_ ("switch", "on") : C_ ("switch", "off");
}

static const char *
verification_text (PosternPlan *plan)
{
    return postern_plan_get_recipient_verification (plan) == POSTERN_RECIPIENT_VERIFICATION_OFF
               ? _ ("accept unverified recipients")
               : _ ("reject unverified recipients");
}

static const char *
rejected_text (PosternPlan *plan)
{
    return postern_plan_get_rejected_mail (plan) == POSTERN_REJECTED_MAIL_DELETE ? _ ("delete message")
                                                                                 : _ ("reject message");
}

static void
compare_checks (const Sink *changes, PosternPlan *from, PosternPlan *to)
{
    const PosternSection checks = POSTERN_SECTION_CHECKS;

    compare_texts (changes, checks, "recipient_verification", _ ("Recipient verification"), verification_text (from),
                   verification_text (to));
    compare_texts (changes, checks, "use_spf", _ ("Use SPF"), on_off (postern_plan_get_use_spf (from)),
                   on_off (postern_plan_get_use_spf (to)));
    compare_texts (changes, checks, "use_dmarc", _ ("Use DMARC"), on_off (postern_plan_get_use_dmarc (from)),
                   on_off (postern_plan_get_use_dmarc (to)));
    compare_texts (changes, checks, "sender_authentication", _ ("Sender authentication in the rules"),
                   on_off (postern_plan_get_sender_authentication (from)),
                   on_off (postern_plan_get_sender_authentication (to)));
    compare_texts (changes, checks, "check_sender_before_edge", _ ("Check the sender before the edge gateway"),
                   on_off (postern_plan_get_check_sender_before_edge (from)),
                   on_off (postern_plan_get_check_sender_before_edge (to)));
    compare_texts (changes, checks, "rejected_mail", _ ("Refused messages"), rejected_text (from), rejected_text (to));
}

static void
compare_networks (const Sink *changes, PosternPlan *from, PosternPlan *to)
{
    PosternRecordList *before = postern_plan_get_trusted_networks (from);
    PosternRecordList *after = postern_plan_get_trusted_networks (to);

    if (compare_networks_one_way (changes, before, after, FALSE) < postern_record_list_get_length (after))
        compare_networks_one_way (changes, after, before, TRUE);
}

static void
compare_scenario (const Sink *changes, PosternPlan *from, PosternPlan *to)
{
    compare_texts (changes, POSTERN_SECTION_SCENARIO, "scenario", _ ("Scenario"),
                   postern_scenario_get_title (postern_plan_get_scenario (from)),
                   postern_scenario_get_title (postern_plan_get_scenario (to)));
    compare_routes (changes, POSTERN_SECTION_DOMAINS, "internal_server", _ ("Internal mail server"),
                    postern_plan_get_internal_server (from), postern_plan_get_internal_server (to));
}

static void
compare_edge (const Sink *changes, PosternPlan *from, PosternPlan *to)
{
    compare_routes (changes, POSTERN_SECTION_EDGE_GATEWAY, "edge_gateway", _ ("Edge gateway"),
                    postern_plan_get_edge_gateway (from), postern_plan_get_edge_gateway (to));
}

void
postern_plan_each_change (PosternPlan *from, PosternPlan *to, PosternChangeFunc func, gpointer data)
{
    const Sink changes = { func, data };

    g_return_if_fail (POSTERN_IS_PLAN (from) && POSTERN_IS_PLAN (to));

    compare_scenario (&changes, from, to);
    compare_domains (&changes, postern_plan_get_domains (from), postern_plan_get_domains (to));
    compare_edge (&changes, from, to);
    compare_networks (&changes, from, to);
    compare_checks (&changes, from, to);
}

static void
keep_change (PosternChange *change, gpointer data)
{
    g_ptr_array_add (data, change);
}

GPtrArray *
postern_plan_compare (PosternPlan *from, PosternPlan *to)
{
    g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);

    g_return_val_if_fail (POSTERN_IS_PLAN (from) && POSTERN_IS_PLAN (to), NULL);

    postern_plan_each_change (from, to, keep_change, changes);
    return g_steal_pointer (&changes);
}

/* The domains of a document that is being read, against those of a plan. */
typedef struct {
    PosternRecordList *to;
    guint n_found;
    guint n_changes;
} Count;

static gboolean
count_domain (PosternDomain *domain, gpointer data)
{
    Count *count = data;
    PosternDomain *other = postern_record_list_lookup (count->to, postern_domain_get_name (domain));

    if (other)
        count->n_found++;
    if (other == NULL || !postern_domain_equal (domain, other))
        count->n_changes++;
    return FALSE;
}

static void
count_change (PosternChange *change, gpointer data)
{
    guint *n = data;

    (*n)++;
    g_object_unref (change);
}

gboolean
postern_plan_count_changes (GBytes *from, PosternPlan *to, guint *n_changes, GError **error)
{
    Count count = { .to = postern_plan_get_domains (to) };
    gsize length;
    const char *data = g_bytes_get_data (from, &length);
    g_autoptr (PosternPlan) rest =
        postern_plan_from_json_keeping (data, length, POSTERN_PLAN_FORM_API, count_domain, &count, error);
    const Sink changes = { count_change, &count.n_changes };

    if (rest == NULL)
        return FALSE;
    compare_scenario (&changes, rest, to);
    compare_edge (&changes, rest, to);
    compare_networks (&changes, rest, to);
    compare_checks (&changes, rest, to);
    *n_changes = count.n_changes + postern_record_list_get_length (count.to) - count.n_found;
    return TRUE;
}
