/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-gateway-info.h"

#include <glib/gi18n-lib.h>

struct _PosternGatewayInfo {
    GObject parent_instance;

    char *product;
    char *version;
    char *node;
    char *mta_name;
    char *mta_version;
    PosternMtaState mta_state;
    GStrv capabilities;
    GStrv not_enforced;
    GStrv remarks;
};

typedef enum {
    PROP_PRODUCT = 1,
    PROP_VERSION,
    PROP_NODE,
    PROP_MTA_NAME,
    PROP_MTA_VERSION,
    PROP_MTA_STATE,
    PROP_CAPABILITIES,
    PROP_NOT_ENFORCED,
    PROP_REMARKS,
} PosternGatewayInfoProperty;

static GParamSpec *properties[PROP_REMARKS + 1];

G_DEFINE_ENUM_TYPE (PosternMtaState, postern_mta_state, G_DEFINE_ENUM_VALUE (POSTERN_MTA_STATE_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (POSTERN_MTA_STATE_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (POSTERN_MTA_STATE_NONE, "none"))

G_DEFINE_FINAL_TYPE (PosternGatewayInfo, postern_gateway_info, G_TYPE_OBJECT)

const char *
postern_mta_state_get_title (PosternMtaState state)
{
    switch (state) {
    case POSTERN_MTA_STATE_RUNNING:
        /* Translators: the state of a gateway's mail server. */
        return _ ("Running");
    case POSTERN_MTA_STATE_STOPPED:
        /* Translators: the state of a gateway's mail server. */
        return _ ("Stopped");
    case POSTERN_MTA_STATE_NONE:
        return _ ("None: a practice gateway, which carries no mail");
    default:
        g_return_val_if_reached ("");
    }
}

static void
postern_gateway_info_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternGatewayInfo *self = POSTERN_GATEWAY_INFO (object);

    switch ((PosternGatewayInfoProperty)id) {
    case PROP_PRODUCT:
        g_value_set_string (value, self->product);
        break;
    case PROP_VERSION:
        g_value_set_string (value, self->version);
        break;
    case PROP_NODE:
        g_value_set_string (value, self->node);
        break;
    case PROP_MTA_NAME:
        g_value_set_string (value, self->mta_name);
        break;
    case PROP_MTA_VERSION:
        g_value_set_string (value, self->mta_version);
        break;
    case PROP_MTA_STATE:
        g_value_set_enum (value, self->mta_state);
        break;
    case PROP_CAPABILITIES:
        g_value_set_boxed (value, self->capabilities);
        break;
    case PROP_NOT_ENFORCED:
        g_value_set_boxed (value, self->not_enforced);
        break;
    case PROP_REMARKS:
        g_value_set_boxed (value, self->remarks);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_gateway_info_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternGatewayInfo *self = POSTERN_GATEWAY_INFO (object);

    switch ((PosternGatewayInfoProperty)id) {
    case PROP_PRODUCT:
        self->product = g_value_dup_string (value);
        break;
    case PROP_VERSION:
        self->version = g_value_dup_string (value);
        break;
    case PROP_NODE:
        self->node = g_value_dup_string (value);
        break;
    case PROP_MTA_NAME:
        self->mta_name = g_value_dup_string (value);
        break;
    case PROP_MTA_VERSION:
        self->mta_version = g_value_dup_string (value);
        break;
    case PROP_MTA_STATE:
        self->mta_state = g_value_get_enum (value);
        break;
    case PROP_CAPABILITIES:
        self->capabilities = g_value_dup_boxed (value);
        break;
    case PROP_NOT_ENFORCED:
        self->not_enforced = g_value_dup_boxed (value);
        break;
    case PROP_REMARKS:
        self->remarks = g_value_dup_boxed (value);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* So that nobody has to ask whether a list is there. */
static void
postern_gateway_info_constructed (GObject *object)
{
    PosternGatewayInfo *self = POSTERN_GATEWAY_INFO (object);

    G_OBJECT_CLASS (postern_gateway_info_parent_class)->constructed (object);
    if (self->capabilities == NULL)
        self->capabilities = g_new0 (char *, 1);
    if (self->not_enforced == NULL)
        self->not_enforced = g_new0 (char *, 1);
    if (self->remarks == NULL)
        self->remarks = g_new0 (char *, 1);
}

static void
postern_gateway_info_finalize (GObject *object)
{
    PosternGatewayInfo *self = POSTERN_GATEWAY_INFO (object);

    g_free (self->product);
    g_free (self->version);
    g_free (self->node);
    g_free (self->mta_name);
    g_free (self->mta_version);
    g_strfreev (self->capabilities);
    g_strfreev (self->not_enforced);
    g_strfreev (self->remarks);
    G_OBJECT_CLASS (postern_gateway_info_parent_class)->finalize (object);
}

static void
postern_gateway_info_class_init (PosternGatewayInfoClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_gateway_info_get_property;
    object_class->set_property = postern_gateway_info_set_property;
    object_class->constructed = postern_gateway_info_constructed;
    object_class->finalize = postern_gateway_info_finalize;

    properties[PROP_PRODUCT] = g_param_spec_string ("product", NULL, NULL, "", flags);
    properties[PROP_VERSION] = g_param_spec_string ("version", NULL, NULL, "", flags);
    properties[PROP_NODE] = g_param_spec_string ("node", NULL, NULL, "", flags);
    properties[PROP_MTA_NAME] = g_param_spec_string ("mta-name", NULL, NULL, "", flags);
    properties[PROP_MTA_VERSION] = g_param_spec_string ("mta-version", NULL, NULL, NULL, flags);
    properties[PROP_MTA_STATE] =
        g_param_spec_enum ("mta-state", NULL, NULL, POSTERN_TYPE_MTA_STATE, POSTERN_MTA_STATE_NONE, flags);
    properties[PROP_CAPABILITIES] = g_param_spec_boxed ("capabilities", NULL, NULL, G_TYPE_STRV, flags);
    properties[PROP_NOT_ENFORCED] = g_param_spec_boxed ("not-enforced", NULL, NULL, G_TYPE_STRV, flags);
    properties[PROP_REMARKS] = g_param_spec_boxed ("remarks", NULL, NULL, G_TYPE_STRV, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_gateway_info_init (PosternGatewayInfo *self)
{
}

const char *
postern_gateway_info_get_product (PosternGatewayInfo *self)
{
    g_return_val_if_fail (POSTERN_IS_GATEWAY_INFO (self), NULL);
    return self->product;
}

const char *
postern_gateway_info_get_version (PosternGatewayInfo *self)
{
    g_return_val_if_fail (POSTERN_IS_GATEWAY_INFO (self), NULL);
    return self->version;
}

const char *
postern_gateway_info_get_node (PosternGatewayInfo *self)
{
    g_return_val_if_fail (POSTERN_IS_GATEWAY_INFO (self), NULL);
    return self->node;
}

const char *
postern_gateway_info_get_mta_name (PosternGatewayInfo *self)
{
    g_return_val_if_fail (POSTERN_IS_GATEWAY_INFO (self), NULL);
    return self->mta_name;
}

const char *
postern_gateway_info_get_mta_version (PosternGatewayInfo *self)
{
    g_return_val_if_fail (POSTERN_IS_GATEWAY_INFO (self), NULL);
    return self->mta_version;
}

PosternMtaState
postern_gateway_info_get_mta_state (PosternGatewayInfo *self)
{
    g_return_val_if_fail (POSTERN_IS_GATEWAY_INFO (self), POSTERN_MTA_STATE_NONE);
    return self->mta_state;
}

const char *const *
postern_gateway_info_get_capabilities (PosternGatewayInfo *self)
{
    g_return_val_if_fail (POSTERN_IS_GATEWAY_INFO (self), NULL);
    return (const char *const *)self->capabilities;
}

gboolean
postern_gateway_info_has_capability (PosternGatewayInfo *self, const char *capability)
{
    g_return_val_if_fail (POSTERN_IS_GATEWAY_INFO (self), FALSE);
    g_return_val_if_fail (capability != NULL, FALSE);
    return g_strv_contains ((const char *const *)self->capabilities, capability);
}

const char *const *
postern_gateway_info_get_not_enforced (PosternGatewayInfo *self)
{
    g_return_val_if_fail (POSTERN_IS_GATEWAY_INFO (self), NULL);
    return (const char *const *)self->not_enforced;
}

const char *const *
postern_gateway_info_get_remarks (PosternGatewayInfo *self)
{
    g_return_val_if_fail (POSTERN_IS_GATEWAY_INFO (self), NULL);
    return (const char *const *)self->remarks;
}
