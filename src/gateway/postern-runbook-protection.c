/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-runbook-builder.h"

/* A step that sets one switch on the tab of external services. */
static PosternRunbookStep *
add_switch_step (PosternRunbookBuilder *self, const char *name, const char *field, gboolean on, const char *why)
{
    PosternRunbookStep *step = postern_runbook_builder_add (
        self, name,
        /* Translators: %s is a switch of KSMG. */
        g_strdup_printf (on ? _ ("Turn on the switch “%s”.") : _ ("Turn off the switch “%s”."), field));

    postern_runbook_builder_add_switch (step, field, on);
    postern_runbook_builder_mark (step, on ? "on" : "off");
    postern_runbook_step_take_why (step, g_strdup (why));
    return step;
}

static void
add_spf (PosternRunbookBuilder *self, gboolean on)
{
    const char *why = on ? _ ("SPF asks whether the host that delivers a message may send for its sender.")
                      : self->edge
                          ? _ ("This gateway sees only the address of the edge gateway. SPF would compare every "
                               "sender with it and fail for nearly all. Keep SPF on at the edge gateway itself.")
                          : _ ("The plan does not use SPF.");

    add_switch_step (self, "spf", TERM (self, USE_SPF), on, why);
}

static void
add_dmarc_off (PosternRunbookBuilder *self, gboolean impossible)
{
    PosternRunbookStep *step = add_switch_step (
        self, "dmarc", TERM (self, USE_DMARC), FALSE,
        self->edge
            ? _ ("DMARC follows SPF. KSMG disables it by itself while SPF or DKIM is off, but set it all the same: "
                 "otherwise it comes back unnoticed with SPF. DKIM may stay as it is, because signatures survive "
                 "an edge gateway.")
            : _ ("KSMG disables DMARC by itself while SPF or DKIM is off. Set it all the same: otherwise it comes "
                 "back unnoticed."));

    if (impossible)
        postern_runbook_step_take_warning (
            step,
            g_strdup (_ ("The plan wants DMARC without SPF. KSMG cannot do that: it disables DMARC when SPF is off.")));
}

static void
add_checks_on (PosternRunbookBuilder *self, gboolean dmarc)
{
    add_switch_step (self, "dns", TERM (self, ALLOW_DNS), TRUE,
                     _ ("Without it SPF, DKIM and DMARC are all disabled. It is on as shipped."));
    add_spf (self, TRUE);
    if (!dmarc) {
        add_dmarc_off (self, FALSE);
        return;
    }
    add_switch_step (self, "dkim", TERM (self, USE_DKIM), TRUE, _ ("DMARC is disabled while DKIM is off."));
    add_switch_step (self, "dmarc", TERM (self, USE_DMARC), TRUE,
                     _ ("DMARC asks whether SPF or DKIM stands for the domain that the reader sees as the sender."));
}

static void
add_confirmation (PosternRunbookBuilder *self)
{
    g_autofree char *sum = postern_runbook_builder_sum (self, TRUE);
    PosternRunbookStep *step = postern_runbook_builder_add (
        self, "confirm", g_strdup (_ ("Open the page once more, and see that both switches are off.")));

    postern_runbook_step_take_why (step,
                                   g_strdup (_ ("The next section makes the gateway delete what it refuses. If SPF "
                                                "or DMARC were still on then, legitimate mail would vanish without "
                                                "a trace.")));
    postern_runbook_builder_mark (step, sum);
}

void
postern_runbook_build_sender_checks (PosternRunbookBuilder *self)
{
    char *path = postern_runbook_term_path (self->language, POSTERN_RUNBOOK_TERM_SETTINGS, POSTERN_RUNBOOK_TERM_GENERAL,
                                            POSTERN_RUNBOOK_TERM_PROTECTION, POSTERN_RUNBOOK_TERM_EXTERNAL_SERVICES,
                                            POSTERN_RUNBOOK_N_TERMS);

    postern_runbook_builder_begin (self, "sender-checks", _ ("SPF and DMARC"), path,
                                   /* Translators: %s is a tab of KSMG's web interface. */
                                   g_strdup_printf (_ ("“%s” is a tab of this page. The switches are on as shipped."),
                                                    TERM (self, EXTERNAL_SERVICES)));
    if (self->spf)
        add_checks_on (self, self->dmarc);
    else {
        add_spf (self, FALSE);
        add_dmarc_off (self, self->dmarc);
    }
    postern_runbook_builder_add_save (self);
    if (!self->spf && self->deletes)
        add_confirmation (self);
}

void
postern_runbook_build_authentication (PosternRunbookBuilder *self)
{
    gboolean on = postern_plan_get_sender_authentication (self->plan);
    char *path;
    PosternRunbookStep *step;

    if (!on && self->edge)
        return;
    path = postern_runbook_term_path (self->language, POSTERN_RUNBOOK_TERM_RULES, POSTERN_RUNBOOK_TERM_VIEW_RULE,
                                      POSTERN_RUNBOOK_TERM_SENDER_AUTHENTICATION, POSTERN_RUNBOOK_N_TERMS);
    postern_runbook_builder_begin (self, "sender-authentication", _ ("Sender authentication in the rules"), path, NULL);
    step = postern_runbook_builder_add (
        self, "module",
        /* Translators: the last %s is a module of KSMG, the others are buttons. */
        on ? g_strdup_printf (_ ("In each rule in use, click “%1$s”, turn on the module “%3$s”, and click “%2$s”."),
                              TERM (self, EDIT), TERM (self, SAVE), TERM (self, SENDER_AUTHENTICATION))
           : g_strdup_printf (_ ("Leave the module “%s” off in the rules, as it is shipped."),
                              TERM (self, SENDER_AUTHENTICATION)));
    postern_runbook_builder_add_switch (step, TERM (self, SENDER_AUTHENTICATION), on);
    postern_runbook_builder_mark (step, on ? "on" : "off");
    postern_runbook_step_take_why (
        step,
        g_strdup (on ? _ ("The results of SPF, DKIM and DMARC change nothing until a rule acts on them. The module "
                          "works only with the switches of the section before.")
                     : _ ("The plan does not act on the results of SPF, DKIM and DMARC.")));
    if (on && !self->spf)
        postern_runbook_step_take_warning (step,
                                           g_strdup (_ ("With SPF off, DMARC is off as well: only DKIM is left to "
                                                        "act on.")));
}
