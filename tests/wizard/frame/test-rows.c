/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-fixture.h"
#include "plan/postern-change.h"
#include "wizard/postern-change-row.h"
#include "wizard/postern-proof-row.h"
#include "wizard/postern-push-row.h"
#include "wizard/postern-status-icon.h"

/* Rows show what servers and people say: it is text, whatever it looks like. A warning about markup would end these
 * tests. */

#define REPLY "550 5.1.1 <nobody@example.com>: Recipient address rejected & gone"

static GtkWidget *
show_row (GtkWidget *row)
{
    GtkWidget *window = gtk_window_new ();
    GtkWidget *list = gtk_list_box_new ();

    gtk_window_set_child (GTK_WINDOW (window), list);
    gtk_list_box_append (GTK_LIST_BOX (list), row);
    gtk_window_present (GTK_WINDOW (window));
    wait_until (gtk_widget_get_mapped (row));
    return window;
}

static void
assert_icon (GtkWidget *row, const char *word)
{
    GtkWidget *icon = get_widget (row, POSTERN_TYPE_STATUS_ICON, NULL);

    gtk_test_accessible_assert_role (icon, GTK_ACCESSIBLE_ROLE_IMG);
    gtk_test_accessible_assert_property (icon, GTK_ACCESSIBLE_PROPERTY_LABEL, word);
}

static void
test_proof (void)
{
    static const char *const words[] = {
        [POSTERN_PROOF_PENDING] = "Not asked",
        [POSTERN_PROOF_HOLDS] = "Holds",
        [POSTERN_PROOF_FAILS] = "Does not hold",
        [POSTERN_PROOF_UNPROVEN] = "Not proven",
    };

    for (int state = POSTERN_PROOF_PENDING; state <= POSTERN_PROOF_UNPROVEN; state++) {
        g_autoptr (PosternProof) proof =
            g_object_new (POSTERN_TYPE_PROOF, "title", "Outside <sender>", "expectation", "refused <554>", "state",
                          state, "reply", state == POSTERN_PROOF_PENDING ? NULL : REPLY, NULL);
        GtkWidget *row = postern_proof_row_new (proof, FALSE);
        GtkWidget *window = show_row (row);

        must_show_text (row, "Outside <sender>");
        must_show_text (row, state == POSTERN_PROOF_PENDING ? "refused <554>" : REPLY);
        assert_icon (row, words[state]);
        gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
note_cb (gpointer flag)
{
    *(gboolean *)flag = TRUE;
}

static void
test_push (void)
{
    g_autoptr (PosternPushItem) item = postern_push_item_new (POSTERN_PUSH_STATE_WRITING);
    g_autoptr (PosternPushStep) first =
        postern_push_step_new (POSTERN_PUSH_STATE_WRITING, POSTERN_PUSH_RESULT_DONE, 1, 2, "Writing <one>", REPLY);
    g_autoptr (PosternPushStep) second =
        postern_push_step_new (POSTERN_PUSH_STATE_WRITING, POSTERN_PUSH_RESULT_FAILED, 2, 2, "Writing two", REPLY);
    g_autofree char *duration = NULL;
    gboolean later = FALSE;
    GtkWidget *row = postern_push_row_new (item);
    GtkWidget *window = show_row (row);

    must_show_text (row, "Write the plan to the gateway");
    assert_icon (row, "Waiting");
    postern_push_item_take (item, first);
    must_show_text (row, "1 of 2: " REPLY);
    assert_icon (row, "Working");
    g_object_get (item, "duration", &duration, NULL);
    g_assert_null (duration);
    g_timeout_add_once (150, note_cb, &later);
    wait_until (later);
    postern_push_item_take (item, second);
    g_object_get (item, "duration", &duration, NULL);
    must_show_text (row, duration);
    g_assert_cmpfloat (g_ascii_strtod (duration, NULL), >=, 0.1);
    must_show_text (row, "2 of 2: " REPLY);
    assert_icon (row, "Failed");
    gtk_window_destroy (GTK_WINDOW (window));
}

/* One row shows many changes one after the other, as in a list that recycles. */
static void
test_change (void)
{
    g_autoptr (PosternPlan) from = postern_plan_new ();
    g_autoptr (PosternPlan) to = postern_plan_new ();
    g_autoptr (GPtrArray) changes = NULL;
    GtkWidget *row = postern_change_row_new (NULL);
    GtkWidget *window = show_row (row);
    gpointer gone = row;

    postern_plan_add_domain (from, "example.org", NULL);
    postern_plan_add_domain (to, "example.com", NULL);
    postern_plan_set_use_dmarc (to, FALSE);
    changes = postern_plan_compare (from, to);
    g_assert_cmpuint (changes->len, ==, 3);
    for (guint i = 0; i < changes->len; i++) {
        PosternChange *change = g_ptr_array_index (changes, i);

        g_object_set (row, "change", change, NULL);
        must_show_text (row, postern_change_get_subject (change));
        g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (get_widget (row, GTK_TYPE_IMAGE, NULL)),
                                                         GTK_ACCESSIBLE_PROPERTY_LABEL));
    }
    g_object_set (row, "change", NULL, NULL);
    g_object_add_weak_pointer (G_OBJECT (row), &gone);
    gtk_window_destroy (GTK_WINDOW (window));
    wait_until (gone == NULL);
}

int
main (int argc, char **argv)
{
    gtk_test_init (&argc, &argv, NULL);
    adw_init ();
    g_test_add_func ("/rows/proof", test_proof);
    g_test_add_func ("/rows/push", test_push);
    g_test_add_func ("/rows/change", test_change);
    return g_test_run ();
}
