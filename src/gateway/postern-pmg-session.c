/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-pmg-session.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gateway/postern-api-error.h"
#include "gateway/postern-pmg-connection.h"
#include "gateway/postern-pmg-error.h"
#include "gateway/postern-pmg-json.h"
#include "plan/postern-text.h"

#define API "/api2/json"
#define MAX_USER 64

struct _PosternPmgSession {
    PosternGatewayAddress *address;
    PosternPmgConnection *connection;
    char *user;
    char *password;
    guint renew_seconds;

    PosternPmgTicket *ticket;
    gint64 ticket_time;
};

PosternPmgSession *
postern_pmg_session_new (PosternGatewayAddress *address, PosternTrust *trust, const char *user, const char *password,
                         guint patience_seconds, guint renew_seconds)
{
    PosternPmgSession *self = g_new0 (PosternPmgSession, 1);

    self->address = postern_gateway_address_ref (address);
    self->connection = postern_pmg_connection_new (address, trust, patience_seconds);
    self->user = g_strdup (user);
    self->password = g_strdup (password);
    self->renew_seconds = renew_seconds;
    return self;
}

void
postern_pmg_session_free (PosternPmgSession *self)
{
    explicit_bzero (self->password, strlen (self->password));
    g_free (self->password);
    g_free (self->user);
    g_clear_pointer (&self->ticket, postern_pmg_ticket_free);
    postern_pmg_connection_free (self->connection);
    postern_gateway_address_unref (self->address);
    g_free (self);
}

const char *
postern_pmg_session_get_role (PosternPmgSession *self)
{
    return self->ticket != NULL ? self->ticket->role : NULL;
}

PosternGatewayAddress *
postern_pmg_session_get_address (PosternPmgSession *self)
{
    return self->address;
}

/* Takes @what. Nothing that a server repeats of our secrets gets into a message. */
static void
give_error (PosternPmgSession *self, GError **error, GError *what)
{
    if (what->domain == POSTERN_GATEWAY_ERROR) {
        postern_api_error_redact (what, self->password);
        if (self->ticket != NULL)
            postern_api_error_redact (what, self->ticket->ticket);
        if (self->ticket != NULL && self->ticket->csrf != NULL)
            postern_api_error_redact (what, self->ticket->csrf);
    }
    g_propagate_error (error, what);
}

static void
append_host (GString *request, PosternGatewayAddress *address)
{
    const char *host = postern_gateway_address_get_host (address);
    gboolean is_ipv6 = strchr (host, ':') != NULL;

    g_string_append_printf (request, "Host: %s%s%s:%u\r\n", is_ipv6 ? "[" : "", host, is_ipv6 ? "]" : "",
                            postern_gateway_address_get_effective_port (address));
}

static void
append_ticket (PosternPmgSession *self, GString *request, const char *method)
{
    g_autofree char *cookie = postern_pmg_form_escape (self->ticket->ticket);

    g_string_append_printf (request, "Cookie: PMGAuthCookie=%s\r\n", cookie);
    if (!g_str_equal (method, "GET"))
        g_string_append_printf (request, "CSRFPreventionToken: %s\r\n", self->ticket->csrf);
    explicit_bzero (cookie, strlen (cookie));
}

/* Headers and body in one piece; a request without parameters has no body and says nothing about one, but for POST and
 * PUT, which HTTP wants to say so (RFC 9110, section 8.6). */
static GString *
make_request (PosternPmgSession *self, const char *method, const char *path, const PosternPmgForm *form,
              gboolean with_ticket)
{
    gboolean has_body = g_str_equal (method, "POST") || g_str_equal (method, "PUT");
    GString *request = g_string_sized_new (4096);

    g_string_append_printf (request, "%s " API "%s HTTP/1.1\r\n", method, path);
    append_host (request, self->address);
    g_string_append (request, "User-Agent: Postern/" POSTERN_VERSION "\r\nAccept: application/json\r\n");
    if (with_ticket)
        append_ticket (self, request, method);
    if (has_body && form != NULL)
        g_string_append (request, "Content-Type: application/x-www-form-urlencoded\r\n");
    if (has_body)
        g_string_append_printf (request, "Content-Length: %" G_GSIZE_FORMAT "\r\n", form != NULL ? form->len : 0);
    g_string_append (request, "\r\n");
    if (has_body && form != NULL)
        g_string_append_len (request, form->str, form->len);
    return request;
}

static gboolean
check_content_type (const PosternPmgAnswer *answer, GError **error)
{
    g_autofree char *shown = NULL;

    if (g_strcmp0 (answer->content_type, "application/json") == 0)
        return TRUE;
    shown = postern_text_for_message (answer->content_type != NULL ? answer->content_type : "");
    g_set_error (
        error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL,
        /* Translators: %s is a media type such as “text/html”; it may be empty. */
        _ ("It is of the type “%s” and not JSON: something other than the gateway may have answered, such as a proxy."),
        shown);
    return FALSE;
}

/* One request; only an answer of success that is JSON comes back. */
static PosternPmgAnswer *
ask (PosternPmgSession *self, const char *method, const char *path, const PosternPmgForm *form, gboolean with_ticket,
     GCancellable *cancellable, GError **error)
{
    GString *request = make_request (self, method, path, form, with_ticket);
    GError *reason = NULL;
    g_autoptr (PosternPmgAnswer) answer =
        postern_pmg_connection_exchange (self->connection, request, cancellable, &reason);

    explicit_bzero (request->str, request->allocated_len);
    g_string_free (request, TRUE);
    if (answer == NULL)
        give_error (self, error, reason);
    else if (answer->status != 200)
        give_error (self, error, postern_pmg_error_new (answer, self->address));
    else if (!check_content_type (answer, &reason))
        give_error (self, error, postern_pmg_error_not_understood (self->address, reason));
    else
        return g_steal_pointer (&answer);
    return NULL;
}

static gboolean
check_user (PosternPmgSession *self, GError **error)
{
    const char *realm = strchr (self->user, '@');

    if (realm != NULL && realm != self->user && realm[1] != '\0' && strlen (self->user) <= MAX_USER &&
        postern_pmg_form_is_clean (self->user))
        return TRUE;
    g_set_error_literal (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_ADDRESS,
                         _ ("The user name of a Proxmox Mail Gateway ends with its realm, as “admin@pmg” or "
                            "“root@pam”, and has at most 64 ASCII characters."));
    return FALSE;
}

static gboolean
take_ticket (PosternPmgSession *self, PosternPmgAnswer *answer, GError **error)
{
    GError *reason = NULL;
    g_autoptr (PosternPmgTicket) ticket = postern_pmg_json_parse_ticket (answer->body, &reason);

    if (ticket == NULL) {
        give_error (self, error, postern_pmg_error_not_understood (self->address, reason));
        return FALSE;
    }
    if (ticket->need_tfa) {
        g_set_error_literal (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_NOT_SUPPORTED,
                             _ ("This user logs in with a second factor, which Postern cannot give again each time a "
                                "ticket runs out. Use a user of the realm “pmg” without a second factor for Postern."));
        return FALSE;
    }
    g_clear_pointer (&self->ticket, postern_pmg_ticket_free);
    self->ticket = g_steal_pointer (&ticket);
    self->ticket_time = g_get_monotonic_time ();
    return TRUE;
}

static gboolean
log_in_with (PosternPmgSession *self, const char *password, GCancellable *cancellable, GError **error)
{
    PosternPmgForm *form = postern_pmg_form_new ();
    g_autoptr (PosternPmgAnswer) answer = NULL;

    postern_pmg_form_add (form, "username", self->user);
    postern_pmg_form_add (form, "password", password);
    answer = ask (self, "POST", "/access/ticket", form, FALSE, cancellable, error);
    postern_pmg_form_free (form);
    return answer != NULL && take_ticket (self, answer, error);
}

/* A login changes nothing, so whatever call wanted it was certainly not carried out. */
static gboolean
log_in (PosternPmgSession *self, GCancellable *cancellable, GError **error)
{
    GError *reason = NULL;

    g_clear_pointer (&self->ticket, postern_pmg_ticket_free);
    if (check_user (self, error) && log_in_with (self, self->password, cancellable, &reason))
        return TRUE;
    if (reason != NULL && reason->domain == POSTERN_GATEWAY_ERROR)
        postern_gateway_error_set_unanswered (reason, FALSE);
    if (reason != NULL)
        g_propagate_error (error, reason);
    return FALSE;
}

/* A ticket is as good as the password for another one. Where it is not, the password is. */
static gboolean
make_ready (PosternPmgSession *self, GCancellable *cancellable, GError **error)
{
    gint64 age = g_get_monotonic_time () - self->ticket_time;

    if (self->ticket == NULL)
        return log_in (self, cancellable, error);
    if (age < self->renew_seconds * G_TIME_SPAN_SECOND)
        return TRUE;
    return log_in_with (self, self->ticket->ticket, cancellable, NULL) || log_in (self, cancellable, error);
}

PosternPmgAnswer *
postern_pmg_session_call (PosternPmgSession *self, const char *method, const char *path, const PosternPmgForm *form,
                          GCancellable *cancellable, GError **error)
{
    GError *reason = NULL;
    PosternPmgAnswer *answer;

    if (!make_ready (self, cancellable, error))
        return NULL;
    answer = ask (self, method, path, form, TRUE, cancellable, &reason);
    /* An unknown ticket is refused before anything is done, so this repeats nothing. */
    if (answer == NULL && postern_gateway_error_get_status (reason) == 401) {
        g_clear_error (&reason);
        if (!log_in (self, cancellable, error))
            return NULL;
        answer = ask (self, method, path, form, TRUE, cancellable, &reason);
    }
    if (reason != NULL)
        g_propagate_error (error, reason);
    return answer;
}
