/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-application.h"

/* What the application finds and leaves when it starts, each time in a process of its own. */

static GApplication *
start (void)
{
    GApplication *application = G_APPLICATION (postern_application_new ());
    g_autoptr (GError) error = NULL;

    g_application_register (application, NULL, &error);
    g_assert_no_error (error);
    return application;
}

static int
measure_height (const char *style_class)
{
    g_autoptr (GtkWidget) window = g_object_ref (gtk_window_new ());
    GtkWidget *button = gtk_button_new_with_label ("Postern");
    int height;

    gtk_widget_add_css_class (button, style_class);
    gtk_window_set_child (GTK_WINDOW (window), button);
    gtk_widget_measure (button, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
    gtk_window_destroy (GTK_WINDOW (window));
    return height;
}

static void
run_alone (const char *path)
{
    g_test_trap_subprocess (path, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed ();
}

static void
test_style (void)
{
    run_alone ("/application/style/subprocess");
}

/* "pill" is a class of libadwaita's: neither an empty theme nor GTK's own knows it. */
static void
start_with_style (void)
{
    g_autoptr (GApplication) application = NULL;

    g_unsetenv ("GTK_THEME");
    application = start ();
    g_assert_null (g_getenv ("GTK_THEME"));
    g_assert_cmpint (measure_height ("pill"), >, measure_height ("none"));
}

static void
test_chosen_theme (void)
{
    run_alone ("/application/chosen-theme/subprocess");
}

static void
start_with_chosen_theme (void)
{
    g_autoptr (GApplication) application = NULL;

    g_setenv ("GTK_THEME", "Default", TRUE);
    application = start ();
    g_assert_cmpstr (g_getenv ("GTK_THEME"), ==, "Default");
    /* With its own buttons, and without the classes of libadwaita. */
    g_assert_cmpint (measure_height ("none"), >, 20);
    g_assert_cmpint (measure_height ("pill"), ==, measure_height ("none"));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/application/style", test_style);
    g_test_add_func ("/application/style/subprocess", start_with_style);
    g_test_add_func ("/application/chosen-theme", test_chosen_theme);
    g_test_add_func ("/application/chosen-theme/subprocess", start_with_chosen_theme);
    return g_test_run ();
}
