/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-session.h"

struct _PosternSession {
    GObject parent_instance;

    PosternPlan *plan;
    PosternMode mode;
    GFile *file;
    char *draft;
    PosternGatewayAddress *address;
    char *pin;
    char *user;
    PosternGateway *gateway;
    PosternGatewayInfo *info;
    PosternPlan *configuration;
    char *revision;
    PosternFindingsModel *findings;
    GListStore *rehearsals;
    char *pushed_outcome;
    GPtrArray *pushed_changes;
};

G_DEFINE_FINAL_TYPE (PosternSession, postern_session, G_TYPE_OBJECT)

typedef enum {
    PROP_PLAN = 1,
    PROP_MODE,
    PROP_FILE,
    PROP_ADDRESS,
    PROP_PIN,
    PROP_GATEWAY,
    PROP_INFO,
    PROP_CONFIGURATION,
    PROP_REVISION,
    PROP_FINDINGS,
    PROP_REHEARSALS,
} PosternSessionProperty;

static GParamSpec *properties[PROP_REHEARSALS + 1];

static void
notify (PosternSession *self, PosternSessionProperty property)
{
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
postern_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternSession *self = POSTERN_SESSION (object);

    switch ((PosternSessionProperty)id) {
    case PROP_PLAN:
        g_value_set_object (value, self->plan);
        break;
    case PROP_MODE:
        g_value_set_enum (value, self->mode);
        break;
    case PROP_FILE:
        g_value_set_object (value, self->file);
        break;
    case PROP_ADDRESS:
        g_value_set_boxed (value, self->address);
        break;
    case PROP_PIN:
        g_value_set_string (value, self->pin);
        break;
    case PROP_GATEWAY:
        g_value_set_object (value, self->gateway);
        break;
    case PROP_INFO:
        g_value_set_object (value, self->info);
        break;
    case PROP_CONFIGURATION:
        g_value_set_object (value, self->configuration);
        break;
    case PROP_REVISION:
        g_value_set_string (value, self->revision);
        break;
    case PROP_FINDINGS:
        g_value_set_object (value, postern_session_get_findings (self));
        break;
    case PROP_REHEARSALS:
        g_value_set_object (value, self->rehearsals);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternSession *self = POSTERN_SESSION (object);

    if (id == PROP_MODE)
        postern_session_set_mode (self, g_value_get_enum (value));
    else if (id == PROP_FILE)
        postern_session_set_file (self, g_value_get_object (value));
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
postern_session_finalize (GObject *object)
{
    PosternSession *self = POSTERN_SESSION (object);

    g_clear_object (&self->findings);
    g_clear_object (&self->rehearsals);
    g_clear_object (&self->plan);
    g_clear_object (&self->file);
    g_clear_pointer (&self->address, postern_gateway_address_unref);
    g_clear_pointer (&self->draft, g_free);
    g_clear_pointer (&self->pin, g_free);
    g_clear_pointer (&self->user, g_free);
    g_clear_object (&self->gateway);
    g_clear_object (&self->info);
    g_clear_object (&self->configuration);
    g_clear_pointer (&self->revision, g_free);
    g_clear_pointer (&self->pushed_outcome, g_free);
    g_clear_pointer (&self->pushed_changes, g_ptr_array_unref);
    G_OBJECT_CLASS (postern_session_parent_class)->finalize (object);
}

static void
postern_session_class_init (PosternSessionClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
    const GParamFlags both = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

    object_class->get_property = postern_session_get_property;
    object_class->set_property = postern_session_set_property;
    object_class->finalize = postern_session_finalize;

    properties[PROP_PLAN] = g_param_spec_object ("plan", NULL, NULL, POSTERN_TYPE_PLAN, read);
    properties[PROP_MODE] = g_param_spec_enum ("mode", NULL, NULL, POSTERN_TYPE_MODE, POSTERN_MODE_PUSH, both);
    properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, both);
    properties[PROP_ADDRESS] = g_param_spec_boxed ("address", NULL, NULL, POSTERN_TYPE_GATEWAY_ADDRESS, read);
    properties[PROP_PIN] = g_param_spec_string ("pin", NULL, NULL, NULL, read);
    properties[PROP_GATEWAY] = g_param_spec_object ("gateway", NULL, NULL, POSTERN_TYPE_GATEWAY, read);
    properties[PROP_INFO] = g_param_spec_object ("info", NULL, NULL, POSTERN_TYPE_GATEWAY_INFO, read);
    properties[PROP_CONFIGURATION] = g_param_spec_object ("configuration", NULL, NULL, POSTERN_TYPE_PLAN, read);
    properties[PROP_REVISION] = g_param_spec_string ("revision", NULL, NULL, NULL, read);
    properties[PROP_FINDINGS] = g_param_spec_object ("findings", NULL, NULL, POSTERN_TYPE_FINDINGS_MODEL, read);
    properties[PROP_REHEARSALS] =
        g_param_spec_object ("rehearsals", NULL, NULL, G_TYPE_LIST_STORE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_session_init (PosternSession *self)
{
    self->rehearsals = g_list_store_new (POSTERN_TYPE_REHEARSAL);
    self->plan = postern_plan_new ();
}

PosternSession *
postern_session_new (void)
{
    return g_object_new (POSTERN_TYPE_SESSION, NULL);
}

PosternPlan *
postern_session_get_plan (PosternSession *self)
{
    g_return_val_if_fail (POSTERN_IS_SESSION (self), NULL);
    return self->plan;
}

PosternMode
postern_session_get_mode (PosternSession *self)
{
    g_return_val_if_fail (POSTERN_IS_SESSION (self), POSTERN_MODE_PUSH);
    return self->mode;
}

void
postern_session_set_mode (PosternSession *self, PosternMode mode)
{
    g_return_if_fail (POSTERN_IS_SESSION (self));
    if (self->mode == mode)
        return;
    self->mode = mode;
    notify (self, PROP_MODE);
}

GFile *
postern_session_get_file (PosternSession *self)
{
    g_return_val_if_fail (POSTERN_IS_SESSION (self), NULL);
    return self->file;
}

void
postern_session_set_file (PosternSession *self, GFile *file)
{
    g_return_if_fail (POSTERN_IS_SESSION (self));
    g_return_if_fail (file == NULL || G_IS_FILE (file));
    if (g_set_object (&self->file, file))
        notify (self, PROP_FILE);
}

const char *
postern_session_get_draft (PosternSession *self)
{
    g_return_val_if_fail (POSTERN_IS_SESSION (self), NULL);
    return self->draft;
}

void
postern_session_set_draft (PosternSession *self, const char *id)
{
    g_return_if_fail (POSTERN_IS_SESSION (self));
    g_set_str (&self->draft, id);
}

PosternGatewayAddress *
postern_session_get_address (PosternSession *self)
{
    g_return_val_if_fail (POSTERN_IS_SESSION (self), NULL);
    return self->address;
}

const char *
postern_session_get_pin (PosternSession *self)
{
    g_return_val_if_fail (POSTERN_IS_SESSION (self), NULL);
    return self->pin;
}

static gboolean
is_same_address (PosternGatewayAddress *a, PosternGatewayAddress *b)
{
    return a == b || (a != NULL && b != NULL && postern_gateway_address_equal (a, b));
}

void
postern_session_set_address (PosternSession *self, PosternGatewayAddress *address, const char *pin)
{
    g_return_if_fail (POSTERN_IS_SESSION (self));
    if (!is_same_address (self->address, address)) {
        postern_session_set_connection (self, NULL, NULL, NULL, NULL);
        g_clear_pointer (&self->address, postern_gateway_address_unref);
        self->address = address == NULL ? NULL : postern_gateway_address_ref (address);
        notify (self, PROP_ADDRESS);
    }
    if (g_set_str (&self->pin, pin))
        notify (self, PROP_PIN);
}

void
postern_session_set_user (PosternSession *self, const char *user)
{
    g_return_if_fail (POSTERN_IS_SESSION (self));
    g_set_str (&self->user, user);
}

const char *
postern_session_get_user (PosternSession *self)
{
    g_return_val_if_fail (POSTERN_IS_SESSION (self), NULL);
    return self->user;
}

void
postern_session_set_connection (PosternSession *self, PosternGateway *gateway, PosternGatewayInfo *info,
                                PosternPlan *configuration, const char *revision)
{
    gboolean other_gateway, other_info, other_configuration, other_revision;

    g_return_if_fail (POSTERN_IS_SESSION (self));
    /* All four are set before anyone is told, so that a listener sees a whole connection. */
    other_gateway = g_set_object (&self->gateway, gateway);
    other_info = g_set_object (&self->info, info);
    other_configuration = g_set_object (&self->configuration, configuration);
    other_revision = g_set_str (&self->revision, revision);
    if (other_info)
        notify (self, PROP_INFO);
    if (other_revision)
        notify (self, PROP_REVISION);
    if (other_configuration)
        notify (self, PROP_CONFIGURATION);
    if (other_gateway)
        notify (self, PROP_GATEWAY);
}

PosternGateway *
postern_session_get_gateway (PosternSession *self)
{
    g_return_val_if_fail (POSTERN_IS_SESSION (self), NULL);
    return self->gateway;
}

PosternGatewayInfo *
postern_session_get_info (PosternSession *self)
{
    g_return_val_if_fail (POSTERN_IS_SESSION (self), NULL);
    return self->info;
}

PosternPlan *
postern_session_get_configuration (PosternSession *self)
{
    g_return_val_if_fail (POSTERN_IS_SESSION (self), NULL);
    return self->configuration;
}

const char *
postern_session_get_revision (PosternSession *self)
{
    g_return_val_if_fail (POSTERN_IS_SESSION (self), NULL);
    return self->revision;
}

void
postern_session_set_pushed (PosternSession *self, const char *outcome, GPtrArray *changes)
{
    g_return_if_fail (POSTERN_IS_SESSION (self));
    g_set_str (&self->pushed_outcome, outcome);
    g_clear_pointer (&self->pushed_changes, g_ptr_array_unref);
    self->pushed_changes = changes == NULL ? NULL : g_ptr_array_ref (changes);
}

const char *
postern_session_get_pushed (PosternSession *self, GPtrArray **changes)
{
    g_return_val_if_fail (POSTERN_IS_SESSION (self), NULL);
    *changes = self->pushed_changes;
    return self->pushed_outcome;
}

gboolean
postern_session_has_capability (PosternSession *self, const char *capability)
{
    g_return_val_if_fail (POSTERN_IS_SESSION (self), FALSE);
    return self->info == NULL || postern_gateway_info_has_capability (self->info, capability);
}

gboolean
postern_session_enforces (PosternSession *self, const char *member)
{
    g_return_val_if_fail (POSTERN_IS_SESSION (self), FALSE);
    return self->info == NULL || !g_strv_contains (postern_gateway_info_get_not_enforced (self->info), member);
}

char **
postern_session_dup_gateway_hosts (PosternSession *self)
{
    g_autoptr (GStrvBuilder) hosts = g_strv_builder_new ();

    g_return_val_if_fail (POSTERN_IS_SESSION (self), NULL);
    if (self->mode == POSTERN_MODE_PUSH && self->address != NULL)
        g_strv_builder_add (hosts, postern_gateway_address_get_host (self->address));
    if (self->mode == POSTERN_MODE_PUSH && self->info != NULL)
        g_strv_builder_add (hosts, postern_gateway_info_get_node (self->info));
    return g_strv_builder_end (hosts);
}

GListStore *
postern_session_get_rehearsals (PosternSession *self)
{
    g_return_val_if_fail (POSTERN_IS_SESSION (self), NULL);
    return self->rehearsals;
}

GPtrArray *
postern_session_dup_rehearsals (PosternSession *self)
{
    GPtrArray *rehearsals;

    g_return_val_if_fail (POSTERN_IS_SESSION (self), NULL);
    rehearsals = g_ptr_array_new_with_free_func (g_object_unref);
    for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rehearsals)); i++)
        g_ptr_array_add (rehearsals, g_list_model_get_item (G_LIST_MODEL (self->rehearsals), i));
    return rehearsals;
}

GPtrArray *
postern_session_judge (PosternSession *self)
{
    g_auto (GStrv) hosts = NULL;
    g_autoptr (GPtrArray) rehearsals = NULL;
    PosternFindingContext context = { 0 };

    g_return_val_if_fail (POSTERN_IS_SESSION (self), NULL);
    hosts = postern_session_dup_gateway_hosts (self);
    context.gateway_hosts = (const char *const *)hosts;
    rehearsals = postern_session_dup_rehearsals (self);
    context.rehearsals = rehearsals;
    if (self->mode == POSTERN_MODE_PUSH && self->info != NULL)
        context.not_enforced = postern_gateway_info_get_not_enforced (self->info);
    return postern_plan_find (self->plan, &context);
}

PosternFindingsModel *
postern_session_get_findings (PosternSession *self)
{
    g_return_val_if_fail (POSTERN_IS_SESSION (self), NULL);
    if (self->findings == NULL)
        self->findings = postern_findings_model_new (self);
    return self->findings;
}

void
postern_session_forget_findings (PosternSession *self)
{
    g_return_if_fail (POSTERN_IS_SESSION (self));
    if (self->findings == NULL)
        return;
    g_clear_object (&self->findings);
    notify (self, PROP_FINDINGS);
}
