/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-changes-model.h"

#include "wizard/postern-worker.h"

/* How long a plan rests before it is compared, in milliseconds. */
#define PAUSE 150

struct _PosternChangesModel {
    GObject parent_instance;

    PosternSession *session;
    GPtrArray *changes;
    GPtrArray *groups;
    GCancellable *cancellable; /* of the comparison that is under way */
    guint pause_id;
    gboolean settled;
};

typedef struct {
    PosternPlan *from; /* nobody changes what was read: no copy needed */
    PosternPlan *to;
} Pair;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PosternChangesModel, postern_changes_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

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
set_settled (PosternChangesModel *self, gboolean settled)
{
    if (self->settled == settled)
        return;
    self->settled = settled;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTLED]);
}

static void
on_compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    PosternChangesModel *self = POSTERN_CHANGES_MODEL (source);
    GPtrArray *changes = postern_worker_run_finish (self, result, NULL);
    guint before = self->groups->len;

    /* Without a result it was cancelled, because the plan has changed again. */
    if (changes == NULL)
        return;
    g_clear_object (&self->cancellable);
    g_clear_pointer (&self->changes, g_ptr_array_unref);
    self->changes = changes;
    g_ptr_array_unref (self->groups);
    self->groups = postern_change_group_split (changes);
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->groups->len);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CHANGES]);
    set_settled (self, TRUE);
}

static gboolean
on_pause_cb (gpointer user_data)
{
    PosternChangesModel *self = user_data;
    PosternPlan *plan = postern_session_get_plan (self->session);
    PosternPlan *configuration = postern_session_get_configuration (self->session);
    PosternGateway *gateway = postern_session_get_gateway (self->session);
    Pair *pair = g_new0 (Pair, 1);

    self->pause_id = 0;
    pair->from = configuration == NULL ? postern_plan_new () : g_object_ref (configuration);
    /* What this gateway cannot have is told as a finding, and will not change. */
    pair->to = gateway != NULL ? postern_gateway_express (gateway, plan) : postern_plan_copy (plan);
    self->cancellable = g_cancellable_new ();
    postern_worker_run_async (self, compare, pair, pair_free, (GDestroyNotify)g_ptr_array_unref, NULL,
                              self->cancellable, on_compared_cb, NULL);
    return G_SOURCE_REMOVE;
}

static void
stop (PosternChangesModel *self)
{
    g_clear_handle_id (&self->pause_id, g_source_remove);
    if (self->cancellable != NULL)
        g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->cancellable);
}

static void
start (PosternChangesModel *self)
{
    stop (self);
    set_settled (self, FALSE);
    self->pause_id = g_timeout_add (PAUSE, on_pause_cb, self);
}

static GType
get_item_type (GListModel *model)
{
    return POSTERN_TYPE_CHANGE_GROUP;
}

static guint
get_n_items (GListModel *model)
{
    return POSTERN_CHANGES_MODEL (model)->groups->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
    PosternChangesModel *self = POSTERN_CHANGES_MODEL (model);

    return position < self->groups->len ? g_object_ref (g_ptr_array_index (self->groups, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
    iface->get_item_type = get_item_type;
    iface->get_n_items = get_n_items;
    iface->get_item = get_item;
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
        g_value_set_boolean (value, self->settled);
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
    PosternChangesModel *self = POSTERN_CHANGES_MODEL (object);

    stop (self);
    g_clear_object (&self->session);
    G_OBJECT_CLASS (postern_changes_model_parent_class)->dispose (object);
}

static void
postern_changes_model_finalize (GObject *object)
{
    PosternChangesModel *self = POSTERN_CHANGES_MODEL (object);

    g_clear_pointer (&self->changes, g_ptr_array_unref);
    g_ptr_array_unref (self->groups);
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
    self->groups = g_ptr_array_new_with_free_func (g_object_unref);
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
    return self->settled;
}
