/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-recipient-class.h"

#include <string.h>

#include "probe/postern-probe-error.h"

/* What a refusal of RCPT is aimed at. */
typedef enum {
    AIM_RECIPIENT,
    AIM_SENDER,
    AIM_CLIENT,
} Aim;

static gboolean
mentions (PosternSmtpReply *reply, const char *const *words)
{
    g_autofree char *text = g_ascii_strdown (postern_smtp_reply_get_text (reply), -1);

    for (gsize i = 0; words[i] != NULL; i++) {
        if (strstr (text, words[i]) != NULL)
            return TRUE;
    }
    return FALSE;
}

/* The wording comes first: 5.7.1 is used for everything, and many servers give no enhanced status at all. */
static gboolean
read_aim_from_text (PosternSmtpReply *reply, Aim *aim)
{
    static const char *const recipient[] = { "user unknown",        "unknown user",
                                             "no such user",        "unknown recipient",
                                             "recipient not found", "mailbox not found",
                                             "does not exist",      NULL };
    static const char *const sender[] = { "sender address rejected", "sender rejected", "sender denied", NULL };
    static const char *const client[] = { "client host rejected",
                                          "relay access denied",
                                          "relay not permitted",
                                          "relaying denied",
                                          "unable to relay",
                                          "helo command rejected",
                                          NULL };

    if (mentions (reply, recipient))
        *aim = AIM_RECIPIENT;
    else if (mentions (reply, sender))
        *aim = AIM_SENDER;
    else if (mentions (reply, client))
        *aim = AIM_CLIENT;
    else
        return FALSE;
    return TRUE;
}

/* RFC 3463: X.1.7 and X.1.8 are about the sender's address, X.7.* about security and policy; RFC 5321 section 4.2.3:
 * 554 and its kind refuse the transaction, 550, 551 and 553 the mailbox. */
static Aim
read_aim (PosternSmtpReply *reply)
{
    const char *enhanced = postern_smtp_reply_get_enhanced (reply);
    guint code = postern_smtp_reply_get_code (reply);
    Aim aim;

    if (read_aim_from_text (reply, &aim))
        return aim;
    if (g_strcmp0 (enhanced, "5.1.7") == 0 || g_strcmp0 (enhanced, "5.1.8") == 0)
        return AIM_SENDER;
    if (enhanced != NULL)
        return g_str_has_prefix (enhanced, "5.7.") ? AIM_CLIENT : AIM_RECIPIENT;
    return code == 550 || code == 551 || code == 553 ? AIM_RECIPIENT : AIM_CLIENT;
}

static PosternRecipientClass
judge_temporary (PosternSmtpReply *reply)
{
    static const char *const words[] = { "greylist",  "graylist",  "grey-list", "gray-list",
                                         "grey list", "gray list", NULL };
    const char *enhanced = postern_smtp_reply_get_enhanced (reply);
    guint code = postern_smtp_reply_get_code (reply);
    Aim aim;

    if (mentions (reply, words))
        return POSTERN_RECIPIENT_CLASS_GREYLISTS;
    /* 4.7.1 is what greylisting servers say if they do not say the word; but others say it of clients and senders that
     * they will not like better in some minutes. */
    if ((code == 450 || code == 451) && g_strcmp0 (enhanced, "4.7.1") == 0 && !read_aim_from_text (reply, &aim))
        return POSTERN_RECIPIENT_CLASS_GREYLISTS;
    return POSTERN_RECIPIENT_CLASS_TEMPFAILS;
}

static PosternRecipientClass
judge_failure (const PosternRecipientObservation *observation)
{
    if (observation->stage >= POSTERN_SMTP_STAGE_HELO &&
        g_error_matches (observation->failure, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_TIMED_OUT))
        return POSTERN_RECIPIENT_CLASS_SLOW;
    return POSTERN_RECIPIENT_CLASS_UNREACHABLE;
}

static PosternRecipientClass
judge_refusal (const PosternRecipientObservation *observation)
{
    PosternSmtpReply *from_null = observation->given_from_null;
    Aim aim;

    if (postern_smtp_reply_is_temporary (observation->refusal))
        return judge_temporary (observation->refusal);
    if (observation->stage != POSTERN_SMTP_STAGE_MAIL)
        return POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT;
    if (read_aim_from_text (observation->refusal, &aim))
        return aim == AIM_CLIENT ? POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT : POSTERN_RECIPIENT_CLASS_REFUSES_SENDER;
    /* A server that refuses the null sender too has nothing against this sender in particular. */
    if (from_null != NULL && postern_smtp_reply_is_permanent (from_null) && read_aim (from_null) == AIM_CLIENT)
        return POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT;
    return POSTERN_RECIPIENT_CLASS_REFUSES_SENDER;
}

static PosternRecipientClass
judge_both_refused (const PosternRecipientObservation *observation)
{
    PosternSmtpReply *from_null = observation->given_from_null;

    if (from_null != NULL && postern_smtp_reply_is_positive (from_null))
        return POSTERN_RECIPIENT_CLASS_REFUSES_SENDER;
    switch (read_aim (observation->given)) {
    case AIM_SENDER:
        return POSTERN_RECIPIENT_CLASS_REFUSES_SENDER;
    case AIM_CLIENT:
        return POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT;
    case AIM_RECIPIENT:
        break;
    }
    return POSTERN_RECIPIENT_CLASS_REFUSES_ALL;
}

static PosternRecipientClass
judge_invented_refused (const PosternRecipientObservation *observation)
{
    Aim aim = read_aim (observation->invented);

    if (observation->given != NULL && postern_smtp_reply_is_permanent (observation->given))
        return judge_both_refused (observation);
    if (observation->given == NULL && aim != AIM_RECIPIENT)
        return aim == AIM_SENDER ? POSTERN_RECIPIENT_CLASS_REFUSES_SENDER : POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT;
    if (observation->slowest_ms > observation->slow_ms)
        return POSTERN_RECIPIENT_CLASS_SLOW;
    return POSTERN_RECIPIENT_CLASS_VERIFIES;
}

PosternRecipientClass
postern_recipient_class_judge (const PosternRecipientObservation *observation)
{
    g_return_val_if_fail (observation != NULL, POSTERN_RECIPIENT_CLASS_UNREACHABLE);

    if (observation->failure != NULL)
        return judge_failure (observation);
    if (observation->refusal != NULL)
        return judge_refusal (observation);
    g_return_val_if_fail (observation->invented != NULL, POSTERN_RECIPIENT_CLASS_UNREACHABLE);
    if (postern_smtp_reply_is_positive (observation->invented))
        return POSTERN_RECIPIENT_CLASS_CATCH_ALL;
    if (observation->given != NULL && postern_smtp_reply_is_temporary (observation->given))
        return judge_temporary (observation->given);
    if (postern_smtp_reply_is_temporary (observation->invented))
        return judge_temporary (observation->invented);
    return judge_invented_refused (observation);
}

gboolean
postern_recipient_class_get_verifies (PosternRecipientClass self, gboolean *verifies)
{
    g_return_val_if_fail (verifies != NULL, FALSE);

    *verifies = self == POSTERN_RECIPIENT_CLASS_VERIFIES;
    return self == POSTERN_RECIPIENT_CLASS_VERIFIES || self == POSTERN_RECIPIENT_CLASS_CATCH_ALL;
}

const char *
postern_recipient_class_name (PosternRecipientClass self)
{
    switch (self) {
    case POSTERN_RECIPIENT_CLASS_VERIFIES:
        return "verifies";
    case POSTERN_RECIPIENT_CLASS_CATCH_ALL:
        return "catch-all";
    case POSTERN_RECIPIENT_CLASS_REFUSES_SENDER:
        return "refuses-sender";
    case POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT:
        return "refuses-client";
    case POSTERN_RECIPIENT_CLASS_REFUSES_ALL:
        return "refuses-all";
    case POSTERN_RECIPIENT_CLASS_GREYLISTS:
        return "greylists";
    case POSTERN_RECIPIENT_CLASS_TEMPFAILS:
        return "tempfails";
    case POSTERN_RECIPIENT_CLASS_SLOW:
        return "slow";
    case POSTERN_RECIPIENT_CLASS_UNREACHABLE:
        return "unreachable";
    }
    g_return_val_if_reached ("unreachable");
}
