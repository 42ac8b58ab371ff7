/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-directory-store.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "service/postern-files.h"
#include "service/postern-service-error.h"
#include "service/postern-service-log.h"

#define CONFIGURATION "configuration.json"
#define META "meta.json"

struct _PosternDirectoryStore {
    GObject parent_instance;

    char *revisions; /* the directory of that name */
    char *current;   /* the link */
    guint kept;
};

static void postern_directory_store_iface_init (PosternStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PosternDirectoryStore, postern_directory_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (POSTERN_TYPE_STORE, postern_directory_store_iface_init))

static char *
directory_of (PosternDirectoryStore *self, guint number)
{
    return g_strdup_printf ("%s/%u", self->revisions, number);
}

static char *
part_of (PosternDirectoryStore *self, guint number)
{
    return g_strdup_printf ("%s/%u.part", self->revisions, number);
}

/* The number of the directory @name, or 0 if that is not how a complete revision is called. */
static guint
number_of (const char *name)
{
    guint64 number;

    if (*name == '0' || !g_ascii_string_to_unsigned (name, 10, 1, G_MAXINT, &number, NULL))
        return 0;
    return (guint)number;
}

/* 0 before the first push. */
static gboolean
read_current_number (PosternDirectoryStore *self, guint *number, GError **error)
{
    g_autofree char *target = g_file_read_link (self->current, NULL);
    g_autofree char *name = target ? g_path_get_basename (target) : NULL;

    *number = name ? number_of (name) : 0;
    if (*number > 0 || !g_file_test (self->current, G_FILE_TEST_IS_SYMLINK | G_FILE_TEST_EXISTS))
        return TRUE;
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE, _ ("%s does not name a revision."),
                 self->current);
    return FALSE;
}

static PosternStoredRevision *
find (PosternStore *store, guint number, GError **error)
{
    PosternDirectoryStore *self = POSTERN_DIRECTORY_STORE (store);
    g_autofree char *directory = directory_of (self, number);
    g_autofree char *path = g_build_filename (directory, META, NULL);
    g_autofree char *json = NULL;
    g_autoptr (GError) local = NULL;
    PosternStoredRevision *revision = NULL;
    gsize length;

    if (g_file_get_contents (path, &json, &length, &local))
        revision = postern_stored_revision_from_json (json, length, &local);
    if (revision && revision->number == number)
        return revision;
    g_clear_pointer (&revision, postern_stored_revision_unref);
    if (!g_file_test (directory, G_FILE_TEST_IS_DIR))
        g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_NOT_FOUND, _ ("There is no revision %u."),
                     number);
    else
        g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE,
                     /* Translators: %1$u is a number, %2$s what the system says is wrong, or a directory. */
                     _ ("Revision %1$u cannot be read: %2$s"), number, local ? local->message : path);
    return NULL;
}

static PosternStoredRevision *
get_current (PosternStore *store, GError **error)
{
    guint number;

    if (!read_current_number (POSTERN_DIRECTORY_STORE (store), &number, error))
        return NULL;
    return number > 0 ? find (store, number, error) : postern_stored_revision_new (0, "", 0, 0);
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
    guint first = *(const guint *)a, second = *(const guint *)b;

    return first < second ? 1 : first > second ? -1 : 0;
}

/* The numbers of all complete directories, newest first. */
static GArray *
list_numbers (PosternDirectoryStore *self)
{
    g_autoptr (GDir) directory = g_dir_open (self->revisions, 0, NULL);
    GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));
    const char *name;

    while (directory && (name = g_dir_read_name (directory)) != NULL) {
        guint number = number_of (name);

        if (number > 0)
            g_array_append_val (numbers, number);
    }
    g_array_sort (numbers, newest_first);
    return numbers;
}

/* A directory above the current one belongs to a push that is not finished; one that vanishes meanwhile is no longer
 * kept. */
static GPtrArray *
list (PosternStore *store, GError **error)
{
    PosternDirectoryStore *self = POSTERN_DIRECTORY_STORE (store);
    g_autoptr (GArray) numbers = list_numbers (self);
    g_autoptr (GPtrArray) revisions = g_ptr_array_new_with_free_func ((GDestroyNotify)postern_stored_revision_unref);
    guint current;

    if (!read_current_number (self, &current, error))
        return NULL;
    for (guint i = 0; i < numbers->len; i++) {
        guint number = g_array_index (numbers, guint, i);
        g_autoptr (GError) local = NULL;
        PosternStoredRevision *revision = number <= current ? find (store, number, &local) : NULL;

        if (revision)
            g_ptr_array_add (revisions, revision);
        else if (local && !g_error_matches (local, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_NOT_FOUND))
            postern_service_log_trouble ("%s", local->message);
    }
    return g_steal_pointer (&revisions);
}

/* Mapped, not copied: the file never changes, and stays readable when the revision is removed meanwhile. */
static GBytes *
read_configuration (PosternStore *store, PosternStoredRevision *revision, GError **error)
{
    g_autofree char *directory = directory_of (POSTERN_DIRECTORY_STORE (store), revision->number);
    g_autofree char *path = g_build_filename (directory, CONFIGURATION, NULL);
    g_autoptr (GError) local = NULL;
    g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &local);

    if (file)
        return g_mapped_file_get_bytes (file);
    g_set_error_literal (error, POSTERN_SERVICE_ERROR,
                         g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? POSTERN_SERVICE_ERROR_NOT_FOUND
                                                                                   : POSTERN_SERVICE_ERROR_STORAGE,
                         local->message);
    return NULL;
}

static char *
get_directory (PosternStore *store, PosternStoredRevision *revision)
{
    return directory_of (POSTERN_DIRECTORY_STORE (store), revision->number);
}

static gboolean
write_into (const char *directory, const char *name, GBytes *content, int mode, GError **error)
{
    g_autofree char *path = g_build_filename (directory, name, NULL);
    gsize length;
    const char *data = g_bytes_get_data (content, &length);

    return postern_files_write (path, data, (gssize)length, mode, error);
}

static char *
begin (PosternStore *store, PosternStoredRevision *revision, GBytes *configuration, GError **error)
{
    PosternDirectoryStore *self = POSTERN_DIRECTORY_STORE (store);
    g_autofree char *part = part_of (self, revision->number);
    g_autoptr (GBytes) meta = postern_stored_revision_to_json (revision);

    postern_store_discard (store, revision);
    if (!postern_files_make_directory (part, 0755, error) ||
        !write_into (part, CONFIGURATION, configuration, 0640, error) || !write_into (part, META, meta, 0644, error)) {
        postern_files_remove_tree (part);
        return NULL;
    }
    return g_steal_pointer (&part);
}

static gboolean
seal (PosternStore *store, PosternStoredRevision *revision, GError **error)
{
    PosternDirectoryStore *self = POSTERN_DIRECTORY_STORE (store);
    g_autofree char *part = part_of (self, revision->number);
    g_autofree char *directory = directory_of (self, revision->number);

    return postern_files_sync_tree (part, error) && postern_files_rename (part, directory, error);
}

static void
prune (PosternDirectoryStore *self)
{
    g_autoptr (GArray) numbers = list_numbers (self);

    for (guint i = self->kept; i < numbers->len; i++) {
        g_autofree char *directory = directory_of (self, g_array_index (numbers, guint, i));

        postern_files_remove_tree (directory);
    }
}

static gboolean
commit (PosternStore *store, PosternStoredRevision *revision, GError **error)
{
    PosternDirectoryStore *self = POSTERN_DIRECTORY_STORE (store);
    g_autofree char *target = g_strdup_printf ("revisions/%u", revision->number);

    if (!postern_files_switch_link (self->current, target, error))
        return FALSE;
    prune (self);
    return TRUE;
}

static void
discard (PosternStore *store, PosternStoredRevision *revision)
{
    PosternDirectoryStore *self = POSTERN_DIRECTORY_STORE (store);
    g_autofree char *part = part_of (self, revision->number);
    g_autofree char *directory = directory_of (self, revision->number);

    postern_files_remove_tree (part);
    postern_files_remove_tree (directory);
}

static void
remove_parts (PosternDirectoryStore *self)
{
    g_autoptr (GDir) directory = g_dir_open (self->revisions, 0, NULL);
    const char *name;

    while (directory && (name = g_dir_read_name (directory)) != NULL) {
        g_autofree char *path = g_build_filename (self->revisions, name, NULL);

        if (g_str_has_suffix (name, ".part"))
            postern_files_remove_tree (path);
    }
}

void
postern_directory_store_clean (PosternDirectoryStore *self)
{
    g_autoptr (GArray) numbers = NULL;
    guint current;

    g_return_if_fail (POSTERN_IS_DIRECTORY_STORE (self));

    remove_parts (self);
    if (!read_current_number (self, &current, NULL))
        return;
    numbers = list_numbers (self);
    for (guint i = 0; i < numbers->len; i++) {
        guint number = g_array_index (numbers, guint, i);
        g_autofree char *directory = directory_of (self, number);

        if (number > current)
            postern_files_remove_tree (directory);
    }
    prune (self);
}

static void
postern_directory_store_finalize (GObject *object)
{
    PosternDirectoryStore *self = POSTERN_DIRECTORY_STORE (object);

    g_free (self->revisions);
    g_free (self->current);

    G_OBJECT_CLASS (postern_directory_store_parent_class)->finalize (object);
}

static void
postern_directory_store_class_init (PosternDirectoryStoreClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_directory_store_finalize;
}

static void
postern_directory_store_init (PosternDirectoryStore *self)
{
}

static void
postern_directory_store_iface_init (PosternStoreInterface *iface)
{
    iface->get_current = get_current;
    iface->find = find;
    iface->list = list;
    iface->read_configuration = read_configuration;
    iface->get_directory = get_directory;
    iface->begin = begin;
    iface->seal = seal;
    iface->commit = commit;
    iface->discard = discard;
}

PosternDirectoryStore *
postern_directory_store_new (const char *directory, guint kept, GError **error)
{
    g_autoptr (PosternDirectoryStore) self = g_object_new (POSTERN_TYPE_DIRECTORY_STORE, NULL);

    g_return_val_if_fail (directory != NULL && kept > 0, NULL);

    self->revisions = g_build_filename (directory, "revisions", NULL);
    self->current = g_build_filename (directory, "current", NULL);
    self->kept = kept;
    if (!postern_files_make_directory (self->revisions, 0755, error))
        return NULL;
    return g_steal_pointer (&self);
}
