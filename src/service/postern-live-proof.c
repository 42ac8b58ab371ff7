/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-live-proof.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-hostname.h"
#include "service/postern-smtp-question.h"

#define ROUNDS 3
#define PAUSE (250 * 1000)
#define AT_ONCE 8
#define FOREIGN_DOMAIN "postern-proof.invalid" /* RFC 6761, 6.4: nobody has it */
#define UNKNOWN_LABEL "postern-proof"

/* Whom the questions are put for; freed with the proofs, which only hold texts. */
typedef struct {
    PosternPostfixHost *host;
    PosternPlan *plan;
    GPtrArray *proofs;
} Proving;

static void
proof_free (gpointer data)
{
    PosternLiveProof *proof = data;

    g_free (proof->client);
    g_free (proof->recipient);
    g_free (proof->reply);
    g_free (proof);
}

/* Addresses that are nobody's (RFC 5737, 3849, 2544): one of them is outside the trusted networks of any honest plan.
 */
static GInetAddress *
find_untrusted (PosternPlan *plan, GSocketFamily family)
{
    static const char *const candidates[] = {
        "192.0.2.1",   "198.51.100.1", "203.0.113.1", "198.18.0.1", "2001:db8:ffff:ffff::1",
        "2001:db8::1", "2001:2::1",    "100::1",
    };

    for (guint i = 0; i < G_N_ELEMENTS (candidates); i++) {
        g_autoptr (GInetAddress) address = g_inet_address_new_from_string (candidates[i]);

        if (g_inet_address_get_family (address) == family && postern_plan_find_trusted_network (plan, address) == NULL)
            return g_steal_pointer (&address);
    }
    return NULL;
}

/* A host of @network: not its first address, which is the network's own, unless it is the only one. */
static GInetAddress *
host_in (PosternNetwork *network)
{
    GSocketFamily family = postern_network_get_family (network);
    guint size = family == G_SOCKET_FAMILY_IPV6 ? 16 : 4;
    guint8 bytes[16];

    memcpy (bytes, postern_network_get_bytes (network), size);
    if (postern_network_get_length (network) < size * 8)
        bytes[size - 1] |= 1;
    return g_inet_address_new_from_bytes (bytes, family);
}

static GInetAddress *
find_trusted (PosternPlan *plan, GSocketFamily family)
{
    PosternRecordList *networks = postern_plan_get_trusted_networks (plan);
    guint n = postern_record_list_get_length (networks);

    for (guint i = 0; i < n; i++) {
        PosternNetwork *network = postern_record_list_get (networks, i);

        if (postern_network_get_family (network) == family)
            return host_in (network);
    }
    return g_inet_address_new_loopback (family);
}

static void
add_proof (Proving *proving, GInetAddress *client, const char *recipient_domain)
{
    PosternLiveProof *proof = g_new0 (PosternLiveProof, 1);
    g_autofree char *ascii = postern_hostname_to_ascii (recipient_domain, NULL);
    PosternVerdict verdict;

    postern_plan_judge (proving->plan, client, ascii, &verdict);
    proof->client = g_inet_address_to_string (client);
    proof->recipient = g_strconcat ("postmaster@", recipient_domain, NULL);
    proof->expected = verdict.outcome;
    g_ptr_array_add (proving->proofs, proof);
}

/* A domain that the record stands for, in the form that people write. */
static char *
domain_of (PosternDomain *record)
{
    const char *display = postern_domain_get_display_name (record);

    return postern_domain_is_subdomains (record) ? g_strconcat (UNKNOWN_LABEL, display, NULL) : g_strdup (display);
}

static void
add_record (GStrvBuilder *domains, PosternDomain *record)
{
    g_autofree char *display = domain_of (record);
    g_autofree char *ascii = postern_hostname_to_ascii (display, NULL);

    if (ascii == NULL) /* a label more makes the name too long for DNS */
        return;
    g_strv_builder_add (domains, display);
    if (!g_str_equal (display, ascii))
        g_strv_builder_add (domains, ascii);
}

typedef gboolean (*RecordTest) (PosternDomain *record);

static gboolean
is_plain (PosternDomain *record)
{
    return postern_domain_get_local (record) && !postern_domain_is_subdomains (record);
}

static gboolean
is_international (PosternDomain *record)
{
    return is_plain (record) && !g_str_is_ascii (postern_domain_get_display_name (record));
}

static gboolean
is_wide (PosternDomain *record)
{
    return postern_domain_get_local (record) && postern_domain_is_subdomains (record);
}

static gboolean
is_elsewhere (PosternDomain *record)
{
    return !postern_domain_get_local (record);
}

/* The first record of each kind, and the last plain one: a table that was cut short lacks it. */
static char **
choose_domains (PosternPlan *plan)
{
    static const RecordTest tests[] = { is_plain, is_international, is_wide, is_elsewhere };
    PosternRecordList *records = postern_plan_get_domains (plan);
    guint n = postern_record_list_get_length (records);
    g_autoptr (GStrvBuilder) domains = g_strv_builder_new ();
    PosternDomain *first[G_N_ELEMENTS (tests)] = { NULL }, *last = NULL;

    for (guint i = 0; i < n; i++) {
        PosternDomain *record = postern_record_list_get (records, i);

        for (guint kind = 0; kind < G_N_ELEMENTS (tests); kind++) {
            if (first[kind] == NULL && tests[kind](record))
                first[kind] = record;
        }
        if (is_plain (record))
            last = record;
    }
    for (guint kind = 0; kind < G_N_ELEMENTS (tests); kind++) {
        if (first[kind] && (kind == 0 || first[kind] != first[0]))
            add_record (domains, first[kind]);
    }
    if (last && last != first[0] && last != first[1])
        add_record (domains, last);
    return g_strv_builder_end (domains);
}

/* The untrusted client asks for every kind of domain; for the trusted one, and for IPv6, the first and a foreign one
 * will do. */
static void
add_client (Proving *proving, GInetAddress *client, char **domains, gboolean all)
{
    if (client == NULL)
        return;
    for (guint i = 0; domains[i] && (all || i == 0); i++)
        add_proof (proving, client, domains[i]);
    add_proof (proving, client, FOREIGN_DOMAIN);
}

static void
choose_questions (Proving *proving)
{
    static const GSocketFamily families[] = { G_SOCKET_FAMILY_IPV4, G_SOCKET_FAMILY_IPV6 };
    g_auto (GStrv) domains = choose_domains (proving->plan);

    for (guint i = 0; i < G_N_ELEMENTS (families); i++) {
        g_autoptr (GInetAddress) untrusted = find_untrusted (proving->plan, families[i]);
        g_autoptr (GInetAddress) trusted = find_trusted (proving->plan, families[i]);

        add_client (proving, untrusted, domains, families[i] == G_SOCKET_FAMILY_IPV4);
        add_client (proving, trusted, domains, FALSE);
    }
}

/* An instance with “inet_protocols = ipv4” knows no such client: “501 5.5.4 Bad ADDR syntax”. */
static gboolean
is_not_applicable (GInetAddress *client, PosternSmtpReply *reply, PosternSmtpStage stage)
{
    return g_inet_address_get_family (client) == G_SOCKET_FAMILY_IPV6 && stage == POSTERN_SMTP_STAGE_CONNECT &&
           postern_smtp_reply_get_code (reply) == 501;
}

static void
ask (gpointer data, gpointer user_data)
{
    PosternLiveProof *proof = data;
    Proving *proving = user_data;
    g_autoptr (GInetAddress) client = g_inet_address_new_from_string (proof->client);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternSmtpReply) reply = NULL;
    PosternVerdict verdict = { .outcome = proof->expected };
    PosternSmtpStage stage;

    reply = postern_smtp_question_ask (proving->host, client, "", proof->recipient, &stage, &error);
    g_set_str (&proof->reply, reply ? postern_smtp_reply_get_display (reply) : error->message);
    proof->not_applicable = reply && is_not_applicable (client, reply, stage);
    proof->holds = reply && stage == POSTERN_SMTP_STAGE_RCPT &&
                   postern_verdict_matches_reply (&verdict, postern_smtp_reply_get_code (reply),
                                                  postern_smtp_reply_get_enhanced (reply));
}

/* Returns whether all hold. */
static gboolean
ask_all (Proving *proving)
{
    GThreadPool *pool = g_thread_pool_new (ask, proving, AT_ONCE, FALSE, NULL);

    for (guint i = 0; i < proving->proofs->len; i++) {
        PosternLiveProof *proof = g_ptr_array_index (proving->proofs, i);

        if (!proof->holds && !proof->not_applicable)
            g_thread_pool_push (pool, proof, NULL);
    }
    g_thread_pool_free (pool, FALSE, TRUE);
    return postern_live_proof_find_failure (proving->proofs) == NULL;
}

static void
drop_not_applicable (GPtrArray *proofs)
{
    for (guint i = proofs->len; i > 0; i--) {
        PosternLiveProof *proof = g_ptr_array_index (proofs, i - 1);

        if (proof->not_applicable)
            g_ptr_array_remove_index (proofs, i - 1);
    }
}

GPtrArray *
postern_live_proof_run (PosternPostfixHost *host, PosternPlan *plan)
{
    Proving proving = { host, plan, g_ptr_array_new_with_free_func (proof_free) };

    choose_questions (&proving);
    for (guint round = 0; round < ROUNDS && !ask_all (&proving); round++)
        g_usleep (PAUSE);
    drop_not_applicable (proving.proofs);
    return proving.proofs;
}

PosternLiveProof *
postern_live_proof_find_failure (GPtrArray *proofs)
{
    for (guint i = 0; i < proofs->len; i++) {
        PosternLiveProof *proof = g_ptr_array_index (proofs, i);

        if (!proof->holds && !proof->not_applicable)
            return proof;
    }
    return NULL;
}

char *
postern_live_proof_describe (PosternLiveProof *self)
{
    switch (self->expected) {
    case POSTERN_VERDICT_ACCEPTED:
        /* Translators: %1$s is an e-mail address, %2$s an IP address, %3$s an SMTP reply. */
        return g_strdup_printf (_ ("Postfix should accept mail for %1$s from %2$s, but answers: %3$s"), self->recipient,
                                self->client, self->reply);
    case POSTERN_VERDICT_VERIFIED:
        /* Translators: %1$s is an e-mail address, %2$s an IP address, %3$s an SMTP reply. */
        return g_strdup_printf (
            /* Translators: %1$s is an e-mail address, %2$s an IP address, %3$s an SMTP reply. */
            _ ("Postfix should ask the internal server about %1$s when %2$s writes to it, but answers: %3$s"),
            self->recipient, self->client, self->reply);
    case POSTERN_VERDICT_REFUSED:
        /* Translators: %1$s is an e-mail address, %2$s an IP address, %3$s an SMTP reply. */
        return g_strdup_printf (_ ("Postfix should refuse mail for %1$s from %2$s with 554 5.7.1, but answers: %3$s"),
                                self->recipient, self->client, self->reply);
    default:
        g_return_val_if_reached (NULL);
    }
}
