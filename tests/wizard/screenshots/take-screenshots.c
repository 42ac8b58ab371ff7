/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "camera.h"
#include "scenes.h"
#include "wizard/postern-application.h"

/*
 * Usage: take-screenshots LANGUAGE DIRECTORY [SCENE…]
 *
 * Plays every scene, or the named ones, in the language that the locale says, and takes each of them in every way in
 * which a person may look at it. LANGUAGE is what the pictures' names begin with.
 */

static gboolean
is_wanted (const char *name, char **wanted)
{
    return *wanted == NULL || g_strv_contains ((const char *const *)wanted, name);
}

static guint warnings;

/* The two that say nothing about us. AdwAlertDialog measures a long heading at a width it does not get in the end, and
 * GtkBox may measure the least and the natural height of what is in it at different widths. What comes of it is looked
 * at. */
static gboolean
is_about_measuring (const char *text)
{
    return strstr (text, "Trying to measure GtkLabel") != NULL || strstr (text, ") reported min height") != NULL;
}

/* What GTK warns of is a fault as well. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
    if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL)) != 0) {
        g_autofree char *text = g_log_writer_format_fields (level, fields, n_fields, FALSE);

        if (is_about_measuring (text))
            return G_LOG_WRITER_HANDLED;
        g_print ("%s\n", text);
        warnings++;
    }
    return G_LOG_WRITER_HANDLED;
}

static void
play (const Scene *scene, GtkApplication *application, const char *language, const char *directory,
      CameraRecord *record)
{
    g_autofree char *name = g_strconcat (language, "-", scene->name, NULL);
    Stage stage = { 0 };
    guint before = warnings;

    stage_open (&stage, application);
    scene->play (&stage);
    camera_settle (GTK_WINDOW (stage.window));
    camera_take (GTK_WINDOW (stage.window), directory, name, record);
    stage_close (&stage);
    if (warnings > before)
        g_print ("%s: there were warnings\n", name);
}

/* The application brings the style and the icons. Beside others in the same session it must not become their client. */
static GtkApplication *
start_application (void)
{
    PosternApplication *application = postern_application_new ();
    g_autoptr (GError) error = NULL;

    g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
    g_application_register (G_APPLICATION (application), NULL, &error);
    g_assert_no_error (error);
    g_object_set (gtk_settings_get_default (), "gtk-decoration-layout", "appmenu:close", NULL);
    return GTK_APPLICATION (application);
}

int
main (int argc, char **argv)
{
    CameraRecord record = { 0 };
    g_autoptr (GtkApplication) application = NULL;

    if (argc < 3)
        return 2;
    setlocale (LC_ALL, "");
    bindtextdomain (GETTEXT_PACKAGE, g_getenv ("POSTERN_LOCALE_DIR"));
    bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
    textdomain (GETTEXT_PACKAGE);
    g_log_set_writer_func (write_log, NULL, NULL);
    application = start_application ();
    for (const Scene *scene = scenes; scene->name != NULL; scene++)
        if (is_wanted (scene->name, argv + 3))
            play (scene, application, argv[1], argv[2], &record);
    g_print ("%u pictures, %u faults\n", record.pictures, record.faults + warnings);
    return 0;
}
