/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "service/postern-api.h"
#include "service/postern-reply.h"

G_BEGIN_DECLS

/**
 * PosternNetworkProbe:
 *
 * A kind of probe by which the gateway looks at the network around it: DNS, or another host's SMTP server.
 *
 * Whoever has a token, be it one that may only read, can have the gateway connect to other hosts, so this must be of no
 * use for anything but mail: it connects only to the ports of SMTP and to ports that the current configuration names;
 * never to this host's own loopback addresses, nor to link-local, multicast or unspecified ones, whatever name they go
 * by; it speaks nothing but SMTP, and says neither DATA nor anything that a client chooses beyond two addresses; four
 * run at a time and 120 in a minute, none of them longer than half a minute.
 */
typedef struct _PosternNetworkProbe PosternNetworkProbe;

/** postern_network_probe_find: Returns: (transfer none) (nullable): the kind of that name */
const PosternNetworkProbe *postern_network_probe_find (const char *kind);

/** postern_network_probe_get_kinds: Returns: (transfer none): the names of all kinds, %NULL-terminated */
const char *const *postern_network_probe_get_kinds (void);

/** postern_network_probe_run: Returns: (transfer full): the answer to the document @object, which asks for @self */
PosternReply *postern_network_probe_run (const PosternNetworkProbe *self, PosternApi *api, JsonObject *object);

G_END_DECLS
