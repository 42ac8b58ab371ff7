/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-smtp-dialogue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "probe/postern-probe-error.h"
#include "probe/postern-smtp-connection.h"
#include "probe/postern-smtp-server-name.h"
#include "probe/postern-smtp-transcript.h"

/* Postfix reads lines of up to 2048 octets; XCLIENT's may be longer than the 512 of RFC 5321 section 4.5.3.1.4. */
#define MAX_COMMAND 1000
/* All answers are there by then; a server that is slow to say good-bye need not be waited for. */
#define QUIT_REPLY_MS 2000

struct _PosternSmtpDialogue {
    GObject parent_instance;

    char *host;
    guint16 port;
    char *server;
    GInetAddress *address;
    GInetAddress *local_address;
    PosternSmtpTimeouts timeouts;
    PosternSmtpConnection *connection;
    PosternSmtpStage stage;
    PosternSmtpCapabilities *capabilities;
    gboolean smtputf8;
    PosternSmtpTranscript *transcript;
};

G_DEFINE_FINAL_TYPE (PosternSmtpDialogue, postern_smtp_dialogue, G_TYPE_OBJECT)

static GTlsConnection *
get_tls (PosternSmtpDialogue *self)
{
    return self->connection != NULL ? postern_smtp_connection_get_tls (self->connection) : NULL;
}

static void
forget_capabilities (PosternSmtpDialogue *self)
{
    g_clear_pointer (&self->capabilities, postern_smtp_capabilities_unref);
    self->capabilities = postern_smtp_capabilities_new (NULL);
}

static gboolean
check_open (PosternSmtpDialogue *self, GCancellable *cancellable, GError **error)
{
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    if (postern_smtp_dialogue_is_open (self))
        return TRUE;
    g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_CLOSED,
                 /* Translators: %s is a server such as mail.example.com:25. */
                 _ ("There is no connection to %s any more."), self->server);
    return FALSE;
}

static gboolean
fail_not_offered (PosternSmtpDialogue *self, const char *extension, GError **error)
{
    g_set_error (
        error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_NOT_OFFERED,
        /* Translators: %1$s is a server such as mail.example.com:25, %2$s an SMTP extension such as STARTTLS. */
        _ ("%1$s does not offer %2$s."), self->server, extension);
    return FALSE;
}

/* 3yz asks for more, which of the commands that are said here only DATA does. Takes @reply. */
static PosternSmtpReply *
refuse_reply (PosternSmtpDialogue *self, PosternSmtpReply *reply, GError **error)
{
    postern_smtp_connection_close (self->connection);
    g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_PROTOCOL,
                 /* Translators: %1$s is a server such as mail.example.com:25, %2$s what it said. */
                 _ ("%1$s gave an answer that makes no sense here: “%2$s”."), self->server,
                 postern_smtp_reply_get_display (reply));
    postern_smtp_reply_unref (reply);
    return NULL;
}

static PosternSmtpReply *
receive (PosternSmtpDialogue *self, const char *what, GCancellable *cancellable, GError **error)
{
    PosternSmtpReply *reply = postern_smtp_connection_receive (self->connection, what, cancellable, error);

    if (reply == NULL)
        return NULL;
    postern_smtp_transcript_add_reply (self->transcript, reply);
    if (postern_smtp_reply_is_closing (reply))
        postern_smtp_connection_close (self->connection);
    if (postern_smtp_reply_get_code (reply) / 100 == 3 && self->stage != POSTERN_SMTP_STAGE_DATA)
        return refuse_reply (self, reply, error);
    return reply;
}

/* What the server said before it was asked @what: 421 answers any command, everything else would be taken for an answer
 * to the wrong one. */
static PosternSmtpReply *
receive_unasked (PosternSmtpDialogue *self, const char *what, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternSmtpReply) reply = receive (self, what, cancellable, error);

    if (reply == NULL || postern_smtp_reply_is_closing (reply))
        return g_steal_pointer (&reply);
    postern_smtp_connection_close (self->connection);
    g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_PROTOCOL,
                 /* Translators: %1$s is a server such as mail.example.com:25, %2$s what it said. */
                 _ ("%1$s talks out of turn: it said “%2$s” without having been asked."), self->server,
                 postern_smtp_reply_get_display (reply));
    return NULL;
}

/* Says @command, which @what names in error messages, and hears the answer. The one place where anything is sent. */
static PosternSmtpReply *
exchange (PosternSmtpDialogue *self, PosternSmtpStage stage, const char *command, const char *what,
          GCancellable *cancellable, GError **error)
{
    if (!check_open (self, cancellable, error))
        return NULL;
    /* Arguments have been checked by whoever put the command together; nothing gets past here all the same. */
    if (strpbrk (command, "\r\n") != NULL || strlen (command) > MAX_COMMAND) {
        g_set_error_literal (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_INVALID_ARGUMENT,
                             _ ("The SMTP command is longer than one line may be."));
        return NULL;
    }
    self->stage = stage;
    if (postern_smtp_connection_has_unread (self->connection))
        return receive_unasked (self, what, cancellable, error);
    postern_smtp_transcript_add_command (self->transcript, command);
    if (!postern_smtp_connection_send (self->connection, command, what, cancellable, error))
        return NULL;
    return receive (self, what, cancellable, error);
}

static GSocketConnectable *
make_target (PosternSmtpDialogue *self)
{
    if (self->address != NULL)
        return G_SOCKET_CONNECTABLE (g_inet_socket_address_new (self->address, self->port));
    return g_network_address_new (self->host, self->port);
}

PosternSmtpReply *
postern_smtp_dialogue_open (PosternSmtpDialogue *self, GCancellable *cancellable, GError **error)
{
    g_autoptr (GSocketConnectable) target = NULL;
    g_autoptr (GError) cause = NULL;

    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), NULL);
    g_return_val_if_fail (self->connection == NULL, NULL);

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    self->stage = POSTERN_SMTP_STAGE_CONNECT;
    self->connection = postern_smtp_connection_new (self->server, &self->timeouts);
    target = make_target (self);
    if (!postern_smtp_connection_open (self->connection, target, self->local_address, cancellable, &cause)) {
        if (g_error_matches (cause, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_NOT_FOUND) ||
            g_error_matches (cause, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_RESOLVER))
            self->stage = POSTERN_SMTP_STAGE_RESOLVE;
        g_propagate_error (error, g_steal_pointer (&cause));
        return NULL;
    }
    return receive (self, NULL, cancellable, error);
}

static char *
make_hello_name (PosternSmtpDialogue *self)
{
    g_autoptr (GInetAddress) local = postern_smtp_connection_dup_local_address (self->connection);

    return local != NULL ? postern_smtp_format_address_literal (local) : g_strdup ("localhost");
}

static PosternSmtpReply *
say_hello (PosternSmtpDialogue *self, const char *verb, const char *name, GCancellable *cancellable, GError **error)
{
    g_autofree char *command = g_strdup_printf ("%s %s", verb, name);

    return exchange (self, POSTERN_SMTP_STAGE_HELO, command, verb, cancellable, error);
}

PosternSmtpReply *
postern_smtp_dialogue_hello (PosternSmtpDialogue *self, const char *name, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternSmtpReply) reply = NULL;
    g_autofree char *own_name = NULL;

    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), NULL);

    if (!check_open (self, cancellable, error) || (name != NULL && !postern_smtp_check_hello_name (name, error)))
        return NULL;
    own_name = name != NULL ? g_strdup (name) : make_hello_name (self);
    forget_capabilities (self);
    reply = say_hello (self, "EHLO", own_name, cancellable, error);
    if (reply == NULL)
        return NULL;
    if (postern_smtp_reply_is_permanent (reply))
        return say_hello (self, "HELO", own_name, cancellable, error);
    if (postern_smtp_reply_is_positive (reply)) {
        g_clear_pointer (&self->capabilities, postern_smtp_capabilities_unref);
        self->capabilities = postern_smtp_capabilities_new (reply);
    }
    return g_steal_pointer (&reply);
}

/* Whatever came in plain text behind the reply to STARTTLS must not be read as if it had come under TLS. */
static gboolean
check_nothing_unread (PosternSmtpDialogue *self, GError **error)
{
    if (!postern_smtp_connection_has_unread (self->connection))
        return TRUE;
    postern_smtp_connection_close (self->connection);
    g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_PROTOCOL,
                 /* Translators: %s is a server such as mail.example.com:25. */
                 _ ("%s agreed to TLS and went on in plain text."), self->server);
    return FALSE;
}

PosternSmtpReply *
postern_smtp_dialogue_starttls (PosternSmtpDialogue *self, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternSmtpReply) reply = NULL;
    g_autoptr (GSocketConnectable) identity = NULL;

    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), NULL);

    if (!check_open (self, cancellable, error))
        return NULL;
    if (get_tls (self) != NULL || !postern_smtp_capabilities_has (self->capabilities, "STARTTLS")) {
        fail_not_offered (self, "STARTTLS", error);
        return NULL;
    }
    reply = exchange (self, POSTERN_SMTP_STAGE_STARTTLS, "STARTTLS", "STARTTLS", cancellable, error);
    if (reply == NULL || !postern_smtp_reply_is_positive (reply))
        return g_steal_pointer (&reply);
    if (!check_nothing_unread (self, error))
        return NULL;
    /* The name, even where one address of it was given: SNI and the certificate are about names. */
    identity = g_network_address_new (self->host, self->port);
    if (!postern_smtp_connection_start_tls (self->connection, identity, cancellable, error))
        return NULL;
    forget_capabilities (self);
    return g_steal_pointer (&reply);
}

static gboolean
check_xclient_offered (PosternSmtpDialogue *self, const PosternSmtpAttribute *attributes, GError **error)
{
    for (const PosternSmtpAttribute *attribute = attributes; attribute->name != NULL; attribute++) {
        g_autofree char *extension = g_strconcat ("XCLIENT ", attribute->name, NULL);

        if (!postern_smtp_capabilities_has_parameter (self->capabilities, "XCLIENT", attribute->name))
            return fail_not_offered (self, extension, error);
    }
    return TRUE;
}

PosternSmtpReply *
postern_smtp_dialogue_xclient (PosternSmtpDialogue *self, const PosternSmtpAttribute *attributes,
                               GCancellable *cancellable, GError **error)
{
    g_autofree char *command = NULL;
    PosternSmtpReply *reply;

    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), NULL);
    g_return_val_if_fail (attributes != NULL && attributes[0].name != NULL, NULL);

    if (!check_open (self, cancellable, error))
        return NULL;
    command = postern_smtp_format_xclient (attributes, error);
    if (command == NULL || !check_xclient_offered (self, attributes, error))
        return NULL;
    reply = exchange (self, POSTERN_SMTP_STAGE_XCLIENT, command, "XCLIENT", cancellable, error);
    if (reply != NULL && postern_smtp_reply_is_positive (reply))
        forget_capabilities (self);
    return reply;
}

PosternSmtpReply *
postern_smtp_dialogue_mail_from (PosternSmtpDialogue *self, const char *sender, gboolean smtputf8,
                                 GCancellable *cancellable, GError **error)
{
    g_autofree char *command = NULL;

    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), NULL);
    g_return_val_if_fail (sender != NULL, NULL);

    if (!check_open (self, cancellable, error) || (*sender != '\0' && !postern_smtp_check_mailbox (sender, error)))
        return NULL;
    smtputf8 = smtputf8 || !g_str_is_ascii (sender);
    if (smtputf8 && !postern_smtp_capabilities_has (self->capabilities, "SMTPUTF8")) {
        fail_not_offered (self, "SMTPUTF8", error);
        return NULL;
    }
    self->smtputf8 = smtputf8;
    command = g_strdup_printf ("MAIL FROM:<%s>%s", sender, smtputf8 ? " SMTPUTF8" : "");
    return exchange (self, POSTERN_SMTP_STAGE_MAIL, command, "MAIL FROM", cancellable, error);
}

PosternSmtpReply *
postern_smtp_dialogue_rcpt_to (PosternSmtpDialogue *self, const char *recipient, GCancellable *cancellable,
                               GError **error)
{
    g_autofree char *command = NULL;

    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), NULL);
    g_return_val_if_fail (recipient != NULL, NULL);

    if (!check_open (self, cancellable, error) || !postern_smtp_check_mailbox (recipient, error))
        return NULL;
    if (!g_str_is_ascii (recipient) && !self->smtputf8) {
        g_set_error_literal (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_INVALID_ARGUMENT,
                             _ ("This recipient needs a transaction that was begun with SMTPUTF8."));
        return NULL;
    }
    command = g_strdup_printf ("RCPT TO:<%s>", recipient);
    return exchange (self, POSTERN_SMTP_STAGE_RCPT, command, "RCPT TO", cancellable, error);
}

/* A line that begins with a dot gets another one (RFC 5321, 4.5.2). */
static gboolean
send_lines (PosternSmtpDialogue *self, const char *const *lines, GCancellable *cancellable, GError **error)
{
    for (guint i = 0; lines[i] != NULL; i++) {
        g_autofree char *line = g_strconcat (lines[i][0] == '.' ? "." : "", lines[i], NULL);

        if (!postern_smtp_connection_send (self->connection, line, "DATA", cancellable, error))
            return FALSE;
    }
    return postern_smtp_connection_send (self->connection, ".", "DATA", cancellable, error);
}

PosternSmtpReply *
postern_smtp_dialogue_message (PosternSmtpDialogue *self, const char *const *lines, GCancellable *cancellable,
                               GError **error)
{
    g_autoptr (PosternSmtpReply) reply = NULL;
    PosternSmtpReply *verdict;

    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), NULL);
    g_return_val_if_fail (lines != NULL, NULL);

    reply = exchange (self, POSTERN_SMTP_STAGE_DATA, "DATA", "DATA", cancellable, error);
    if (reply == NULL || postern_smtp_reply_get_code (reply) != 354)
        return g_steal_pointer (&reply);
    postern_smtp_transcript_add_command (self->transcript, "…");
    if (!send_lines (self, lines, cancellable, error))
        return NULL;
    verdict = receive (self, "DATA", cancellable, error);
    if (verdict != NULL && postern_smtp_reply_get_code (verdict) / 100 == 3)
        return refuse_reply (self, verdict, error);
    return verdict;
}

PosternSmtpReply *
postern_smtp_dialogue_rset (PosternSmtpDialogue *self, GCancellable *cancellable, GError **error)
{
    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), NULL);

    return exchange (self, POSTERN_SMTP_STAGE_RSET, "RSET", "RSET", cancellable, error);
}

PosternSmtpReply *
postern_smtp_dialogue_quit (PosternSmtpDialogue *self, GCancellable *cancellable, GError **error)
{
    PosternSmtpReply *reply;

    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), NULL);

    self->timeouts.reply_ms = MIN (self->timeouts.reply_ms, QUIT_REPLY_MS);
    if (self->connection != NULL)
        postern_smtp_connection_set_timeouts (self->connection, &self->timeouts);
    reply = exchange (self, POSTERN_SMTP_STAGE_QUIT, "QUIT", "QUIT", cancellable, error);
    postern_smtp_dialogue_close (self);
    return reply;
}

void
postern_smtp_dialogue_close (PosternSmtpDialogue *self)
{
    g_return_if_fail (POSTERN_IS_SMTP_DIALOGUE (self));

    if (self->connection != NULL)
        postern_smtp_connection_close (self->connection);
}

gboolean
postern_smtp_dialogue_is_open (PosternSmtpDialogue *self)
{
    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), FALSE);

    return self->connection != NULL && postern_smtp_connection_is_open (self->connection);
}

void
postern_smtp_dialogue_set_address (PosternSmtpDialogue *self, GInetAddress *address)
{
    g_return_if_fail (POSTERN_IS_SMTP_DIALOGUE (self));
    g_return_if_fail (self->connection == NULL);

    g_set_object (&self->address, address);
    g_free (self->server);
    self->server = postern_smtp_format_server (self->host, address, self->port);
}

void
postern_smtp_dialogue_set_local_address (PosternSmtpDialogue *self, GInetAddress *address)
{
    g_return_if_fail (POSTERN_IS_SMTP_DIALOGUE (self));
    g_return_if_fail (self->connection == NULL);

    g_set_object (&self->local_address, address);
}

void
postern_smtp_dialogue_set_timeouts (PosternSmtpDialogue *self, const PosternSmtpTimeouts *timeouts)
{
    g_return_if_fail (POSTERN_IS_SMTP_DIALOGUE (self));

    self->timeouts = postern_smtp_timeouts_complete (timeouts);
    if (self->connection != NULL)
        postern_smtp_connection_set_timeouts (self->connection, &self->timeouts);
}

const char *
postern_smtp_dialogue_get_server (PosternSmtpDialogue *self)
{
    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), NULL);

    return self->server;
}

PosternSmtpStage
postern_smtp_dialogue_get_stage (PosternSmtpDialogue *self)
{
    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), POSTERN_SMTP_STAGE_RESOLVE);

    return self->stage;
}

PosternSmtpCapabilities *
postern_smtp_dialogue_get_capabilities (PosternSmtpDialogue *self)
{
    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), NULL);

    return self->capabilities;
}

GTlsCertificate *
postern_smtp_dialogue_get_certificate (PosternSmtpDialogue *self)
{
    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), NULL);

    return get_tls (self) != NULL ? g_tls_connection_get_peer_certificate (get_tls (self)) : NULL;
}

GTlsCertificateFlags
postern_smtp_dialogue_get_certificate_errors (PosternSmtpDialogue *self)
{
    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), 0);

    return get_tls (self) != NULL ? g_tls_connection_get_peer_certificate_errors (get_tls (self)) : 0;
}

GTlsProtocolVersion
postern_smtp_dialogue_get_tls_version (PosternSmtpDialogue *self)
{
    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), G_TLS_PROTOCOL_VERSION_UNKNOWN);

    return get_tls (self) != NULL ? g_tls_connection_get_protocol_version (get_tls (self))
                                  : G_TLS_PROTOCOL_VERSION_UNKNOWN;
}

const char *
postern_smtp_dialogue_get_transcript (PosternSmtpDialogue *self)
{
    g_return_val_if_fail (POSTERN_IS_SMTP_DIALOGUE (self), NULL);

    return postern_smtp_transcript_get_text (self->transcript);
}

static void
postern_smtp_dialogue_finalize (GObject *object)
{
    PosternSmtpDialogue *self = POSTERN_SMTP_DIALOGUE (object);

    g_clear_pointer (&self->connection, postern_smtp_connection_free);
    g_clear_pointer (&self->capabilities, postern_smtp_capabilities_unref);
    g_clear_pointer (&self->transcript, postern_smtp_transcript_free);
    g_clear_object (&self->address);
    g_clear_object (&self->local_address);
    g_clear_pointer (&self->server, g_free);
    g_clear_pointer (&self->host, g_free);

    G_OBJECT_CLASS (postern_smtp_dialogue_parent_class)->finalize (object);
}

static void
postern_smtp_dialogue_class_init (PosternSmtpDialogueClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_smtp_dialogue_finalize;
}

static void
postern_smtp_dialogue_init (PosternSmtpDialogue *self)
{
    self->timeouts = postern_smtp_timeouts_complete (NULL);
    self->capabilities = postern_smtp_capabilities_new (NULL);
    self->transcript = postern_smtp_transcript_new ();
}

PosternSmtpDialogue *
postern_smtp_dialogue_new (const char *host, guint16 port)
{
    PosternSmtpDialogue *self;

    g_return_val_if_fail (host != NULL && *host != '\0', NULL);
    g_return_val_if_fail (port != 0, NULL);

    self = g_object_new (POSTERN_TYPE_SMTP_DIALOGUE, NULL);
    self->host = g_strdup (host);
    self->port = port;
    self->server = postern_smtp_format_server (host, NULL, port);
    return self;
}
