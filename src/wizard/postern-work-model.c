/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-work-model.h"

typedef struct {
    GPtrArray *items;
    GCancellable *cancellable; /* of the job that is under way; says which one it is as well */
    guint pause_id;
    void (*start) (gpointer self); /* at the end of the pause */
    gboolean running;
} PosternWorkModelPrivate;

/* One run of a job. */
typedef struct {
    const PosternWorkJob *job;
    GCancellable *cancellable;
} Run;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (PosternWorkModel, postern_work_model, G_TYPE_OBJECT,
                                  G_ADD_PRIVATE (PosternWorkModel)
                                      G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

typedef enum {
    PROP_N_ITEMS = 1,
    PROP_RUNNING,
} PosternWorkModelProperty;

static GParamSpec *properties[PROP_RUNNING + 1];

static PosternWorkModelPrivate *
private_of (gpointer self)
{
    return postern_work_model_get_instance_private (self);
}

/*
 * The job
 */

static void
set_running (PosternWorkModel *self, gboolean running)
{
    PosternWorkModelPrivate *priv = private_of (self);

    if (priv->running == running)
        return;
    priv->running = running;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static gboolean
is_begun (PosternWorkModel *self)
{
    return private_of (self)->cancellable != NULL || private_of (self)->pause_id != 0;
}

/* What is under way counts no more. */
static void
forget (PosternWorkModel *self)
{
    PosternWorkModelPrivate *priv = private_of (self);

    g_clear_handle_id (&priv->pause_id, g_source_remove);
    g_cancellable_cancel (priv->cancellable);
    g_clear_object (&priv->cancellable);
}

static void
run_free (Run *run)
{
    g_object_unref (run->cancellable);
    g_free (run);
}

static void
on_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    PosternWorkModel *self = POSTERN_WORK_MODEL (source);
    PosternWorkModelPrivate *priv = private_of (self);
    Run *run = user_data;
    g_autoptr (GError) error = NULL;
    gpointer found = postern_worker_run_finish (self, result, &error);

    if (run->cancellable == priv->cancellable) {
        g_clear_object (&priv->cancellable);
        run->job->done (self, found, error);
        set_running (self, is_begun (self));
    } else if (found != NULL && run->job->result_free != NULL) {
        run->job->result_free (found);
    }
    run_free (run);
}

void
postern_work_model_start (PosternWorkModel *self, const PosternWorkJob *job, gpointer data, GCancellable *cancellable)
{
    PosternWorkModelPrivate *priv;
    Run *run;

    g_return_if_fail (POSTERN_IS_WORK_MODEL (self));

    priv = private_of (self);
    forget (self);
    priv->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
    run = g_new0 (Run, 1);
    run->job = job;
    run->cancellable = g_object_ref (priv->cancellable);
    set_running (self, TRUE);
    postern_worker_run_async (self, job->work, data, job->data_free, job->result_free, job->progress, priv->cancellable,
                              on_ended_cb, run);
}

static gboolean
on_pause_cb (gpointer user_data)
{
    PosternWorkModel *self = user_data;

    private_of (self)->pause_id = 0;
    private_of (self)->start (self);
    set_running (self, is_begun (self));
    return G_SOURCE_REMOVE;
}

void
postern_work_model_start_later (PosternWorkModel *self, guint milliseconds, void (*start) (gpointer self))
{
    g_return_if_fail (POSTERN_IS_WORK_MODEL (self));

    forget (self);
    private_of (self)->start = start;
    private_of (self)->pause_id = g_timeout_add (milliseconds, on_pause_cb, self);
    set_running (self, TRUE);
}

void
postern_work_model_cancel (PosternWorkModel *self)
{
    g_return_if_fail (POSTERN_IS_WORK_MODEL (self));
    g_cancellable_cancel (private_of (self)->cancellable);
}

void
postern_work_model_stop (PosternWorkModel *self)
{
    g_return_if_fail (POSTERN_IS_WORK_MODEL (self));
    forget (self);
    set_running (self, FALSE);
}

gboolean
postern_work_model_get_running (PosternWorkModel *self)
{
    g_return_val_if_fail (POSTERN_IS_WORK_MODEL (self), FALSE);
    return private_of (self)->running;
}

/*
 * The list
 */

GPtrArray *
postern_work_model_get_items (PosternWorkModel *self)
{
    g_return_val_if_fail (POSTERN_IS_WORK_MODEL (self), NULL);
    return private_of (self)->items;
}

void
postern_work_model_take_items (PosternWorkModel *self, GPtrArray *items)
{
    PosternWorkModelPrivate *priv;
    guint before;

    g_return_if_fail (POSTERN_IS_WORK_MODEL (self));

    priv = private_of (self);
    before = priv->items->len;
    g_ptr_array_unref (priv->items);
    priv->items = items;
    postern_work_model_items_changed (self, 0, before, items->len);
}

void
postern_work_model_items_changed (PosternWorkModel *self, guint position, guint removed, guint added)
{
    g_return_if_fail (POSTERN_IS_WORK_MODEL (self));

    if (removed == 0 && added == 0)
        return;
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
    if (removed != added)
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static GType
get_item_type (GListModel *model)
{
    return POSTERN_WORK_MODEL_GET_CLASS (model)->item_type;
}

static guint
get_n_items (GListModel *model)
{
    return private_of (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
    GPtrArray *items = private_of (model)->items;

    return position < items->len ? g_object_ref (g_ptr_array_index (items, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
    iface->get_item_type = get_item_type;
    iface->get_n_items = get_n_items;
    iface->get_item = get_item;
}

static void
postern_work_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    switch ((PosternWorkModelProperty)id) {
    case PROP_N_ITEMS:
        g_value_set_uint (value, private_of (object)->items->len);
        break;
    case PROP_RUNNING:
        g_value_set_boolean (value, private_of (object)->running);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_work_model_dispose (GObject *object)
{
    forget (POSTERN_WORK_MODEL (object));
    G_OBJECT_CLASS (postern_work_model_parent_class)->dispose (object);
}

static void
postern_work_model_finalize (GObject *object)
{
    g_ptr_array_unref (private_of (object)->items);
    G_OBJECT_CLASS (postern_work_model_parent_class)->finalize (object);
}

static void
postern_work_model_class_init (PosternWorkModelClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags read = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_work_model_get_property;
    object_class->dispose = postern_work_model_dispose;
    object_class->finalize = postern_work_model_finalize;
    klass->item_type = G_TYPE_OBJECT;
    properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, read);
    properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, read);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_work_model_init (PosternWorkModel *self)
{
    private_of (self)->items = g_ptr_array_new_with_free_func (g_object_unref);
}
