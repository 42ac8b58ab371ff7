/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-mail-journal.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#ifdef HAVE_SYSTEMD
#include <systemd/sd-journal.h>
#endif

#include "service/postern-service-error.h"

#define FIRST_TIME 20000 /* how many entries before the end reading begins */
#define MOST_AT_ONCE 100000
#define LONGEST_MESSAGE 8192

struct _PosternMailJournal {
    GObject parent_instance;

    char *directory;
    char *facility; /* its number */
    char *cursor;   /* of the entry that was read last; NULL before */
#ifdef HAVE_SYSTEMD
    sd_journal *journal; /* between advance() and the end of read(): it may be used by one thread only */
#endif
};

static void postern_mail_journal_iface_init (PosternMailSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PosternMailJournal, postern_mail_journal, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (POSTERN_TYPE_MAIL_SOURCE, postern_mail_journal_iface_init))

static const char *
get_kind (PosternMailSource *source)
{
    return "journal";
}

#ifdef HAVE_SYSTEMD

static gboolean
fail (int status, GError **error)
{
    /* Translators: %s is why not, such as “Permission denied”. */
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE, _ ("The journal cannot be read: %s"),
                 g_strerror (-status));
    return FALSE;
}

static int
open_journal (PosternMailJournal *self)
{
    g_autofree char *match = g_strconcat ("SYSLOG_FACILITY=", self->facility, NULL);
    int status = self->directory ? sd_journal_open_directory (&self->journal, self->directory, 0)
                                 : sd_journal_open (&self->journal, SD_JOURNAL_LOCAL_ONLY);

    return status < 0 ? status : sd_journal_add_match (self->journal, match, 0);
}

static void
close_journal (PosternMailSource *source)
{
    g_clear_pointer (&POSTERN_MAIL_JOURNAL (source)->journal, sd_journal_close);
}

/* To the entry that was read last. Its journal file may be gone by now. */
static gboolean
find_place (PosternMailJournal *self)
{
    return self->cursor && sd_journal_seek_cursor (self->journal, self->cursor) >= 0 &&
           sd_journal_next (self->journal) > 0 && sd_journal_test_cursor (self->journal, self->cursor) > 0;
}

/* To the entry before the last @most ones. */
static void
go_near_end (PosternMailJournal *self, guint64 most)
{
    g_autofree char *cursor = NULL;

    sd_journal_seek_tail (self->journal);
    if (sd_journal_previous_skip (self->journal, most + 1) < (int)most + 1)
        sd_journal_seek_head (self->journal);
    else
        sd_journal_get_cursor (self->journal, &cursor);
    g_set_str (&self->cursor, cursor);
}

/* How many entries there are behind this place, up to one more than @most; then back to it. */
static gboolean
is_behind (PosternMailJournal *self, guint64 most)
{
    gboolean behind = sd_journal_next_skip (self->journal, most + 1) > (int)most;

    return !find_place (self) || behind;
}

static PosternMailProgress
advance (PosternMailSource *source, GError **error)
{
    PosternMailJournal *self = POSTERN_MAIL_JOURNAL (source);
    int status;

    close_journal (source);
    status = open_journal (self);
    if (status < 0) {
        fail (status, error);
        return POSTERN_MAIL_PROGRESS_FAILED;
    }
    if (find_place (self) && !is_behind (self, MOST_AT_ONCE))
        return POSTERN_MAIL_PROGRESS_CONTINUOUS;
    go_near_end (self, FIRST_TIME);
    return POSTERN_MAIL_PROGRESS_GAP;
}

/* The value of @field in the current entry, made fit for one line; NULL if it has none. */
static char *
read_field (PosternMailJournal *self, const char *field)
{
    const void *data;
    size_t length, prefix = strlen (field) + 1;

    if (sd_journal_get_data (self->journal, field, &data, &length) < 0 || length < prefix)
        return NULL;
    return g_utf8_make_valid ((const char *)data + prefix, (gssize)MIN (length - prefix, LONGEST_MESSAGE));
}

static void
give_entry (PosternMailJournal *self, PosternMailSink sink, gpointer user_data)
{
    g_autofree char *program = read_field (self, "SYSLOG_IDENTIFIER");
    g_autofree char *message = program ? read_field (self, "MESSAGE") : NULL;
    PosternMailLine line = { .program = program, .message = message };
    uint64_t time;

    if (message == NULL || sd_journal_get_realtime_usec (self->journal, &time) < 0)
        return;
    line.time = (gint64)time;
    sink (&line, user_data);
}

static gboolean
read_entries (PosternMailSource *source, PosternMailSink sink, gpointer data, GError **error)
{
    PosternMailJournal *self = POSTERN_MAIL_JOURNAL (source);
    int status;

    g_return_val_if_fail (self->journal != NULL, FALSE);

    while ((status = sd_journal_next (self->journal)) > 0) {
        g_autofree char *cursor = NULL;

        if (sd_journal_get_cursor (self->journal, &cursor) < 0)
            continue;
        g_set_str (&self->cursor, cursor);
        give_entry (self, sink, data);
    }
    close_journal (source);
    return status >= 0 || fail (status, error);
}

gboolean
postern_mail_journal_is_used (const char *directory, const char *facility)
{
    g_autoptr (PosternMailSource) source = postern_mail_journal_new (directory, facility);
    PosternMailJournal *self = POSTERN_MAIL_JOURNAL (source);
    gboolean used = open_journal (self) >= 0 && sd_journal_seek_tail (self->journal) >= 0 &&
                    sd_journal_previous (self->journal) > 0;

    close_journal (source);
    return used;
}

#else

static void
close_journal (PosternMailSource *source)
{
}

static PosternMailProgress
advance (PosternMailSource *source, GError **error)
{
    g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE,
                         _ ("This posternd was built without the journal."));
    return POSTERN_MAIL_PROGRESS_FAILED;
}

static gboolean
read_entries (PosternMailSource *source, PosternMailSink sink, gpointer data, GError **error)
{
    return advance (source, error) != POSTERN_MAIL_PROGRESS_FAILED;
}

gboolean
postern_mail_journal_is_used (const char *directory, const char *facility)
{
    return FALSE;
}

#endif

/* systemd's cursor is long and has characters that a URL escapes; a hash of it names the place as well. */
static char *
get_position (PosternMailSource *source)
{
    PosternMailJournal *self = POSTERN_MAIL_JOURNAL (source);
    g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->cursor ? self->cursor : "", -1);

    return g_strdup_printf ("j%.32s", hash);
}

static void
postern_mail_journal_finalize (GObject *object)
{
    PosternMailJournal *self = POSTERN_MAIL_JOURNAL (object);

    close_journal (POSTERN_MAIL_SOURCE (self));
    g_free (self->directory);
    g_free (self->facility);
    g_free (self->cursor);

    G_OBJECT_CLASS (postern_mail_journal_parent_class)->finalize (object);
}

static void
postern_mail_journal_class_init (PosternMailJournalClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_mail_journal_finalize;
}

static void
postern_mail_journal_init (PosternMailJournal *self)
{
}

static void
postern_mail_journal_iface_init (PosternMailSourceInterface *iface)
{
    iface->get_kind = get_kind;
    iface->advance = advance;
    iface->read = read_entries;
    iface->get_position = get_position;
    iface->close = close_journal;
}

/* RFC 5424, table 1; syslog(3) has no names for the ones between. */
static guint
number_of (const char *facility)
{
    static const char *const names[] = { "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp" };

    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        if (g_str_equal (facility, names[i]))
            return i;
    }
    if (g_str_has_prefix (facility, "local") && g_ascii_isdigit (facility[strlen ("local")]))
        return 16 + (guint)(facility[strlen ("local")] - '0');
    return 2;
}

PosternMailSource *
postern_mail_journal_new (const char *directory, const char *facility)
{
    PosternMailJournal *self = g_object_new (POSTERN_TYPE_MAIL_JOURNAL, NULL);

    self->directory = g_strdup (directory);
    self->facility = g_strdup_printf ("%u", number_of (facility));
    return POSTERN_MAIL_SOURCE (self);
}
