/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-proof.h"

struct _PosternProof {
    GObject parent_instance;

    PosternProofKind kind;
    PosternProofState state;
    char *title;
    char *expectation;
    char *client;
    char *sender;
    char *recipient;
    gboolean assumed;
    char *reply;
    char *message;
};

typedef enum {
    PROP_KIND = 1,
    PROP_STATE,
    PROP_TITLE,
    PROP_EXPECTATION,
    PROP_CLIENT,
    PROP_SENDER,
    PROP_RECIPIENT,
    PROP_ASSUMED,
    PROP_REPLY,
    PROP_MESSAGE,
} PosternProofProperty;

static GParamSpec *properties[PROP_MESSAGE + 1];

G_DEFINE_ENUM_TYPE (PosternProofKind, postern_proof_kind, G_DEFINE_ENUM_VALUE (POSTERN_PROOF_LOCAL, "local"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PROOF_FOREIGN, "foreign"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PROOF_UNKNOWN_RECIPIENT, "unknown-recipient"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PROOF_TRUSTED_FOREIGN, "trusted-foreign"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PROOF_TRUSTED_LOCAL, "trusted-local"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PROOF_OWN_ROUTE, "own-route"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PROOF_REFUSED_MAIL, "refused-mail"))

G_DEFINE_ENUM_TYPE (PosternProofState, postern_proof_state, G_DEFINE_ENUM_VALUE (POSTERN_PROOF_PENDING, "pending"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PROOF_HOLDS, "holds"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PROOF_FAILS, "fails"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PROOF_UNPROVEN, "unproven"))

G_DEFINE_FINAL_TYPE (PosternProof, postern_proof, G_TYPE_OBJECT)

static void
postern_proof_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternProof *self = POSTERN_PROOF (object);

    switch ((PosternProofProperty)id) {
    case PROP_KIND:
        g_value_set_enum (value, self->kind);
        break;
    case PROP_STATE:
        g_value_set_enum (value, self->state);
        break;
    case PROP_TITLE:
        g_value_set_string (value, self->title);
        break;
    case PROP_EXPECTATION:
        g_value_set_string (value, self->expectation);
        break;
    case PROP_CLIENT:
        g_value_set_string (value, self->client);
        break;
    case PROP_SENDER:
        g_value_set_string (value, self->sender);
        break;
    case PROP_RECIPIENT:
        g_value_set_string (value, self->recipient);
        break;
    case PROP_ASSUMED:
        g_value_set_boolean (value, self->assumed);
        break;
    case PROP_REPLY:
        g_value_set_string (value, self->reply);
        break;
    case PROP_MESSAGE:
        g_value_set_string (value, self->message);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_proof_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternProof *self = POSTERN_PROOF (object);

    switch ((PosternProofProperty)id) {
    case PROP_KIND:
        self->kind = g_value_get_enum (value);
        break;
    case PROP_STATE:
        self->state = g_value_get_enum (value);
        break;
    case PROP_TITLE:
        self->title = g_value_dup_string (value);
        break;
    case PROP_EXPECTATION:
        self->expectation = g_value_dup_string (value);
        break;
    case PROP_CLIENT:
        self->client = g_value_dup_string (value);
        break;
    case PROP_SENDER:
        self->sender = g_value_dup_string (value);
        break;
    case PROP_RECIPIENT:
        self->recipient = g_value_dup_string (value);
        break;
    case PROP_ASSUMED:
        self->assumed = g_value_get_boolean (value);
        break;
    case PROP_REPLY:
        self->reply = g_value_dup_string (value);
        break;
    case PROP_MESSAGE:
        self->message = g_value_dup_string (value);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_proof_finalize (GObject *object)
{
    PosternProof *self = POSTERN_PROOF (object);

    g_free (self->title);
    g_free (self->expectation);
    g_free (self->client);
    g_free (self->sender);
    g_free (self->recipient);
    g_free (self->reply);
    g_free (self->message);
    G_OBJECT_CLASS (postern_proof_parent_class)->finalize (object);
}

static void
postern_proof_class_init (PosternProofClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_proof_get_property;
    object_class->set_property = postern_proof_set_property;
    object_class->finalize = postern_proof_finalize;

    properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, POSTERN_TYPE_PROOF_KIND, POSTERN_PROOF_LOCAL, flags);
    properties[PROP_STATE] =
        g_param_spec_enum ("state", NULL, NULL, POSTERN_TYPE_PROOF_STATE, POSTERN_PROOF_PENDING, flags);
    properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
    properties[PROP_EXPECTATION] = g_param_spec_string ("expectation", NULL, NULL, "", flags);
    properties[PROP_CLIENT] = g_param_spec_string ("client", NULL, NULL, "", flags);
    properties[PROP_SENDER] = g_param_spec_string ("sender", NULL, NULL, "", flags);
    properties[PROP_RECIPIENT] = g_param_spec_string ("recipient", NULL, NULL, "", flags);
    properties[PROP_ASSUMED] = g_param_spec_boolean ("assumed", NULL, NULL, FALSE, flags);
    properties[PROP_REPLY] = g_param_spec_string ("reply", NULL, NULL, NULL, flags);
    properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_proof_init (PosternProof *self)
{
}

PosternProofKind
postern_proof_get_kind (PosternProof *self)
{
    g_return_val_if_fail (POSTERN_IS_PROOF (self), POSTERN_PROOF_LOCAL);
    return self->kind;
}

PosternProofState
postern_proof_get_state (PosternProof *self)
{
    g_return_val_if_fail (POSTERN_IS_PROOF (self), POSTERN_PROOF_PENDING);
    return self->state;
}

const char *
postern_proof_get_title (PosternProof *self)
{
    g_return_val_if_fail (POSTERN_IS_PROOF (self), NULL);
    return self->title;
}

const char *
postern_proof_get_expectation (PosternProof *self)
{
    g_return_val_if_fail (POSTERN_IS_PROOF (self), NULL);
    return self->expectation;
}

const char *
postern_proof_get_client (PosternProof *self)
{
    g_return_val_if_fail (POSTERN_IS_PROOF (self), NULL);
    return self->client;
}

const char *
postern_proof_get_sender (PosternProof *self)
{
    g_return_val_if_fail (POSTERN_IS_PROOF (self), NULL);
    return self->sender;
}

const char *
postern_proof_get_recipient (PosternProof *self)
{
    g_return_val_if_fail (POSTERN_IS_PROOF (self), NULL);
    return self->recipient;
}

gboolean
postern_proof_get_assumed (PosternProof *self)
{
    g_return_val_if_fail (POSTERN_IS_PROOF (self), FALSE);
    return self->assumed;
}

const char *
postern_proof_get_reply (PosternProof *self)
{
    g_return_val_if_fail (POSTERN_IS_PROOF (self), NULL);
    return self->reply;
}

const char *
postern_proof_get_message (PosternProof *self)
{
    g_return_val_if_fail (POSTERN_IS_PROOF (self), NULL);
    return self->message;
}
