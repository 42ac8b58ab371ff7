/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "plan/postern-plan.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_DOMAIN_ROW (postern_domain_row_get_type ())

/**
 * PosternDomainRow:
 *
 * A domain in a #GtkListView: its name, where its mail goes, **Local domain**, what is to say about it, and, while it
 * is expanded, its other settings. Rows are recycled: everything follows `domain`. The settings exist only while they
 * are shown, since a list has some hundred rows and at most one of them is expanded.
 *
 * Properties: `plan` (set once, when it is made); `findings` (#GListModel); `domain` (nullable); `expanded-domain`
 * (nullable): the domain whose row is expanded, to be bound both ways to the same property of all rows.
 *
 * Signal `remove`: the remove button was pressed.
 */
G_DECLARE_FINAL_TYPE (PosternDomainRow, postern_domain_row, POSTERN, DOMAIN_ROW, GtkBox)

GtkWidget *postern_domain_row_new (PosternPlan *plan, GListModel *findings);

PosternDomain *postern_domain_row_get_domain (PosternDomainRow *self);
/** postern_domain_row_set_domain: @domain: (nullable): what the row shows from now on */
void postern_domain_row_set_domain (PosternDomainRow *self, PosternDomain *domain);
/** postern_domain_row_describe: Returns: (transfer full): where mail for @domain goes under @plan, in a translated
 * sentence */
char *postern_domain_row_describe (PosternDomain *domain, PosternPlan *plan);

G_END_DECLS
