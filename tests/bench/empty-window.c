/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

/* What the wizard's start is compared with: the least that any application of its kind shows. */

static void
activate_cb (GtkApplication *application)
{
    GtkWidget *window = adw_application_window_new (application);

    gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
    gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
    g_autoptr (AdwApplication) application =
        adw_application_new ("io.github.postern.Empty", G_APPLICATION_DEFAULT_FLAGS);

    g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
    return g_application_run (G_APPLICATION (application), argc, argv);
}
