/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-plan.h"
#include "service/postern-postfix-candidate.h"
#include "service/postern-store.h"

G_BEGIN_DECLS

/**
 * PosternMtaState:
 *
 * What a revision makes of Postfix: its parameters in main.cf and the mark that its private listener greets with. The
 * state before the first push, of the revision 0, is what the administrator had in main.cf, and no listener.
 */
typedef struct _PosternMtaState PosternMtaState;

/** postern_mta_state_get_parameters: Returns: (transfer none): the names of all main.cf parameters that posternd sets,
 * %NULL-terminated */
const char *const *postern_mta_state_get_parameters (void);

/**
 * postern_mta_state_render:
 * @plan: what shall be
 * @revision: its revision
 * @host: the instance whose programs make the tables
 * @part: the directory to write into
 * @directory: what @part will be called when Postfix reads the tables
 * @milters: (nullable): the mail filters that Postfix shall show its messages to, %NULL for none
 * @error: return location for an error, or %NULL
 *
 * Says @plan in Postfix's words: parameters, and tables, each of which is asked for its last key.
 *
 * Returns: (transfer full) (nullable): the state
 */
PosternMtaState *postern_mta_state_render (PosternPlan *plan, PosternStoredRevision *revision, PosternPostfixHost *host,
                                           const char *part, const char *directory, const char *milters,
                                           GError **error);

/** postern_mta_state_is_rendered: Returns: whether there is a state in @directory */
gboolean postern_mta_state_is_rendered (const char *directory);

/** postern_mta_state_load: Returns: (transfer full) (nullable): the state of a @revision that was rendered into
 * @directory once */
PosternMtaState *postern_mta_state_load (PosternStoredRevision *revision, const char *directory, GError **error);

/** postern_mta_state_load_adopted: Returns: (transfer full) (nullable): the state before the first push, as kept in the
 * file @path */
PosternMtaState *postern_mta_state_load_adopted (const char *path, GError **error);

/** postern_mta_state_get_setting: Returns: (transfer none) (nullable): what it says of the parameter @name; %NULL if it
 * is not set */
const char *postern_mta_state_get_setting (PosternMtaState *self, const char *name);

/** The parameter by which Postfix shows its messages to mail filters. */
#define POSTERN_MILTERS_PARAMETER "smtpd_milters"

/** postern_mta_state_adopt: keeps in the file @path what @host's main.cf says now, and beside it copies of main.cf and
 * master.cf as they are, unless that has been done before */
gboolean postern_mta_state_adopt (PosternPostfixHost *host, const char *path, GError **error);

/** postern_mta_state_forget_adopted: there is nothing any more that the state in @path would have to be put back over
 */
void postern_mta_state_forget_adopted (const char *path);

void postern_mta_state_free (PosternMtaState *self);

/** postern_mta_state_dup_settings: Returns: (transfer full): its parameters in main.cf */
PosternSettings *postern_mta_state_dup_settings (PosternMtaState *self);

/** postern_mta_state_prepare: Returns: (transfer full) (nullable): a candidate for @host that has this state */
PosternPostfixCandidate *postern_mta_state_prepare (PosternMtaState *self, PosternPostfixHost *host,
                                                    const char *scratch, GError **error);

/** postern_mta_state_reload: lets @host, whose files have this state, take it over, and waits until it has */
gboolean postern_mta_state_reload (PosternMtaState *self, PosternPostfixHost *host, guint seconds, GError **error);

/**
 * postern_mta_state_restore:
 * @self: a state that was live before
 * @host: the instance
 * @scratch: a directory for the candidate
 * @changed: (out) (optional): whether anything had to be done
 * @error: return location for an error, or %NULL
 *
 * Brings @host to this state, whatever it is in. A Postfix that does not run will read it when it is started.
 */
gboolean postern_mta_state_restore (PosternMtaState *self, PosternPostfixHost *host, const char *scratch,
                                    gboolean *changed, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternMtaState, postern_mta_state_free)

G_END_DECLS
