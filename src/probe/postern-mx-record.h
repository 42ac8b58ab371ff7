/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PosternMxRecord:
 *
 * One MX record: a preference (lower is tried earlier) and a host. Immutable and reference-counted.
 */
typedef struct _PosternMxRecord PosternMxRecord;

#define POSTERN_TYPE_MX_RECORD (postern_mx_record_get_type ())
GType postern_mx_record_get_type (void) G_GNUC_CONST;

/**
 * postern_mx_record_new:
 * @preference: the preference
 * @host: the host; a trailing dot is dropped, so the root (".") becomes the empty string
 *
 * Returns: (transfer full): a record
 */
PosternMxRecord *postern_mx_record_new (guint16 preference, const char *host);

PosternMxRecord *postern_mx_record_ref (PosternMxRecord *self);
void postern_mx_record_unref (PosternMxRecord *self);

guint16 postern_mx_record_get_preference (PosternMxRecord *self);

/** postern_mx_record_get_host: Returns: (transfer none): the host in lower case; the empty string for the root */
const char *postern_mx_record_get_host (PosternMxRecord *self);

/**
 * postern_mx_record_compare:
 * @a: a record
 * @b: another
 *
 * Returns: less than, equal to or greater than 0: by preference, then by name. A server that delivers mail shuffles
 * hosts of equal preference (RFC 5321 section 5.1); a list for people is better always the same.
 */
int postern_mx_record_compare (PosternMxRecord *a, PosternMxRecord *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternMxRecord, postern_mx_record_unref)

G_END_DECLS
