/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-recipient-probe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "probe/postern-probe-error.h"
#include "probe/postern-probe-session.h"

struct _PosternRecipientProbe {
    GObject parent_instance;

    PosternRecipientClass class;
    char *sender;
    char *given;
    char *invented;
    gboolean smtputf8;
    guint slow_ms;

    char *server;
    PosternSmtpStage stage;
    GError *failure;
    PosternSmtpReply *refusal;
    PosternSmtpReply *given_reply;
    PosternSmtpReply *invented_reply;
    PosternSmtpReply *null_sender_reply;
    guint slowest_ms;
    char *transcript;
    char *summary;
};

G_DEFINE_FINAL_TYPE (PosternRecipientProbe, postern_recipient_probe, G_TYPE_OBJECT)

/* Whether the dialogue goes on after @reply, which goes on if it is positive. Keeps the refusal otherwise. Takes
 * @reply. */
static gboolean
keep_going (PosternRecipientProbe *self, PosternSmtpReply *reply)
{
    if (reply == NULL)
        return FALSE;
    if (postern_smtp_reply_is_positive (reply)) {
        postern_smtp_reply_unref (reply);
        return TRUE;
    }
    self->refusal = reply;
    return FALSE;
}

static PosternSmtpReply *
ask_recipient (PosternRecipientProbe *self, PosternSmtpDialogue *dialogue, const char *recipient,
               GCancellable *cancellable)
{
    gint64 start = g_get_monotonic_time ();
    PosternSmtpReply *reply = postern_smtp_dialogue_rcpt_to (dialogue, recipient, cancellable, &self->failure);

    self->slowest_ms = MAX (self->slowest_ms, (guint)((g_get_monotonic_time () - start) / 1000));
    /* 421 is an answer to this recipient, but there will be none to the next one. */
    if (reply != NULL && postern_smtp_reply_is_closing (reply))
        self->refusal = postern_smtp_reply_ref (reply);
    return reply;
}

static void
ask_recipients (PosternRecipientProbe *self, PosternSmtpDialogue *dialogue, GCancellable *cancellable)
{
    if (self->given != NULL) {
        self->given_reply = ask_recipient (self, dialogue, self->given, cancellable);
        if (self->given_reply == NULL || self->refusal != NULL)
            return;
    }
    self->invented_reply = ask_recipient (self, dialogue, self->invented, cancellable);
}

static gboolean
is_refused (PosternSmtpReply *reply)
{
    return reply != NULL && postern_smtp_reply_is_permanent (reply);
}

static gboolean
wants_second_attempt (PosternRecipientProbe *self)
{
    if (self->failure != NULL || self->given == NULL || *self->sender == '\0')
        return FALSE;
    if (self->stage == POSTERN_SMTP_STAGE_MAIL)
        return is_refused (self->refusal);
    return is_refused (self->given_reply) && is_refused (self->invented_reply);
}

/* Was it the sender’s fault? What goes wrong here takes nothing away from what is known already, except cancellation.
 */
static gboolean
ask_from_null_sender (PosternRecipientProbe *self, PosternSmtpDialogue *dialogue, GCancellable *cancellable,
                      GError **error)
{
    g_autoptr (PosternSmtpReply) rset = postern_smtp_dialogue_rset (dialogue, cancellable, error);
    g_autoptr (PosternSmtpReply) mail = NULL;

    if (rset != NULL)
        mail = postern_smtp_dialogue_mail_from (dialogue, "", self->smtputf8, cancellable, error);
    if (mail == NULL)
        return FALSE;
    if (!postern_smtp_reply_is_positive (mail)) {
        self->null_sender_reply = g_steal_pointer (&mail);
        return TRUE;
    }
    self->null_sender_reply = postern_smtp_dialogue_rcpt_to (dialogue, self->given, cancellable, error);
    return self->null_sender_reply != NULL;
}

static void
say_farewell (PosternSmtpDialogue *dialogue, GCancellable *cancellable)
{
    g_autoptr (PosternSmtpReply) farewell = NULL;

    if (postern_smtp_dialogue_is_open (dialogue))
        farewell = postern_smtp_dialogue_quit (dialogue, cancellable, NULL);
}

static void
talk (PosternRecipientProbe *self, PosternProbeTarget *target, PosternSmtpDialogue *dialogue, GCancellable *cancellable)
{
    const char *name = postern_probe_target_get_hello_name (target);

    if (keep_going (self, postern_smtp_dialogue_hello (dialogue, name, cancellable, &self->failure)) &&
        keep_going (self, postern_smtp_dialogue_mail_from (dialogue, self->sender, self->smtputf8, cancellable,
                                                           &self->failure)))
        ask_recipients (self, dialogue, cancellable);
    self->stage = postern_smtp_dialogue_get_stage (dialogue);
}

static gboolean
observe (PosternRecipientProbe *self, PosternProbeTarget *target, PosternProbeSession *session,
         GCancellable *cancellable, GError **error)
{
    PosternSmtpDialogue *dialogue = postern_probe_session_get_dialogue (session);
    const GError *failure = postern_probe_session_get_failure (session);
    g_autoptr (GError) second = NULL;

    self->server = g_strdup (postern_probe_session_get_server (session));
    self->stage = postern_probe_session_get_stage (session);
    self->failure = failure != NULL ? g_error_copy (failure) : NULL;
    if (dialogue == NULL)
        return TRUE;

    if (keep_going (self, postern_smtp_reply_ref (postern_probe_session_get_greeting (session))))
        talk (self, target, dialogue, cancellable);
    if (postern_probe_session_is_callers_error (self->failure)) {
        g_propagate_error (error, g_steal_pointer (&self->failure));
        return FALSE;
    }
    if (wants_second_attempt (self) && !ask_from_null_sender (self, dialogue, cancellable, &second) &&
        g_error_matches (second, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        g_propagate_error (error, g_steal_pointer (&second));
        return FALSE;
    }
    say_farewell (dialogue, cancellable);
    self->transcript = g_strdup (postern_smtp_dialogue_get_transcript (dialogue));
    return TRUE;
}

static PosternRecipientClass
judge (PosternRecipientProbe *self)
{
    PosternRecipientObservation observation = {
        .failure = self->failure,
        .stage = self->stage,
        .refusal = self->refusal,
        .given = self->given_reply,
        .invented = self->invented_reply,
        .given_from_null = self->null_sender_reply,
        .slowest_ms = self->slowest_ms,
        .slow_ms = self->slow_ms,
    };

    return postern_recipient_class_judge (&observation);
}

/* The reply that decided, for a reader who wants to know what the server said. */
static const char *
get_deciding_reply (PosternRecipientProbe *self)
{
    PosternSmtpReply *reply = self->refusal;

    if (reply == NULL && self->given_reply != NULL && !postern_smtp_reply_is_positive (self->given_reply))
        reply = self->given_reply;
    if (reply == NULL)
        reply = self->invented_reply;
    return reply != NULL ? postern_smtp_reply_get_display (reply) : "";
}

static char *
make_refusal_summary (PosternRecipientProbe *self)
{
    const char *reply = get_deciding_reply (self);

    if (self->class == POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT)
        return g_strdup_printf (
            /* Translators: %1$s is a server such as mail.example.com:25, %2$s an SMTP reply such as 550 5.7.1 No. */
            _ ("%1$s refuses this computer, so every recipient would look unknown: %2$s"), self->server, reply);
    if (self->class == POSTERN_RECIPIENT_CLASS_REFUSES_ALL)
        return g_strdup_printf (
            /* Translators: %1$s is a server such as mail.example.com:25, %2$s an address, %3$s an SMTP reply. */
            _ ("%1$s refuses %2$s as well as an invented recipient; either it does not exist, or mail for its "
               "domain does not belong there: %3$s"),
            self->server, self->given, reply);
    if (*self->sender == '\0')
        return g_strdup_printf (
            /* Translators: %1$s is a server such as mail.example.com:25, %2$s an SMTP reply such as 550 5.7.1 No. */
            _ ("%1$s refuses the empty sender, so every recipient would look unknown: %2$s"), self->server, reply);
    return g_strdup_printf (
        /* Translators: %1$s is a server such as mail.example.com:25, %2$s an address, %3$s an SMTP reply. */
        _ ("%1$s refuses the sender %2$s, so every recipient would look unknown: %3$s"), self->server, self->sender,
        reply);
}

static char *
make_slow_summary (PosternRecipientProbe *self)
{
    if (self->failure != NULL)
        return g_strdup (self->failure->message);
    return g_strdup_printf (
        /* Translators: %1$s is a server such as mail.example.com:25, %2$.3g and %3$.3g are numbers of seconds. */
        _ ("%1$s knows its recipients but takes %2$.3g s to answer. A gateway waits %3$.3g s, so it puts off the "
           "first message to each recipient."),
        self->server, self->slowest_ms / 1000.0, self->slow_ms / 1000.0);
}

static char *
make_summary (PosternRecipientProbe *self)
{
    const char *reply = get_deciding_reply (self);

    switch (self->class) {
    case POSTERN_RECIPIENT_CLASS_VERIFIES:
        if (self->given == NULL)
            return g_strdup_printf (
                /* Translators: %s is a server such as mail.example.com:25. */
                _ ("%s knows its recipients: it refuses an invented one."), self->server);
        return g_strdup_printf (
            /* Translators: %1$s is a server such as mail.example.com:25, %2$s an address. */
            _ ("%1$s knows its recipients: it accepts %2$s and refuses an invented one."), self->server, self->given);
    case POSTERN_RECIPIENT_CLASS_CATCH_ALL:
        return g_strdup_printf (
            /* Translators: %s is a server such as mail.example.com:25. */
            _ ("%s accepts even an invented recipient, so asking it about recipients has no effect."), self->server);
    case POSTERN_RECIPIENT_CLASS_REFUSES_SENDER:
    case POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT:
    case POSTERN_RECIPIENT_CLASS_REFUSES_ALL:
        return make_refusal_summary (self);
    case POSTERN_RECIPIENT_CLASS_GREYLISTS:
        return g_strdup_printf (
            /* Translators: %1$s is a server such as mail.example.com:25, %2$s an SMTP reply such as 450 4.7.1 Wait. */
            _ ("%1$s puts off clients that it does not know (greylisting); ask again in some minutes: %2$s"),
            self->server, reply);
    case POSTERN_RECIPIENT_CLASS_TEMPFAILS:
        return g_strdup_printf (
            /* Translators: %1$s is a server such as mail.example.com:25, %2$s an SMTP reply such as 450 4.1.1 Wait. */
            _ ("%1$s cannot tell at the moment; ask again: %2$s"), self->server, reply);
    case POSTERN_RECIPIENT_CLASS_SLOW:
        return make_slow_summary (self);
    case POSTERN_RECIPIENT_CLASS_UNREACHABLE:
        return g_strdup (self->failure->message);
    }
    g_return_val_if_reached (NULL);
}

static PosternRecipientProbe *
make_probe (const char *sender, const char *recipient, guint slow_ms)
{
    PosternRecipientProbe *self = g_object_new (POSTERN_TYPE_RECIPIENT_PROBE, NULL);
    const char *at = strrchr (recipient, '@');

    self->sender = g_strdup (sender);
    self->given = at > recipient ? g_strdup (recipient) : NULL;
    /* Nobody is called so, and whoever reads the server's log sees what it was. */
    self->invented = g_strdup_printf ("postern-probe-%08x%08x%s", g_random_int (), g_random_int (), at);
    self->smtputf8 = !g_str_is_ascii (recipient);
    self->slow_ms = slow_ms != 0 ? slow_ms : POSTERN_RECIPIENT_PROBE_SLOW_MS;
    return self;
}

static gboolean
check_addresses (const char *sender, const char *recipient, GError **error)
{
    const char *at = strrchr (recipient, '@');

    if (at == NULL || at[1] == '\0') {
        g_set_error_literal (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_INVALID_ARGUMENT,
                             _ ("The recipient has no domain."));
        return FALSE;
    }
    return postern_smtp_check_mailbox (recipient, error) &&
           (*sender == '\0' || postern_smtp_check_mailbox (sender, error));
}

PosternRecipientProbe *
postern_recipient_probe_run (PosternProbeTarget *target, const char *sender, const char *recipient, guint slow_ms,
                             GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternRecipientProbe) self = NULL;
    g_autoptr (PosternProbeSession) session = NULL;

    g_return_val_if_fail (POSTERN_IS_PROBE_TARGET (target), NULL);
    g_return_val_if_fail (sender != NULL && recipient != NULL, NULL);

    if (!check_addresses (sender, recipient, error))
        return NULL;
    session = postern_probe_session_open (target, cancellable, error);
    if (session == NULL)
        return NULL;
    self = make_probe (sender, recipient, slow_ms);
    if (!observe (self, target, session, cancellable, error))
        return NULL;
    self->class = judge (self);
    self->summary = make_summary (self);
    return g_steal_pointer (&self);
}

PosternRecipientClass
postern_recipient_probe_get_class (PosternRecipientProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_RECIPIENT_PROBE (self), POSTERN_RECIPIENT_CLASS_UNREACHABLE);

    return self->class;
}

const char *
postern_recipient_probe_get_server (PosternRecipientProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_RECIPIENT_PROBE (self), NULL);

    return self->server;
}

PosternSmtpStage
postern_recipient_probe_get_stage (PosternRecipientProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_RECIPIENT_PROBE (self), POSTERN_SMTP_STAGE_RESOLVE);

    return self->stage;
}

const GError *
postern_recipient_probe_get_failure (PosternRecipientProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_RECIPIENT_PROBE (self), NULL);

    return self->failure;
}

PosternSmtpReply *
postern_recipient_probe_get_refusal (PosternRecipientProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_RECIPIENT_PROBE (self), NULL);

    return self->refusal;
}

PosternSmtpReply *
postern_recipient_probe_get_given_reply (PosternRecipientProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_RECIPIENT_PROBE (self), NULL);

    return self->given_reply;
}

PosternSmtpReply *
postern_recipient_probe_get_invented_reply (PosternRecipientProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_RECIPIENT_PROBE (self), NULL);

    return self->invented_reply;
}

PosternSmtpReply *
postern_recipient_probe_get_null_sender_reply (PosternRecipientProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_RECIPIENT_PROBE (self), NULL);

    return self->null_sender_reply;
}

const char *
postern_recipient_probe_get_invented (PosternRecipientProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_RECIPIENT_PROBE (self), NULL);

    return self->invented;
}

guint
postern_recipient_probe_get_slowest_ms (PosternRecipientProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_RECIPIENT_PROBE (self), 0);

    return self->slowest_ms;
}

const char *
postern_recipient_probe_get_transcript (PosternRecipientProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_RECIPIENT_PROBE (self), NULL);

    return self->transcript != NULL ? self->transcript : "";
}

const char *
postern_recipient_probe_get_summary (PosternRecipientProbe *self)
{
    g_return_val_if_fail (POSTERN_IS_RECIPIENT_PROBE (self), NULL);

    return self->summary;
}

gboolean
postern_recipient_probe_get_verifies (PosternRecipientProbe *self, gboolean *verifies)
{
    g_return_val_if_fail (POSTERN_IS_RECIPIENT_PROBE (self), FALSE);

    return postern_recipient_class_get_verifies (self->class, verifies);
}

static void
postern_recipient_probe_finalize (GObject *object)
{
    PosternRecipientProbe *self = POSTERN_RECIPIENT_PROBE (object);

    g_clear_pointer (&self->sender, g_free);
    g_clear_pointer (&self->given, g_free);
    g_clear_pointer (&self->invented, g_free);
    g_clear_pointer (&self->server, g_free);
    g_clear_error (&self->failure);
    g_clear_pointer (&self->refusal, postern_smtp_reply_unref);
    g_clear_pointer (&self->given_reply, postern_smtp_reply_unref);
    g_clear_pointer (&self->invented_reply, postern_smtp_reply_unref);
    g_clear_pointer (&self->null_sender_reply, postern_smtp_reply_unref);
    g_clear_pointer (&self->transcript, g_free);
    g_clear_pointer (&self->summary, g_free);

    G_OBJECT_CLASS (postern_recipient_probe_parent_class)->finalize (object);
}

static void
postern_recipient_probe_class_init (PosternRecipientProbeClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_recipient_probe_finalize;
}

static void
postern_recipient_probe_init (PosternRecipientProbe *self)
{
}
