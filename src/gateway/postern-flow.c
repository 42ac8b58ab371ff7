/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-flow.h"

#include <stdlib.h>
#include <string.h>

#include "probe/postern-smtp-reply.h"

struct _PosternFlow {
    GObject parent_instance;

    PosternFlowVerdict verdict;
    PosternSmtpReply *parsed; /* NULL if the reply has no code */
    char *reply;
    char *stage;
};

typedef enum {
    PROP_VERDICT = 1,
    PROP_CODE,
    PROP_ENHANCED,
    PROP_TEXT,
    PROP_REPLY,
    PROP_STAGE,
} PosternFlowProperty;

static GParamSpec *properties[PROP_STAGE + 1];

G_DEFINE_ENUM_TYPE (PosternFlowVerdict, postern_flow_verdict, G_DEFINE_ENUM_VALUE (POSTERN_FLOW_ACCEPTED, "accepted"),
                    G_DEFINE_ENUM_VALUE (POSTERN_FLOW_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (POSTERN_FLOW_DEFERRED, "deferred"))

G_DEFINE_FINAL_TYPE (PosternFlow, postern_flow, G_TYPE_OBJECT)

static void
postern_flow_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternFlow *self = POSTERN_FLOW (object);

    switch ((PosternFlowProperty)id) {
    case PROP_VERDICT:
        g_value_set_enum (value, self->verdict);
        break;
    case PROP_CODE:
        g_value_set_uint (value, postern_flow_get_code (self));
        break;
    case PROP_ENHANCED:
        g_value_set_string (value, postern_flow_get_enhanced (self));
        break;
    case PROP_TEXT:
        g_value_set_string (value, postern_flow_get_text (self));
        break;
    case PROP_REPLY:
        g_value_set_string (value, self->reply);
        break;
    case PROP_STAGE:
        g_value_set_string (value, self->stage);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_flow_finalize (GObject *object)
{
    PosternFlow *self = POSTERN_FLOW (object);

    g_clear_pointer (&self->parsed, postern_smtp_reply_unref);
    g_free (self->reply);
    g_free (self->stage);
    G_OBJECT_CLASS (postern_flow_parent_class)->finalize (object);
}

static void
postern_flow_class_init (PosternFlowClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_flow_get_property;
    object_class->finalize = postern_flow_finalize;

    properties[PROP_VERDICT] =
        g_param_spec_enum ("verdict", NULL, NULL, POSTERN_TYPE_FLOW_VERDICT, POSTERN_FLOW_ACCEPTED, flags);
    properties[PROP_CODE] = g_param_spec_uint ("code", NULL, NULL, 0, 599, 0, flags);
    properties[PROP_ENHANCED] = g_param_spec_string ("enhanced", NULL, NULL, NULL, flags);
    properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
    properties[PROP_REPLY] = g_param_spec_string ("reply", NULL, NULL, NULL, flags);
    properties[PROP_STAGE] = g_param_spec_string ("stage", NULL, NULL, NULL, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_flow_init (PosternFlow *self)
{
}

/* "550 5.1.1 text" in one line, as the gateway writes a reply. */
static PosternSmtpReply *
parse_reply (const char *reply)
{
    const char *lines[] = { NULL, NULL };
    guint code;

    if (strspn (reply, "0123456789") != 3 || (reply[3] != ' ' && reply[3] != '\0'))
        return NULL;
    code = atoi (reply);
    if (code < 200 || code > 599)
        return NULL;
    lines[0] = reply + 3 + strspn (reply + 3, " ");
    return postern_smtp_reply_new (code, lines);
}

PosternFlow *
postern_flow_new (PosternFlowVerdict verdict, const char *reply, const char *stage)
{
    PosternFlow *self;

    g_return_val_if_fail (reply != NULL, NULL);
    g_return_val_if_fail (stage != NULL, NULL);

    self = g_object_new (POSTERN_TYPE_FLOW, NULL);
    self->verdict = verdict;
    self->reply = postern_smtp_reply_clean_text (reply, -1);
    self->parsed = parse_reply (self->reply);
    self->stage = g_strdup (stage);
    return self;
}

PosternFlowVerdict
postern_flow_get_verdict (PosternFlow *self)
{
    g_return_val_if_fail (POSTERN_IS_FLOW (self), POSTERN_FLOW_DEFERRED);
    return self->verdict;
}

guint
postern_flow_get_code (PosternFlow *self)
{
    g_return_val_if_fail (POSTERN_IS_FLOW (self), 0);
    return self->parsed != NULL ? postern_smtp_reply_get_code (self->parsed) : 0;
}

const char *
postern_flow_get_enhanced (PosternFlow *self)
{
    g_return_val_if_fail (POSTERN_IS_FLOW (self), NULL);
    return self->parsed != NULL ? postern_smtp_reply_get_enhanced (self->parsed) : NULL;
}

const char *
postern_flow_get_text (PosternFlow *self)
{
    g_return_val_if_fail (POSTERN_IS_FLOW (self), NULL);
    return self->parsed != NULL ? postern_smtp_reply_get_text (self->parsed) : self->reply;
}

const char *
postern_flow_get_reply (PosternFlow *self)
{
    g_return_val_if_fail (POSTERN_IS_FLOW (self), NULL);
    return self->reply;
}

const char *
postern_flow_get_stage (PosternFlow *self)
{
    g_return_val_if_fail (POSTERN_IS_FLOW (self), NULL);
    return self->stage;
}
