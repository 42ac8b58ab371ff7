/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-rehearsing.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-hostname.h"
#include "probe/postern-recipient-probe.h"

/* Whom Postfix asks as (postconf(5) address_verify_sender, double_bounce_sender). */
#define SENDER "double-bounce"

struct _PosternRehearsing {
    GObject parent_instance;

    PosternPlan *plan;
    char **known_recipients;
    GPtrArray *questions;
    guint n_left_out;
};

/* A server, and what it is asked for. */
typedef struct {
    PosternRoute *server; /* nullable: DNS decides */
    PosternDomain *domain;
    char *recipient; /* “@domain” if none is known that exists */
} Question;

enum { REHEARSAL, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PosternRehearsing, postern_rehearsing, G_TYPE_OBJECT)

static void
question_free (gpointer data)
{
    Question *question = data;

    g_clear_pointer (&question->server, postern_route_unref);
    g_free (question->recipient);
    g_free (question);
}

/* The domain that mail to @domain's addresses has: for a record of all subdomains, an invented one of them. */
static char *
mail_domain_of (PosternDomain *domain)
{
    return g_strconcat (postern_domain_is_subdomains (domain) ? "postern" : "", postern_domain_get_name (domain), NULL);
}

/* Returns: (nullable): an address that exists and that @domain is responsible for */
static const char *
known_recipient_of (PosternRehearsing *self, PosternDomain *domain)
{
    for (char **known = self->known_recipients; known && *known; known++) {
        const char *at = strrchr (*known, '@');
        g_autofree char *name = at ? postern_hostname_to_ascii (at + 1, NULL) : NULL;

        if (name && postern_plan_find_domain (self->plan, name) == domain)
            return *known;
    }
    return NULL;
}

/* How well @domain does to ask its server for: one with a known recipient shows most, an invented subdomain least. */
static guint
worth_of (PosternRehearsing *self, PosternDomain *domain)
{
    if (known_recipient_of (self, domain))
        return 2;
    return postern_domain_is_subdomains (domain) ? 0 : 1;
}

static void
set_domain (PosternRehearsing *self, Question *question, PosternDomain *domain)
{
    const char *known = known_recipient_of (self, domain);
    g_autofree char *mail_domain = mail_domain_of (domain);

    g_free (question->recipient);
    question->domain = domain;
    question->recipient = known ? g_strdup (known) : g_strconcat ("@", mail_domain, NULL);
}

static void
add_domain (PosternRehearsing *self, GHashTable *by_server, PosternDomain *domain)
{
    gboolean by_dns = postern_domain_get_routing (domain) == POSTERN_DOMAIN_ROUTING_DNS;
    PosternRoute *own = postern_domain_get_own_route (domain);
    PosternRoute *server = own || by_dns ? own : postern_plan_get_internal_server (self->plan);
    g_autofree char *key = NULL;
    Question *question;

    if (!postern_domain_get_local (domain) || (server == NULL && !by_dns))
        return;
    key = server ? postern_route_to_postfix (server) : g_strdup (postern_domain_get_name (domain));
    question = g_hash_table_lookup (by_server, key);
    if (question && worth_of (self, domain) > worth_of (self, question->domain))
        set_domain (self, question, domain);
    if (question)
        return;
    if (self->questions->len == POSTERN_REHEARSING_MOST_SERVERS) {
        self->n_left_out++;
        return;
    }
    question = g_new0 (Question, 1);
    question->server = server ? postern_route_ref (server) : NULL;
    set_domain (self, question, domain);
    g_ptr_array_add (self->questions, question);
    g_hash_table_insert (by_server, g_steal_pointer (&key), question);
}

static void
list_questions (PosternRehearsing *self)
{
    g_autoptr (GHashTable) by_server = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    PosternRecordList *domains = postern_plan_get_domains (self->plan);
    guint n = postern_record_list_get_length (domains);

    for (guint i = 0; i < n; i++)
        add_domain (self, by_server, postern_record_list_get (domains, i));
}

static PosternRehearsalOutcome
outcome_of (PosternRecipientClass found)
{
    int value;

    /* Both are named as the Gateway API names them. */
    if (!postern_enum_from_nick (POSTERN_TYPE_REHEARSAL_OUTCOME, postern_recipient_class_name (found), &value))
        g_return_val_if_reached (POSTERN_REHEARSAL_UNREACHABLE);
    return (PosternRehearsalOutcome)value;
}

/* An invented subdomain may be refused because there is none: that does not show that recipients are known. */
static PosternRehearsal *
conclude (const Question *question, PosternRehearsalOutcome outcome, gboolean by_gateway, const char *summary)
{
    g_autofree char *doubt = NULL;

    if (outcome == POSTERN_REHEARSAL_VERIFIES && postern_domain_is_subdomains (question->domain) &&
        *question->recipient == '@') {
        outcome = POSTERN_REHEARSAL_REFUSES_ALL;
        /* Translators: %s is a mail domain. */
        doubt = g_strdup_printf (_ ("It refuses an invented recipient in %s, an invented subdomain. Only a recipient "
                                    "that exists can show whether it knows its recipients."),
                                 question->recipient + 1);
    }
    return postern_rehearsal_new (question->server, postern_domain_get_name (question->domain), outcome, by_gateway,
                                  doubt ? doubt : summary);
}

static PosternRehearsal *
ask_from_here (const Question *question, const char *sender, GCancellable *cancellable, GError **error)
{
    g_autofree char *mail_domain = mail_domain_of (question->domain);
    PosternRoute *server = question->server;
    g_autoptr (PosternProbeTarget) target = postern_probe_target_new (
        server ? postern_route_get_host (server) : mail_domain,
        (guint16)(server ? postern_route_get_port (server) : POSTERN_ROUTE_DEFAULT_PORT),
        server ? postern_route_get_mx (server) && postern_route_get_address (server) == NULL : TRUE);
    g_autoptr (GError) reason = NULL;
    g_autoptr (PosternRecipientProbe) probe =
        postern_recipient_probe_run (target, sender, question->recipient, 0, cancellable, &reason);

    if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        g_propagate_error (error, g_steal_pointer (&reason));
        return NULL;
    }
    if (probe == NULL)
        return conclude (question, POSTERN_REHEARSAL_UNREACHABLE, FALSE, reason->message);
    return conclude (question, outcome_of (postern_recipient_probe_get_class (probe)), FALSE,
                     postern_recipient_probe_get_summary (probe));
}

/* Servers whose mail DNS routes have their names in the MX records of the domain. */
static PosternRehearsal *
ask_from_gateway (const Question *question, PosternGateway *gateway, GCancellable *cancellable, GError **error)
{
    g_autofree char *mail_domain = mail_domain_of (question->domain);
    g_autoptr (PosternRoute) server = question->server
                                          ? postern_route_ref (question->server)
                                          : postern_route_new (mail_domain, POSTERN_ROUTE_DEFAULT_PORT, TRUE, error);
    g_autoptr (PosternRecipientAnswer) answer = NULL;
    int outcome;

    if (server == NULL)
        return NULL;
    answer = postern_gateway_probe_recipient (gateway, server, question->recipient, cancellable, error);
    if (answer == NULL)
        return NULL;
    /* A class that a newer gateway may know is not one that verification works with. */
    if (!postern_enum_from_nick (POSTERN_TYPE_REHEARSAL_OUTCOME, answer->found, &outcome))
        outcome = POSTERN_REHEARSAL_TEMPFAILS;
    return conclude (question, (PosternRehearsalOutcome)outcome, TRUE, answer->summary);
}

/* What the gateway will say: as far as it is known. */
static char *
make_sender (PosternGatewayInfo *info)
{
    const char *node = info ? postern_gateway_info_get_node (info) : NULL;
    g_autofree char *name = node && strchr (node, '.') ? postern_hostname_to_ascii (node, NULL) : NULL;

    return name ? g_strconcat (SENDER "@", name, NULL) : g_strdup ("");
}

GPtrArray *
postern_rehearsing_run (PosternRehearsing *self, PosternGateway *gateway, PosternGatewayInfo *info,
                        GCancellable *cancellable, GError **error)
{
    g_autoptr (GPtrArray) found = NULL;
    g_autofree char *sender = NULL;
    gboolean by_gateway = gateway != NULL && info != NULL && postern_gateway_info_has_capability (info, "recipient");

    g_return_val_if_fail (POSTERN_IS_REHEARSING (self), NULL);

    found = g_ptr_array_new_with_free_func (g_object_unref);
    sender = make_sender (info);
    for (guint i = 0; i < self->questions->len; i++) {
        PosternRehearsal *rehearsal = by_gateway
                                          ? ask_from_gateway (self->questions->pdata[i], gateway, cancellable, error)
                                          : ask_from_here (self->questions->pdata[i], sender, cancellable, error);

        if (rehearsal == NULL)
            return NULL;
        g_ptr_array_add (found, rehearsal);
        g_signal_emit (self, signals[REHEARSAL], 0, i, rehearsal);
    }
    return g_steal_pointer (&found);
}

PosternRehearsing *
postern_rehearsing_new (PosternPlan *plan, const char *const *known_recipients)
{
    PosternRehearsing *self;

    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);

    self = g_object_new (POSTERN_TYPE_REHEARSING, NULL);
    self->plan = postern_plan_copy (plan);
    self->known_recipients = g_strdupv ((char **)known_recipients);
    list_questions (self);
    return self;
}

guint
postern_rehearsing_get_n_servers (PosternRehearsing *self)
{
    g_return_val_if_fail (POSTERN_IS_REHEARSING (self), 0);
    return self->questions->len;
}

guint
postern_rehearsing_get_n_left_out (PosternRehearsing *self)
{
    g_return_val_if_fail (POSTERN_IS_REHEARSING (self), 0);
    return self->n_left_out;
}

static void
postern_rehearsing_finalize (GObject *object)
{
    PosternRehearsing *self = POSTERN_REHEARSING (object);

    g_ptr_array_unref (self->questions);
    g_clear_object (&self->plan);
    g_strfreev (self->known_recipients);
    G_OBJECT_CLASS (postern_rehearsing_parent_class)->finalize (object);
}

static void
postern_rehearsing_class_init (PosternRehearsingClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_rehearsing_finalize;

    signals[REHEARSAL] = g_signal_new ("rehearsal", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_UINT, POSTERN_TYPE_REHEARSAL);
}

static void
postern_rehearsing_init (PosternRehearsing *self)
{
    self->questions = g_ptr_array_new_with_free_func (question_free);
}
