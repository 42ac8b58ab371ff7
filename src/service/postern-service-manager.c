/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-service-manager.h"

#ifdef HAVE_SYSTEMD
#include <systemd/sd-daemon.h>
#endif

static void
tell (const char *state)
{
#ifdef HAVE_SYSTEMD
    sd_notify (0, state);
#endif
}

void
postern_service_manager_tell_ready (const char *format, ...)
{
    g_autofree char *status = NULL;
    g_autofree char *state = NULL;
    va_list arguments;

    va_start (arguments, format);
    status = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    state = g_strconcat ("READY=1\nSTATUS=", status, NULL);
    tell (state);
}

void
postern_service_manager_tell_status (const char *format, ...)
{
    g_autofree char *status = NULL;
    g_autofree char *state = NULL;
    va_list arguments;

    va_start (arguments, format);
    status = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    state = g_strconcat ("STATUS=", status, NULL);
    tell (state);
}

/* systemd.service(5), Type=notify-reload: the time tells this reload from one before it. */
void
postern_service_manager_tell_reloading (void)
{
    g_autofree char *state =
        g_strdup_printf ("RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT "\nSTATUS=Reloading", g_get_monotonic_time ());

    tell (state);
}

void
postern_service_manager_tell_stopping (void)
{
    tell ("STOPPING=1\nSTATUS=Stopping");
}

#ifdef HAVE_SYSTEMD
static gboolean
alive_cb (gpointer data)
{
    tell ("WATCHDOG=1");
    return G_SOURCE_CONTINUE;
}
#endif

guint
postern_service_manager_start_watchdog (void)
{
#ifdef HAVE_SYSTEMD
    uint64_t microseconds;

    /* Twice as often as is asked for (sd_watchdog_enabled(3)). */
    if (sd_watchdog_enabled (0, &microseconds) > 0 && microseconds >= 2000)
        return g_timeout_add_full (G_PRIORITY_HIGH, (guint)MIN (microseconds / 2000, G_MAXINT), alive_cb, NULL, NULL);
#endif
    return 0;
}
