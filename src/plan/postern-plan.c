/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-plan.h"

#include "plan/postern-domain-private.h"
#include "plan/postern-network-index.h"
#include "plan/postern-network-private.h"
#include "plan/postern-plan-private.h"

struct _PosternPlan {
    GObject parent_instance;

    PosternScenario scenario;
    PosternRecordList *domains;
    PosternRecordList *trusted_networks;
    PosternDomainIndex *domain_index; /* both are made when first asked, and dropped when what they know changes */
    PosternNetworkIndex *network_index;
    PosternRoute *internal_server;
    PosternRoute *edge_gateway;
    PosternRecipientVerification recipient_verification;
    PosternRejectedMail rejected_mail;
    gboolean use_spf;
    gboolean use_dmarc;
    gboolean sender_authentication;
    gboolean check_sender_before_edge;
};

G_DEFINE_FINAL_TYPE (PosternPlan, postern_plan, G_TYPE_OBJECT)

typedef enum {
    PROP_SCENARIO = 1,
    PROP_DOMAINS,
    PROP_TRUSTED_NETWORKS,
    PROP_INTERNAL_SERVER,
    PROP_EDGE_GATEWAY,
    PROP_RECIPIENT_VERIFICATION,
    PROP_USE_SPF,
    PROP_USE_DMARC,
    PROP_SENDER_AUTHENTICATION,
    PROP_CHECK_SENDER_BEFORE_EDGE,
    PROP_REJECTED_MAIL,
} PosternPlanProperty;

static GParamSpec *properties[PROP_REJECTED_MAIL + 1];

enum {
    CHANGED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
emit_changed (PosternPlan *self)
{
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
tell (PosternPlan *self, PosternPlanProperty property)
{
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
    emit_changed (self);
}

PosternPlan *
postern_plan_new (void)
{
    return g_object_new (POSTERN_TYPE_PLAN, NULL);
}

static GPtrArray *
copy_domains (PosternRecordList *domains)
{
    guint n = postern_record_list_get_length (domains);
    GPtrArray *copies = g_ptr_array_new_full (n, g_object_unref);

    for (guint i = 0; i < n; i++)
        g_ptr_array_add (copies, postern_domain_copy (postern_record_list_get (domains, i)));
    return copies;
}

/* Networks never change, so that two plans can share them. */
static GPtrArray *
share_networks (PosternRecordList *networks)
{
    guint n = postern_record_list_get_length (networks);
    GPtrArray *shared = g_ptr_array_new_full (n, g_object_unref);

    for (guint i = 0; i < n; i++)
        g_ptr_array_add (shared, g_object_ref (postern_record_list_get (networks, i)));
    return shared;
}

void
postern_plan_assign (PosternPlan *self, PosternPlan *other)
{
    g_autoptr (GPtrArray) domains = NULL;
    g_autoptr (GPtrArray) networks = NULL;

    g_return_if_fail (POSTERN_IS_PLAN (self) && POSTERN_IS_PLAN (other));

    if (self == other)
        return;
    domains = copy_domains (other->domains);
    networks = share_networks (other->trusted_networks);

    g_object_freeze_notify (G_OBJECT (self));
    postern_plan_set_scenario (self, other->scenario);
    postern_record_list_replace_all (self->domains, domains);
    postern_record_list_replace_all (self->trusted_networks, networks);
    postern_plan_set_internal_server (self, other->internal_server);
    postern_plan_set_edge_gateway (self, other->edge_gateway);
    postern_plan_set_recipient_verification (self, other->recipient_verification);
    postern_plan_set_use_spf (self, other->use_spf);
    postern_plan_set_use_dmarc (self, other->use_dmarc);
    postern_plan_set_sender_authentication (self, other->sender_authentication);
    postern_plan_set_check_sender_before_edge (self, other->check_sender_before_edge);
    postern_plan_set_rejected_mail (self, other->rejected_mail);
    g_object_thaw_notify (G_OBJECT (self));
}

PosternPlan *
postern_plan_copy (PosternPlan *self)
{
    PosternPlan *copy;

    g_return_val_if_fail (POSTERN_IS_PLAN (self), NULL);

    copy = postern_plan_new ();
    postern_plan_assign (copy, self);
    return copy;
}

gboolean
postern_plan_is_empty (PosternPlan *self)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (self), TRUE);

    return self->internal_server == NULL && self->edge_gateway == NULL &&
           postern_record_list_get_length (self->domains) == 0 &&
           postern_record_list_get_length (self->trusted_networks) == 0;
}

PosternScenario
postern_plan_get_scenario (PosternPlan *self)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (self), POSTERN_SCENARIO_DIRECT);
    return self->scenario;
}

void
postern_plan_set_scenario (PosternPlan *self, PosternScenario scenario)
{
    g_return_if_fail (POSTERN_IS_PLAN (self));

    if (self->scenario == scenario)
        return;
    self->scenario = scenario;
    tell (self, PROP_SCENARIO);
}

void
postern_plan_apply_presets (PosternPlan *self)
{
    const PosternPresets *presets;

    g_return_if_fail (POSTERN_IS_PLAN (self));

    presets = postern_scenario_get_presets (self->scenario);
    g_object_freeze_notify (G_OBJECT (self));
    postern_plan_set_recipient_verification (self, presets->recipient_verification);
    postern_plan_set_use_spf (self, presets->use_spf);
    postern_plan_set_use_dmarc (self, presets->use_dmarc);
    postern_plan_set_sender_authentication (self, presets->sender_authentication);
    postern_plan_set_check_sender_before_edge (self, FALSE);
    postern_plan_set_rejected_mail (self, presets->rejected_mail);
    g_object_thaw_notify (G_OBJECT (self));
}

gboolean
postern_plan_follows_presets (PosternPlan *self)
{
    const PosternPresets *presets;

    g_return_val_if_fail (POSTERN_IS_PLAN (self), FALSE);

    presets = postern_scenario_get_presets (self->scenario);
    return self->recipient_verification == presets->recipient_verification && self->use_spf == presets->use_spf &&
           self->use_dmarc == presets->use_dmarc && self->sender_authentication == presets->sender_authentication &&
           !self->check_sender_before_edge && self->rejected_mail == presets->rejected_mail;
}

PosternRecordList *
postern_plan_get_domains (PosternPlan *self)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (self), NULL);
    return self->domains;
}

PosternRecordList *
postern_plan_get_trusted_networks (PosternPlan *self)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (self), NULL);
    return self->trusted_networks;
}

static void
set_route (PosternPlan *self, PosternRoute **place, PosternRoute *route, PosternPlanProperty property)
{
    if (postern_route_equal (*place, route))
        return;
    if (route)
        postern_route_ref (route);
    g_clear_pointer (place, postern_route_unref);
    *place = route;
    tell (self, property);
}

static void
set_boolean (PosternPlan *self, gboolean *place, gboolean value, PosternPlanProperty property)
{
    value = !!value;
    if (*place == value)
        return;
    *place = value;
    tell (self, property);
}

PosternRoute *
postern_plan_get_internal_server (PosternPlan *self)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (self), NULL);
    return self->internal_server;
}

void
postern_plan_set_internal_server (PosternPlan *self, PosternRoute *route)
{
    g_return_if_fail (POSTERN_IS_PLAN (self));
    set_route (self, &self->internal_server, route, PROP_INTERNAL_SERVER);
}

PosternRoute *
postern_plan_get_edge_gateway (PosternPlan *self)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (self), NULL);
    return self->edge_gateway;
}

void
postern_plan_set_edge_gateway (PosternPlan *self, PosternRoute *route)
{
    g_return_if_fail (POSTERN_IS_PLAN (self));
    set_route (self, &self->edge_gateway, route, PROP_EDGE_GATEWAY);
}

PosternRecipientVerification
postern_plan_get_recipient_verification (PosternPlan *self)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (self), POSTERN_RECIPIENT_VERIFICATION_OFF);
    return self->recipient_verification;
}

void
postern_plan_set_recipient_verification (PosternPlan *self, PosternRecipientVerification verification)
{
    g_return_if_fail (POSTERN_IS_PLAN (self));

    if (self->recipient_verification == verification)
        return;
    self->recipient_verification = verification;
    tell (self, PROP_RECIPIENT_VERIFICATION);
}

gboolean
postern_plan_get_use_spf (PosternPlan *self)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (self), FALSE);
    return self->use_spf;
}

void
postern_plan_set_use_spf (PosternPlan *self, gboolean use)
{
    g_return_if_fail (POSTERN_IS_PLAN (self));
    set_boolean (self, &self->use_spf, use, PROP_USE_SPF);
}

gboolean
postern_plan_get_use_dmarc (PosternPlan *self)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (self), FALSE);
    return self->use_dmarc;
}

void
postern_plan_set_use_dmarc (PosternPlan *self, gboolean use)
{
    g_return_if_fail (POSTERN_IS_PLAN (self));
    set_boolean (self, &self->use_dmarc, use, PROP_USE_DMARC);
}

gboolean
postern_plan_get_sender_authentication (PosternPlan *self)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (self), FALSE);
    return self->sender_authentication;
}

void
postern_plan_set_sender_authentication (PosternPlan *self, gboolean on)
{
    g_return_if_fail (POSTERN_IS_PLAN (self));
    set_boolean (self, &self->sender_authentication, on, PROP_SENDER_AUTHENTICATION);
}

gboolean
postern_plan_get_check_sender_before_edge (PosternPlan *self)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (self), FALSE);
    return self->check_sender_before_edge;
}

void
postern_plan_set_check_sender_before_edge (PosternPlan *self, gboolean on)
{
    g_return_if_fail (POSTERN_IS_PLAN (self));
    set_boolean (self, &self->check_sender_before_edge, on, PROP_CHECK_SENDER_BEFORE_EDGE);
}

PosternRejectedMail
postern_plan_get_rejected_mail (PosternPlan *self)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (self), POSTERN_REJECTED_MAIL_REJECT);
    return self->rejected_mail;
}

void
postern_plan_set_rejected_mail (PosternPlan *self, PosternRejectedMail what)
{
    g_return_if_fail (POSTERN_IS_PLAN (self));

    if (self->rejected_mail == what)
        return;
    self->rejected_mail = what;
    tell (self, PROP_REJECTED_MAIL);
}

PosternNetwork *
postern_plan_find_trusted_network (PosternPlan *self, GInetAddress *address)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (self), NULL);
    g_return_val_if_fail (G_IS_INET_ADDRESS (address), NULL);

    if (self->network_index == NULL)
        self->network_index = postern_network_index_new (self->trusted_networks);
    return postern_network_index_find (self->network_index, address);
}

PosternDomainIndex *
postern_plan_get_domain_index (PosternPlan *self)
{
    if (self->domain_index == NULL)
        self->domain_index = postern_domain_index_new (self->domains);
    return self->domain_index;
}

static void
get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
    PosternPlan *self = POSTERN_PLAN (object);

    switch ((PosternPlanProperty)property) {
    case PROP_SCENARIO:
        g_value_set_enum (value, self->scenario);
        break;
    case PROP_DOMAINS:
        g_value_set_object (value, self->domains);
        break;
    case PROP_TRUSTED_NETWORKS:
        g_value_set_object (value, self->trusted_networks);
        break;
    case PROP_INTERNAL_SERVER:
        g_value_set_boxed (value, self->internal_server);
        break;
    case PROP_EDGE_GATEWAY:
        g_value_set_boxed (value, self->edge_gateway);
        break;
    case PROP_RECIPIENT_VERIFICATION:
        g_value_set_enum (value, self->recipient_verification);
        break;
    case PROP_USE_SPF:
        g_value_set_boolean (value, self->use_spf);
        break;
    case PROP_USE_DMARC:
        g_value_set_boolean (value, self->use_dmarc);
        break;
    case PROP_SENDER_AUTHENTICATION:
        g_value_set_boolean (value, self->sender_authentication);
        break;
    case PROP_CHECK_SENDER_BEFORE_EDGE:
        g_value_set_boolean (value, self->check_sender_before_edge);
        break;
    case PROP_REJECTED_MAIL:
        g_value_set_enum (value, self->rejected_mail);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
set_property (GObject *object, guint property, const GValue *value, GParamSpec *spec)
{
    PosternPlan *self = POSTERN_PLAN (object);

    switch ((PosternPlanProperty)property) {
    case PROP_SCENARIO:
        postern_plan_set_scenario (self, g_value_get_enum (value));
        break;
    case PROP_INTERNAL_SERVER:
        postern_plan_set_internal_server (self, g_value_get_boxed (value));
        break;
    case PROP_EDGE_GATEWAY:
        postern_plan_set_edge_gateway (self, g_value_get_boxed (value));
        break;
    case PROP_RECIPIENT_VERIFICATION:
        postern_plan_set_recipient_verification (self, g_value_get_enum (value));
        break;
    case PROP_USE_SPF:
        postern_plan_set_use_spf (self, g_value_get_boolean (value));
        break;
    case PROP_USE_DMARC:
        postern_plan_set_use_dmarc (self, g_value_get_boolean (value));
        break;
    case PROP_SENDER_AUTHENTICATION:
        postern_plan_set_sender_authentication (self, g_value_get_boolean (value));
        break;
    case PROP_CHECK_SENDER_BEFORE_EDGE:
        postern_plan_set_check_sender_before_edge (self, g_value_get_boolean (value));
        break;
    case PROP_REJECTED_MAIL:
        postern_plan_set_rejected_mail (self, g_value_get_enum (value));
        break;
    case PROP_DOMAINS:
    case PROP_TRUSTED_NETWORKS:
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
drop_indexes (PosternPlan *self)
{
    g_clear_pointer (&self->domain_index, postern_domain_index_free);
    g_clear_pointer (&self->network_index, postern_network_index_free);
}

static void
finalize (GObject *object)
{
    PosternPlan *self = POSTERN_PLAN (object);

    drop_indexes (self);
    g_clear_object (&self->domains);
    g_clear_object (&self->trusted_networks);
    g_clear_pointer (&self->internal_server, postern_route_unref);
    g_clear_pointer (&self->edge_gateway, postern_route_unref);
    G_OBJECT_CLASS (postern_plan_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
    const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
    const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

    properties[PROP_SCENARIO] =
        g_param_spec_enum ("scenario", NULL, NULL, POSTERN_TYPE_SCENARIO, POSTERN_SCENARIO_DIRECT, writable);
    properties[PROP_DOMAINS] = g_param_spec_object ("domains", NULL, NULL, POSTERN_TYPE_RECORD_LIST, readable);
    properties[PROP_TRUSTED_NETWORKS] =
        g_param_spec_object ("trusted-networks", NULL, NULL, POSTERN_TYPE_RECORD_LIST, readable);
    properties[PROP_INTERNAL_SERVER] = g_param_spec_boxed ("internal-server", NULL, NULL, POSTERN_TYPE_ROUTE, writable);
    properties[PROP_EDGE_GATEWAY] = g_param_spec_boxed ("edge-gateway", NULL, NULL, POSTERN_TYPE_ROUTE, writable);
    properties[PROP_RECIPIENT_VERIFICATION] =
        g_param_spec_enum ("recipient-verification", NULL, NULL, POSTERN_TYPE_RECIPIENT_VERIFICATION,
                           POSTERN_RECIPIENT_VERIFICATION_OFF, writable);
    properties[PROP_USE_SPF] = g_param_spec_boolean ("use-spf", NULL, NULL, FALSE, writable);
    properties[PROP_USE_DMARC] = g_param_spec_boolean ("use-dmarc", NULL, NULL, FALSE, writable);
    properties[PROP_SENDER_AUTHENTICATION] =
        g_param_spec_boolean ("sender-authentication", NULL, NULL, FALSE, writable);
    properties[PROP_CHECK_SENDER_BEFORE_EDGE] =
        g_param_spec_boolean ("check-sender-before-edge", NULL, NULL, FALSE, writable);
    properties[PROP_REJECTED_MAIL] = g_param_spec_enum ("rejected-mail", NULL, NULL, POSTERN_TYPE_REJECTED_MAIL,
                                                        POSTERN_REJECTED_MAIL_REJECT, writable);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_plan_class_init (PosternPlanClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS (class);

    object_class->get_property = get_property;
    object_class->set_property = set_property;
    object_class->finalize = finalize;
    install_properties (object_class);

    signals[CHANGED] =
        g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
watch_list (PosternPlan *self, PosternRecordList *list)
{
    /* Before anyone is told: who hears of the change may ask at once. */
    g_signal_connect_object (list, "items-changed", G_CALLBACK (drop_indexes), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (list, "record-changed", G_CALLBACK (drop_indexes), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (list, "items-changed", G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (list, "record-changed", G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);
}

static void
postern_plan_init (PosternPlan *self)
{
    const PosternPresets *presets = postern_scenario_get_presets (POSTERN_SCENARIO_DIRECT);

    self->domains =
        postern_record_list_new (POSTERN_TYPE_DOMAIN, postern_domain_record_key, postern_domain_record_watch);
    watch_list (self, self->domains);
    self->trusted_networks = postern_record_list_new (POSTERN_TYPE_NETWORK, postern_network_record_key, NULL);
    watch_list (self, self->trusted_networks);
    self->recipient_verification = presets->recipient_verification;
    self->use_spf = presets->use_spf;
    self->use_dmarc = presets->use_dmarc;
    self->rejected_mail = presets->rejected_mail;
}
