/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-plan.h"

G_BEGIN_DECLS

/**
 * PosternRspamd:
 *
 * A plan said in Rspamd's words: the files that Rspamd's configuration includes. Immutable once made. What each is for:
 *
 * - `rspamd-options.inc`: the trusted networks are Rspamd's `local_addrs`. Its own default holds every private network,
 *   where it checks neither SPF nor DMARC: an edge gateway in one would never be judged.
 * - `rspamd-spf.conf`, `rspamd-dmarc.conf`: the modules are on or off. DMARC does what the sender's domain asks for.
 * - `rspamd-external_relay.conf`: who the edge gateway is, so that the host before it is judged.
 * - `rspamd-worker-proxy.inc`: what is refused is rejected. That it is deleted is said elsewhere, see
 *   %POSTERN_RSPAMD_DELETION.
 * - `rspamd.lua`: what follows from a failure, and the mark by which the live Rspamd says which files it has read.
 */
typedef struct _PosternRspamd PosternRspamd;

/** The header of a message by which a live Rspamd is asked for its mark; it defers every such message. */
#define POSTERN_RSPAMD_MARK_HEADER "X-Postern-Proof"
/** What stands before the mark in the text of that answer. */
#define POSTERN_RSPAMD_MARK_PREFIX "postern "

/** What its proxy is told so that it deletes what is refused; apart from the files, because it may only begin when they
 * are live. */
#define POSTERN_RSPAMD_DELETION "discard_on_reject = true;\n"

/** PosternRspamdFile: a file's name and its text */
typedef struct {
    const char *name;
    char *text;
} PosternRspamdFile;

/**
 * postern_rspamd_new:
 * @plan: a plan
 * @edge_addresses: (nullable) (array zero-terminated=1): the addresses of the plan's edge gateway; only looked at where
 * the sender before it is checked, see postern_plan_needs_edge_addresses()
 *
 * Returns: (transfer full): the plan in Rspamd's words
 */
PosternRspamd *postern_rspamd_new (PosternPlan *plan, const char *const *edge_addresses);
void postern_rspamd_free (PosternRspamd *self);

/** postern_plan_needs_edge_addresses: Returns: whether Rspamd has to know the edge gateway's addresses */
gboolean postern_plan_needs_edge_addresses (PosternPlan *plan);

/** postern_rspamd_get_files: @n_files: (out): how many; Returns: (transfer none) (array length=n_files): the files, the
 * same ones for every plan */
const PosternRspamdFile *postern_rspamd_get_files (PosternRspamd *self, guint *n_files);

/** postern_rspamd_get_file_names: Returns: (transfer none): the files' names, %NULL-terminated */
const char *const *postern_rspamd_get_file_names (void);

/** postern_rspamd_get_mark: Returns: (transfer none): what a Rspamd that has read these files says of itself: plans
 * that are the same to Rspamd have the same mark */
const char *postern_rspamd_get_mark (PosternRspamd *self);

/** postern_rspamd_find_mark: Returns: (transfer full) (nullable): the mark in the text of the file `rspamd.lua` */
char *postern_rspamd_find_mark (const char *lua);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternRspamd, postern_rspamd_free)

G_END_DECLS
