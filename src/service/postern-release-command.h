/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-service-options.h"

G_BEGIN_DECLS

/** postern_release_command: “posternd release”: gives Postfix and Rspamd back what they had before the first push, and
 * says so; fails while posternd serves */
gboolean postern_release_command (PosternServiceOptions *options, GError **error);

G_END_DECLS
