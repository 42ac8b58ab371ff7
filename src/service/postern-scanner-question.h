/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-milter-question.h"
#include "service/postern-rspamd-settings.h"

G_BEGIN_DECLS

/*
 * What the live Rspamd is asked, as a mail server asks it: by messages that are shown to it and go nowhere, whatever it
 * says.
 */

/** postern_scanner_question_ask_mark: Returns: (transfer full) (nullable): the mark of the files that Rspamd has read;
 * "" if it has read none of posternd's; %NULL with %POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE if there is no answer */
char *postern_scanner_question_ask_mark (PosternRspamdSettings *settings, GError **error);

/** postern_scanner_question_ask_refused: shows it the message that every scanner refuses (GTUBE); @verdict: (out): what
 * becomes of it; Returns: (transfer full) (nullable): the reply; %NULL as above */
char *postern_scanner_question_ask_refused (PosternRspamdSettings *settings, PosternMilterVerdict *verdict,
                                            GError **error);

G_END_DECLS
