/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "announcements.h"
#include "gateway-fixture.h"
#include "page-fixture.h"
#include "wizard/postern-connection.h"

static void
connect_to (PageFixture *self, GatewayFixture *gateway)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse (gateway->address, &error);
    g_autoptr (PosternConnection) connection = NULL;

    g_assert_no_error (error);
    connection = postern_connection_open (address, gateway->fingerprint, NULL, gateway->token, NULL);
    g_assert_no_error (connection->error);
    postern_session_set_address (self->session, connection->address, gateway->fingerprint);
    postern_session_set_connection (self->session, connection->gateway, connection->info, connection->configuration,
                                    connection->revision);
}

static char *
get_heading (PageFixture *self)
{
    char *heading;

    g_object_get (self->page, "heading", &heading, NULL);
    return heading;
}

static char *
get_what_happened (PageFixture *self)
{
    g_autoptr (GObject) runner = NULL;
    char *text;

    g_object_get (self->page, "runner", &runner, NULL);
    g_object_get (runner, "what-happened", &text, NULL);
    return text;
}

static gboolean
has_heading (PageFixture *self, const char *expected)
{
    g_autofree char *heading = get_heading (self);

    return g_str_equal (heading, expected);
}

/* What the gateway has, asked by another one. */
static PosternPlan *
read_gateway (PageFixture *self)
{
    g_autoptr (GError) error = NULL;
    PosternPlan *plan = postern_gateway_read (postern_session_get_gateway (self->session), NULL, NULL, &error);

    g_assert_no_error (error);
    return plan;
}

static gboolean
tells_duration (GtkWidget *widget)
{
    gboolean found = GTK_IS_LABEL (widget) && g_str_has_suffix (gtk_label_get_text (GTK_LABEL (widget)), " s");

    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !found;
         child = gtk_widget_get_next_sibling (child))
        found = tells_duration (child);
    return found;
}

static void
test_done (PageFixture *self, gconstpointer data)
{
    g_autoptr (GatewayFixture) gateway = gateway_fixture_new ();
    g_autoptr (PosternPlan) live = NULL;
    static const char *const said[] = { "Read what the gateway has", "Compare it with the plan",
                                        "Write the plan to the gateway", "Read it back" };
    GPtrArray *changes;

    connect_to (self, gateway);
    postern_plan_add_domain (self->plan, "example.com", NULL);
    page_fixture_show (self, POSTERN_STEP_PUSH);
    wait_until (self->finished == 1);
    for (guint i = 0; i < G_N_ELEMENTS (said); i++)
        g_assert_true (announcements_has (said[i], GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW));
    g_assert_true (tells_duration (GTK_WIDGET (self->page)));
    live = read_gateway (self);
    g_assert_true (postern_plan_equal (live, self->plan));
    /* The session has what was read back, so that a review says that there are no changes any more. */
    g_assert_true (postern_plan_equal (postern_session_get_configuration (self->session), self->plan));
    g_assert_cmpstr (postern_session_get_revision (self->session), ==, "1");
    postern_session_get_pushed (self->session, &changes);
    g_assert_cmpuint (changes->len, ==, 1);
}

static void
test_unreachable_and_again (PageFixture *self, gconstpointer data)
{
    g_autoptr (GatewayFixture) gateway = gateway_fixture_new ();
    g_autofree char *what_happened = NULL;
    AdwDialog *dialog;

    connect_to (self, gateway);
    postern_plan_add_domain (self->plan, "example.com", NULL);
    gateway_fixture_kill (gateway);
    page_fixture_show (self, POSTERN_STEP_PUSH);
    wait_until (has_heading (self, "The gateway was not changed"));
    g_assert_false (page_is (self, "busy"));
    must_show_text (self->page, "What happened");
    g_assert_true (announcements_has ("The gateway was not changed", GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH));
    what_happened = get_what_happened (self);
    g_assert_true (announcements_has (what_happened, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH));
    must_show_text (self->page, "What the gateway does now");
    must_show_text (self->page, "Nothing was written; the gateway does what it did before.");
    assert_string (self->page, "primary-label", "_Try Again");

    g_signal_emit_by_name (get_widget (self->page, GTK_TYPE_BUTTON, "Show _Details"), "clicked");
    wait_until ((dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window))) != NULL);
    adw_dialog_force_close (dialog);

    g_signal_emit_by_name (postern_page_get_primary_button (self->page), "clicked");
    g_assert_true (page_is (self, "busy"));
    wait_until (has_heading (self, "The gateway was not changed"));
    g_assert_cmpuint (self->finished, ==, 0);
}

/* Somebody else was there since the review: nothing is written, and the person has to look again. */
static void
test_conflict (PageFixture *self, gconstpointer data)
{
    g_autoptr (GatewayFixture) gateway = gateway_fixture_new ();
    g_autoptr (PosternPlan) theirs = postern_plan_new ();
    g_autoptr (PosternPlan) live = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *revision = NULL;

    connect_to (self, gateway);
    postern_plan_add_domain (self->plan, "example.com", NULL);
    postern_plan_add_domain (theirs, "example.org", NULL);
    revision = postern_gateway_write (postern_session_get_gateway (self->session), theirs,
                                      postern_session_get_revision (self->session), NULL, NULL, &error);
    g_assert_no_error (error);
    page_fixture_show (self, POSTERN_STEP_PUSH);
    wait_until (has_heading (self, "Someone else has changed the gateway"));
    assert_string (self->page, "primary-label", "_Back to Review");
    must_show_text (self->page, "What someone else has changed");
    live = read_gateway (self);
    g_assert_true (postern_plan_equal (live, theirs));
    /* What the review will compare with is what the gateway has now. */
    g_assert_cmpstr (postern_session_get_revision (self->session), ==, revision);
    g_assert_true (postern_plan_equal (postern_session_get_configuration (self->session), theirs));
}

/* Stop: whatever the moment, the gateway has the old or the new, and the page says which. */
static void
test_stopped (PageFixture *self, gconstpointer data)
{
    g_autoptr (GatewayFixture) gateway = gateway_fixture_new ();
    g_autoptr (PosternPlan) live = NULL;
    AdwDialog *dialog;

    connect_to (self, gateway);
    postern_plan_add_domain (self->plan, "example.com", NULL);
    page_fixture_show (self, POSTERN_STEP_PUSH);
    if (page_is (self, "busy")) {
        g_assert_false (postern_page_may_leave (self->page));
        dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window));
        g_assert_nonnull (dialog);
        g_signal_emit_by_name (get_widget (dialog, GTK_TYPE_BUTTON, "_Undo Changes"), "clicked");
    }
    wait_until (!page_is (self, "busy"));
    g_assert_true (postern_page_may_leave (self->page));
    live = read_gateway (self);
    if (self->finished == 1) {
        g_assert_true (postern_plan_equal (live, self->plan));
    } else if (!postern_plan_is_empty (live)) {
        /* Carried out before the stop came. What was before a gateway's first push is no revision to go back to. */
        g_assert_true (postern_plan_equal (live, self->plan));
        g_assert_true (has_heading (self, "The gateway needs attention"));
    }
}

/* What a push that was cut off has left: the journal of one that was to bring the gateway to @plan. */
static void
leave_journal (PageFixture *self, GatewayFixture *gateway, PosternPlan *plan)
{
    g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse (gateway->address, NULL);
    g_autoptr (PosternGatewayAddress) known =
        postern_gateway_address_with_kind (address, POSTERN_GATEWAY_KIND_POSTERN, 0);
    g_autoptr (PosternPlan) before = read_gateway (self);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternJournal) journal =
        postern_journal_begin (known, gateway->fingerprint, NULL, before, "0", plan, &error);

    g_assert_no_error (error);
    g_assert_nonnull (journal);
}

static gboolean
has_journal (PageFixture *self)
{
    return postern_journal_exists (postern_session_get_address (self->session));
}

static void
write_to_gateway (PageFixture *self, PosternPlan *plan)
{
    PosternGateway *gateway = postern_session_get_gateway (self->session);
    g_autoptr (GError) error = NULL;
    g_autofree char *before = NULL;
    g_autofree char *revision = NULL;
    g_autoptr (PosternPlan) was = postern_gateway_read (gateway, &before, NULL, &error);

    g_assert_nonnull (was);
    revision = postern_gateway_write (gateway, plan, before, NULL, NULL, &error);
    g_assert_no_error (error);
}

static void
wait_for_question (PageFixture *self)
{
    wait_until (shows_text (self->page, "Give Up This Push"));
    g_assert_false (page_is (self, "busy"));
    g_assert_cmpuint (self->finished, ==, 0);
}

/* Nothing is told to the gateway before the earlier push is answered for. */
static void
test_interrupted_and_finished (PageFixture *self, gconstpointer data)
{
    g_autoptr (GatewayFixture) gateway = gateway_fixture_new ();
    g_autoptr (PosternPlan) untouched = NULL;
    g_autofree char *heading = NULL;
    g_autoptr (PosternPlan) live = NULL;

    connect_to (self, gateway);
    postern_plan_add_domain (self->plan, "example.com", NULL);
    leave_journal (self, gateway, self->plan);
    page_fixture_show (self, POSTERN_STEP_PUSH);
    wait_for_question (self);
    assert_string (self->page, "primary-label", "_Finish");
    heading = get_heading (self);
    g_assert_true (announcements_has (heading, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH));
    g_assert_false (shows_text (self->page, "Access to the gateway"));
    must_show_text (self->page, "What was to be done");
    must_show_text (self->page, "The gateway takes these changes together, never one without the others.");
    wait_until (shows_text (self->page, "example.com"));
    untouched = read_gateway (self);
    g_assert_true (postern_plan_is_empty (untouched));

    g_signal_emit_by_name (postern_page_get_primary_button (self->page), "clicked");
    wait_until (self->finished == 1);
    live = read_gateway (self);
    g_assert_true (postern_plan_equal (live, self->plan));
    g_assert_false (has_journal (self));
}

static void
test_interrupted_and_undone (PageFixture *self, gconstpointer data)
{
    g_autoptr (GatewayFixture) gateway = gateway_fixture_new ();
    g_autoptr (PosternPlan) earlier = postern_plan_new ();
    g_autoptr (PosternPlan) live = NULL;

    connect_to (self, gateway);
    postern_plan_add_domain (earlier, "example.net", NULL);
    write_to_gateway (self, earlier);
    postern_plan_add_domain (self->plan, "example.com", NULL);
    leave_journal (self, gateway, self->plan);
    write_to_gateway (self, self->plan);
    page_fixture_show (self, POSTERN_STEP_PUSH);
    wait_for_question (self);
    g_signal_emit_by_name (get_widget (self->page, GTK_TYPE_BUTTON, "_Undo"), "clicked");
    wait_until (has_heading (self, "The gateway has what it had before"));
    must_show_text (self->page, "The interrupted push was undone.");
    assert_string (self->page, "primary-label", "_Back");
    live = read_gateway (self);
    g_assert_true (postern_plan_equal (live, earlier));
    g_assert_false (has_journal (self));
}

static void
test_interrupted_and_given_up (PageFixture *self, gconstpointer data)
{
    g_autoptr (GatewayFixture) gateway = gateway_fixture_new ();
    g_autoptr (PosternPlan) live = NULL;

    connect_to (self, gateway);
    postern_plan_add_domain (self->plan, "example.com", NULL);
    leave_journal (self, gateway, self->plan);
    page_fixture_show (self, POSTERN_STEP_PUSH);
    wait_for_question (self);
    g_signal_emit_by_name (get_widget (self->page, GTK_TYPE_BUTTON, "_Give Up This Push"), "clicked");
    g_assert_false (has_journal (self));
    live = read_gateway (self);
    g_assert_true (postern_plan_is_empty (live));
}

/* Someone else was there since: what they did is shown and stays. */
static void
test_interrupted_and_overtaken (PageFixture *self, gconstpointer data)
{
    g_autoptr (GatewayFixture) gateway = gateway_fixture_new ();
    g_autoptr (PosternPlan) theirs = postern_plan_new ();
    g_autoptr (PosternPlan) live = NULL;

    connect_to (self, gateway);
    postern_plan_add_domain (self->plan, "example.com", NULL);
    postern_plan_add_domain (theirs, "example.org", NULL);
    leave_journal (self, gateway, self->plan);
    write_to_gateway (self, theirs);
    page_fixture_show (self, POSTERN_STEP_PUSH);
    wait_for_question (self);
    g_signal_emit_by_name (get_widget (self->page, GTK_TYPE_BUTTON, "_Undo"), "clicked");
    wait_until (has_heading (self, "Someone else has changed the gateway"));
    must_show_text (self->page, "What someone else has changed");
    must_show_text (self->page, "Give Up This Push");
    live = read_gateway (self);
    g_assert_true (postern_plan_equal (live, theirs));
    g_assert_true (has_journal (self));
}

/* As after a start of the program: the token is asked for here. */
static void
test_interrupted_and_not_connected (PageFixture *self, gconstpointer data)
{
    g_autoptr (GatewayFixture) gateway = gateway_fixture_new ();
    GtkWidget *row;

    connect_to (self, gateway);
    postern_plan_add_domain (self->plan, "example.com", NULL);
    leave_journal (self, gateway, self->plan);
    postern_session_set_connection (self->session, NULL, NULL, NULL, NULL);
    page_fixture_show (self, POSTERN_STEP_PUSH);
    wait_for_question (self);
    row = get_widget (self->page, ADW_TYPE_PASSWORD_ENTRY_ROW, "Access Token");
    gtk_editable_set_text (GTK_EDITABLE (row), "wrong");
    g_signal_emit_by_name (postern_page_get_primary_button (self->page), "clicked");
    wait_until (has_heading (self, "The interrupted push was not taken up"));
    g_assert_true (has_journal (self));
    gtk_editable_set_text (GTK_EDITABLE (row), gateway->token);
    g_signal_emit_by_name (postern_page_get_primary_button (self->page), "clicked");
    wait_until (self->finished == 1);
    g_assert_false (has_journal (self));
    g_assert_nonnull (postern_session_get_gateway (self->session));
}

static void
test_result_of_a_gateway_without_mail (PageFixture *self, gconstpointer data)
{
    g_autoptr (GatewayFixture) gateway = gateway_fixture_new ();

    connect_to (self, gateway);
    page_fixture_show (self, POSTERN_STEP_RESULT);
    g_assert_true (has_heading (self, "The gateway is set up"));
    must_show_text (self->page,
                    "It has what the plan says. It has no mail server that could be asked whether mail flows: it "
                    "is only for practice.");
    g_assert_false (shows_text (self->page, "Proof"));
    must_show_text (self->page, "Next Steps");
    g_signal_emit_by_name (postern_page_get_primary_button (self->page), "clicked");
    g_assert_cmpuint (self->finished, ==, 1);
}

static void
add (const char *path, void (*test) (PageFixture *, gconstpointer))
{
    g_test_add (path, PageFixture, NULL, page_fixture_set_up, test, page_fixture_tear_down);
}

int
main (int argc, char **argv)
{
    gtk_test_init (&argc, &argv, NULL);
    adw_init ();
    add ("/push/done", test_done);
    add ("/push/unreachable-and-again", test_unreachable_and_again);
    add ("/push/conflict", test_conflict);
    add ("/push/stopped", test_stopped);
    add ("/push/interrupted-and-finished", test_interrupted_and_finished);
    add ("/push/interrupted-and-undone", test_interrupted_and_undone);
    add ("/push/interrupted-and-given-up", test_interrupted_and_given_up);
    add ("/push/interrupted-and-overtaken", test_interrupted_and_overtaken);
    add ("/push/interrupted-and-not-connected", test_interrupted_and_not_connected);
    add ("/push/result-of-a-gateway-without-mail", test_result_of_a_gateway_without_mail);
    return g_test_run ();
}
