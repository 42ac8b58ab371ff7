/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "wizard/postern-page.h"

/*
 * A page of the wizard in a window of its own, as the real window holds it, and the means to look at it and to use it.
 */
typedef struct {
    PosternSession *session;
    PosternPlan *plan; /* the session's */
    PosternPage *page;
    GtkWindow *window;
    guint finished; /* how often the page said so */
} PageFixture;

/* How long anything may take, in milliseconds, before a test fails. */
#define DEADLINE 60000

/** Waits, with the main loop running, until @condition holds. */
#define wait_until(condition)                                                                                          \
    G_STMT_START                                                                                                       \
    {                                                                                                                  \
        gboolean late_ = FALSE;                                                                                        \
        guint id_ = g_timeout_add_once (DEADLINE, page_fixture_late, &late_);                                          \
        while (!(condition) && !late_)                                                                                 \
            g_main_context_iteration (NULL, TRUE);                                                                     \
        if (!late_)                                                                                                    \
            g_source_remove (id_);                                                                                     \
        g_assert_true (condition);                                                                                     \
    }                                                                                                                  \
    G_STMT_END

/** Reads a property and compares it, while it lasts. */
#define assert_string(object, property, expected)                                                                      \
    G_STMT_START                                                                                                       \
    {                                                                                                                  \
        g_autofree char *text_ = NULL;                                                                                 \
        g_object_get ((object), property, &text_, NULL);                                                               \
        g_assert_cmpstr (text_, ==, expected);                                                                         \
    }                                                                                                                  \
    G_STMT_END

void page_fixture_late (gpointer flag);

/** Makes the session with an empty plan, which a test may fill before it shows the page. */
void page_fixture_set_up (PageFixture *self, gconstpointer data);
/** Shows the page of @step and waits until it can be used. */
void page_fixture_show (PageFixture *self, PosternStep step);
/** Closes the window and makes sure that the page is not left behind. */
void page_fixture_close (PageFixture *self);
/** Closes the window and makes sure that neither the page nor the session is left behind. */
void page_fixture_tear_down (PageFixture *self, gconstpointer data);

/** Whether the page says so of itself: "complete", "busy". */
gboolean page_is (PageFixture *self, const char *property);
/** The first visible descendant of @root with this type and, if one is given, this title, label or tooltip; or %NULL.
 */
GtkWidget *find_widget (gpointer root, GType type, const char *title);
/** The same, which must be there. */
GtkWidget *get_widget (gpointer root, GType type, const char *title);
/** The visible row of the record that is shown under @name, or %NULL. */
GtkWidget *find_record (PageFixture *self, GType type, const char *name);
/** How many widgets of this type there are below @root, seen or not. */
guint count_widgets (gpointer root, GType type);
/** Whether @text stands in a visible label below @root. */
gboolean shows_text (gpointer root, const char *text);
/** The same, which must be. */
void must_show_text (gpointer root, const char *text);
/** Types into an entry as a person does, letter by letter. */
void type_text (GtkWidget *editable, const char *text);
/** Presses Enter in an entry row. */
void press_enter (GtkWidget *entry_row);
/** The alert dialog that is open. */
GtkWidget *get_dialog (PageFixture *self);
