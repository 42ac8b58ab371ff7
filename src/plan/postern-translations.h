/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * postern_translations_bind:
 *
 * Makes gettext find this project's translations: where they are installed, or where `POSTERN_LOCALE_DIR` says, as for
 * a program that is not installed. In which language they are is up to setlocale(), which the program calls itself.
 */
void postern_translations_bind (void);

G_END_DECLS
