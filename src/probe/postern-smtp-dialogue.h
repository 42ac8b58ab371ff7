/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-smtp-argument.h"
#include "probe/postern-smtp-capabilities.h"
#include "probe/postern-smtp-reply.h"
#include "probe/postern-smtp-stage.h"
#include "probe/postern-smtp-timeouts.h"

G_BEGIN_DECLS

/**
 * PosternSmtpDialogue:
 *
 * One dialogue with an SMTP server (RFC 5321). Nothing but postern_smtp_dialogue_message() hands over mail, and that is
 * for a server which is known to keep none.
 *
 *     open → hello [→ starttls → hello] [→ xclient → hello] → mail_from → rcpt_to … [→ rset → mail_from …] → quit
 *
 * Every call sends one command and blocks until its reply is there. It returns the reply, *negative ones included*: a
 * refusal is an answer. It returns %NULL with an error when there is no answer (%POSTERN_PROBE_ERROR,
 * %G_IO_ERROR_CANCELLED). After such an error, after a 421 and after QUIT the connection is closed and every further
 * command fails with %POSTERN_PROBE_ERROR_CLOSED; only arguments and extensions that are refused before anything is
 * sent (%POSTERN_PROBE_ERROR_INVALID_ARGUMENT, %POSTERN_PROBE_ERROR_NOT_OFFERED) leave it as it was.
 *
 * If the server has said 421 by itself meanwhile, the next command is not sent and 421 is its reply (RFC 5321
 * section 3.8). If it has said anything else unasked, that is %POSTERN_PROBE_ERROR_PROTOCOL, because its replies could
 * no longer be told apart.
 *
 * The order of commands is not enforced: a server says itself what it thinks of a bad sequence.
 *
 * To be used by one thread at a time; a #GCancellable may be cancelled from any other.
 */
#define POSTERN_TYPE_SMTP_DIALOGUE (postern_smtp_dialogue_get_type ())
G_DECLARE_FINAL_TYPE (PosternSmtpDialogue, postern_smtp_dialogue, POSTERN, SMTP_DIALOGUE, GObject)

/**
 * postern_smtp_dialogue_new:
 * @host: a host name (U- or A-labels) or an address without brackets
 * @port: 1 to 65535
 *
 * Returns: (transfer full): a dialogue that is not open yet
 */
PosternSmtpDialogue *postern_smtp_dialogue_new (const char *host, guint16 port);

/**
 * postern_smtp_dialogue_set_address:
 * @self: a dialogue that is not open yet
 * @address: (nullable): the one address of the host to connect to, or %NULL to look the host up
 */
void postern_smtp_dialogue_set_address (PosternSmtpDialogue *self, GInetAddress *address);

/**
 * postern_smtp_dialogue_set_local_address:
 * @self: a dialogue that is not open yet
 * @address: (nullable): an address of this computer to connect from, or %NULL for any
 */
void postern_smtp_dialogue_set_local_address (PosternSmtpDialogue *self, GInetAddress *address);

/**
 * postern_smtp_dialogue_set_timeouts:
 * @self: a dialogue
 * @timeouts: (nullable): how patient to be, or %NULL for the defaults
 *
 * Holds for what is said from now on. The overall time counts from postern_smtp_dialogue_open() in any case.
 */
void postern_smtp_dialogue_set_timeouts (PosternSmtpDialogue *self, const PosternSmtpTimeouts *timeouts);

/**
 * postern_smtp_dialogue_open:
 * @self: a dialogue that is not open yet
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, or %NULL
 *
 * Connects and reads the greeting. The overall time starts here.
 *
 * Returns: (transfer full) (nullable): the greeting: 220, or a refusal (554, 421), or %NULL on error
 */
PosternSmtpReply *postern_smtp_dialogue_open (PosternSmtpDialogue *self, GCancellable *cancellable, GError **error);

/**
 * postern_smtp_dialogue_hello:
 * @self: an open dialogue
 * @name: (nullable): what this client calls itself, or %NULL for the address literal of this end of the connection (RFC
 * 5321 section 4.1.3), which is true without asking DNS
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, or %NULL
 *
 * Says EHLO and, if the server refuses it for good (5yz), HELO. Must be said again after STARTTLS and after XCLIENT.
 *
 * Returns: (transfer full) (nullable): the reply to the last of the two, or %NULL on error
 */
PosternSmtpReply *postern_smtp_dialogue_hello (PosternSmtpDialogue *self, const char *name, GCancellable *cancellable,
                                               GError **error);

/**
 * postern_smtp_dialogue_starttls:
 * @self: an open dialogue that has said hello
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, or %NULL
 *
 * Says STARTTLS (RFC 3207) and shakes hands if the server agrees. The server's certificate is *reported, not judged*
 * (opportunistic TLS): see postern_smtp_dialogue_get_certificate(). Forgets the capabilities. Anything that the server
 * sent in plain text beyond its reply is an error, because it would be taken for its first words under TLS.
 *
 * Returns: (transfer full) (nullable): the reply (220: TLS is on), or %NULL with %POSTERN_PROBE_ERROR_NOT_OFFERED,
 *   %POSTERN_PROBE_ERROR_TLS or another error
 */
PosternSmtpReply *postern_smtp_dialogue_starttls (PosternSmtpDialogue *self, GCancellable *cancellable, GError **error);

/**
 * postern_smtp_dialogue_xclient:
 * @self: an open dialogue that has said hello
 * @attributes: who this client stands for; the list ends with an attribute whose name is %NULL
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, or %NULL
 *
 * Says XCLIENT (Postfix, XCLIENT_README). The server then greets again, as if the other client had connected, and that
 * greeting is the reply; it may be a refusal. Forgets the capabilities.
 *
 * Returns: (transfer full) (nullable): the second greeting, or %NULL with %POSTERN_PROBE_ERROR_NOT_OFFERED if the
 * server does not offer XCLIENT or one of the attributes, or another error
 */
PosternSmtpReply *postern_smtp_dialogue_xclient (PosternSmtpDialogue *self, const PosternSmtpAttribute *attributes,
                                                 GCancellable *cancellable, GError **error);

/**
 * postern_smtp_dialogue_mail_from:
 * @self: an open dialogue that has said hello
 * @sender: the sender, or "" for the null sender
 * @smtputf8: whether a recipient of this transaction will not be ASCII
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, or %NULL
 *
 * Says MAIL FROM, with the parameter SMTPUTF8 (RFC 6531) if @sender is not ASCII or @smtputf8 is set, and only then.
 *
 * Returns: (transfer full) (nullable): the reply, or %NULL with %POSTERN_PROBE_ERROR_NOT_OFFERED if SMTPUTF8 is needed
 * and the server does not offer it, or another error
 */
PosternSmtpReply *postern_smtp_dialogue_mail_from (PosternSmtpDialogue *self, const char *sender, gboolean smtputf8,
                                                   GCancellable *cancellable, GError **error);

/**
 * postern_smtp_dialogue_rcpt_to:
 * @self: an open dialogue whose MAIL FROM has been accepted
 * @recipient: the recipient
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, or %NULL
 *
 * Says RCPT TO. A recipient that is not ASCII needs a transaction that was begun with SMTPUTF8.
 *
 * Returns: (transfer full) (nullable): the reply, or %NULL on error
 */
PosternSmtpReply *postern_smtp_dialogue_rcpt_to (PosternSmtpDialogue *self, const char *recipient,
                                                 GCancellable *cancellable, GError **error);

/**
 * postern_smtp_dialogue_message:
 * @self: an open dialogue whose RCPT TO has been accepted
 * @lines: (array zero-terminated=1): a whole message, headers included, without line ends
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, or %NULL
 *
 * Says DATA and, if the server agrees (354), the message. *A server that accepts it may deliver it.*
 *
 * Returns: (transfer full) (nullable): the reply to the message, or to DATA if that was refused; %NULL on error
 */
PosternSmtpReply *postern_smtp_dialogue_message (PosternSmtpDialogue *self, const char *const *lines,
                                                 GCancellable *cancellable, GError **error);

/** postern_smtp_dialogue_rset: says RSET, which ends the transaction. Returns: (transfer full) (nullable): the reply,
 * or %NULL on error */
PosternSmtpReply *postern_smtp_dialogue_rset (PosternSmtpDialogue *self, GCancellable *cancellable, GError **error);

/**
 * postern_smtp_dialogue_quit:
 * @self: an open dialogue
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, or %NULL
 *
 * Says QUIT, waits for the reply and closes the connection in any case. Whoever has all the answers may ignore what
 * this says.
 *
 * Returns: (transfer full) (nullable): the reply, or %NULL on error
 */
PosternSmtpReply *postern_smtp_dialogue_quit (PosternSmtpDialogue *self, GCancellable *cancellable, GError **error);

/** postern_smtp_dialogue_close: closes the connection without a word; done by itself when the dialogue is disposed of
 */
void postern_smtp_dialogue_close (PosternSmtpDialogue *self);

/** postern_smtp_dialogue_is_open: Returns: whether there is a connection on which a command can be said */
gboolean postern_smtp_dialogue_is_open (PosternSmtpDialogue *self);

/** postern_smtp_dialogue_get_server: Returns: (transfer none): who is asked, as error messages say it:
 * "mail.example.com:25", or "mail.example.com[10.0.0.20]:25" where one address was given */
const char *postern_smtp_dialogue_get_server (PosternSmtpDialogue *self);

/** postern_smtp_dialogue_get_stage: Returns: what was asked last */
PosternSmtpStage postern_smtp_dialogue_get_stage (PosternSmtpDialogue *self);

/** postern_smtp_dialogue_get_capabilities: Returns: (transfer none): what the server offers; nothing before hello */
PosternSmtpCapabilities *postern_smtp_dialogue_get_capabilities (PosternSmtpDialogue *self);

/** postern_smtp_dialogue_get_certificate: Returns: (transfer none) (nullable): the server's certificate, or %NULL
 * without TLS */
GTlsCertificate *postern_smtp_dialogue_get_certificate (PosternSmtpDialogue *self);

/** postern_smtp_dialogue_get_certificate_errors: Returns: why the certificate would not stand a judgement (unknown
 * issuer, another name, expired); 0 if it would, and without TLS */
GTlsCertificateFlags postern_smtp_dialogue_get_certificate_errors (PosternSmtpDialogue *self);

/** postern_smtp_dialogue_get_tls_version: Returns: the version of TLS, or %G_TLS_PROTOCOL_VERSION_UNKNOWN without TLS
 */
GTlsProtocolVersion postern_smtp_dialogue_get_tls_version (PosternSmtpDialogue *self);

/**
 * postern_smtp_dialogue_get_transcript:
 * @self: a dialogue
 *
 * Returns: (transfer none): what was said so far, a line each, `C: ` before this client's lines and `S: ` before the
 * server's; fit to be shown. It ends with “…” if it was too long to be kept.
 */
const char *postern_smtp_dialogue_get_transcript (PosternSmtpDialogue *self);

G_END_DECLS
