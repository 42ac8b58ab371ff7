/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-pmg-config.h"
#include "gateway/postern-pmg-session.h"

G_BEGIN_DECLS

/* postern_pmg_reader_read_list: puts what the gateway has of @list into @config */
gboolean postern_pmg_reader_read_list (PosternPmgSession *session, PosternPmgList list, PosternPmgConfig *config,
                                       GCancellable *cancellable, GError **error);

/*
 * postern_pmg_reader_read:
 *
 * Reads the four lists. Reading does no harm, so a connection that breaks is made once more.
 *
 * Returns: (transfer full) (nullable): what the gateway has
 */
PosternPmgConfig *postern_pmg_reader_read (PosternPmgSession *session, GCancellable *cancellable, GError **error);

/* postern_pmg_reader_read_patiently: reads, and once more after a while, when something on the way is not ready yet */
PosternPmgConfig *postern_pmg_reader_read_patiently (PosternPmgSession *session, guint pause_milliseconds,
                                                     GError **error);

G_END_DECLS
