/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "gateway/postern-certificate.h"
#include "gateway/postern-gateway-address.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_TRUST_DIALOG (postern_trust_dialog_get_type ())

/** PosternTrustDialog: “Is This Your Gateway?”: shows a certificate so that a person can compare its fingerprint;
 * answers “trust” or “cancel” */
G_DECLARE_FINAL_TYPE (PosternTrustDialog, postern_trust_dialog, POSTERN, TRUST_DIALOG, AdwAlertDialog)

/** postern_trust_dialog_new: @trusted: (nullable): the fingerprint that was trusted before; @kind: what kind of gateway
 * it is, because that says how to compare */
AdwDialog *postern_trust_dialog_new (PosternCertificate *certificate, const char *trusted, PosternGatewayKind kind);

PosternCertificate *postern_trust_dialog_get_certificate (PosternTrustDialog *self);

G_END_DECLS
