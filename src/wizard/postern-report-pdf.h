/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * postern_report_to_pdf:
 * @text: a report as postern_report_to_text() makes it
 * @cancellable: (nullable): to stop it
 * @error: return location for an error, or %NULL
 *
 * Sets @text on A4 pages, with page numbers; a line that is underlined with hyphens becomes a heading. Takes time with
 * a long report; may be called in any thread.
 *
 * Returns: (transfer full) (nullable): a PDF document
 */
GBytes *postern_report_to_pdf (const char *text, GCancellable *cancellable, GError **error);

G_END_DECLS
