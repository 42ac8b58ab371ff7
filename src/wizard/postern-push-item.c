/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-push-item.h"

#include <glib/gi18n-lib.h>

struct _PosternPushItem {
    GObject parent_instance;

    PosternPushState state;
    PosternPushStatus status;
    char *detail;
    gint64 begun; /* in microseconds of the monotonic clock; 0 before that */
    char *duration;
};

G_DEFINE_ENUM_TYPE (PosternPushStatus, postern_push_status,
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_STATUS_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_STATUS_WORKING, "working"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_STATUS_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_STATUS_FAILED, "failed"))

G_DEFINE_FINAL_TYPE (PosternPushItem, postern_push_item, G_TYPE_OBJECT)

typedef enum {
    PROP_TITLE = 1,
    PROP_STATUS,
    PROP_DETAIL,
    PROP_DURATION,
} PosternPushItemProperty;

static GParamSpec *properties[PROP_DURATION + 1];

const char *
postern_push_status_get_title (PosternPushStatus status)
{
    switch (status) {
    case POSTERN_PUSH_STATUS_WORKING:
        return C_ ("push", "Working");
    case POSTERN_PUSH_STATUS_DONE:
        return C_ ("push", "Done");
    case POSTERN_PUSH_STATUS_FAILED:
        return C_ ("push", "Failed");
    case POSTERN_PUSH_STATUS_WAITING:
    default:
        return C_ ("push", "Waiting");
    }
}

static void
postern_push_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternPushItem *self = POSTERN_PUSH_ITEM (object);

    switch ((PosternPushItemProperty)id) {
    case PROP_TITLE:
        g_value_set_string (value, postern_push_item_get_title (self));
        break;
    case PROP_STATUS:
        g_value_set_enum (value, self->status);
        break;
    case PROP_DETAIL:
        g_value_set_string (value, self->detail);
        break;
    case PROP_DURATION:
        g_value_set_string (value, self->duration);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_push_item_finalize (GObject *object)
{
    g_free (POSTERN_PUSH_ITEM (object)->detail);
    g_free (POSTERN_PUSH_ITEM (object)->duration);
    G_OBJECT_CLASS (postern_push_item_parent_class)->finalize (object);
}

static void
postern_push_item_class_init (PosternPushItemClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_push_item_get_property;
    object_class->finalize = postern_push_item_finalize;
    properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, read);
    properties[PROP_STATUS] =
        g_param_spec_enum ("status", NULL, NULL, POSTERN_TYPE_PUSH_STATUS, POSTERN_PUSH_STATUS_WAITING, read);
    properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, read);
    properties[PROP_DURATION] = g_param_spec_string ("duration", NULL, NULL, NULL, read);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_push_item_init (PosternPushItem *self)
{
}

PosternPushItem *
postern_push_item_new (PosternPushState state)
{
    PosternPushItem *self = g_object_new (POSTERN_TYPE_PUSH_ITEM, NULL);

    self->state = state;
    return self;
}

PosternPushState
postern_push_item_get_state (PosternPushItem *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_ITEM (self), POSTERN_PUSH_STATE_READING);
    return self->state;
}

const char *
postern_push_item_get_title (PosternPushItem *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_ITEM (self), NULL);
    switch (self->state) {
    case POSTERN_PUSH_STATE_READING:
        return _ ("Read what the gateway has");
    case POSTERN_PUSH_STATE_COMPARING:
        return _ ("Compare it with the plan");
    case POSTERN_PUSH_STATE_WRITING:
        return _ ("Write the plan to the gateway");
    case POSTERN_PUSH_STATE_READING_BACK:
        return _ ("Read it back");
    case POSTERN_PUSH_STATE_UNDOING:
    case POSTERN_PUSH_STATE_UNDONE:
        return _ ("Undo the changes");
    case POSTERN_PUSH_STATE_DONE:
        return _ ("The gateway is set up");
    case POSTERN_PUSH_STATE_STUCK:
    default:
        return _ ("The gateway is between the two");
    }
}

PosternPushStatus
postern_push_item_get_status (PosternPushItem *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_ITEM (self), POSTERN_PUSH_STATUS_WAITING);
    return self->status;
}

const char *
postern_push_item_get_detail (PosternPushItem *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_ITEM (self), NULL);
    return self->detail;
}

/* As a person experiences it: from when it was said to begin until it was said to be over. */
static void
take_time (PosternPushItem *self, PosternPushStatus status)
{
    const gboolean over = status == POSTERN_PUSH_STATUS_DONE || status == POSTERN_PUSH_STATUS_FAILED;
    g_autofree char *duration = NULL;

    if (self->begun == 0)
        self->begun = g_get_monotonic_time ();
    if (over)
        /* Translators: how long a step took, in seconds. */
        duration = g_strdup_printf (C_ ("duration", "%.1f s"),
                                    (double)(g_get_monotonic_time () - self->begun) / G_USEC_PER_SEC);
    if (g_set_str (&self->duration, duration))
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DURATION]);
}

static PosternPushStatus
status_of (PosternPushStep *step)
{
    gboolean last = postern_push_step_get_k (step) >= postern_push_step_get_n (step);

    switch (postern_push_step_get_result (step)) {
    case POSTERN_PUSH_RESULT_FAILED:
        return POSTERN_PUSH_STATUS_FAILED;
    case POSTERN_PUSH_RESULT_DONE:
        return last ? POSTERN_PUSH_STATUS_DONE : POSTERN_PUSH_STATUS_WORKING;
    case POSTERN_PUSH_RESULT_WORKING:
    default:
        return POSTERN_PUSH_STATUS_WORKING;
    }
}

void
postern_push_item_take (PosternPushItem *self, PosternPushStep *step)
{
    const char *answer;
    g_autofree char *detail = NULL;

    g_return_if_fail (POSTERN_IS_PUSH_ITEM (self));
    g_return_if_fail (POSTERN_IS_PUSH_STEP (step));
    answer = postern_push_step_get_answer (step);
    if (answer == NULL)
        answer = postern_push_step_get_text (step);
    if (postern_push_step_get_n (step) > 1)
        /* Translators: the number of a step, how many there are, and what is done or was answered. */
        detail = g_strdup_printf (_ ("%u of %u: %s"), postern_push_step_get_k (step), postern_push_step_get_n (step),
                                  answer);
    if (g_set_str (&self->detail, detail != NULL ? detail : answer))
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
    take_time (self, status_of (step));
    if (self->status == status_of (step))
        return;
    self->status = status_of (step);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}
