/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway.h"
#include "gateway/postern-trust.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_PMG_GATEWAY (postern_pmg_gateway_get_type ())

/**
 * PosternPmgGateway:
 *
 * A Proxmox Mail Gateway, told over its REST API (version 6 and later): HTTPS with a ticket, one call per record. There
 * are no transactions; postern_gateway_write() takes back what it has written when a call fails, and its
 * %POSTERN_GATEWAY_ERROR_STUCK lists what it could not take back. A revision is made of the digest of Proxmox's mail
 * settings and a hash of its lists. It keeps no old revisions and answers no flow probes.
 *
 * The login is kept between calls; calls from several threads wait for each other.
 *
 * Properties (construct-only, write-only): `address`, `trust`, `user`, `password`, `patience-seconds` (the longest time
 * for one request), `renew-seconds` (how old a ticket becomes), `pause-milliseconds` (before something is tried again),
 * `map-milliseconds` (what passes before the last write to a Postfix map), `settle-milliseconds` (for how long a call
 * that nobody waits for any more may yet be carried out).
 */
G_DECLARE_FINAL_TYPE (PosternPmgGateway, postern_pmg_gateway, POSTERN, PMG_GATEWAY, PosternGateway)

/**
 * postern_pmg_gateway_new:
 * @address: where it is; without a port, 8006
 * @trust: by what its certificate is believed
 * @user: with its realm, such as `admin@pmg` or `root@pam`
 * @password: its password; a line end at its end is cut off
 *
 * Does not connect.
 *
 * Returns: (transfer full): a gateway
 */
PosternGateway *postern_pmg_gateway_new (PosternGatewayAddress *address, PosternTrust *trust, const char *user,
                                         const char *password);

G_END_DECLS
