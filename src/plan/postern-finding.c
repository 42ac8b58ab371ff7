/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-finding.h"

#include <glib/gi18n-lib.h>

#include "plan/postern-findings-private.h"
#include "plan/postern-scenario.h"

struct _PosternFinding {
    GObject parent_instance;

    const char *code; /* interned */
    PosternSeverity severity;
    PosternSection section;
    char *subject;
    char *message;
    PosternCure cure;
    char *cure_label;
};

G_DEFINE_FINAL_TYPE (PosternFinding, postern_finding, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (PosternSeverity, postern_severity, G_DEFINE_ENUM_VALUE (POSTERN_SEVERITY_ERROR, "error"),
                    G_DEFINE_ENUM_VALUE (POSTERN_SEVERITY_WARNING, "warning"),
                    G_DEFINE_ENUM_VALUE (POSTERN_SEVERITY_NOTE, "note"))

G_DEFINE_ENUM_TYPE (PosternSection, postern_section, G_DEFINE_ENUM_VALUE (POSTERN_SECTION_SCENARIO, "scenario"),
                    G_DEFINE_ENUM_VALUE (POSTERN_SECTION_GATEWAY, "gateway"),
                    G_DEFINE_ENUM_VALUE (POSTERN_SECTION_DOMAINS, "domains"),
                    G_DEFINE_ENUM_VALUE (POSTERN_SECTION_EDGE_GATEWAY, "edge-gateway"),
                    G_DEFINE_ENUM_VALUE (POSTERN_SECTION_TRUSTED_NETWORKS, "trusted-networks"),
                    G_DEFINE_ENUM_VALUE (POSTERN_SECTION_CHECKS, "checks"))

typedef enum {
    PROP_CODE = 1,
    PROP_SEVERITY,
    PROP_SECTION,
    PROP_SUBJECT,
    PROP_MESSAGE,
    PROP_CURE_LABEL,
} PosternFindingProperty;

static GParamSpec *properties[PROP_CURE_LABEL + 1];

const char *
postern_section_get_title (PosternSection section)
{
    switch (section) {
    case POSTERN_SECTION_SCENARIO:
        /* Translators: a scenario is one of three ways in which mail from the Internet reaches the gateway. */
        return _ ("Scenario");
    case POSTERN_SECTION_GATEWAY:
        return _ ("Gateway");
    case POSTERN_SECTION_DOMAINS:
        return _ ("Domains");
    case POSTERN_SECTION_EDGE_GATEWAY:
        /* Translators: the edge gateway is another mail gateway, between the Internet and this one (in Postfix:
         * relayhost). */
        return _ ("Edge Gateway");
    case POSTERN_SECTION_TRUSTED_NETWORKS:
        /* Translators: hosts in trusted networks may send mail through the gateway to any domain (in Postfix:
         * mynetworks). */
        return _ ("Trusted Networks");
    case POSTERN_SECTION_CHECKS:
        /* Translators: what the gateway checks of a message: its recipients and its sender. */
        return _ ("Checks");
    default:
        g_return_val_if_reached ("");
    }
}

PosternFinding *
postern_finding_new (const char *code, PosternSeverity severity, PosternSection section, const char *subject,
                     const char *message, PosternCure cure)
{
    PosternFinding *self;

    g_return_val_if_fail (code != NULL && message != NULL, NULL);

    self = g_object_new (POSTERN_TYPE_FINDING, NULL);
    self->code = g_intern_string (code);
    self->severity = severity;
    self->section = section;
    self->subject = g_strdup (subject);
    self->message = g_strdup (message);
    self->cure = cure;
    return self;
}

const char *
postern_finding_get_code (PosternFinding *self)
{
    g_return_val_if_fail (POSTERN_IS_FINDING (self), NULL);
    return self->code;
}

PosternSeverity
postern_finding_get_severity (PosternFinding *self)
{
    g_return_val_if_fail (POSTERN_IS_FINDING (self), POSTERN_SEVERITY_ERROR);
    return self->severity;
}

PosternSection
postern_finding_get_section (PosternFinding *self)
{
    g_return_val_if_fail (POSTERN_IS_FINDING (self), POSTERN_SECTION_SCENARIO);
    return self->section;
}

const char *
postern_finding_get_subject (PosternFinding *self)
{
    g_return_val_if_fail (POSTERN_IS_FINDING (self), NULL);
    return self->subject;
}

const char *
postern_finding_get_message (PosternFinding *self)
{
    g_return_val_if_fail (POSTERN_IS_FINDING (self), NULL);
    return self->message;
}

PosternCure
postern_finding_get_cure (PosternFinding *self)
{
    g_return_val_if_fail (POSTERN_IS_FINDING (self), POSTERN_CURE_NONE);
    return self->cure;
}

void
postern_finding_set_cure_label (PosternFinding *self, char *label)
{
    g_return_if_fail (POSTERN_IS_FINDING (self));

    g_free (self->cure_label);
    self->cure_label = label;
}

const char *
postern_finding_get_cure_label (PosternFinding *self)
{
    g_return_val_if_fail (POSTERN_IS_FINDING (self), NULL);

    if (self->cure_label)
        return self->cure_label;
    switch (self->cure) {
    case POSTERN_CURE_NONE:
        return NULL;
    case POSTERN_CURE_REMOVE_EDGE_GATEWAY:
        return _ ("Remove Edge Gateway");
    case POSTERN_CURE_TURN_OFF_MX:
        return _ ("Turn Off MX Lookup");
    case POSTERN_CURE_REMOVE_NETWORK:
        return _ ("Remove from Trusted Networks");
    case POSTERN_CURE_TURN_ON_VERIFICATION:
        /* Translators: a button; verification of recipients, see “Reject messages to unverified recipients”. */
        return _ ("Turn On Verification");
    case POSTERN_CURE_TURN_OFF_VERIFICATION:
        return _ ("Turn Off Verification");
    case POSTERN_CURE_TURN_OFF_SENDER_CHECKS:
        return _ ("Turn Off SPF and DMARC");
    case POSTERN_CURE_DELETE_REJECTED:
        return _ ("Delete Refused Messages");
    case POSTERN_CURE_REJECT_REJECTED:
        return _ ("Reject Refused Messages");
    case POSTERN_CURE_USE_SPF:
        return _ ("Use SPF");
    case POSTERN_CURE_MAKE_LOCAL:
        /* Translators: a button; a domain is local if the gateway accepts mail for it from anyone, because the
         * company’s own mail servers hold its mailboxes (in Postfix: relay_domains). */
        return _ ("Make Local");
    case POSTERN_CURE_ADD_ROUTE:
        /* Translators: a button; a route says where mail for a domain goes next. */
        return _ ("Add a Route");
    case POSTERN_CURE_USE_PORT_25:
        return _ ("Use Port 25");
    case POSTERN_CURE_REMOVE_DOMAIN:
        return _ ("Remove Domain");
    default:
        g_return_val_if_reached (NULL);
    }
}

static void
get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
    PosternFinding *self = POSTERN_FINDING (object);

    switch ((PosternFindingProperty)property) {
    case PROP_CODE:
        g_value_set_string (value, self->code);
        break;
    case PROP_SEVERITY:
        g_value_set_enum (value, (int)self->severity);
        break;
    case PROP_SECTION:
        g_value_set_enum (value, (int)self->section);
        break;
    case PROP_SUBJECT:
        g_value_set_string (value, self->subject);
        break;
    case PROP_MESSAGE:
        g_value_set_string (value, self->message);
        break;
    case PROP_CURE_LABEL:
        g_value_set_string (value, postern_finding_get_cure_label (self));
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
finalize (GObject *object)
{
    PosternFinding *self = POSTERN_FINDING (object);

    g_free (self->subject);
    g_free (self->message);
    g_free (self->cure_label);
    G_OBJECT_CLASS (postern_finding_parent_class)->finalize (object);
}

static void
postern_finding_class_init (PosternFindingClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS (class);
    const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

    object_class->get_property = get_property;
    object_class->finalize = finalize;

    properties[PROP_CODE] = g_param_spec_string ("code", NULL, NULL, NULL, readable);
    properties[PROP_SEVERITY] =
        g_param_spec_enum ("severity", NULL, NULL, POSTERN_TYPE_SEVERITY, POSTERN_SEVERITY_ERROR, readable);
    properties[PROP_SECTION] =
        g_param_spec_enum ("section", NULL, NULL, POSTERN_TYPE_SECTION, POSTERN_SECTION_SCENARIO, readable);
    properties[PROP_SUBJECT] = g_param_spec_string ("subject", NULL, NULL, NULL, readable);
    properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, readable);
    properties[PROP_CURE_LABEL] = g_param_spec_string ("cure-label", NULL, NULL, NULL, readable);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_finding_init (PosternFinding *self)
{
}
