/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-probe-target.h"

#include "probe/postern-smtp-server-name.h"

struct _PosternProbeTarget {
    GObject parent_instance;

    char *host;
    guint16 port;
    gboolean mx;
    char *name;
    char *hello_name;
    GInetAddress *local_address;
    PosternSmtpTimeouts timeouts;
    PosternProbeFilter filter;
};

G_DEFINE_FINAL_TYPE (PosternProbeTarget, postern_probe_target, G_TYPE_OBJECT)

static void
postern_probe_target_finalize (GObject *object)
{
    PosternProbeTarget *self = POSTERN_PROBE_TARGET (object);

    g_clear_pointer (&self->host, g_free);
    g_clear_pointer (&self->name, g_free);
    g_clear_pointer (&self->hello_name, g_free);
    g_clear_object (&self->local_address);

    G_OBJECT_CLASS (postern_probe_target_parent_class)->finalize (object);
}

static void
postern_probe_target_class_init (PosternProbeTargetClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_probe_target_finalize;
}

static void
postern_probe_target_init (PosternProbeTarget *self)
{
    self->timeouts = postern_smtp_timeouts_complete (NULL);
}

PosternProbeTarget *
postern_probe_target_new (const char *host, guint16 port, gboolean mx)
{
    PosternProbeTarget *self;

    g_return_val_if_fail (host != NULL && *host != '\0', NULL);
    g_return_val_if_fail (port != 0, NULL);

    self = g_object_new (POSTERN_TYPE_PROBE_TARGET, NULL);
    self->host = g_strdup (host);
    self->port = port;
    self->mx = mx;
    self->name = postern_smtp_format_server (host, NULL, port);
    return self;
}

void
postern_probe_target_set_hello_name (PosternProbeTarget *self, const char *name)
{
    g_return_if_fail (POSTERN_IS_PROBE_TARGET (self));

    g_set_str (&self->hello_name, name);
}

void
postern_probe_target_set_local_address (PosternProbeTarget *self, GInetAddress *address)
{
    g_return_if_fail (POSTERN_IS_PROBE_TARGET (self));

    g_set_object (&self->local_address, address);
}

void
postern_probe_target_set_timeouts (PosternProbeTarget *self, const PosternSmtpTimeouts *timeouts)
{
    g_return_if_fail (POSTERN_IS_PROBE_TARGET (self));

    self->timeouts = postern_smtp_timeouts_complete (timeouts);
}

const char *
postern_probe_target_get_host (PosternProbeTarget *self)
{
    g_return_val_if_fail (POSTERN_IS_PROBE_TARGET (self), NULL);

    return self->host;
}

guint16
postern_probe_target_get_port (PosternProbeTarget *self)
{
    g_return_val_if_fail (POSTERN_IS_PROBE_TARGET (self), 0);

    return self->port;
}

gboolean
postern_probe_target_get_mx (PosternProbeTarget *self)
{
    g_return_val_if_fail (POSTERN_IS_PROBE_TARGET (self), FALSE);

    return self->mx;
}

const char *
postern_probe_target_get_hello_name (PosternProbeTarget *self)
{
    g_return_val_if_fail (POSTERN_IS_PROBE_TARGET (self), NULL);

    return self->hello_name;
}

GInetAddress *
postern_probe_target_get_local_address (PosternProbeTarget *self)
{
    g_return_val_if_fail (POSTERN_IS_PROBE_TARGET (self), NULL);

    return self->local_address;
}

const PosternSmtpTimeouts *
postern_probe_target_get_timeouts (PosternProbeTarget *self)
{
    g_return_val_if_fail (POSTERN_IS_PROBE_TARGET (self), NULL);

    return &self->timeouts;
}

const char *
postern_probe_target_get_name (PosternProbeTarget *self)
{
    g_return_val_if_fail (POSTERN_IS_PROBE_TARGET (self), NULL);

    return self->name;
}

void
postern_probe_target_set_filter (PosternProbeTarget *self, PosternProbeFilter filter)
{
    g_return_if_fail (POSTERN_IS_PROBE_TARGET (self));

    self->filter = filter;
}

PosternProbeFilter
postern_probe_target_get_filter (PosternProbeTarget *self)
{
    g_return_val_if_fail (POSTERN_IS_PROBE_TARGET (self), NULL);

    return self->filter;
}
