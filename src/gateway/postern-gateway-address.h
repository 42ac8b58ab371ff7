/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PosternGatewayKind:
 * @POSTERN_GATEWAY_KIND_UNKNOWN: not said yet; see postern_gateway_detect_kind()
 * @POSTERN_GATEWAY_KIND_POSTERN: a Postern gateway, told over the Gateway API
 * @POSTERN_GATEWAY_KIND_PMG: a Proxmox Mail Gateway
 */
typedef enum {
    POSTERN_GATEWAY_KIND_UNKNOWN,
    POSTERN_GATEWAY_KIND_POSTERN,
    POSTERN_GATEWAY_KIND_PMG,
} PosternGatewayKind;

#define POSTERN_TYPE_GATEWAY_KIND (postern_gateway_kind_get_type ())
GType postern_gateway_kind_get_type (void) G_GNUC_CONST;

/** postern_gateway_kind_get_title: Returns: (transfer none): “Postern gateway”, “Proxmox Mail Gateway” or “Unknown”,
 * translated */
const char *postern_gateway_kind_get_title (PosternGatewayKind kind);
/** postern_gateway_kind_get_default_port: Returns: 8443, 8006, or 0 for an unknown kind */
guint16 postern_gateway_kind_get_default_port (PosternGatewayKind kind);

/**
 * PosternGatewayAddress:
 *
 * Where a gateway is: kind, host and port. Immutable and reference-counted; may be shared between threads.
 */
typedef struct _PosternGatewayAddress PosternGatewayAddress;

#define POSTERN_TYPE_GATEWAY_ADDRESS (postern_gateway_address_get_type ())
GType postern_gateway_address_get_type (void) G_GNUC_CONST;

/**
 * postern_gateway_address_parse:
 * @text: `https://host[:port]` (a Postern gateway), `pmg://host[:port]`, or without a kind `host`, `host:port`, an IPv4
 * or IPv6 address, `[v6]:port`; white space around it and one trailing slash are forgiven
 * @error: return location for an error, or %NULL
 *
 * Refuses user names, paths, queries and plain http.
 *
 * Returns: (transfer full) (nullable): an address, or %NULL with %POSTERN_GATEWAY_ERROR_ADDRESS
 */
PosternGatewayAddress *postern_gateway_address_parse (const char *text, GError **error);

/**
 * postern_gateway_address_with_kind:
 * @self: an address
 * @kind: a kind
 * @port: a port, or 0 to keep what @self says
 *
 * Returns: (transfer full): the same host with @kind
 */
PosternGatewayAddress *postern_gateway_address_with_kind (PosternGatewayAddress *self, PosternGatewayKind kind,
                                                          guint16 port);

PosternGatewayAddress *postern_gateway_address_ref (PosternGatewayAddress *self);
void postern_gateway_address_unref (PosternGatewayAddress *self);

PosternGatewayKind postern_gateway_address_get_kind (PosternGatewayAddress *self);
/** postern_gateway_address_get_host: Returns: (transfer none): the A-label name, or the address without brackets */
const char *postern_gateway_address_get_host (PosternGatewayAddress *self);
/** postern_gateway_address_get_port: Returns: the port as it was said, 0 if it was not */
guint16 postern_gateway_address_get_port (PosternGatewayAddress *self);
/** postern_gateway_address_get_effective_port: Returns: the port, or the kind's default; 8443 for an unknown kind
 * without a port */
guint16 postern_gateway_address_get_effective_port (PosternGatewayAddress *self);
gboolean postern_gateway_address_equal (PosternGatewayAddress *a, PosternGatewayAddress *b);

/**
 * postern_gateway_address_to_string:
 * @self: an address
 *
 * Returns: (transfer full): the canonical form that postern_gateway_address_parse() reads and that identifies a gateway
 * in settings, keyring and journal: `https://gw.example.com:8443`, `pmg://[2001:db8::1]:8006`, or `gw.example.com` for
 * an unknown kind
 */
char *postern_gateway_address_to_string (PosternGatewayAddress *self);

/** postern_gateway_address_to_display: Returns: (transfer full): the host for a person (U-labels), with the port where
 * it is not the kind's default */
char *postern_gateway_address_to_display (PosternGatewayAddress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternGatewayAddress, postern_gateway_address_unref)

G_END_DECLS
