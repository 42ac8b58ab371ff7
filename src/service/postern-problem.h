/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-reply.h"

G_BEGIN_DECLS

/**
 * PosternProblem:
 *
 * Why a request was not answered as asked, for programs and for people: a problem document (RFC 9457) with a stable
 * `code` and, for a bad document, an entry for each of its bad members.
 */
typedef struct _PosternProblem PosternProblem;

/** postern_problem_new: @code: one of those that data/gateway-api.yaml lists, which says status and title; @detail: a
 * translated sentence */
PosternProblem *postern_problem_new (const char *code, const char *detail);
void postern_problem_free (PosternProblem *self);

/** postern_problem_add_error: one bad member: where (RFC 6901), a stable code, and a translated sentence */
void postern_problem_add_error (PosternProblem *self, const char *pointer, const char *code, const char *detail);

/** postern_problem_to_reply: Returns: (transfer full): the answer; frees @self */
PosternReply *postern_problem_to_reply (PosternProblem *self);

/** postern_problem_reply: Returns: (transfer full): the answer for a problem without bad members */
PosternReply *postern_problem_reply (const char *code, const char *detail);

/** postern_problem_reply_too_many_probes: Returns: (transfer full): the answer while no more probes may run */
PosternReply *postern_problem_reply_too_many_probes (guint seconds);

/** postern_problem_reply_for_error: Returns: (transfer full): the answer for what went wrong in the service */
PosternReply *postern_problem_reply_for_error (const GError *error);

/** postern_problem_reply_scanner_unavailable: Returns: (transfer full): the answer where Rspamd does not give one */
PosternReply *postern_problem_reply_scanner_unavailable (const char *detail);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternProblem, postern_problem_free)

G_END_DECLS
