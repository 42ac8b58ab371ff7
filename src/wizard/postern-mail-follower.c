/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-mail-follower.h"

#include "wizard/postern-worker.h"

/* Mail that was just sent is looked for: soon enough to seem live, seldom enough to cost nothing. */
#define PAUSE_MS 2000

struct _PosternMailFollower {
    GObject parent_instance;

    GPtrArray *entries; /* the newest last */
    PosternGateway *gateway;
    GCancellable *cancellable; /* while it follows */
    char *cursor;
    char *failure;
    gboolean gap;
    guint pause_id;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PosternMailFollower, postern_mail_follower, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

typedef enum {
    PROP_N_ITEMS = 1,
    PROP_FAILURE,
    PROP_GAP,
} PosternMailFollowerProperty;

static GParamSpec *properties[PROP_GAP + 1];

/* What a worker thread needs to ask once. */
typedef struct {
    PosternGateway *gateway;
    char *cursor;
} Question;

static void ask (PosternMailFollower *self);

static void
question_free (gpointer data)
{
    Question *question = data;

    g_object_unref (question->gateway);
    g_free (question->cursor);
    g_free (question);
}

static gpointer
read_log (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    Question *question = data;

    return postern_gateway_read_mail_log (question->gateway, question->cursor, cancellable, error);
}

static void
set_failure (PosternMailFollower *self, const char *failure)
{
    if (g_set_str (&self->failure, failure))
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAILURE]);
}

static void
set_gap (PosternMailFollower *self, gboolean gap)
{
    if (self->gap == gap)
        return;
    self->gap = gap;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GAP]);
}

/* The newest come first in the list; the oldest of too many go. */
static void
add (PosternMailFollower *self, GPtrArray *entries)
{
    guint n = MIN (entries->len, POSTERN_MAIL_FOLLOWER_MAX);
    guint kept = MIN (self->entries->len, POSTERN_MAIL_FOLLOWER_MAX - n);
    guint gone = self->entries->len - kept;

    if (n == 0)
        return;
    if (gone > 0) {
        g_ptr_array_remove_range (self->entries, 0, gone);
        g_list_model_items_changed (G_LIST_MODEL (self), kept, gone, 0);
    }
    for (guint i = entries->len - n; i < entries->len; i++)
        g_ptr_array_add (self->entries, g_object_ref (g_ptr_array_index (entries, i)));
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, n);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static gboolean
on_pause_cb (gpointer user_data)
{
    PosternMailFollower *self = user_data;

    self->pause_id = 0;
    ask (self);
    return G_SOURCE_REMOVE;
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    PosternMailFollower *self = POSTERN_MAIL_FOLLOWER (source);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternMailLog) log = postern_worker_run_finish (self, result, &error);

    if (self->cancellable == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_failure (self, error != NULL ? error->message : NULL);
    if (log != NULL) {
        set_gap (self, log->gap);
        g_set_str (&self->cursor, log->cursor);
        add (self, log->entries);
        if (log->more) {
            ask (self);
            return;
        }
    }
    /* One that does not tell at all will not tell later. */
    if (!g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_NOT_SUPPORTED))
        self->pause_id = g_timeout_add (PAUSE_MS, on_pause_cb, self);
}

static void
ask (PosternMailFollower *self)
{
    Question *question = g_new0 (Question, 1);

    question->gateway = g_object_ref (self->gateway);
    question->cursor = g_strdup (self->cursor);
    postern_worker_run_async (self, read_log, question, question_free, (GDestroyNotify)postern_mail_log_free, NULL,
                              self->cancellable, on_read_cb, NULL);
}

void
postern_mail_follower_start (PosternMailFollower *self, PosternGateway *gateway)
{
    g_return_if_fail (POSTERN_IS_MAIL_FOLLOWER (self));
    g_return_if_fail (POSTERN_IS_GATEWAY (gateway));
    postern_mail_follower_stop (self);
    g_set_object (&self->gateway, gateway);
    self->cancellable = g_cancellable_new ();
    ask (self);
}

void
postern_mail_follower_stop (PosternMailFollower *self)
{
    g_return_if_fail (POSTERN_IS_MAIL_FOLLOWER (self));
    g_clear_handle_id (&self->pause_id, g_source_remove);
    g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->cancellable);
}

static GType
get_item_type (GListModel *model)
{
    return POSTERN_TYPE_MAIL_LOG_ENTRY;
}

static guint
get_n_items (GListModel *model)
{
    return POSTERN_MAIL_FOLLOWER (model)->entries->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
    GPtrArray *entries = POSTERN_MAIL_FOLLOWER (model)->entries;

    return position < entries->len ? g_object_ref (g_ptr_array_index (entries, entries->len - 1 - position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
    iface->get_item_type = get_item_type;
    iface->get_n_items = get_n_items;
    iface->get_item = get_item;
}

static void
postern_mail_follower_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternMailFollower *self = POSTERN_MAIL_FOLLOWER (object);

    switch ((PosternMailFollowerProperty)id) {
    case PROP_N_ITEMS:
        g_value_set_uint (value, self->entries->len);
        break;
    case PROP_FAILURE:
        g_value_set_string (value, self->failure);
        break;
    case PROP_GAP:
        g_value_set_boolean (value, self->gap);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_mail_follower_dispose (GObject *object)
{
    PosternMailFollower *self = POSTERN_MAIL_FOLLOWER (object);

    postern_mail_follower_stop (self);
    g_clear_object (&self->gateway);
    G_OBJECT_CLASS (postern_mail_follower_parent_class)->dispose (object);
}

static void
postern_mail_follower_finalize (GObject *object)
{
    PosternMailFollower *self = POSTERN_MAIL_FOLLOWER (object);

    g_ptr_array_unref (self->entries);
    g_free (self->cursor);
    g_free (self->failure);
    G_OBJECT_CLASS (postern_mail_follower_parent_class)->finalize (object);
}

static void
postern_mail_follower_class_init (PosternMailFollowerClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_mail_follower_get_property;
    object_class->dispose = postern_mail_follower_dispose;
    object_class->finalize = postern_mail_follower_finalize;
    properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, read);
    properties[PROP_FAILURE] = g_param_spec_string ("failure", NULL, NULL, NULL, read);
    properties[PROP_GAP] = g_param_spec_boolean ("gap", NULL, NULL, FALSE, read);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_mail_follower_init (PosternMailFollower *self)
{
    self->entries = g_ptr_array_new_with_free_func (g_object_unref);
}

PosternMailFollower *
postern_mail_follower_new (void)
{
    return g_object_new (POSTERN_TYPE_MAIL_FOLLOWER, NULL);
}

const char *
postern_mail_follower_get_failure (PosternMailFollower *self)
{
    g_return_val_if_fail (POSTERN_IS_MAIL_FOLLOWER (self), NULL);
    return self->failure;
}
