/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-smtp-question.h"

/* Verification of a recipient whose server hangs takes Postfix up to ten seconds; a gateway that asks another one,
 * twice that. */
static const PosternSmtpTimeouts patience = { .connect_ms = 5000, .reply_ms = 30000, .overall_ms = 45000 };

typedef struct {
    PosternSmtpDialogue *dialogue;
    GInetAddress *client;
    const char *sender;
    const char *recipient;
    const char *const *lines; /* NULL: it ends before DATA */
} Question;

static PosternSmtpReply *
await_greeting (const Question *question, GError **error)
{
    return postern_smtp_dialogue_open (question->dialogue, NULL, error);
}

/*
 * The client's own address literal: it is true, and no restriction on EHLO names that is in use refuses it (RFC
 * 5321, 4.1.3).
 */
static PosternSmtpReply *
say_hello (const Question *question, GError **error)
{
    gboolean ipv6 = g_inet_address_get_family (question->client) == G_SOCKET_FAMILY_IPV6;
    g_autofree char *address = g_inet_address_to_string (question->client);
    g_autofree char *name = g_strdup_printf (ipv6 ? "[IPv6:%s]" : "[%s]", address);

    return postern_smtp_dialogue_hello (question->dialogue, name, NULL, error);
}

/* The client's name is not looked up: nothing that Postern sets depends on names. */
static PosternSmtpReply *
become_client (const Question *question, GError **error)
{
    g_autofree char *address = g_inet_address_to_string (question->client);
    const PosternSmtpAttribute attributes[] = {
        { "ADDR", address },
        { "NAME", "[UNAVAILABLE]" },
        { NULL, NULL },
    };

    return postern_smtp_dialogue_xclient (question->dialogue, attributes, NULL, error);
}

static PosternSmtpReply *
name_sender (const Question *question, GError **error)
{
    gboolean smtputf8 = !g_str_is_ascii (question->recipient);

    return postern_smtp_dialogue_mail_from (question->dialogue, question->sender, smtputf8, NULL, error);
}

static PosternSmtpReply *
name_recipient (const Question *question, GError **error)
{
    return postern_smtp_dialogue_rcpt_to (question->dialogue, question->recipient, NULL, error);
}

static PosternSmtpReply *
hand_over (const Question *question, GError **error)
{
    return postern_smtp_dialogue_message (question->dialogue, question->lines, NULL, error);
}

/* To become the client is to connect once more: the server greets again, and may refuse to. */
static const struct {
    PosternSmtpReply *(*ask) (const Question *question, GError **error);
    PosternSmtpStage stage;
} steps[] = {
    { await_greeting, POSTERN_SMTP_STAGE_CONNECT }, { say_hello, POSTERN_SMTP_STAGE_HELO },
    { become_client, POSTERN_SMTP_STAGE_CONNECT },  { say_hello, POSTERN_SMTP_STAGE_HELO },
    { name_sender, POSTERN_SMTP_STAGE_MAIL },       { name_recipient, POSTERN_SMTP_STAGE_RCPT },
    { hand_over, POSTERN_SMTP_STAGE_DATA },
};

static PosternSmtpReply *
ask (const Question *question, PosternSmtpStage *stage, GError **error)
{
    guint n = question->lines ? G_N_ELEMENTS (steps) : G_N_ELEMENTS (steps) - 1;
    g_autoptr (PosternSmtpReply) reply = NULL;
    g_autoptr (PosternSmtpReply) goodbye = NULL;

    postern_smtp_dialogue_set_timeouts (question->dialogue, &patience);
    for (guint i = 0; i < n; i++) {
        g_clear_pointer (&reply, postern_smtp_reply_unref);
        *stage = steps[i].stage;
        reply = steps[i].ask (question, error);
        if (reply == NULL)
            return NULL;
        if (!postern_smtp_reply_is_positive (reply))
            break;
    }
    if (postern_smtp_dialogue_is_open (question->dialogue))
        goodbye = postern_smtp_dialogue_quit (question->dialogue, NULL, NULL);
    return g_steal_pointer (&reply);
}

PosternSmtpReply *
postern_smtp_question_ask (PosternPostfixHost *host, GInetAddress *client, const char *sender, const char *recipient,
                           PosternSmtpStage *stage, GError **error)
{
    g_autoptr (PosternSmtpDialogue) dialogue =
        postern_smtp_dialogue_new ("127.0.0.1", postern_postfix_host_get_private_port (host));
    const Question question = { dialogue, client, sender, recipient, NULL };

    g_return_val_if_fail (G_IS_INET_ADDRESS (client) && sender != NULL && recipient != NULL && stage != NULL, NULL);

    return ask (&question, stage, error);
}

PosternSmtpReply *
postern_smtp_question_show (PosternPostfixHost *host, GInetAddress *client, const char *recipient,
                            const char *const *lines, PosternSmtpStage *stage, GError **error)
{
    g_autoptr (PosternSmtpDialogue) dialogue =
        postern_smtp_dialogue_new ("127.0.0.1", postern_postfix_host_get_private_port (host));
    const Question question = { dialogue, client, "", recipient, lines };

    g_return_val_if_fail (G_IS_INET_ADDRESS (client) && recipient != NULL && lines != NULL && stage != NULL, NULL);

    return ask (&question, stage, error);
}
