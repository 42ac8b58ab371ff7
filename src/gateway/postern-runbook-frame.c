/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-runbook-builder.h"

/* What comes before the first page, and what is tried after the last one. */

/* Domains that are worth a trial of their own. */
#define MOST_TRIALS 5

static void
add (PosternRunbookBuilder *self, const char *name, const char *action, const char *why)
{
    PosternRunbookStep *step = postern_runbook_builder_add (self, name, g_strdup (action));

    postern_runbook_step_take_why (step, g_strdup (why));
}

void
postern_runbook_build_preparation (PosternRunbookBuilder *self)
{
    postern_runbook_builder_begin (self, "preparation", _ ("Before you start"), NULL, NULL);
    add (self, "node",
         _ ("Sign in to the web interface of the node that has the role Control, with an account that may edit "
            "settings. "
            "If the browser warns of its certificate, compare the fingerprint before you go on."),
         _ ("In a cluster the other nodes take their settings from this one."));
    add (self, "record",
         _ ("Write down what the pages of these sections say now, or take pictures of them, and export the settings."),
         _ ("The web interface undoes nothing. The settings export is documented for rules and lists; nothing says "
            "that it "
            "holds domains, routes, the edge gateway or trusted networks, so these must be on paper."));
    add (
        self, "addresses",
        _ ("Make sure that no firewall, NAT or load balancer in front of this gateway hides the addresses of those who "
           "connect to it."),
        _ ("Otherwise everyone seems to come from one address of yours. If that address is trusted, the gateway relays "
           "for the whole Internet."));
}

/* A domain that mail can be addressed to: for a record of all subdomains, one of them. */
static char *
addressable (PosternDomain *domain)
{
    const char *name = postern_domain_get_name (domain);

    return postern_domain_is_subdomains (domain) ? g_strconcat ("test", name, NULL) : g_strdup (name);
}

static void
add_local (PosternRunbookBuilder *self)
{
    PosternRecordList *domains = postern_plan_get_domains (self->plan);
    g_autoptr (GString) names = g_string_new (NULL);
    guint n = 0;
    PosternRunbookStep *step;

    for (guint i = 0; i < postern_record_list_get_length (domains) && n < MOST_TRIALS; i++) {
        PosternDomain *domain = postern_record_list_get (domains, i);
        g_autofree char *name = addressable (domain);

        if (postern_domain_get_local (domain))
            g_string_append_printf (names, "%s%s", n++ > 0 ? "\n" : "", name);
    }
    if (n == 0)
        return;
    step = postern_runbook_builder_add (
        self, "incoming",
        g_strdup (self->edge
                      ? _ ("From an outside mailbox, send a message through the edge gateway to a person of each of "
                           "these domains. It must arrive, and only once.")
                      : _ ("From an outside mailbox, send a message to a person of each of these domains. It must "
                           "arrive, and only once.")));
    postern_runbook_step_add_entry (step, n > 1 ? POSTERN_RUNBOOK_ENTRY_LIST : POSTERN_RUNBOOK_ENTRY_TYPE, _ ("Domain"),
                                    names->str, NULL);
    postern_runbook_step_take_why (
        step,
        g_strdup (_ ("If it comes back with “too many hops” or “loops back to myself”, the domain's route is missing "
                     "or leads to this gateway.")));
}

static void
add_relay (PosternRunbookBuilder *self)
{
    PosternRunbookStep *step = postern_runbook_builder_add (
        self, "relay",
        g_strdup (_ ("From a host that is not in the trusted networks, connect to this gateway over SMTP and name a "
                     "recipient of somebody else's domain. It must be refused at once.")));

    postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_TYPE, _ ("Recipient"), "someone@elsewhere.example",
                                    NULL);
    postern_runbook_step_take_why (step,
                                   g_strdup (_ ("If it is accepted, the gateway is an open relay: correct the trusted "
                                                "networks at once.")));
}

static void
add_unknown (PosternRunbookBuilder *self)
{
    gboolean on =
        postern_plan_get_recipient_verification (self->plan) == POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED;

    if (on && self->edge)
        add (
            self, "unknown",
            _ ("From outside, send a message to an address of a local domain that does not exist. The edge gateway "
               "must "
               "refuse it while it is being sent, and nothing of it may reach this gateway's queue."),
            _ ("If the edge gateway accepts it, either it does not verify recipients, or it is in the trusted networks "
               "here and is told that every recipient exists."));
    else if (on)
        add (self, "unknown",
             _ ("From outside, send a message to an address of a local domain that does not exist. It must be refused "
                "while "
                "it is being sent, and at the latest when the sender tries again."),
             _ ("A temporary refusal (450) means that the internal mail server could not be asked yet. If the message "
                "is "
                "accepted, the internal mail server accepts everyone."));
    else
        add (self, "unknown",
             /* Translators: a non-delivery report (a bounce, NDR) tells a sender that a message could not be
              * delivered. */
             _ ("From outside, send a message to an address of a local domain that does not exist. It must be "
                "accepted, and one non-delivery report must come back to its sender."),
             _ ("That is what it means not to verify recipients. The internal mail server is the one that refuses, and "
                "this gateway writes the non-delivery report."));
}

static void
add_protection_trials (PosternRunbookBuilder *self)
{
    if (self->edge && !self->spf)
        add (
            self, "sender-checks",
            _ ("Look at the headers of a message that came through the edge gateway. There must be no result of SPF or "
               "DMARC from this gateway."),
            _ ("A failure there is judged from the edge gateway's address and says nothing about the sender."));
    if (self->deletes)
        add (self, "refused",
             _ ("From outside, send the harmless EICAR test file. It must not arrive, no non-delivery report may come "
                "back to the sender, and the original must be in Backup."),
             _ ("A non-delivery report means that some rule or module still refuses."));
    else
        add (self, "refused",
             _ ("From outside, send the harmless EICAR test file. It must be dealt with as the rule says; if it is "
                "refused, "
                "the sender must be told."),
             _ ("It shows that messages are scanned at all."));
}

/* What was tried with another plan proves nothing. */
static void
mark_trials (PosternRunbookBuilder *self, const char *sum)
{
    GPtrArray *steps = postern_runbook_section_get_steps (self->section);

    for (guint i = 0; i < steps->len; i++)
        postern_runbook_builder_mark (steps->pdata[i], sum);
}

void
postern_runbook_build_trials (PosternRunbookBuilder *self)
{
    g_autofree char *sum = postern_runbook_builder_sum (self, FALSE);

    postern_runbook_builder_begin (self, "trials", _ ("Try it out"), NULL,
                                   g_strdup (_ ("What was entered is proved by mail only.")));
    add (self, "nodes", _ ("In a cluster, see on every node that the new settings have arrived."),
         _ ("Settings spread to the other nodes without waiting for them."));
    add_local (self);
    add_relay (self);
    add_unknown (self);
    if (postern_record_list_get_length (postern_plan_get_trusted_networks (self->plan)) > 0)
        add (self, "outgoing",
             self->edge
                 ? _ ("From an internal mail server, send a message to an outside mailbox. It must arrive, and its "
                      "headers must show that it went from this gateway to the edge gateway.")
                 : _ ("From an internal mail server, send a message to an outside mailbox. It must arrive, and its "
                      "headers must show that this gateway delivered it."),
             _ ("If the gateway refuses it, the server's address is not in the trusted networks."));
    add_protection_trials (self);
    add (self, "later",
         self->edge
             ? _ ("After each update of the product look again at the switches of SPF and DMARC and at the actions "
                  "of the rules, new ones included. Keep SPF, DMARC and DKIM on at the edge gateway.")
             : _ ("After each update of the product look again at the switches of SPF and DMARC and at the actions "
                  "of the rules, new ones included."),
         _ ("A new module or rule comes with its own settings."));
    mark_trials (self, sum);
}
