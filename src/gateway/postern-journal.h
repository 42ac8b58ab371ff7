/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway-address.h"
#include "gateway/postern-gateway-error.h"
#include "plan/postern-plan.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_JOURNAL (postern_journal_get_type ())

/**
 * PosternJournal:
 *
 * What a push writes down before it changes anything at a gateway: what the gateway had, what it shall have, and, where
 * it is told record by record, each step with its inverse and how many of them were begun. Everything is on the disk
 * before the gateway is told, so that after a crash or a power failure the push can be finished or undone. There is at
 * most one journal for a gateway; it is removed when the push has ended in something that is known.
 *
 * The files are in `$XDG_STATE_HOME/postern/pushes`. They hold no token and no password.
 *
 * A journal that was begun or claimed is locked until it is freed: no other process takes it up meanwhile.
 */
G_DECLARE_FINAL_TYPE (PosternJournal, postern_journal, POSTERN, JOURNAL, GObject)

/**
 * postern_journal_begin:
 * @address: the gateway that will be told
 * @pin: (nullable): the fingerprint by which it was trusted
 * @user: (nullable): the user at a Proxmox Mail Gateway
 * @before: what it has
 * @revision: which revision that is
 * @plan: what it shall have
 * @error: return location for an error, or %NULL
 *
 * Writes a journal and waits until it is on the disk.
 *
 * Returns: (transfer full) (nullable): the journal, locked; or %NULL with an error as of postern_journal_error_exists()
 * if there is one of an earlier push, %POSTERN_GATEWAY_ERROR_JOURNAL if it cannot be written
 */
PosternJournal *postern_journal_begin (PosternGatewayAddress *address, const char *pin, const char *user,
                                       PosternPlan *before, const char *revision, PosternPlan *plan, GError **error);

/**
 * postern_journal_find:
 * @address: a gateway
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (nullable): the journal of an interrupted push to it, not yet claimed; %NULL without an
 * error if there is none, %NULL with %POSTERN_GATEWAY_ERROR_JOURNAL if there is one that cannot be read
 */
PosternJournal *postern_journal_find (PosternGatewayAddress *address, GError **error);

/**
 * postern_journal_list:
 *
 * Returns: (transfer full) (element-type PosternJournal): the journals of all pushes that were interrupted, newest
 * first; not those of pushes that are running
 */
GPtrArray *postern_journal_list (void);

/** postern_journal_exists: Returns: whether there is a journal of a push to @address, readable or not */
gboolean postern_journal_exists (PosternGatewayAddress *address);

/** postern_journal_is_interrupted: Returns: whether there is one of a push that is not running any more */
gboolean postern_journal_is_interrupted (PosternGatewayAddress *address);

/** postern_journal_error_exists: Returns: (transfer full): what is said to who wants to push to @address while there is
 * a journal of an earlier push: %POSTERN_GATEWAY_ERROR_BUSY while that is running, %POSTERN_GATEWAY_ERROR_INTERRUPTED
 * if it has to be answered for */
GError *postern_journal_error_exists (PosternGatewayAddress *address);

/**
 * postern_journal_claim:
 * @self: a journal that was found
 * @error: return location for an error, or %NULL
 *
 * Takes the journal up, so that nobody else does.
 *
 * Returns: whether it is ours now; else %FALSE with %POSTERN_GATEWAY_ERROR_BUSY: the push is running, or someone else
 * has taken it up
 */
gboolean postern_journal_claim (PosternJournal *self, GError **error);

/**
 * postern_journal_forget:
 * @address: a gateway
 * @error: return location for an error, or %NULL
 *
 * Removes the journal of an interrupted push, readable or not: whatever the gateway has is to stay.
 *
 * Returns: whether there is none any more; else %FALSE with %POSTERN_GATEWAY_ERROR_BUSY or
 * %POSTERN_GATEWAY_ERROR_JOURNAL
 */
gboolean postern_journal_forget (PosternGatewayAddress *address, GError **error);

/** postern_journal_give_up: as postern_journal_forget(), of a journal that was found or is ours */
gboolean postern_journal_give_up (PosternJournal *self, GError **error);

PosternGatewayAddress *postern_journal_get_address (PosternJournal *self);
/** postern_journal_get_pin: Returns: (transfer none) (nullable): the fingerprint by which the gateway was trusted */
const char *postern_journal_get_pin (PosternJournal *self);
/** postern_journal_get_user: Returns: (transfer none) (nullable): the user at a Proxmox Mail Gateway */
const char *postern_journal_get_user (PosternJournal *self);
/** postern_journal_get_begun: Returns: (transfer none): when the push began */
GDateTime *postern_journal_get_begun (PosternJournal *self);
/** postern_journal_get_before: Returns: (transfer none): what the gateway had; must not be changed */
PosternPlan *postern_journal_get_before (PosternJournal *self);
/** postern_journal_get_plan: Returns: (transfer none): what it was to have; must not be changed */
PosternPlan *postern_journal_get_plan (PosternJournal *self);
/** postern_journal_get_revision: Returns: (transfer none): the revision of what it had */
const char *postern_journal_get_revision (PosternJournal *self);
/** postern_journal_get_age: Returns: for how long nothing was written to it, in microseconds */
gint64 postern_journal_get_age (PosternJournal *self);

/**
 * postern_journal_set_steps:
 * @self: a journal that is ours
 * @steps: (element-type GStrv): each step, in texts that only the gateway's own code understands
 * @error: return location for an error, or %NULL
 *
 * Says once, before the first of them, in which steps the gateway will be told.
 *
 * Returns: whether it is on the disk
 */
gboolean postern_journal_set_steps (PosternJournal *self, GPtrArray *steps, GError **error);
guint postern_journal_get_n_steps (PosternJournal *self);
/** postern_journal_get_step: Returns: (transfer none): the texts of step @index */
const char *const *postern_journal_get_step (PosternJournal *self, guint index);

/** postern_journal_begin_step: says that step @index is about to be carried out; Returns: whether that is on the disk
 */
gboolean postern_journal_begin_step (PosternJournal *self, guint index, GError **error);
gboolean postern_journal_has_begun_step (PosternJournal *self, guint index);

/** postern_journal_undo_step: says that step @index is about to be taken back; Returns: whether that is on the disk */
gboolean postern_journal_undo_step (PosternJournal *self, guint index, GError **error);
/** postern_journal_get_undoing: Returns: whether a step was being taken back, and @index: (out) which one, the last */
gboolean postern_journal_get_undoing (PosternJournal *self, guint *index);

/** postern_journal_end: removes it: how the push has ended is known, and nothing is left to finish or to undo */
void postern_journal_end (PosternJournal *self);

G_END_DECLS
