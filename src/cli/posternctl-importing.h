/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-import.h"
#include "plan/postern-network-aggregate.h"

G_BEGIN_DECLS

/*
 * PosternctlImporting:
 * @plan: what the plan becomes; nobody has it yet
 * @files: (element-type PosternctlImportedFile): what was read, in order
 * @aggregate: (nullable): what merging the trusted networks means, if that was asked for
 *
 * An import from one or several files, which becomes true when the plan is written.
 */
typedef struct {
    PosternPlan *plan;
    GPtrArray *files;
    PosternNetworkAggregate *aggregate;
} PosternctlImporting;

typedef struct {
    char *name;
    PosternImport *import;
} PosternctlImportedFile;

void posternctl_importing_init (PosternctlImporting *self, PosternPlan *plan);
void posternctl_importing_clear (PosternctlImporting *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PosternctlImporting, posternctl_importing_clear)

/* posternctl_importing_add: reads the file @name into the plan; Returns: whether it could be read */
gboolean posternctl_importing_add (PosternctlImporting *self, const char *name, PosternImportWanted wanted,
                                   GError **error);

/* posternctl_importing_aggregate: merges the plan's trusted networks */
void posternctl_importing_aggregate (PosternctlImporting *self);

/* posternctl_importing_count: Returns: how many lines of all files have @status */
guint posternctl_importing_count (PosternctlImporting *self, PosternImportStatus status);

/* posternctl_importing_print: the preview, line by line, and how many of each there are; @only_refused leaves the other
 * lines out */
void posternctl_importing_print (PosternctlImporting *self, gboolean only_refused);

G_END_DECLS
