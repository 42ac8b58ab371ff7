/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-probe-target.h"
#include "probe/postern-smtp-capabilities.h"
#include "probe/postern-smtp-stage.h"

G_BEGIN_DECLS

/**
 * PosternConnectionProbe:
 *
 * What came of asking one target whether it takes SMTP connections: the banner, what it offers, whether TLS works, how
 * long it took; or which step failed and why. Complete and immutable once it exists; may be shared between threads.
 */
#define POSTERN_TYPE_CONNECTION_PROBE (postern_connection_probe_get_type ())
G_DECLARE_FINAL_TYPE (PosternConnectionProbe, postern_connection_probe, POSTERN, CONNECTION_PROBE, GObject)

/**
 * postern_connection_probe_run:
 * @target: whom to ask
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, or %NULL
 *
 * Resolves, connects, reads the greeting, says EHLO, tries STARTTLS if it is offered, and says QUIT. Blocks; takes no
 * longer than the target's overall time. With MX look-up the first hop that greets is asked.
 *
 * Returns: (transfer full) (nullable): what came of it, whatever that is; or %NULL with %G_IO_ERROR_CANCELLED or
 *   %POSTERN_PROBE_ERROR_INVALID_ARGUMENT (MX look-up of an address, a hello name that cannot be said)
 */
PosternConnectionProbe *postern_connection_probe_run (PosternProbeTarget *target, GCancellable *cancellable,
                                                      GError **error);

/** postern_connection_probe_get_succeeded: Returns: whether the server greeted this computer and accepted its hello */
gboolean postern_connection_probe_get_succeeded (PosternConnectionProbe *self);

/** postern_connection_probe_get_stage: Returns: the step that failed; %POSTERN_SMTP_STAGE_QUIT if none did */
PosternSmtpStage postern_connection_probe_get_stage (PosternConnectionProbe *self);

/**
 * postern_connection_probe_get_failure:
 * @self: a probe
 *
 * Returns: (transfer none) (nullable): why it failed, or %NULL if it succeeded or the server answered with a refusal
 * (see postern_connection_probe_get_reply())
 */
const GError *postern_connection_probe_get_failure (PosternConnectionProbe *self);

/** postern_connection_probe_get_server: Returns: (transfer none): who answered or failed last:
 * "mx1.example.com[192.0.2.1]:25" */
const char *postern_connection_probe_get_server (PosternConnectionProbe *self);

/** postern_connection_probe_get_banner: Returns: (transfer none) (nullable): the greeting's text, such as
 * "mail.example.com ESMTP" */
const char *postern_connection_probe_get_banner (PosternConnectionProbe *self);

/** postern_connection_probe_get_reply: Returns: (transfer none) (nullable): the last reply to greeting or hello: a
 * refusal if it failed there */
PosternSmtpReply *postern_connection_probe_get_reply (PosternConnectionProbe *self);

/** postern_connection_probe_get_capabilities: Returns: (transfer none) (nullable): what the server offers, without TLS
 */
PosternSmtpCapabilities *postern_connection_probe_get_capabilities (PosternConnectionProbe *self);

/** postern_connection_probe_get_offers_starttls: Returns: whether the server offers STARTTLS */
gboolean postern_connection_probe_get_offers_starttls (PosternConnectionProbe *self);

/** postern_connection_probe_get_tls_failure: Returns: (transfer none) (nullable): why STARTTLS did not work though it
 * is offered */
const char *postern_connection_probe_get_tls_failure (PosternConnectionProbe *self);

/** postern_connection_probe_get_tls_version: Returns: the version of TLS, %G_TLS_PROTOCOL_VERSION_UNKNOWN without it */
GTlsProtocolVersion postern_connection_probe_get_tls_version (PosternConnectionProbe *self);

/** postern_connection_probe_get_certificate: Returns: (transfer none) (nullable): the server's certificate (see
 * postern-probe-certificate.h) */
GTlsCertificate *postern_connection_probe_get_certificate (PosternConnectionProbe *self);

/** postern_connection_probe_get_certificate_errors: Returns: what a judge would find wrong with the certificate; a
 * report, not a verdict */
GTlsCertificateFlags postern_connection_probe_get_certificate_errors (PosternConnectionProbe *self);

/** postern_connection_probe_get_elapsed_ms: Returns: how long it took from the name look-up to the answer to hello, or
 * to the failure */
guint postern_connection_probe_get_elapsed_ms (PosternConnectionProbe *self);

/**
 * postern_connection_probe_get_passed_over:
 * @self: a probe
 *
 * Returns: (transfer none) (array zero-terminated=1): a translated sentence for each hop that was tried before and did
 * not answer. Not a failure, but mail is late each time a server tries it.
 */
const char *const *postern_connection_probe_get_passed_over (PosternConnectionProbe *self);

/** postern_connection_probe_get_transcript: Returns: (transfer none): the dialogue, line by line; the empty string if
 * there was none */
const char *postern_connection_probe_get_transcript (PosternConnectionProbe *self);

/** postern_connection_probe_get_summary: Returns: (transfer none): what came of it in a translated sentence or two */
const char *postern_connection_probe_get_summary (PosternConnectionProbe *self);

G_END_DECLS
