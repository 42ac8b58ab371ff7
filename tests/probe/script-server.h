/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SCRIPT_PAUSE_MS 200

/**
 * ScriptAction:
 * @SCRIPT_END: the end of the script: the connection is closed
 * @SCRIPT_SAY: sends the text
 * @SCRIPT_SAY_BYTES: sends the text in segments of one byte
 * @SCRIPT_HEAR: reads a line, which must match the text as a glob pattern
 * @SCRIPT_HEAR_END: reads, and the client must have closed the connection without another word
 * @SCRIPT_HOLD: keeps silent until the client closes the connection, whatever it says
 * @SCRIPT_PAUSE: lets the client wait for %SCRIPT_PAUSE_MS; only for what measures how long an answer takes
 * @SCRIPT_TRICKLE: sends the text again and again, slowly, until the client closes the connection
 * @SCRIPT_FLOOD: sends the text again and again until the client closes the connection
 * @SCRIPT_CANCEL: cancels the server's cancellable, from the server's thread
 * @SCRIPT_TLS: goes on under TLS
 * @SCRIPT_HEAR_TLS: reads a byte, which must be the first one of a TLS handshake
 *
 * One thing that a scripted server does.
 */
typedef enum {
    SCRIPT_END,
    SCRIPT_SAY,
    SCRIPT_SAY_BYTES,
    SCRIPT_HEAR,
    SCRIPT_HEAR_END,
    SCRIPT_HOLD,
    SCRIPT_PAUSE,
    SCRIPT_TRICKLE,
    SCRIPT_FLOOD,
    SCRIPT_CANCEL,
    SCRIPT_TLS,
    SCRIPT_HEAR_TLS,
} ScriptAction;

typedef struct {
    ScriptAction action;
    const char *text;
} ScriptStep;

/**
 * ScriptServer:
 *
 * An SMTP server in a thread of its own on a free port of 127.0.0.1 that follows a script. Where the client does not do
 * what the script says the server notes it, closes the connection, and script_server_finish() fails the test.
 */
typedef struct _ScriptServer ScriptServer;

/**
 * script_server_start:
 * @steps: the script, ended by %SCRIPT_END; kept by the caller
 * @certificate: (nullable): a certificate with its key, for %SCRIPT_TLS
 * @cancellable: (nullable): what %SCRIPT_CANCEL cancels
 *
 * Returns: (transfer full): a server that accepts connections
 */
ScriptServer *script_server_start (const ScriptStep *steps, GTlsCertificate *certificate, GCancellable *cancellable);

guint16 script_server_get_port (ScriptServer *self);

/** script_server_finish: waits for the script's end, asserts that it went as written, and frees @self */
void script_server_finish (ScriptServer *self);

G_END_DECLS
