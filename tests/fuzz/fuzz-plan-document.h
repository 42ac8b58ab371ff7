/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "plan/postern-plan-json.h"

/* What libFuzzer calls again and again (https://llvm.org/docs/LibFuzzer.html). */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Reads @data as a plan; what can be read must survive being judged, written and read again. */
void fuzz_plan_document (const uint8_t *data, size_t size, PosternPlanForm form);
