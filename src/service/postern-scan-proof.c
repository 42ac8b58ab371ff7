/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-scan-proof.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "service/postern-private-listener.h"
#include "service/postern-scanner-question.h"
#include "service/postern-service-error.h"
#include "service/postern-smtp-question.h"

/* Around a reload a process of Postfix may still answer as before. */
#define ROUNDS 3
#define PAUSE (250 * 1000)

void
postern_scan_proof_free (PosternScanProof *self)
{
    g_free (self->reply);
    g_free (self);
}

static PosternSmtpReply *
show_mark_question (PosternPostfixHost *host, GError **error)
{
    static const char *const lines[] = {
        "From: <" POSTERN_PROOF_RECIPIENT ">",
        "To: <" POSTERN_PROOF_RECIPIENT ">",
        "Subject: Postern asks",
        "Message-ID: <proof@postern-proof.invalid>",
        POSTERN_RSPAMD_MARK_HEADER ": 1",
        "",
        NULL,
    };
    /* It is trusted by every plan, so that the recipient is accepted. */
    g_autoptr (GInetAddress) client = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
    PosternSmtpStage stage;

    return postern_smtp_question_show (host, client, POSTERN_PROOF_RECIPIENT, lines, &stage, error);
}

/* Whether the way from Postfix to Rspamd is there. The answer is a refusal for now, and says the mark. */
static gboolean
prove_way (PosternPostfixHost *host, PosternScannerState *state, GError **error)
{
    g_autofree char *wanted = g_strconcat (POSTERN_RSPAMD_MARK_PREFIX, state->mark, NULL);
    g_autoptr (PosternSmtpReply) reply = NULL;
    g_autoptr (GError) local = NULL;

    for (guint round = 0; round < ROUNDS; round++) {
        g_clear_pointer (&reply, postern_smtp_reply_unref);
        g_clear_error (&local);
        reply = show_mark_question (host, &local);
        if (reply && postern_smtp_reply_is_temporary (reply) && strstr (postern_smtp_reply_get_text (reply), wanted))
            return TRUE;
        g_usleep (PAUSE);
    }
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED,
                 /* Translators: %s is an SMTP reply, or why there is none. */
                 _ ("Postfix should show its messages to Rspamd, which should answer with its revision, but the answer "
                    "is: %s"),
                 reply ? postern_smtp_reply_get_display (reply) : local->message);
    return FALSE;
}

static const char *
verdict_sentence (gboolean deletes)
{
    return deletes ? _ ("Rspamd should delete a message that it refuses, but does not.")
                   : _ ("Rspamd should reject a message that it refuses, but does not.");
}

PosternScanProof *
postern_scan_proof_run (PosternPostfixHost *host, PosternRspamdSettings *settings, PosternScannerState *state,
                        GError **error)
{
    g_autoptr (PosternScanProof) self = g_new0 (PosternScanProof, 1);
    PosternMilterVerdict wanted = state->deletes ? POSTERN_MILTER_DELETED : POSTERN_MILTER_REFUSED;

    if (!prove_way (host, state, error))
        return NULL;
    self->reply = postern_scanner_question_ask_refused (settings, &self->verdict, error);
    if (self->reply == NULL)
        return NULL;
    if (self->verdict == wanted)
        return g_steal_pointer (&self);
    g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED,
                         verdict_sentence (state->deletes));
    return NULL;
}

PosternScanProof *
postern_scan_proof_ask (PosternPostfixHost *host, PosternRspamdSettings *settings, PosternScannerState *state,
                        gboolean *current, GError **error)
{
    g_autoptr (PosternScanProof) self = g_new0 (PosternScanProof, 1);

    self->reply = postern_scanner_question_ask_refused (settings, &self->verdict, error);
    if (self->reply == NULL)
        return NULL;
    *current = state && prove_way (host, state, NULL);
    return g_steal_pointer (&self);
}

const char *
postern_scan_proof_get_verdict_name (PosternScanProof *self)
{
    switch (self->verdict) {
    case POSTERN_MILTER_ACCEPTED:
        return "accepted";
    case POSTERN_MILTER_REFUSED:
        return "rejected";
    case POSTERN_MILTER_DEFERRED:
        return "deferred";
    case POSTERN_MILTER_DELETED:
        return "deleted";
    default:
        g_return_val_if_reached (NULL);
    }
}
