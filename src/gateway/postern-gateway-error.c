/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-gateway-error.h"

typedef struct {
    PosternCertificate *certificate;
    GPtrArray *problems;
    guint retry_after;
    guint status;
    gboolean unanswered;
} PosternGatewayErrorPrivate;

static void
postern_gateway_error_private_init (PosternGatewayErrorPrivate *private)
{
}

static void
postern_gateway_error_private_copy (const PosternGatewayErrorPrivate *from, PosternGatewayErrorPrivate *to)
{
    g_assert (from != NULL && to != NULL);
    g_set_object (&to->certificate, from->certificate);
    to->problems = from->problems != NULL ? g_ptr_array_ref (from->problems) : NULL;
    to->retry_after = from->retry_after;
    to->status = from->status;
    to->unanswered = from->unanswered;
}

static void
postern_gateway_error_private_clear (PosternGatewayErrorPrivate *private)
{
    g_assert (private != NULL);
    g_clear_object (&private->certificate);
    g_clear_pointer (&private->problems, g_ptr_array_unref);
}

G_DEFINE_EXTENDED_ERROR (PosternGatewayError, postern_gateway_error)

static const char *const code_names[] = {
    [POSTERN_GATEWAY_ERROR_UNREACHABLE] = "unreachable",
    [POSTERN_GATEWAY_ERROR_TIMED_OUT] = "timed-out",
    [POSTERN_GATEWAY_ERROR_UNTRUSTED] = "untrusted",
    [POSTERN_GATEWAY_ERROR_CERTIFICATE_CHANGED] = "certificate-changed",
    [POSTERN_GATEWAY_ERROR_TOKEN_REQUIRED] = "token-required",
    [POSTERN_GATEWAY_ERROR_TOKEN_UNKNOWN] = "token-unknown",
    [POSTERN_GATEWAY_ERROR_FORBIDDEN] = "forbidden",
    [POSTERN_GATEWAY_ERROR_REVISION_CHANGED] = "revision-changed",
    [POSTERN_GATEWAY_ERROR_BUSY] = "busy",
    [POSTERN_GATEWAY_ERROR_INVALID] = "invalid",
    [POSTERN_GATEWAY_ERROR_REFUSED_BY_MTA] = "refused-by-mta",
    [POSTERN_GATEWAY_ERROR_TOO_LARGE] = "too-large",
    [POSTERN_GATEWAY_ERROR_PROTOCOL] = "protocol",
    [POSTERN_GATEWAY_ERROR_NOT_SUPPORTED] = "not-supported",
    [POSTERN_GATEWAY_ERROR_RATE_LIMITED] = "rate-limited",
    [POSTERN_GATEWAY_ERROR_NOT_FOUND] = "not-found",
    [POSTERN_GATEWAY_ERROR_CONFLICT] = "conflict",
    [POSTERN_GATEWAY_ERROR_STUCK] = "stuck",
    [POSTERN_GATEWAY_ERROR_ADDRESS] = "address",
    [POSTERN_GATEWAY_ERROR_JOURNAL] = "journal",
    [POSTERN_GATEWAY_ERROR_INTERRUPTED] = "interrupted",
};

const char *
postern_gateway_error_code_name (PosternGatewayError code)
{
    g_return_val_if_fail ((guint)code < G_N_ELEMENTS (code_names), "unknown");
    return code_names[code];
}

PosternGatewayProblem *
postern_gateway_problem_new (const char *pointer, const char *code, const char *detail)
{
    PosternGatewayProblem *problem = g_new0 (PosternGatewayProblem, 1);

    problem->pointer = g_strdup (pointer);
    problem->code = g_strdup (code);
    problem->detail = g_strdup (detail);
    return problem;
}

void
postern_gateway_problem_free (PosternGatewayProblem *problem)
{
    g_free (problem->pointer);
    g_free (problem->code);
    g_free (problem->detail);
    g_free (problem);
}

static PosternGatewayErrorPrivate *
look_into (const GError *error)
{
    if (error == NULL || error->domain != POSTERN_GATEWAY_ERROR)
        return NULL;
    return postern_gateway_error_get_private (error);
}

PosternCertificate *
postern_gateway_error_get_certificate (const GError *error)
{
    PosternGatewayErrorPrivate *private = look_into (error);

    return private != NULL ? private->certificate : NULL;
}

GPtrArray *
postern_gateway_error_get_problems (const GError *error)
{
    PosternGatewayErrorPrivate *private = look_into (error);

    return private != NULL ? private->problems : NULL;
}

guint
postern_gateway_error_get_retry_after (const GError *error)
{
    PosternGatewayErrorPrivate *private = look_into (error);

    return private != NULL ? private->retry_after : 0;
}

guint
postern_gateway_error_get_status (const GError *error)
{
    PosternGatewayErrorPrivate *private = look_into (error);

    return private != NULL ? private->status : 0;
}

void
postern_gateway_error_set_certificate (GError *error, PosternCertificate *certificate)
{
    PosternGatewayErrorPrivate *private = look_into (error);

    g_return_if_fail (private != NULL);
    g_set_object (&private->certificate, certificate);
}

void
postern_gateway_error_set_problems (GError *error, GPtrArray *problems)
{
    PosternGatewayErrorPrivate *private = look_into (error);

    g_return_if_fail (private != NULL);
    g_clear_pointer (&private->problems, g_ptr_array_unref);
    private->problems = problems;
}

void
postern_gateway_error_set_retry_after (GError *error, guint seconds)
{
    PosternGatewayErrorPrivate *private = look_into (error);

    g_return_if_fail (private != NULL);
    private->retry_after = seconds;
}

void
postern_gateway_error_set_status (GError *error, guint status)
{
    PosternGatewayErrorPrivate *private = look_into (error);

    g_return_if_fail (private != NULL);
    private->status = status;
}

void
postern_gateway_error_set_unanswered (GError *error, gboolean unanswered)
{
    PosternGatewayErrorPrivate *private = look_into (error);

    g_return_if_fail (private != NULL);
    private->unanswered = unanswered;
}

gboolean
postern_gateway_error_may_have_been_carried_out (const GError *error)
{
    PosternGatewayErrorPrivate *private = look_into (error);

    /* A cancellation does not know how far the request came. */
    if (private == NULL)
        return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    return private->unanswered;
}
