/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-window.h"

#include <glib/gi18n-lib.h>
#include "gateway/postern-journal.h"
#include "wizard/postern-autosave.h"
#include "wizard/postern-help-dialog.h"
#include "wizard/postern-page-factory.h"
#include "wizard/postern-page-texts.h"
#include "wizard/postern-plan-files.h"
#include "wizard/postern-ui.h"
#include "wizard/postern-worker.h"

struct _PosternWindow {
    AdwApplicationWindow parent_instance;

    PosternSession *session;
    PosternAutosave *autosave;
    gboolean is_done;
    gboolean in_old_language; /* the page that is shown must not be disturbed; see postern_window_translate() */

    AdwToastOverlay *toast_overlay;
    AdwNavigationView *navigation_view;
};

G_DEFINE_FINAL_TYPE (PosternWindow, postern_window, ADW_TYPE_APPLICATION_WINDOW)

static void push_step (PosternWindow *self, PosternStep step, gboolean detour);

static PosternPage *
get_page (PosternWindow *self)
{
    AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation_view);

    return POSTERN_IS_PAGE (page) ? POSTERN_PAGE (page) : NULL;
}

static gboolean
get_next_step (PosternWindow *self, PosternStep step, PosternStep *next)
{
    PosternPlan *plan = postern_session_get_plan (self->session);

    return postern_steps_get_next (postern_plan_get_scenario (plan), postern_session_get_mode (self->session), step,
                                   next);
}

static void
add_toast (PosternWindow *self, const char *text)
{
    adw_toast_overlay_add_toast (self->toast_overlay,
                                 g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, NULL));
}

static void
on_finished_cb (PosternWindow *self, PosternPage *page)
{
    PosternStep next;

    if (postern_page_get_detour (page)) {
        adw_navigation_view_pop_to_tag (self->navigation_view,
                                        postern_enum_to_nick (POSTERN_TYPE_STEP, POSTERN_STEP_REVIEW));
        return;
    }
    if (!get_next_step (self, postern_page_get_step (page), &next)) {
        self->is_done = TRUE;
        gtk_window_close (GTK_WINDOW (self));
        return;
    }
    /* A push that is over is no place to go back to: its result stands where it stood. */
    if (next == POSTERN_STEP_RESULT)
        postern_window_show_step (self, next);
    else
        push_step (self, next, FALSE);
}

static void
on_edit_step_cb (PosternWindow *self, PosternStep step, PosternPage *page)
{
    push_step (self, step, TRUE);
}

static PosternPage *
make_page (PosternWindow *self, PosternStep step)
{
    PosternPage *page = postern_page_factory_make (step, self->session);

    g_signal_connect_object (page, "finished", G_CALLBACK (on_finished_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (page, "edit-step", G_CALLBACK (on_edit_step_cb), self, G_CONNECT_SWAPPED);
    return page;
}

/* A page that was opened from the review, to come back there. */
static void
make_detour (PosternPage *page)
{
    g_autofree char *tag =
        g_strconcat ("detour-", postern_enum_to_nick (POSTERN_TYPE_STEP, postern_page_get_step (page)), NULL);

    /* The same page stands on the way as well, and a tag is there once. */
    adw_navigation_page_set_tag (ADW_NAVIGATION_PAGE (page), tag);
    g_object_set (page, "detour", TRUE, NULL);
    postern_page_set_primary_label (page, C_ ("button", "_Back to Review"));
}

static void
push_step (PosternWindow *self, PosternStep step, gboolean detour)
{
    PosternPage *page = make_page (self, step);

    if (detour)
        make_detour (page);
    adw_navigation_view_push (self->navigation_view, ADW_NAVIGATION_PAGE (page));
}

void
postern_window_show_step (PosternWindow *self, PosternStep step)
{
    g_autoptr (GPtrArray) pages = g_ptr_array_new ();
    PosternStep way = POSTERN_STEP_WELCOME;
    gboolean more = TRUE;

    g_return_if_fail (POSTERN_IS_WINDOW (self));
    if (self->in_old_language)
        postern_session_forget_findings (self->session);
    self->in_old_language = FALSE;
    for (; more && way < step; more = get_next_step (self, way, &way))
        if (way != POSTERN_STEP_PUSH)
            g_ptr_array_add (pages, make_page (self, way));
    if (more && way == step)
        g_ptr_array_add (pages, make_page (self, step));
    adw_navigation_view_replace (self->navigation_view, (AdwNavigationPage **)pages->pdata, (int)pages->len);
}

/* The same page in the language that is spoken now. */
static PosternPage *
make_again (PosternWindow *self, PosternPage *page)
{
    PosternPage *again = make_page (self, postern_page_get_step (page));

    if (postern_page_get_detour (page))
        make_detour (again);
    postern_page_texts_carry (page, again);
    return again;
}

void
postern_window_translate (PosternWindow *self)
{
    g_autoptr (GListModel) stack = NULL;
    g_autoptr (GPtrArray) pages = g_ptr_array_new ();

    g_return_if_fail (POSTERN_IS_WINDOW (self));
    self->in_old_language = get_page (self) != NULL && postern_page_get_step (get_page (self)) == POSTERN_STEP_PUSH;
    if (self->in_old_language)
        return;
    postern_session_forget_findings (self->session);
    stack = adw_navigation_view_get_navigation_stack (self->navigation_view);
    for (guint i = 0; i < g_list_model_get_n_items (stack); i++) {
        g_autoptr (PosternPage) page = g_list_model_get_item (stack, i);

        g_ptr_array_add (pages, make_again (self, page));
    }
    adw_navigation_view_replace (self->navigation_view, (AdwNavigationPage **)pages->pdata, (int)pages->len);
}

static gboolean
translate_cb (gpointer user_data)
{
    postern_window_translate (user_data);
    return G_SOURCE_REMOVE;
}

static void
on_visible_page_changed_cb (PosternWindow *self)
{
    PosternPage *page = get_page (self);

    if (page == NULL)
        return;
    postern_autosave_set_step (self->autosave, postern_page_get_step (page));
    /* Not while the view is in the middle of changing its pages. */
    if (self->in_old_language && postern_page_get_step (page) != POSTERN_STEP_PUSH)
        g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, translate_cb, g_object_ref (self), g_object_unref);
}

static void
new_integration (GtkWidget *widget, const char *action, GVariant *parameter)
{
    PosternWindow *self = POSTERN_WINDOW (widget);

    if (!postern_window_is_untouched (self)) {
        g_autoptr (PosternPlan) empty = postern_plan_new ();

        /* What was here is kept as a draft of its own, among the recent ones. */
        postern_autosave_flush (self->autosave, FALSE);
        postern_autosave_set_id (self->autosave, NULL);
        postern_session_set_file (self->session, NULL);
        postern_session_set_mode (self->session, POSTERN_MODE_PUSH);
        postern_plan_assign (postern_session_get_plan (self->session), empty);
    }
    push_step (self, POSTERN_STEP_SCENARIO, FALSE);
}

static gpointer
find_journal (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse (data, error);

    return address == NULL ? NULL : postern_journal_find (address, error);
}

/* The plan of the interrupted push is taken up with it: what was here is kept as a draft of its own. */
static void
on_journal_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    PosternWindow *self = POSTERN_WINDOW (source);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternJournal) journal = postern_worker_run_finish (self, result, &error);

    if (journal == NULL) {
        add_toast (self, error != NULL ? error->message : _ ("The interrupted push is gone"));
        return;
    }
    postern_autosave_flush (self->autosave, FALSE);
    postern_autosave_set_id (self->autosave, NULL);
    postern_session_set_file (self->session, NULL);
    postern_session_set_mode (self->session, POSTERN_MODE_PUSH);
    postern_plan_assign (postern_session_get_plan (self->session), postern_journal_get_plan (journal));
    postern_session_set_address (self->session, postern_journal_get_address (journal),
                                 postern_journal_get_pin (journal));
    postern_session_set_user (self->session, postern_journal_get_user (journal));
    push_step (self, POSTERN_STEP_PUSH, FALSE);
}

/* @parameter: the address of a gateway to which a push was interrupted */
static void
show_interrupted (GtkWidget *widget, const char *action, GVariant *parameter)
{
    postern_worker_run_async (widget, find_journal, g_variant_dup_string (parameter, NULL), g_free, g_object_unref,
                              NULL, NULL, on_journal_found_cb, NULL);
}

static gpointer
load_draft (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternDraft) draft = postern_draft_load (data, error);
    g_autoptr (GError) problem = NULL;

    /* The plan is read here, in the thread, and goes along with the draft. */
    if (draft == NULL || !postern_draft_read_plan (draft, error))
        return NULL;
    /* Whoever is killed in the next moment finds it again all the same. */
    if (!postern_draft_mark_open (draft, &problem))
        g_message ("The plan could not be kept: %s", problem->message);
    return g_steal_pointer (&draft);
}

static void
on_draft_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    PosternWindow *self = POSTERN_WINDOW (source);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternDraft) draft = postern_worker_run_finish (self, result, &error);

    if (draft != NULL)
        postern_window_take_up (self, draft);
    else
        add_toast (self, error->message);
}

/* A plan is in one window at a time, because each keeps it on disk as it is there. */
static GtkWindow *
find_other_window (PosternWindow *self, const char *draft)
{
    GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
    GList *windows = application == NULL ? NULL : gtk_application_get_windows (application);

    for (GList *l = windows; l != NULL; l = l->next)
        if (l->data != self && POSTERN_IS_WINDOW (l->data) &&
            g_str_equal (postern_autosave_get_id (POSTERN_WINDOW (l->data)->autosave), draft))
            return l->data;
    return NULL;
}

static void
take_up (GtkWidget *widget, const char *action, GVariant *parameter)
{
    GtkWindow *other = find_other_window (POSTERN_WINDOW (widget), g_variant_get_string (parameter, NULL));

    if (other != NULL)
        gtk_window_present (other);
    else
        postern_worker_run_async (widget, load_draft, g_variant_dup_string (parameter, NULL), g_free, g_object_unref,
                                  NULL, NULL, on_draft_loaded_cb, NULL);
}

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (PosternWindow) self = user_data;
    g_autoptr (GError) error = NULL;
    g_autoptr (GFile) file = NULL;
    g_autoptr (PosternPlan) plan = postern_plan_files_open_finish (self, result, &file, &error);

    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
        g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        return;
    if (plan == NULL) {
        add_toast (self, error->message);
        return;
    }
    postern_autosave_flush (self->autosave, FALSE);
    postern_autosave_set_id (self->autosave, NULL);
    postern_plan_assign (postern_session_get_plan (self->session), plan);
    postern_session_set_file (self->session, file);
    postern_window_show_step (self, POSTERN_STEP_REVIEW);
}

void
postern_window_open_file (PosternWindow *self, GFile *file)
{
    g_return_if_fail (POSTERN_IS_WINDOW (self));
    g_return_if_fail (G_IS_FILE (file));
    postern_plan_files_load (self, file, on_loaded_cb, g_object_ref (self));
}

/* A plan file may be dropped anywhere where nothing else wants a file. */
static gboolean
on_drop_cb (PosternWindow *self, const GValue *value)
{
    GFile *file = g_value_get_object (value);
    g_autofree char *name = file == NULL ? NULL : g_file_get_basename (file);

    if (name == NULL || !g_str_has_suffix (name, ".postern"))
        return FALSE;
    postern_window_open_file (self, file);
    return TRUE;
}

/* @parameter: the URI of a plan file */
static void
open_file (GtkWidget *widget, const char *action, GVariant *parameter)
{
    g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

    postern_window_open_file (POSTERN_WINDOW (widget), file);
}

static void
open_plan (GtkWidget *widget, const char *action, GVariant *parameter)
{
    postern_plan_files_open (POSTERN_WINDOW (widget), on_loaded_cb, g_object_ref (widget));
}

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (PosternWindow) self = user_data;
    g_autoptr (GError) error = NULL;
    g_autoptr (GFile) file = postern_plan_files_save_finish (self, result, &error);

    if (file != NULL) {
        postern_session_set_file (self->session, file);
        add_toast (self, _ ("The plan was saved"));
    } else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
               !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        add_toast (self, error->message);
    }
}

static void
save_plan (GtkWidget *widget, const char *action, GVariant *parameter)
{
    PosternWindow *self = POSTERN_WINDOW (widget);
    GFile *file = g_str_equal (action, "win.save") ? postern_session_get_file (self->session) : NULL;

    postern_plan_files_save (self, file, on_saved_cb, g_object_ref (self));
}

static void
show_help (GtkWidget *widget, const char *action, GVariant *parameter)
{
    PosternPage *page = get_page (POSTERN_WINDOW (widget));

    /* Where the help is not installed, the page's own lines are better than nothing. */
    if (page != NULL && !postern_help_dialog_present (widget, postern_page_get_step (page)))
        gtk_widget_activate_action (GTK_WIDGET (page), "page.help", NULL);
}

static gboolean
is_only_window (PosternWindow *self)
{
    GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

    return application == NULL || g_list_length (gtk_application_get_windows (application)) < 2;
}

static gboolean
postern_window_close_request (GtkWindow *window)
{
    PosternWindow *self = POSTERN_WINDOW (window);
    PosternPage *page = get_page (self);

    if (page != NULL && !postern_page_may_leave (page))
        return GDK_EVENT_STOP;
    /* The last window comes back at the next start; one that was put away beside others, or is done, does not. */
    postern_autosave_flush (self->autosave, !self->is_done && is_only_window (self));
    return GTK_WINDOW_CLASS (postern_window_parent_class)->close_request (window);
}

static void
postern_window_dispose (GObject *object)
{
    PosternWindow *self = POSTERN_WINDOW (object);

    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_WINDOW);
    g_clear_object (&self->autosave);
    g_clear_object (&self->session);
    G_OBJECT_CLASS (postern_window_parent_class)->dispose (object);
}

static void
postern_window_class_init (PosternWindowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_window_dispose;
    GTK_WINDOW_CLASS (klass)->close_request = postern_window_close_request;
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-window.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternWindow, toast_overlay);
    gtk_widget_class_bind_template_child (widget_class, PosternWindow, navigation_view);
    gtk_widget_class_bind_template_callback (widget_class, on_visible_page_changed_cb);
    gtk_widget_class_install_action (widget_class, "win.new-integration", NULL, new_integration);
    gtk_widget_class_install_action (widget_class, "win.take-up", "s", take_up);
    gtk_widget_class_install_action (widget_class, "win.show-interrupted", "s", show_interrupted);
    gtk_widget_class_install_action (widget_class, "win.open", NULL, open_plan);
    gtk_widget_class_install_action (widget_class, "win.open-file", "s", open_file);
    gtk_widget_class_install_action (widget_class, "win.save", NULL, save_plan);
    gtk_widget_class_install_action (widget_class, "win.save-as", NULL, save_plan);
    gtk_widget_class_install_action (widget_class, "win.help", NULL, show_help);
}

static void
postern_window_init (PosternWindow *self)
{
    GtkDropTarget *drop_target;

    self->session = postern_session_new ();
    self->autosave = postern_autosave_new (self->session, NULL);
    gtk_widget_init_template (GTK_WIDGET (self));
    drop_target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);
    g_signal_connect_swapped (drop_target, "drop", G_CALLBACK (on_drop_cb), self);
    gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop_target));
    if (g_str_equal (POSTERN_PROFILE, "development"))
        gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
    postern_window_show_step (self, POSTERN_STEP_WELCOME);
}

PosternWindow *
postern_window_new (GtkApplication *application)
{
    return g_object_new (POSTERN_TYPE_WINDOW, "application", application, NULL);
}

/* A push that was cut off is what the person has to answer for first. It may have been cut off before it was kept that
 * the review had been left. One that another window or a terminal is at is nobody's to answer for. */
static gboolean
was_pushing (PosternWindow *self, PosternStep step)
{
    PosternGatewayAddress *address = postern_session_get_address (self->session);

    return (step == POSTERN_STEP_PUSH || step == POSTERN_STEP_REVIEW) && address != NULL &&
           postern_journal_is_interrupted (address);
}

void
postern_window_take_up (PosternWindow *self, PosternDraft *draft)
{
    PosternStep step;

    g_return_if_fail (POSTERN_IS_WINDOW (self));
    g_return_if_fail (POSTERN_IS_DRAFT (draft));
    postern_autosave_flush (self->autosave, FALSE);
    postern_autosave_set_id (self->autosave, postern_draft_get_id (draft));
    postern_draft_apply (draft, self->session);
    /* What a gateway was told belongs to that moment; what comes back is the review of it. */
    step = postern_draft_get_step (draft);
    if (step != POSTERN_STEP_KSMG)
        step = MIN (step, POSTERN_STEP_REVIEW);
    postern_window_show_step (self, step);
    if (was_pushing (self, postern_draft_get_step (draft)))
        push_step (self, POSTERN_STEP_PUSH, FALSE);
}

gboolean
postern_window_is_untouched (PosternWindow *self)
{
    g_return_val_if_fail (POSTERN_IS_WINDOW (self), FALSE);
    return postern_plan_is_empty (postern_session_get_plan (self->session)) &&
           postern_session_get_file (self->session) == NULL;
}

PosternSession *
postern_window_get_session (PosternWindow *self)
{
    g_return_val_if_fail (POSTERN_IS_WINDOW (self), NULL);
    return self->session;
}
