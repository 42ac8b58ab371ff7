/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "plan/postern-import.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Imports @data, behind @before, which makes a file of one format of it. What the preview promises must be true of the
 * plan afterwards. */
void fuzz_import (const char *before, const uint8_t *data, size_t size, PosternImportWanted wanted);

/* Returns: (transfer full): @n times @line */
char *fuzz_import_repeat (const char *line, guint n);
