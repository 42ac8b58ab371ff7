/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PosternMailLine:
 * @stamp: (nullable): the time as it was written; %NULL if @time is known
 * @time: microseconds since 1970, where @stamp is %NULL
 * @program: who wrote it, such as "postfix/smtpd"
 * @message: what it says
 *
 * One line of a mail log. Its texts belong to whoever read the line.
 */
typedef struct {
    const char *stamp;
    gint64 time;
    const char *program;
    const char *message;
} PosternMailLine;

/**
 * postern_mail_line_parse:
 * @self: (out caller-allocates): the line
 * @text: (inout): a line without its end: either “Nov 27 04:07:23 host program[pid]: message” (RFC 3164, which is also
 * what postlogd(8) writes) or the same with a time as RFC 3339 has it; it is taken apart in place
 *
 * Returns: whether it is such a line
 */
gboolean postern_mail_line_parse (PosternMailLine *self, char *text);

/**
 * postern_mail_line_get_time:
 * @self: a line
 * @now: the time of reading
 *
 * The old form has neither year nor time zone: it is local time, in the last twelve months.
 *
 * Returns: microseconds since 1970; @now if the time makes no sense
 */
gint64 postern_mail_line_get_time (const PosternMailLine *self, GDateTime *now);

G_END_DECLS
