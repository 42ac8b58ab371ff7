/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-import.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    fuzz_import ("domain;host;port;mx\n", data, size, POSTERN_IMPORT_DOMAINS);
    fuzz_import ("network;mask\n", data, size, POSTERN_IMPORT_NETWORKS);
    return 0;
}
