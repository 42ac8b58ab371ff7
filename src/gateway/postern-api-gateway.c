/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-api-gateway.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gateway/postern-api-error.h"
#include "gateway/postern-api-json.h"
#include "gateway/postern-http.h"
#include "plan/postern-text.h"

/* A gateway that applies a configuration of 100,000 domains and proves it by SMTP says nothing for a while. */
#define DEFAULT_IDLE_SECONDS 90
#define DEFAULT_DEADLINE_SECONDS 180

#define API "/api/v1"
#define SCAN_PROBE "{\"kind\": \"scan\"}"

struct _PosternApiGateway {
    PosternGateway parent_instance;

    PosternGatewayAddress *address;
    PosternTrust *trust;
    char *token;
    guint idle_seconds;
    guint deadline_seconds;
};

typedef enum {
    PROP_ADDRESS = 1,
    PROP_TRUST,
    PROP_TOKEN,
    PROP_IDLE_SECONDS,
    PROP_DEADLINE_SECONDS,
} PosternApiGatewayProperty;

static GParamSpec *properties[PROP_DEADLINE_SECONDS + 1];

G_DEFINE_FINAL_TYPE (PosternApiGateway, postern_api_gateway, POSTERN_TYPE_GATEWAY)

/* What a bearer token may consist of (RFC 6750, section 2.1). Anything else could not be sent, or could break out of
 * the header. */
static gboolean
check_token (PosternApiGateway *self, GError **error)
{
    const char *rest = self->token;

    if (rest == NULL)
        return TRUE;
    while (g_ascii_isalnum (*rest) || (*rest != '\0' && strchr ("-._~+/=", *rest) != NULL))
        rest++;
    if (*rest == '\0')
        return TRUE;
    g_set_error_literal (
        error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_ADDRESS,
        _ ("The access token holds a character that no access token has. Copy it again, without anything "
           "around it."));
    return FALSE;
}

static gboolean
check_content_type (const PosternHttpResponse *response, GError **error)
{
    g_autofree char *shown = NULL;

    if (g_strcmp0 (response->content_type, "application/json") == 0)
        return TRUE;
    shown = postern_text_for_message (response->content_type != NULL ? response->content_type : "");
    g_set_error (
        error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL,
        /* Translators: %s is a media type such as “text/html”; it may be empty. */
        _ ("It is of the type “%s” and not JSON: something other than the gateway may have answered, such as a proxy."),
        shown);
    return FALSE;
}

static void
give_error (PosternApiGateway *self, GError **error, GError *what)
{
    if (self->token != NULL)
        postern_api_error_redact (what, self->token);
    g_propagate_error (error, what);
}

/* What is wrong with an answer, once more with where it came from. Takes @reason. */
static void
give_not_understood (PosternApiGateway *self, GError **error, GError *reason)
{
    give_error (self, error, postern_api_error_not_understood (self->address, reason));
}

/* Asks; only an answer of success that is JSON comes back. */
static PosternHttpResponse *
ask (PosternApiGateway *self, PosternHttpRequest request, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternHttpResponse) response = NULL;
    GError *reason = NULL;

    request.token = self->token;
    request.idle_seconds = self->idle_seconds;
    request.deadline_seconds = self->deadline_seconds;
    if (!check_token (self, error))
        return NULL;
    response = postern_http_send (self->address, self->trust, &request, cancellable, &reason);
    if (response == NULL)
        give_error (self, error, reason);
    else if (response->status != 200)
        give_error (self, error, postern_api_error_new (response, self->address, self->token != NULL));
    else if (!check_content_type (response, &reason))
        give_not_understood (self, error, reason);
    else
        return g_steal_pointer (&response);
    return NULL;
}

static PosternHttpResponse *
get (PosternApiGateway *self, const char *path, GCancellable *cancellable, GError **error)
{
    return ask (self, (PosternHttpRequest){ .method = "GET", .path = path }, cancellable, error);
}

static PosternGatewayAddress *
postern_api_gateway_get_address (PosternGateway *gateway)
{
    return POSTERN_API_GATEWAY (gateway)->address;
}

/* Who it is says a gateway to anyone; the list of revisions is the cheapest thing that it says only to a token it
 * knows. */
static gboolean
check_admission (PosternApiGateway *self, GCancellable *cancellable, GError **error)
{
    GError *reason = NULL;
    g_autoptr (PosternHttpResponse) response = get (self, API "/revisions", cancellable, &reason);

    if (response != NULL)
        return TRUE;
    if (g_error_matches (reason, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_NOT_FOUND)) {
        g_error_free (reason);
        return TRUE;
    }
    g_propagate_error (error, reason);
    return FALSE;
}

static PosternGatewayInfo *
postern_api_gateway_connect (PosternGateway *gateway, GCancellable *cancellable, GError **error)
{
    PosternApiGateway *self = POSTERN_API_GATEWAY (gateway);
    g_autoptr (PosternHttpResponse) response = get (self, API, cancellable, error);
    g_autoptr (PosternGatewayInfo) info = NULL;
    GError *reason = NULL;

    if (response == NULL)
        return NULL;
    info = postern_api_json_parse_info (response->body, &reason);
    if (info == NULL) {
        give_not_understood (self, error, reason);
        return NULL;
    }
    if (!check_admission (self, cancellable, error))
        return NULL;
    return g_steal_pointer (&info);
}

/* A strong entity tag without its quotes (RFC 9110, section 8.8.3), or NULL. */
static char *
parse_etag (const char *etag)
{
    gsize length = etag != NULL ? strlen (etag) : 0;

    if (length < 3 || etag[0] != '"' || etag[length - 1] != '"')
        return NULL;
    return g_strndup (etag + 1, length - 2);
}

static char *
make_etag (const char *revision)
{
    return g_strdup_printf ("\"%s\"", revision);
}

static PosternPlan *
postern_api_gateway_read (PosternGateway *gateway, char **revision, GCancellable *cancellable, GError **error)
{
    PosternApiGateway *self = POSTERN_API_GATEWAY (gateway);
    g_autoptr (PosternHttpResponse) response = get (self, API "/configuration", cancellable, error);
    g_autoptr (PosternPlan) plan = NULL;
    g_autofree char *id = NULL;
    GError *reason = NULL;

    if (response == NULL)
        return NULL;
    plan = postern_api_json_parse_configuration (response->body, &reason);
    id = parse_etag (response->etag);
    if (plan != NULL && id == NULL)
        reason = g_error_new_literal (POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL,
                                      _ ("It does not say which revision it is."));
    if (reason != NULL) {
        give_not_understood (self, error, reason);
        return NULL;
    }
    *revision = g_steal_pointer (&id);
    return g_steal_pointer (&plan);
}

static gboolean
check_size (PosternApiGateway *self, GBytes *body, GError **error)
{
    if (g_bytes_get_size (body) <= POSTERN_HTTP_MAX_BODY)
        return TRUE;
    g_set_error_literal (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_TOO_LARGE,
                         _ ("The plan is larger than 64 MiB, which no gateway accepts. Nothing was sent. Merge trusted "
                            "networks, or take records out of the plan."));
    return FALSE;
}

static GPtrArray *
postern_api_gateway_check (PosternGateway *gateway, PosternPlan *plan, GCancellable *cancellable, GError **error)
{
    PosternApiGateway *self = POSTERN_API_GATEWAY (gateway);
    g_autoptr (GBytes) body = postern_api_json_make_configuration (plan);
    PosternHttpRequest request = { .method = "POST", .path = API "/configuration/check", .body = body };
    g_autoptr (PosternHttpResponse) response = NULL;
    GError *reason = NULL;
    GPtrArray *findings;

    if (check_size (self, body, error))
        response = ask (self, request, cancellable, error);
    if (response == NULL)
        return NULL;
    findings = postern_api_json_parse_findings (response->body, &reason);
    if (findings == NULL)
        give_not_understood (self, error, reason);
    return findings;
}

/* Sends what makes a new revision, and reads which. */
static char *
change (PosternApiGateway *self, PosternHttpRequest request, const char *expected_revision, GCancellable *cancellable,
        GError **error)
{
    g_autofree char *etag = make_etag (expected_revision);
    g_autoptr (PosternHttpResponse) response = NULL;
    GError *reason = NULL;
    char *revision;

    request.if_match = etag;
    response = ask (self, request, cancellable, error);
    if (response == NULL)
        return NULL;
    revision = postern_api_json_parse_written (response->body, &reason);
    if (revision == NULL)
        give_not_understood (self, error, reason);
    return revision;
}

static char *
postern_api_gateway_write (PosternGateway *gateway, PosternPlan *plan, const char *expected_revision,
                           PosternJournal *journal, GCancellable *cancellable, GError **error)
{
    PosternApiGateway *self = POSTERN_API_GATEWAY (gateway);
    g_autoptr (GBytes) body = postern_api_json_make_configuration (plan);
    PosternHttpRequest request = { .method = "PUT", .path = API "/configuration", .body = body };

    if (!check_size (self, body, error))
        return NULL;
    return change (self, request, expected_revision, cancellable, error);
}

static PosternFlow *
postern_api_gateway_probe_flow (PosternGateway *gateway, const char *client, const char *sender, const char *recipient,
                                GCancellable *cancellable, GError **error)
{
    PosternApiGateway *self = POSTERN_API_GATEWAY (gateway);
    g_autoptr (GBytes) body = postern_api_json_make_flow_probe (client, sender, recipient);
    PosternHttpRequest request = { .method = "POST", .path = API "/probes", .body = body };
    g_autoptr (PosternHttpResponse) response = ask (self, request, cancellable, error);
    GError *reason = NULL;
    PosternFlow *flow;

    if (response == NULL)
        return NULL;
    flow = postern_api_json_parse_flow (response->body, &reason);
    if (flow == NULL)
        give_not_understood (self, error, reason);
    return flow;
}

static PosternScan *
postern_api_gateway_probe_scan (PosternGateway *gateway, GCancellable *cancellable, GError **error)
{
    PosternApiGateway *self = POSTERN_API_GATEWAY (gateway);
    g_autoptr (GBytes) body = g_bytes_new_static (SCAN_PROBE, strlen (SCAN_PROBE));
    PosternHttpRequest request = { .method = "POST", .path = API "/probes", .body = body };
    g_autoptr (PosternHttpResponse) response = ask (self, request, cancellable, error);
    GError *reason = NULL;
    PosternScan *scan;

    if (response == NULL)
        return NULL;
    scan = postern_api_json_parse_scan (response->body, &reason);
    if (scan == NULL)
        give_not_understood (self, error, reason);
    return scan;
}

static GPtrArray *
postern_api_gateway_list_revisions (PosternGateway *gateway, GCancellable *cancellable, GError **error)
{
    PosternApiGateway *self = POSTERN_API_GATEWAY (gateway);
    g_autoptr (PosternHttpResponse) response = get (self, API "/revisions", cancellable, error);
    GError *reason = NULL;
    GPtrArray *revisions;

    if (response == NULL)
        return NULL;
    revisions = postern_api_json_parse_revisions (response->body, &reason);
    if (revisions == NULL)
        give_not_understood (self, error, reason);
    return revisions;
}

static PosternRecipientAnswer *
postern_api_gateway_probe_recipient (PosternGateway *gateway, PosternRoute *server, const char *recipient,
                                     GCancellable *cancellable, GError **error)
{
    PosternApiGateway *self = POSTERN_API_GATEWAY (gateway);
    g_autoptr (GBytes) body = postern_api_json_make_recipient_probe (server, recipient);
    PosternHttpRequest request = { .method = "POST", .path = API "/probes", .body = body };
    g_autoptr (PosternHttpResponse) response = ask (self, request, cancellable, error);
    GError *reason = NULL;
    PosternRecipientAnswer *answer;

    if (response == NULL)
        return NULL;
    answer = postern_api_json_parse_recipient_answer (response->body, &reason);
    if (answer == NULL)
        give_not_understood (self, error, reason);
    return answer;
}

static PosternMailLog *
postern_api_gateway_read_mail_log (PosternGateway *gateway, const char *after, GCancellable *cancellable,
                                   GError **error)
{
    PosternApiGateway *self = POSTERN_API_GATEWAY (gateway);
    g_autofree char *cursor = after != NULL ? g_uri_escape_string (after, NULL, FALSE) : NULL;
    g_autofree char *path = g_strconcat (API "/mail-log", cursor != NULL ? "?after=" : NULL, cursor, NULL);
    g_autoptr (PosternHttpResponse) response = get (self, path, cancellable, error);
    GError *reason = NULL;
    PosternMailLog *log;

    if (response == NULL)
        return NULL;
    log = postern_api_json_parse_mail_log (response->body, &reason);
    if (log == NULL)
        give_not_understood (self, error, reason);
    return log;
}

/* The path of a revision; only a number is one, so nothing else gets into the path. */
static char *
make_revision_path (const char *revision, const char *rest, GError **error)
{
    guint64 number;

    if (g_ascii_string_to_unsigned (revision, 10, 0, G_MAXINT64, &number, NULL))
        return g_strdup_printf (API "/revisions/%" G_GUINT64_FORMAT "%s", number, rest);
    g_set_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_NOT_FOUND,
                 _ ("There is no revision “%s”: revisions are numbers."), revision);
    return NULL;
}

static PosternPlan *
postern_api_gateway_read_revision (PosternGateway *gateway, const char *revision, GCancellable *cancellable,
                                   GError **error)
{
    PosternApiGateway *self = POSTERN_API_GATEWAY (gateway);
    g_autofree char *path = make_revision_path (revision, "", error);
    g_autoptr (PosternHttpResponse) response = path != NULL ? get (self, path, cancellable, error) : NULL;
    GError *reason = NULL;
    PosternPlan *plan;

    if (response == NULL)
        return NULL;
    plan = postern_api_json_parse_revision (response->body, &reason);
    if (plan == NULL)
        give_not_understood (self, error, reason);
    return plan;
}

static char *
postern_api_gateway_restore (PosternGateway *gateway, const char *revision, const char *expected_revision,
                             GCancellable *cancellable, GError **error)
{
    PosternApiGateway *self = POSTERN_API_GATEWAY (gateway);
    g_autofree char *path = make_revision_path (revision, "/restore", error);
    PosternHttpRequest request = { .method = "POST", .path = path };

    return path != NULL ? change (self, request, expected_revision, cancellable, error) : NULL;
}

static void
postern_api_gateway_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternApiGateway *self = POSTERN_API_GATEWAY (object);

    switch ((PosternApiGatewayProperty)id) {
    case PROP_ADDRESS:
        self->address = g_value_dup_boxed (value);
        break;
    case PROP_TRUST:
        self->trust = g_value_dup_boxed (value);
        break;
    case PROP_TOKEN:
        self->token = g_value_dup_string (value);
        break;
    case PROP_IDLE_SECONDS:
        self->idle_seconds = g_value_get_uint (value);
        break;
    case PROP_DEADLINE_SECONDS:
        self->deadline_seconds = g_value_get_uint (value);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_api_gateway_finalize (GObject *object)
{
    PosternApiGateway *self = POSTERN_API_GATEWAY (object);

    g_clear_pointer (&self->address, postern_gateway_address_unref);
    g_clear_pointer (&self->trust, postern_trust_unref);
    if (self->token != NULL)
        explicit_bzero (self->token, strlen (self->token));
    g_free (self->token);
    G_OBJECT_CLASS (postern_api_gateway_parent_class)->finalize (object);
}

static void
postern_api_gateway_class_init (PosternApiGatewayClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    PosternGatewayClass *gateway_class = POSTERN_GATEWAY_CLASS (klass);
    const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

    object_class->set_property = postern_api_gateway_set_property;
    object_class->finalize = postern_api_gateway_finalize;
    gateway_class->get_address = postern_api_gateway_get_address;
    gateway_class->connect = postern_api_gateway_connect;
    gateway_class->read = postern_api_gateway_read;
    gateway_class->check = postern_api_gateway_check;
    gateway_class->write = postern_api_gateway_write;
    gateway_class->probe_flow = postern_api_gateway_probe_flow;
    gateway_class->list_revisions = postern_api_gateway_list_revisions;
    gateway_class->read_revision = postern_api_gateway_read_revision;
    gateway_class->restore = postern_api_gateway_restore;
    gateway_class->probe_scan = postern_api_gateway_probe_scan;
    gateway_class->probe_recipient = postern_api_gateway_probe_recipient;
    gateway_class->read_mail_log = postern_api_gateway_read_mail_log;

    properties[PROP_ADDRESS] = g_param_spec_boxed ("address", NULL, NULL, POSTERN_TYPE_GATEWAY_ADDRESS, flags);
    properties[PROP_TRUST] = g_param_spec_boxed ("trust", NULL, NULL, POSTERN_TYPE_TRUST, flags);
    properties[PROP_TOKEN] = g_param_spec_string ("token", NULL, NULL, NULL, flags);
    properties[PROP_IDLE_SECONDS] =
        g_param_spec_uint ("idle-seconds", NULL, NULL, 1, 3600, DEFAULT_IDLE_SECONDS, flags);
    properties[PROP_DEADLINE_SECONDS] =
        g_param_spec_uint ("deadline-seconds", NULL, NULL, 1, 3600, DEFAULT_DEADLINE_SECONDS, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_api_gateway_init (PosternApiGateway *self)
{
}

PosternGateway *
postern_api_gateway_new (PosternGatewayAddress *address, PosternTrust *trust, const char *token)
{
    g_autofree char *stripped = token != NULL ? g_strstrip (g_strdup (token)) : NULL;
    PosternGateway *self;

    g_return_val_if_fail (address != NULL, NULL);
    g_return_val_if_fail (trust != NULL, NULL);

    self = g_object_new (POSTERN_TYPE_API_GATEWAY, "address", address, "trust", trust, "token",
                         stripped != NULL && *stripped != '\0' ? stripped : NULL, NULL);
    if (stripped != NULL)
        explicit_bzero (stripped, strlen (stripped));
    return self;
}
