/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-route-draft.h"

#include <stdlib.h>

/* Longer than the pause after which what is wrong is said. */
#define DEADLINE 60000

typedef struct {
    PosternRouteDraft *draft;
    guint route_changes;
} Fixture;

static void
count_cb (guint *counter)
{
    (*counter)++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
    fixture->draft = postern_route_draft_new ();
    g_signal_connect_swapped (fixture->draft, "notify::route", G_CALLBACK (count_cb), &fixture->route_changes);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    g_object_add_weak_pointer (G_OBJECT (fixture->draft), (gpointer *)&fixture->draft);
    g_object_unref (fixture->draft);
    g_assert_null (fixture->draft);
}

static char *
text_of (PosternRouteDraft *draft, const char *property)
{
    char *text;

    g_object_get (draft, property, &text, NULL);
    return text;
}

#define assert_text(draft, property, expected)                                                                         \
    G_STMT_START                                                                                                       \
    {                                                                                                                  \
        g_autofree char *text_ = text_of (draft, property);                                                            \
        g_assert_cmpstr (text_, ==, expected);                                                                         \
    }                                                                                                                  \
    G_STMT_END

static void
assert_route (PosternRouteDraft *draft, const char *host, guint port, gboolean mx)
{
    PosternRoute *route = postern_route_draft_get_route (draft);

    g_assert_nonnull (route);
    g_assert_cmpstr (postern_route_get_host (route), ==, host);
    g_assert_cmpuint (postern_route_get_port (route), ==, port);
    g_assert_cmpint (postern_route_get_mx (route), ==, mx);
}

static gboolean
late_cb (gpointer data)
{
    *(gboolean *)data = TRUE;
    return G_SOURCE_REMOVE;
}

/* Waits until the property is set (or, if not @wanted, until nothing is left to happen). */
static void
wait_for_text (PosternRouteDraft *draft, const char *property)
{
    gboolean late = FALSE;
    guint id = g_timeout_add (DEADLINE, late_cb, &late);

    for (;;) {
        g_autofree char *text = text_of (draft, property);

        if (text != NULL || late)
            break;
        g_main_context_iteration (NULL, TRUE);
    }
    g_assert_false (late);
    g_source_remove (id);
}

/* The pause is the only source that a draft has, so once its time has come there is nothing pending. */
static void
let_pause_pass (PosternRouteDraft *draft)
{
    gboolean done = FALSE;

    g_timeout_add (450, late_cb, &done);
    while (!done)
        g_main_context_iteration (NULL, TRUE);
}

static void
type (PosternRouteDraft *draft, const char *property, const char *text)
{
    for (const char *end = text; *end != '\0'; end = g_utf8_next_char (end)) {
        g_autofree char *typed = g_strndup (text, g_utf8_next_char (end) - text);

        g_object_set (draft, property, typed, NULL);
    }
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
    assert_text (fixture->draft, "host", "");
    assert_text (fixture->draft, "port", "25");
    g_assert_null (postern_route_draft_get_route (fixture->draft));
    postern_route_draft_settle (fixture->draft);
    assert_text (fixture->draft, "host-error", NULL);
    assert_text (fixture->draft, "port-error", NULL);
}

static void
test_typed (Fixture *fixture, gconstpointer data)
{
    gboolean possible;

    type (fixture->draft, "host", "10.0.0.20");
    assert_route (fixture->draft, "10.0.0.20", 25, FALSE);
    g_object_get (fixture->draft, "mx-possible", &possible, NULL);
    g_assert_false (possible);

    g_object_set (fixture->draft, "host", "", NULL);
    g_assert_null (postern_route_draft_get_route (fixture->draft));
    type (fixture->draft, "host", "почта.пример.рф");
    g_object_set (fixture->draft, "port", "2525", "mx", TRUE, NULL);
    assert_route (fixture->draft, "xn--80a1acny.xn--e1afmkfd.xn--p1ai", 2525, TRUE);
    g_object_get (fixture->draft, "mx-possible", &possible, NULL);
    g_assert_true (possible);

    /* An address has no MX records; the switch is remembered for when it is a name again. */
    g_object_set (fixture->draft, "host", "2001:db8::1", NULL);
    assert_route (fixture->draft, "2001:db8::1", 2525, FALSE);
    g_object_set (fixture->draft, "host", "mail.example.com", NULL);
    assert_route (fixture->draft, "mail.example.com", 2525, TRUE);
}

typedef struct {
    const char *pasted;
    const char *host;
    const char *port;
} Paste;

static const Paste pastes[] = {
    { "[mail.example.com]:2525", "mail.example.com", "2525" },
    { "mail.example.com:26", "mail.example.com", "26" },
    { " mail.example.com ", "mail.example.com", "25" },
    { "10.0.0.20:2525", "10.0.0.20", "2525" },
    { "2607:f0d0:1002:51::4", "2607:f0d0:1002:51::4", "25" },
    { "[2607:F0D0:1002:51::4]:2525", "2607:f0d0:1002:51::4", "2525" },
    { "[10.0.0.20]", "10.0.0.20", "25" },
};

static void
test_pasted (Fixture *fixture, gconstpointer data)
{
    const Paste *paste = data;

    g_object_set (fixture->draft, "host", paste->pasted, NULL);
    while (g_main_context_iteration (NULL, FALSE))
        ;
    assert_text (fixture->draft, "host", paste->host);
    assert_text (fixture->draft, "port", paste->port);
    assert_route (fixture->draft, paste->host, atoi (paste->port), FALSE);
}

/* While a port is typed behind the host it stays there: the next digit belongs to it. */
static void
test_typed_port_waits (Fixture *fixture, gconstpointer data)
{
    type (fixture->draft, "host", "mail.example.com:25");
    let_pause_pass (fixture->draft);
    assert_text (fixture->draft, "host", "mail.example.com:25");
    g_object_set (fixture->draft, "host", "mail.example.com:252", NULL);
    g_object_set (fixture->draft, "host", "mail.example.com:2525", NULL);
    assert_route (fixture->draft, "mail.example.com", 2525, FALSE);
    postern_route_draft_settle (fixture->draft);
    assert_text (fixture->draft, "host", "mail.example.com");
    assert_text (fixture->draft, "port", "2525");
    assert_route (fixture->draft, "mail.example.com", 2525, FALSE);
}

/* What may still become right is not called wrong until the field is left. */
static void
test_patience (Fixture *fixture, gconstpointer data)
{
    static const char *const beginnings[] = {
        "10.0.0", "10.0.0.", "mail.example.com:", "[mail.example.com", "2001:db8:", "[2001:db8::1", "mail-"
    };

    for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++) {
        g_object_set (fixture->draft, "host", beginnings[i], NULL);
        g_test_message ("“%s”", beginnings[i]);
        let_pause_pass (fixture->draft);
        g_assert_null (postern_route_draft_get_route (fixture->draft));
        assert_text (fixture->draft, "host-error", NULL);
        postern_route_draft_settle (fixture->draft);
        wait_for_text (fixture->draft, "host-error");
        g_object_set (fixture->draft, "host", "", NULL);
        assert_text (fixture->draft, "host-error", NULL);
    }
}

static void
test_wrong (Fixture *fixture, gconstpointer data)
{
    static const char *const hopeless[] = {
        "mail..example.com", "mail example.com", "10.0.0.300", "mail_1.example.com", "ma@il", "mail.example.com:99999"
    };

    for (gsize i = 0; i < G_N_ELEMENTS (hopeless); i++) {
        g_test_message ("“%s”", hopeless[i]);
        g_object_set (fixture->draft, "host", hopeless[i], NULL);
        assert_text (fixture->draft, "host-error", NULL);
        wait_for_text (fixture->draft, "host-error");
        g_object_set (fixture->draft, "host", "mail.example.com", NULL);
        assert_text (fixture->draft, "host-error", NULL);
    }
}

static void
test_port (Fixture *fixture, gconstpointer data)
{
    g_object_set (fixture->draft, "host", "10.0.0.20", NULL);
    g_object_set (fixture->draft, "port", "99999", NULL);
    g_assert_null (postern_route_draft_get_route (fixture->draft));
    wait_for_text (fixture->draft, "port-error");
    g_object_set (fixture->draft, "port", " 587 ", NULL);
    assert_text (fixture->draft, "port-error", NULL);
    assert_route (fixture->draft, "10.0.0.20", 587, FALSE);

    g_object_set (fixture->draft, "port", "", NULL);
    g_assert_null (postern_route_draft_get_route (fixture->draft));
    postern_route_draft_settle (fixture->draft);
    assert_text (fixture->draft, "port", "25");
    assert_text (fixture->draft, "port-error", NULL);
    assert_route (fixture->draft, "10.0.0.20", 25, FALSE);
}

/* Bound to a plan, what was typed comes back as a route and must not change the text under the cursor. */
static void
test_set_route (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternRoute) same = postern_route_new ("mail.example.com", 25, FALSE, NULL);
    g_autoptr (PosternRoute) other = postern_route_new ("пример.рф", 26, TRUE, NULL);

    g_object_set (fixture->draft, "host", "MAIL.example.com", NULL);
    fixture->route_changes = 0;
    postern_route_draft_set_route (fixture->draft, same);
    assert_text (fixture->draft, "host", "MAIL.example.com");
    g_assert_cmpuint (fixture->route_changes, ==, 0);

    postern_route_draft_set_route (fixture->draft, other);
    assert_text (fixture->draft, "host", "пример.рф");
    assert_text (fixture->draft, "port", "26");
    g_assert_cmpuint (fixture->route_changes, ==, 1);
    assert_route (fixture->draft, "xn--e1afmkfd.xn--p1ai", 26, TRUE);

    postern_route_draft_set_route (fixture->draft, NULL);
    assert_text (fixture->draft, "host", "");
    assert_text (fixture->draft, "port", "25");
    g_assert_cmpuint (fixture->route_changes, ==, 2);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);

    g_test_add ("/route-draft/empty", Fixture, NULL, set_up, test_empty, tear_down);
    g_test_add ("/route-draft/typed", Fixture, NULL, set_up, test_typed, tear_down);
    for (gsize i = 0; i < G_N_ELEMENTS (pastes); i++) {
        g_autofree char *path = g_strdup_printf ("/route-draft/pasted/%zu", i);

        g_test_add (path, Fixture, &pastes[i], set_up, test_pasted, tear_down);
    }
    g_test_add ("/route-draft/typed-port-waits", Fixture, NULL, set_up, test_typed_port_waits, tear_down);
    g_test_add ("/route-draft/patience", Fixture, NULL, set_up, test_patience, tear_down);
    g_test_add ("/route-draft/wrong", Fixture, NULL, set_up, test_wrong, tear_down);
    g_test_add ("/route-draft/port", Fixture, NULL, set_up, test_port, tear_down);
    g_test_add ("/route-draft/set-route", Fixture, NULL, set_up, test_set_route, tear_down);
    return g_test_run ();
}
