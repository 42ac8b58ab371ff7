/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "scratch.h"
#include "service/postern-mail-file.h"

/* A log file, and a reader of it. */
typedef struct {
    char *directory;
    char *path;
    char *rotated;
    PosternMailSource *source;
} Log;

static void
append (const char *path, const char *text)
{
    FILE *file = g_fopen (path, "a");

    g_assert_nonnull (file);
    fputs (text, file);
    fclose (file);
}

/* One line whose message is @message. */
static void
write_line (const char *path, const char *message)
{
    g_autofree char *line = g_strdup_printf ("Nov 27 04:07:23 gw postfix/smtpd[1]: %s\n", message);

    append (path, line);
}

static void
set_up (Log *log, gconstpointer data)
{
    log->directory = scratch_new ();
    log->path = g_build_filename (log->directory, "mail.log", NULL);
    log->rotated = g_strconcat (log->path, ".1", NULL);
    log->source = postern_mail_file_new (log->path);
    write_line (log->path, "first");
}

static void
tear_down (Log *log, gconstpointer data)
{
    g_object_unref (log->source);
    scratch_remove (log->directory);
    g_free (log->directory);
    g_free (log->path);
    g_free (log->rotated);
}

static void
sink_cb (const PosternMailLine *line, gpointer data)
{
    GString *messages = data;

    if (messages->len > 0)
        g_string_append_c (messages, ' ');
    g_string_append (messages, line->message);
}

/* The messages that are new, and whether some before them are missing. */
static void
assert_reads (Log *log, const char *expected, gboolean expected_gap)
{
    g_autoptr (GString) messages = g_string_new (NULL);
    g_autoptr (GError) error = NULL;
    PosternMailProgress progress = postern_mail_source_advance (log->source, &error);

    g_assert_no_error (error);
    g_assert_true (postern_mail_source_read (log->source, sink_cb, messages, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (messages->str, ==, expected);
    g_assert_cmpint (progress, ==, expected_gap ? POSTERN_MAIL_PROGRESS_GAP : POSTERN_MAIL_PROGRESS_CONTINUOUS);
}

static void
test_grows (Log *log, gconstpointer data)
{
    assert_reads (log, "first", TRUE);
    assert_reads (log, "", FALSE);
    write_line (log->path, "second");
    append (log->path, "Nov 27 04:07:23 gw postfix/smtpd[1]: half");
    assert_reads (log, "second", FALSE);
    append (log->path, " done\nnot a line of syslog\n\n");
    assert_reads (log, "half done", FALSE);
}

/* logrotate: renamed, made anew, and the writer goes on in the old file until it is told. */
static void
test_renamed (Log *log, gconstpointer data)
{
    assert_reads (log, "first", TRUE);
    g_assert_no_errno (g_rename (log->path, log->rotated));
    write_line (log->rotated, "late");
    assert_reads (log, "late", FALSE);
    append (log->path, "");
    write_line (log->rotated, "later");
    assert_reads (log, "later", FALSE);
    write_line (log->rotated, "last");
    write_line (log->path, "new");
    assert_reads (log, "last new", FALSE);
    write_line (log->path, "newer");
    assert_reads (log, "newer", FALSE);
}

/* “postfix logrotate” compresses the old file: nothing of that name is left. */
static void
test_removed (Log *log, gconstpointer data)
{
    assert_reads (log, "first", TRUE);
    write_line (log->path, "unread");
    g_assert_no_errno (g_unlink (log->path));
    write_line (log->path, "new");
    assert_reads (log, "unread new", FALSE);
}

static void
test_emptied (Log *log, gconstpointer data)
{
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;

    assert_reads (log, "first", TRUE);
    before = postern_mail_source_get_position (log->source);
    g_assert_true (g_file_set_contents_full (log->path, "", 0, G_FILE_SET_CONTENTS_NONE, 0644, NULL));
    write_line (log->path, "again");
    assert_reads (log, "again", FALSE);
    after = postern_mail_source_get_position (log->source);
    g_assert_cmpstr (before, !=, after);
}

/* Nobody asked for a while; meanwhile the log was rotated, once or twice. */
static void
test_closed (Log *log, gconstpointer data)
{
    assert_reads (log, "first", TRUE);
    postern_mail_source_close (log->source);
    write_line (log->path, "second");
    assert_reads (log, "second", FALSE);
    postern_mail_source_close (log->source);
    write_line (log->path, "third");
    g_assert_no_errno (g_rename (log->path, log->rotated));
    write_line (log->path, "fourth");
    assert_reads (log, "third fourth", FALSE);
    postern_mail_source_close (log->source);
    g_assert_no_errno (g_unlink (log->rotated));
    g_assert_no_errno (g_unlink (log->path));
    write_line (log->path, "fifth of another file");
    assert_reads (log, "fifth of another file", TRUE);
}

/* Reading begins near the end; a line that is none is passed over, however long; what is not text does no harm. */
static void
test_bounded (Log *log, gconstpointer data)
{
    g_autofree char *junk = g_strnfill (6 * 1024 * 1024, 'x');
    g_autofree char *more = g_strnfill (20 * 1024 * 1024, 'y');

    append (log->path, junk);
    append (log->path, "\n");
    write_line (log->path, "second");
    append (log->path, "Nov 27 04:07:23 gw postfix/smtpd[1]: \xff\xfe\n");
    assert_reads (log, "second \xff\xfe", TRUE);
    append (log->path, more);
    append (log->path, "\n");
    write_line (log->path, "third");
    assert_reads (log, "third", TRUE);
}

static void
test_not_a_file (Log *log, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternMailSource) directory = postern_mail_file_new (log->directory);
    g_autoptr (PosternMailSource) nothing = postern_mail_file_new (log->rotated);
    g_autoptr (PosternMailSource) device = postern_mail_file_new ("/dev/zero");

    g_assert_cmpint (postern_mail_source_advance (nothing, &error), ==, POSTERN_MAIL_PROGRESS_FAILED);
    g_assert_nonnull (strstr (error->message, log->rotated));
    g_assert_cmpint (postern_mail_source_advance (directory, NULL), ==, POSTERN_MAIL_PROGRESS_FAILED);
    g_assert_cmpint (postern_mail_source_advance (device, NULL), ==, POSTERN_MAIL_PROGRESS_FAILED);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/mail-file/" #name, Log, NULL, set_up, test_##name, tear_down)
    ADD (grows);
    ADD (renamed);
    ADD (removed);
    ADD (emptied);
    ADD (closed);
    ADD (bounded);
    ADD (not_a_file);
    return g_test_run ();
}
