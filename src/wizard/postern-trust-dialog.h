/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "gateway/postern-certificate.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_TRUST_DIALOG (postern_trust_dialog_get_type ())

/** PosternTrustDialog: “Is This Your Gateway?”: shows a certificate so that a person can compare its fingerprint;
 * answers “trust” or “cancel” */
G_DECLARE_FINAL_TYPE (PosternTrustDialog, postern_trust_dialog, POSTERN, TRUST_DIALOG, AdwAlertDialog)

/** postern_trust_dialog_new: @changed: whether another certificate was trusted before */
AdwDialog *postern_trust_dialog_new (PosternCertificate *certificate, gboolean changed);

PosternCertificate *postern_trust_dialog_get_certificate (PosternTrustDialog *self);

G_END_DECLS
