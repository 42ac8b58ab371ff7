/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A world of its own for this process: a network namespace with nothing but loopback, where the real dnsmasq answers
 * for the names below "test.", and the real resolver asks it.
 */

/** dns_world_enter: to be called first in main(), before there are threads: goes into the namespace for good, where
 * that is possible */
void dns_world_enter (void);

/**
 * dns_world_start:
 * @records: (array zero-terminated=1): options for dnsmasq, such as "--mx-host=example.test,mx.example.test,10"
 *
 * Returns: whether dnsmasq answers on 127.0.0.1; if that is not possible here, %FALSE with the test skipped
 */
gboolean dns_world_start (const char *const *records);

/** dns_world_ask: from now on the resolver asks @server, such as "127.0.0.1" */
void dns_world_ask (const char *server);

/** dns_world_stop: stops dnsmasq, if it runs */
void dns_world_stop (void);

G_END_DECLS
