/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-runbook-builder.h"

/* What is worth knowing about a module's actions; as shipped where that is documented. */
static const struct {
    const char *name;
    PosternRunbookTerm term;
    const char *why;
} modules[] = {
    { "anti-virus", POSTERN_RUNBOOK_TERM_ANTI_VIRUS,
      N_ ("There is one action each for infected objects, scan errors, encrypted objects and macros, and one for what "
          "cannot be disinfected.") },
    { "link-scanning", POSTERN_RUNBOOK_TERM_LINK_SCANNING, NULL },
    { "anti-spam", POSTERN_RUNBOOK_TERM_ANTI_SPAM,
      N_ ("There is one action each for spam, probable spam and mass mail.") },
    { "anti-phishing", POSTERN_RUNBOOK_TERM_ANTI_PHISHING,
      N_ ("This module refuses as shipped, so it has to be changed even on a new gateway.") },
    { "content-filtering", POSTERN_RUNBOOK_TERM_CONTENT_FILTERING, NULL },
    { "kata-protection", POSTERN_RUNBOOK_TERM_KATA_PROTECTION,
      N_ ("As shipped it deletes already, as far as is documented.") },
};

static void
add_find_rules (PosternRunbookBuilder *self)
{
    PosternRunbookStep *step = postern_runbook_builder_add (
        self, "in-use",
        g_strdup_printf (
            /* Translators: %s are the names of KSMG's own rules. */
            _ ("Write down which rules are in use: “%s”, and every rule that is switched on. The rules “%s” "
               "and “%s” are off as shipped."),
            TERM (self, RULE_DEFAULT), TERM (self, RULE_ALLOW_LIST), TERM (self, RULE_DENY_LIST)));

    postern_runbook_step_take_why (
        step, g_strdup_printf (
                  /* Translators: %1$s to %4$s are actions of KSMG, from the strictest to the mildest; %5$s is the name
                   * of a rule. */
                  _ ("Rules are tried from top to bottom, the first that matches sender and recipient decides, and "
                     "“%5$s” takes the rest. If several modules object, the strictest action counts: “%1$s”, then "
                     "“%2$s”, “%3$s”, “%4$s”. One forgotten rule is enough to refuse mail."),
                  TERM (self, DELETE_MESSAGE), TERM (self, REJECT), TERM (self, DELETE_ATTACHMENT), TERM (self, SKIP),
                  TERM (self, RULE_DEFAULT)));
}

static PosternRunbookStep *
add_module (PosternRunbookBuilder *self, const char *name, const char *module)
{
    PosternRunbookStep *step =
        postern_runbook_builder_add (self, name,
                                     /* Translators: a module of KSMG and two of its actions. */
                                     g_strdup_printf (_ ("In “%s”, wherever the action is “%s”, choose “%s”."), module,
                                                      TERM (self, REJECT), TERM (self, DELETE_MESSAGE)));

    postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_CHOOSE, module, TERM (self, DELETE_MESSAGE), NULL);
    return step;
}

static void
add_modules (PosternRunbookBuilder *self)
{
    PosternRunbookStep *step;

    for (gsize i = 0; i < G_N_ELEMENTS (modules); i++) {
        step = add_module (self, modules[i].name, postern_runbook_term (self->language, modules[i].term));
        if (modules[i].why != NULL)
            postern_runbook_step_take_why (step, g_strdup (_ (modules[i].why)));
    }
    step = add_module (self, "sender-authentication", TERM (self, SENDER_AUTHENTICATION));
    postern_runbook_step_take_why (
        step,
        /* Translators: %s is an action of KSMG. */
        g_strdup_printf (_ ("There is one action each for DMARC, SPF and DKIM. “%s” refuses as well where the sender's "
                            "domain says so. The module is off as shipped."),
                         TERM (self, APPLY_DMARC_POLICY)));
}

static void
add_backup (PosternRunbookBuilder *self)
{
    PosternRunbookStep *step =
        postern_runbook_builder_add (self, "backup",
                                     /* Translators: an option of KSMG and one of its actions. */
                                     g_strdup_printf (_ ("Beside every action that is now “%2$s”, select “%1$s”."),
                                                      TERM (self, PLACE_IN_BACKUP), TERM (self, DELETE_MESSAGE)));

    postern_runbook_builder_add_switch (step, TERM (self, PLACE_IN_BACKUP), TRUE);
    postern_runbook_step_take_why (step,
                                   g_strdup (_ ("Nobody is told of a message that is deleted. The copy is the only "
                                                "way to get a legitimate one back; it is off as shipped.")));
}

static void
add_mode (PosternRunbookBuilder *self)
{
    PosternRunbookStep *step = postern_runbook_builder_add (
        self, "mode",
        /* Translators: a mode of a rule of KSMG, a rule, another mode. */
        g_strdup_printf (_ ("In every rule whose mode is “%s”, such as “%s”, choose the mode “%s”."),
                         TERM (self, REJECT_WITHOUT_SCANNING), TERM (self, RULE_DENY_LIST),
                         TERM (self, DELETE_WITHOUT_NOTIFYING)));

    postern_runbook_step_add_entry (step, POSTERN_RUNBOOK_ENTRY_CHOOSE, TERM (self, RULE_DENY_LIST),
                                    TERM (self, DELETE_WITHOUT_NOTIFYING), NULL);
    postern_runbook_step_take_why (step,
                                   g_strdup (_ ("Such a rule refuses without asking any module, so the steps above "
                                                "do not reach it.")));
}

static void
add_save_rules (PosternRunbookBuilder *self)
{
    PosternRunbookStep *step = postern_runbook_builder_add (
        self, "save",
        /* Translators: a button of KSMG. */
        g_strdup_printf (_ ("Click “%s” in each rule, and repeat this section for the next one."), TERM (self, SAVE)));

    postern_runbook_step_take_why (step, g_strdup (_ ("Each rule is saved by itself.")));
}

static void
add_reject (PosternRunbookBuilder *self)
{
    PosternRunbookStep *step = postern_runbook_builder_add (
        self, "reject",
        g_strdup_printf (
            /* Translators: %1$s and %2$s are actions of KSMG, %3$s is a mode of its rules, %4$s a button. */
            _ ("“%1$s” may stay where it is. If this gateway stood behind an edge gateway before, choose it "
               "again in each rule in use where “%2$s” or the mode “%3$s” was chosen because of that, and "
               "click “%4$s”."),
            TERM (self, REJECT), TERM (self, DELETE_MESSAGE), TERM (self, DELETE_WITHOUT_NOTIFYING),
            TERM (self, SAVE)));

    postern_runbook_step_take_why (
        step, g_strdup (_ ("The sending server is told that the message was refused, and so the sender of a message "
                           "that was refused by mistake learns of it. Nothing has to be changed on a new gateway.")));
    if (self->edge)
        postern_runbook_step_take_warning (
            step, g_strdup (_ ("Behind an edge gateway a refused message makes that gateway write a non-delivery "
                               "report to a sender who is often forged. It may be blocklisted for that.")));
}

void
postern_runbook_build_rules (PosternRunbookBuilder *self)
{
    char *path = postern_runbook_term_path (self->language, POSTERN_RUNBOOK_TERM_RULES, POSTERN_RUNBOOK_TERM_VIEW_RULE,
                                            POSTERN_RUNBOOK_TERM_EDIT, POSTERN_RUNBOOK_N_TERMS);

    if (!self->deletes) {
        postern_runbook_builder_begin (self, "rules", _ ("Refused messages"), path, NULL);
        add_reject (self);
        return;
    }
    postern_runbook_builder_begin (
        self, "rules", _ ("Refused messages"), path,
        g_strdup (self->edge
                      ? _ ("What this gateway refuses, the edge gateway has accepted already. It would have to write a "
                           "non-delivery report for each such message, mostly to forged senders. So this gateway "
                           "deletes them instead. These steps are for every rule in use.")
                      : _ ("The plan deletes refused messages without telling their senders. These steps are for "
                           "every rule in use.")));
    add_find_rules (self);
    add_modules (self);
    add_backup (self);
    add_mode (self);
    add_save_rules (self);
}
