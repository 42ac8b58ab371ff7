/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-smtp-stage.h"

const char *
postern_smtp_stage_name (PosternSmtpStage stage)
{
    switch (stage) {
    case POSTERN_SMTP_STAGE_RESOLVE:
        return "resolve";
    case POSTERN_SMTP_STAGE_CONNECT:
        return "connect";
    case POSTERN_SMTP_STAGE_HELO:
        return "helo";
    case POSTERN_SMTP_STAGE_STARTTLS:
        return "starttls";
    case POSTERN_SMTP_STAGE_XCLIENT:
        return "xclient";
    case POSTERN_SMTP_STAGE_MAIL:
        return "mail";
    case POSTERN_SMTP_STAGE_RCPT:
        return "rcpt";
    case POSTERN_SMTP_STAGE_DATA:
        return "data";
    case POSTERN_SMTP_STAGE_RSET:
        return "rset";
    case POSTERN_SMTP_STAGE_QUIT:
        return "quit";
    }
    g_return_val_if_reached ("unknown");
}
