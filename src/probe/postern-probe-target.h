/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-smtp-timeouts.h"

G_BEGIN_DECLS

/**
 * PosternProbeTarget:
 *
 * Whom a probe asks and how: host, port and MX lookup, and what the probe says of itself. Not changed by a probe; one
 * target may serve several probes, also at the same time, once it is set up.
 */
#define POSTERN_TYPE_PROBE_TARGET (postern_probe_target_get_type ())
G_DECLARE_FINAL_TYPE (PosternProbeTarget, postern_probe_target, POSTERN, PROBE_TARGET, GObject)

/**
 * postern_probe_target_new:
 * @host: a host name (U- or A-labels) or an address without brackets
 * @port: 1 to 65535
 * @mx: whether the MX records of @host say where to go
 *
 * Returns: (transfer full): a target with default settings
 */
PosternProbeTarget *postern_probe_target_new (const char *host, guint16 port, gboolean mx);

/** postern_probe_target_set_hello_name: @name: (nullable): what to say in EHLO; %NULL, the default, for the own address
 * in brackets */
void postern_probe_target_set_hello_name (PosternProbeTarget *self, const char *name);

/** postern_probe_target_set_local_address: @address: (nullable): the address of this computer to connect from; %NULL,
 * the default, for any */
void postern_probe_target_set_local_address (PosternProbeTarget *self, GInetAddress *address);

/** postern_probe_target_set_timeouts: @timeouts: (nullable): how patient to be; the overall time is for the whole probe
 */
void postern_probe_target_set_timeouts (PosternProbeTarget *self, const PosternSmtpTimeouts *timeouts);

/** PosternProbeFilter: Returns: whether a probe may connect to @address */
typedef gboolean (*PosternProbeFilter) (GInetAddress *address);

/** postern_probe_target_set_filter: @filter: (nullable): says of every address that the host turns out to have whether
 * it may be asked; %NULL, the default, for all */
void postern_probe_target_set_filter (PosternProbeTarget *self, PosternProbeFilter filter);

const char *postern_probe_target_get_host (PosternProbeTarget *self);
guint16 postern_probe_target_get_port (PosternProbeTarget *self);
gboolean postern_probe_target_get_mx (PosternProbeTarget *self);

/** postern_probe_target_get_hello_name: Returns: (transfer none) (nullable): what to say in EHLO */
const char *postern_probe_target_get_hello_name (PosternProbeTarget *self);

/** postern_probe_target_get_local_address: Returns: (transfer none) (nullable): the address to connect from */
GInetAddress *postern_probe_target_get_local_address (PosternProbeTarget *self);

/** postern_probe_target_get_filter: Returns: (nullable): which addresses may be asked */
PosternProbeFilter postern_probe_target_get_filter (PosternProbeTarget *self);

/** postern_probe_target_get_timeouts: Returns: (transfer none): how patient to be, without zeros */
const PosternSmtpTimeouts *postern_probe_target_get_timeouts (PosternProbeTarget *self);

/** postern_probe_target_get_name: Returns: (transfer none): the target for a person, such as "mail.example.com:25" */
const char *postern_probe_target_get_name (PosternProbeTarget *self);

G_END_DECLS
