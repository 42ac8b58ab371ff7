/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-fixture.h"

/*
 * Usage: bench-list-frames scroll|search COUNT
 *
 * The wizard's list of domains with COUNT of them, scrolled through or searched in. Prints how many seconds the latest
 * frame took from the moment at which something was to change until it was drawn.
 */

#define STEPS 200
#define PIXELS_A_FRAME 200
#define WARM_UP 20
/* The last of the first hundred, so that among few and among many all rows go in the end, and come back. */
#define NEEDLE "d000099"

static void
note_painted_cb (GdkFrameClock *clock, gboolean *painted)
{
    *painted = TRUE;
}

/* Seconds until the next frame is drawn, whatever else the main loop has to do until then. */
static double
wait_for_frame (PageFixture *fixture)
{
    GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));
    gint64 start = g_get_monotonic_time ();
    gboolean painted = FALSE;
    gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (note_painted_cb), &painted);

    gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
    while (!painted)
        g_main_context_iteration (NULL, TRUE);
    g_signal_handler_disconnect (clock, handler);
    return (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static void
add_domains (PosternPlan *plan, guint n)
{
    g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_object_unref);

    for (guint i = 0; i < n; i++) {
        g_autofree char *name = g_strdup_printf ("d%06u.example.com", i);

        g_ptr_array_add (domains, postern_domain_new (name, NULL));
    }
    postern_record_list_append_all (postern_plan_get_domains (plan), domains);
}

/* As fast as a wheel or a touchpad scrolls: down, and from the top again when it is at the bottom. */
static double
scroll (PageFixture *fixture)
{
    GtkWidget *scroller = get_widget (fixture->page, GTK_TYPE_SCROLLED_WINDOW, NULL);
    GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
    double latest = 0;

    for (guint step = 0; step < STEPS; step++) {
        double most = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
        double next = gtk_adjustment_get_value (adjustment) + PIXELS_A_FRAME;
        double seconds;

        gtk_adjustment_set_value (adjustment, next < most ? next : 0);
        seconds = wait_for_frame (fixture);
        if (step >= WARM_UP)
            latest = MAX (latest, seconds);
    }
    return latest;
}

/* One letter more of what is looked for, or one less. */
static void
press_key (GtkEditable *entry, guint length)
{
    int before = (int)strlen (gtk_editable_get_text (entry));

    if (length > (guint)before)
        gtk_editable_insert_text (entry, NEEDLE + before, 1, &before);
    else
        gtk_editable_delete_text (entry, (int)length, -1);
}

/* Typed and taken back again, letter by letter. */
static double
search (PageFixture *fixture)
{
    GtkEditable *entry = GTK_EDITABLE (get_widget (fixture->page, GTK_TYPE_SEARCH_ENTRY, NULL));
    const guint all = strlen (NEEDLE);
    double latest = 0;

    g_object_set (entry, "search-delay", 0, NULL);
    for (guint turn = 0; turn < 4; turn++)
        for (guint i = 1; i <= 2 * all; i++) {
            press_key (entry, i <= all ? i : 2 * all - i);
            for (guint frame = 0; frame < 3; frame++) {
                double seconds = wait_for_frame (fixture);

                if (turn > 0)
                    latest = MAX (latest, seconds);
            }
        }
    return latest;
}

int
main (int argc, char **argv)
{
    PageFixture fixture = { 0 };

    if (argc != 3)
        return 2;
    adw_init ();
    page_fixture_set_up (&fixture, NULL);
    add_domains (fixture.plan, (guint)atoi (argv[2]));
    page_fixture_show (&fixture, POSTERN_STEP_DOMAINS);
    for (guint i = 0; i < 60; i++)
        wait_for_frame (&fixture);
    g_print ("%f\n", g_str_equal (argv[1], "scroll") ? scroll (&fixture) : search (&fixture));
    page_fixture_tear_down (&fixture, NULL);
    return 0;
}
