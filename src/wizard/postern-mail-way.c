/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-mail-way.h"

#include <glib/gi18n-lib.h>

static void
add_leg (PosternMailWay *way, guint gap, gboolean outward)
{
    way->gaps[way->n_legs] = gap;
    way->outward[way->n_legs] = outward;
    way->n_legs++;
}

static gboolean
leaves (const PosternVerdict *verdict)
{
    return verdict->hop == POSTERN_VERDICT_HOP_EDGE_GATEWAY ||
           (verdict->hop == POSTERN_VERDICT_HOP_DNS && !verdict->local);
}

/* The message comes from outside unless its client is trusted, and goes inside unless its next hop is outside. */
void
postern_mail_way_find (PosternMailWay *way, PosternScenario scenario, const PosternVerdict *verdict)
{
    const guint inside = postern_scenario_has_edge_gateway (scenario) ? 2 : 1;

    *way = (PosternMailWay){ 0 };
    if (verdict == NULL)
        return;
    way->stops = verdict->outcome == POSTERN_VERDICT_REFUSED;
    if (verdict->trusted)
        add_leg (way, inside, TRUE);
    for (guint gap = 0; gap < inside && !verdict->trusted; gap++)
        add_leg (way, gap, FALSE);
    if (way->stops)
        return;
    if (!leaves (verdict))
        add_leg (way, inside, FALSE);
    for (guint gap = inside; gap > 0 && leaves (verdict); gap--)
        add_leg (way, gap - 1, TRUE);
}

gboolean
postern_mail_way_equal (const PosternMailWay *a, const PosternMailWay *b)
{
    gboolean equal = a->n_legs == b->n_legs && a->stops == b->stops;

    for (guint i = 0; equal && i < a->n_legs; i++)
        equal = a->gaps[i] == b->gaps[i] && a->outward[i] == b->outward[i];
    return equal;
}

double
postern_mail_way_get_progress (const PosternMailWay *self, guint gap, gboolean outward, double gone)
{
    for (guint i = 0; i < self->n_legs; i++)
        if (self->gaps[i] == gap && self->outward[i] == outward)
            return CLAMP (gone - i, 0, 1);
    return 0;
}

const char *
postern_mail_way_describe (const PosternMailWay *self)
{
    if (self->n_legs == 0)
        return NULL;
    if (self->stops)
        return _ ("The message that is tried ends at this gateway.");
    return self->outward[self->n_legs - 1] ? _ ("The message that is tried goes out.")
                                           : _ ("The message that is tried goes on to the internal servers.");
}
