/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-probe-error.h"

G_DEFINE_QUARK (postern - probe - error - quark, postern_probe_error)

const char *
postern_probe_error_code_name (PosternProbeError code)
{
    switch (code) {
    case POSTERN_PROBE_ERROR_UNREACHABLE:
        return "unreachable";
    case POSTERN_PROBE_ERROR_REFUSED:
        return "refused";
    case POSTERN_PROBE_ERROR_TIMED_OUT:
        return "timed-out";
    case POSTERN_PROBE_ERROR_CLOSED:
        return "closed";
    case POSTERN_PROBE_ERROR_PROTOCOL:
        return "protocol";
    case POSTERN_PROBE_ERROR_TOO_MUCH:
        return "too-much";
    case POSTERN_PROBE_ERROR_TLS:
        return "tls";
    case POSTERN_PROBE_ERROR_NOT_OFFERED:
        return "not-offered";
    case POSTERN_PROBE_ERROR_INVALID_ARGUMENT:
        return "invalid-argument";
    case POSTERN_PROBE_ERROR_NOT_FOUND:
        return "not-found";
    case POSTERN_PROBE_ERROR_RESOLVER:
        return "resolver";
    case POSTERN_PROBE_ERROR_NULL_MX:
        return "null-mx";
    case POSTERN_PROBE_ERROR_NOT_ALLOWED:
        return "not-allowed";
    }
    g_return_val_if_reached ("unknown");
}
