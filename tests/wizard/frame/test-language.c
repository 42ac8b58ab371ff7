/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-fixture.h"
#include "wizard/postern-application.h"
#include "wizard/postern-language.h"
#include "wizard/postern-window.h"

/* The language is changed while Postern runs, and nothing that was entered gets lost. */

static GApplication *application;

static PosternWindow *
open_window (PosternStep step)
{
    PosternWindow *window = postern_window_new (GTK_APPLICATION (application));

    gtk_window_present (GTK_WINDOW (window));
    postern_window_show_step (window, step);
    return window;
}

static PosternPage *
get_page (PosternWindow *window)
{
    GtkWidget *view = get_widget (window, ADW_TYPE_NAVIGATION_VIEW, NULL);

    return POSTERN_PAGE (adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view)));
}

static guint
count_pages (PosternWindow *window)
{
    GtkWidget *view = get_widget (window, ADW_TYPE_NAVIGATION_VIEW, NULL);
    g_autoptr (GListModel) stack = adw_navigation_view_get_navigation_stack (ADW_NAVIGATION_VIEW (view));

    return g_list_model_get_n_items (stack);
}

static void
assert_heading_begins (PosternWindow *window, const char *expected)
{
    g_autofree char *heading = NULL;

    g_object_get (get_page (window), "heading", &heading, NULL);
    g_test_message ("%s", heading);
    g_assert_true (g_str_has_prefix (heading, expected));
}

static void
choose (const char *code)
{
    g_action_group_change_action_state (G_ACTION_GROUP (application), "language", g_variant_new_string (code));
}

static void
close_window (PosternWindow *window)
{
    gpointer gone = window;

    choose ("en");
    g_object_add_weak_pointer (G_OBJECT (window), &gone);
    gtk_window_destroy (GTK_WINDOW (window));
    wait_until (gone == NULL);
}

static void
test_at_once (void)
{
    static const struct {
        const char *code;
        const char *heading;
    } languages[] = {
        { "cs", "Pro které domény" },
        { "fr", "Pour quels domaines" },
        { "ru", "Для каких доменов" },
        { "en", "Which domains" },
    };
    PosternWindow *window = open_window (POSTERN_STEP_DOMAINS);
    guint pages = count_pages (window);

    for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
        gpointer before = get_page (window);

        g_object_add_weak_pointer (before, &before);
        choose (languages[i].code);
        assert_heading_begins (window, languages[i].heading);
        g_assert_cmpuint (count_pages (window), ==, pages);
        g_assert_cmpint (postern_page_get_step (get_page (window)), ==, POSTERN_STEP_DOMAINS);
        /* The page in the language before is gone. */
        wait_until (before == NULL);
    }
    close_window (window);
}

/* What stands in an entry and is not in the plan yet is there in the other language as well. */
static void
test_nothing_typed_is_lost (void)
{
    PosternWindow *window = open_window (POSTERN_STEP_DOMAINS);
    GtkWidget *entry = get_widget (get_page (window), ADW_TYPE_ENTRY_ROW, "Add Domain");

    postern_plan_add_domain (postern_session_get_plan (postern_window_get_session (window)), "example.com", NULL);
    type_text (entry, "exam");
    choose ("cs");
    entry = get_widget (get_page (window), ADW_TYPE_ENTRY_ROW, "Přidat doménu");
    g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "exam");
    g_assert_cmpuint (postern_record_list_get_length (
                          postern_plan_get_domains (postern_session_get_plan (postern_window_get_session (window)))),
                      ==, 1);
    close_window (window);
}

/* Findings are sentences, made when the plan is judged. */
static void
test_findings_speak_it_too (void)
{
    PosternWindow *window = open_window (POSTERN_STEP_REVIEW);
    PosternSession *session = postern_window_get_session (window);
    g_autofree char *english = NULL;
    g_autofree char *czech = NULL;
    g_autoptr (PosternFinding) finding = NULL;

    wait_until (postern_findings_model_get_settled (postern_session_get_findings (session)));
    finding = g_list_model_get_item (G_LIST_MODEL (postern_session_get_findings (session)), 0);
    english = g_strdup (postern_finding_get_message (finding));
    choose ("cs");
    wait_until (postern_findings_model_get_settled (postern_session_get_findings (session)));
    g_clear_object (&finding);
    finding = g_list_model_get_item (G_LIST_MODEL (postern_session_get_findings (session)), 0);
    czech = g_strdup (postern_finding_get_message (finding));
    g_assert_cmpstr (english, !=, czech);
    wait_until (shows_text (get_page (window), czech));
    close_window (window);
}

/* It is kept for the next start. */
static void
test_it_is_kept (void)
{
    g_autoptr (GSettings) settings = g_settings_new (POSTERN_APPLICATION_ID);
    g_autofree char *kept = NULL;

    choose ("fr");
    kept = g_settings_get_string (settings, "language");
    g_assert_cmpstr (kept, ==, "fr");
    g_assert_cmpstr (postern_language_get (), ==, "fr");
    choose ("");
    g_assert_cmpstr (postern_language_get (), ==, "");
}

int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;
    int status;

    g_test_init (&argc, &argv, NULL);
    postern_language_start ();
    application = G_APPLICATION (postern_application_new ());
    g_application_register (application, NULL, &error);
    g_assert_no_error (error);
    choose ("en");
    g_test_add_func ("/language/at-once", test_at_once);
    g_test_add_func ("/language/nothing-typed-is-lost", test_nothing_typed_is_lost);
    g_test_add_func ("/language/findings-speak-it-too", test_findings_speak_it_too);
    g_test_add_func ("/language/it-is-kept", test_it_is_kept);
    status = g_test_run ();
    g_clear_object (&application);
    return status;
}
