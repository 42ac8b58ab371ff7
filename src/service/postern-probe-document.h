/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "service/postern-reply.h"

G_BEGIN_DECLS

/*
 * The document that asks for a probe: a JSON object with a `kind` and what that kind is to be told.
 */

typedef enum {
    POSTERN_PROBE_TEXT,
    POSTERN_PROBE_PORT,
    POSTERN_PROBE_FLAG,
} PosternProbeMemberType;

/** PosternProbeMember: a member that a kind of probe knows */
typedef struct {
    const char *name;
    PosternProbeMemberType type;
    gboolean optional;
} PosternProbeMember;

/** postern_probe_document_check: @members: what is known beside `kind`, up to one without a name; Returns: (transfer
 * full) (nullable): the refusal of a document with other members, or of other types */
PosternReply *postern_probe_document_check (JsonObject *object, const PosternProbeMember *members);

/** postern_probe_document_refuse: Returns: (transfer full): the refusal of the member at @pointer (RFC 6901) */
PosternReply *postern_probe_document_refuse (const char *pointer, const char *code, const char *detail);

/** postern_probe_document_get_text: Returns: (transfer none) (nullable): the text at @name, %NULL if there is none */
const char *postern_probe_document_get_text (JsonObject *object, const char *name);
/** postern_probe_document_get_port: Returns: the member `port`, 25 if there is none */
guint16 postern_probe_document_get_port (JsonObject *object);
/** postern_probe_document_get_flag: Returns: whether @name is there and true */
gboolean postern_probe_document_get_flag (JsonObject *object, const char *name);

/** postern_probe_document_is_mailbox: Returns: whether @text is an e-mail address that SMTP can say */
gboolean postern_probe_document_is_mailbox (const char *text);

G_END_DECLS
