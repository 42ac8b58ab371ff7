/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PosternRunbookTerm:
 *
 * What KSMG's web interface calls its pages, fields, buttons and choices.
 */
typedef enum {
    POSTERN_RUNBOOK_TERM_SETTINGS,
    POSTERN_RUNBOOK_TERM_BUILT_IN_MTA,
    POSTERN_RUNBOOK_TERM_DOMAINS,
    POSTERN_RUNBOOK_TERM_ADD_DOMAIN,
    POSTERN_RUNBOOK_TERM_LOCAL_DOMAIN,
    POSTERN_RUNBOOK_TERM_RECORD_NAME,
    POSTERN_RUNBOOK_TERM_RECORD_TYPE,
    POSTERN_RUNBOOK_TERM_TYPE_DOMAIN,
    POSTERN_RUNBOOK_TERM_TYPE_SUBDOMAIN,
    POSTERN_RUNBOOK_TERM_PROTOCOL,
    POSTERN_RUNBOOK_TERM_SMTP,
    POSTERN_RUNBOOK_TERM_DESTINATION_ADDRESS,
    POSTERN_RUNBOOK_TERM_PORT,
    POSTERN_RUNBOOK_TERM_BASIC_SETTINGS,
    POSTERN_RUNBOOK_TERM_EMAIL_DESTINATION_ADDRESS,
    POSTERN_RUNBOOK_TERM_SEND_THROUGH_EDGE_GATEWAY,
    POSTERN_RUNBOOK_TERM_EDGE_GATEWAY,
    POSTERN_RUNBOOK_TERM_USE_MX_LOOKUP,
    POSTERN_RUNBOOK_TERM_TRUSTED_NETWORKS,
    POSTERN_RUNBOOK_TERM_ADVANCED_SETTINGS,
    POSTERN_RUNBOOK_TERM_REJECT_FOR_RECIPIENTS,
    POSTERN_RUNBOOK_TERM_REJECT_UNVERIFIED,
    POSTERN_RUNBOOK_TERM_DO_NOT_REJECT,
    POSTERN_RUNBOOK_TERM_REJECT_UNKNOWN_DOMAINS,
    POSTERN_RUNBOOK_TERM_GENERAL,
    POSTERN_RUNBOOK_TERM_PROTECTION,
    POSTERN_RUNBOOK_TERM_EXTERNAL_SERVICES,
    POSTERN_RUNBOOK_TERM_ALLOW_DNS,
    POSTERN_RUNBOOK_TERM_USE_SPF,
    POSTERN_RUNBOOK_TERM_USE_DKIM,
    POSTERN_RUNBOOK_TERM_USE_DMARC,
    POSTERN_RUNBOOK_TERM_RULES,
    POSTERN_RUNBOOK_TERM_VIEW_RULE,
    POSTERN_RUNBOOK_TERM_EDIT,
    POSTERN_RUNBOOK_TERM_SAVE,
    POSTERN_RUNBOOK_TERM_RULE_DEFAULT,
    POSTERN_RUNBOOK_TERM_RULE_ALLOW_LIST,
    POSTERN_RUNBOOK_TERM_RULE_DENY_LIST,
    POSTERN_RUNBOOK_TERM_REJECT,
    POSTERN_RUNBOOK_TERM_DELETE_MESSAGE,
    POSTERN_RUNBOOK_TERM_DELETE_ATTACHMENT,
    POSTERN_RUNBOOK_TERM_SKIP,
    POSTERN_RUNBOOK_TERM_REJECT_WITHOUT_SCANNING,
    POSTERN_RUNBOOK_TERM_DELETE_WITHOUT_NOTIFYING,
    POSTERN_RUNBOOK_TERM_PLACE_IN_BACKUP,
    POSTERN_RUNBOOK_TERM_ANTI_VIRUS,
    POSTERN_RUNBOOK_TERM_LINK_SCANNING,
    POSTERN_RUNBOOK_TERM_ANTI_SPAM,
    POSTERN_RUNBOOK_TERM_ANTI_PHISHING,
    POSTERN_RUNBOOK_TERM_CONTENT_FILTERING,
    POSTERN_RUNBOOK_TERM_KATA_PROTECTION,
    POSTERN_RUNBOOK_TERM_SENDER_AUTHENTICATION,
    POSTERN_RUNBOOK_TERM_APPLY_DMARC_POLICY,
    POSTERN_RUNBOOK_N_TERMS,
} PosternRunbookTerm;

/**
 * postern_runbook_terms_pick_language:
 * @language: (nullable): a language code or a locale such as `cs` or `fr_CA.UTF-8`; %NULL for the person's own
 *
 * Returns: (transfer none): the language that the terms are known in and that comes nearest: `en`, `ru`, `cs` or `fr`
 */
const char *postern_runbook_terms_pick_language (const char *language);

/**
 * postern_runbook_term:
 * @language: one of those of postern_runbook_terms_pick_language()
 * @term: a term
 *
 * These are the product's words and not messages of ours, so they stand in a table and not in a message catalogue.
 *
 * Returns: (transfer none): the term in that language. Where the product's documentation in that language was not seen,
 * the English term stands beside it in parentheses, or alone where there is none at all
 */
const char *postern_runbook_term (const char *language, PosternRunbookTerm term);

/**
 * postern_runbook_term_path:
 * @language: as above
 * @first: a term
 * @...: more of them, ended by %POSTERN_RUNBOOK_N_TERMS
 *
 * Returns: (transfer full): the way to a page: “Settings → Built-in MTA → Domains”
 */
char *postern_runbook_term_path (const char *language, PosternRunbookTerm first, ...);

G_END_DECLS
