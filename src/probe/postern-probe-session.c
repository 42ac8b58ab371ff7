/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-probe-session.h"

#include <glib/gi18n-lib.h>

#include "probe/postern-probe-error.h"
#include "probe/postern-probe-hops.h"

struct _PosternProbeSession {
    PosternProbeTarget *target;
    gint64 deadline;
    PosternSmtpDialogue *dialogue;
    PosternSmtpReply *greeting;
    GError *failure;
    PosternSmtpStage stage;
    char *server;
    GPtrArray *passed_over;
};

/* What is left of the overall time, in milliseconds; never 0, which would stand for the default. */
static guint
get_time_left (PosternProbeSession *self)
{
    gint64 left = (self->deadline - g_get_monotonic_time ()) / 1000;

    return (guint)CLAMP (left, 1, G_MAXINT);
}

static PosternSmtpDialogue *
make_dialogue (PosternProbeSession *self, PosternNextHop *hop)
{
    PosternSmtpDialogue *dialogue =
        postern_smtp_dialogue_new (postern_next_hop_get_host (hop), postern_next_hop_get_port (hop));
    PosternSmtpTimeouts timeouts = *postern_probe_target_get_timeouts (self->target);

    timeouts.overall_ms = get_time_left (self);
    postern_smtp_dialogue_set_address (dialogue, postern_next_hop_get_address (hop));
    postern_smtp_dialogue_set_local_address (dialogue, postern_probe_target_get_local_address (self->target));
    postern_smtp_dialogue_set_timeouts (dialogue, &timeouts);
    return dialogue;
}

static void
pass_over (PosternProbeSession *self)
{
    char *sentence;

    if (self->failure != NULL)
        sentence = g_strdup (self->failure->message);
    else
        /* Translators: %1$s is a server such as mx1.example.com[192.0.2.1]:25, %2$s an SMTP reply such as 421 4.3.2
         * Busy. */
        sentence = g_strdup_printf (_ ("%1$s refuses for now: %2$s"), self->server,
                                    postern_smtp_reply_get_display (self->greeting));
    g_ptr_array_add (self->passed_over, sentence);
    g_clear_error (&self->failure);
    g_clear_pointer (&self->greeting, postern_smtp_reply_unref);
    g_clear_object (&self->dialogue);
}

static gboolean
hop_is_good (PosternProbeSession *self)
{
    return self->greeting != NULL && !postern_smtp_reply_is_temporary (self->greeting);
}

static gboolean
try_hop (PosternProbeSession *self, PosternNextHop *hop, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternSmtpDialogue) dialogue = make_dialogue (self, hop);

    self->greeting = postern_smtp_dialogue_open (dialogue, cancellable, &self->failure);
    if (g_error_matches (self->failure, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        g_propagate_error (error, g_steal_pointer (&self->failure));
        return FALSE;
    }
    self->stage = postern_smtp_dialogue_get_stage (dialogue);
    g_set_str (&self->server, postern_smtp_dialogue_get_server (dialogue));
    if (self->greeting != NULL)
        self->dialogue = g_steal_pointer (&dialogue);
    return TRUE;
}

static gboolean
try_hops (PosternProbeSession *self, GPtrArray *hops, GCancellable *cancellable, GError **error)
{
    for (guint i = 0; i < hops->len; i++) {
        if (!try_hop (self, hops->pdata[i], cancellable, error))
            return FALSE;
        if (hop_is_good (self) || i + 1 == hops->len || g_get_monotonic_time () >= self->deadline)
            break;
        pass_over (self);
    }
    return TRUE;
}

static GPtrArray *
find_hops (PosternProbeSession *self, GCancellable *cancellable)
{
    PosternProbeTarget *target = self->target;
    guint timeout_ms = MIN (postern_probe_target_get_timeouts (target)->connect_ms, get_time_left (self));

    self->stage = POSTERN_SMTP_STAGE_RESOLVE;
    return postern_probe_hops_find (target, timeout_ms, cancellable, &self->failure);
}

gboolean
postern_probe_session_is_callers_error (const GError *error)
{
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
           g_error_matches (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_INVALID_ARGUMENT) ||
           g_error_matches (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_NOT_OFFERED);
}

PosternProbeSession *
postern_probe_session_open (PosternProbeTarget *target, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternProbeSession) self = g_new0 (PosternProbeSession, 1);
    g_autoptr (GPtrArray) hops = NULL;

    self->target = g_object_ref (target);
    self->deadline = g_get_monotonic_time () + (gint64)postern_probe_target_get_timeouts (target)->overall_ms * 1000;
    self->server = g_strdup (postern_probe_target_get_name (target));
    self->passed_over = g_ptr_array_new_with_free_func (g_free);

    hops = find_hops (self, cancellable);
    if (hops == NULL && postern_probe_session_is_callers_error (self->failure)) {
        g_propagate_error (error, g_steal_pointer (&self->failure));
        return NULL;
    }
    if (hops != NULL && !try_hops (self, hops, cancellable, error))
        return NULL;
    return g_steal_pointer (&self);
}

void
postern_probe_session_free (PosternProbeSession *self)
{
    g_return_if_fail (self != NULL);

    g_clear_object (&self->dialogue);
    g_clear_pointer (&self->greeting, postern_smtp_reply_unref);
    g_clear_error (&self->failure);
    g_ptr_array_unref (self->passed_over);
    g_free (self->server);
    g_object_unref (self->target);
    g_free (self);
}

PosternSmtpDialogue *
postern_probe_session_get_dialogue (PosternProbeSession *self)
{
    return self->dialogue;
}

PosternSmtpReply *
postern_probe_session_get_greeting (PosternProbeSession *self)
{
    return self->greeting;
}

const GError *
postern_probe_session_get_failure (PosternProbeSession *self)
{
    return self->failure;
}

PosternSmtpStage
postern_probe_session_get_stage (PosternProbeSession *self)
{
    return self->stage;
}

const char *
postern_probe_session_get_server (PosternProbeSession *self)
{
    return self->server;
}

GPtrArray *
postern_probe_session_get_passed_over (PosternProbeSession *self)
{
    return self->passed_over;
}
