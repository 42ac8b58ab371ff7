/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "service/postern-mail-line.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_MAIL_SOURCE (postern_mail_source_get_type ())

/**
 * PosternMailSource:
 *
 * Where the lines of a mail log come from, in the order in which they were written. Blocking; used by one thread at a
 * time.
 */
G_DECLARE_INTERFACE (PosternMailSource, postern_mail_source, POSTERN, MAIL_SOURCE, GObject)

/** PosternMailSink: takes one line, which is gone when it returns */
typedef void (*PosternMailSink) (const PosternMailLine *line, gpointer data);

/** PosternMailProgress: how reading went: whether lines before those that were read are missing, because there were too
 * many or the log is no longer there */
typedef enum {
    POSTERN_MAIL_PROGRESS_FAILED,
    POSTERN_MAIL_PROGRESS_CONTINUOUS,
    POSTERN_MAIL_PROGRESS_GAP,
} PosternMailProgress;

struct _PosternMailSourceInterface {
    GTypeInterface parent_interface;

    const char *(*get_kind) (PosternMailSource *self);
    PosternMailProgress (*advance) (PosternMailSource *self, GError **error);
    gboolean (*read) (PosternMailSource *self, PosternMailSink sink, gpointer data, GError **error);
    char *(*get_position) (PosternMailSource *self);
    void (*close) (PosternMailSource *self);
};

/** postern_mail_source_get_kind: Returns: (transfer none): "file" or "journal" */
const char *postern_mail_source_get_kind (PosternMailSource *self);

/**
 * postern_mail_source_advance:
 * @self: a source
 * @error: return location for an error, or %NULL
 *
 * Before each reading: finds where to go on. The first time, and whenever much has been written meanwhile, that is not
 * far before the end, and %POSTERN_MAIL_PROGRESS_GAP is returned.
 */
PosternMailProgress postern_mail_source_advance (PosternMailSource *self, GError **error);

/** postern_mail_source_read: gives every line that is there by now to @sink */
gboolean postern_mail_source_read (PosternMailSource *self, PosternMailSink sink, gpointer data, GError **error);

/** postern_mail_source_get_position: Returns: (transfer full): the place behind the line that was read last, in
 * letters, digits, “.”, “_” and “-” */
char *postern_mail_source_get_position (PosternMailSource *self);

/** postern_mail_source_close: gives back what it keeps open; reading goes on where it was all the same, as far as that
 * is still there */
void postern_mail_source_close (PosternMailSource *self);

G_END_DECLS
