/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-service-error.h"

G_DEFINE_QUARK (postern - service - error - quark, postern_service_error)
