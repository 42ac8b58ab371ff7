/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-change.h"

G_BEGIN_DECLS

/* Takes @before and @after; what is added has nothing before, what is removed nothing after. */
PosternChange *postern_change_new_take (PosternSection section, const char *member, const char *subject,
                                        const char *key, char *before, char *after);

G_END_DECLS
