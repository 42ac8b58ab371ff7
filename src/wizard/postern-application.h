/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_APPLICATION (postern_application_get_type ())

/**
 * PosternApplication:
 *
 * The one process: opens plan files, takes up what was left at the last time, and makes the windows.
 */
G_DECLARE_FINAL_TYPE (PosternApplication, postern_application, POSTERN, APPLICATION, AdwApplication)

PosternApplication *postern_application_new (void);

G_END_DECLS
