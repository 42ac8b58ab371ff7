/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** PosternMilterVerdict: what a milter wants done with a message */
typedef enum {
    POSTERN_MILTER_ACCEPTED,
    POSTERN_MILTER_REFUSED,  /* a 5yz reply */
    POSTERN_MILTER_DEFERRED, /* a 4yz reply */
    POSTERN_MILTER_DELETED,  /* the sender is told that it was accepted */
} PosternMilterVerdict;

/**
 * PosternMilterMessage:
 * @client: the address of the client that is played
 * @sender: the envelope sender, or "" for the null sender
 * @recipient: an envelope recipient
 * @headers: (array zero-terminated=1): names and values in turn
 * @body: lines that end with CR LF
 *
 * A message that is shown to a milter.
 */
typedef struct {
    GInetAddress *client;
    const char *sender;
    const char *recipient;
    const char *const *headers;
    const char *body;
} PosternMilterMessage;

/**
 * postern_milter_question_ask:
 * @where: where the milter listens
 * @message: the message
 * @seconds: how long the milter may take for each answer
 * @verdict: (out): what the milter wants done with it
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, or %NULL
 *
 * Shows @message to a milter as a mail server would (the protocol of Sendmail's libmilter, version 6) and asks for its
 * verdict. There is no mail server behind it: whatever the milter says, no mail is sent.
 *
 * Returns: (transfer full) (nullable): the SMTP reply that the milter wants given, made fit to be shown; "" if it
 *   names none; %NULL with %POSTERN_PROBE_ERROR_REFUSED, _UNREACHABLE, _TIMED_OUT, _CLOSED or _PROTOCOL, or
 *   %G_IO_ERROR_CANCELLED
 */
char *postern_milter_question_ask (GSocketConnectable *where, const PosternMilterMessage *message, guint seconds,
                                   PosternMilterVerdict *verdict, GCancellable *cancellable, GError **error);

G_END_DECLS
