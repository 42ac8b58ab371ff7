/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * PosternPmgAnswer:
 * @status: the status code
 * @reason: its reason phrase; Proxmox puts the first line of its message there
 * @content_type: (nullable): the media type without parameters
 * @location: (nullable): where a redirect points to
 * @retry_after: seconds to wait, 0 if nothing was said
 * @length: how long the body is, -1 if only its end tells
 * @chunked: whether the body comes in chunks (Proxmox sends none, a proxy before it may)
 * @body: (nullable): the whole body, NULL while there is only the head
 *
 * One answer of a Proxmox Mail Gateway.
 */
typedef struct {
    guint status;
    char *reason;
    char *content_type;
    char *location;
    guint retry_after;
    goffset length;
    gboolean chunked;
    GBytes *body;
} PosternPmgAnswer;

/*
 * postern_pmg_answer_parse_head:
 * @head: the status line and the headers, without the empty line
 *
 * Returns: (transfer full) (nullable): an answer without a body, or %NULL if that is not HTTP
 */
PosternPmgAnswer *postern_pmg_answer_parse_head (const char *head, gsize length);

void postern_pmg_answer_free (PosternPmgAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternPmgAnswer, postern_pmg_answer_free)

G_END_DECLS
