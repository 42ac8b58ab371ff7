/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "probe/postern-probe-target.h"
#include "service/postern-api.h"
#include "service/postern-reply.h"

G_BEGIN_DECLS

/**
 * PosternProbeQuestion:
 * @host: (nullable): a name in A-labels, or an address without brackets
 * @target: (nullable): whom to ask; %NULL for a probe of DNS
 * @sender: (nullable): whom to ask as
 * @recipient: (nullable): the recipient to ask for, or "@domain"
 *
 * What a probe of the network is asked, after everything in it was found fit to be asked.
 */
typedef struct {
    char *host;
    PosternProbeTarget *target;
    char *sender;
    char *recipient;
} PosternProbeQuestion;

void postern_probe_question_clear (PosternProbeQuestion *self);

/** postern_probe_question_read_host: reads the member @name; Returns: (transfer full) (nullable): the refusal */
PosternReply *postern_probe_question_read_host (PosternProbeQuestion *self, JsonObject *object, const char *name);

/** postern_probe_question_read_target: reads host, port and mx; Returns: (transfer full) (nullable): the refusal */
PosternReply *postern_probe_question_read_target (PosternProbeQuestion *self, PosternApi *api, JsonObject *object);

/** postern_probe_question_read_addresses: reads sender and recipient; Returns: (transfer full) (nullable): the refusal
 */
PosternReply *postern_probe_question_read_addresses (PosternProbeQuestion *self, PosternApi *api, JsonObject *object);

/** postern_probe_question_may_ask: Returns: whether a probe may connect to @address */
gboolean postern_probe_question_may_ask (GInetAddress *address);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PosternProbeQuestion, postern_probe_question_clear)

G_END_DECLS
