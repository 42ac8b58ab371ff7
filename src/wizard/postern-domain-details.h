/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "plan/postern-domain.h"
#include "wizard/postern-subdomains.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_DOMAIN_DETAILS (postern_domain_details_get_type ())

/**
 * PosternDomainDetails:
 *
 * What the row of a domain shows when it is expanded: **Include subdomains** and **Route**, with the fields of a route
 * of its own.
 *
 * Properties, both set once, when it is made: `domain` (#PosternDomain); `subdomains` (#PosternSubdomains of that
 * domain).
 */
G_DECLARE_FINAL_TYPE (PosternDomainDetails, postern_domain_details, POSTERN, DOMAIN_DETAILS, GtkBox)

GtkWidget *postern_domain_details_new (PosternDomain *domain, PosternSubdomains *subdomains);

G_END_DECLS
