/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-scenario.h"

#include <glib/gi18n-lib.h>

G_DEFINE_ENUM_TYPE (PosternScenario, postern_scenario, G_DEFINE_ENUM_VALUE (POSTERN_SCENARIO_DIRECT, "direct"),
                    G_DEFINE_ENUM_VALUE (POSTERN_SCENARIO_EDGE_VERIFYING, "edge-verifying"),
                    G_DEFINE_ENUM_VALUE (POSTERN_SCENARIO_EDGE_NOT_VERIFYING, "edge-not-verifying"))

G_DEFINE_ENUM_TYPE (PosternRecipientVerification, postern_recipient_verification,
                    G_DEFINE_ENUM_VALUE (POSTERN_RECIPIENT_VERIFICATION_OFF, "off"),
                    G_DEFINE_ENUM_VALUE (POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED, "reject-unverified"))

G_DEFINE_ENUM_TYPE (PosternRejectedMail, postern_rejected_mail,
                    G_DEFINE_ENUM_VALUE (POSTERN_REJECTED_MAIL_REJECT, "reject"),
                    G_DEFINE_ENUM_VALUE (POSTERN_REJECTED_MAIL_DELETE, "delete"))

static const PosternPresets presets[] = {
    [POSTERN_SCENARIO_DIRECT] = {
        .recipient_verification = POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED,
        .use_spf = TRUE,
        .use_dmarc = TRUE,
        .rejected_mail = POSTERN_REJECTED_MAIL_REJECT,
    },
    [POSTERN_SCENARIO_EDGE_VERIFYING] = {
        .recipient_verification = POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED,
        .rejected_mail = POSTERN_REJECTED_MAIL_DELETE,
    },
    [POSTERN_SCENARIO_EDGE_NOT_VERIFYING] = {
        .recipient_verification = POSTERN_RECIPIENT_VERIFICATION_OFF,
        .rejected_mail = POSTERN_REJECTED_MAIL_DELETE,
    },
};

const PosternPresets *
postern_scenario_get_presets (PosternScenario scenario)
{
    g_return_val_if_fail ((guint)scenario < G_N_ELEMENTS (presets), &presets[0]);
    return &presets[scenario];
}

gboolean
postern_scenario_has_edge_gateway (PosternScenario scenario)
{
    return scenario != POSTERN_SCENARIO_DIRECT;
}

const char *
postern_scenario_get_title (PosternScenario scenario)
{
    switch (scenario) {
    case POSTERN_SCENARIO_DIRECT:
        return _ ("Directly");
    case POSTERN_SCENARIO_EDGE_VERIFYING:
        return _ ("Through an edge gateway that verifies recipients");
    case POSTERN_SCENARIO_EDGE_NOT_VERIFYING:
        return _ ("Through an edge gateway that does not verify recipients");
    default:
        g_return_val_if_reached ("");
    }
}

const char *
postern_enum_to_nick (GType type, int value)
{
    g_autoptr (GTypeClass) class = g_type_class_ref (type);
    GEnumValue *entry = g_enum_get_value (G_ENUM_CLASS (class), value);

    g_return_val_if_fail (entry != NULL, NULL);
    return entry->value_nick;
}

gboolean
postern_enum_from_nick (GType type, const char *nick, int *value)
{
    g_autoptr (GTypeClass) class = g_type_class_ref (type);
    GEnumValue *entry = g_enum_get_value_by_nick (G_ENUM_CLASS (class), nick);

    if (entry == NULL)
        return FALSE;
    *value = entry->value;
    return TRUE;
}
