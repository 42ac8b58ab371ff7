/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-mail-source.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_MAIL_FILE (postern_mail_file_get_type ())

/**
 * PosternMailFile:
 *
 * A mail log in a file, that of postlogd(8) or of a syslog daemon. A rotated log is read to its end: it is kept open,
 * or found beside with “.1” behind its name. A file that was emptied (copytruncate) is read from its beginning.
 */
G_DECLARE_FINAL_TYPE (PosternMailFile, postern_mail_file, POSTERN, MAIL_FILE, GObject)

/** postern_mail_file_new: @path: the file, which may come to be later */
PosternMailSource *postern_mail_file_new (const char *path);

const char *postern_mail_file_get_path (PosternMailFile *self);

G_END_DECLS
