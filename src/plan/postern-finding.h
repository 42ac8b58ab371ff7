/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** PosternSeverity: an error stops a push, a warning does not, a note only explains */
typedef enum {
    POSTERN_SEVERITY_ERROR,
    POSTERN_SEVERITY_WARNING,
    POSTERN_SEVERITY_NOTE,
} PosternSeverity;

#define POSTERN_TYPE_SEVERITY (postern_severity_get_type ())
GType postern_severity_get_type (void) G_GNUC_CONST;

/** PosternSection: the part of a plan that something is about; each has its page in the wizard */
typedef enum {
    POSTERN_SECTION_SCENARIO,
    POSTERN_SECTION_GATEWAY,
    POSTERN_SECTION_DOMAINS,
    POSTERN_SECTION_EDGE_GATEWAY,
    POSTERN_SECTION_TRUSTED_NETWORKS,
    POSTERN_SECTION_CHECKS,
} PosternSection;

#define POSTERN_TYPE_SECTION (postern_section_get_type ())
GType postern_section_get_type (void) G_GNUC_CONST;

/** postern_section_get_title: Returns: (transfer none): the section's title, translated, as the wizard's pages are
 * called */
const char *postern_section_get_title (PosternSection section);

/** PosternCure: what one click can do about a finding; see postern_cure_apply() */
typedef enum {
    POSTERN_CURE_NONE,
    POSTERN_CURE_REMOVE_EDGE_GATEWAY,
    POSTERN_CURE_TURN_OFF_MX,
    POSTERN_CURE_REMOVE_NETWORK,
    POSTERN_CURE_TURN_ON_VERIFICATION,
    POSTERN_CURE_TURN_OFF_VERIFICATION,
    POSTERN_CURE_TURN_OFF_SENDER_CHECKS,
    POSTERN_CURE_DELETE_REJECTED,
    POSTERN_CURE_REJECT_REJECTED,
    POSTERN_CURE_USE_SPF,
    POSTERN_CURE_MAKE_LOCAL,
    POSTERN_CURE_ADD_ROUTE,
    POSTERN_CURE_USE_PORT_25,
    POSTERN_CURE_REMOVE_DOMAIN,
} PosternCure;

#define POSTERN_TYPE_FINDING (postern_finding_get_type ())

/**
 * PosternFinding:
 *
 * Something to say about a plan. Immutable. Properties: `code`, `severity`, `section`, `subject`, `message`,
 * `cure-label`.
 */
G_DECLARE_FINAL_TYPE (PosternFinding, postern_finding, POSTERN, FINDING, GObject)

/**
 * postern_finding_new:
 * @code: the stable code, such as "edge-trusted"; a code never changes meaning
 * @severity: how bad it is
 * @section: the part of the plan (and the page) that cures it
 * @subject: (nullable): the record that it is about: a domain's or a network's key
 * @message: a translated text: what is wrong with which record, what it leads to, what to do
 * @cure: what one click can do about it
 */
PosternFinding *postern_finding_new (const char *code, PosternSeverity severity, PosternSection section,
                                     const char *subject, const char *message, PosternCure cure);

const char *postern_finding_get_code (PosternFinding *self);
PosternSeverity postern_finding_get_severity (PosternFinding *self);
PosternSection postern_finding_get_section (PosternFinding *self);
/** postern_finding_get_subject: Returns: (transfer none) (nullable): the key of the record that it is about */
const char *postern_finding_get_subject (PosternFinding *self);
const char *postern_finding_get_message (PosternFinding *self);
PosternCure postern_finding_get_cure (PosternFinding *self);
/** postern_finding_get_cure_label: Returns: (transfer none) (nullable): the cure's button label, translated, or %NULL
 * if there is no cure */
const char *postern_finding_get_cure_label (PosternFinding *self);

G_END_DECLS
