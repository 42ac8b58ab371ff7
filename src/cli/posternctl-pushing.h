/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/posternctl-command.h"
#include "gateway/postern-push.h"

G_BEGIN_DECLS

/*
 * posternctl_confirm:
 * @question: what is asked on the terminal
 * @yes: whether the person has said yes on the command line
 *
 * Asks a person, if there is one. Without a terminal nobody can be asked, and what was not said on the command line is
 * a no.
 *
 * Returns: whether to go on; else why not was told
 */
gboolean posternctl_confirm (const char *question, gboolean yes);

/*
 * posternctl_check_interrupted:
 * @text: a gateway's address, as it was typed
 *
 * Returns: whether no earlier push to it was interrupted; else %FALSE with what is to be done first
 */
gboolean posternctl_check_interrupted (const char *text, GError **error);

/*
 * posternctl_run_push:
 * @push: a push that has not begun
 *
 * Runs it with progress on a terminal; an interrupt (Ctrl-C) stops it, and what is live then is told.
 */
PosternctlStatus posternctl_run_push (const PosternctlArguments *arguments, PosternPush *push);

G_END_DECLS
