/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-import.h"

G_BEGIN_DECLS

/* PosternImportTaken: @record: what is taken; @adds_route: whether it only gives a route to a domain that is there */
typedef void (*PosternImportTaken) (const PosternImportRecord *record, gboolean adds_route, gpointer user_data);

/* Tells @taken of every record that @self takes, routes of domains that are there by then last. */
void postern_import_foreach_taken (PosternImport *self, PosternImportTaken taken, gpointer user_data);

G_END_DECLS
