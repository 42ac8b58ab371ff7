/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-smtp-reply.h"

G_BEGIN_DECLS

/**
 * PosternSmtpTranscript:
 *
 * What was said in a dialogue, for people to read: `C: ` before the client's lines and `S: ` before the server's. It
 * stops growing at 128 KiB.
 *
 * Private to this library.
 */
typedef struct _PosternSmtpTranscript PosternSmtpTranscript;

PosternSmtpTranscript *postern_smtp_transcript_new (void);
void postern_smtp_transcript_free (PosternSmtpTranscript *self);

void postern_smtp_transcript_add_command (PosternSmtpTranscript *self, const char *command);
void postern_smtp_transcript_add_reply (PosternSmtpTranscript *self, PosternSmtpReply *reply);

/** postern_smtp_transcript_get_text: Returns: (transfer none): everything so far, each line ended by a line feed; “…”
 * at the end stands for what was not kept */
const char *postern_smtp_transcript_get_text (PosternSmtpTranscript *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternSmtpTranscript, postern_smtp_transcript_free)

G_END_DECLS
