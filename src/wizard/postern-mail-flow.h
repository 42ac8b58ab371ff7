/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "plan/postern-verdict.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_MAIL_FLOW (postern_mail_flow_get_type ())

/**
 * PosternMailFlow:
 *
 * The picture of the mail's way: Internet, edge gateway where there is one, this gateway, internal servers, and between
 * them an arrow for mail that comes in and one for mail that goes out. Drawn by itself in the colours of the theme;
 * says all of it in its accessible label as well.
 *
 * Properties:
 * - `scenario` (#PosternScenario)
 * - `gateway-text`, `edge-text`, `internal-text` (strings, nullable): a second line under those three, such as an
 * address
 * - `verifies-recipients`, `uses-spf`, `uses-dmarc`: whether this gateway does; drawn as badges on it
 */
G_DECLARE_FINAL_TYPE (PosternMailFlow, postern_mail_flow, POSTERN, MAIL_FLOW, GtkWidget)

GtkWidget *postern_mail_flow_new (PosternScenario scenario);

/** postern_mail_flow_light_up: shows the way that a message takes, with a light that goes along it unless animations
 * are switched off; @verdict: (nullable): what becomes of it, %NULL: no message. Whatever changes the scenario puts the
 * light out. */
void postern_mail_flow_light_up (PosternMailFlow *self, const PosternVerdict *verdict);

G_END_DECLS
