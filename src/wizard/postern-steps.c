/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-steps.h"

#include <glib/gi18n-lib.h>

G_DEFINE_ENUM_TYPE (PosternStep, postern_step, G_DEFINE_ENUM_VALUE (POSTERN_STEP_WELCOME, "welcome"),
                    G_DEFINE_ENUM_VALUE (POSTERN_STEP_SCENARIO, "scenario"),
                    G_DEFINE_ENUM_VALUE (POSTERN_STEP_GATEWAY, "gateway"),
                    G_DEFINE_ENUM_VALUE (POSTERN_STEP_DOMAINS, "domains"),
                    G_DEFINE_ENUM_VALUE (POSTERN_STEP_EDGE_GATEWAY, "edge-gateway"),
                    G_DEFINE_ENUM_VALUE (POSTERN_STEP_TRUSTED_NETWORKS, "trusted-networks"),
                    G_DEFINE_ENUM_VALUE (POSTERN_STEP_CHECKS, "checks"),
                    G_DEFINE_ENUM_VALUE (POSTERN_STEP_REVIEW, "review"),
                    G_DEFINE_ENUM_VALUE (POSTERN_STEP_PUSH, "push"),
                    G_DEFINE_ENUM_VALUE (POSTERN_STEP_RESULT, "result"),
                    G_DEFINE_ENUM_VALUE (POSTERN_STEP_KSMG, "ksmg"))

G_DEFINE_ENUM_TYPE (PosternMode, postern_mode, G_DEFINE_ENUM_VALUE (POSTERN_MODE_PUSH, "push"),
                    G_DEFINE_ENUM_VALUE (POSTERN_MODE_PLAN, "plan"), G_DEFINE_ENUM_VALUE (POSTERN_MODE_KSMG, "ksmg"))

#define BIT(n) (1u << (n))
#define ANY_SCENARIO (~0u)
#define EDGE_SCENARIOS (BIT (POSTERN_SCENARIO_EDGE_VERIFYING) | BIT (POSTERN_SCENARIO_EDGE_NOT_VERIFYING))
#define ANY_MODE (~0u)

/* The order of the rows is the order of the pages. */
static const struct {
    PosternStep step;
    guint scenarios;
    guint modes;
    gboolean counted;
    const char *title;
} way[] = {
    { POSTERN_STEP_WELCOME, ANY_SCENARIO, ANY_MODE, FALSE, N_ ("Welcome") },
    { POSTERN_STEP_SCENARIO, ANY_SCENARIO, ANY_MODE, TRUE, N_ ("Scenario") },
    { POSTERN_STEP_GATEWAY, ANY_SCENARIO, ANY_MODE, TRUE, N_ ("Gateway") },
    { POSTERN_STEP_DOMAINS, ANY_SCENARIO, ANY_MODE, TRUE, N_ ("Domains") },
    { POSTERN_STEP_EDGE_GATEWAY, EDGE_SCENARIOS, ANY_MODE, TRUE, N_ ("Edge Gateway") },
    { POSTERN_STEP_TRUSTED_NETWORKS, ANY_SCENARIO, ANY_MODE, TRUE, N_ ("Trusted Networks") },
    { POSTERN_STEP_CHECKS, ANY_SCENARIO, ANY_MODE, TRUE, N_ ("Checks") },
    /* Translators: the title of the page that shows what is wrong with the plan and what will change. */
    { POSTERN_STEP_REVIEW, ANY_SCENARIO, ANY_MODE, TRUE, N_ ("Review") },
    /* Translators: the title of the page on which a gateway is brought to the plan; see “Show what a push would
     * change”. */
    { POSTERN_STEP_PUSH, ANY_SCENARIO, BIT (POSTERN_MODE_PUSH), TRUE, N_ ("Push") },
    { POSTERN_STEP_RESULT, ANY_SCENARIO, BIT (POSTERN_MODE_PUSH), FALSE, N_ ("Result") },
    /* Translators: the title of the page with the runbook: the plan as steps for a person, who enters them by hand
     * in the web interface of Kaspersky Secure Mail Gateway (KSMG). */
    { POSTERN_STEP_KSMG, ANY_SCENARIO, BIT (POSTERN_MODE_KSMG), TRUE, N_ ("KSMG Steps") },
};

static gboolean
is_on_way (guint row, PosternScenario scenario, PosternMode mode)
{
    return (way[row].scenarios & BIT (scenario)) != 0 && (way[row].modes & BIT (mode)) != 0;
}

static guint
row_of (PosternStep step)
{
    for (guint i = 0; i < G_N_ELEMENTS (way); i++)
        if (way[i].step == step)
            return i;
    g_return_val_if_reached (0);
}

gboolean
postern_steps_has (PosternScenario scenario, PosternMode mode, PosternStep step)
{
    return is_on_way (row_of (step), scenario, mode);
}

gboolean
postern_steps_get_next (PosternScenario scenario, PosternMode mode, PosternStep step, PosternStep *next)
{
    for (guint i = row_of (step) + 1; i < G_N_ELEMENTS (way); i++)
        if (is_on_way (i, scenario, mode)) {
            *next = way[i].step;
            return TRUE;
        }
    return FALSE;
}

gboolean
postern_steps_get_previous (PosternScenario scenario, PosternMode mode, PosternStep step, PosternStep *previous)
{
    for (guint i = row_of (step); i > 0; i--)
        if (is_on_way (i - 1, scenario, mode)) {
            *previous = way[i - 1].step;
            return TRUE;
        }
    return FALSE;
}

guint
postern_steps_get_number (PosternScenario scenario, PosternMode mode, PosternStep step)
{
    guint last = row_of (step);
    guint number = 0;

    if (!way[last].counted || !is_on_way (last, scenario, mode))
        return 0;
    for (guint i = 0; i <= last; i++)
        number += way[i].counted && is_on_way (i, scenario, mode);
    return number;
}

guint
postern_steps_get_total (PosternScenario scenario, PosternMode mode)
{
    guint total = 0;

    for (guint i = 0; i < G_N_ELEMENTS (way); i++)
        total += way[i].counted && is_on_way (i, scenario, mode);
    return total;
}

char *
postern_steps_get_position (PosternScenario scenario, PosternMode mode, PosternStep step)
{
    guint number = postern_steps_get_number (scenario, mode, step);

    if (number == 0)
        return g_strdup ("");
    /* Translators: under a page's title: the number of the page, and how many there are. */
    return g_strdup_printf (_ ("Step %u of %u"), number, postern_steps_get_total (scenario, mode));
}

const char *
postern_step_get_title (PosternStep step)
{
    return _ (way[row_of (step)].title);
}

PosternStep
postern_step_from_section (PosternSection section)
{
    switch (section) {
    case POSTERN_SECTION_SCENARIO:
        return POSTERN_STEP_SCENARIO;
    case POSTERN_SECTION_GATEWAY:
        return POSTERN_STEP_GATEWAY;
    case POSTERN_SECTION_DOMAINS:
        return POSTERN_STEP_DOMAINS;
    case POSTERN_SECTION_EDGE_GATEWAY:
        return POSTERN_STEP_EDGE_GATEWAY;
    case POSTERN_SECTION_TRUSTED_NETWORKS:
        return POSTERN_STEP_TRUSTED_NETWORKS;
    case POSTERN_SECTION_CHECKS:
        return POSTERN_STEP_CHECKS;
    default:
        g_return_val_if_reached (POSTERN_STEP_REVIEW);
    }
}
