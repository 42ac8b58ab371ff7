/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-gateway.h"
#include "wizard/postern-window.h"

/** Stage: the real window, with everything that a scene needs */
typedef struct {
    PosternWindow *window;
    PosternSession *session; /* the window's */
    PosternPlan *plan;       /* the session's */
    TestGateway *gateway;    /* of this scene, or %NULL */
} Stage;

/** Scene: a state of the wizard that a person may come to see; @play brings it about */
typedef struct {
    const char *name;
    void (*play) (Stage *stage);
} Scene;

/** scenes: every one, ending with one that has no name */
extern const Scene scenes[];

/** stage_open: opens the window on its welcome page */
void stage_open (Stage *stage, GtkApplication *application);

/** stage_close: closes it, and makes sure that it is gone */
void stage_close (Stage *stage);
