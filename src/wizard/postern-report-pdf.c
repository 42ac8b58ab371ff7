/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-report-pdf.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

/* A4 in points of 1/72 inch. */
#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89
#define MARGIN 56.0

typedef struct {
    cairo_t *cr;
    PangoLayout *layout;
    double y;
    guint page;
} Sheet;

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
    g_byte_array_append (closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static void
set_style (Sheet *sheet, const char *font)
{
    PangoFontDescription *description = pango_font_description_from_string (font);

    pango_layout_set_font_description (sheet->layout, description);
    pango_font_description_free (description);
}

static void
end_page (Sheet *sheet)
{
    /* Translators: at the foot of a printed page. */
    g_autofree char *number = g_strdup_printf (_ ("Page %u"), sheet->page);

    set_style (sheet, "Sans 8");
    pango_layout_set_text (sheet->layout, number, -1);
    cairo_move_to (sheet->cr, MARGIN, PAGE_HEIGHT - MARGIN * 0.75);
    pango_cairo_show_layout (sheet->cr, sheet->layout);
    cairo_show_page (sheet->cr);
    sheet->page++;
    sheet->y = MARGIN;
}

static void
set_line (Sheet *sheet, const char *text, gboolean heading)
{
    int height;

    set_style (sheet, heading ? "Sans Bold 12" : "Sans 10");
    pango_layout_set_text (sheet->layout, text, -1);
    pango_layout_get_size (sheet->layout, NULL, &height);
    if (sheet->y + (double)height / PANGO_SCALE > PAGE_HEIGHT - MARGIN) {
        end_page (sheet);
        set_style (sheet, heading ? "Sans Bold 12" : "Sans 10");
        pango_layout_set_text (sheet->layout, text, -1);
    }
    cairo_move_to (sheet->cr, MARGIN, sheet->y);
    pango_cairo_show_layout (sheet->cr, sheet->layout);
    sheet->y += (double)height / PANGO_SCALE + 2;
}

static gboolean
is_underline (const char *line)
{
    return line != NULL && *line == '-' && line[strspn (line, "-")] == '\0';
}

static gboolean
set_text (Sheet *sheet, const char *text, GCancellable *cancellable, GError **error)
{
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++) {
        if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
        if (is_underline (lines[i]))
            continue;
        set_line (sheet, lines[i], i == 0 || is_underline (lines[i + 1]));
    }
    end_page (sheet);
    return TRUE;
}

GBytes *
postern_report_to_pdf (const char *text, GCancellable *cancellable, GError **error)
{
    GByteArray *pdf = g_byte_array_new ();
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, pdf, PAGE_WIDTH, PAGE_HEIGHT);
    Sheet sheet = { .cr = cairo_create (surface), .y = MARGIN, .page = 1 };
    gboolean done;
    cairo_status_t status;

    /* The oldest one that has all that is used here: any reader shows it. */
    cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
    sheet.layout = pango_cairo_create_layout (sheet.cr);
    pango_layout_set_width (sheet.layout, (int)((PAGE_WIDTH - 2 * MARGIN) * PANGO_SCALE));
    pango_layout_set_wrap (sheet.layout, PANGO_WRAP_WORD_CHAR);
    done = set_text (&sheet, text, cancellable, error);
    g_object_unref (sheet.layout);
    cairo_destroy (sheet.cr);
    cairo_surface_finish (surface);
    status = cairo_surface_status (surface);
    cairo_surface_destroy (surface);
    if (done && status != CAIRO_STATUS_SUCCESS) {
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, cairo_status_to_string (status));
        done = FALSE;
    }
    if (done)
        return g_byte_array_free_to_bytes (pdf);
    g_byte_array_unref (pdf);
    return NULL;
}
