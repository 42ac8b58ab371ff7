/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "announcements.h"
#include "gateway-fixture.h"
#include "page-fixture.h"
#include "wizard/postern-draft.h"
#include "wizard/postern-trust-dialog.h"

static AdwDialog *
get_question (PageFixture *self)
{
    return adw_window_get_visible_dialog (ADW_WINDOW (self->window));
}

static GtkWidget *
get_connect (PageFixture *self)
{
    GtkWidget *label = get_widget (self->page, GTK_TYPE_LABEL, "Connect");

    return gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
}

static void
fill_in (PageFixture *self, const char *address, const char *token)
{
    gtk_editable_set_text (GTK_EDITABLE (get_widget (self->page, ADW_TYPE_ENTRY_ROW, "Address")), address);
    gtk_editable_set_text (GTK_EDITABLE (get_widget (self->page, ADW_TYPE_PASSWORD_ENTRY_ROW, "Access Token")), token);
}

static void
press_connect (PageFixture *self)
{
    g_assert_true (gtk_widget_get_sensitive (get_connect (self)));
    g_signal_emit_by_name (get_connect (self), "clicked");
}

static void
answer (PageFixture *self, const char *button)
{
    AdwDialog *dialog;

    wait_until ((dialog = get_question (self)) != NULL);
    g_assert_true (POSTERN_IS_TRUST_DIALOG (dialog));
    g_signal_emit_by_name (get_widget (dialog, GTK_TYPE_BUTTON, button), "clicked");
}

static char *
get_error (PageFixture *self)
{
    char *message;

    g_object_get (self->page, "error-message", &message, NULL);
    return message;
}

/* The fingerprint that is shown is the one that the gateway prints; nothing goes on before it was answered. */
static void
test_first_contact (PageFixture *self, gconstpointer data)
{
    g_autoptr (GatewayFixture) gateway = gateway_fixture_new ();
    AdwDialog *dialog;

    page_fixture_show (self, POSTERN_STEP_GATEWAY);
    g_assert_false (page_is (self, "complete"));
    fill_in (self, gateway->address, gateway->token);
    press_connect (self);
    wait_until ((dialog = get_question (self)) != NULL);
    g_assert_cmpstr (
        postern_certificate_get_fingerprint (postern_trust_dialog_get_certificate (POSTERN_TRUST_DIALOG (dialog))), ==,
        gateway->fingerprint);
    must_show_text (dialog, postern_certificate_get_fingerprint_display (
                                postern_trust_dialog_get_certificate (POSTERN_TRUST_DIALOG (dialog))));
    g_assert_false (page_is (self, "complete"));
    g_assert_null (postern_session_get_gateway (self->session));

    answer (self, "_Trust This Gateway");
    wait_until (page_is (self, "complete"));
    g_assert_nonnull (postern_session_get_gateway (self->session));
    g_assert_cmpstr (postern_session_get_pin (self->session), ==, gateway->fingerprint);
    g_assert_cmpstr (postern_session_get_revision (self->session), ==, "0");
    must_show_text (self->page, "posternd 0.1.0");
    must_hear ("Connected");

    /* Another token is another connection. */
    gtk_editable_set_text (GTK_EDITABLE (get_widget (self->page, ADW_TYPE_PASSWORD_ENTRY_ROW, "Access Token")),
                           "other");
    g_assert_false (page_is (self, "complete"));
    g_assert_null (postern_session_get_gateway (self->session));
}

static void
keep_draft (const char *id, const char *address_text, const char *pin)
{
    g_autoptr (PosternSession) session = postern_session_new ();
    g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse (address_text, NULL);
    g_autoptr (PosternDraft) draft = NULL;
    g_autoptr (GError) error = NULL;

    postern_session_set_address (session, address, pin);
    draft = postern_draft_new (id, session, POSTERN_STEP_REVIEW, FALSE);
    postern_draft_save (draft, &error);
    g_assert_no_error (error);
}

/* A gateway of one of the last plans is there to choose, with the trust that it has. */
static void
test_recent_gateway (PageFixture *self, gconstpointer data)
{
    g_autoptr (GatewayFixture) gateway = gateway_fixture_new ();
    GtkWidget *group, *row;

    keep_draft ("older", "gw.example.com", NULL);
    keep_draft ("known", gateway->address, gateway->fingerprint);
    keep_draft ("same-gateway", gateway->address, gateway->fingerprint);
    page_fixture_show (self, POSTERN_STEP_GATEWAY);
    wait_until (find_widget (self->page, ADW_TYPE_PREFERENCES_GROUP, "Recent Gateways") != NULL);
    group = get_widget (self->page, ADW_TYPE_PREFERENCES_GROUP, "Recent Gateways");
    get_widget (group, ADW_TYPE_ACTION_ROW, "gw.example.com");
    row = get_widget (group, ADW_TYPE_ACTION_ROW, gateway->address);
    /* Each once. */
    g_assert_null (gtk_list_box_get_row_at_index (GTK_LIST_BOX (gtk_widget_get_parent (row)), 2));
    g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
    g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_widget (self->page, ADW_TYPE_ENTRY_ROW, "Address"))), ==,
                     gateway->address);
    gtk_editable_set_text (GTK_EDITABLE (get_widget (self->page, ADW_TYPE_PASSWORD_ENTRY_ROW, "Access Token")),
                           gateway->token);
    press_connect (self);
    wait_until (page_is (self, "complete"));
    g_assert_null (get_question (self));
    g_assert_null (find_widget (self->page, ADW_TYPE_PREFERENCES_GROUP, "Recent Gateways"));
    postern_draft_delete ("older");
    postern_draft_delete ("known");
    postern_draft_delete ("same-gateway");
}

static void
test_not_my_gateway (PageFixture *self, gconstpointer data)
{
    g_autoptr (GatewayFixture) gateway = gateway_fixture_new ();
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;

    page_fixture_show (self, POSTERN_STEP_GATEWAY);
    fill_in (self, gateway->address, gateway->token);
    press_connect (self);
    wait_until (get_question (self) != NULL);
    before = get_error (self);
    g_assert_null (before);
    answer (self, "_Cancel");
    wait_until (get_question (self) == NULL);
    after = get_error (self);
    g_assert_nonnull (after);
    g_assert_null (postern_session_get_pin (self->session));
    g_assert_false (page_is (self, "complete"));
}

static void
test_wrong_token (PageFixture *self, gconstpointer data)
{
    g_autoptr (GatewayFixture) gateway = gateway_fixture_new ();
    g_autofree char *message = NULL;

    page_fixture_show (self, POSTERN_STEP_GATEWAY);
    fill_in (self, gateway->address, "wrong");
    press_connect (self);
    answer (self, "_Trust This Gateway");
    wait_until (shows_text (self->page, "Try Again"));
    message = get_error (self);
    g_assert_null (strstr (message, "wrong"));
    g_assert_true (announcements_has (message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH));
    g_assert_false (page_is (self, "complete"));
    fill_in (self, gateway->address, gateway->token);
    press_connect (self);
    wait_until (page_is (self, "complete"));
}

/* Nobody is there: an error that says so, and a way to try again. */
static void
test_unreachable (PageFixture *self, gconstpointer data)
{
    g_autoptr (GatewayFixture) gateway = gateway_fixture_new ();

    gateway_fixture_kill (gateway);
    page_fixture_show (self, POSTERN_STEP_GATEWAY);
    fill_in (self, gateway->address, gateway->token);
    press_connect (self);
    wait_until (shows_text (self->page, "Try Again"));
    g_assert_false (page_is (self, "complete"));
}

/* Leaving while the gateway is being asked is no error, and nothing is left behind. */
static void
test_left_while_connecting (PageFixture *self, gconstpointer data)
{
    g_autoptr (GatewayFixture) gateway = gateway_fixture_new ();
    GObject *connector;

    page_fixture_show (self, POSTERN_STEP_GATEWAY);
    fill_in (self, gateway->address, gateway->token);
    press_connect (self);

    /* The connector lives until the thread that asks has come back; the gateway must not go before it. */
    connector = gtk_widget_get_template_child (GTK_WIDGET (self->page), G_OBJECT_TYPE (self->page), "connector");
    g_object_add_weak_pointer (connector, (gpointer *)&connector);
    page_fixture_close (self);
    wait_until (connector == NULL);
}

static void
test_wrong_address (PageFixture *self, gconstpointer data)
{
    GtkWidget *entry;
    GtkAccessible *text;

    page_fixture_show (self, POSTERN_STEP_GATEWAY);
    entry = get_widget (self->page, ADW_TYPE_ENTRY_ROW, "Address");
    text = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (entry)));
    gtk_editable_set_text (GTK_EDITABLE (entry), "http://gw.example.com");
    wait_until (gtk_test_accessible_has_state (text, GTK_ACCESSIBLE_STATE_INVALID) &&
                gtk_widget_has_css_class (entry, "error"));
    gtk_test_accessible_assert_state (text, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
    g_assert_false (gtk_widget_get_sensitive (get_connect (self)));
    gtk_editable_set_text (GTK_EDITABLE (entry), "gw.example.com");
    g_assert_false (gtk_widget_has_css_class (entry, "error"));
    g_assert_true (gtk_widget_get_sensitive (get_connect (self)));
}

static void
test_without_a_gateway (PageFixture *self, gconstpointer data)
{
    page_fixture_show (self, POSTERN_STEP_GATEWAY);
    g_signal_emit_by_name (get_widget (self->page, GTK_TYPE_BUTTON, "_Plan Without a Gateway"), "clicked");
    g_assert_cmpuint (self->finished, ==, 1);
    g_assert_cmpint (postern_session_get_mode (self->session), ==, POSTERN_MODE_PLAN);
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
    add ("/gateway/first-contact", test_first_contact);
    add ("/gateway/recent", test_recent_gateway);
    add ("/gateway/not-my-gateway", test_not_my_gateway);
    add ("/gateway/wrong-token", test_wrong_token);
    add ("/gateway/unreachable", test_unreachable);
    add ("/gateway/left-while-connecting", test_left_while_connecting);
    add ("/gateway/wrong-address", test_wrong_address);
    add ("/gateway/without-a-gateway", test_without_a_gateway);
    return g_test_run ();
}
