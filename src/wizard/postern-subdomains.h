/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-domain.h"
#include "plan/postern-record-list.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_SUBDOMAINS (postern_subdomains_get_type ())

/**
 * PosternSubdomains:
 *
 * Whether a domain's subdomains are included: the record `.example.com` beside `example.com`. It is made with the same
 * settings and follows them, until it is given settings of its own. No widget.
 *
 * Properties: `domains` (the #PosternRecordList of both); `domain` (#PosternDomain, nullable); `possible` (read-only: a
 * record that stands for subdomains itself has none); `included`: whether the other record is there; setting it adds or
 * removes it.
 */
G_DECLARE_FINAL_TYPE (PosternSubdomains, postern_subdomains, POSTERN, SUBDOMAINS, GObject)

PosternSubdomains *postern_subdomains_new (PosternRecordList *domains);

/** postern_subdomains_set_domain: @domain: (nullable): whose subdomains */
void postern_subdomains_set_domain (PosternSubdomains *self, PosternDomain *domain);
gboolean postern_subdomains_get_included (PosternSubdomains *self);
void postern_subdomains_set_included (PosternSubdomains *self, gboolean included);

G_END_DECLS
