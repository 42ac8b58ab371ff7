/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-import.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    static char *networks;

    if (networks == NULL)
        networks = fuzz_import_repeat ("10.0.0.0/8 OK\n", 20);
    fuzz_import ("a.example smtp:[b.example]\n", data, size, POSTERN_IMPORT_DOMAINS);
    fuzz_import (networks, data, size, POSTERN_IMPORT_NETWORKS);
    return 0;
}
