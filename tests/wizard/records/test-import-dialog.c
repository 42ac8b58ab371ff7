/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "announcements.h"
#include "page-fixture.h"

#include <string.h>
#include <time.h>
#include "wizard/postern-change-row.h"
#include "wizard/postern-domain-row.h"
#include "wizard/postern-import-dialog.h"
#include "wizard/postern-import-line-row.h"
#include "wizard/postern-merge-dialog.h"
#include "wizard/postern-network-row.h"

#define MANY 100000

static guint
n_domains (PageFixture *fixture)
{
    return postern_record_list_get_length (postern_plan_get_domains (fixture->plan));
}

static guint
n_networks (PageFixture *fixture)
{
    return postern_record_list_get_length (postern_plan_get_trusted_networks (fixture->plan));
}

static gboolean
has_domain (PageFixture *fixture, const char *name)
{
    return postern_record_list_lookup (postern_plan_get_domains (fixture->plan), name) != NULL;
}

/* A file that goes away with its directory at the end of the test. */
static GFile *
write_file (const char *name, const char *content, gssize length)
{
    g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
    g_autoptr (GError) error = NULL;

    g_file_set_contents (path, content, length, &error);
    g_assert_no_error (error);
    return g_file_new_for_path (path);
}

static GtkWidget *
open_import (PageFixture *fixture)
{
    gtk_widget_activate_action (GTK_WIDGET (fixture->page), "records.import", NULL);
    return get_dialog (fixture);
}

/* What the dialog shows just now, of the pages that it has. */
static GtkWidget *
shown (GtkWidget *dialog)
{
    return gtk_stack_get_visible_child (GTK_STACK (get_widget (dialog, GTK_TYPE_STACK, NULL)));
}

static void
load (GtkWidget *dialog, const char *name, const char *content, gssize length)
{
    g_autoptr (GFile) file = write_file (name, content, length);

    postern_import_dialog_load (POSTERN_IMPORT_DIALOG (dialog), file);
    wait_until (find_widget (shown (dialog), GTK_TYPE_DROP_DOWN, NULL) != NULL);
    g_file_delete (file, NULL, NULL);
}

static void
press (gpointer root, const char *label)
{
    g_signal_emit_by_name (get_widget (root, GTK_TYPE_BUTTON, label), "clicked");
}

static void
press_undo (PageFixture *fixture)
{
    wait_until (find_widget (fixture->window, GTK_TYPE_BUTTON, "_Undo") != NULL);
    press (fixture->window, "_Undo");
}

static GtkWidget *
find_line (GtkWidget *root, const char *text)
{
    if (!gtk_widget_get_mapped (root))
        return NULL;
    if (POSTERN_IS_IMPORT_LINE_ROW (root))
        return shows_text (root, text) ? root : NULL;
    for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
         child = gtk_widget_get_next_sibling (child)) {
        GtkWidget *found = find_line (child, text);

        if (found != NULL)
            return found;
    }
    return NULL;
}

static void
wait_for_line (GtkWidget *dialog, const char *text, const char *subtitle)
{
    wait_until (find_line (dialog, text) != NULL);
    must_show_text (find_line (dialog, text), subtitle);
}

static void
wait_for_no_dialog (PageFixture *fixture)
{
    wait_until (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) == NULL);
}

static const char mixed[] = "domain;host;port\n"
                            "example.com;;\n"
                            "example.org;10.0.0.21;2525\n"
                            "a b.com;;\n"
                            "example.org;10.0.0.21;2525\n"
                            "old.example;;\n";

/* Each line says what becomes of it, nothing is taken before that is agreed, and all of it can be undone. */
static void
test_file (PageFixture *fixture, gconstpointer data)
{
    GtkWidget *dialog;

    postern_plan_add_domain (fixture->plan, "old.example", NULL);
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    dialog = open_import (fixture);
    must_show_text (dialog, "Import Domains");
    load (dialog, "domains.csv", mixed, -1);
    must_show_text (shown (dialog), "domains.csv was read as: table, UTF-8.");
    must_show_text (shown (dialog), "2 taken, 2 already there, 1 refused");
    must_hear ("2 taken, 2 already there, 1 refused");
    wait_for_line (dialog, "example.com", "Line 2");
    wait_for_line (dialog, "example.org", "Line 3: mail goes to 10.0.0.21:2525");
    wait_for_line (dialog, "old.example", "Line 6: The plan has it already.");
    g_assert_cmpuint (n_domains (fixture), ==, 1);

    gtk_drop_down_set_selected (GTK_DROP_DOWN (get_widget (shown (dialog), GTK_TYPE_DROP_DOWN, NULL)), 3);
    wait_until (find_line (dialog, "example.com") == NULL);
    wait_until (find_line (dialog, "a b.com;;") != NULL);
    gtk_test_accessible_assert_property (
        GTK_ACCESSIBLE (get_widget (find_line (dialog, "a b.com;;"), GTK_TYPE_IMAGE, NULL)),
        GTK_ACCESSIBLE_PROPERTY_LABEL, "Refused");

    press (shown (dialog), "_Add 2 Entries");
    wait_for_no_dialog (fixture);
    g_assert_cmpuint (n_domains (fixture), ==, 3);
    must_hear ("2 entries imported");
    g_assert_cmpstr (postern_route_get_host (postern_domain_get_own_route (
                         postern_record_list_lookup (postern_plan_get_domains (fixture->plan), "example.org"))),
                     ==, "10.0.0.21");
    press_undo (fixture);
    g_assert_cmpuint (n_domains (fixture), ==, 1);
    g_assert_true (has_domain (fixture, "old.example"));
}

/* Closed without agreement, it has changed nothing. */
static void
test_closed (PageFixture *fixture, gconstpointer data)
{
    GtkWidget *dialog;

    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    dialog = open_import (fixture);
    load (dialog, "domains", "example.com\n", -1);
    adw_dialog_close (ADW_DIALOG (dialog));
    wait_for_no_dialog (fixture);
    g_assert_cmpuint (n_domains (fixture), ==, 0);
}

/* What Windows has written is read as it was meant. */
static void
test_encodings (PageFixture *fixture, gconstpointer data)
{
    static const char windows_1251[] = "\xef\xf0\xe8\xec\xe5\xf0.\xf0\xf4\r\n"
                                       "\xe2\xf2\xee\xf0\xee\xe9-\xef\xf0\xe8\xec\xe5\xf0.\xf0\xf4\r\n";
    static const char utf_16[] = "\xff\xfe"
                                 "a\0.\0c\0z\0\r\0\n\0";
    GtkWidget *dialog;

    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    dialog = open_import (fixture);
    load (dialog, "legacy.txt", windows_1251, -1);
    must_show_text (shown (dialog), "legacy.txt was read as: list, Windows-1251.");
    wait_for_line (dialog, "пример.рф", "Line 1");

    /* Another file in the same dialog takes the place of the first. */
    load (dialog, "wide.txt", utf_16, sizeof utf_16 - 1);
    wait_until (find_widget (shown (dialog), GTK_TYPE_LABEL, "wide.txt was read as: list, UTF-16.") != NULL);
    wait_for_line (dialog, "a.cz", "Line 1");
    press (shown (dialog), "_Add 1 Entry");
    wait_for_no_dialog (fixture);
    g_assert_cmpuint (n_domains (fixture), ==, 1);
}

static void
test_unreadable (PageFixture *fixture, gconstpointer data)
{
    g_autoptr (GFile) nowhere = g_file_new_for_path ("/nowhere/domains.txt");
    GtkWidget *dialog;

    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    dialog = open_import (fixture);
    postern_import_dialog_load (POSTERN_IMPORT_DIALOG (dialog), nowhere);
    wait_until (find_widget (shown (dialog), GTK_TYPE_LABEL, "Nothing Could Be Read") != NULL);
    get_widget (shown (dialog), GTK_TYPE_BUTTON, "_Choose File…");
    postern_import_dialog_read_text (POSTERN_IMPORT_DIALOG (dialog), "# only a comment\n");
    wait_until (find_widget (shown (dialog), GTK_TYPE_LABEL, "There is no entry in it.") != NULL);
    g_assert_true (announcements_has ("There is no entry in it.", GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH));

    /* What is refused altogether is shown, and cannot be added. */
    postern_import_dialog_read_text (POSTERN_IMPORT_DIALOG (dialog), "alice@example.com\n");
    wait_until (find_line (dialog, "alice@example.com") != NULL);
    g_assert_false (gtk_widget_get_sensitive (get_widget (shown (dialog), GTK_TYPE_BUTTON, "Nothing to Add")));
}

/* Some lines are added at once; many are shown first. */
static void
test_paste (PageFixture *fixture, gconstpointer data)
{
    g_autoptr (GString) text = g_string_new ("# domains of the branches\n");
    GtkWidget *dialog;
    GtkWidget *entry;

    for (guint i = 0; i < 30; i++)
        g_string_append_printf (text, "d%u.example.com # branch %u\r\n", i, i);
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    entry = get_widget (fixture->page, ADW_TYPE_ENTRY_ROW, "Add Domain");
    gdk_clipboard_set_text (gtk_widget_get_clipboard (entry), text->str);
    gtk_widget_activate_action (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry))), "clipboard.paste", NULL);
    dialog = get_dialog (fixture);
    wait_until (find_widget (shown (dialog), GTK_TYPE_LABEL, "The text was read as: list, UTF-8.") != NULL);
    wait_for_line (dialog, "d0.example.com", "Line 2");
    g_assert_cmpuint (n_domains (fixture), ==, 0);
    press (shown (dialog), "_Add 30 Entries");
    wait_for_no_dialog (fixture);
    g_assert_cmpuint (n_domains (fixture), ==, 30);

    /* The dialog itself can paste as well. */
    gdk_clipboard_set_text (gtk_widget_get_clipboard (entry), "example.net\n");
    dialog = open_import (fixture);
    press (shown (dialog), "_Paste");
    wait_for_line (dialog, "example.net", "Line 1");
}

static GtkDropTarget *
find_drop_target (GtkWidget *widget)
{
    g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

    for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
        g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

        if (GTK_IS_DROP_TARGET (controller))
            return GTK_DROP_TARGET (controller);
    }
    g_assert_not_reached ();
}

static void
test_drop (PageFixture *fixture, gconstpointer data)
{
    g_autoptr (GFile) file = write_file ("dropped.txt", "10.0.0.20\n10.1.0.0/16 # branch\n", -1);
    g_auto (GValue) value = G_VALUE_INIT;
    gboolean taken = FALSE;
    GtkWidget *dialog;

    page_fixture_show (fixture, POSTERN_STEP_TRUSTED_NETWORKS);
    g_value_init (&value, GDK_TYPE_FILE_LIST);
    g_value_take_boxed (&value, gdk_file_list_new_from_array (&file, 1));
    g_signal_emit_by_name (find_drop_target (GTK_WIDGET (fixture->page)), "drop", &value, 0.0, 0.0, &taken);
    g_assert_true (taken);
    dialog = get_dialog (fixture);
    must_show_text (dialog, "Import Networks");
    wait_for_line (dialog, "10.1.0.0/16", "Line 2");
    press (shown (dialog), "_Add 2 Entries");
    wait_for_no_dialog (fixture);
    g_assert_cmpuint (n_networks (fixture), ==, 2);
    g_file_delete (file, NULL, NULL);
}

/* How long the main thread works for one turn of its loop, at most, in milliseconds of its own processor time: what
 * else the machine does does not count. */
static double
longest_turn_until (gboolean (*done) (gpointer), gpointer data)
{
    double longest = 0;
    gint64 deadline = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

    while (!done (data)) {
        struct timespec before;
        struct timespec after;

        g_assert_cmpint (g_get_monotonic_time (), <, deadline);
        clock_gettime (CLOCK_THREAD_CPUTIME_ID, &before);
        g_main_context_iteration (NULL, TRUE);
        clock_gettime (CLOCK_THREAD_CPUTIME_ID, &after);
        longest = MAX (longest,
                       (double)(after.tv_sec - before.tv_sec) * 1e3 + (double)(after.tv_nsec - before.tv_nsec) / 1e6);
    }
    return longest;
}

static gboolean
is_previewed (gpointer dialog)
{
    return find_widget (shown (dialog), GTK_TYPE_DROP_DOWN, NULL) != NULL;
}

static gboolean
is_listed (gpointer fixture)
{
    return find_record (fixture, POSTERN_TYPE_DOMAIN_ROW, "d000000.example.com") != NULL;
}

/* Neither reading nor showing nor adding 100,000 lines lets the window wait for long. */
static void
test_many (PageFixture *fixture, gconstpointer data)
{
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GFile) file = NULL;
    GtkWidget *dialog;
    double longest;

    for (guint i = 0; i < MANY; i++)
        g_string_append_printf (text, "d%06u.example.com\n", i);
    file = write_file ("many.txt", text->str, -1);
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    dialog = open_import (fixture);
    postern_import_dialog_load (POSTERN_IMPORT_DIALOG (dialog), file);
    longest = longest_turn_until (is_previewed, dialog);
    g_test_message ("reading and showing: %.0f ms at most", longest);
    g_assert_cmpfloat (longest, <, 500);
    wait_for_line (dialog, "d000000.example.com", "Line 1");
    g_assert_cmpuint (count_widgets (dialog, POSTERN_TYPE_IMPORT_LINE_ROW), <, 300);

    press (shown (dialog), "_Add 100,000 Entries");
    longest = longest_turn_until (is_listed, fixture);
    g_test_message ("adding: %.0f ms at most", longest);
    /* Of this GTK takes most, for the first look at a list of that length. */
    g_assert_cmpfloat (longest, <, 1000);
    g_assert_cmpuint (n_domains (fixture), ==, MANY);
    press_undo (fixture);
    g_assert_cmpuint (n_domains (fixture), ==, 0);
    g_file_delete (file, NULL, NULL);
}

/* The dialog may be closed while it reads, and nothing of it is left then. */
static void
test_closed_while_reading (PageFixture *fixture, gconstpointer data)
{
    g_autoptr (GString) text = g_string_new (NULL);
    GtkWidget *dialog;

    for (guint i = 0; i < MANY; i++)
        g_string_append_printf (text, "d%06u.example.com\n", i);
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    dialog = open_import (fixture);
    g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *)&dialog);
    postern_import_dialog_read_text (POSTERN_IMPORT_DIALOG (dialog), text->str);
    adw_dialog_close (ADW_DIALOG (dialog));
    wait_until (dialog == NULL);
    g_assert_cmpuint (n_domains (fixture), ==, 0);
}

static void
add_networks (PageFixture *fixture, const char *const *texts)
{
    for (gsize i = 0; texts[i] != NULL; i++)
        g_assert_nonnull (postern_plan_add_trusted_network (fixture->plan, texts[i], NULL));
}

static GtkWidget *
open_merge (PageFixture *fixture)
{
    gtk_widget_activate_action (GTK_WIDGET (fixture->page), "networks.merge", NULL);
    return get_dialog (fixture);
}

/* The smallest set is shown before it is made, and can be undone. */
static void
test_merge (PageFixture *fixture, gconstpointer data)
{
    const char *const texts[] = { "10.0.0.0/9", "10.128.0.0/9", "10.1.2.3", "192.168.1.0/24", NULL };
    g_autoptr (PosternPlan) before = NULL;
    GtkWidget *dialog;

    add_networks (fixture, texts);
    before = postern_plan_copy (fixture->plan);
    page_fixture_show (fixture, POSTERN_STEP_TRUSTED_NETWORKS);
    dialog = open_merge (fixture);
    wait_until (find_widget (shown (dialog), GTK_TYPE_LABEL,
                             "Now: 4 networks. Merged: 2 networks. Exactly the same addresses stay trusted.") != NULL);
    must_hear ("Now: 4 networks. Merged: 2 networks. Exactly the same addresses stay trusted.");
    wait_until (find_widget (shown (dialog), GTK_TYPE_LABEL, "10.0.0.0/8") != NULL);
    wait_until (find_widget (shown (dialog), GTK_TYPE_LABEL, "10.1.2.3/32") != NULL);
    g_assert_null (find_widget (shown (dialog), GTK_TYPE_LABEL, "192.168.1.0/24"));
    g_assert_cmpuint (n_networks (fixture), ==, 4);
    press (shown (dialog), "_Merge Networks");
    wait_for_no_dialog (fixture);
    g_assert_cmpuint (n_networks (fixture), ==, 2);
    press_undo (fixture);
    g_assert_true (postern_plan_equal (fixture->plan, before));
}

static void
test_nothing_to_merge (PageFixture *fixture, gconstpointer data)
{
    const char *const texts[] = { "10.0.0.0/24", "10.0.2.0/24", "2001:db8::/64", NULL };
    GtkWidget *dialog;

    add_networks (fixture, texts);
    page_fixture_show (fixture, POSTERN_STEP_TRUSTED_NETWORKS);
    dialog = open_merge (fixture);
    wait_until (find_widget (shown (dialog), GTK_TYPE_LABEL, "Nothing to Merge") != NULL);
    g_assert_null (find_widget (shown (dialog), GTK_TYPE_BUTTON, "_Merge Networks"));
}

int
main (int argc, char **argv)
{
    gtk_test_init (&argc, &argv, NULL);
    adw_init ();

#define ADD(path, function)                                                                                            \
    g_test_add ("/import-dialog/" path, PageFixture, NULL, page_fixture_set_up, function, page_fixture_tear_down)
    ADD ("file", test_file);
    ADD ("closed", test_closed);
    ADD ("encodings", test_encodings);
    ADD ("unreadable", test_unreadable);
    ADD ("paste", test_paste);
    ADD ("drop", test_drop);
    ADD ("many", test_many);
    ADD ("closed-while-reading", test_closed_while_reading);
    ADD ("merge", test_merge);
    ADD ("nothing-to-merge", test_nothing_to_merge);
    return g_test_run ();
}
