/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-mail-log.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "service/postern-mail-file.h"
#include "service/postern-mail-journal.h"
#include "service/postern-mail-tracker.h"
#include "service/postern-service-error.h"

#define JOURNAL "journal"
#define IDLE_SECONDS 60 /* how long a file that nobody asks about is kept open, which a rotation may have removed */

struct _PosternMailLog {
    PosternPostfixHost *host; /* not ours */
    char *where;

    GMutex lock; /* for what follows */
    char *found; /* where it is read, as @where would say it; NULL if that is to be found out anew */
    PosternMailSource *source;
    PosternMailTracker *tracker;
    GQueue events; /* of PosternMailEvent, oldest first */
    char *floor;   /* the cursor before the first of them */
    GDateTime *now;
    gint64 asked;
    gboolean idle; /* whether nobody has asked for a while */
    guint timer;
};

PosternMailLog *
postern_mail_log_new (PosternPostfixHost *host, const char *where)
{
    PosternMailLog *self = g_new0 (PosternMailLog, 1);

    self->host = host;
    self->where = g_strdup (where);
    g_mutex_init (&self->lock);
    g_queue_init (&self->events);
    return self;
}

static void
clear_events (PosternMailLog *self)
{
    g_queue_clear_full (&self->events, (GDestroyNotify)postern_mail_event_unref);
    g_clear_pointer (&self->floor, g_free);
}

void
postern_mail_log_free (PosternMailLog *self)
{
    if (self->timer > 0)
        g_source_remove (self->timer);
    clear_events (self);
    g_clear_object (&self->source);
    g_clear_pointer (&self->tracker, postern_mail_tracker_free);
    g_free (self->where);
    g_free (self->found);
    g_mutex_clear (&self->lock);
    g_free (self);
}

static char *
find_syslog_file (GError **error)
{
    static const char *const names[] = { "/var/log/mail.log", "/var/log/maillog" }; /* Debian's, Fedora's */

    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        if (g_file_test (names[i], G_FILE_TEST_IS_REGULAR))
            return g_strdup (names[i]);
    }
    g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE,
                         _ ("Postfix's log is neither in a file nor in the journal. Start posternd with --mail-log."));
    return NULL;
}

/* postconf(5) maillog_file: empty for syslogd, and /dev/stdout for who collects what a container says. */
static char *
find_log (PosternMailLog *self, const char *facility, GError **error)
{
    g_autofree char *file = NULL;

    if (self->where)
        return g_strdup (self->where);
    file = postern_postfix_host_get_parameter (self->host, "maillog_file", error);
    if (file == NULL)
        return NULL;
    if (*file == '/' && !g_str_has_prefix (file, "/dev/"))
        return g_steal_pointer (&file);
    return postern_mail_journal_is_used (NULL, facility) ? g_strdup (JOURNAL) : find_syslog_file (error);
}

static PosternMailSource *
source_new (const char *found, const char *facility)
{
    if (g_str_equal (found, JOURNAL))
        return postern_mail_journal_new (NULL, facility);
    if (g_str_has_prefix (found, JOURNAL ":"))
        return postern_mail_journal_new (found + strlen (JOURNAL ":"), facility);
    return postern_mail_file_new (found);
}

/* Sees to it that there is a source: the same one as before unless Postfix logs elsewhere now. */
static gboolean
find_source (PosternMailLog *self, GError **error)
{
    g_autofree char *facility = NULL;
    g_autofree char *name = NULL;
    g_autofree char *found = NULL;

    if (self->found)
        return TRUE;
    facility = postern_postfix_host_get_parameter (self->host, "syslog_facility", error);
    name = facility ? postern_postfix_host_get_parameter (self->host, "syslog_name", error) : NULL;
    found = name ? find_log (self, facility, error) : NULL;
    if (found == NULL)
        return FALSE;
    self->found = g_steal_pointer (&found);
    g_clear_object (&self->source);
    g_clear_pointer (&self->tracker, postern_mail_tracker_free);
    clear_events (self);
    self->source = source_new (self->found, facility);
    self->tracker = postern_mail_tracker_new (name);
    return TRUE;
}

/* Postfix may be told to log elsewhere: from time to time that is looked at again. */
static void
wake_up (PosternMailLog *self)
{
    g_autofree char *facility = NULL;
    g_autofree char *found = NULL;

    if (!self->idle || self->found == NULL)
        return;
    facility = postern_postfix_host_get_parameter (self->host, "syslog_facility", NULL);
    found = facility ? find_log (self, facility, NULL) : NULL;
    if (found && !g_str_equal (found, self->found))
        g_clear_pointer (&self->found, g_free);
    self->idle = FALSE;
}

static void
sink_cb (const PosternMailLine *line, gpointer data)
{
    PosternMailLog *self = data;
    PosternMailEvent *event = postern_mail_tracker_feed (self->tracker, line);

    if (event == NULL)
        return;
    event->time = postern_mail_line_get_time (line, self->now);
    event->cursor = postern_mail_source_get_position (self->source);
    g_queue_push_tail (&self->events, event);
    if (self->events.length > POSTERN_MAIL_LOG_MOST_EVENTS) {
        g_autoptr (PosternMailEvent) oldest = g_queue_pop_head (&self->events);

        g_set_str (&self->floor, oldest->cursor);
    }
}

static gboolean
read_on (PosternMailLog *self, GError **error)
{
    g_autoptr (GDateTime) now = g_date_time_new_now_local ();
    PosternMailProgress progress = postern_mail_source_advance (self->source, error);

    if (progress == POSTERN_MAIL_PROGRESS_FAILED)
        return FALSE;
    if (progress == POSTERN_MAIL_PROGRESS_GAP) {
        clear_events (self);
        postern_mail_tracker_forget (self->tracker);
        self->floor = postern_mail_source_get_position (self->source);
    }
    self->now = now;
    return postern_mail_source_read (self->source, sink_cb, self, error);
}

/* On the main context, which waits for nobody: whoever has the lock asks at this moment. */
static gboolean
idle_cb (gpointer data)
{
    PosternMailLog *self = data;
    gboolean idle;

    if (!g_mutex_trylock (&self->lock))
        return G_SOURCE_CONTINUE;
    idle = g_get_monotonic_time () - self->asked >= IDLE_SECONDS * G_USEC_PER_SEC;
    if (idle) {
        postern_mail_source_close (self->source);
        self->idle = TRUE;
        self->timer = 0;
    }
    g_mutex_unlock (&self->lock);
    return idle ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* The first event after @after; NULL if there is none. @known: (out): whether @after is a place that is known. */
static GList *
find_after (PosternMailLog *self, const char *after, gboolean *known)
{
    *known = TRUE;
    if (g_str_equal (after, self->floor))
        return self->events.head;
    for (GList *at = self->events.tail; at; at = at->prev) {
        if (g_str_equal (((PosternMailEvent *)at->data)->cursor, after))
            return at->next;
    }
    *known = FALSE;
    return self->events.head;
}

static void
fill_page (PosternMailLog *self, const char *after, guint most, PosternMailLogPage *page)
{
    gboolean known = TRUE;
    GList *at = after ? find_after (self, after, &known)
                      : g_queue_peek_nth_link (&self->events, self->events.length - MIN (most, self->events.length));
    const char *cursor = after && known ? after : self->floor;

    for (; at && page->events->len < most; at = at->next) {
        g_ptr_array_add (page->events, postern_mail_event_ref (at->data));
        cursor = ((PosternMailEvent *)at->data)->cursor;
    }
    page->kind = postern_mail_source_get_kind (self->source);
    page->gap = !known;
    page->more = at != NULL;
    page->cursor = g_strdup (cursor);
}

gboolean
postern_mail_log_read (PosternMailLog *self, const char *after, guint most, PosternMailLogPage *page, GError **error)
{
    g_autoptr (GMutexLocker) locker = NULL;

    g_return_val_if_fail (self != NULL && page != NULL, FALSE);

    *page = (PosternMailLogPage){ 0 };
    locker = g_mutex_locker_new (&self->lock);
    self->asked = g_get_monotonic_time ();
    wake_up (self);
    if (!find_source (self, error) || !read_on (self, error))
        return FALSE;
    if (self->timer == 0)
        self->timer = g_timeout_add_seconds (IDLE_SECONDS, idle_cb, self);
    page->events = g_ptr_array_new_with_free_func ((GDestroyNotify)postern_mail_event_unref);
    fill_page (self, after, most, page);
    return TRUE;
}

void
postern_mail_log_page_clear (PosternMailLogPage *self)
{
    g_clear_pointer (&self->events, g_ptr_array_unref);
    g_clear_pointer (&self->cursor, g_free);
}
