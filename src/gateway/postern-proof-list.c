/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-proof-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-hostname.h"
#include "plan/postern-verdict.h"

/* A plan may have a hundred thousand routes; a few show whether routes are heeded. */
#define MAX_OWN_ROUTES 5

/* Addresses and names that are nobody's (RFC 5737, RFC 3849, RFC 2606), to play those outside. */
static const char *const outside_addresses[] = { "203.0.113.9", "198.51.100.9", "192.0.2.9", "2001:db8::9" };
static const char *const foreign_domains[] = { "elsewhere.test", "elsewhere.example", "elsewhere.invalid" };

/* What the proofs are made of. */
typedef struct {
    PosternPlan *plan;
    const char *const *known_recipients;
    GPtrArray *proofs;
    const char *outside; /* NULL if the plan trusts everyone */
    char *trusted;       /* NULL if it trusts nobody */
    char *foreign;       /* a recipient */
    char *local;         /* a domain, or NULL if there is none */
} Stage;

static const char *
find_outside (PosternPlan *plan)
{
    for (gsize i = 0; i < G_N_ELEMENTS (outside_addresses); i++) {
        g_autoptr (GInetAddress) address = g_inet_address_new_from_string (outside_addresses[i]);

        if (postern_plan_find_trusted_network (plan, address) == NULL)
            return outside_addresses[i];
    }
    return NULL;
}

/* The first address of a host in @network: the network's own if it is one host, else the one after it. */
static char *
first_host (PosternNetwork *network)
{
    guint8 bytes[16];
    gsize size = postern_network_get_family (network) == G_SOCKET_FAMILY_IPV6 ? 16 : 4;
    g_autoptr (GInetAddress) address = NULL;

    memcpy (bytes, postern_network_get_bytes (network), size);
    if (postern_network_get_length (network) < size * 8 - 1)
        bytes[size - 1] += 1;
    address = g_inet_address_new_from_bytes (bytes, postern_network_get_family (network));
    return g_inet_address_to_string (address);
}

static char *
find_trusted (PosternPlan *plan)
{
    PosternRecordList *networks = postern_plan_get_trusted_networks (plan);

    return postern_record_list_get_length (networks) > 0 ? first_host (postern_record_list_get (networks, 0)) : NULL;
}

static char *
find_foreign (PosternPlan *plan)
{
    for (gsize i = 0; i < G_N_ELEMENTS (foreign_domains); i++) {
        PosternVerdict verdict;
        g_autoptr (GInetAddress) anyone = g_inet_address_new_from_string (outside_addresses[0]);

        postern_plan_judge (plan, anyone, foreign_domains[i], &verdict);
        if (!verdict.local)
            return g_strconcat ("someone@", foreign_domains[i], NULL);
    }
    return NULL;
}

/* A domain that mail can be addressed to: for a record of all subdomains, one of them. */
static char *
get_mail_domain (PosternDomain *domain)
{
    return g_strconcat (postern_domain_is_subdomains (domain) ? "postern" : "", postern_domain_get_name (domain), NULL);
}

static char *
find_local (PosternPlan *plan)
{
    PosternRecordList *domains = postern_plan_get_domains (plan);

    for (guint i = 0; i < postern_record_list_get_length (domains); i++) {
        PosternDomain *domain = postern_record_list_get (domains, i);

        if (postern_domain_get_local (domain))
            return get_mail_domain (domain);
    }
    return NULL;
}

/* A recipient in @domain that exists, as far as is known. */
static char *
find_recipient (const Stage *stage, const char *domain, gboolean *assumed)
{
    *assumed = FALSE;
    for (gsize i = 0; stage->known_recipients != NULL && stage->known_recipients[i] != NULL; i++) {
        const char *at = strrchr (stage->known_recipients[i], '@');
        g_autofree char *name = at != NULL ? postern_hostname_to_ascii (at + 1, NULL) : NULL;

        if (g_strcmp0 (name, domain) == 0)
            return g_strdup (stage->known_recipients[i]);
    }
    *assumed = TRUE;
    return g_strconcat ("postmaster@", domain, NULL);
}

/* The domain of the first known recipient whose domain is local: that one shows most. */
static char *
find_known_domain (PosternPlan *plan, const char *const *known_recipients)
{
    for (gsize i = 0; known_recipients != NULL && known_recipients[i] != NULL; i++) {
        PosternVerdict verdict;

        if (postern_plan_judge_text (plan, outside_addresses[0], known_recipients[i], &verdict, NULL) && verdict.local)
            return postern_hostname_to_ascii (strrchr (known_recipients[i], '@') + 1, NULL);
    }
    return NULL;
}

static void
add (Stage *stage, PosternProofKind kind, const char *title, const char *client, const char *recipient,
     gboolean assumed)
{
    PosternVerdict verdict;
    g_autofree char *expectation = NULL;

    if (!postern_plan_judge_text (stage->plan, client, recipient, &verdict, NULL))
        return;
    expectation = postern_verdict_to_sentence (&verdict, recipient);
    /* The null sender needs nobody's leave and gets no non-delivery report (RFC 5321, section 4.5.5). */
    g_ptr_array_add (stage->proofs,
                     g_object_new (POSTERN_TYPE_PROOF, "kind", kind, "title", title, "expectation", expectation,
                                   "client", client, "sender", "", "recipient", recipient, "assumed", assumed, NULL));
}

static gboolean
verifies (Stage *stage)
{
    return postern_plan_get_recipient_verification (stage->plan) == POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED;
}

/* Whether the recipient exists is not known when it is assumed: where recipients are verified, either answer can be
 * right. */
static void
add_local (Stage *stage)
{
    gboolean assumed;
    g_autofree char *recipient = find_recipient (stage, stage->local, &assumed);

    add (stage, POSTERN_PROOF_LOCAL,
         assumed && verifies (stage) ? _ ("Outside sender to a local recipient: the internal mail server is asked")
                                     : _ ("Outside sender to a local recipient: accepted"),
         stage->outside, recipient, assumed);
}

static void
add_unknown (Stage *stage)
{
    g_autofree char *random = g_uuid_string_random ();
    g_autofree char *recipient = g_strdup_printf ("postern-%.13s@%s", random, stage->local);

    add (stage, POSTERN_PROOF_UNKNOWN_RECIPIENT,
         verifies (stage)
             ? _ ("Outside sender to a recipient that nobody has: refused")
             : _ ("Outside sender to a recipient that nobody has: accepted, as recipients are not verified"),
         stage->outside, recipient, FALSE);
}

static void
add_own_routes (Stage *stage)
{
    PosternRecordList *domains = postern_plan_get_domains (stage->plan);
    guint added = 0;

    for (guint i = 0; i < postern_record_list_get_length (domains) && added < MAX_OWN_ROUTES; i++) {
        PosternDomain *domain = postern_record_list_get (domains, i);
        PosternRoute *route = postern_domain_get_own_route (domain);
        g_autofree char *name = get_mail_domain (domain);
        g_autofree char *shown = NULL;
        g_autofree char *title = NULL;
        g_autofree char *recipient = NULL;
        gboolean assumed;

        if (route == NULL || !postern_domain_get_local (domain))
            continue;
        shown = postern_route_to_display (route);
        recipient = find_recipient (stage, name, &assumed);
        title = g_strdup_printf (assumed && verifies (stage)
                                     /* Translators: %1$s is a domain, %2$s a host and port. */
                                     ? _ ("Outside sender to %1$s, which has a route of its own: %2$s is asked")
                                     /* Translators: %1$s is a domain, %2$s a host and port. */
                                     : _ ("Outside sender to %1$s, which has a route of its own (%2$s): accepted"),
                                 postern_domain_get_display_name (domain), shown);
        add (stage, POSTERN_PROOF_OWN_ROUTE, title, stage->outside, recipient, assumed);
        added++;
    }
}

static void
add_trusted_local (Stage *stage)
{
    gboolean assumed;
    g_autofree char *recipient = find_recipient (stage, stage->local, &assumed);

    add (stage, POSTERN_PROOF_TRUSTED_LOCAL, _ ("Trusted host to a local recipient: accepted"), stage->trusted,
         recipient, assumed);
}

static void
add_all (Stage *stage)
{
    if (stage->outside != NULL && stage->local != NULL)
        add_local (stage);
    if (stage->outside != NULL && stage->foreign != NULL)
        add (stage, POSTERN_PROOF_FOREIGN, _ ("Outside sender to a foreign recipient: refused"), stage->outside,
             stage->foreign, FALSE);
    if (stage->outside != NULL && stage->local != NULL)
        add_unknown (stage);
    if (stage->trusted != NULL && stage->foreign != NULL)
        add (stage, POSTERN_PROOF_TRUSTED_FOREIGN, _ ("Trusted host to a foreign recipient: accepted"), stage->trusted,
             stage->foreign, FALSE);
    if (stage->trusted != NULL && stage->local != NULL)
        add_trusted_local (stage);
    if (stage->outside != NULL)
        add_own_routes (stage);
}

GPtrArray *
postern_proof_list_new (PosternPlan *plan, const char *const *known_recipients)
{
    Stage stage = {
        .plan = plan,
        .known_recipients = known_recipients,
        .proofs = g_ptr_array_new_with_free_func (g_object_unref),
        .outside = find_outside (plan),
        .trusted = find_trusted (plan),
        .foreign = find_foreign (plan),
        .local = find_known_domain (plan, known_recipients),
    };

    if (stage.local == NULL)
        stage.local = find_local (plan);
    add_all (&stage);
    g_free (stage.trusted);
    g_free (stage.foreign);
    g_free (stage.local);
    return stage.proofs;
}

static gboolean
is_accepted (PosternFlow *flow)
{
    return postern_flow_get_verdict (flow) == POSTERN_FLOW_ACCEPTED;
}

/* Where recipients are verified, the internal server has the last word, and that word may say something about it. */
static PosternProofState
judge_verified (PosternProof *self, PosternFlow *flow, const char **message)
{
    gboolean unknown = postern_proof_get_kind (self) == POSTERN_PROOF_UNKNOWN_RECIPIENT;

    if (postern_flow_get_verdict (flow) == POSTERN_FLOW_DEFERRED) {
        *message =
            _ ("The gateway could not find out from the internal mail server whether the recipient exists. Check that "
               "the server is running and answers the gateway.");
        return POSTERN_PROOF_UNPROVEN;
    }
    if (unknown && is_accepted (flow)) {
        *message =
            _ ("A recipient that nobody has was accepted. Either the gateway does not ask the internal mail server, or "
               "that server accepts everyone; then verification has no effect.");
        return POSTERN_PROOF_FAILS;
    }
    if (unknown || is_accepted (flow))
        return POSTERN_PROOF_HOLDS;
    if (postern_proof_get_assumed (self)) {
        *message =
            _ ("The gateway has asked the internal mail server, which does not know this recipient. Name one that "
               "exists to see it accepted.");
        return POSTERN_PROOF_HOLDS;
    }
    *message = _ ("The internal mail server does not know this recipient.");
    return POSTERN_PROOF_FAILS;
}

static PosternProofState
judge (PosternProof *self, const PosternVerdict *verdict, PosternFlow *flow, const char **message)
{
    if (!postern_verdict_matches_reply (verdict, postern_flow_get_code (flow), postern_flow_get_enhanced (flow))) {
        if (postern_flow_get_verdict (flow) != POSTERN_FLOW_DEFERRED) {
            *message = _ ("The gateway does not do what the plan says. Set it up again, or look into the log of its "
                          "mail server.");
            return POSTERN_PROOF_FAILS;
        }
        *message = _ ("The gateway puts the recipient off instead of deciding. Look into the log of its mail server.");
        return POSTERN_PROOF_UNPROVEN;
    }
    if (verdict->outcome == POSTERN_VERDICT_VERIFIED)
        return judge_verified (self, flow, message);
    return POSTERN_PROOF_HOLDS;
}

PosternProof *
postern_proof_decide (PosternProof *self, PosternPlan *plan, PosternFlow *flow)
{
    PosternVerdict verdict = { 0 };
    const char *message = NULL;
    PosternProofState state = POSTERN_PROOF_UNPROVEN;

    if (postern_plan_judge_text (plan, postern_proof_get_client (self), postern_proof_get_recipient (self), &verdict,
                                 NULL))
        state = judge (self, &verdict, flow, &message);
    return g_object_new (POSTERN_TYPE_PROOF, "kind", postern_proof_get_kind (self), "state", state, "title",
                         postern_proof_get_title (self), "expectation", postern_proof_get_expectation (self), "client",
                         postern_proof_get_client (self), "sender", postern_proof_get_sender (self), "recipient",
                         postern_proof_get_recipient (self), "assumed", postern_proof_get_assumed (self), "reply",
                         postern_flow_get_reply (flow), "message", message, NULL);
}
