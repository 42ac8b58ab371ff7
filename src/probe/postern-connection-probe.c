/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-connection-probe.h"

#include <glib/gi18n-lib.h>

#include "probe/postern-probe-error.h"
#include "probe/postern-probe-session.h"

/* How much of a banner is quoted in the summary, in characters. */
#define QUOTED_BANNER 80

struct _PosternConnectionProbe {
    GObject parent_instance;

    gboolean succeeded;
    PosternSmtpStage stage;
    GError *failure;
    char *server;
    char *banner;
    PosternSmtpReply *reply;
    PosternSmtpCapabilities *capabilities;
    char *tls_failure;
    GTlsProtocolVersion tls_version;
    GTlsCertificate *certificate;
    GTlsCertificateFlags certificate_errors;
    guint elapsed_ms;
    GStrv passed_over;
    char *transcript;
    char *summary;
};

G_DEFINE_FINAL_TYPE (PosternConnectionProbe, postern_connection_probe, G_TYPE_OBJECT)

static gboolean
say_hello (PosternConnectionProbe *self, PosternSmtpDialogue *dialogue, const char *name, GCancellable *cancellable,
           GError **error)
{
    PosternSmtpReply *reply;

    self->stage = POSTERN_SMTP_STAGE_HELO;
    reply = postern_smtp_dialogue_hello (dialogue, name, cancellable, &self->failure);
    if (postern_probe_session_is_callers_error (self->failure)) {
        g_propagate_error (error, g_steal_pointer (&self->failure));
        return FALSE;
    }
    if (reply == NULL)
        return TRUE;
    g_clear_pointer (&self->reply, postern_smtp_reply_unref);
    self->reply = reply;
    self->succeeded = postern_smtp_reply_is_positive (reply);
    if (self->succeeded)
        self->capabilities = postern_smtp_capabilities_ref (postern_smtp_dialogue_get_capabilities (dialogue));
    return TRUE;
}

static gboolean
try_tls (PosternConnectionProbe *self, PosternSmtpDialogue *dialogue, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternSmtpReply) reply = NULL;
    g_autoptr (GError) cause = NULL;

    reply = postern_smtp_dialogue_starttls (dialogue, cancellable, &cause);
    if (postern_probe_session_is_callers_error (cause)) {
        g_propagate_error (error, g_steal_pointer (&cause));
        return FALSE;
    }
    if (reply == NULL)
        self->tls_failure = g_strdup (cause->message);
    else if (!postern_smtp_reply_is_positive (reply))
        self->tls_failure = g_strdup (postern_smtp_reply_get_display (reply));
    self->tls_version = postern_smtp_dialogue_get_tls_version (dialogue);
    g_set_object (&self->certificate, postern_smtp_dialogue_get_certificate (dialogue));
    self->certificate_errors = postern_smtp_dialogue_get_certificate_errors (dialogue);
    return TRUE;
}

static gboolean
talk (PosternConnectionProbe *self, PosternProbeTarget *target, PosternSmtpDialogue *dialogue, gint64 start,
      GCancellable *cancellable, GError **error)
{
    gboolean greeted = postern_smtp_reply_is_positive (self->reply);
    g_autoptr (PosternSmtpReply) farewell = NULL;

    if (greeted && !say_hello (self, dialogue, postern_probe_target_get_hello_name (target), cancellable, error))
        return FALSE;
    self->elapsed_ms = (guint)((g_get_monotonic_time () - start) / 1000);
    if (self->succeeded && postern_connection_probe_get_offers_starttls (self) &&
        !try_tls (self, dialogue, cancellable, error))
        return FALSE;
    /* The answers are there; what the server says to good-bye is of no interest. */
    if (postern_smtp_dialogue_is_open (dialogue))
        farewell = postern_smtp_dialogue_quit (dialogue, cancellable, NULL);
    if (self->succeeded)
        self->stage = POSTERN_SMTP_STAGE_QUIT;
    return TRUE;
}

static char *
make_success_summary (PosternConnectionProbe *self)
{
    g_autofree char *banner = g_utf8_substring (self->banner, 0, MIN (g_utf8_strlen (self->banner, -1), QUOTED_BANNER));

    if (!postern_connection_probe_get_offers_starttls (self))
        /* Translators: %1$s is a server such as mail.example.com:25, %2$u milliseconds, %3$s how the server greets. */
        return g_strdup_printf (_ ("%1$s answered in %2$u ms: “%3$s”. It does not offer encryption (STARTTLS)."),
                                self->server, self->elapsed_ms, banner);
    if (self->tls_failure == NULL)
        /* Translators: %1$s is a server such as mail.example.com:25, %2$u milliseconds, %3$s how the server greets. */
        return g_strdup_printf (_ ("%1$s answered in %2$u ms: “%3$s”. It offers encryption (STARTTLS)."), self->server,
                                self->elapsed_ms, banner);
    return g_strdup_printf (
        /* Translators: %1$s is a server such as mail.example.com:25, %2$u milliseconds, %3$s how the server greets,
         * %4$s why encryption failed: a sentence or what the server said. */
        _ ("%1$s answered in %2$u ms: “%3$s”. It offers encryption (STARTTLS), which does not work: %4$s"),
        self->server, self->elapsed_ms, banner, self->tls_failure);
}

static char *
make_summary (PosternConnectionProbe *self)
{
    if (self->succeeded)
        return make_success_summary (self);
    if (self->failure != NULL)
        return g_strdup (self->failure->message);
    if (postern_smtp_reply_is_temporary (self->reply))
        /* Translators: %1$s is a server such as mail.example.com:25, %2$s an SMTP reply such as 421 4.3.2 Busy. */
        return g_strdup_printf (_ ("%1$s refuses for now: %2$s"), self->server,
                                postern_smtp_reply_get_display (self->reply));
    /* Translators: %1$s is a server such as mail.example.com:25, %2$s an SMTP reply such as 554 5.7.1 Access denied. */
    return g_strdup_printf (_ ("%1$s refuses to talk to this computer: %2$s"), self->server,
                            postern_smtp_reply_get_display (self->reply));
}

static void
take_session (PosternConnectionProbe *self, PosternProbeSession *session, gint64 start)
{
    GPtrArray *passed_over = postern_probe_session_get_passed_over (session);
    PosternSmtpReply *greeting = postern_probe_session_get_greeting (session);
    const GError *failure = postern_probe_session_get_failure (session);
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

    for (guint i = 0; i < passed_over->len; i++)
        g_strv_builder_add (builder, passed_over->pdata[i]);
    self->passed_over = g_strv_builder_end (builder);
    self->server = g_strdup (postern_probe_session_get_server (session));
    self->stage = postern_probe_session_get_stage (session);
    self->failure = failure != NULL ? g_error_copy (failure) : NULL;
    self->reply = greeting != NULL ? postern_smtp_reply_ref (greeting) : NULL;
    self->banner = greeting != NULL ? g_strdup (postern_smtp_reply_get_text (greeting)) : NULL;
    self->elapsed_ms = (guint)((g_get_monotonic_time () - start) / 1000);
}

PosternConnectionProbe *
postern_connection_probe_run (PosternProbeTarget *target, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternConnectionProbe) self = NULL;
    g_autoptr (PosternProbeSession) session = NULL;
    gint64 start = g_get_monotonic_time ();
    PosternSmtpDialogue *dialogue;

    g_return_val_if_fail (POSTERN_IS_PROBE_TARGET (target), NULL);

    session = postern_probe_session_open (target, cancellable, error);
    if (session == NULL)
        return NULL;
    self = g_object_new (POSTERN_TYPE_CONNECTION_PROBE, NULL);
    take_session (self, session, start);
    dialogue = postern_probe_session_get_dialogue (session);
    if (dialogue != NULL && !talk (self, target, dialogue, start, cancellable, error))
        return NULL;
    self->transcript = g_strdup (dialogue != NULL ? postern_smtp_dialogue_get_transcript (dialogue) : "");
    self->summary = make_summary (self);
    return g_steal_pointer (&self);
}

gboolean
postern_connection_probe_get_succeeded (PosternConnectionProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTION_PROBE (self), FALSE);

    return self->succeeded;
}

PosternSmtpStage
postern_connection_probe_get_stage (PosternConnectionProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTION_PROBE (self), POSTERN_SMTP_STAGE_RESOLVE);

    return self->stage;
}

const GError *
postern_connection_probe_get_failure (PosternConnectionProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTION_PROBE (self), NULL);

    return self->failure;
}

const char *
postern_connection_probe_get_server (PosternConnectionProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTION_PROBE (self), NULL);

    return self->server;
}

const char *
postern_connection_probe_get_banner (PosternConnectionProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTION_PROBE (self), NULL);

    return self->banner;
}

PosternSmtpReply *
postern_connection_probe_get_reply (PosternConnectionProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTION_PROBE (self), NULL);

    return self->reply;
}

PosternSmtpCapabilities *
postern_connection_probe_get_capabilities (PosternConnectionProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTION_PROBE (self), NULL);

    return self->capabilities;
}

gboolean
postern_connection_probe_get_offers_starttls (PosternConnectionProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTION_PROBE (self), FALSE);

    return self->capabilities != NULL && postern_smtp_capabilities_has (self->capabilities, "STARTTLS");
}

const char *
postern_connection_probe_get_tls_failure (PosternConnectionProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTION_PROBE (self), NULL);

    return self->tls_failure;
}

GTlsProtocolVersion
postern_connection_probe_get_tls_version (PosternConnectionProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTION_PROBE (self), G_TLS_PROTOCOL_VERSION_UNKNOWN);

    return self->tls_version;
}

GTlsCertificate *
postern_connection_probe_get_certificate (PosternConnectionProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTION_PROBE (self), NULL);

    return self->certificate;
}

GTlsCertificateFlags
postern_connection_probe_get_certificate_errors (PosternConnectionProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTION_PROBE (self), 0);

    return self->certificate_errors;
}

guint
postern_connection_probe_get_elapsed_ms (PosternConnectionProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTION_PROBE (self), 0);

    return self->elapsed_ms;
}

const char *const *
postern_connection_probe_get_passed_over (PosternConnectionProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTION_PROBE (self), NULL);

    return (const char *const *)self->passed_over;
}

const char *
postern_connection_probe_get_transcript (PosternConnectionProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTION_PROBE (self), NULL);

    return self->transcript;
}

const char *
postern_connection_probe_get_summary (PosternConnectionProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_CONNECTION_PROBE (self), NULL);

    return self->summary;
}

static void
postern_connection_probe_finalize (GObject *object)
{
    PosternConnectionProbe *self = POSTERN_CONNECTION_PROBE (object);

    g_clear_error (&self->failure);
    g_clear_pointer (&self->server, g_free);
    g_clear_pointer (&self->banner, g_free);
    g_clear_pointer (&self->reply, postern_smtp_reply_unref);
    g_clear_pointer (&self->capabilities, postern_smtp_capabilities_unref);
    g_clear_pointer (&self->tls_failure, g_free);
    g_clear_object (&self->certificate);
    g_clear_pointer (&self->passed_over, g_strfreev);
    g_clear_pointer (&self->transcript, g_free);
    g_clear_pointer (&self->summary, g_free);

    G_OBJECT_CLASS (postern_connection_probe_parent_class)->finalize (object);
}

static void
postern_connection_probe_class_init (PosternConnectionProbeClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_connection_probe_finalize;
}

static void
postern_connection_probe_init (PosternConnectionProbe *self)
{
}
