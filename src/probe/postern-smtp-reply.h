/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PosternSmtpReply:
 *
 * What an SMTP server answered: a code, perhaps an enhanced status, one or more lines (RFC 5321 section 4.2, RFC 3463).
 * Immutable and reference-counted; may be shared between threads. Its texts are valid UTF-8 without control or
 * formatting characters whatever the server sent, so that they can be shown and logged as they are.
 */
typedef struct _PosternSmtpReply PosternSmtpReply;

#define POSTERN_TYPE_SMTP_REPLY (postern_smtp_reply_get_type ())
GType postern_smtp_reply_get_type (void) G_GNUC_CONST;

/**
 * postern_smtp_reply_new:
 * @code: 200 to 599
 * @lines: (array zero-terminated=1): the text of each line, without code and separator; at least one
 *
 * Returns: (transfer full): a reply with @lines made fit to be shown
 */
PosternSmtpReply *postern_smtp_reply_new (guint code, const char *const *lines);

PosternSmtpReply *postern_smtp_reply_ref (PosternSmtpReply *self);
void postern_smtp_reply_unref (PosternSmtpReply *self);

/** postern_smtp_reply_get_code: Returns: the code, such as 250 */
guint postern_smtp_reply_get_code (PosternSmtpReply *self);

/**
 * postern_smtp_reply_get_enhanced:
 * @self: a reply
 *
 * Returns: (transfer none) (nullable): the enhanced status code at the start of the first line, such as "5.1.1", or
 * %NULL if there is none or its class is another one than the code's (RFC 2034 section 4)
 */
const char *postern_smtp_reply_get_enhanced (PosternSmtpReply *self);

/** postern_smtp_reply_get_lines: Returns: (transfer none) (array zero-terminated=1): the text of each line after the
 * code */
const char *const *postern_smtp_reply_get_lines (PosternSmtpReply *self);

/** postern_smtp_reply_get_text: Returns: (transfer none): all lines in one, without code and enhanced status, such as
 * "Ok" */
const char *postern_smtp_reply_get_text (PosternSmtpReply *self);

/** postern_smtp_reply_get_display: Returns: (transfer none): the whole reply in one line, such as "250 2.1.5 Ok" */
const char *postern_smtp_reply_get_display (PosternSmtpReply *self);

/** postern_smtp_reply_is_positive: Returns: whether the server did or will do what it was asked (2yz) */
gboolean postern_smtp_reply_is_positive (PosternSmtpReply *self);

/** postern_smtp_reply_is_temporary: Returns: whether the server refuses for now and may accept later (4yz) */
gboolean postern_smtp_reply_is_temporary (PosternSmtpReply *self);

/** postern_smtp_reply_is_permanent: Returns: whether the server refuses for good (5yz) */
gboolean postern_smtp_reply_is_permanent (PosternSmtpReply *self);

/** postern_smtp_reply_is_closing: Returns: whether the server closes the connection with this reply (421, RFC 5321
 * section 3.8) */
gboolean postern_smtp_reply_is_closing (PosternSmtpReply *self);

/**
 * postern_smtp_reply_clean_text:
 * @text: bytes from a server
 * @length: how many, or -1 if they end with a zero
 *
 * Returns: (transfer full): @text as valid UTF-8 in which whatever cannot be printed is replaced: tabs by spaces,
 * control and formatting characters (which could reorder or hide text) by U+FFFD
 */
char *postern_smtp_reply_clean_text (const char *text, gssize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternSmtpReply, postern_smtp_reply_unref)

G_END_DECLS
