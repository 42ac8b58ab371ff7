/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-import.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    static char *settings;

    if (settings == NULL)
        settings = fuzz_import_repeat ("a=b\n", 100);
    fuzz_import (settings, data, size, POSTERN_IMPORT_DOMAINS | POSTERN_IMPORT_NETWORKS | POSTERN_IMPORT_EDGE_GATEWAY);
    return 0;
}
