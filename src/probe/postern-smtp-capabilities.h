/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-smtp-reply.h"

G_BEGIN_DECLS

/**
 * PosternSmtpCapabilities:
 *
 * What a server offers in its answer to EHLO (RFC 5321 section 4.1.1.1). Immutable and reference-counted; may be shared
 * between threads. Keywords are compared without regard to case.
 */
typedef struct _PosternSmtpCapabilities PosternSmtpCapabilities;

#define POSTERN_TYPE_SMTP_CAPABILITIES (postern_smtp_capabilities_get_type ())
GType postern_smtp_capabilities_get_type (void) G_GNUC_CONST;

/**
 * postern_smtp_capabilities_new:
 * @reply: (nullable): a positive reply to EHLO, or %NULL for a server that knows only HELO
 *
 * Returns: (transfer full): what @reply offers
 */
PosternSmtpCapabilities *postern_smtp_capabilities_new (PosternSmtpReply *reply);

PosternSmtpCapabilities *postern_smtp_capabilities_ref (PosternSmtpCapabilities *self);
void postern_smtp_capabilities_unref (PosternSmtpCapabilities *self);

/** postern_smtp_capabilities_has: Returns: whether the server offers @keyword, such as "STARTTLS" */
gboolean postern_smtp_capabilities_has (PosternSmtpCapabilities *self, const char *keyword);

/**
 * postern_smtp_capabilities_get_parameters:
 * @self: capabilities
 * @keyword: an extension's keyword, such as "XCLIENT"
 *
 * Returns: (transfer none) (nullable): what follows @keyword, such as "NAME ADDR PROTO HELO" (the empty string if
 * nothing does), or %NULL if the server does not offer it
 */
const char *postern_smtp_capabilities_get_parameters (PosternSmtpCapabilities *self, const char *keyword);

/** postern_smtp_capabilities_has_parameter: Returns: whether @parameter is one of the words that follow @keyword */
gboolean postern_smtp_capabilities_has_parameter (PosternSmtpCapabilities *self, const char *keyword,
                                                  const char *parameter);

/** postern_smtp_capabilities_get_lines: Returns: (transfer none) (array zero-terminated=1): the offers as the server
 * wrote them */
const char *const *postern_smtp_capabilities_get_lines (PosternSmtpCapabilities *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternSmtpCapabilities, postern_smtp_capabilities_unref)

G_END_DECLS
