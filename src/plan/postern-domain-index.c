/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-domain-index.h"

#include <string.h>

#include "plan/postern-hash.h"

/*
 * An open hash table. A record is known by the hash value of its name alone: the key of the hash is secret, and among
 * 2^64 values no two of a plan's names and those that are asked for ever meet.
 *
 * What an answer costs is the memory that is not near the processor: so a slot is small, and few are free.
 */
typedef struct {
    guint64 hash;
    guintptr said; /* the route, whose address is a multiple of 8, and in its lowest bits what else the record says */
} Slot;

#define LOCAL ((guintptr)1)
#define ROUTING_SHIFT 1
#define ALL_BITS ((guintptr)7)

G_STATIC_ASSERT (POSTERN_DOMAIN_ROUTING_OWN << ROUTING_SHIFT <= 6);

struct _PosternDomainIndex {
    guint8
        *marks; /* a part of the hash for each slot, 0 for a free one: so few bytes that they stay near the processor */
    Slot *slots;
    gsize n_slots;          /* a power of two; at least a fifth of them is free */
    gboolean has_dotted[2]; /* whether there are records for a domain itself, and for all subdomains */
};

static guint8
get_mark (guint64 hash)
{
    return (guint8)(hash >> 56) | 1;
}

/* Where the record with @hash is, or the free slot that it belongs into. */
static gsize
find_slot (PosternDomainIndex *self, guint64 hash)
{
    gsize mask = self->n_slots - 1;
    gsize i = hash & mask;

    while (self->marks[i] != 0 && (self->marks[i] != get_mark (hash) || self->slots[i].hash != hash))
        i = (i + 1) & mask;
    return i;
}

static guint64
hash_name (const char *name)
{
    return postern_hash_bytes (name, strlen (name));
}

static void
add (PosternDomainIndex *self, PosternDomain *domain)
{
    gboolean local = postern_domain_get_local (domain);
    PosternDomainRouting routing = postern_domain_get_routing (domain);
    guint64 hash = hash_name (postern_domain_get_name (domain));
    gsize place;

    if (!local && routing == POSTERN_DOMAIN_ROUTING_DEFAULT)
        return;
    place = find_slot (self, hash);
    self->marks[place] = get_mark (hash);
    self->slots[place].hash = hash;
    self->slots[place].said =
        (guintptr)postern_domain_get_own_route (domain) | (guintptr)routing << ROUTING_SHIFT | (local ? LOCAL : 0);
    self->has_dotted[postern_domain_is_subdomains (domain) != FALSE] = TRUE;
}

PosternDomainIndex *
postern_domain_index_new (PosternRecordList *domains)
{
    PosternDomainIndex *self = g_new0 (PosternDomainIndex, 1);
    guint n = postern_record_list_get_length (domains);

    self->n_slots = 2;
    while (self->n_slots * 4 < (gsize)n * 5)
        self->n_slots *= 2;
    self->marks = g_new0 (guint8, self->n_slots);
    self->slots = g_new (Slot, self->n_slots);
    for (guint i = 0; i < n; i++)
        add (self, postern_record_list_get (domains, i));
    return self;
}

void
postern_domain_index_free (PosternDomainIndex *self)
{
    g_free (self->marks);
    g_free (self->slots);
    g_free (self);
}

guint64
postern_domain_index_expect (PosternDomainIndex *self, const char *domain)
{
    guint64 hash = hash_name (domain);
    gsize place = hash & (self->n_slots - 1);

    __builtin_prefetch (&self->marks[place]);
    __builtin_prefetch (&self->slots[place]);
    return hash;
}

void
postern_domain_index_ask (PosternDomainIndex *self, const char *domain, guint64 expected, PosternDomainAnswer *answer)
{
    gboolean routed = FALSE;

    *answer = (PosternDomainAnswer){ .routing = POSTERN_DOMAIN_ROUTING_DEFAULT };
    for (const char *name = domain; name != NULL; name = strchr (name + 1, '.')) {
        guintptr said;
        gsize place;

        if (!self->has_dotted[*name == '.'])
            continue;
        place = find_slot (self, name == domain ? expected : hash_name (name));
        if (self->marks[place] == 0)
            continue;
        said = self->slots[place].said;
        answer->local |= (said & LOCAL) != 0;
        if (!routed) {
            answer->routing = (PosternDomainRouting)((said & ALL_BITS) >> ROUTING_SHIFT);
            answer->route = (PosternRoute *)(said & ~ALL_BITS);
        }
        routed = TRUE;
    }
}
