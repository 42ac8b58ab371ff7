/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-rspamd-host.h"
#include "service/postern-scanner-state.h"

G_BEGIN_DECLS

/**
 * PosternScanner:
 *
 * What posternd makes of this host's Rspamd. Two things in the state directory decide about it: the link `scanner`,
 * which leads to the files of one revision, and the file `scanner-deletion`, which is there while refused messages are
 * deleted. Each is switched by one rename; then Rspamd reads its configuration again, and it is only believed to have
 * done so when it says so itself (the mark, see #PosternRspamd).
 *
 * *Deletion is suspended while what is refused changes.* A message that one process refuses by the rules of one
 * configuration, and another deletes by those of the other one, would vanish without a trace. So deletion ends first,
 * and waits until the processes that did it are gone; then the rules change; then it begins.
 *
 * Blocking; for one thread at a time.
 */
typedef struct _PosternScanner PosternScanner;

/** postern_scanner_new: @host: must outlive the scanner; @state_directory: posternd's */
PosternScanner *postern_scanner_new (PosternRspamdHost *host, const char *state_directory);
void postern_scanner_free (PosternScanner *self);

PosternRspamdHost *postern_scanner_get_host (PosternScanner *self);

/**
 * postern_scanner_open:
 * @self: the scanner
 * @state: (nullable): what should be live in it
 * @error: return location for an error, or %NULL
 *
 * Finds out how Rspamd is reached; everything below needs that. It is read from Rspamd's files, which takes half a
 * second, unless a Rspamd that has @state answers where it was reached before.
 *
 * Returns: whether it is known; else %POSTERN_SERVICE_ERROR_COMMAND if the files cannot be read, or
 * %POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE if there is no proxy that takes messages from a mail server
 */
gboolean postern_scanner_open (PosternScanner *self, PosternScannerState *state, GError **error);
/** postern_scanner_reach: as postern_scanner_open(), but where the files cannot be read, as an administrator has made a
 * mistake in them, Rspamd is reached as it was: it keeps what it has until it is started again */
gboolean postern_scanner_reach (PosternScanner *self, PosternScannerState *state, GError **error);
/** postern_scanner_get_settings: Returns: (transfer none): how it is reached */
PosternRspamdSettings *postern_scanner_get_settings (PosternScanner *self);
/** postern_scanner_recall: Returns: (transfer full) (nullable): how it was reached when that was known last; any thread
 * may ask */
PosternRspamdSettings *postern_scanner_recall (PosternScanner *self);

/** postern_scanner_is_running: Returns: whether it is known how it is reached, and anybody takes messages to scan them
 */
gboolean postern_scanner_is_running (PosternScanner *self);
/** postern_scanner_require_running: the same, with %POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE and advice if not */
gboolean postern_scanner_require_running (PosternScanner *self, GError **error);

/**
 * postern_scanner_check:
 * @self: the scanner
 * @state: a state that shall be live
 * @plan: what it was made from
 * @error: return location for an error, or %NULL
 *
 * Lets Rspamd judge its configuration with this state in it, and sees that it comes to what the plan says: whatever
 * else the administrator has set must not undo it.
 */
gboolean postern_scanner_check (PosternScanner *self, PosternScannerState *state, PosternPlan *plan, GError **error);

/** postern_scanner_suspend: if @state is not live, ends deletion, and returns when nobody deletes any more */
gboolean postern_scanner_suspend (PosternScanner *self, PosternScannerState *state, GError **error);
/** postern_scanner_switch: @state: (nullable): a state, or %NULL for Rspamd as it is without posternd; makes its rules
 * the live ones */
gboolean postern_scanner_switch (PosternScanner *self, PosternScannerState *state, GError **error);
/** postern_scanner_resume: begins deletion if that belongs to @state, whose rules are live */
gboolean postern_scanner_resume (PosternScanner *self, PosternScannerState *state, GError **error);

/**
 * postern_scanner_restore:
 * @self: the scanner
 * @state: (nullable): a state that was live before, or %NULL for Rspamd as it is without posternd
 * @changed: (out) (optional): whether anything had to be done
 * @error: return location for an error, or %NULL
 *
 * Brings Rspamd to @state, whatever it is in: all of the three above. A Rspamd that does not run will read it when it
 * is started. One that cannot read its configuration keeps the one it has: that may be @state, or else is an error.
 */
gboolean postern_scanner_restore (PosternScanner *self, PosternScannerState *state, gboolean *changed, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternScanner, postern_scanner_free)

G_END_DECLS
