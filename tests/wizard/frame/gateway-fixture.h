/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/*
 * A real posternd that only practises: it keeps revisions and answers the API, and carries no mail.
 */
typedef struct {
    GSubprocess *process;
    GDataInputStream *log;
    char *directory;
    char *address; /* "127.0.0.1:40123" */
    char *token;
    char *fingerprint; /* "sha256:…" */
} GatewayFixture;

GatewayFixture *gateway_fixture_new (void);
/** Ends the process at once, as a power cut does. */
void gateway_fixture_kill (GatewayFixture *self);
void gateway_fixture_free (GatewayFixture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GatewayFixture, gateway_fixture_free)
