/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-domain.h"
#include "plan/postern-record-list.h"

G_BEGIN_DECLS

/* What a plan's list of domains needs to know of its records: see postern_record_list_new(). */
const char *postern_domain_record_key (gpointer item);
void postern_domain_record_watch (gpointer item, PosternRecordList *list);

G_END_DECLS
