/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PosternScenario:
 * @POSTERN_SCENARIO_DIRECT: the gateway receives mail from the Internet and sends to it
 * @POSTERN_SCENARIO_EDGE_VERIFYING: an edge gateway stands in front and asks over SMTP whether a recipient exists
 * @POSTERN_SCENARIO_EDGE_NOT_VERIFYING: an edge gateway stands in front and accepts any recipient of the domains
 *
 * How mail from the Internet reaches the gateway. “Verifying” says what the edge gateway does with recipients.
 */
typedef enum {
    POSTERN_SCENARIO_DIRECT,
    POSTERN_SCENARIO_EDGE_VERIFYING,
    POSTERN_SCENARIO_EDGE_NOT_VERIFYING,
} PosternScenario;

#define POSTERN_TYPE_SCENARIO (postern_scenario_get_type ())
GType postern_scenario_get_type (void) G_GNUC_CONST;

/** PosternRecipientVerification: whether the gateway asks the internal server before it accepts a recipient
 * (postconf(5) reject_unverified_recipient) */
typedef enum {
    POSTERN_RECIPIENT_VERIFICATION_OFF,
    POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED,
} PosternRecipientVerification;

#define POSTERN_TYPE_RECIPIENT_VERIFICATION (postern_recipient_verification_get_type ())
GType postern_recipient_verification_get_type (void) G_GNUC_CONST;

/** PosternRejectedMail: what scanning does with a message that it refuses: say so to the sending server, or accept and
 * delete it */
typedef enum {
    POSTERN_REJECTED_MAIL_REJECT,
    POSTERN_REJECTED_MAIL_DELETE,
} PosternRejectedMail;

#define POSTERN_TYPE_REJECTED_MAIL (postern_rejected_mail_get_type ())
GType postern_rejected_mail_get_type (void) G_GNUC_CONST;

/**
 * PosternPresets:
 *
 * What a scenario recommends for the checks (design, “What a scenario presets”).
 */
typedef struct {
    PosternRecipientVerification recipient_verification;
    gboolean use_spf;
    gboolean use_dmarc;
    gboolean sender_authentication;
    PosternRejectedMail rejected_mail;
} PosternPresets;

const PosternPresets *postern_scenario_get_presets (PosternScenario scenario);
gboolean postern_scenario_has_edge_gateway (PosternScenario scenario);

/*
 * The nicknames ("edge-verifying", "reject-unverified", "delete", …) are those of the plan file.
 */
const char *postern_enum_to_nick (GType type, int value);
/** postern_enum_from_nick: @value: (out): the value; Returns: whether @nick is one of @type's */
gboolean postern_enum_from_nick (GType type, const char *nick, int *value);

/** postern_scenario_get_title: Returns: (transfer none): the scenario's short title, translated */
const char *postern_scenario_get_title (PosternScenario scenario);

G_END_DECLS
