/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-connector.h"

#include <string.h>
#include "wizard/postern-connection.h"
#include "wizard/postern-worker.h"

/* How long a text rests before it is judged, in milliseconds. */
#define PAUSE 400

struct _PosternConnector {
    GObject parent_instance;

    PosternSession *session; /* NULL until it is set */
    char *address_text;
    char *user;
    char *token;
    char *pin; /* that the connection was asked for with */
    PosternGatewayKind kind;
    gboolean is_kind_found; /* it was not chosen, and goes with the address */
    PosternConnectorState state;
    char *address_error;
    char *failure;
    GCancellable *cancellable;
    guint pause_id;
};

G_DEFINE_ENUM_TYPE (PosternConnectorState, postern_connector_state,
                    G_DEFINE_ENUM_VALUE (POSTERN_CONNECTOR_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (POSTERN_CONNECTOR_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (POSTERN_CONNECTOR_ASKING, "asking"),
                    G_DEFINE_ENUM_VALUE (POSTERN_CONNECTOR_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (POSTERN_CONNECTOR_CONNECTED, "connected"))

G_DEFINE_FINAL_TYPE (PosternConnector, postern_connector, G_TYPE_OBJECT)

typedef enum {
    PROP_ADDRESS_TEXT = 1,
    PROP_USER,
    PROP_TOKEN,
    PROP_KIND,
    PROP_STATE,
    PROP_ADDRESS_ERROR,
    PROP_FAILURE,
} PosternConnectorProperty;

static GParamSpec *properties[PROP_FAILURE + 1];

enum { CERTIFICATE, N_SIGNALS };

static guint signals[N_SIGNALS];

/* What the job needs, and what it may take from here: nothing that a person goes on editing. */
typedef struct {
    PosternGatewayAddress *address;
    char *pin;
    char *user;
    char *token;
} Request;

/* A secret stays in memory no longer than it is needed. */
static void
wipe (char *secret)
{
    if (secret != NULL)
        explicit_bzero (secret, strlen (secret));
    g_free (secret);
}

static void
request_free (gpointer data)
{
    Request *request = data;

    postern_gateway_address_unref (request->address);
    g_free (request->pin);
    g_free (request->user);
    wipe (request->token);
    g_free (request);
}

static void
notify (PosternConnector *self, PosternConnectorProperty property)
{
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_text (PosternConnector *self, char **field, const char *text, PosternConnectorProperty property)
{
    if (g_set_str (field, text))
        notify (self, property);
}

static void
set_state (PosternConnector *self, PosternConnectorState state, const char *failure)
{
    set_text (self, &self->failure, failure, PROP_FAILURE);
    if (self->state == state)
        return;
    self->state = state;
    notify (self, PROP_STATE);
}

static PosternGatewayAddress *
parse_address (PosternConnector *self, GError **error)
{
    g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse (self->address_text, error);

    /* What is in the text (https://, pmg://) counts more than what was chosen beside it. */
    if (address == NULL || self->kind == POSTERN_GATEWAY_KIND_UNKNOWN ||
        postern_gateway_address_get_kind (address) != POSTERN_GATEWAY_KIND_UNKNOWN)
        return g_steal_pointer (&address);
    return postern_gateway_address_with_kind (address, self->kind, 0);
}

PosternGatewayAddress *
postern_connector_dup_address (PosternConnector *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTOR (self), NULL);
    return parse_address (self, NULL);
}

/* Not set_kind(): that it was found out is no reason to start over. */
static void
note_kind (PosternConnector *self, PosternGatewayKind kind)
{
    if (kind == POSTERN_GATEWAY_KIND_UNKNOWN || self->kind == kind)
        return;
    self->kind = kind;
    self->is_kind_found = TRUE;
    notify (self, PROP_KIND);
}

void
postern_connector_settle (PosternConnector *self)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGatewayAddress) address = NULL;

    g_return_if_fail (POSTERN_IS_CONNECTOR (self));
    g_clear_handle_id (&self->pause_id, g_source_remove);
    if (*self->address_text != '\0')
        address = parse_address (self, &error);
    if (address != NULL)
        note_kind (self, postern_gateway_address_get_kind (address));
    set_text (self, &self->address_error, error == NULL ? NULL : error->message, PROP_ADDRESS_ERROR);
}

/* Whether more letters could still make an address of @text: it ends where a name, a port or a scheme goes on. */
static gboolean
may_go_on (const char *text)
{
    static const char *const schemes[] = { "https://", "pmg://" };
    gsize length = strlen (text);

    for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
        if (length <= strlen (schemes[i]) && g_ascii_strncasecmp (text, schemes[i], length) == 0)
            return TRUE;
    return length == 0 || strchr (".:-[/", text[length - 1]) != NULL ||
           (strchr (text, '[') != NULL && strchr (text, ']') == NULL);
}

static gboolean
on_pause_cb (gpointer user_data)
{
    PosternConnector *self = user_data;

    self->pause_id = 0;
    if (!may_go_on (self->address_text))
        postern_connector_settle (self);
    return G_SOURCE_REMOVE;
}

/* Another address or token is another connection. */
static void
start_over (PosternConnector *self)
{
    if (self->session == NULL)
        return;
    postern_connector_stop (self);
    postern_session_set_connection (self->session, NULL, NULL, NULL, NULL);
    set_state (self, POSTERN_CONNECTOR_IDLE, NULL);
}

static void
set_address_text (PosternConnector *self, const char *text)
{
    if (!g_set_str (&self->address_text, text == NULL ? "" : text))
        return;
    start_over (self);
    if (self->is_kind_found) {
        self->kind = POSTERN_GATEWAY_KIND_UNKNOWN;
        self->is_kind_found = FALSE;
        notify (self, PROP_KIND);
    }
    set_text (self, &self->address_error, NULL, PROP_ADDRESS_ERROR);
    g_clear_handle_id (&self->pause_id, g_source_remove);
    self->pause_id = g_timeout_add (PAUSE, on_pause_cb, self);
    notify (self, PROP_ADDRESS_TEXT);
}

static void
set_user (PosternConnector *self, const char *user)
{
    if (!g_set_str (&self->user, user == NULL ? "" : user))
        return;
    start_over (self);
    notify (self, PROP_USER);
}

static void
set_token (PosternConnector *self, const char *token)
{
    if (g_strcmp0 (self->token, token == NULL ? "" : token) == 0)
        return;
    wipe (self->token);
    self->token = g_strdup (token == NULL ? "" : token);
    start_over (self);
    notify (self, PROP_TOKEN);
}

static void
set_kind (PosternConnector *self, PosternGatewayKind kind)
{
    if (self->kind == kind)
        return;
    self->kind = kind;
    self->is_kind_found = FALSE;
    start_over (self);
    notify (self, PROP_KIND);
}

static gpointer
open_connection (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    Request *request = data;

    return postern_connection_open (request->address, request->pin, request->user, request->token, cancellable);
}

static void
accept_connection (PosternConnector *self, PosternConnection *connection)
{
    postern_session_set_address (self->session, connection->address, self->pin);
    postern_session_set_user (self->session, *self->user != '\0' ? self->user : NULL);
    postern_session_set_connection (self->session, connection->gateway, connection->info, connection->configuration,
                                    connection->revision);
    postern_session_set_mode (self->session, POSTERN_MODE_PUSH);
    set_state (self, POSTERN_CONNECTOR_CONNECTED, NULL);
}

static void
on_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    PosternConnector *self = POSTERN_CONNECTOR (source);
    g_autoptr (PosternConnection) connection = postern_worker_run_finish (self, result, NULL);
    const GError *error = connection == NULL ? NULL : connection->error;
    PosternCertificate *certificate;

    /* Who has given it up does not want to hear of it. */
    if (connection == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    g_clear_object (&self->cancellable);
    note_kind (self, postern_gateway_address_get_kind (connection->address));
    if (error == NULL) {
        accept_connection (self, connection);
        return;
    }
    certificate = postern_gateway_error_get_certificate (error);
    set_state (self, certificate != NULL ? POSTERN_CONNECTOR_ASKING : POSTERN_CONNECTOR_FAILED, error->message);
    if (certificate != NULL)
        g_signal_emit (self, signals[CERTIFICATE], 0, certificate, self->pin);
}

/* A fingerprint was trusted for one host, and only for that. */
static gboolean
is_known_host (PosternConnector *self, PosternGatewayAddress *address)
{
    PosternGatewayAddress *known = postern_session_get_address (self->session);

    return known != NULL &&
           g_str_equal (postern_gateway_address_get_host (known), postern_gateway_address_get_host (address));
}

void
postern_connector_connect (PosternConnector *self)
{
    g_autoptr (PosternGatewayAddress) address = NULL;
    Request *request;

    g_return_if_fail (POSTERN_IS_CONNECTOR (self));
    postern_connector_settle (self);
    address = parse_address (self, NULL);
    if (address == NULL || self->state == POSTERN_CONNECTOR_CONNECTING)
        return;
    postern_connector_stop (self);
    request = g_new0 (Request, 1);
    request->address = postern_gateway_address_ref (address);
    request->user = g_strdup (self->user);
    request->token = g_strdup (self->token);
    g_set_str (&self->pin, is_known_host (self, address) ? postern_session_get_pin (self->session) : NULL);
    request->pin = g_strdup (self->pin);
    self->cancellable = g_cancellable_new ();
    set_state (self, POSTERN_CONNECTOR_CONNECTING, NULL);
    postern_worker_run_async (self, open_connection, request, request_free, (GDestroyNotify)postern_connection_free,
                              NULL, self->cancellable, on_opened_cb, NULL);
}

void
postern_connector_trust (PosternConnector *self, PosternCertificate *certificate)
{
    g_autoptr (PosternGatewayAddress) address = NULL;

    g_return_if_fail (POSTERN_IS_CONNECTOR (self));
    g_return_if_fail (POSTERN_IS_CERTIFICATE (certificate));
    address = parse_address (self, NULL);
    if (address == NULL)
        return;
    postern_session_set_address (self->session, address, postern_certificate_get_fingerprint (certificate));
    postern_connector_connect (self);
}

void
postern_connector_decline (PosternConnector *self)
{
    g_autofree char *failure = NULL;

    g_return_if_fail (POSTERN_IS_CONNECTOR (self));
    if (self->state != POSTERN_CONNECTOR_ASKING)
        return;
    failure = g_strdup (self->failure);
    set_state (self, POSTERN_CONNECTOR_FAILED, failure);
}

void
postern_connector_stop (PosternConnector *self)
{
    g_return_if_fail (POSTERN_IS_CONNECTOR (self));
    if (self->cancellable == NULL)
        return;
    g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->cancellable);
    if (self->state == POSTERN_CONNECTOR_CONNECTING)
        set_state (self, POSTERN_CONNECTOR_IDLE, NULL);
}

static void
postern_connector_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternConnector *self = POSTERN_CONNECTOR (object);

    switch ((PosternConnectorProperty)id) {
    case PROP_ADDRESS_TEXT:
        g_value_set_string (value, self->address_text);
        break;
    case PROP_USER:
        g_value_set_string (value, self->user);
        break;
    case PROP_TOKEN:
        g_value_set_string (value, self->token);
        break;
    case PROP_KIND:
        g_value_set_enum (value, self->kind);
        break;
    case PROP_STATE:
        g_value_set_enum (value, self->state);
        break;
    case PROP_ADDRESS_ERROR:
        g_value_set_string (value, self->address_error);
        break;
    case PROP_FAILURE:
        g_value_set_string (value, self->failure);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_connector_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternConnector *self = POSTERN_CONNECTOR (object);

    switch ((PosternConnectorProperty)id) {
    case PROP_ADDRESS_TEXT:
        set_address_text (self, g_value_get_string (value));
        break;
    case PROP_USER:
        set_user (self, g_value_get_string (value));
        break;
    case PROP_TOKEN:
        set_token (self, g_value_get_string (value));
        break;
    case PROP_KIND:
        set_kind (self, g_value_get_enum (value));
        break;
    case PROP_STATE:
    case PROP_ADDRESS_ERROR:
    case PROP_FAILURE:
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_connector_dispose (GObject *object)
{
    PosternConnector *self = POSTERN_CONNECTOR (object);

    g_clear_handle_id (&self->pause_id, g_source_remove);
    g_clear_object (&self->cancellable);
    g_clear_object (&self->session);
    G_OBJECT_CLASS (postern_connector_parent_class)->dispose (object);
}

static void
postern_connector_finalize (GObject *object)
{
    PosternConnector *self = POSTERN_CONNECTOR (object);

    g_free (self->address_text);
    g_free (self->user);
    wipe (self->token);
    g_free (self->pin);
    g_free (self->address_error);
    g_free (self->failure);
    G_OBJECT_CLASS (postern_connector_parent_class)->finalize (object);
}

static void
postern_connector_class_init (PosternConnectorClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
    const GParamFlags both = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

    object_class->get_property = postern_connector_get_property;
    object_class->set_property = postern_connector_set_property;
    object_class->dispose = postern_connector_dispose;
    object_class->finalize = postern_connector_finalize;

    properties[PROP_ADDRESS_TEXT] = g_param_spec_string ("address-text", NULL, NULL, "", both);
    properties[PROP_USER] = g_param_spec_string ("user", NULL, NULL, "", both);
    properties[PROP_TOKEN] = g_param_spec_string ("token", NULL, NULL, "", both);
    properties[PROP_KIND] =
        g_param_spec_enum ("kind", NULL, NULL, POSTERN_TYPE_GATEWAY_KIND, POSTERN_GATEWAY_KIND_UNKNOWN, both);
    properties[PROP_STATE] =
        g_param_spec_enum ("state", NULL, NULL, POSTERN_TYPE_CONNECTOR_STATE, POSTERN_CONNECTOR_IDLE, read);
    properties[PROP_ADDRESS_ERROR] = g_param_spec_string ("address-error", NULL, NULL, NULL, read);
    properties[PROP_FAILURE] = g_param_spec_string ("failure", NULL, NULL, NULL, read);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    signals[CERTIFICATE] = g_signal_new ("certificate", POSTERN_TYPE_CONNECTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, POSTERN_TYPE_CERTIFICATE, G_TYPE_STRING);
}

static void
postern_connector_init (PosternConnector *self)
{
    self->address_text = g_strdup ("");
    self->user = g_strdup ("");
    self->token = g_strdup ("");
}

void
postern_connector_set_session (PosternConnector *self, PosternSession *session)
{
    PosternGatewayAddress *address;

    g_return_if_fail (POSTERN_IS_CONNECTOR (self));
    g_return_if_fail (POSTERN_IS_SESSION (session));
    g_return_if_fail (self->session == NULL);
    self->session = g_object_ref (session);
    address = postern_session_get_address (session);
    if (address != NULL) {
        g_free (self->address_text);
        self->address_text = postern_gateway_address_to_display (address);
        self->kind = postern_gateway_address_get_kind (address);
        self->is_kind_found = TRUE;
        g_set_str (&self->user, postern_session_get_user (session) != NULL ? postern_session_get_user (session) : "");
        notify (self, PROP_ADDRESS_TEXT);
        notify (self, PROP_USER);
        notify (self, PROP_KIND);
    }
    if (postern_session_get_gateway (session) != NULL)
        set_state (self, POSTERN_CONNECTOR_CONNECTED, NULL);
}

void
postern_connector_set_address (PosternConnector *self, PosternGatewayAddress *address)
{
    g_autofree char *text = NULL;

    g_return_if_fail (POSTERN_IS_CONNECTOR (self));
    g_return_if_fail (address != NULL);
    text = postern_gateway_address_to_display (address);
    set_address_text (self, text);
    note_kind (self, postern_gateway_address_get_kind (address));
}

PosternConnectorState
postern_connector_get_state (PosternConnector *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTOR (self), POSTERN_CONNECTOR_IDLE);
    return self->state;
}
