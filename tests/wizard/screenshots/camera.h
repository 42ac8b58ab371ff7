/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* How often the camera looks: every way in which a person may see a scene. */
#define CAMERA_LOOKS 7

/** CameraRecord: what came of it */
typedef struct {
    guint pictures;
    guint faults;
} CameraRecord;

/**
 * camera_settle:
 * @window: a window that is shown
 *
 * Waits until what was changed is laid out and drawn.
 */
void camera_settle (GtkWindow *window);

/**
 * camera_take:
 * @window: what shows the scene
 * @directory: where the pictures go
 * @name: of the scene, which the pictures' names begin with
 * @record: counts up
 *
 * Looks at the scene in every way: narrow and wide, light and dark, with high contrast and with text of twice the size.
 * The window gets as high as it takes to see the whole page. Each look is a picture, and is checked; faults go to
 * standard output.
 */
void camera_take (GtkWindow *window, const char *directory, const char *name, CameraRecord *record);
