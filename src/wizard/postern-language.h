/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The language that a person chose for Postern alone, whatever the system speaks. It is kept among the settings; where
 * there are none (started from a build directory), it lasts until the end.
 */

/**
 * postern_language_start:
 *
 * Starts to speak the system's language, or the one that was chosen. To be called once, before anything is translated
 * and before there is another thread.
 */
void postern_language_start (void);

/** postern_language_get: Returns: (transfer none): the code of the language that was chosen, "" for the system's */
const char *postern_language_get (void);

/**
 * postern_language_choose:
 * @code: (not nullable): "cs", "en", "fr", "ru", or "" for what the system speaks
 *
 * From now on what is translated is in that language; what has been translated stays as it is.
 */
void postern_language_choose (const char *code);

G_END_DECLS
