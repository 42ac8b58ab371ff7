/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-mail-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "service/postern-service-error.h"

#define FIRST_TIME (4 * 1024 * 1024) /* how far before the end reading begins */
#define MOST_AT_ONCE (16 * 1024 * 1024)
#define CHUNK (64 * 1024) /* no line is longer */
#define HEAD 128          /* an inode's number may be given to another file: the first octets tell */

struct _PosternMailFile {
    GObject parent_instance;

    char *path;
    int fd;         /* -1 while it is closed */
    gboolean begun; /* whether what follows is a place in a file */
    ino_t inode;
    goffset offset; /* behind the last whole line */
    guint64 stamp;  /* a hash of that line: after copytruncate the same offsets come again */
    char head[HEAD];
    gssize head_length;
};

static void postern_mail_file_iface_init (PosternMailSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PosternMailFile, postern_mail_file, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (POSTERN_TYPE_MAIL_SOURCE, postern_mail_file_iface_init))

static const char *
get_kind (PosternMailSource *source)
{
    return "file";
}

static void
close_file (PosternMailSource *source)
{
    PosternMailFile *self = POSTERN_MAIL_FILE (source);

    if (self->fd >= 0)
        close (self->fd);
    self->fd = -1;
}

static goffset
size_of (int fd)
{
    struct stat status;

    return fstat (fd, &status) == 0 ? status.st_size : 0;
}

/* Something else than a file could be waited for for ever. */
static int
open_file (const char *path)
{
    int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat status;

    if (fd >= 0 && (fstat (fd, &status) < 0 || !S_ISREG (status.st_mode))) {
        close (fd);
        errno = EINVAL;
        return -1;
    }
    return fd;
}

static void
remember_head (PosternMailFile *self)
{
    self->head_length = MAX (0, pread (self->fd, self->head, HEAD, 0));
}

/* Begins to read the file @fd at @offset. */
static void
begin (PosternMailFile *self, int fd, goffset offset)
{
    struct stat status = { 0 };

    close_file (POSTERN_MAIL_SOURCE (self));
    self->fd = fd;
    fstat (fd, &status);
    self->inode = status.st_ino;
    self->offset = offset;
    self->begun = TRUE;
    self->stamp = 0;
    remember_head (self);
}

/* To the beginning of the next line, from somewhere. */
static void
skip_line (PosternMailFile *self)
{
    g_autofree char *buffer = g_malloc (CHUNK);
    gssize n = pread (self->fd, buffer, CHUNK, self->offset);
    char *newline = n > 0 ? memchr (buffer, '\n', (gsize)n) : NULL;

    self->offset += newline ? newline + 1 - buffer : MAX (0, n);
}

/* Whether @fd is the file that was read last. */
static gboolean
is_same (PosternMailFile *self, int fd)
{
    char head[HEAD];
    struct stat status;

    return self->begun && fstat (fd, &status) == 0 && status.st_ino == self->inode && status.st_size >= self->offset &&
           pread (fd, head, (gsize)self->head_length, 0) == self->head_length &&
           memcmp (head, self->head, (gsize)self->head_length) == 0;
}

/* The file that was read last, under its name or that of a rotated log, or -1. */
static int
reopen (PosternMailFile *self)
{
    g_autofree char *rotated = g_strconcat (self->path, ".1", NULL);
    const char *const names[] = { self->path, rotated };

    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        int fd = open_file (names[i]);

        if (fd >= 0 && is_same (self, fd))
            return fd;
        if (fd >= 0)
            close (fd);
    }
    return -1;
}

static PosternMailProgress
begin_near_end (PosternMailFile *self, goffset most, GError **error)
{
    int fd = open_file (self->path);

    if (fd < 0) {
        g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE, _ ("%1$s: %2$s"), self->path,
                     g_strerror (errno));
        return POSTERN_MAIL_PROGRESS_FAILED;
    }
    begin (self, fd, MAX (0, size_of (fd) - most));
    if (self->offset > 0)
        skip_line (self);
    return POSTERN_MAIL_PROGRESS_GAP;
}

static PosternMailProgress
advance (PosternMailSource *source, GError **error)
{
    PosternMailFile *self = POSTERN_MAIL_FILE (source);

    if (self->fd < 0)
        self->fd = reopen (self);
    if (self->fd < 0)
        return begin_near_end (self, FIRST_TIME, error);
    if (!is_same (self, self->fd))
        begin (self, g_steal_fd (&self->fd), 0);
    if (size_of (self->fd) - self->offset <= MOST_AT_ONCE)
        return POSTERN_MAIL_PROGRESS_CONTINUOUS;
    self->offset = size_of (self->fd) - MOST_AT_ONCE;
    skip_line (self);
    return POSTERN_MAIL_PROGRESS_GAP;
}

static void
give_line (PosternMailFile *self, char *text, PosternMailSink sink, gpointer data)
{
    PosternMailLine line;

    self->stamp = g_str_hash (text);
    if (postern_mail_line_parse (&line, text))
        sink (&line, data);
}

/* Every whole line in @buffer; returns how many octets they are. */
static gsize
give_lines (PosternMailFile *self, char *buffer, gsize length, PosternMailSink sink, gpointer data)
{
    gsize done = 0;
    char *newline;

    while ((newline = memchr (buffer + done, '\n', length - done)) != NULL) {
        gsize line_length = (gsize)(newline - (buffer + done));

        self->offset += (goffset)line_length + 1;
        *newline = '\0';
        if (memchr (buffer + done, '\0', line_length) == NULL)
            give_line (self, buffer + done, sink, data);
        done += line_length + 1;
    }
    return done;
}

/* A line without an end is being written, unless it is too long for one: that is passed over. */
static void
drain (PosternMailFile *self, PosternMailSink sink, gpointer data)
{
    g_autofree char *buffer = g_malloc (CHUNK);
    gssize n;

    if (self->head_length < HEAD)
        remember_head (self);
    while ((n = pread (self->fd, buffer, CHUNK, self->offset)) > 0) {
        if (give_lines (self, buffer, (gsize)n, sink, data) > 0)
            continue;
        if (n < CHUNK)
            break;
        self->offset += n;
    }
}

/* A descriptor of the file that has taken the place of the one that is read. The old one is still written to until
 * there is something in the new one; -1 if there is none. */
static int
open_successor (PosternMailFile *self)
{
    int fd = open_file (self->path);
    struct stat status;

    if (fd >= 0 && fstat (fd, &status) == 0 && status.st_ino != self->inode && status.st_size > 0)
        return fd;
    if (fd >= 0)
        close (fd);
    return -1;
}

static gboolean
read_lines (PosternMailSource *source, PosternMailSink sink, gpointer data, GError **error)
{
    PosternMailFile *self = POSTERN_MAIL_FILE (source);
    int successor;

    g_return_val_if_fail (self->fd >= 0, FALSE);

    drain (self, sink, data);
    successor = open_successor (self);
    if (successor < 0)
        return TRUE;
    drain (self, sink, data);
    begin (self, successor, 0);
    drain (self, sink, data);
    return TRUE;
}

static char *
get_position (PosternMailSource *source)
{
    PosternMailFile *self = POSTERN_MAIL_FILE (source);

    return g_strdup_printf ("f%" G_GINT64_MODIFIER "x.%" G_GINT64_MODIFIER "x.%" G_GINT64_MODIFIER "x",
                            (guint64)self->inode, (guint64)self->offset, self->stamp);
}

static void
postern_mail_file_finalize (GObject *object)
{
    PosternMailFile *self = POSTERN_MAIL_FILE (object);

    close_file (POSTERN_MAIL_SOURCE (self));
    g_free (self->path);

    G_OBJECT_CLASS (postern_mail_file_parent_class)->finalize (object);
}

static void
postern_mail_file_class_init (PosternMailFileClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_mail_file_finalize;
}

static void
postern_mail_file_init (PosternMailFile *self)
{
    self->fd = -1;
}

static void
postern_mail_file_iface_init (PosternMailSourceInterface *iface)
{
    iface->get_kind = get_kind;
    iface->advance = advance;
    iface->read = read_lines;
    iface->get_position = get_position;
    iface->close = close_file;
}

PosternMailSource *
postern_mail_file_new (const char *path)
{
    PosternMailFile *self = g_object_new (POSTERN_TYPE_MAIL_FILE, NULL);

    self->path = g_strdup (path);
    return POSTERN_MAIL_SOURCE (self);
}

const char *
postern_mail_file_get_path (PosternMailFile *self)
{
    return self->path;
}
