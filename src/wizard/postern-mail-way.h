/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-plan.h"
#include "plan/postern-verdict.h"

G_BEGIN_DECLS

#define POSTERN_MAIL_WAY_MAX_LEGS 4

/**
 * PosternMailWay:
 * @gaps: which gap each leg crosses: gap i is the one between the i-th place, seen from the Internet, and the next
 * @outward: whether a leg leads towards the Internet
 * @n_legs: how many legs there are
 * @stops: whether it ends at the gateway
 *
 * The way of one message through the picture, leg by leg.
 */
typedef struct {
    guint gaps[POSTERN_MAIL_WAY_MAX_LEGS];
    gboolean outward[POSTERN_MAIL_WAY_MAX_LEGS];
    guint n_legs;
    gboolean stops;
} PosternMailWay;

/** postern_mail_way_find: Returns: in @way, the way of a message in this scenario; @verdict: (nullable): what becomes
 * of it, %NULL: there is no message, and no way */
void postern_mail_way_find (PosternMailWay *way, PosternScenario scenario, const PosternVerdict *verdict);

gboolean postern_mail_way_equal (const PosternMailWay *a, const PosternMailWay *b);

/**
 * postern_mail_way_get_progress:
 * @self: a way
 * @gap: a gap
 * @outward: a direction through it
 * @gone: how many legs the message has gone, with fractions
 *
 * Returns: how far it is on the leg through this gap in this direction: 0 if it does not go there, or not yet; 1 if it
 * has arrived at its end
 */
double postern_mail_way_get_progress (const PosternMailWay *self, guint gap, gboolean outward, double gone);

/** postern_mail_way_describe: Returns: (nullable): where it ends, a translated sentence; %NULL if there is no way */
const char *postern_mail_way_describe (const PosternMailWay *self);

G_END_DECLS
