/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-import.h"

/* Any encoding and any format, as it comes. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    fuzz_import ("", data, size, POSTERN_IMPORT_DOMAINS);
    fuzz_import ("", data, size, POSTERN_IMPORT_NETWORKS);
    return 0;
}
