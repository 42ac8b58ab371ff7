/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/posternctl-importing.h"

#include <glib/gi18n-lib.h>

static void
imported_file_free (PosternctlImportedFile *file)
{
    g_free (file->name);
    g_object_unref (file->import);
    g_free (file);
}

void
posternctl_importing_init (PosternctlImporting *self, PosternPlan *plan)
{
    self->plan = g_object_ref (plan);
    self->files = g_ptr_array_new_with_free_func ((GDestroyNotify)imported_file_free);
    self->aggregate = NULL;
}

void
posternctl_importing_clear (PosternctlImporting *self)
{
    g_clear_object (&self->plan);
    g_clear_pointer (&self->files, g_ptr_array_unref);
    g_clear_pointer (&self->aggregate, postern_network_aggregate_free);
}

gboolean
posternctl_importing_add (PosternctlImporting *self, const char *name, PosternImportWanted wanted, GError **error)
{
    g_autoptr (GFile) source = g_file_new_for_commandline_arg (name);
    PosternImport *import = postern_import_load (source, wanted, self->plan, NULL, error);
    PosternctlImportedFile *file;

    if (import == NULL)
        return FALSE;
    postern_import_apply (import, self->plan);
    file = g_new (PosternctlImportedFile, 1);
    file->name = g_strdup (name);
    file->import = import;
    g_ptr_array_add (self->files, file);
    return TRUE;
}

void
posternctl_importing_aggregate (PosternctlImporting *self)
{
    PosternRecordList *networks = postern_plan_get_trusted_networks (self->plan);

    self->aggregate = postern_network_aggregate_new (networks);
    postern_network_aggregate_apply (self->aggregate, networks);
}

guint
posternctl_importing_count (PosternctlImporting *self, PosternImportStatus status)
{
    guint n = 0;

    for (guint i = 0; i < self->files->len; i++) {
        const PosternctlImportedFile *file = self->files->pdata[i];

        n += postern_import_count (file->import, status);
    }
    return n;
}

/* “domains.csv:3: Taken: example.com → 10.0.0.20:25”, so that an editor finds the line. */
static void
print_line (const char *file_name, PosternImportLine *line)
{
    const char *name = postern_import_line_get_name (line);
    const char *route = postern_import_line_get_route (line);
    const char *reason = postern_import_line_get_reason (line);
    PosternImportStatus status = postern_import_line_get_status (line);

    g_print ("%s:%u: %s: ", file_name, postern_import_line_get_number (line), postern_import_status_get_title (status));
    if (status == POSTERN_IMPORT_REFUSED || (name == NULL && route == NULL))
        g_print ("%s", postern_import_line_get_text (line));
    else
        g_print ("%s%s%s", name ? name : "", name && route ? " → " : "", route ? route : "");
    if (reason)
        g_print (" (%s)", reason);
    g_print ("\n");
}

static void
print_file (const PosternctlImportedFile *file, gboolean only_refused)
{
    guint n = g_list_model_get_n_items (G_LIST_MODEL (file->import));
    g_autofree char *description = postern_import_get_description (file->import);

    /* Translators: the first %s is a file's name, the second what it was taken for: “list, UTF-8”. */
    g_print (_ ("%1$s was read as: %2$s."), file->name, description);
    g_print ("\n");
    for (guint i = 0; i < n; i++) {
        g_autoptr (PosternImportLine) line = NULL;

        if (only_refused && postern_import_get_status (file->import, i) != POSTERN_IMPORT_REFUSED)
            continue;
        line = g_list_model_get_item (G_LIST_MODEL (file->import), i);
        print_line (file->name, line);
    }
}

static void
print_networks (GPtrArray *networks, const char *mark)
{
    for (guint i = 0; i < networks->len; i++)
        g_print ("  %s %s\n", mark, postern_network_get_text (networks->pdata[i]));
}

static void
print_aggregate (PosternNetworkAggregate *aggregate)
{
    if (aggregate->removed->len == 0) {
        g_print ("%s\n", _ ("No trusted networks can be merged."));
        return;
    }
    g_print ("%s\n", _ ("The trusted networks are merged; the same addresses stay trusted:"));
    print_networks (aggregate->removed, "−");
    print_networks (aggregate->added, "+");
}

void
posternctl_importing_print (PosternctlImporting *self, gboolean only_refused)
{
    for (guint i = 0; i < self->files->len; i++)
        print_file (self->files->pdata[i], only_refused);
    if (self->aggregate)
        print_aggregate (self->aggregate);
    /* Translators: what becomes of the entries of imported files. */
    g_print (_ ("%1$'u taken, %2$'u already there, %3$'u refused"),
             posternctl_importing_count (self, POSTERN_IMPORT_TAKEN),
             posternctl_importing_count (self, POSTERN_IMPORT_PRESENT),
             posternctl_importing_count (self, POSTERN_IMPORT_REFUSED));
    g_print ("\n");
}
