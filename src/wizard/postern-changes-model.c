/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-changes-model.h"

/* How long a plan rests before it is compared, in milliseconds. */
#define PAUSE 150

struct _PosternChangesModel {
    PosternWorkModel parent_instance; /* of groups */

    PosternSession *session;
    GPtrArray *changes; /* NULL before the first comparison */
};

typedef struct {
    PosternPlan *from; /* nobody changes what was read: no copy needed */
    PosternPlan *to;
} Pair;

G_DEFINE_FINAL_TYPE (PosternChangesModel, postern_changes_model, POSTERN_TYPE_WORK_MODEL)

typedef enum {
    PROP_SESSION = 1,
    PROP_N_CHANGES,
    PROP_SETTLED,
} PosternChangesModelProperty;

static GParamSpec *properties[PROP_SETTLED + 1];

static void
pair_free (gpointer data)
{
    Pair *pair = data;

    g_clear_object (&pair->from);
    g_clear_object (&pair->to);
    g_free (pair);
}

static gpointer
compare (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    Pair *pair = data;

    return postern_plan_compare (pair->from, pair->to);
}

static void
done (gpointer model, gpointer result, const GError *error)
{
    PosternChangesModel *self = POSTERN_CHANGES_MODEL (model);

    g_clear_pointer (&self->changes, g_ptr_array_unref);
    self->changes = result;
    postern_work_model_take_items (model, postern_change_group_split (self->changes));
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CHANGES]);
}

static void
begin (gpointer model)
{
    static const PosternWorkJob comparing = {
        .work = compare, .data_free = pair_free, .result_free = (GDestroyNotify)g_ptr_array_unref, .done = done
    };
    PosternChangesModel *self = POSTERN_CHANGES_MODEL (model);
    PosternPlan *plan = postern_session_get_plan (self->session);
    PosternPlan *configuration = postern_session_get_configuration (self->session);
    PosternGateway *gateway = postern_session_get_gateway (self->session);
    Pair *pair = g_new0 (Pair, 1);

    pair->from = configuration == NULL ? postern_plan_new () : g_object_ref (configuration);
    /* What this gateway cannot have is told as a finding, and will not change. */
    pair->to = gateway != NULL ? postern_gateway_express (gateway, plan) : postern_plan_copy (plan);
    postern_work_model_start (model, &comparing, pair, NULL);
}

static void
start (PosternChangesModel *self)
{
    postern_work_model_start_later (POSTERN_WORK_MODEL (self), PAUSE, begin);
}

static void
on_running_changed_cb (PosternChangesModel *self)
{
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTLED]);
}

static void
postern_changes_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternChangesModel *self = POSTERN_CHANGES_MODEL (object);

    switch ((PosternChangesModelProperty)id) {
    case PROP_SESSION:
        g_value_set_object (value, self->session);
        break;
    case PROP_N_CHANGES:
        g_value_set_uint (value, self->changes == NULL ? 0 : self->changes->len);
        break;
    case PROP_SETTLED:
        g_value_set_boolean (value, postern_changes_model_get_settled (self));
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_changes_model_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    if (id == PROP_SESSION)
        postern_changes_model_set_session (POSTERN_CHANGES_MODEL (object), g_value_get_object (value));
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
postern_changes_model_dispose (GObject *object)
{
    g_clear_object (&POSTERN_CHANGES_MODEL (object)->session);
    G_OBJECT_CLASS (postern_changes_model_parent_class)->dispose (object);
}

static void
postern_changes_model_finalize (GObject *object)
{
    g_clear_pointer (&POSTERN_CHANGES_MODEL (object)->changes, g_ptr_array_unref);
    G_OBJECT_CLASS (postern_changes_model_parent_class)->finalize (object);
}

static void
postern_changes_model_class_init (PosternChangesModelClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_changes_model_get_property;
    object_class->set_property = postern_changes_model_set_property;
    object_class->dispose = postern_changes_model_dispose;
    object_class->finalize = postern_changes_model_finalize;
    POSTERN_WORK_MODEL_CLASS (klass)->item_type = POSTERN_TYPE_CHANGE_GROUP;

    properties[PROP_SESSION] =
        g_param_spec_object ("session", NULL, NULL, POSTERN_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
    properties[PROP_N_CHANGES] = g_param_spec_uint ("n-changes", NULL, NULL, 0, G_MAXUINT, 0, read);
    properties[PROP_SETTLED] = g_param_spec_boolean ("settled", NULL, NULL, FALSE, read);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_changes_model_init (PosternChangesModel *self)
{
    g_signal_connect (self, "notify::running", G_CALLBACK (on_running_changed_cb), NULL);
}

void
postern_changes_model_set_session (PosternChangesModel *self, PosternSession *session)
{
    g_return_if_fail (POSTERN_IS_CHANGES_MODEL (self));
    g_return_if_fail (session == NULL || POSTERN_IS_SESSION (session));
    if (self->session == session || session == NULL)
        return;
    g_return_if_fail (self->session == NULL);
    self->session = g_object_ref (session);
    g_signal_connect_object (postern_session_get_plan (session), "changed", G_CALLBACK (start), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (session, "notify::configuration", G_CALLBACK (start), self, G_CONNECT_SWAPPED);
    start (self);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

GPtrArray *
postern_changes_model_get_changes (PosternChangesModel *self)
{
    g_return_val_if_fail (POSTERN_IS_CHANGES_MODEL (self), NULL);
    return self->changes;
}

gboolean
postern_changes_model_get_settled (PosternChangesModel *self)
{
    g_return_val_if_fail (POSTERN_IS_CHANGES_MODEL (self), FALSE);
    return self->changes != NULL && !postern_work_model_get_running (POSTERN_WORK_MODEL (self));
}
