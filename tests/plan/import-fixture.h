/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-import.h"

/** import_text: Returns: (transfer full): the import of @text, which must succeed */
PosternImport *import_text (const char *text, PosternImportWanted wanted, PosternPlan *plan);

/** import_render: Returns: (transfer full): the whole preview: for each line `NUMBER STATUS NAME [> ROUTE]`, separated
 * by `; `; where there is no name the text in angle brackets */
char *import_render (PosternImport *import);

/** import_reason: Returns: (transfer full): why the line at @position is not taken */
char *import_reason (PosternImport *import, guint position);

/** ImportCase: @text, taken for a file with @wanted in it, has the preview @preview */
typedef struct {
    const char *text;
    PosternImportWanted wanted;
    PosternImportFormat format;
    const char *preview;
} ImportCase;

/** import_check_cases: asserts that all @cases hold for an empty plan */
void import_check_cases (const ImportCase *cases, guint n_cases);
