/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-push-step.h"

struct _PosternPushStep {
    GObject parent_instance;

    PosternPushState state;
    PosternPushResult result;
    guint k;
    guint n;
    char *text;
    char *answer;
};

typedef enum {
    PROP_STATE = 1,
    PROP_RESULT,
    PROP_K,
    PROP_N,
    PROP_TEXT,
    PROP_ANSWER,
} PosternPushStepProperty;

static GParamSpec *properties[PROP_ANSWER + 1];

G_DEFINE_ENUM_TYPE (PosternPushState, postern_push_state, G_DEFINE_ENUM_VALUE (POSTERN_PUSH_STATE_READING, "reading"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_STATE_COMPARING, "comparing"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_STATE_WRITING, "writing"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_STATE_READING_BACK, "reading-back"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_STATE_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_STATE_UNDOING, "undoing"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_STATE_UNDONE, "undone"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_STATE_STUCK, "stuck"))

G_DEFINE_ENUM_TYPE (PosternPushResult, postern_push_result,
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_RESULT_WORKING, "working"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_RESULT_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_RESULT_FAILED, "failed"))

G_DEFINE_FINAL_TYPE (PosternPushStep, postern_push_step, G_TYPE_OBJECT)

static void
postern_push_step_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternPushStep *self = POSTERN_PUSH_STEP (object);

    switch ((PosternPushStepProperty)id) {
    case PROP_STATE:
        g_value_set_enum (value, self->state);
        break;
    case PROP_RESULT:
        g_value_set_enum (value, self->result);
        break;
    case PROP_K:
        g_value_set_uint (value, self->k);
        break;
    case PROP_N:
        g_value_set_uint (value, self->n);
        break;
    case PROP_TEXT:
        g_value_set_string (value, self->text);
        break;
    case PROP_ANSWER:
        g_value_set_string (value, self->answer);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_push_step_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternPushStep *self = POSTERN_PUSH_STEP (object);

    switch ((PosternPushStepProperty)id) {
    case PROP_STATE:
        self->state = g_value_get_enum (value);
        break;
    case PROP_RESULT:
        self->result = g_value_get_enum (value);
        break;
    case PROP_K:
        self->k = g_value_get_uint (value);
        break;
    case PROP_N:
        self->n = g_value_get_uint (value);
        break;
    case PROP_TEXT:
        self->text = g_value_dup_string (value);
        break;
    case PROP_ANSWER:
        self->answer = g_value_dup_string (value);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_push_step_finalize (GObject *object)
{
    PosternPushStep *self = POSTERN_PUSH_STEP (object);

    g_free (self->text);
    g_free (self->answer);
    G_OBJECT_CLASS (postern_push_step_parent_class)->finalize (object);
}

static void
postern_push_step_class_init (PosternPushStepClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_push_step_get_property;
    object_class->set_property = postern_push_step_set_property;
    object_class->finalize = postern_push_step_finalize;

    properties[PROP_STATE] =
        g_param_spec_enum ("state", NULL, NULL, POSTERN_TYPE_PUSH_STATE, POSTERN_PUSH_STATE_READING, flags);
    properties[PROP_RESULT] =
        g_param_spec_enum ("result", NULL, NULL, POSTERN_TYPE_PUSH_RESULT, POSTERN_PUSH_RESULT_WORKING, flags);
    properties[PROP_K] = g_param_spec_uint ("k", NULL, NULL, 0, G_MAXUINT, 1, flags);
    properties[PROP_N] = g_param_spec_uint ("n", NULL, NULL, 0, G_MAXUINT, 1, flags);
    properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
    properties[PROP_ANSWER] = g_param_spec_string ("answer", NULL, NULL, NULL, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_push_step_init (PosternPushStep *self)
{
}

PosternPushStep *
postern_push_step_new (PosternPushState state, PosternPushResult result, guint k, guint n, const char *text,
                       const char *answer)
{
    g_return_val_if_fail (text != NULL, NULL);
    return g_object_new (POSTERN_TYPE_PUSH_STEP, "state", state, "result", result, "k", k, "n", n, "text", text,
                         "answer", answer, NULL);
}

PosternPushState
postern_push_step_get_state (PosternPushStep *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_STEP (self), POSTERN_PUSH_STATE_READING);
    return self->state;
}

PosternPushResult
postern_push_step_get_result (PosternPushStep *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_STEP (self), POSTERN_PUSH_RESULT_WORKING);
    return self->result;
}

guint
postern_push_step_get_k (PosternPushStep *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_STEP (self), 0);
    return self->k;
}

guint
postern_push_step_get_n (PosternPushStep *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_STEP (self), 0);
    return self->n;
}

const char *
postern_push_step_get_text (PosternPushStep *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_STEP (self), NULL);
    return self->text;
}

const char *
postern_push_step_get_answer (PosternPushStep *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_STEP (self), NULL);
    return self->answer;
}
