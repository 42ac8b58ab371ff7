/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PosternNextHop:
 *
 * One address at which a server that delivers mail would try: host, address, port, and the preference of the MX record
 * it came from (0 without one). Immutable and reference-counted.
 */
typedef struct _PosternNextHop PosternNextHop;

#define POSTERN_TYPE_NEXT_HOP (postern_next_hop_get_type ())
GType postern_next_hop_get_type (void) G_GNUC_CONST;

PosternNextHop *postern_next_hop_new (const char *host, GInetAddress *address, guint16 port, guint16 preference);
PosternNextHop *postern_next_hop_ref (PosternNextHop *self);
void postern_next_hop_unref (PosternNextHop *self);

/** postern_next_hop_get_host: Returns: (transfer none): the host's name, or its address as text where no name was given
 */
const char *postern_next_hop_get_host (PosternNextHop *self);

/** postern_next_hop_get_address: Returns: (transfer none): the address */
GInetAddress *postern_next_hop_get_address (PosternNextHop *self);

guint16 postern_next_hop_get_port (PosternNextHop *self);
guint16 postern_next_hop_get_preference (PosternNextHop *self);

/** postern_next_hop_to_display: Returns: (transfer full): the hop for a person, such as "mx1.example.com[192.0.2.1]:25"
 */
char *postern_next_hop_to_display (PosternNextHop *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternNextHop, postern_next_hop_unref)

G_END_DECLS
