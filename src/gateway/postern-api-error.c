/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-api-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gateway/postern-api-json.h"
#include "gateway/postern-transport-error.h"
#include "plan/postern-text.h"

/* How many bad members a message names; postern_gateway_error_get_problems() has them all. */
#define MAX_PROBLEMS_IN_MESSAGE 5
#define SHORTEST_SECRET 8

/*
 * Which error an answer is. The gateway's own code decides; where something else answers in its place (a proxy, an old
 * version), the status does. @text says what happened and what to do; its %s is host and port.
 */
typedef struct {
    const char *code; /* NULL: any */
    guint status;     /* 0: any */
    PosternGatewayError error;
    const char *text;
} Meaning;

static const Meaning meanings[] = {
    { "token-required", 0, POSTERN_GATEWAY_ERROR_TOKEN_REQUIRED,
      N_ ("%s wants an access token. On the gateway, “posternd token add NAME” makes one.") },
    { "token-unknown", 0, POSTERN_GATEWAY_ERROR_TOKEN_UNKNOWN,
      N_ ("%s does not know this access token. Check that it is complete; on the gateway, “posternd token list” shows "
          "which "
          "tokens there are and “posternd token add NAME” makes a new one.") },
    { "read-only-token", 0, POSTERN_GATEWAY_ERROR_FORBIDDEN,
      N_ ("The access token may only read at %s. Use one that was made with “posternd token add NAME --role write”.") },
    { "revision-changed", 0, POSTERN_GATEWAY_ERROR_REVISION_CHANGED,
      N_ ("Someone else has changed the configuration of %s in the meantime. Nothing was written. Read it again and "
          "look at "
          "the changes.") },
    { "push-in-progress", 0, POSTERN_GATEWAY_ERROR_BUSY,
      N_ ("Another push to %s is running. Nothing was written. Try again when it has ended.") },
    { "too-large", 0, POSTERN_GATEWAY_ERROR_TOO_LARGE,
      N_ ("The configuration is larger than %s accepts. Nothing was written. Merge trusted networks, or take records "
          "out of the plan.") },
    { "invalid-configuration", 0, POSTERN_GATEWAY_ERROR_INVALID,
      N_ ("%s does not accept the configuration. Nothing was written. Correct what it names and try again.") },
    { "mta-refused", 0, POSTERN_GATEWAY_ERROR_REFUSED_BY_MTA,
      N_ ("The mail server of %s refused the configuration. The gateway has gone back to the one it had before. "
          "Correct what it names, or look into the log of the mail server, and push again.") },
    { "mta-stuck", 0, POSTERN_GATEWAY_ERROR_STUCK,
      N_ ("The mail server of %s refused the configuration, and the one it had before could not be put back. Look into "
          "the log of the mail server, and restart the gateway's service.") },
    { "mta-unavailable", 0, POSTERN_GATEWAY_ERROR_BUSY,
      N_ ("The mail server of %s does not answer. Check that it is running.") },
    { "mail-log-unavailable", 0, POSTERN_GATEWAY_ERROR_BUSY,
      N_ ("The mail log of %s cannot be read. Check where it is, and whether the gateway's service may read it.") },
    { "storage-failed", 0, POSTERN_GATEWAY_ERROR_BUSY,
      N_ ("%s cannot read or write its own state. Check the disk and the log of the gateway's service.") },
    { "too-many-probes", 0, POSTERN_GATEWAY_ERROR_RATE_LIMITED,
      N_ ("%s is trying out something else. Try again in a moment.") },
    { "too-many-failures", 0, POSTERN_GATEWAY_ERROR_RATE_LIMITED,
      N_ ("%s has seen too many wrong access tokens and does not answer for a while. Wait and check the token.") },
    { "unknown-probe", 0, POSTERN_GATEWAY_ERROR_NOT_SUPPORTED,
      N_ ("%s cannot try out what was asked for. A newer version of its software may.") },
    { "not-found", 0, POSTERN_GATEWAY_ERROR_NOT_FOUND,
      N_ ("%s does not have what was asked for; it may have been removed since. Ask the gateway again what it has.") },
    { NULL, 401, POSTERN_GATEWAY_ERROR_TOKEN_UNKNOWN,
      N_ ("%s does not let us in with this access token. Check that it is complete and that this is the right "
          "gateway.") },
    { NULL, 403, POSTERN_GATEWAY_ERROR_FORBIDDEN,
      N_ ("%s does not allow this. Check what the access token may do, and whether a proxy or a firewall stands before "
          "the gateway.") },
    { NULL, 404, POSTERN_GATEWAY_ERROR_NOT_FOUND,
      N_ ("%s does not have what was asked for. Check that this is a Postern gateway.") },
    { NULL, 405, POSTERN_GATEWAY_ERROR_NOT_SUPPORTED, N_ ("%s cannot do that. Check that this is a Postern gateway.") },
    { NULL, 409, POSTERN_GATEWAY_ERROR_BUSY,
      N_ ("%s is busy with something else. Nothing was written. Try again later.") },
    { NULL, 412, POSTERN_GATEWAY_ERROR_REVISION_CHANGED,
      N_ ("Someone else has changed the configuration of %s in the meantime. Nothing was written. Read it again and "
          "look at "
          "the changes.") },
    { NULL, 413, POSTERN_GATEWAY_ERROR_TOO_LARGE,
      N_ ("What was sent is larger than %s accepts. Nothing was written. Check whether a proxy stands before the "
          "gateway that takes less, or take records out of the plan.") },
    { NULL, 429, POSTERN_GATEWAY_ERROR_RATE_LIMITED, N_ ("%s has been asked too often. Wait and try again.") },
    { NULL, 501, POSTERN_GATEWAY_ERROR_NOT_SUPPORTED, N_ ("%s cannot do that. A newer version of its software may.") },
    { NULL, 502, POSTERN_GATEWAY_ERROR_BUSY,
      N_ ("A proxy stands before %s and cannot reach the gateway itself. Check that the gateway's service is "
          "running.") },
    { NULL, 503, POSTERN_GATEWAY_ERROR_BUSY, N_ ("%s cannot serve at the moment. Try again in a while.") },
    { NULL, 504, POSTERN_GATEWAY_ERROR_BUSY,
      N_ ("A proxy stands before %s and got no answer from the gateway itself. Check that the gateway's service is "
          "running.") },
    { NULL, 400, POSTERN_GATEWAY_ERROR_INVALID,
      N_ ("%s does not accept what was sent. Nothing was written. Check whether gateway and Postern are of the same "
          "version.") },
    { NULL, 415, POSTERN_GATEWAY_ERROR_INVALID,
      N_ ("%s does not accept what was sent. Nothing was written. Check whether gateway and Postern are of the same "
          "version.") },
    { NULL, 422, POSTERN_GATEWAY_ERROR_INVALID,
      N_ ("%s does not accept what was sent. Nothing was written. Check whether gateway and Postern are of the same "
          "version.") },
    { NULL, 428, POSTERN_GATEWAY_ERROR_PROTOCOL,
      N_ ("%s wants to be told which revision is to be replaced, and something on the way has taken that out. Check "
          "whether "
          "a proxy stands before the gateway.") },
    { NULL, 500, POSTERN_GATEWAY_ERROR_PROTOCOL,
      N_ ("%s has an internal problem. Look into the log of the gateway's service, and try again.") },
};

static const Meaning other = {
    NULL, 0, POSTERN_GATEWAY_ERROR_PROTOCOL,
    N_ ("%s answers what a Postern gateway does not answer. Check the address and the port.")
};

static const Meaning redirect = {
    NULL, 0, POSTERN_GATEWAY_ERROR_PROTOCOL,
    N_ ("%s points to another place. Postern does not follow, so that the access token goes "
        "nowhere else. Enter the address of the gateway itself.")
};

static const Meaning no_token = {
    NULL, 0, POSTERN_GATEWAY_ERROR_TOKEN_REQUIRED,
    N_ ("%s wants an access token. On the gateway, “posternd token add NAME” makes one.")
};

static const Meaning *
find_meaning (const PosternHttpResponse *response, const char *code, gboolean has_token)
{
    if (response->status >= 300 && response->status < 400)
        return &redirect;
    for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++) {
        if (meanings[i].code != NULL && g_strcmp0 (meanings[i].code, code) == 0)
            return &meanings[i];
    }
    if (response->status == 401 && !has_token)
        return &no_token;
    for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++) {
        if (meanings[i].code == NULL && meanings[i].status == response->status)
            return &meanings[i];
    }
    return &other;
}

/* The format strings of the table have exactly one %s each. */
static char *
fill_in (const char *text, const char *place)
{
    GString *filled = g_string_new (_ (text));

    g_string_replace (filled, "%s", place, 1);
    return g_string_free_and_steal (filled);
}

static void
append_problems (GString *message, GPtrArray *problems)
{
    guint shown = MIN (problems->len, MAX_PROBLEMS_IN_MESSAGE);

    for (guint i = 0; i < shown; i++) {
        const PosternGatewayProblem *problem = problems->pdata[i];

        g_string_append (message, "\n• ");
        /* Translators: %1$s is a place in the plan, such as /domains/3/name, %2$s a sentence that says what is wrong
         * there. */
        g_string_append_printf (message, _ ("%1$s: %2$s"), problem->pointer, problem->detail);
    }
    if (problems->len > shown) {
        g_string_append_c (message, '\n');
        g_string_append_printf (message,
                                /* Translators: after a list of things that are wrong. */
                                ngettext ("… and %'u more.", "… and %'u more.", problems->len - shown),
                                problems->len - shown);
    }
}

static void
append_location (GString *message, const char *location)
{
    g_autofree char *shown = NULL;

    if (location == NULL)
        return;
    shown = postern_text_for_message (location);
    g_string_append_c (message, ' ');
    /* Translators: %s is a web address. */
    g_string_append_printf (message, _ ("It points to “%s”."), shown);
}

static void
append_detail (GString *message, const PosternHttpResponse *response, const PosternApiProblem *problem)
{
    const char *detail = problem->detail != NULL ? problem->detail : problem->title;

    g_string_append_c (message, ' ');
    if (detail != NULL)
        /* Translators: %s is what a gateway says about an error, in its own words. */
        g_string_append_printf (message, _ ("The gateway says: “%s”"), detail);
    else
        g_string_append_printf (message, _ ("(HTTP status %u)"), response->status);
}

static void
append_wait (GString *message, guint seconds)
{
    if (seconds == 0)
        return;
    g_string_append_c (message, ' ');
    g_string_append_printf (message, ngettext ("It asks to wait %u second.", "It asks to wait %u seconds.", seconds),
                            seconds);
}

static PosternApiProblem *
read_problem (const PosternHttpResponse *response)
{
    g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
    gboolean is_problem = g_strcmp0 (response->content_type, "application/problem+json") == 0;

    return postern_api_json_parse_problem (is_problem ? response->body : nothing);
}

GError *
postern_api_error_new (const PosternHttpResponse *response, PosternGatewayAddress *address, gboolean has_token)
{
    g_autoptr (PosternApiProblem) problem = read_problem (response);
    const Meaning *meaning = find_meaning (response, problem->code, has_token);
    g_autofree char *place = postern_transport_error_place (address);
    g_autofree char *sentence = fill_in (meaning->text, place);
    g_autoptr (GString) message = g_string_new (sentence);
    GError *error;

    append_location (message, meaning == &redirect ? response->location : NULL);
    append_detail (message, response, problem);
    append_wait (message, response->retry_after);
    if (problem->problems != NULL)
        append_problems (message, problem->problems);
    error = g_error_new_literal (POSTERN_GATEWAY_ERROR, meaning->error, message->str);
    postern_gateway_error_set_status (error, response->status);
    postern_gateway_error_set_retry_after (error, response->retry_after);
    if (problem->problems != NULL)
        postern_gateway_error_set_problems (error, g_steal_pointer (&problem->problems));
    /* A refusal of the gateway's own is a statement; a fault, or a proxy's word, is none. */
    postern_gateway_error_set_unanswered (error, meaning->error != POSTERN_GATEWAY_ERROR_REFUSED_BY_MTA &&
                                                     (response->status < 400 || response->status >= 500));
    return error;
}

GError *
postern_api_error_not_understood (PosternGatewayAddress *address, GError *reason)
{
    g_autofree char *place = postern_transport_error_place (address);
    GError *error;

    error = g_error_new (
        POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL,
        /* Translators: the first %s is host and port, the second a whole sentence that says what is wrong with the
         * answer. */
        _ ("The answer of %s is not understood. %s Check the address, and whether both sides are of the same "
           "version."),
        place, reason->message);
    postern_gateway_error_set_unanswered (error, TRUE);
    g_error_free (reason);
    return error;
}

static void
redact_text (char **text, const char *secret)
{
    g_autoptr (GString) clean = g_string_new (*text);

    if (g_string_replace (clean, secret, "…", 0) == 0)
        return;
    g_free (*text);
    *text = g_string_free_and_steal (g_steal_pointer (&clean));
}

void
postern_api_error_redact (GError *error, const char *secret)
{
    GPtrArray *problems = postern_gateway_error_get_problems (error);

    /* No token is that short; what is may stand in any sentence. */
    if (strlen (secret) < SHORTEST_SECRET)
        return;
    redact_text (&error->message, secret);
    for (guint i = 0; problems != NULL && i < problems->len; i++) {
        PosternGatewayProblem *problem = problems->pdata[i];

        redact_text (&problem->pointer, secret);
        redact_text (&problem->code, secret);
        redact_text (&problem->detail, secret);
    }
}
