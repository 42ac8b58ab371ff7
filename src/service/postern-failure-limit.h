/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PosternFailureLimit:
 *
 * Counts wrong tokens by the address that they come from. After ten within a minute nothing from that address is looked
 * at for the rest of the minute. It remembers a bounded number of addresses. To be used by one thread at a time.
 */
typedef struct _PosternFailureLimit PosternFailureLimit;

PosternFailureLimit *postern_failure_limit_new (void);
void postern_failure_limit_free (PosternFailureLimit *self);

/** postern_failure_limit_add: one more failure from @address; an IPv6 address counts with its /64 */
void postern_failure_limit_add (PosternFailureLimit *self, const char *address);

/** postern_failure_limit_get_wait: Returns: for how many seconds @address must wait, 0 if it need not */
guint postern_failure_limit_get_wait (PosternFailureLimit *self, const char *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternFailureLimit, postern_failure_limit_free)

G_END_DECLS
