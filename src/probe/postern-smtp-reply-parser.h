/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-smtp-reply.h"

G_BEGIN_DECLS

/*
 * What an honest server never exceeds. RFC 5321 section 4.5.3.1.5 allows 512 octets for a line; real servers put whole
 * transcripts of other servers into one, so there is room for four times that.
 */
#define POSTERN_SMTP_REPLY_MAX_LINE 2048
#define POSTERN_SMTP_REPLY_MAX_LINES 128
#define POSTERN_SMTP_REPLY_MAX_BYTES (64 * 1024)

/**
 * PosternSmtpReplyParser:
 *
 * Makes replies of bytes, in whatever pieces they arrive. It never holds more than %POSTERN_SMTP_REPLY_MAX_BYTES, and
 * the work is proportional to the bytes. Used by one thread at a time.
 */
typedef struct _PosternSmtpReplyParser PosternSmtpReplyParser;

/**
 * postern_smtp_reply_parser_new:
 * @server: who speaks, for error messages, such as "mail.example.com:25"
 *
 * Returns: (transfer full): a parser that waits for the first byte of a reply
 */
PosternSmtpReplyParser *postern_smtp_reply_parser_new (const char *server);

void postern_smtp_reply_parser_free (PosternSmtpReplyParser *self);

/**
 * postern_smtp_reply_parser_push:
 * @self: a parser
 * @data: bytes from the server
 * @length: how many
 * @used: (out): how many of them belong to this reply; the others belong to what comes after it
 * @reply: (out) (nullable) (transfer full): the reply if these bytes complete it, %NULL if there is more to come
 * @error: return location for an error, or %NULL
 *
 * Takes bytes up to the end of a reply and no further. Lines end with CR LF or, which a reader may forgive, with LF.
 *
 * Returns: whether these bytes can be (part of) a reply; else %FALSE with %POSTERN_PROBE_ERROR_PROTOCOL (no code,
 * another code in a later line) or %POSTERN_PROBE_ERROR_TOO_MUCH (a limit above is exceeded), and the parser is of no
 * more use
 */
gboolean postern_smtp_reply_parser_push (PosternSmtpReplyParser *self, const guint8 *data, gsize length, gsize *used,
                                         PosternSmtpReply **reply, GError **error);

/** postern_smtp_reply_parser_is_empty: Returns: whether not a single byte of a reply has come yet */
gboolean postern_smtp_reply_parser_is_empty (PosternSmtpReplyParser *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternSmtpReplyParser, postern_smtp_reply_parser_free)

G_END_DECLS
