/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-runbook-printer.h"

#include "gateway/postern-runbook-text.h"

/* Lines of 78 characters fit on A4 and on US Letter. */
#define FONT "monospace 9"

typedef struct {
    char *text;
    PangoLayout *layout;
    GArray *starts; /* of int: the first line of each page */
} Print;

static void
print_free (gpointer data)
{
    Print *self = data;

    g_free (self->text);
    g_clear_object (&self->layout);
    g_array_unref (self->starts);
    g_free (self);
}

/* Cuts the lines into pages as high as @height. */
static void
paginate (Print *self, double height)
{
    int top = 0;
    int n = pango_layout_get_line_count (self->layout);
    PangoLayoutIter *iter = pango_layout_get_iter (self->layout);

    g_array_set_size (self->starts, 0);
    for (int line = 0; line < n; line++, pango_layout_iter_next_line (iter)) {
        int begin;
        int end;

        pango_layout_iter_get_line_yrange (iter, &begin, &end);
        if (line == 0 || (end - top) > height * PANGO_SCALE) {
            g_array_append_val (self->starts, line);
            top = begin;
        }
    }
    pango_layout_iter_free (iter);
}

static void
on_begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, gpointer user_data)
{
    Print *self = user_data;
    PangoFontDescription *font = pango_font_description_from_string (FONT);

    g_clear_object (&self->layout);
    self->layout = gtk_print_context_create_pango_layout (context);
    pango_layout_set_font_description (self->layout, font);
    pango_layout_set_width (self->layout, (int)(gtk_print_context_get_width (context) * PANGO_SCALE));
    pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text (self->layout, self->text, -1);
    paginate (self, gtk_print_context_get_height (context));
    gtk_print_operation_set_n_pages (operation, (int)self->starts->len);
    pango_font_description_free (font);
}

static void
on_draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer user_data)
{
    Print *self = user_data;
    int first = g_array_index (self->starts, int, page);
    int last = page + 1 < (int)self->starts->len ? g_array_index (self->starts, int, page + 1)
                                                 : pango_layout_get_line_count (self->layout);
    PangoLayoutIter *iter = pango_layout_get_iter (self->layout);
    cairo_t *cr = gtk_print_context_get_cairo_context (context);
    int top = 0;

    for (int line = 0; line < last; line++, pango_layout_iter_next_line (iter)) {
        int begin;
        int end;

        pango_layout_iter_get_line_yrange (iter, &begin, &end);
        if (line < first)
            continue;
        if (line == first)
            top = begin;
        cairo_move_to (cr, 0, (double)(pango_layout_iter_get_baseline (iter) - top) / PANGO_SCALE);
        pango_cairo_show_layout_line (cr, pango_layout_iter_get_line_readonly (iter));
    }
    pango_layout_iter_free (iter);
}

GtkPrintOperation *
postern_runbook_printer_new (PosternRunbook *runbook)
{
    GtkPrintOperation *operation = gtk_print_operation_new ();
    Print *self = g_new0 (Print, 1);

    self->text = postern_runbook_to_text (runbook);
    self->starts = g_array_new (FALSE, FALSE, sizeof (int));
    gtk_print_operation_set_job_name (operation, postern_runbook_get_title (runbook));
    gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
    gtk_print_operation_set_embed_page_setup (operation, TRUE);
    g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print_cb), self);
    g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page_cb), self);
    g_object_set_data_full (G_OBJECT (operation), "postern-print", self, print_free);
    return operation;
}
