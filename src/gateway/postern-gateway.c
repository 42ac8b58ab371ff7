/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-gateway.h"

#include <glib/gi18n-lib.h>

enum {
    PROGRESS,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE (PosternGateway, postern_gateway, G_TYPE_OBJECT)

/* What is left of the findings once those that are not about the gateway's abilities are gone. */
static void
keep_gaps (GPtrArray *findings)
{
    for (guint i = findings->len; i > 0; i--) {
        if (!g_str_equal (postern_finding_get_code (findings->pdata[i - 1]), "gateway-gap"))
            g_ptr_array_remove_index (findings, i - 1);
    }
}

static GPtrArray *
postern_gateway_real_gaps (PosternGateway *self, PosternPlan *plan, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternGatewayInfo) info = postern_gateway_connect (self, cancellable, error);
    g_autoptr (GPtrArray) findings = NULL;
    PosternFindingContext context = { 0 };

    if (info == NULL)
        return NULL;
    context.not_enforced = postern_gateway_info_get_not_enforced (info);
    findings = postern_plan_find (plan, &context);
    keep_gaps (findings);
    return g_steal_pointer (&findings);
}

static PosternPlan *
postern_gateway_real_express (PosternGateway *self, PosternPlan *plan)
{
    return postern_plan_copy (plan);
}

static void
postern_gateway_class_init (PosternGatewayClass *klass)
{
    klass->gaps = postern_gateway_real_gaps;
    klass->express = postern_gateway_real_express;

    signals[PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 4, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_BOOLEAN, G_TYPE_STRING);
}

static void
postern_gateway_init (PosternGateway *self)
{
}

static gboolean
require (PosternGateway *self, gpointer method, GError **error)
{
    PosternGatewayKind kind;

    if (method != NULL)
        return TRUE;
    kind = postern_gateway_address_get_kind (postern_gateway_get_address (self));
    g_set_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_NOT_SUPPORTED,
                 /* Translators: %s is the type of a gateway: “Proxmox Mail Gateway”. */
                 _ ("A gateway of this type (%s) cannot do that."), postern_gateway_kind_get_title (kind));
    return FALSE;
}

PosternGatewayAddress *
postern_gateway_get_address (PosternGateway *self)
{
    g_return_val_if_fail (POSTERN_IS_GATEWAY (self), NULL);
    return POSTERN_GATEWAY_GET_CLASS (self)->get_address (self);
}

PosternGatewayInfo *
postern_gateway_connect (PosternGateway *self, GCancellable *cancellable, GError **error)
{
    PosternGatewayClass *klass;

    g_return_val_if_fail (POSTERN_IS_GATEWAY (self), NULL);

    klass = POSTERN_GATEWAY_GET_CLASS (self);
    return require (self, klass->connect, error) ? klass->connect (self, cancellable, error) : NULL;
}

PosternPlan *
postern_gateway_read (PosternGateway *self, char **revision, GCancellable *cancellable, GError **error)
{
    g_autofree char *unused = NULL;
    PosternGatewayClass *klass;

    g_return_val_if_fail (POSTERN_IS_GATEWAY (self), NULL);

    klass = POSTERN_GATEWAY_GET_CLASS (self);
    if (!require (self, klass->read, error))
        return NULL;
    return klass->read (self, revision != NULL ? revision : &unused, cancellable, error);
}

GPtrArray *
postern_gateway_gaps (PosternGateway *self, PosternPlan *plan, GCancellable *cancellable, GError **error)
{
    PosternGatewayClass *klass;

    g_return_val_if_fail (POSTERN_IS_GATEWAY (self), NULL);
    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);

    klass = POSTERN_GATEWAY_GET_CLASS (self);
    return require (self, klass->gaps, error) ? klass->gaps (self, plan, cancellable, error) : NULL;
}

PosternPlan *
postern_gateway_express (PosternGateway *self, PosternPlan *plan)
{
    g_return_val_if_fail (POSTERN_IS_GATEWAY (self), NULL);
    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);
    return POSTERN_GATEWAY_GET_CLASS (self)->express (self, plan);
}

void
postern_gateway_tell_progress (PosternGateway *self, guint k, guint n, gboolean undoing, const char *text)
{
    g_return_if_fail (POSTERN_IS_GATEWAY (self));
    g_signal_emit (self, signals[PROGRESS], 0, k, n, undoing, text);
}

GPtrArray *
postern_gateway_check (PosternGateway *self, PosternPlan *plan, GCancellable *cancellable, GError **error)
{
    PosternGatewayClass *klass;

    g_return_val_if_fail (POSTERN_IS_GATEWAY (self), NULL);
    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);

    klass = POSTERN_GATEWAY_GET_CLASS (self);
    return require (self, klass->check, error) ? klass->check (self, plan, cancellable, error) : NULL;
}

char *
postern_gateway_write (PosternGateway *self, PosternPlan *plan, const char *expected_revision, PosternJournal *journal,
                       GCancellable *cancellable, GError **error)
{
    PosternGatewayClass *klass;

    g_return_val_if_fail (POSTERN_IS_GATEWAY (self), NULL);
    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);
    g_return_val_if_fail (expected_revision != NULL, NULL);

    klass = POSTERN_GATEWAY_GET_CLASS (self);
    if (!require (self, klass->write, error))
        return NULL;
    return klass->write (self, plan, expected_revision, journal, cancellable, error);
}

char *
postern_gateway_resume (PosternGateway *self, PosternJournal *journal, gboolean undo, GCancellable *cancellable,
                        GError **error)
{
    PosternGatewayClass *klass;

    g_return_val_if_fail (POSTERN_IS_GATEWAY (self), NULL);
    g_return_val_if_fail (POSTERN_IS_JOURNAL (journal), NULL);

    klass = POSTERN_GATEWAY_GET_CLASS (self);
    if (!require (self, klass->resume, error))
        return NULL;
    return klass->resume (self, journal, undo, cancellable, error);
}

PosternRecipientAnswer *
postern_gateway_probe_recipient (PosternGateway *self, PosternRoute *server, const char *recipient,
                                 GCancellable *cancellable, GError **error)
{
    PosternGatewayClass *klass;

    g_return_val_if_fail (POSTERN_IS_GATEWAY (self), NULL);
    g_return_val_if_fail (server != NULL && recipient != NULL, NULL);

    klass = POSTERN_GATEWAY_GET_CLASS (self);
    if (!require (self, klass->probe_recipient, error))
        return NULL;
    return klass->probe_recipient (self, server, recipient, cancellable, error);
}

PosternMailLog *
postern_gateway_read_mail_log (PosternGateway *self, const char *after, GCancellable *cancellable, GError **error)
{
    PosternGatewayClass *klass;

    g_return_val_if_fail (POSTERN_IS_GATEWAY (self), NULL);

    klass = POSTERN_GATEWAY_GET_CLASS (self);
    return require (self, klass->read_mail_log, error) ? klass->read_mail_log (self, after, cancellable, error) : NULL;
}

PosternFlow *
postern_gateway_probe_flow (PosternGateway *self, const char *client, const char *sender, const char *recipient,
                            GCancellable *cancellable, GError **error)
{
    PosternGatewayClass *klass;

    g_return_val_if_fail (POSTERN_IS_GATEWAY (self), NULL);
    g_return_val_if_fail (client != NULL && sender != NULL && recipient != NULL, NULL);

    klass = POSTERN_GATEWAY_GET_CLASS (self);
    if (!require (self, klass->probe_flow, error))
        return NULL;
    return klass->probe_flow (self, client, sender, recipient, cancellable, error);
}

PosternScan *
postern_gateway_probe_scan (PosternGateway *self, GCancellable *cancellable, GError **error)
{
    PosternGatewayClass *klass;

    g_return_val_if_fail (POSTERN_IS_GATEWAY (self), NULL);

    klass = POSTERN_GATEWAY_GET_CLASS (self);
    return require (self, klass->probe_scan, error) ? klass->probe_scan (self, cancellable, error) : NULL;
}

GPtrArray *
postern_gateway_list_revisions (PosternGateway *self, GCancellable *cancellable, GError **error)
{
    PosternGatewayClass *klass;

    g_return_val_if_fail (POSTERN_IS_GATEWAY (self), NULL);

    klass = POSTERN_GATEWAY_GET_CLASS (self);
    return require (self, klass->list_revisions, error) ? klass->list_revisions (self, cancellable, error) : NULL;
}

PosternPlan *
postern_gateway_read_revision (PosternGateway *self, const char *revision, GCancellable *cancellable, GError **error)
{
    PosternGatewayClass *klass;

    g_return_val_if_fail (POSTERN_IS_GATEWAY (self), NULL);
    g_return_val_if_fail (revision != NULL, NULL);

    klass = POSTERN_GATEWAY_GET_CLASS (self);
    if (!require (self, klass->read_revision, error))
        return NULL;
    return klass->read_revision (self, revision, cancellable, error);
}

char *
postern_gateway_restore (PosternGateway *self, const char *revision, const char *expected_revision,
                         GCancellable *cancellable, GError **error)
{
    PosternGatewayClass *klass;

    g_return_val_if_fail (POSTERN_IS_GATEWAY (self), NULL);
    g_return_val_if_fail (revision != NULL && expected_revision != NULL, NULL);

    klass = POSTERN_GATEWAY_GET_CLASS (self);
    if (!require (self, klass->restore, error))
        return NULL;
    return klass->restore (self, revision, expected_revision, cancellable, error);
}
