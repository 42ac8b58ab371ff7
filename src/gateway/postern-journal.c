/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "gateway/postern-journal-json.h"

#define SUFFIX ".journal"

struct _PosternJournal {
    GObject parent_instance;

    char *path;
    int fd; /* open and locked while the journal is ours, else -1 */
    PosternJournalHead head;
    GPtrArray *steps; /* of GStrv; NULL until they are said */
    guint begun;      /* how many of them */
    guint undoing;    /* the number of the last one that was being taken back, from 1 on */
    gint64 touched;   /* when it was last written to, in real time */
};

G_DEFINE_FINAL_TYPE (PosternJournal, postern_journal, G_TYPE_OBJECT)

static void
postern_journal_finalize (GObject *object)
{
    PosternJournal *self = POSTERN_JOURNAL (object);

    if (self->fd >= 0)
        close (self->fd);
    g_free (self->path);
    postern_journal_head_clear (&self->head);
    g_clear_pointer (&self->steps, g_ptr_array_unref);
    G_OBJECT_CLASS (postern_journal_parent_class)->finalize (object);
}

static void
postern_journal_class_init (PosternJournalClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_journal_finalize;
}

static void
postern_journal_init (PosternJournal *self)
{
    self->fd = -1;
}

static char *
get_directory (void)
{
    return g_build_filename (g_get_user_state_dir (), "postern", "pushes", NULL);
}

/* One file for a gateway; an address has letters in it that a file's name cannot have. */
static char *
make_path (PosternGatewayAddress *address)
{
    g_autofree char *directory = get_directory ();
    g_autofree char *text = postern_gateway_address_to_string (address);
    g_autofree char *escaped = g_uri_escape_string (text, NULL, FALSE);
    g_autofree char *name = g_strconcat (escaped, SUFFIX, NULL);

    return g_build_filename (directory, name, NULL);
}

static gboolean
fail_to_write (const char *path, int code, GError **error)
{
    g_autofree char *name = g_filename_display_name (path);

    g_set_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_JOURNAL,
                 /* Translators: the first %s is a file's name, the second what is wrong, in the system's words. */
                 _ ("The journal of the push, “%s”, cannot be written: %s. Without it a push that is interrupted could "
                    "be neither finished nor undone. Check the free space and the permissions there."),
                 name, g_strerror (code));
    return FALSE;
}

/* Waits until @fd is on the disk. */
static gboolean
sync_file (int fd)
{
    int result;

    do {
        result = fdatasync (fd);
    } while (result < 0 && errno == EINTR);
    return result == 0;
}

static gboolean
sync_directory (const char *path)
{
    g_autofree char *directory = g_path_get_dirname (path);
    int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    gboolean good = fd >= 0 && sync_file (fd);

    if (fd >= 0)
        close (fd);
    return good;
}

static gboolean
write_all (int fd, const char *text)
{
    gsize left = strlen (text);

    while (left > 0) {
        gssize n = write (fd, text, left);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return FALSE;
        text += n;
        left -= n;
    }
    return sync_file (fd);
}

static gboolean
append (PosternJournal *self, const char *text, GError **error)
{
    if (!write_all (self->fd, text))
        return fail_to_write (self->path, errno, error);
    self->touched = g_get_real_time ();
    return TRUE;
}

/* Opens the file and locks it. Returns: the descriptor, or -1 with errno */
static int
lock (const char *path)
{
    int fd = open (path, O_RDWR | O_APPEND | O_CLOEXEC);

    if (fd < 0 || flock (fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    close (fd);
    errno = EWOULDBLOCK;
    return -1;
}

static gboolean
is_running (const char *path)
{
    int fd = lock (path);

    if (fd >= 0)
        close (fd);
    return fd < 0 && errno == EWOULDBLOCK;
}

static GError *
make_busy_error (PosternGatewayAddress *address)
{
    g_autofree char *place = postern_gateway_address_to_display (address);

    return g_error_new (POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_BUSY,
                        /* Translators: %s is a host. */
                        _ ("A push to %s is running on this computer, in another window or in a terminal. Wait until "
                           "it has ended."),
                        place);
}

static gboolean
fail_busy (PosternGatewayAddress *address, GError **error)
{
    g_propagate_error (error, make_busy_error (address));
    return FALSE;
}

GError *
postern_journal_error_exists (PosternGatewayAddress *address)
{
    g_autofree char *place = postern_gateway_address_to_display (address);
    g_autofree char *path = make_path (address);

    if (is_running (path))
        return make_busy_error (address);
    return g_error_new (POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_INTERRUPTED,
                        /* Translators: %s is a host. */
                        _ ("An earlier push to %s was interrupted. It has to be finished, undone or given up before "
                           "the next one."),
                        place);
}

static gboolean
fail_exists (PosternGatewayAddress *address, GError **error)
{
    g_propagate_error (error, postern_journal_error_exists (address));
    return FALSE;
}

/* Whoever looks sees a whole journal or none: it gets its name when everything in it is on the disk. */
static gboolean
create (PosternJournal *self, GError **error)
{
    g_autofree char *directory = g_path_get_dirname (self->path);
    g_autofree char *part = g_strconcat (self->path, ".XXXXXX", NULL);
    g_autofree char *text = postern_journal_json_make_head (&self->head);
    gboolean named;
    int code = 0;

    if (g_mkdir_with_parents (directory, 0700) != 0)
        return fail_to_write (self->path, errno, error);
    self->fd = g_mkstemp_full (part, O_RDWR | O_APPEND | O_CLOEXEC, 0600);
    if (self->fd < 0)
        return fail_to_write (self->path, errno, error);
    named = flock (self->fd, LOCK_EX | LOCK_NB) == 0 && append (self, text, NULL) && link (part, self->path) == 0;
    if (!named)
        code = errno;
    g_unlink (part);
    if (!named)
        return code == EEXIST ? fail_exists (self->head.address, error) : fail_to_write (self->path, code, error);
    if (!sync_directory (self->path)) {
        code = errno;
        g_unlink (self->path);
        return fail_to_write (self->path, code, error);
    }
    return TRUE;
}

PosternJournal *
postern_journal_begin (PosternGatewayAddress *address, const char *pin, const char *user, PosternPlan *before,
                       const char *revision, PosternPlan *plan, GError **error)
{
    g_autoptr (PosternJournal) self = NULL;

    g_return_val_if_fail (address != NULL && revision != NULL, NULL);
    g_return_val_if_fail (POSTERN_IS_PLAN (before) && POSTERN_IS_PLAN (plan), NULL);

    self = g_object_new (POSTERN_TYPE_JOURNAL, NULL);
    self->path = make_path (address);
    self->head = (PosternJournalHead){
        .address = postern_gateway_address_ref (address),
        .pin = g_strdup (pin),
        .user = g_strdup (user),
        .revision = g_strdup (revision),
        .begun = g_date_time_new_now_utc (),
        .before = postern_plan_copy (before),
        .plan = postern_plan_copy (plan),
    };
    return create (self, error) ? g_steal_pointer (&self) : NULL;
}

static gint64
get_time (const char *path)
{
    GStatBuf status;

    return g_stat (path, &status) == 0 ? status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000 : 0;
}

/* Reads what is in the file now. @length: (out): how much of it was written down whole */
static gboolean
read_file (PosternJournal *self, gsize *length, GError **error)
{
    g_autofree char *data = NULL;

    postern_journal_head_clear (&self->head);
    g_clear_pointer (&self->steps, g_ptr_array_unref);
    self->touched = get_time (self->path);
    if (!g_file_get_contents (self->path, &data, length, error))
        return FALSE;
    while (*length > 0 && data[*length - 1] != '\n')
        *length -= 1;
    return postern_journal_json_parse (data, *length, &self->head, &self->steps, &self->begun, &self->undoing, error);
}

/* Returns: %NULL without an error if there is no such file */
static PosternJournal *
load (const char *path, GError **error)
{
    g_autoptr (PosternJournal) self = g_object_new (POSTERN_TYPE_JOURNAL, NULL);
    g_autoptr (GError) reason = NULL;
    g_autofree char *name = NULL;
    gsize length;

    self->path = g_strdup (path);
    if (read_file (self, &length, &reason))
        return g_steal_pointer (&self);
    if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return NULL;
    name = g_filename_display_name (path);
    g_set_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_JOURNAL,
                 /* Translators: the first %s is a file's name, the second what is wrong: a whole sentence. */
                 _ ("The journal of an interrupted push, “%s”, cannot be read: %s Look at what the gateway has, and "
                    "give up the interrupted push; then push again."),
                 name, reason->message);
    return NULL;
}

PosternJournal *
postern_journal_find (PosternGatewayAddress *address, GError **error)
{
    g_autofree char *path = NULL;

    g_return_val_if_fail (address != NULL, NULL);
    path = make_path (address);
    return load (path, error);
}

gboolean
postern_journal_exists (PosternGatewayAddress *address)
{
    g_autofree char *path = NULL;

    g_return_val_if_fail (address != NULL, FALSE);
    path = make_path (address);
    return g_file_test (path, G_FILE_TEST_EXISTS);
}

gboolean
postern_journal_is_interrupted (PosternGatewayAddress *address)
{
    g_autofree char *path = NULL;

    g_return_val_if_fail (address != NULL, FALSE);
    path = make_path (address);
    return g_file_test (path, G_FILE_TEST_EXISTS) && !is_running (path);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
    return g_date_time_compare ((*(PosternJournal *const *)b)->head.begun, (*(PosternJournal *const *)a)->head.begun);
}

GPtrArray *
postern_journal_list (void)
{
    GPtrArray *journals = g_ptr_array_new_with_free_func (g_object_unref);
    g_autofree char *directory = get_directory ();
    g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *path = g_build_filename (directory, name, NULL);
        g_autoptr (GError) error = NULL;
        PosternJournal *journal;

        if (!g_str_has_suffix (name, SUFFIX) || is_running (path))
            continue;
        journal = load (path, &error);
        if (journal != NULL)
            g_ptr_array_add (journals, journal);
        else if (error != NULL)
            g_message ("%s", error->message);
    }
    g_ptr_array_sort (journals, compare_newest_first);
    return journals;
}

/* It was there when it was found; whoever has taken it up since may have ended it, or written more. A last line that
 * was never whole goes, so that the next one begins a line. */
static gboolean
is_still_there (PosternJournal *self)
{
    GStatBuf named, open;
    gsize length;

    return g_stat (self->path, &named) == 0 && fstat (self->fd, &open) == 0 && named.st_ino == open.st_ino &&
           read_file (self, &length, NULL) && ftruncate (self->fd, length) == 0;
}

gboolean
postern_journal_claim (PosternJournal *self, GError **error)
{
    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), FALSE);

    if (self->fd >= 0)
        return TRUE;
    self->fd = lock (self->path);
    if (self->fd < 0 && errno == EWOULDBLOCK)
        return fail_busy (self->head.address, error);
    if (self->fd >= 0 && is_still_there (self))
        return TRUE;
    g_clear_fd (&self->fd, NULL);
    g_set_error_literal (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_JOURNAL,
                         _ ("The interrupted push is gone: someone has finished or undone it in the meantime."));
    return FALSE;
}

gboolean
postern_journal_forget (PosternGatewayAddress *address, GError **error)
{
    g_autofree char *path = NULL;

    g_return_val_if_fail (address != NULL, FALSE);
    path = make_path (address);
    if (is_running (path))
        return fail_busy (address, error);
    if (g_unlink (path) == 0 || errno == ENOENT)
        return TRUE;
    return fail_to_write (path, errno, error);
}

gboolean
postern_journal_give_up (PosternJournal *self, GError **error)
{
    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), FALSE);

    if (self->fd < 0)
        return postern_journal_forget (self->head.address, error);
    postern_journal_end (self);
    return TRUE;
}

PosternGatewayAddress *
postern_journal_get_address (PosternJournal *self)
{
    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), NULL);
    return self->head.address;
}

const char *
postern_journal_get_pin (PosternJournal *self)
{
    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), NULL);
    return self->head.pin;
}

const char *
postern_journal_get_user (PosternJournal *self)
{
    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), NULL);
    return self->head.user;
}

GDateTime *
postern_journal_get_begun (PosternJournal *self)
{
    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), NULL);
    return self->head.begun;
}

PosternPlan *
postern_journal_get_before (PosternJournal *self)
{
    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), NULL);
    return self->head.before;
}

PosternPlan *
postern_journal_get_plan (PosternJournal *self)
{
    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), NULL);
    return self->head.plan;
}

const char *
postern_journal_get_revision (PosternJournal *self)
{
    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), NULL);
    return self->head.revision;
}

gint64
postern_journal_get_age (PosternJournal *self)
{
    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), 0);
    /* A clock that was set back makes nothing older than it is. */
    return MAX (g_get_real_time () - self->touched, 0);
}

gboolean
postern_journal_set_steps (PosternJournal *self, GPtrArray *steps, GError **error)
{
    g_autofree char *line = NULL;

    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), FALSE);
    g_return_val_if_fail (self->fd >= 0 && self->steps == NULL, FALSE);

    line = postern_journal_json_make_steps (steps);
    if (!append (self, line, error))
        return FALSE;
    self->steps = g_ptr_array_ref (steps);
    return TRUE;
}

guint
postern_journal_get_n_steps (PosternJournal *self)
{
    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), 0);
    return self->steps != NULL ? self->steps->len : 0;
}

const char *const *
postern_journal_get_step (PosternJournal *self, guint index)
{
    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), NULL);
    g_return_val_if_fail (index < postern_journal_get_n_steps (self), NULL);
    return self->steps->pdata[index];
}

gboolean
postern_journal_begin_step (PosternJournal *self, guint index, GError **error)
{
    g_autofree char *line = NULL;

    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), FALSE);
    g_return_val_if_fail (self->fd >= 0 && index < postern_journal_get_n_steps (self), FALSE);

    if (index < self->begun)
        return TRUE;
    line = postern_journal_json_make_begun (index);
    if (!append (self, line, error))
        return FALSE;
    self->begun = index + 1;
    return TRUE;
}

gboolean
postern_journal_has_begun_step (PosternJournal *self, guint index)
{
    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), FALSE);
    return index < self->begun;
}

gboolean
postern_journal_undo_step (PosternJournal *self, guint index, GError **error)
{
    g_autofree char *line = NULL;

    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), FALSE);
    g_return_val_if_fail (self->fd >= 0 && index < self->begun, FALSE);

    line = postern_journal_json_make_undoing (index);
    if (!append (self, line, error))
        return FALSE;
    self->undoing = index + 1;
    return TRUE;
}

gboolean
postern_journal_get_undoing (PosternJournal *self, guint *index)
{
    g_return_val_if_fail (POSTERN_IS_JOURNAL (self), FALSE);

    if (self->undoing == 0)
        return FALSE;
    *index = self->undoing - 1;
    return TRUE;
}

void
postern_journal_end (PosternJournal *self)
{
    g_return_if_fail (POSTERN_IS_JOURNAL (self));
    g_return_if_fail (self->fd >= 0);

    g_unlink (self->path);
    sync_directory (self->path);
    g_clear_fd (&self->fd, NULL);
}
