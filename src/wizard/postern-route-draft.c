/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-route-draft.h"

#include "plan/postern-hostname.h"
#include "plan/postern-plan-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How long nobody types before what is wrong is said, in milliseconds. */
#define PAUSE 400

struct _PosternRouteDraft {
    GObject parent_instance;

    char *host;
    char *port;
    gboolean mx;
    gboolean mx_possible;
    PosternRoute *route;
    gboolean unfinished;
    char *host_error;
    char *port_error;
    guint pause_id;
    guint split_id;
};

G_DEFINE_FINAL_TYPE (PosternRouteDraft, postern_route_draft, G_TYPE_OBJECT)

typedef enum {
    PROP_HOST = 1,
    PROP_PORT,
    PROP_MX,
    PROP_MX_POSSIBLE,
    PROP_ROUTE,
    PROP_UNFINISHED,
    PROP_HOST_ERROR,
    PROP_PORT_ERROR,
} PosternRouteDraftProperty;

static GParamSpec *properties[PROP_PORT_ERROR + 1];

/* Whether @text, which is a route, names a port of its own. */
static gboolean
names_port (const char *text)
{
    g_autoptr (GInetAddress) address = postern_hostname_parse_address (text);
    const char *bracket = strrchr (text, ']');

    return address == NULL && strchr (bracket != NULL ? bracket : text, ':') != NULL;
}

static gboolean
parse_port (const char *text, guint *port, GError **error)
{
    g_autofree char *stripped = g_strstrip (g_strdup (text));
    guint64 value;

    if (!g_ascii_string_to_unsigned (stripped, 10, 1, G_MAXUINT16, &value, NULL)) {
        g_set_error_literal (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_INVALID_PORT,
                             _ ("A port is a number from 1 to 65535. Mail servers listen on port 25."));
        return FALSE;
    }
    *port = value;
    return TRUE;
}

/* Whether @text could become a host by typing on. Asks the parser itself, so that it cannot disagree with it. */
static gboolean
host_may_become_right (const char *text)
{
    static const char *const endings[] = { "a",  ".a",  "a.a",  "1",  ".1",   ".1.1", ".1.1.1",
                                           ":1", "::1", ":1:1", "1]", "::1]", "]",    ":1]" };
    gboolean only_numbers = strspn (text, "0123456789.") == strlen (text);

    for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
        g_autofree char *longer = g_strconcat (text, endings[i], NULL);
        g_autoptr (PosternRoute) route = postern_route_parse (longer, NULL);

        /* 10.0.0.300 could only become a name, and nobody who types four numbers means one. */
        if (route != NULL && (!only_numbers || postern_route_get_address (route) != NULL))
            return TRUE;
    }
    return FALSE;
}

static void
set_text (PosternRouteDraft *self, char **field, const char *text, PosternRouteDraftProperty property)
{
    if (g_set_str (field, text))
        g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
stop_pause (PosternRouteDraft *self)
{
    g_clear_handle_id (&self->pause_id, g_source_remove);
    g_clear_handle_id (&self->split_id, g_source_remove);
}

/* The route that the fields make. Without one, what is wrong with them. */
static PosternRoute *
make_route (PosternRouteDraft *self, gboolean *is_name, GError **host_error, GError **port_error)
{
    guint port = POSTERN_ROUTE_DEFAULT_PORT;
    g_autoptr (PosternRoute) parsed = postern_route_parse (self->host, host_error);
    gboolean port_is_good = parse_port (self->port, &port, port_error);

    *is_name = parsed != NULL && postern_route_get_address (parsed) == NULL;
    if (parsed == NULL)
        return NULL;
    if (names_port (self->host))
        port = postern_route_get_port (parsed);
    else if (!port_is_good)
        return NULL;
    return postern_route_new (postern_route_get_host (parsed), port, self->mx && *is_name, host_error);
}

static void
update_route (PosternRouteDraft *self)
{
    g_autoptr (GError) host_error = NULL;
    g_autoptr (GError) port_error = NULL;
    gboolean is_name = FALSE;
    g_autoptr (PosternRoute) route = make_route (self, &is_name, &host_error, &port_error);

    g_object_freeze_notify (G_OBJECT (self));
    if (host_error == NULL || *self->host == '\0')
        set_text (self, &self->host_error, NULL, PROP_HOST_ERROR);
    if (port_error == NULL || *self->port == '\0')
        set_text (self, &self->port_error, NULL, PROP_PORT_ERROR);
    if (self->mx_possible != is_name) {
        self->mx_possible = is_name;
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MX_POSSIBLE]);
    }
    if (self->unfinished != (route == NULL && *self->host != '\0')) {
        self->unfinished = !self->unfinished;
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNFINISHED]);
    }
    if (!postern_route_equal (self->route, route)) {
        g_clear_pointer (&self->route, postern_route_unref);
        self->route = g_steal_pointer (&route);
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROUTE]);
    }
    g_object_thaw_notify (G_OBJECT (self));
}

/* Says what is wrong; with @finished also what typing on could still mend. */
static void
judge (PosternRouteDraft *self, gboolean finished)
{
    g_autoptr (GError) host_error = NULL;
    g_autoptr (GError) port_error = NULL;
    gboolean is_name = FALSE;
    g_autoptr (PosternRoute) route = make_route (self, &is_name, &host_error, &port_error);

    if (host_error != NULL && *self->host != '\0' && (finished || !host_may_become_right (self->host)))
        set_text (self, &self->host_error, host_error->message, PROP_HOST_ERROR);
    if (port_error != NULL && *self->port != '\0')
        set_text (self, &self->port_error, port_error->message, PROP_PORT_ERROR);
}

static gboolean
pause_cb (gpointer data)
{
    PosternRouteDraft *self = data;

    self->pause_id = 0;
    judge (self, FALSE);
    return G_SOURCE_REMOVE;
}

static void
start_pause (PosternRouteDraft *self)
{
    g_clear_handle_id (&self->pause_id, g_source_remove);
    self->pause_id = g_timeout_add (PAUSE, pause_cb, self);
}

/* Puts the port that stands in the host's field into its own. */
static void
split_host (PosternRouteDraft *self)
{
    g_autoptr (PosternRoute) route = postern_route_parse (self->host, NULL);

    if (route == NULL)
        return;
    g_object_freeze_notify (G_OBJECT (self));
    if (names_port (self->host)) {
        g_autofree char *port = g_strdup_printf ("%u", postern_route_get_port (route));

        set_text (self, &self->port, port, PROP_PORT);
    }
    if (strpbrk (self->host, " \t\n[]:") != NULL) {
        g_autofree char *host = postern_hostname_to_display (postern_route_get_host (route));

        set_text (self, &self->host, host, PROP_HOST);
    }
    update_route (self);
    g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
split_cb (gpointer data)
{
    PosternRouteDraft *self = data;

    self->split_id = 0;
    split_host (self);
    return G_SOURCE_REMOVE;
}

static void
set_host (PosternRouteDraft *self, const char *text)
{
    glong before = g_utf8_strlen (self->host, -1);
    g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

    if (!g_set_str (&self->host, valid))
        return;
    g_object_freeze_notify (G_OBJECT (self));
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOST]);
    update_route (self);
    g_object_thaw_notify (G_OBJECT (self));
    /* More than one letter at once was not typed. A typed port is left alone: its next digit is still to come. This
     * waits for the main loop because a binding that is just bringing the text here would not take another one back. */
    if (g_utf8_strlen (valid, -1) > before + 1 && self->split_id == 0)
        self->split_id = g_idle_add (split_cb, self);
    start_pause (self);
}

static void
set_port (PosternRouteDraft *self, const char *text)
{
    if (!g_set_str (&self->port, text != NULL ? text : ""))
        return;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PORT]);
    update_route (self);
    start_pause (self);
}

static void
set_mx (PosternRouteDraft *self, gboolean mx)
{
    if (self->mx == mx)
        return;
    self->mx = mx;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MX]);
    update_route (self);
}

static void
postern_route_draft_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
    PosternRouteDraft *self = POSTERN_ROUTE_DRAFT (object);

    switch ((PosternRouteDraftProperty)property_id) {
    case PROP_HOST:
        g_value_set_string (value, self->host);
        break;
    case PROP_PORT:
        g_value_set_string (value, self->port);
        break;
    case PROP_MX:
        g_value_set_boolean (value, self->mx);
        break;
    case PROP_MX_POSSIBLE:
        g_value_set_boolean (value, self->mx_possible);
        break;
    case PROP_ROUTE:
        g_value_set_boxed (value, self->route);
        break;
    case PROP_UNFINISHED:
        g_value_set_boolean (value, self->unfinished);
        break;
    case PROP_HOST_ERROR:
        g_value_set_string (value, self->host_error);
        break;
    case PROP_PORT_ERROR:
        g_value_set_string (value, self->port_error);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
postern_route_draft_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
    PosternRouteDraft *self = POSTERN_ROUTE_DRAFT (object);

    switch ((PosternRouteDraftProperty)property_id) {
    case PROP_HOST:
        set_host (self, g_value_get_string (value));
        break;
    case PROP_PORT:
        set_port (self, g_value_get_string (value));
        break;
    case PROP_MX:
        set_mx (self, g_value_get_boolean (value));
        break;
    case PROP_ROUTE:
        postern_route_draft_set_route (self, g_value_get_boxed (value));
        break;
    case PROP_MX_POSSIBLE:
    case PROP_UNFINISHED:
    case PROP_HOST_ERROR:
    case PROP_PORT_ERROR:
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
postern_route_draft_dispose (GObject *object)
{
    stop_pause (POSTERN_ROUTE_DRAFT (object));
    G_OBJECT_CLASS (postern_route_draft_parent_class)->dispose (object);
}

static void
postern_route_draft_finalize (GObject *object)
{
    PosternRouteDraft *self = POSTERN_ROUTE_DRAFT (object);

    g_free (self->host);
    g_free (self->port);
    g_clear_pointer (&self->route, postern_route_unref);
    g_free (self->host_error);
    g_free (self->port_error);
    G_OBJECT_CLASS (postern_route_draft_parent_class)->finalize (object);
}

static void
postern_route_draft_class_init (PosternRouteDraftClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
    const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_route_draft_get_property;
    object_class->set_property = postern_route_draft_set_property;
    object_class->dispose = postern_route_draft_dispose;
    object_class->finalize = postern_route_draft_finalize;

    properties[PROP_HOST] = g_param_spec_string ("host", NULL, NULL, "", writable);
    properties[PROP_PORT] = g_param_spec_string ("port", NULL, NULL, "25", writable);
    properties[PROP_MX] = g_param_spec_boolean ("mx", NULL, NULL, FALSE, writable);
    properties[PROP_MX_POSSIBLE] = g_param_spec_boolean ("mx-possible", NULL, NULL, FALSE, readable);
    properties[PROP_ROUTE] = g_param_spec_boxed ("route", NULL, NULL, POSTERN_TYPE_ROUTE, writable);
    properties[PROP_UNFINISHED] = g_param_spec_boolean ("unfinished", NULL, NULL, FALSE, readable);
    properties[PROP_HOST_ERROR] = g_param_spec_string ("host-error", NULL, NULL, NULL, readable);
    properties[PROP_PORT_ERROR] = g_param_spec_string ("port-error", NULL, NULL, NULL, readable);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_route_draft_init (PosternRouteDraft *self)
{
    self->host = g_strdup ("");
    self->port = g_strdup_printf ("%d", POSTERN_ROUTE_DEFAULT_PORT);
}

PosternRouteDraft *
postern_route_draft_new (void)
{
    return g_object_new (POSTERN_TYPE_ROUTE_DRAFT, NULL);
}

PosternRoute *
postern_route_draft_get_route (PosternRouteDraft *self)
{
    g_return_val_if_fail (POSTERN_IS_ROUTE_DRAFT (self), NULL);
    return self->route;
}

void
postern_route_draft_set_route (PosternRouteDraft *self, PosternRoute *route)
{
    g_autofree char *host = NULL;
    g_autofree char *port = NULL;

    g_return_if_fail (POSTERN_IS_ROUTE_DRAFT (self));
    /* What the fields made themselves comes back through the binding: the text that is being typed stays as it is. */
    if (postern_route_equal (self->route, route))
        return;
    host = route != NULL ? postern_hostname_to_display (postern_route_get_host (route)) : g_strdup ("");
    port = g_strdup_printf ("%u", route != NULL ? postern_route_get_port (route) : POSTERN_ROUTE_DEFAULT_PORT);

    g_object_freeze_notify (G_OBJECT (self));
    set_text (self, &self->host, host, PROP_HOST);
    set_text (self, &self->port, port, PROP_PORT);
    set_mx (self, route != NULL && postern_route_get_mx (route));
    stop_pause (self);
    update_route (self);
    g_object_thaw_notify (G_OBJECT (self));
}

void
postern_route_draft_settle (PosternRouteDraft *self)
{
    g_return_if_fail (POSTERN_IS_ROUTE_DRAFT (self));

    stop_pause (self);
    g_object_freeze_notify (G_OBJECT (self));
    split_host (self);
    if (*self->port == '\0')
        set_port (self, G_STRINGIFY (POSTERN_ROUTE_DEFAULT_PORT));
    judge (self, TRUE);
    stop_pause (self);
    g_object_thaw_notify (G_OBJECT (self));
}
