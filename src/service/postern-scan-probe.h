/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "service/postern-api.h"
#include "service/postern-reply.h"

G_BEGIN_DECLS

/** postern_scan_probe_run: @object: the request, whose kind is “scan”; Returns: (transfer full): what the live scanner
 * does with a message that it refuses, and whether it has the current configuration */
PosternReply *postern_scan_probe_run (PosternApi *api, JsonObject *object);

G_END_DECLS
