/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-resolution.h"

#include <glib/gi18n-lib.h>

#include "probe/postern-dns.h"
#include "wizard/postern-worker.h"

/* How long nobody types before DNS is asked, in milliseconds. */
#define PAUSE 400
/* How many addresses are listed. */
#define MAX_SHOWN 6

struct _PosternResolution {
    GObject parent_instance;

    PosternRoute *route;
    GPtrArray *hops; /* of PosternNextHop; NULL without an answer */
    char *text;
    gboolean failed;
    gboolean busy;
    guint pause_id;
    GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (PosternResolution, postern_resolution, G_TYPE_OBJECT)

typedef enum {
    PROP_ROUTE = 1,
    PROP_BUSY,
    PROP_TEXT,
    PROP_FAILED,
} PosternResolutionProperty;

static GParamSpec *properties[PROP_FAILED + 1];

enum { RESOLVED, N_SIGNALS };

static guint signals[N_SIGNALS];

static gpointer
ask (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    PosternRoute *route = data;

    return postern_dns_next_hops (postern_route_get_host (route), postern_route_get_port (route),
                                  postern_route_get_mx (route), 0, cancellable, error);
}

static void
set_busy (PosternResolution *self, gboolean busy)
{
    if (self->busy == busy)
        return;
    self->busy = busy;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/*
 * @hops: (transfer full) (nullable); @text: (transfer full) (nullable)
 *
 * That DNS is or is not being asked, and what it said, is told as one: between the two there would be neither, and a
 * widget that shows them would vanish for that moment, with the keyboard focus on it.
 */
static void
set_state (PosternResolution *self, gboolean busy, GPtrArray *hops, char *text, gboolean failed)
{
    g_object_freeze_notify (G_OBJECT (self));
    set_busy (self, busy);
    g_clear_pointer (&self->hops, g_ptr_array_unref);
    self->hops = hops;
    if (g_set_str (&self->text, text))
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
    g_free (text);
    if (self->failed != failed) {
        self->failed = failed;
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAILED]);
    }
    g_object_thaw_notify (G_OBJECT (self));
    g_signal_emit (self, signals[RESOLVED], 0);
}

/* One address a line; with MX look-up the host that has it as well. */
static char *
list_hops (PosternResolution *self, GPtrArray *hops)
{
    g_autoptr (GString) text = g_string_new (NULL);

    for (guint i = 0; i < MIN (hops->len, MAX_SHOWN); i++) {
        PosternNextHop *hop = hops->pdata[i];
        g_autofree char *address = g_inet_address_to_string (postern_next_hop_get_address (hop));

        g_string_append (text, i > 0 ? "\n" : "");
        if (postern_route_get_mx (self->route))
            /* Translators: a server that an MX record names: its name and its address. */
            g_string_append_printf (text, C_ ("mail server", "%1$s, %2$s"), postern_next_hop_get_host (hop), address);
        else
            g_string_append (text, address);
    }
    if (hops->len > MAX_SHOWN) {
        g_autofree char *rest =
            g_strdup_printf (ngettext ("and %u other", "and %u others", hops->len - MAX_SHOWN), hops->len - MAX_SHOWN);

        g_string_append_printf (text, "\n%s", rest);
    }
    return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
answered_cb (GObject *object, GAsyncResult *result, gpointer data)
{
    PosternResolution *self = POSTERN_RESOLUTION (object);
    g_autoptr (GError) error = NULL;
    GPtrArray *hops = postern_worker_run_finish (self, result, &error);

    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    g_clear_object (&self->cancellable);
    if (hops != NULL)
        set_state (self, FALSE, hops, list_hops (self, hops), FALSE);
    else
        set_state (self, FALSE, NULL, g_strdup (error->message), TRUE);
}

static gboolean
pause_cb (gpointer data)
{
    PosternResolution *self = data;

    self->pause_id = 0;
    self->cancellable = g_cancellable_new ();
    postern_worker_run_async (self, ask, postern_route_ref (self->route), (GDestroyNotify)postern_route_unref,
                              (GDestroyNotify)g_ptr_array_unref, NULL, self->cancellable, answered_cb, NULL);
    return G_SOURCE_REMOVE;
}

static void
postern_resolution_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternResolution *self = POSTERN_RESOLUTION (object);

    switch ((PosternResolutionProperty)id) {
    case PROP_ROUTE:
        g_value_set_boxed (value, self->route);
        break;
    case PROP_BUSY:
        g_value_set_boolean (value, self->busy);
        break;
    case PROP_TEXT:
        g_value_set_string (value, self->text);
        break;
    case PROP_FAILED:
        g_value_set_boolean (value, self->failed);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_resolution_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    switch ((PosternResolutionProperty)id) {
    case PROP_ROUTE:
        postern_resolution_set_route (POSTERN_RESOLUTION (object), g_value_get_boxed (value));
        break;
    case PROP_BUSY:
    case PROP_TEXT:
    case PROP_FAILED:
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_resolution_dispose (GObject *object)
{
    postern_resolution_stop (POSTERN_RESOLUTION (object));
    G_OBJECT_CLASS (postern_resolution_parent_class)->dispose (object);
}

static void
postern_resolution_finalize (GObject *object)
{
    PosternResolution *self = POSTERN_RESOLUTION (object);

    g_clear_pointer (&self->route, postern_route_unref);
    g_clear_pointer (&self->hops, g_ptr_array_unref);
    g_free (self->text);
    G_OBJECT_CLASS (postern_resolution_parent_class)->finalize (object);
}

static void
postern_resolution_class_init (PosternResolutionClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_resolution_get_property;
    object_class->set_property = postern_resolution_set_property;
    object_class->dispose = postern_resolution_dispose;
    object_class->finalize = postern_resolution_finalize;

    properties[PROP_ROUTE] = g_param_spec_boxed ("route", NULL, NULL, POSTERN_TYPE_ROUTE, G_PARAM_READWRITE | flags);
    properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
    properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READABLE | flags);
    properties[PROP_FAILED] = g_param_spec_boolean ("failed", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    signals[RESOLVED] =
        g_signal_new ("resolved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
postern_resolution_init (PosternResolution *self)
{
}

PosternResolution *
postern_resolution_new (void)
{
    return g_object_new (POSTERN_TYPE_RESOLUTION, NULL);
}

/* Another port is the same question to DNS, but the last answer is not asked for so often that it would matter. */
void
postern_resolution_set_route (PosternResolution *self, PosternRoute *route)
{
    gboolean ask_dns;

    g_return_if_fail (POSTERN_IS_RESOLUTION (self));

    if (postern_route_equal (self->route, route))
        return;
    g_object_freeze_notify (G_OBJECT (self));
    postern_resolution_stop (self);
    g_clear_pointer (&self->route, postern_route_unref);
    self->route = route != NULL ? postern_route_ref (route) : NULL;
    ask_dns = route != NULL && postern_route_get_address (route) == NULL;
    set_state (self, ask_dns, NULL, NULL, FALSE);
    if (ask_dns)
        self->pause_id = g_timeout_add (PAUSE, pause_cb, self);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROUTE]);
    g_object_thaw_notify (G_OBJECT (self));
}

gboolean
postern_resolution_get_busy (PosternResolution *self)
{
    g_return_val_if_fail (POSTERN_IS_RESOLUTION (self), FALSE);
    return self->busy;
}

const char *
postern_resolution_get_text (PosternResolution *self)
{
    g_return_val_if_fail (POSTERN_IS_RESOLUTION (self), NULL);
    return self->text;
}

PosternNetwork *
postern_resolution_find_trusted (PosternResolution *self, PosternPlan *plan, GInetAddress **address)
{
    g_return_val_if_fail (POSTERN_IS_RESOLUTION (self), NULL);
    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);

    for (guint i = 0; self->hops != NULL && i < self->hops->len; i++) {
        PosternNetwork *network;

        *address = postern_next_hop_get_address (self->hops->pdata[i]);
        network = postern_plan_find_trusted_network (plan, *address);
        if (network != NULL)
            return network;
    }
    return NULL;
}

void
postern_resolution_stop (PosternResolution *self)
{
    g_return_if_fail (POSTERN_IS_RESOLUTION (self));

    g_clear_handle_id (&self->pause_id, g_source_remove);
    if (self->cancellable != NULL)
        g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->cancellable);
    set_busy (self, FALSE);
}
