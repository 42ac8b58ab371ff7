/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-application.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-draft.h"
#include "wizard/postern-language.h"
#include "wizard/postern-shortcuts-dialog.h"
#include "wizard/postern-window.h"
#include "wizard/postern-worker.h"

struct _PosternApplication {
    AdwApplication parent_instance;

    GPtrArray *left_open;   /* the drafts that were open at the last time; NULL as long as they are looked for */
    gboolean is_awaited;    /* as soon as they are found, there are to be windows */
    gboolean restored;      /* or files were opened instead */
    gboolean is_theme_held; /* by the environment, until there are settings */
};

G_DEFINE_FINAL_TYPE (PosternApplication, postern_application, ADW_TYPE_APPLICATION)

static gpointer
remember (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    g_autoptr (GPtrArray) drafts = postern_draft_list (POSTERN_DRAFT_MAX);
    GPtrArray *open = g_ptr_array_new_with_free_func (g_object_unref);

    for (guint i = 0; i < drafts->len; i++) {
        PosternDraft *draft = g_ptr_array_index (drafts, i);
        g_autoptr (GError) problem = NULL;

        if (!postern_draft_get_is_open (draft))
            continue;
        if (postern_draft_read_plan (draft, &problem))
            g_ptr_array_add (open, g_object_ref (draft));
        else
            g_message ("A plan that was kept cannot be read: %s", problem->message);
    }
    return open;
}

static void
open_window (PosternApplication *self)
{
    gtk_window_present (GTK_WINDOW (postern_window_new (GTK_APPLICATION (self))));
}

static void
restore (PosternApplication *self)
{
    g_autoptr (GPtrArray) open = g_steal_pointer (&self->left_open);

    for (guint i = 0; i < open->len; i++) {
        PosternWindow *window = postern_window_new (GTK_APPLICATION (self));

        postern_window_take_up (window, g_ptr_array_index (open, i));
        gtk_window_present (GTK_WINDOW (window));
    }
    if (open->len == 0)
        open_window (self);
}

static void
on_remembered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    PosternApplication *self = POSTERN_APPLICATION (source);

    self->left_open = postern_worker_run_finish (self, result, NULL);
    if (!self->is_awaited)
        return;
    restore (self);
    g_application_release (G_APPLICATION (self));
}

static void
postern_application_activate (GApplication *application)
{
    PosternApplication *self = POSTERN_APPLICATION (application);
    GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
    gboolean is_first = !self->restored;

    self->restored = TRUE;
    if (window != NULL) {
        gtk_window_present (window);
    } else if (!is_first) {
        open_window (self);
    } else if (self->left_open != NULL) {
        restore (self);
    } else {
        self->is_awaited = TRUE;
        g_application_hold (application);
    }
}

static void
postern_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
    PosternApplication *self = POSTERN_APPLICATION (application);

    self->restored = TRUE;
    for (int i = 0; i < n_files; i++) {
        PosternWindow *window = postern_window_new (GTK_APPLICATION (application));

        postern_window_open_file (window, files[i]);
        gtk_window_present (GTK_WINDOW (window));
    }
}

static void
on_new_window_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    open_window (user_data);
}

static void
on_quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    GList *windows = g_list_copy (gtk_application_get_windows (user_data));

    /* Each is asked; one that must not be left stays. */
    for (GList *l = windows; l != NULL; l = l->next)
        gtk_window_close (l->data);
    g_list_free (windows);
}

/* The windows stay, with everything in them, and say it in the new language. */
static void
on_language_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
    if (g_str_equal (g_variant_get_string (value, NULL), postern_language_get ()))
        return;
    postern_language_choose (g_variant_get_string (value, NULL));
    g_simple_action_set_state (action, value);
    for (GList *l = gtk_application_get_windows (user_data); l != NULL; l = l->next)
        if (POSTERN_IS_WINDOW (l->data))
            postern_window_translate (l->data);
}

static void
on_shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    GtkWindow *window = gtk_application_get_active_window (user_data);

    if (window != NULL)
        postern_shortcuts_dialog_present (GTK_WIDGET (window));
}

static void
on_about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    GtkWindow *window = gtk_application_get_active_window (user_data);

    if (window == NULL || adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) != NULL)
        return;
    /* clang-format off */
    adw_show_about_dialog (GTK_WIDGET (window),
                           "application-name", POSTERN_APPLICATION_NAME,
                           "application-icon", POSTERN_APPLICATION_ID,
                           "version", POSTERN_VERSION,
                           "comments", _ ("Puts a mail gateway into the mail flow, and proves that mail flows as planned."),
                           "license-type", GTK_LICENSE_GPL_3_0,
                           /* Translators: put your names here, one per line. */
                           "translator-credits", _ ("translator-credits"),
                           NULL);
    /* clang-format on */
}

static void
set_accels (PosternApplication *self)
{
    static const struct {
        const char *action;
        const char *accels[3];
    } table[] = {
        { "app.new-window", { "<Control>n" } },
        { "win.open", { "<Control>o" } },
        { "win.save", { "<Control>s" } },
        { "win.save-as", { "<Control><Shift>s" } },
        { "window.close", { "<Control>w" } },
        { "app.quit", { "<Control>q" } },
        { "win.help", { "F1" } },
        { "app.shortcuts", { "<Control>question" } },
    };

    for (guint i = 0; i < G_N_ELEMENTS (table); i++)
        gtk_application_set_accels_for_action (GTK_APPLICATION (self), table[i].action, table[i].accels);
}

/*
 * GTK reads a theme of its own as soon as its settings are made, and libadwaita puts its stylesheet in the place of it
 * at once: that is a seventh of all that is done until the first frame, for nothing. An empty theme, which libadwaita
 * has for itself, is read instead. A theme that the person chose by the same variable stays.
 */
static void
hold_theme (PosternApplication *self)
{
    self->is_theme_held = g_getenv ("GTK_THEME") == NULL && g_setenv ("GTK_THEME", "Adwaita-empty", TRUE);
}

static void
init_toolkit (PosternApplication *self)
{
    gtk_init ();
    gtk_settings_get_default ();
    if (self->is_theme_held)
        g_unsetenv ("GTK_THEME");
    adw_init ();
}

static void
postern_application_startup (GApplication *application)
{
    static const GActionEntry actions[] = {
        { .name = "new-window", .activate = on_new_window_cb },
        { .name = "quit", .activate = on_quit_cb },
        { .name = "shortcuts", .activate = on_shortcuts_cb },
        { .name = "about", .activate = on_about_cb },
    };
    g_autoptr (GSimpleAction) language = g_simple_action_new_stateful ("language", G_VARIANT_TYPE_STRING,
                                                                       g_variant_new_string (postern_language_get ()));

    /* Done by the time that there is a display. */
    postern_worker_run_async (application, remember, NULL, NULL, (GDestroyNotify)g_ptr_array_unref, NULL, NULL,
                              on_remembered_cb, NULL);
    init_toolkit (POSTERN_APPLICATION (application));
    /* GTK would wait here until the icon themes are read, to see whether one has the application's icon. */
    gtk_window_set_default_icon_name (POSTERN_APPLICATION_ID);
    G_APPLICATION_CLASS (postern_application_parent_class)->startup (application);
    /* The application's own icons were added, so the themes are read anew. GTK does that in a thread when it is told of
     * a theme, else only when the first icon is needed: the window is made meanwhile. */
    g_object_notify (G_OBJECT (gtk_settings_get_default ()), "gtk-icon-theme-name");
    g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
    g_signal_connect (language, "change-state", G_CALLBACK (on_language_cb), application);
    g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (language));
    set_accels (POSTERN_APPLICATION (application));
}

static int
postern_application_handle_local_options (GApplication *application, GVariantDict *options)
{
    if (g_variant_dict_contains (options, "version")) {
        g_print ("postern %s\n", POSTERN_VERSION);
        return EXIT_SUCCESS;
    }
    return -1;
}

static void
postern_application_dispose (GObject *object)
{
    g_clear_pointer (&POSTERN_APPLICATION (object)->left_open, g_ptr_array_unref);
    G_OBJECT_CLASS (postern_application_parent_class)->dispose (object);
}

static void
postern_application_class_init (PosternApplicationClass *klass)
{
    GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_application_dispose;
    application_class->activate = postern_application_activate;
    application_class->open = postern_application_open;
    application_class->startup = postern_application_startup;
    application_class->handle_local_options = postern_application_handle_local_options;
}

static void
postern_application_init (PosternApplication *self)
{
    static const GOptionEntry options[] = {
        { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version and exit"), NULL },
        { NULL },
    };

    /* Here and not in startup(), because by then there may be threads that read the environment. */
    hold_theme (self);
    g_application_add_main_option_entries (G_APPLICATION (self), options);
    /* Translators: a file name argument on the command line. */
    g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[PLAN.postern…]"));
}

PosternApplication *
postern_application_new (void)
{
    /* The path is the same in every profile, so that style and icons are found in each. */
    return g_object_new (POSTERN_TYPE_APPLICATION, "application-id", POSTERN_APPLICATION_ID, "flags",
                         G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/io/github/postern/Postern", NULL);
}
