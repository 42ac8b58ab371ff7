/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gmodule.h>
#include "page-fixture.h"
#include "wizard/postern-domain-details.h"
#include "wizard/postern-domain-row.h"
#include "wizard/postern-ui.h"

/*
 * Every template there is can be made without a warning, which would end these tests, can be shown, and leaves nothing
 * behind. The list is that of the resources, so that none is forgotten.
 */

#define SUFFIX ".ui"

/* The class that a template belongs to is named as its file is. */
static GType
find_type (const char *name)
{
    typedef GType (*GetType) (void);
    g_auto (GStrv) words = g_strsplit (name, "-", -1);
    g_autofree char *stem = g_strjoinv ("_", words);
    g_autofree char *symbol = g_strconcat (stem, "_get_type", NULL);
    GModule *program = g_module_open (NULL, 0);
    gpointer get_type = NULL;

    g_module_symbol (program, symbol, &get_type);
    g_module_close (program);
    if (get_type == NULL)
        g_error ("there is no %s for the template of %s", symbol, name);
    return ((GetType)get_type) ();
}

static gpointer
make_domain_details (PosternPlan *plan)
{
    PosternRecordList *domains = postern_plan_get_domains (plan);
    g_autoptr (PosternSubdomains) subdomains = postern_subdomains_new (domains);

    postern_plan_add_domain (plan, "example.com", NULL);
    return postern_domain_details_new (postern_record_list_get (domains, 0), subdomains);
}

/* What a class cannot be without, it gets: a page its title, one of the wizard's its session. */
static gpointer
make (GType type, const char *name)
{
    g_autoptr (PosternSession) session = postern_session_new ();
    PosternPlan *plan = postern_session_get_plan (session);

    if (type == POSTERN_TYPE_DOMAIN_DETAILS)
        return make_domain_details (plan);
    if (type == POSTERN_TYPE_DOMAIN_ROW)
        return postern_domain_row_new (plan, G_LIST_MODEL (postern_session_get_findings (session)));
    if (g_type_is_a (type, POSTERN_TYPE_PAGE))
        return g_object_new (type, "session", session, "title", name, NULL);
    if (g_type_is_a (type, ADW_TYPE_NAVIGATION_PAGE))
        return g_object_new (type, "title", name, NULL);
    return g_object_new (type, NULL);
}

static void
wait_until_gone (gpointer object)
{
    gpointer gone = object;

    g_object_add_weak_pointer (object, &gone);
    g_object_unref (object);
    wait_until (gone == NULL);
}

static void
show_window (GtkWindow *window)
{
    gtk_window_present (window);
    wait_until (gtk_widget_get_mapped (GTK_WIDGET (window)));
}

static void
show_dialog (AdwDialog *dialog)
{
    GtkWindow *window = g_object_ref_sink (g_object_new (ADW_TYPE_WINDOW, NULL));

    show_window (window);
    adw_dialog_present (dialog, GTK_WIDGET (window));
    wait_until (gtk_widget_get_mapped (GTK_WIDGET (dialog)));
    adw_dialog_force_close (dialog);
    gtk_window_destroy (window);
    wait_until_gone (window);
}

/* A row as well as anything else can stand in a list. */
static void
show_widget (GtkWidget *widget)
{
    GtkWindow *window = g_object_ref_sink (GTK_WINDOW (gtk_window_new ()));
    GtkWidget *list = gtk_list_box_new ();

    if (GTK_IS_LIST_BOX_ROW (widget)) {
        gtk_list_box_append (GTK_LIST_BOX (list), widget);
        gtk_window_set_child (window, list);
    } else {
        g_object_ref_sink (list);
        g_object_unref (list);
        gtk_window_set_child (window, widget);
    }
    show_window (window);
    gtk_window_destroy (window);
    wait_until_gone (window);
}

static void
test_template (gconstpointer data)
{
    GType type = find_type (data);
    gpointer object;

    /* The template of a class that nobody is only comes with those that derive from it. */
    if (G_TYPE_IS_ABSTRACT (type)) {
        g_test_skip ("it is seen in every class that derives from it");
        return;
    }
    object = g_object_ref_sink (make (type, data));
    if (GTK_IS_WINDOW (object)) {
        show_window (object);
        gtk_window_destroy (object);
    } else if (ADW_IS_DIALOG (object)) {
        show_dialog (object);
    } else {
        show_widget (object);
    }
    wait_until_gone (object);
}

int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;
    g_auto (GStrv) files = NULL;

    gtk_test_init (&argc, &argv, NULL);
    adw_init ();
    files = g_resources_enumerate_children (POSTERN_UI_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (g_strv_length (files), >, 40);
    for (guint i = 0; files[i] != NULL; i++) {
        g_autofree char *name = g_strndup (files[i], strlen (files[i]) - strlen (SUFFIX));
        g_autofree char *path = g_strconcat ("/templates/", name, NULL);

        g_assert_true (g_str_has_suffix (files[i], SUFFIX));
        g_test_add_data_func_full (path, g_steal_pointer (&name), test_template, g_free);
    }
    return g_test_run ();
}
