/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-domain.h"
#include "plan/postern-record-list.h"

G_BEGIN_DECLS

/**
 * PosternDomainIndex:
 *
 * Answers what the records of a plan say of a domain. It holds what is needed for that in one piece of memory, because
 * of 100,000 records that lie scattered nearly every one that is looked at has to be fetched first. It knows the
 * records as they were when it was made.
 */
typedef struct _PosternDomainIndex PosternDomainIndex;

/**
 * PosternDomainAnswer:
 * @local: whether any record for the domain or above it is local
 * @routing: the routing that the nearest record gives it
 * @route: (transfer none) (nullable): the route that goes with it
 *
 * A record that is neither local nor routed says nothing.
 */
typedef struct {
    gboolean local;
    PosternDomainRouting routing;
    PosternRoute *route;
} PosternDomainAnswer;

/** postern_domain_index_new: @domains: a list of #PosternDomain, which must outlive the index unchanged */
PosternDomainIndex *postern_domain_index_new (PosternRecordList *domains);
void postern_domain_index_free (PosternDomainIndex *self);

/** postern_domain_index_expect: says that @domain will be asked for presently, so that the memory that takes can come
 * nearer in the meantime; Returns: what to ask with */
guint64 postern_domain_index_expect (PosternDomainIndex *self, const char *domain);

/** postern_domain_index_ask: @domain: a name in A-labels; @expected: what postern_domain_index_expect() has returned
 * for it; @answer: (out caller-allocates): what the records say of it, as Postfix reads them: `name` itself, then
 * `.parent` of every parent */
void postern_domain_index_ask (PosternDomainIndex *self, const char *domain, guint64 expected,
                               PosternDomainAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternDomainIndex, postern_domain_index_free)

G_END_DECLS
