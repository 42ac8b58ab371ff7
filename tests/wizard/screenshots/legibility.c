/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "legibility.h"

#include <adwaita.h>

/* Rounding to whole pixels is no fault. */
#define TOLERANCE 1.5f

/* Something that is read or touched, and where it is. */
typedef struct {
    GtkWidget *widget;
    graphene_rect_t place;
} Item;

typedef struct {
    GtkWidget *bounds;
    GArray *items; /* of Item */
    GPtrArray *faults;
    gboolean one_line;
} Check;

static char *
describe (GtkWidget *widget)
{
    if (GTK_IS_LABEL (widget))
        return g_strdup_printf ("“%s”", gtk_label_get_text (GTK_LABEL (widget)));
    if (GTK_IS_EDITABLE (widget))
        return g_strdup_printf ("the entry with “%s”", gtk_editable_get_text (GTK_EDITABLE (widget)));
    if (GTK_IS_IMAGE (widget))
        return g_strdup_printf ("the icon %s", gtk_image_get_icon_name (GTK_IMAGE (widget)));
    return g_strdup (G_OBJECT_TYPE_NAME (widget));
}

G_GNUC_PRINTF (2, 3)
static void
complain (Check *check, const char *format, ...)
{
    va_list arguments;

    va_start (arguments, format);
    g_ptr_array_add (check->faults, g_strdup_vprintf (format, arguments));
    va_end (arguments);
}

/* What a scrolled text of any length shows is the person's business. */
static gboolean
is_long_text (GtkWidget *widget)
{
    return GTK_IS_TEXT_VIEW (widget) || GTK_IS_TEXT (widget);
}

/* The heading below says what the page is about, a field's title is above what is entered, and AdwAlertDialog gives its
 * buttons the height of one line. */
static gboolean
has_one_line (GtkWidget *widget)
{
    const GType types[] = { ADW_TYPE_HEADER_BAR, ADW_TYPE_ENTRY_ROW, ADW_TYPE_COMBO_ROW, GTK_TYPE_DROP_DOWN };

    if (GTK_IS_BUTTON (gtk_widget_get_parent (widget)) &&
        gtk_widget_get_ancestor (widget, ADW_TYPE_ALERT_DIALOG) != NULL)
        return TRUE;

    for (guint i = 0; i < G_N_ELEMENTS (types); i++)
        if (gtk_widget_get_ancestor (widget, types[i]) != NULL)
            return TRUE;
    return FALSE;
}

static void
check_label (Check *check, GtkLabel *label)
{
    PangoLayout *layout = gtk_label_get_layout (label);
    int width, height;

    pango_layout_get_pixel_size (layout, &width, &height);
    if (pango_layout_is_ellipsized (layout) && !(check->one_line && has_one_line (GTK_WIDGET (label))))
        complain (check, "shortened to %d: “%s”", gtk_widget_get_width (GTK_WIDGET (label)),
                  gtk_label_get_text (label));
    if (pango_layout_get_unknown_glyphs_count (layout) > 0)
        complain (check, "a glyph is missing: “%s”", gtk_label_get_text (label));
    if (width > gtk_widget_get_width (GTK_WIDGET (label)) + TOLERANCE ||
        height > gtk_widget_get_height (GTK_WIDGET (label)) + TOLERANCE)
        complain (check, "cut off: “%s” needs %d × %d and has %d × %d", gtk_label_get_text (label), width, height,
                  gtk_widget_get_width (GTK_WIDGET (label)), gtk_widget_get_height (GTK_WIDGET (label)));
}

/* Where the text itself is: a label is often larger than what it says. */
static gboolean
get_place (GtkWidget *widget, GtkWidget *root, graphene_rect_t *place)
{
    PangoRectangle text;
    graphene_point_t corner;
    int x, y;

    if (!GTK_IS_LABEL (widget))
        return gtk_widget_compute_bounds (widget, root, place);
    gtk_label_get_layout_offsets (GTK_LABEL (widget), &x, &y);
    pango_layout_get_pixel_extents (gtk_label_get_layout (GTK_LABEL (widget)), &text, NULL);
    if (!gtk_widget_compute_point (widget, root, &GRAPHENE_POINT_INIT (x + text.x, y + text.y), &corner))
        return FALSE;
    graphene_rect_init (place, corner.x, corner.y, text.width, text.height);
    return TRUE;
}

static gboolean
is_inside (const graphene_rect_t *place, const graphene_rect_t *room)
{
    graphene_rect_t larger = GRAPHENE_RECT_INIT (room->origin.x - TOLERANCE, room->origin.y - TOLERANCE,
                                                 room->size.width + 2 * TOLERANCE, room->size.height + 2 * TOLERANCE);

    return graphene_rect_contains_rect (&larger, place);
}

/* How far above or below @room it is all right to be: as far as one can scroll there. */
static graphene_rect_t
get_reach (Check *check, GtkWidget *above, const graphene_rect_t *place)
{
    GtkWidget *parent = gtk_widget_get_parent (above);
    graphene_rect_t room = GRAPHENE_RECT_INIT_ZERO;

    if (!gtk_widget_compute_bounds (above, check->bounds, &room))
        return *place;
    if (GTK_IS_SCROLLED_WINDOW (above) || (parent != NULL && GTK_IS_SCROLLED_WINDOW (parent))) {
        room.origin.y = place->origin.y;
        room.size.height = place->size.height;
    }
    return room;
}

/* What leaves a widget that clips is not seen, and what leaves the window neither. Scrolling down is all right,
 * scrolling sideways is not. */
static gboolean
check_room (Check *check, const Item *item)
{
    for (GtkWidget *above = gtk_widget_get_parent (item->widget); above != NULL;
         above = gtk_widget_get_parent (above)) {
        graphene_rect_t room;

        if (gtk_widget_get_overflow (above) != GTK_OVERFLOW_HIDDEN && above != check->bounds)
            continue;
        room = get_reach (check, above, &item->place);
        if (!is_inside (&item->place, &room)) {
            g_autofree char *what = describe (item->widget);

            complain (check, "outside of its %s: %s", G_OBJECT_TYPE_NAME (above), what);
            return FALSE;
        }
        if (GTK_IS_SCROLLABLE (above) || above == check->bounds)
            return TRUE;
    }
    return TRUE;
}

/* Only what is seen can cover something: the rest is below or above what is scrolled to. */
static gboolean
is_scrolled_to (Check *check, const Item *item)
{
    GtkWidget *scroller = gtk_widget_get_ancestor (item->widget, GTK_TYPE_SCROLLED_WINDOW);
    graphene_rect_t room;

    return scroller == NULL || !gtk_widget_compute_bounds (scroller, check->bounds, &room) ||
           is_inside (&item->place, &room);
}

/* An entry row lays its title once over the text and once above it, and draws one of them. */
static gboolean
share_an_entry_row (GtkWidget *a, GtkWidget *b)
{
    GtkWidget *row = gtk_widget_get_ancestor (a, ADW_TYPE_ENTRY_ROW);

    return row != NULL && gtk_widget_is_ancestor (b, row);
}

static void
check_overlaps (Check *check)
{
    for (guint i = 0; i < check->items->len; i++)
        for (guint j = i + 1; j < check->items->len; j++) {
            const Item *a = &g_array_index (check->items, Item, i);
            const Item *b = &g_array_index (check->items, Item, j);
            graphene_rect_t common;

            if (graphene_rect_intersection (&a->place, &b->place, &common) && common.size.width > TOLERANCE &&
                common.size.height > TOLERANCE && !share_an_entry_row (a->widget, b->widget)) {
                g_autofree char *one = describe (a->widget);
                g_autofree char *other = describe (b->widget);

                complain (check, "%s covers %s", other, one);
            }
        }
}

static gboolean
is_leaf (GtkWidget *widget)
{
    if (GTK_IS_LABEL (widget))
        return *gtk_label_get_text (GTK_LABEL (widget)) != '\0';
    if (GTK_IS_IMAGE (widget))
        return gtk_image_get_storage_type (GTK_IMAGE (widget)) != GTK_IMAGE_EMPTY;
    return GTK_IS_SWITCH (widget) || ADW_IS_SPINNER (widget) || is_long_text (widget);
}

static gboolean
is_seen (GtkWidget *widget)
{
    return gtk_widget_get_mapped (widget) && gtk_widget_get_opacity (widget) > 0;
}

static void
collect (Check *check, GtkWidget *widget)
{
    Item item = { .widget = widget };

    if (!is_seen (widget))
        return;
    if (is_leaf (widget)) {
        if (GTK_IS_LABEL (widget))
            check_label (check, GTK_LABEL (widget));
        if (get_place (widget, check->bounds, &item.place)) {
            if (check_room (check, &item) && is_scrolled_to (check, &item))
                g_array_append_val (check->items, item);
        }
        return;
    }
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
        /* A popover is a window of its own, and a toast lies over what is there for a moment. */
        if (!GTK_IS_NATIVE (child) && !g_str_equal (G_OBJECT_TYPE_NAME (child), "AdwToastWidget"))
            collect (check, child);
}

GPtrArray *
legibility_check (GtkWidget *root, GtkWidget *bounds, gboolean one_line)
{
    Check check = {
        .bounds = bounds,
        .one_line = one_line,
        .items = g_array_new (FALSE, FALSE, sizeof (Item)),
        .faults = g_ptr_array_new_with_free_func (g_free),
    };

    collect (&check, root);
    check_overlaps (&check);
    g_array_unref (check.items);
    return check.faults;
}

int
legibility_get_least_width (GtkWidget *widget)
{
    int width;

    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
    return width;
}

char *
legibility_name_widest (GtkWidget *root)
{
    GtkWidget *widest = NULL;

    for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
         child = gtk_widget_get_next_sibling (child))
        if (is_seen (child) && !GTK_IS_NATIVE (child) &&
            (widest == NULL || legibility_get_least_width (child) > legibility_get_least_width (widest)))
            widest = child;
    return widest != NULL ? legibility_name_widest (widest) : describe (root);
}
