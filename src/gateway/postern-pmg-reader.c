/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-pmg-reader.h"

#include "gateway/postern-gateway-error.h"
#include "gateway/postern-pmg-error.h"
#include "gateway/postern-pmg-json.h"

#define ATTEMPTS 3

static gboolean
is_broken (const GError *error)
{
    return g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_UNREACHABLE) &&
           postern_gateway_error_may_have_been_carried_out (error);
}

static PosternPmgAnswer *
get (PosternPmgSession *session, const char *path, GCancellable *cancellable, GError **error)
{
    GError *reason = NULL;
    PosternPmgAnswer *answer = postern_pmg_session_call (session, "GET", path, NULL, cancellable, &reason);

    if (answer == NULL && is_broken (reason)) {
        g_clear_error (&reason);
        answer = postern_pmg_session_call (session, "GET", path, NULL, cancellable, &reason);
    }
    if (reason != NULL)
        g_propagate_error (error, reason);
    return answer;
}

gboolean
postern_pmg_reader_read_list (PosternPmgSession *session, PosternPmgList list, PosternPmgConfig *config,
                              GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternPmgAnswer) answer = get (session, postern_pmg_list_get_path (list), cancellable, error);
    GError *reason = NULL;

    if (answer == NULL)
        return FALSE;
    if (postern_pmg_json_parse_list (answer->body, list, config, &reason))
        return TRUE;
    g_propagate_error (error, postern_pmg_error_not_understood (postern_pmg_session_get_address (session), reason));
    return FALSE;
}

PosternPmgConfig *
postern_pmg_reader_read (PosternPmgSession *session, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternPmgConfig) config = postern_pmg_config_new ();

    for (PosternPmgList list = 0; list < POSTERN_PMG_N_LISTS; list++) {
        if (!postern_pmg_reader_read_list (session, list, config, cancellable, error))
            return NULL;
    }
    return g_steal_pointer (&config);
}

static gboolean
is_worth_another_try (const GError *error)
{
    return g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_UNREACHABLE) ||
           g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_TIMED_OUT) ||
           g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_BUSY) ||
           g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_RATE_LIMITED) ||
           g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL);
}

PosternPmgConfig *
postern_pmg_reader_read_patiently (PosternPmgSession *session, guint pause_milliseconds, GError **error)
{
    for (guint attempt = 1;; attempt++) {
        GError *reason = NULL;
        PosternPmgConfig *config = postern_pmg_reader_read (session, NULL, &reason);

        if (config != NULL)
            return config;
        if (attempt == ATTEMPTS || !is_worth_another_try (reason)) {
            g_propagate_error (error, reason);
            return NULL;
        }
        g_clear_error (&reason);
        g_usleep ((gulong)pause_milliseconds * attempt * 1000);
    }
}
