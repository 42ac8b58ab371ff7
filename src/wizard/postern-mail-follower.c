/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-mail-follower.h"

/* Mail that was just sent is looked for: soon enough to seem live, seldom enough to cost nothing. */
#define PAUSE_MS 2000

struct _PosternMailFollower {
    PosternWorkModel parent_instance; /* the newest first */

    PosternGateway *gateway;
    char *cursor;
    char *failure;
    gboolean gap;
};

G_DEFINE_FINAL_TYPE (PosternMailFollower, postern_mail_follower, POSTERN_TYPE_WORK_MODEL)

typedef enum {
    PROP_FAILURE = 1,
    PROP_GAP,
} PosternMailFollowerProperty;

static GParamSpec *properties[PROP_GAP + 1];

/* What a worker thread needs to ask once. */
typedef struct {
    PosternGateway *gateway;
    char *cursor;
} Question;

static void ask (gpointer model);

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
    PosternWorkModel *model = POSTERN_WORK_MODEL (self);
    GPtrArray *items = postern_work_model_get_items (model);
    guint n = MIN (entries->len, POSTERN_MAIL_FOLLOWER_MAX);
    guint kept = MIN (items->len, POSTERN_MAIL_FOLLOWER_MAX - n);
    guint gone = items->len - kept;

    if (gone > 0)
        g_ptr_array_remove_range (items, kept, gone);
    postern_work_model_items_changed (model, kept, gone, 0);
    for (guint i = entries->len - n; i < entries->len; i++)
        g_ptr_array_insert (items, 0, g_object_ref (g_ptr_array_index (entries, i)));
    postern_work_model_items_changed (model, 0, 0, n);
}

static void
done (gpointer model, gpointer result, const GError *error)
{
    PosternMailFollower *self = POSTERN_MAIL_FOLLOWER (model);
    g_autoptr (PosternMailLog) log = result;

    set_failure (self, error != NULL ? error->message : NULL);
    if (log != NULL) {
        set_gap (self, log->gap);
        g_set_str (&self->cursor, log->cursor);
        add (self, log->entries);
    }
    if (log != NULL && log->more)
        ask (self);
    /* One that does not tell at all will not tell later. */
    else if (!g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_NOT_SUPPORTED))
        postern_work_model_start_later (model, PAUSE_MS, ask);
}

static void
ask (gpointer model)
{
    static const PosternWorkJob reading = {
        .work = read_log,
        .data_free = question_free,
        .result_free = (GDestroyNotify)postern_mail_log_free,
        .done = done,
    };
    PosternMailFollower *self = POSTERN_MAIL_FOLLOWER (model);
    Question *question = g_new0 (Question, 1);

    question->gateway = g_object_ref (self->gateway);
    question->cursor = g_strdup (self->cursor);
    postern_work_model_start (model, &reading, question, NULL);
}

void
postern_mail_follower_start (PosternMailFollower *self, PosternGateway *gateway)
{
    g_return_if_fail (POSTERN_IS_MAIL_FOLLOWER (self));
    g_return_if_fail (POSTERN_IS_GATEWAY (gateway));
    g_set_object (&self->gateway, gateway);
    ask (self);
}

void
postern_mail_follower_stop (PosternMailFollower *self)
{
    g_return_if_fail (POSTERN_IS_MAIL_FOLLOWER (self));
    postern_work_model_stop (POSTERN_WORK_MODEL (self));
}

static void
postern_mail_follower_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternMailFollower *self = POSTERN_MAIL_FOLLOWER (object);

    switch ((PosternMailFollowerProperty)id) {
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
    g_clear_object (&POSTERN_MAIL_FOLLOWER (object)->gateway);
    G_OBJECT_CLASS (postern_mail_follower_parent_class)->dispose (object);
}

static void
postern_mail_follower_finalize (GObject *object)
{
    PosternMailFollower *self = POSTERN_MAIL_FOLLOWER (object);

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
    POSTERN_WORK_MODEL_CLASS (klass)->item_type = POSTERN_TYPE_MAIL_LOG_ENTRY;
    properties[PROP_FAILURE] = g_param_spec_string ("failure", NULL, NULL, NULL, read);
    properties[PROP_GAP] = g_param_spec_boolean ("gap", NULL, NULL, FALSE, read);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_mail_follower_init (PosternMailFollower *self)
{
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
