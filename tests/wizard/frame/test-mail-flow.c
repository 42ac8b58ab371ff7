/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include "wizard/postern-mail-flow.h"

#define DIRECT                                                                                                         \
    "Picture: mail goes from the Internet to this gateway and on to the internal servers, and the same way back. "
#define TRUST                                                                                                          \
    "Mail that comes in may be from anyone and is not trusted; mail that goes out comes from trusted networks."

static void
assert_says (GtkWidget *flow, const char *text)
{
    gtk_test_accessible_assert_property (flow, GTK_ACCESSIBLE_PROPERTY_LABEL, text);
}

/* The way, who is trusted, where recipients are verified and senders checked, and where a message ends. */
static void
test_it_says_in_words_what_it_shows (void)
{
    g_autoptr (GtkWidget) flow = g_object_ref_sink (postern_mail_flow_new (POSTERN_SCENARIO_EDGE_VERIFYING));
    const PosternVerdict refused = { .outcome = POSTERN_VERDICT_REFUSED };

    gtk_test_accessible_assert_role (flow, GTK_ACCESSIBLE_ROLE_IMG);
    assert_says (flow, "Picture: mail goes from the Internet to the edge gateway, which verifies recipients, to this "
                       "gateway and on to the internal servers, and the same way back. " TRUST);
    g_object_set (flow, "scenario", POSTERN_SCENARIO_DIRECT, "verifies-recipients", TRUE, "uses-spf", TRUE,
                  "uses-dmarc", TRUE, NULL);
    assert_says (flow,
                 DIRECT TRUST " This gateway verifies recipients. This gateway checks senders with SPF and DMARC.");
    g_object_set (flow, "verifies-recipients", FALSE, "uses-dmarc", FALSE, NULL);
    postern_mail_flow_light_up (POSTERN_MAIL_FLOW (flow), &refused);
    assert_says (flow, DIRECT TRUST " This gateway checks senders with SPF. The message that is tried ends at this "
                                    "gateway.");
}

static void
test_it_fits_a_narrow_window (void)
{
    g_autoptr (GtkWidget) flow = g_object_ref_sink (postern_mail_flow_new (POSTERN_SCENARIO_EDGE_NOT_VERIFYING));
    int minimum, narrow, wide;

    gtk_widget_measure (flow, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    g_assert_cmpint (minimum, <=, 300);
    gtk_widget_measure (flow, GTK_ORIENTATION_VERTICAL, minimum, &narrow, NULL, NULL, NULL);
    gtk_widget_measure (flow, GTK_ORIENTATION_VERTICAL, 800, &wide, NULL, NULL, NULL);
    g_assert_cmpint (narrow, >=, wide);
}

/* What is drawn is there after the next frame. */
static GskRenderNode *
draw (GtkWidget *flow)
{
    g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (flow);
    gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

    while (g_get_monotonic_time () < deadline) {
        g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
        GskRenderNode *node;

        gdk_paintable_snapshot (paintable, snapshot, 600, 100);
        node = gtk_snapshot_to_node (snapshot);
        if (node != NULL)
            return node;
        g_main_context_iteration (NULL, TRUE);
    }
    return NULL;
}

/* It draws something in every scenario, from left to right and from right to left, dark and light, with every way lit.
 */
static void
test_it_draws (void)
{
    GtkWidget *window = gtk_window_new ();
    GtkWidget *flow = postern_mail_flow_new (POSTERN_SCENARIO_DIRECT);
    AdwStyleManager *style = adw_style_manager_get_default ();
    const PosternVerdict verdicts[] = {
        { .outcome = POSTERN_VERDICT_REFUSED },
        { .outcome = POSTERN_VERDICT_ACCEPTED, .hop = POSTERN_VERDICT_HOP_INTERNAL_SERVER, .local = TRUE },
        { .outcome = POSTERN_VERDICT_ACCEPTED, .hop = POSTERN_VERDICT_HOP_EDGE_GATEWAY, .trusted = TRUE },
    };

    gtk_window_set_child (GTK_WINDOW (window), flow);
    gtk_window_present (GTK_WINDOW (window));
    for (int scenario = POSTERN_SCENARIO_DIRECT; scenario <= POSTERN_SCENARIO_EDGE_NOT_VERIFYING; scenario++)
        for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++) {
            g_autoptr (GskRenderNode) node = NULL;

            g_object_set (flow, "scenario", scenario, "edge-text", "192.0.2.1", "uses-spf", i == 1, NULL);
            gtk_widget_set_direction (flow, i == 0 ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
            adw_style_manager_set_color_scheme (style, i == 1 ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_DEFAULT);
            postern_mail_flow_light_up (POSTERN_MAIL_FLOW (flow), &verdicts[i]);
            node = draw (flow);
            g_assert_nonnull (node);
        }
    gtk_window_destroy (GTK_WINDOW (window));
}

/* Everything that is drawn, as text. */
static char *
look (GtkWidget *flow)
{
    g_autoptr (GskRenderNode) node = draw (flow);
    g_autoptr (GBytes) bytes = gsk_render_node_serialize (node);

    return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static gboolean
looks_like (GtkWidget *flow, const char *expected)
{
    g_autofree char *now = look (flow);

    return g_str_equal (now, expected);
}

static gboolean
on_late_cb (gpointer user_data)
{
    *(gboolean *)user_data = TRUE;
    return G_SOURCE_CONTINUE;
}

/* How many pictures there are until it looks as expected, this one included. */
static guint
count_pictures_until (GtkWidget *flow, const char *expected)
{
    gboolean late = FALSE;
    guint deadline = g_timeout_add_seconds (30, on_late_cb, &late);
    g_autofree char *last = look (flow);
    guint n = 1;

    while (!g_str_equal (last, expected) && !late) {
        g_main_context_iteration (NULL, TRUE);
        if (looks_like (flow, last))
            continue;
        g_free (last);
        last = look (flow);
        n++;
    }
    g_source_remove (deadline);
    g_assert_cmpstr (last, ==, expected);
    return n;
}

static void
set_animations (gboolean enabled)
{
    g_object_set (gtk_settings_get_default (), "gtk-enable-animations", enabled, NULL);
}

/* The light goes along the way of a message where a person wants animations, and is there at once where not. */
static void
test_it_moves_only_if_wanted (void)
{
    const PosternVerdict verdict = { .outcome = POSTERN_VERDICT_ACCEPTED,
                                     .hop = POSTERN_VERDICT_HOP_INTERNAL_SERVER,
                                     .local = TRUE };
    GtkWidget *window = gtk_window_new ();
    GtkWidget *flow = postern_mail_flow_new (POSTERN_SCENARIO_EDGE_VERIFYING);
    g_autofree char *dark = NULL, *lit = NULL;

    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);
    gtk_window_set_child (GTK_WINDOW (window), flow);
    gtk_window_present (GTK_WINDOW (window));
    dark = look (flow);
    set_animations (FALSE);
    postern_mail_flow_light_up (POSTERN_MAIL_FLOW (flow), &verdict);
    lit = look (flow);
    g_assert_cmpstr (lit, !=, dark);
    g_assert_cmpuint (count_pictures_until (flow, lit), ==, 1);

    set_animations (TRUE);
    postern_mail_flow_light_up (POSTERN_MAIL_FLOW (flow), NULL);
    g_assert_cmpuint (count_pictures_until (flow, dark), ==, 1);
    postern_mail_flow_light_up (POSTERN_MAIL_FLOW (flow), &verdict);
    /* How many a busy machine draws in between is its own affair. */
    g_assert_cmpuint (count_pictures_until (flow, lit), >, 1);
    /* Said once more, it does not begin anew. */
    postern_mail_flow_light_up (POSTERN_MAIL_FLOW (flow), &verdict);
    g_assert_cmpuint (count_pictures_until (flow, lit), ==, 1);
    gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
    gtk_test_init (&argc, &argv, NULL);
    adw_init ();
    g_test_add_func ("/mail-flow/says-in-words-what-it-shows", test_it_says_in_words_what_it_shows);
    g_test_add_func ("/mail-flow/fits-a-narrow-window", test_it_fits_a_narrow_window);
    g_test_add_func ("/mail-flow/draws", test_it_draws);
    g_test_add_func ("/mail-flow/moves-only-if-wanted", test_it_moves_only_if_wanted);
    return g_test_run ();
}
