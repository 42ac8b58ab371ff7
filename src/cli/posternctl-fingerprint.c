/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/posternctl-access.h"
#include "cli/posternctl-command.h"
#include "cli/posternctl-json.h"
#include "cli/posternctl-print.h"
#include "gateway/postern-certificate.h"

static PosternctlStatus
run (const PosternctlArguments *arguments)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGatewayAddress) address = posternctl_access_address (arguments->words[0], &error);
    g_autoptr (PosternCertificate) certificate = NULL;

    if (address != NULL)
        certificate = postern_certificate_fetch (address, NULL, &error);
    if (certificate == NULL)
        return posternctl_fail (arguments, error);
    if (arguments->json)
        posternctl_print_document (posternctl_json_certificate (certificate));
    else
        posternctl_print_certificate (certificate, FALSE);
    return POSTERNCTL_OK;
}

const PosternctlCommand posternctl_fingerprint_command = {
    .name = "fingerprint",
    .words = "GATEWAY",
    .n_words = 1,
    .summary = N_ ("Show its certificate, to compare it before it is pinned"),
    .details = N_ ("Compare the first line with what “posternd fingerprint” prints on the gateway itself.\n"
                   "Only if the two are the same, use it with --pin. Nothing is sent to the gateway."),
    .run = run,
};
