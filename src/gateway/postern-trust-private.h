/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-trust.h"

G_BEGIN_DECLS

/*
 * postern_trust_new_any: believes every certificate. Only for asking what needs no secret and is not relied on: which
 * kind of gateway answers. postern_http_send() refuses to send a token under it.
 */
PosternTrust *postern_trust_new_any (void);

gboolean postern_trust_is_any (PosternTrust *self);

/*
 * postern_trust_get_database: the CAs that count, or NULL: under a pin there are none, so that every certificate comes
 * before postern_trust_accepts().
 */
GTlsDatabase *postern_trust_get_database (PosternTrust *self);

/* postern_trust_accepts: whether a certificate that the database does not vouch for is believed all the same. */
gboolean postern_trust_accepts (PosternTrust *self, GTlsCertificate *certificate);

/*
 * postern_trust_prepare:
 * @stream: a TLS connection before its handshake
 *
 * Has the handshake be a whole one. In a session that is resumed nobody looks at the certificate again; and it may go
 * back to a connection that believed anyone, because it only asked what kind of gateway there is.
 */
void postern_trust_prepare (GIOStream *stream);

/*
 * postern_trust_check:
 * @certificate: (nullable): what the other side has shown, its chain included
 * @identity: whom we want to speak to
 * @flags: (out): what is wrong with it
 *
 * Once more and whatever the TLS library made of it, before the first byte is sent.
 *
 * Returns: whether it is believed
 */
gboolean postern_trust_check (PosternTrust *self, GTlsCertificate *certificate, GSocketConnectable *identity,
                              GTlsCertificateFlags *flags);

G_END_DECLS
