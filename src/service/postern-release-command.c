/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-release-command.h"

#include <glib/gi18n-lib.h>

#include "service/postern-applier.h"
#include "service/postern-directory-store.h"
#include "service/postern-service-error.h"
#include "service/postern-state-lock.h"

/* What a release works with; it is freed the other way round. */
typedef struct {
    int lock;
    PosternPostfixHost *host;
    PosternRspamdHost *rspamd;
    PosternScanner *scanner;
    PosternDirectoryStore *store;
    PosternApplier *applier;
} Release;

static void
release_clear (Release *self)
{
    g_clear_object (&self->applier);
    g_clear_object (&self->store);
    g_clear_pointer (&self->scanner, postern_scanner_free);
    g_clear_pointer (&self->rspamd, postern_rspamd_host_free);
    g_clear_pointer (&self->host, postern_postfix_host_free);
    postern_state_unlock (self->lock);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Release, release_clear)

static gboolean
open_state (Release *self, PosternServiceOptions *options, GError **error)
{
    self->lock = postern_state_lock (options->state_dir, error);
    if (self->lock < 0)
        return FALSE;
    self->host = postern_postfix_host_new (options->postfix_dir, (guint16)options->private_port);
    self->rspamd = options->no_rspamd ? NULL : postern_rspamd_host_find (options->rspamd_dir);
    self->scanner = self->rspamd ? postern_scanner_new (self->rspamd, options->state_dir) : NULL;
    self->store = postern_directory_store_new (options->state_dir, (guint)options->kept, error);
    if (self->store == NULL)
        return FALSE;
    self->applier = postern_applier_new (POSTERN_STORE (self->store), self->host, self->scanner, options->state_dir);
    return TRUE;
}

/* What a crash has left is put in order first. */
static gboolean
release (Release *self, guint current, GError **error)
{
    g_autoptr (PosternPlan) nothing = postern_plan_new ();
    PosternPushOrder order = { .plan = nothing, .by = "posternd release", .expected = current, .release = TRUE };
    g_auto (PosternPushOutcome) outcome = { 0 };

    if (!postern_applier_converge (self->applier, error) ||
        !postern_applier_push (self->applier, &order, &outcome, error))
        return FALSE;
    g_print (_ ("Postfix has what it had before the first push. This is revision %u.\n"), outcome.revision);
    return TRUE;
}

gboolean
postern_release_command (PosternServiceOptions *options, GError **error)
{
    g_auto (Release) self = { .lock = -1 };
    g_autoptr (PosternStoredRevision) current = NULL;

    if (!open_state (&self, options, error))
        return FALSE;
    current = postern_store_get_current (POSTERN_STORE (self.store), error);
    if (current == NULL)
        return FALSE;
    if (postern_stored_revision_is_unmanaged (current)) {
        g_print (_ ("Nothing in Postfix is set by posternd.\n"));
        return postern_applier_converge (self.applier, error);
    }
    return release (&self, current->number, error);
}
