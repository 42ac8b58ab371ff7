/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-plan-document.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    fuzz_plan_document (data, size, POSTERN_PLAN_FORM_API);
    return 0;
}
