/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-scan.h"

void
postern_scan_free (PosternScan *self)
{
    g_free (self->verdict);
    g_free (self->reply);
    g_free (self);
}
