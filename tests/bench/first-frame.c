/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <dlfcn.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * Preloaded into any program with a window, unchanged: when its first window has been drawn, says how many microseconds
 * after POSTERN_BENCH_START (of the monotonic clock) that was and how many KiB of memory the program has, and ends it.
 */

static long
read_memory (void)
{
    FILE *file = fopen ("/proc/self/status", "r");
    char line[256];
    long kibibytes = 0;

    while (file != NULL && fgets (line, sizeof line, file) != NULL)
        if (sscanf (line, "VmRSS: %ld", &kibibytes) == 1)
            break;
    if (file != NULL)
        fclose (file);
    return kibibytes;
}

static void
on_painted_cb (GdkFrameClock *clock, GtkWindow *window)
{
    gint64 now = g_get_monotonic_time ();

    if (!gtk_widget_get_mapped (GTK_WIDGET (window)) || gtk_widget_get_width (GTK_WIDGET (window)) == 0)
        return;
    printf ("%" G_GINT64_FORMAT " %ld\n", now - g_ascii_strtoll (getenv ("POSTERN_BENCH_START"), NULL, 10),
            read_memory ());
    fflush (stdout);
    _exit (0);
}

void
gtk_window_present (GtkWindow *window)
{
    static void (*present) (GtkWindow *);

    if (present == NULL)
        present = (void (*) (GtkWindow *))dlsym (RTLD_NEXT, "gtk_window_present");
    gtk_widget_realize (GTK_WIDGET (window));
    g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (on_painted_cb),
                      window);
    present (window);
}
