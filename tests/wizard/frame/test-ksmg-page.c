/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "gateway/postern-runbook-progress.h"
#include "page-fixture.h"
#include "wizard/postern-runbook-entry-row.h"
#include "wizard/postern-runbook-group.h"
#include "wizard/postern-runbook-printer.h"
#include "wizard/postern-runbook-row.h"
#include "wizard/postern-runbook-saver.h"

static void
set_up (PageFixture *self, gconstpointer data)
{
    g_autoptr (PosternRoute) edge = postern_route_parse ("192.168.0.1", NULL);
    g_autoptr (PosternRoute) internal = postern_route_parse ("10.0.0.20", NULL);

    page_fixture_set_up (self, data);
    postern_session_set_mode (self->session, POSTERN_MODE_KSMG);
    postern_plan_set_scenario (self->plan, POSTERN_SCENARIO_EDGE_VERIFYING);
    postern_plan_apply_presets (self->plan);
    postern_plan_set_edge_gateway (self->plan, edge);
    postern_plan_set_internal_server (self->plan, internal);
    g_assert_nonnull (postern_plan_add_domain (self->plan, "example.com", NULL));
    g_assert_nonnull (postern_plan_add_trusted_network (self->plan, "10.0.0.20", NULL));
    page_fixture_show (self, POSTERN_STEP_KSMG);
}

static GtkWidget *
find_row (PageFixture *self, const char *action)
{
    GtkWidget *label = get_widget (self->page, GTK_TYPE_LABEL, action);

    return gtk_widget_get_ancestor (label, POSTERN_TYPE_RUNBOOK_ROW);
}

static void
tick (PageFixture *self, const char *action)
{
    GtkWidget *row = find_row (self, action);

    gtk_widget_activate (get_widget (row, GTK_TYPE_CHECK_BUTTON, NULL));
}

static guint
count_ticks (gpointer root)
{
    guint n = GTK_IS_CHECK_BUTTON (root) && gtk_check_button_get_active (root);

    for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
         child = gtk_widget_get_next_sibling (child))
        n += count_ticks (child);
    return n;
}

static void
start_over (PageFixture *self)
{
    g_signal_emit_by_name (get_widget (self->page, GTK_TYPE_BUTTON, "Start _Over"), "clicked");
}

static char *
say_progress (PageFixture *self, guint n)
{
    g_autoptr (PosternRunbook) runbook = postern_runbook_new (self->plan, "en");

    return g_strdup_printf ("%u of %u steps", n, postern_runbook_get_n_steps (runbook));
}

static void
test_shows (PageFixture *self, gconstpointer data)
{
    g_assert_cmpuint (count_widgets (self->page, POSTERN_TYPE_RUNBOOK_GROUP), ==, 8);
    must_show_text (self->page, "Settings → Built-in MTA → Domains");
    must_show_text (self->page, "example.com");
    must_show_text (self->page, "192.168.0.1");
    must_show_text (self->page, "Reject for unverified recipients");
}

static void
test_ticks (PageFixture *self, gconstpointer data)
{
    g_autofree char *none = say_progress (self, 0);
    g_autofree char *one = say_progress (self, 1);
    const char *action = "Enter the address and the port of the edge gateway.";

    start_over (self);
    must_show_text (self->page, none);
    tick (self, action);
    must_show_text (self->page, one);
    g_assert_cmpuint (count_ticks (self->page), ==, 1);
    tick (self, action);
    must_show_text (self->page, none);
    tick (self, action);
}

/* The page that comes later has the tick that the one before has left. */
static void
test_resumes (PageFixture *self, gconstpointer data)
{
    g_autofree char *one = say_progress (self, 1);

    start_over (self);
    tick (self, "Enter the address and the port of the edge gateway.");
    page_fixture_tear_down (self, data);
    set_up (self, data);
    must_show_text (self->page, one);
    g_assert_cmpuint (count_ticks (self->page), ==, 1);
    start_over (self);
    g_assert_cmpuint (count_ticks (self->page), ==, 0);
}

/* Done is for good, so it wants every tick. */
static void
test_done (PageFixture *self, gconstpointer data)
{
    g_autoptr (PosternRunbook) runbook = postern_runbook_new (self->plan, "en");
    g_autoptr (PosternRunbookProgress) progress = postern_runbook_progress_new ("draft");
    GPtrArray *sections = postern_runbook_get_sections (runbook);

    start_over (self);
    g_assert_false (page_is (self, "complete"));
    for (guint i = 0; i < sections->len; i++) {
        GPtrArray *steps = postern_runbook_section_get_steps (sections->pdata[i]);

        for (guint k = 0; k < steps->len; k++)
            g_assert_true (postern_runbook_progress_set_done (progress, steps->pdata[k], TRUE, NULL));
    }
    page_fixture_tear_down (self, data);
    set_up (self, data);
    g_assert_true (page_is (self, "complete"));
    start_over (self);
    g_assert_false (page_is (self, "complete"));
}

static void
test_language (PageFixture *self, gconstpointer data)
{
    GtkWidget *row = get_widget (self->page, ADW_TYPE_COMBO_ROW, "Language of the web interface");

    start_over (self);
    tick (self, "Enter the address and the port of the edge gateway.");
    adw_combo_row_set_selected (ADW_COMBO_ROW (row), 2);
    must_show_text (self->page, "Nastavení → Integrovaný agent MTA → Domény");
    g_assert_false (shows_text (self->page, "Settings → Built-in MTA → Domains"));
    g_assert_cmpuint (count_ticks (self->page), ==, 1);
    start_over (self);
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    char **text = user_data;

    *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copy (PageFixture *self, gconstpointer data)
{
    GtkWidget *row = find_row (self, "Enter the address and the port of the edge gateway.");
    g_autofree char *text = NULL;

    g_signal_emit_by_name (get_widget (row, GTK_TYPE_BUTTON, "Copy"), "clicked");
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self->page)), NULL, on_read_cb, &text);
    wait_until (text != NULL);
    g_assert_cmpstr (text, ==, "192.168.0.1");
}

static void
test_print (PageFixture *self, gconstpointer data)
{
    g_autoptr (PosternRunbook) runbook = postern_runbook_new (self->plan, "ru");
    g_autoptr (GtkPrintOperation) operation = postern_runbook_printer_new (runbook);
    g_autoptr (GError) error = NULL;
    g_autofree char *name = g_build_filename (g_get_tmp_dir (), "postern-ksmg-steps.pdf", NULL);
    g_autofree char *contents = NULL;
    int n_pages;

    gtk_print_operation_set_export_filename (operation, name);
    g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, self->window, &error), ==,
                     GTK_PRINT_OPERATION_RESULT_APPLY);
    g_assert_no_error (error);
    g_object_get (operation, "n-pages", &n_pages, NULL);
    g_assert_cmpint (n_pages, >, 2);
    g_assert_cmpint (n_pages, <, 10);
    g_assert_true (g_file_get_contents (name, &contents, NULL, &error));
    g_assert_true (g_str_has_prefix (contents, "%PDF"));
    g_unlink (name);
}

static void
test_forms (PageFixture *self, gconstpointer data)
{
    g_autoptr (PosternRunbook) runbook = postern_runbook_new (self->plan, "en");
    g_autofree char *html = postern_runbook_saver_write (runbook, "Steps.HTML");
    g_autofree char *markdown = postern_runbook_saver_write (runbook, "steps.md");
    g_autofree char *text = postern_runbook_saver_write (runbook, "steps");

    g_assert_true (g_str_has_prefix (html, "<!DOCTYPE html>"));
    g_assert_true (g_str_has_prefix (markdown, "# Steps"));
    g_assert_true (g_str_has_prefix (text, "Steps"));
}

int
main (int argc, char **argv)
{
    g_autofree char *state = g_dir_make_tmp ("postern-state-XXXXXX", NULL);

    g_setenv ("XDG_STATE_HOME", state, TRUE);
    gtk_test_init (&argc, &argv, NULL);
    adw_init ();
#define ADD(name, test) g_test_add ("/ksmg-page/" name, PageFixture, NULL, set_up, test, page_fixture_tear_down)
    ADD ("shows", test_shows);
    ADD ("ticks", test_ticks);
    ADD ("resumes", test_resumes);
    ADD ("done", test_done);
    ADD ("language", test_language);
    ADD ("copy", test_copy);
    ADD ("print", test_print);
    ADD ("forms", test_forms);
    return g_test_run ();
}
