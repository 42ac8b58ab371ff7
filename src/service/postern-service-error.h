/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PosternServiceError:
 * @POSTERN_SERVICE_ERROR_NOT_FOUND: there is no such revision
 * @POSTERN_SERVICE_ERROR_BUSY: another push is running
 * @POSTERN_SERVICE_ERROR_REVISION_CHANGED: the current revision is not the one that the client knows
 * @POSTERN_SERVICE_ERROR_STORAGE: the state directory cannot be read or written
 * @POSTERN_SERVICE_ERROR_MTA_REFUSED: Postfix or Rspamd did not take the configuration, or answers other than it says;
 * the old one is live
 * @POSTERN_SERVICE_ERROR_MTA_STUCK: the same, and the old one could not be put back
 * @POSTERN_SERVICE_ERROR_SCANNER_STUCK: the same, and it is Rspamd that has not got the old one back
 * @POSTERN_SERVICE_ERROR_MTA_UNAVAILABLE: Postfix, or posternd's own listener in it, does not answer
 * @POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE: Rspamd does not answer
 * @POSTERN_SERVICE_ERROR_COMMAND: a program failed, or took too long
 * @POSTERN_SERVICE_ERROR_USAGE: the command line makes no sense
 *
 * What can go wrong in the service. Every message is translated and made to be shown.
 */
typedef enum {
    POSTERN_SERVICE_ERROR_NOT_FOUND,
    POSTERN_SERVICE_ERROR_BUSY,
    POSTERN_SERVICE_ERROR_REVISION_CHANGED,
    POSTERN_SERVICE_ERROR_STORAGE,
    POSTERN_SERVICE_ERROR_MTA_REFUSED,
    POSTERN_SERVICE_ERROR_MTA_STUCK,
    POSTERN_SERVICE_ERROR_SCANNER_STUCK,
    POSTERN_SERVICE_ERROR_MTA_UNAVAILABLE,
    POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE,
    POSTERN_SERVICE_ERROR_COMMAND,
    POSTERN_SERVICE_ERROR_USAGE,
} PosternServiceError;

#define POSTERN_SERVICE_ERROR (postern_service_error_quark ())
GQuark postern_service_error_quark (void);

G_END_DECLS
