/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-problem.h"

#include <glib/gi18n-lib.h>

#include "service/postern-service-error.h"

typedef struct {
    const char *code;
    guint status;
    const char *title;
} Kind;

static const Kind kinds[] = {
    { "malformed", 400, N_ ("This is not a request that can be understood") },
    { "token-required", 401, N_ ("An access token is needed") },
    { "token-unknown", 401, N_ ("The access token is not known here") },
    { "read-only-token", 403, N_ ("The access token may only read") },
    { "not-found", 404, N_ ("There is nothing here") },
    { "method-not-allowed", 405, N_ ("This cannot be done here") },
    { "push-in-progress", 409, N_ ("Another push is running") },
    { "revision-changed", 412, N_ ("Somebody else has changed the configuration") },
    { "too-large", 413, N_ ("The request is too large") },
    { "unsupported-media-type", 415, N_ ("The request is not in JSON") },
    { "invalid-configuration", 422, N_ ("The configuration is not valid") },
    { "invalid-probe", 422, N_ ("The probe is not valid") },
    { "unknown-probe", 422, N_ ("There is no such probe") },
    { "invalid-query", 422, N_ ("The query is not valid") },
    { "if-match-required", 428, N_ ("The request must say which revision it replaces") },
    { "too-many-failures", 429, N_ ("Too many wrong access tokens") },
    { "too-many-probes", 429, N_ ("Too many probes at once") },
    { "headers-too-large", 431, N_ ("The request's headers are too large") },
    { "mta-refused", 500, N_ ("The mail server did not take the configuration") },
    { "mta-stuck", 500, N_ ("Postfix is in between two configurations") },
    { "storage-failed", 500, N_ ("The gateway cannot read or write its state") },
    { "mta-unavailable", 503, N_ ("Postfix does not answer") },
    { "mail-log-unavailable", 503, N_ ("The mail log cannot be read") },
    { "stopping", 503, N_ ("The service is being stopped") },
};

/* For clients the same problems: they are the mail server's, and the title says whose they are. */
static const Kind scanner_stuck = { "mta-stuck", 500, N_ ("Rspamd is in between two configurations") };
static const Kind scanner_unavailable = { "mta-unavailable", 503, N_ ("Rspamd does not answer") };

struct _PosternProblem {
    const Kind *kind;
    char *detail;
    PosternJsonWriter *errors; /* NULL while there are none */
};

static const Kind *
find (const char *code)
{
    for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
        if (g_str_equal (kinds[i].code, code))
            return &kinds[i];
    }
    g_return_val_if_reached (&kinds[0]);
}

PosternProblem *
postern_problem_new (const char *code, const char *detail)
{
    PosternProblem *self = g_new0 (PosternProblem, 1);

    self->kind = find (code);
    self->detail = g_strdup (detail);
    return self;
}

void
postern_problem_free (PosternProblem *self)
{
    g_clear_pointer (&self->errors, postern_json_writer_free);
    g_free (self->detail);
    g_free (self);
}

void
postern_problem_add_error (PosternProblem *self, const char *pointer, const char *code, const char *detail)
{
    if (self->errors == NULL) {
        self->errors = postern_json_writer_new ();
        postern_json_writer_begin_array (self->errors);
    }
    postern_json_writer_begin_object (self->errors);
    postern_json_writer_string_member (self->errors, "pointer", pointer);
    postern_json_writer_string_member (self->errors, "code", code);
    postern_json_writer_string_member (self->errors, "detail", detail);
    postern_json_writer_end_object (self->errors);
}

static void
write_errors (PosternProblem *self, PosternJsonWriter *json)
{
    g_autoptr (GBytes) errors = NULL;
    gsize length;
    const char *data;

    if (self->errors == NULL)
        return;
    postern_json_writer_end_array (self->errors);
    errors = postern_json_writer_finish (g_steal_pointer (&self->errors));
    data = g_bytes_get_data (errors, &length);
    postern_json_writer_member (json, "errors");
    postern_json_writer_raw (json, data, length);
}

PosternReply *
postern_problem_to_reply (PosternProblem *self)
{
    PosternJsonWriter *json = postern_json_writer_new ();
    PosternReply *reply;

    postern_json_writer_begin_object (json);
    postern_json_writer_string_member (json, "type", "about:blank");
    postern_json_writer_string_member (json, "title", _ (self->kind->title));
    postern_json_writer_integer_member (json, "status", self->kind->status);
    postern_json_writer_string_member (json, "detail", self->detail);
    postern_json_writer_string_member (json, "code", self->kind->code);
    write_errors (self, json);
    postern_json_writer_end_object (json);
    reply = postern_reply_new (self->kind->status, POSTERN_MEDIA_TYPE_PROBLEM, postern_json_writer_finish (json));
    reply->code = g_strdup (self->kind->code);
    if (self->kind->status == 401)
        postern_reply_add_header (reply, "WWW-Authenticate", "Bearer realm=\"Postern\"");
    postern_problem_free (self);
    return reply;
}

PosternReply *
postern_problem_reply (const char *code, const char *detail)
{
    return postern_problem_to_reply (postern_problem_new (code, detail));
}

PosternReply *
postern_problem_reply_too_many_probes (guint seconds)
{
    PosternReply *reply = postern_problem_reply ("too-many-probes", _ ("Other probes are running. Try again later."));
    g_autofree char *text = g_strdup_printf ("%u", seconds);

    postern_reply_add_header (reply, "Retry-After", text);
    return reply;
}

static const char *
code_for (const GError *error)
{
    if (error->domain != POSTERN_SERVICE_ERROR)
        return "storage-failed";
    switch ((PosternServiceError)error->code) {
    case POSTERN_SERVICE_ERROR_NOT_FOUND:
        return "not-found";
    case POSTERN_SERVICE_ERROR_BUSY:
        return "push-in-progress";
    case POSTERN_SERVICE_ERROR_REVISION_CHANGED:
        return "revision-changed";
    case POSTERN_SERVICE_ERROR_MTA_REFUSED:
    case POSTERN_SERVICE_ERROR_COMMAND:
        return "mta-refused";
    case POSTERN_SERVICE_ERROR_MTA_STUCK:
    case POSTERN_SERVICE_ERROR_SCANNER_STUCK:
        return "mta-stuck";
    case POSTERN_SERVICE_ERROR_MTA_UNAVAILABLE:
    case POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE:
        return "mta-unavailable";
    case POSTERN_SERVICE_ERROR_STORAGE:
    case POSTERN_SERVICE_ERROR_USAGE:
    default:
        return "storage-failed";
    }
}

PosternReply *
postern_problem_reply_for_error (const GError *error)
{
    PosternProblem *problem = postern_problem_new (code_for (error), error->message);

    if (g_error_matches (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_SCANNER_STUCK))
        problem->kind = &scanner_stuck;
    if (g_error_matches (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE))
        problem->kind = &scanner_unavailable;
    return postern_problem_to_reply (problem);
}

PosternReply *
postern_problem_reply_scanner_unavailable (const char *detail)
{
    PosternProblem *problem = postern_problem_new ("mta-unavailable", detail);

    problem->kind = &scanner_unavailable;
    return postern_problem_to_reply (problem);
}
