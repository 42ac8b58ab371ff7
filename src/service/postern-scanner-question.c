/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-scanner-question.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-rspamd.h"
#include "service/postern-service-error.h"

#define SECONDS 20

/* The client is nobody (RFC 5737), the domain is nobody's (RFC 6761, 6.4). */
#define CLIENT "192.0.2.1"
#define RECIPIENT "postmaster@postern-proof.invalid"

/* “Generic test for unsolicited bulk e-mail”: what every scanner refuses, and nobody else sends. In two pieces, so that
 * this file is not refused. */
#define GTUBE                                                                                                          \
    "XJS*C4JDBQADN1.NSBN3*2IDNEN*"                                                                                     \
    "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\r\n"

static const char *const plain_headers[] = {
    "From",       "<postmaster@postern-proof.invalid>", "To", "<" RECIPIENT ">", "Subject", "Postern asks",
    "Message-ID", "<proof@postern-proof.invalid>",      NULL,
};

static const char *const mark_headers[] = {
    "From",
    "<postmaster@postern-proof.invalid>",
    "To",
    "<" RECIPIENT ">",
    "Subject",
    "Postern asks",
    "Message-ID",
    "<proof@postern-proof.invalid>",
    POSTERN_RSPAMD_MARK_HEADER,
    "1",
    NULL,
};

static char *
ask (PosternRspamdSettings *settings, const char *const *headers, const char *body, PosternMilterVerdict *verdict,
     GError **error)
{
    g_autoptr (GSocketConnectable) address = postern_rspamd_settings_get_address (settings);
    g_autoptr (GInetAddress) client = g_inet_address_new_from_string (CLIENT);
    const PosternMilterMessage message = {
        .client = client, .sender = "", .recipient = RECIPIENT, .headers = headers, .body = body
    };
    g_autoptr (GError) local = NULL;
    char *reply;

    if (address == NULL) {
        g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE,
                             _ ("Rspamd is not set up to take messages from Postfix: it has no proxy worker in milter "
                                "mode. Turn it on in worker-proxy.inc (milter = yes), and restart Rspamd."));
        return NULL;
    }
    reply = postern_milter_question_ask (address, &message, SECONDS, verdict, NULL, &local);
    if (reply == NULL)
        g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE,
                     /* Translators: %1$s is an address, %2$s why, such as “Connection refused”. */
                     _ ("Rspamd does not answer at %1$s: %2$s"), settings->milter, local->message);
    return reply;
}

char *
postern_scanner_question_ask_mark (PosternRspamdSettings *settings, GError **error)
{
    PosternMilterVerdict verdict;
    g_autofree char *reply = ask (settings, mark_headers, "\r\n", &verdict, error);
    const char *found = reply ? strstr (reply, " " POSTERN_RSPAMD_MARK_PREFIX) : NULL;

    if (reply == NULL)
        return NULL;
    return g_strdup (found ? found + strlen (" " POSTERN_RSPAMD_MARK_PREFIX) : "");
}

char *
postern_scanner_question_ask_refused (PosternRspamdSettings *settings, PosternMilterVerdict *verdict, GError **error)
{
    return ask (settings, plain_headers, GTUBE, verdict, error);
}
