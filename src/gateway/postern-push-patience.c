/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-push-patience.h"

#define READ_ATTEMPTS 4
/* How long another push, maybe our own that lost its answer, is waited for. */
#define SETTLE_ATTEMPTS 60
/* A gateway may ask to wait for longer than a person does. */
#define MAX_PAUSE_MILLISECONDS 10000

static gboolean
is_worth_another_try (const GError *error)
{
    return g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_UNREACHABLE) ||
           g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_BUSY) ||
           g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_RATE_LIMITED) ||
           g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL);
}

static void
pause_after (const GError *error, guint milliseconds)
{
    guint asked = postern_gateway_error_get_retry_after (error) * 1000;

    g_usleep ((gulong)MIN (MAX (asked, milliseconds), MAX_PAUSE_MILLISECONDS) * 1000);
}

PosternPlan *
postern_push_read_patiently (PosternGateway *gateway, char **revision, guint pause_milliseconds, GError **error)
{
    for (guint attempt = 1;; attempt++) {
        g_autoptr (GError) reason = NULL;
        PosternPlan *now = postern_gateway_read (gateway, revision, NULL, &reason);

        if (now != NULL)
            return now;
        if (attempt == READ_ATTEMPTS || !is_worth_another_try (reason)) {
            g_propagate_error (error, g_steal_pointer (&reason));
            return NULL;
        }
        pause_after (reason, pause_milliseconds * attempt);
    }
}

/* What was there before may be nothing that a gateway accepts as a plan; it may still have it as a revision. */
static char *
write_before (PosternGateway *gateway, PosternPlan *before, const char *before_revision, const char *revision,
              GError **error)
{
    g_autoptr (GError) refused = NULL;
    char *written = postern_gateway_write (gateway, before, revision, NULL, NULL, &refused);

    if (g_error_matches (refused, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_INVALID))
        return postern_gateway_restore (gateway, before_revision, revision, NULL, error);
    if (written == NULL)
        g_propagate_error (error, g_steal_pointer (&refused));
    return written;
}

gboolean
postern_push_wait_until_settled (PosternGateway *gateway, PosternPlan *before, const char *before_revision,
                                 guint pause_milliseconds)
{
    for (guint attempt = 0; attempt < SETTLE_ATTEMPTS; attempt++) {
        g_autoptr (GError) reason = NULL;
        g_autofree char *revision = write_before (gateway, before, before_revision, before_revision, &reason);

        if (revision != NULL || g_error_matches (reason, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_REVISION_CHANGED))
            return TRUE;
        if (!is_worth_another_try (reason))
            return FALSE;
        pause_after (reason, pause_milliseconds);
    }
    return FALSE;
}

char *
postern_push_write_patiently (PosternGateway *gateway, PosternPlan *plan, const char *revision, PosternJournal *journal,
                              guint pause_milliseconds, GCancellable *cancellable, GError **error)
{
    for (guint attempt = 1;; attempt++) {
        g_autoptr (GError) reason = NULL;
        char *written = postern_gateway_write (gateway, plan, revision, journal, cancellable, &reason);

        if (written != NULL)
            return written;
        if (attempt == SETTLE_ATTEMPTS || g_cancellable_is_cancelled (cancellable) ||
            !g_error_matches (reason, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_BUSY)) {
            g_propagate_error (error, g_steal_pointer (&reason));
            return NULL;
        }
        pause_after (reason, pause_milliseconds);
    }
}

char *
postern_push_write_before_patiently (PosternGateway *gateway, PosternPlan *before, const char *before_revision,
                                     const char *revision, guint pause_milliseconds, GError **error)
{
    for (guint attempt = 1;; attempt++) {
        g_autoptr (GError) reason = NULL;
        char *written = write_before (gateway, before, before_revision, revision, &reason);

        if (written != NULL)
            return written;
        if (attempt == SETTLE_ATTEMPTS ||
            !g_error_matches (reason, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_BUSY)) {
            g_propagate_error (error, g_steal_pointer (&reason));
            return NULL;
        }
        pause_after (reason, pause_milliseconds);
    }
}
