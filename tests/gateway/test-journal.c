/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "gateway/postern-interrupted-steps.h"
#include "gateway/postern-pmg-step.h"

/*
 * What a push writes down survives the process that wrote it, is taken up by one process at a time, and is never
 * believed beyond what was written whole.
 */

typedef struct {
    PosternGatewayAddress *address;
    PosternPlan *before;
    PosternPlan *plan;
} Fixture;

static guint n_fixtures;

static void
set_up (Fixture *fixture, gconstpointer data)
{
    /* A gateway of its own for each test, and so a file of its own. */
    g_autofree char *text = g_strdup_printf ("pmg://gw%u.example.com", ++n_fixtures);

    fixture->address = postern_gateway_address_parse (text, NULL);
    fixture->before = postern_plan_new ();
    fixture->plan = postern_plan_new ();
    postern_plan_set_scenario (fixture->plan, POSTERN_SCENARIO_EDGE_VERIFYING);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    postern_journal_forget (fixture->address, NULL);
    postern_gateway_address_unref (fixture->address);
    g_object_unref (fixture->before);
    g_object_unref (fixture->plan);
}

static PosternJournal *
begin (Fixture *fixture)
{
    g_autoptr (GError) error = NULL;
    PosternJournal *journal =
        postern_journal_begin (fixture->address, "sha256:pin", "ann@pmg", fixture->before, "r1", fixture->plan, &error);

    g_assert_no_error (error);
    g_assert_nonnull (journal);
    return journal;
}

static void
set_steps (PosternJournal *journal)
{
    g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
    g_autoptr (GError) error = NULL;

    for (const char *name = "abc"; *name != '\0'; name++) {
        const char *const texts[] = { (char[]){ *name, '\0' }, "Büro\nzwei „Zeilen“", "", NULL };

        g_ptr_array_add (steps, g_strdupv ((char **)texts));
    }
    g_assert_true (postern_journal_set_steps (journal, steps, &error));
    g_assert_no_error (error);
}

static char *
get_path (Fixture *fixture)
{
    g_autofree char *text = postern_gateway_address_to_string (fixture->address);
    g_autofree char *escaped = g_uri_escape_string (text, NULL, FALSE);
    g_autofree char *name = g_strconcat (escaped, ".journal", NULL);

    return g_build_filename (g_get_user_state_dir (), "postern", "pushes", name, NULL);
}

static void
test_survives (Fixture *fixture, gconstpointer data)
{
    PosternJournal *journal = begin (fixture);
    g_autoptr (PosternJournal) found = NULL;
    g_autoptr (GError) error = NULL;
    guint index;

    set_steps (journal);
    g_assert_true (postern_journal_begin_step (journal, 0, &error));
    g_assert_true (postern_journal_begin_step (journal, 1, &error));
    g_assert_true (postern_journal_undo_step (journal, 1, &error));
    g_object_unref (journal);

    found = postern_journal_find (fixture->address, &error);
    g_assert_no_error (error);
    g_assert_nonnull (found);
    g_assert_true (postern_gateway_address_equal (postern_journal_get_address (found), fixture->address));
    g_assert_cmpstr (postern_journal_get_pin (found), ==, "sha256:pin");
    g_assert_cmpstr (postern_journal_get_user (found), ==, "ann@pmg");
    g_assert_cmpstr (postern_journal_get_revision (found), ==, "r1");
    g_assert_true (postern_plan_equal (postern_journal_get_before (found), fixture->before));
    g_assert_true (postern_plan_equal (postern_journal_get_plan (found), fixture->plan));
    g_assert_cmpuint (postern_journal_get_n_steps (found), ==, 3);
    g_assert_cmpstr (postern_journal_get_step (found, 2)[0], ==, "c");
    g_assert_cmpstr (postern_journal_get_step (found, 2)[1], ==, "Büro\nzwei „Zeilen“");
    g_assert_cmpstr (postern_journal_get_step (found, 2)[2], ==, "");
    g_assert_true (postern_journal_has_begun_step (found, 1));
    g_assert_false (postern_journal_has_begun_step (found, 2));
    g_assert_true (postern_journal_get_undoing (found, &index));
    g_assert_cmpuint (index, ==, 1);
    g_assert_cmpint (postern_journal_get_age (found), <, 600 * G_TIME_SPAN_SECOND);
}

/* Steps as a Proxmox Mail Gateway is told them. */
static PosternJournal *
begin_with_domains (Fixture *fixture)
{
    PosternJournal *journal = begin (fixture);
    g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

    for (const char *name = "abc"; *name != '\0'; name++) {
        g_autofree char *domain = g_strdup_printf ("%c.example", *name);
        g_autoptr (PosternPmgStep) step = postern_pmg_step_new_add (POSTERN_PMG_LIST_DOMAINS, domain);

        g_ptr_array_add (steps, postern_pmg_step_to_texts (step));
    }
    g_assert_true (postern_journal_set_steps (journal, steps, NULL));
    return journal;
}

static void
assert_steps (PosternJournal *journal, PosternInterruptedStep which, const char *expected)
{
    g_auto (GStrv) texts = postern_interrupted_steps_list (journal, which);
    g_autofree char *text = g_strjoinv (", ", texts);

    g_assert_cmpstr (text, ==, expected);
}

/* Of what was begun last, and of everything once something was taken back, only the gateway knows. */
static void
test_says_what_was_done (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternJournal) journal = begin_with_domains (fixture);

    assert_steps (journal, POSTERN_INTERRUPTED_STEP_DONE, "");
    assert_steps (journal, POSTERN_INTERRUPTED_STEP_UNCERTAIN, "");
    g_assert_true (postern_journal_begin_step (journal, 0, NULL));
    g_assert_true (postern_journal_begin_step (journal, 1, NULL));
    assert_steps (journal, POSTERN_INTERRUPTED_STEP_DONE, "Adding the relay domain a.example");
    assert_steps (journal, POSTERN_INTERRUPTED_STEP_UNCERTAIN, "Adding the relay domain b.example");
    assert_steps (journal, POSTERN_INTERRUPTED_STEP_WAITING, "Adding the relay domain c.example");
    g_assert_true (postern_journal_undo_step (journal, 1, NULL));
    assert_steps (journal, POSTERN_INTERRUPTED_STEP_DONE, "");
    assert_steps (journal, POSTERN_INTERRUPTED_STEP_UNCERTAIN,
                  "Adding the relay domain a.example, Adding the relay domain b.example");
    assert_steps (journal, POSTERN_INTERRUPTED_STEP_WAITING, "Adding the relay domain c.example");
}

static void
test_only_ours (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternJournal) journal = begin (fixture);
    g_autofree char *path = get_path (fixture);
    g_autofree char *directory = g_path_get_dirname (path);
    GStatBuf status;

    g_assert_cmpint (g_stat (path, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    g_assert_cmpint (g_stat (directory, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 0777, ==, 0700);
}

static void
must_wait (Fixture *fixture, PosternGatewayError code, const char *why)
{
    g_autoptr (GError) error = NULL;

    g_assert_null (postern_journal_begin (fixture->address, NULL, NULL, fixture->before, "r1", fixture->plan, &error));
    g_assert_error (error, POSTERN_GATEWAY_ERROR, (int)code);
    g_assert_nonnull (strstr (error->message, "gw"));
    g_assert_nonnull (strstr (error->message, why));
}

/* Who wants to push meanwhile is told which it is: a push to wait for, or one to answer for. */
static void
test_second_push_waits (Fixture *fixture, gconstpointer data)
{
    PosternJournal *journal = begin (fixture);

    must_wait (fixture, POSTERN_GATEWAY_ERROR_BUSY, "is running");
    g_object_unref (journal);
    must_wait (fixture, POSTERN_GATEWAY_ERROR_INTERRUPTED, "was interrupted");
}

static void
test_one_takes_up (Fixture *fixture, gconstpointer data)
{
    PosternJournal *journal = begin (fixture);
    g_autoptr (PosternJournal) first = postern_journal_find (fixture->address, NULL);
    g_autoptr (PosternJournal) second = postern_journal_find (fixture->address, NULL);
    g_autoptr (GPtrArray) list = postern_journal_list ();
    g_autoptr (GError) error = NULL;

    /* One that runs is not offered, not taken up and not given up. */
    g_assert_cmpuint (list->len, ==, 0);
    g_assert_false (postern_journal_claim (first, &error));
    g_assert_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_BUSY);
    g_clear_error (&error);
    g_assert_false (postern_journal_forget (fixture->address, &error));
    g_assert_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_BUSY);
    g_clear_error (&error);
    g_object_unref (journal);

    g_assert_true (postern_journal_claim (first, &error));
    g_assert_false (postern_journal_claim (second, &error));
    g_assert_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_BUSY);
    g_clear_error (&error);
    postern_journal_end (first);
    g_assert_false (postern_journal_exists (fixture->address));
    g_assert_false (postern_journal_is_interrupted (fixture->address));
    g_assert_false (postern_journal_claim (second, &error));
    g_assert_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_JOURNAL);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
    PosternJournal *journal = begin (fixture);
    g_autoptr (GPtrArray) list = NULL;

    g_assert_true (postern_journal_exists (fixture->address));
    g_assert_false (postern_journal_is_interrupted (fixture->address));
    g_object_unref (journal);
    g_assert_true (postern_journal_is_interrupted (fixture->address));
    list = postern_journal_list ();
    g_assert_cmpuint (list->len, ==, 1);
    g_assert_true (postern_gateway_address_equal (postern_journal_get_address (list->pdata[0]), fixture->address));
}

/* Cut off anywhere, a journal says what was written whole, or that it cannot be read; and it can be written on. */
static void
test_cut_off (Fixture *fixture, gconstpointer data)
{
    PosternJournal *journal = begin (fixture);
    g_autofree char *path = get_path (fixture);
    g_autofree char *whole = NULL;
    gsize length;
    guint n_readable = 0;

    set_steps (journal);
    g_assert_true (postern_journal_begin_step (journal, 0, NULL));
    g_assert_true (postern_journal_begin_step (journal, 1, NULL));
    g_object_unref (journal);
    g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
    for (gsize cut = 0; cut <= length; cut++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (PosternJournal) found = NULL;
        g_autoptr (PosternJournal) again = NULL;

        g_assert_true (g_file_set_contents (path, whole, cut, NULL));
        found = postern_journal_find (fixture->address, &error);
        if (found == NULL) {
            g_assert_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_JOURNAL);
            continue;
        }
        n_readable++;
        g_assert_true (postern_journal_claim (found, NULL));
        if (postern_journal_get_n_steps (found) == 0)
            set_steps (found);
        g_assert_true (postern_journal_begin_step (found, 2, NULL));
        again = postern_journal_find (fixture->address, &error);
        g_assert_no_error (error);
        g_assert_true (postern_journal_has_begun_step (again, 2));
    }
    g_assert_cmpuint (n_readable, >, 3);
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
    static const char *const lines[] = { "{}\n{}\n{}\n", "nonsense\n", "", "[1]\n[2]\n[3]\n" };
    g_autofree char *path = get_path (fixture);

    g_object_unref (begin (fixture));
    for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_true (g_file_set_contents (path, lines[i], -1, NULL));
        g_assert_null (postern_journal_find (fixture->address, &error));
        g_assert_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_JOURNAL);
        g_assert_nonnull (strstr (error->message, ".journal"));
        /* It is there all the same, and says so to the next push; it can be given up. */
        g_assert_true (postern_journal_exists (fixture->address));
    }
    g_assert_true (postern_journal_forget (fixture->address, NULL));
    g_assert_false (postern_journal_exists (fixture->address));
}

static void
test_cannot_write (Fixture *fixture, gconstpointer data)
{
    g_autofree char *path = get_path (fixture);
    g_autofree char *directory = g_path_get_dirname (path);
    g_autoptr (GError) error = NULL;

    g_rmdir (directory);
    g_assert_true (g_file_set_contents (directory, "in the way", -1, NULL));
    g_assert_null (postern_journal_begin (fixture->address, NULL, NULL, fixture->before, "r1", fixture->plan, &error));
    g_assert_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_JOURNAL);
    g_assert_cmpint (g_unlink (directory), ==, 0);
}

static void
remove_all (const char *state)
{
    g_autofree char *postern = g_build_filename (state, "postern", NULL);
    g_autofree char *pushes = g_build_filename (postern, "pushes", NULL);

    g_rmdir (pushes);
    g_rmdir (postern);
    g_rmdir (state);
}

int
main (int argc, char **argv)
{
    g_autofree char *state = g_dir_make_tmp ("journal-XXXXXX", NULL);
    int result;

    g_setenv ("XDG_STATE_HOME", state, TRUE);
    g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
    ADD ("/journal/survives", test_survives);
    ADD ("/journal/says-what-was-done", test_says_what_was_done);
    ADD ("/journal/only-ours", test_only_ours);
    ADD ("/journal/second-push-waits", test_second_push_waits);
    ADD ("/journal/one-takes-up", test_one_takes_up);
    ADD ("/journal/list", test_list);
    ADD ("/journal/cut-off", test_cut_off);
    ADD ("/journal/unreadable", test_unreadable);
    ADD ("/journal/cannot-write", test_cannot_write);
#undef ADD
    result = g_test_run ();
    remove_all (state);
    return result;
}
