/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-scroll-column.h"

#include <adwaita.h>

/* The space below the last row. */
#define BOTTOM 24

struct _PosternScrollColumn {
    GtkWidget parent_instance;

    GtkWidget *top;
    GtkWidget *list;
    GtkAdjustment *adjustments[2];   /* by GtkOrientation: what the scrolled window shows */
    GtkAdjustment *list_adjustment;  /* how far the list itself is scrolled */
    GtkScrollablePolicy policies[2]; /* by GtkOrientation */
    GtkRoot *root;                   /* unowned: the root whose focus is watched */
    guint tick_id;
    guint ticks_to_focus;
    gboolean updating; /* whether it is the column itself that moves the list */
};

typedef enum {
    PROP_TOP = 1,
    PROP_LIST,
    PROP_HADJUSTMENT,
    PROP_VADJUSTMENT,
    PROP_HSCROLL_POLICY,
    PROP_VSCROLL_POLICY,
} PosternScrollColumnProperty;

static GParamSpec *properties[PROP_LIST + 1];

G_DEFINE_FINAL_TYPE_WITH_CODE (PosternScrollColumn, postern_scroll_column, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static GtkAdjustment *
vertical (PosternScrollColumn *self)
{
    return self->adjustments[GTK_ORIENTATION_VERTICAL];
}

/* How high @child wants to be at @width. */
static int
natural_height (GtkWidget *child, int width)
{
    int minimum_width;
    int height;

    if (child == NULL || !gtk_widget_should_layout (child))
        return 0;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum_width, NULL, NULL, NULL);
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, MAX (width, minimum_width), NULL, &height, NULL, NULL);
    return height;
}

static void
allocate_at (GtkWidget *child, int y, int width, int height)
{
    if (child != NULL && gtk_widget_should_layout (child))
        gtk_widget_size_allocate (child, &(GtkAllocation){ 0, y, width, height }, -1);
}

static gboolean
has_list (PosternScrollColumn *self)
{
    return self->list != NULL && gtk_widget_should_layout (self->list);
}

static int
top_height (PosternScrollColumn *self, int width, int height)
{
    int natural = natural_height (self->top, width);

    return has_list (self) ? natural : MAX (natural, height);
}

/* Moves the list to what the column's position means for it: nothing until the top is out of sight. */
static void
scroll_list (PosternScrollColumn *self, double offset)
{
    self->updating = TRUE;
    gtk_adjustment_set_value (self->list_adjustment, MAX (0, offset));
    self->updating = FALSE;
}

static void
configure (PosternScrollColumn *self, GtkOrientation orientation, double value, double upper, double page)
{
    upper = MAX (upper, page);
    if (self->adjustments[orientation] != NULL)
        gtk_adjustment_configure (self->adjustments[orientation], CLAMP (value, 0, upper - page), 0, upper, page * 0.1,
                                  page * 0.9, page);
}

/* Where the last row of the list ends, measured from the list's top. */
static double
last_row_end (PosternScrollColumn *self)
{
    GtkWidget *list = ADW_IS_CLAMP_SCROLLABLE (self->list)
                          ? adw_clamp_scrollable_get_child (ADW_CLAMP_SCROLLABLE (self->list))
                          : self->list;
    GtkWidget *row = list != NULL ? gtk_widget_get_last_child (list) : NULL;
    graphene_rect_t bounds;

    if (row == NULL || !gtk_widget_compute_bounds (row, self->list, &bounds))
        return 0;
    return bounds.origin.y + bounds.size.height;
}

/*
 * Gives the list the height of the view, at the position that @value means for it, and so finds out how high its rows
 * are together. A GtkListView cannot be asked: its measure does not know the width. Scrolling it can also refine where
 * it is, since it guesses the heights of the rows that it has not made; then @value changes.
 */
static double
lay_out_list (PosternScrollColumn *self, int top, int width, int height, double *value)
{
    double before, after, total;

    if (!has_list (self))
        return 0;
    natural_height (self->list, width);
    scroll_list (self, *value - top);
    before = gtk_adjustment_get_value (self->list_adjustment);
    self->updating = TRUE;
    allocate_at (self->list, MAX (0, top - *value), width, height);
    self->updating = FALSE;
    after = gtk_adjustment_get_value (self->list_adjustment);
    total = gtk_adjustment_get_upper (self->list_adjustment);
    if (total <= height)
        return last_row_end (self);
    if (after != before)
        *value = after > 0 ? top + after : MIN (*value, top);
    return total;
}

static void
postern_scroll_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
    PosternScrollColumn *self = POSTERN_SCROLL_COLUMN (widget);
    int top = top_height (self, width, height);
    double value = vertical (self) != NULL ? gtk_adjustment_get_value (vertical (self)) : 0;
    double total = lay_out_list (self, top, width, height, &value);

    configure (self, GTK_ORIENTATION_HORIZONTAL, 0, width, width);
    configure (self, GTK_ORIENTATION_VERTICAL, value, top + total + (total > 0 ? BOTTOM : 0), height);
    value = vertical (self) != NULL ? gtk_adjustment_get_value (vertical (self)) : 0;
    allocate_at (self->top, -value, width, top);
    allocate_at (self->list, top - value + CLAMP (value - top, 0, MAX (0, total - height)), width, height);
}

static void
postern_scroll_column_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                               int *minimum_baseline, int *natural_baseline)
{
    PosternScrollColumn *self = POSTERN_SCROLL_COLUMN (widget);
    GtkWidget *children[] = { self->top, self->list };

    *minimum = *natural = 0;
    for (gsize i = 0; i < G_N_ELEMENTS (children); i++) {
        int child_minimum = 0;
        int child_natural = 0;

        if (children[i] == NULL || !gtk_widget_should_layout (children[i]))
            continue;
        gtk_widget_measure (children[i], orientation, for_size, &child_minimum, &child_natural, NULL, NULL);
        if (orientation == GTK_ORIENTATION_HORIZONTAL) {
            *minimum = MAX (*minimum, child_minimum);
            *natural = MAX (*natural, child_natural);
        } else {
            *natural += child_natural;
        }
    }
    *natural = MAX (*natural, *minimum);
}

static GtkSizeRequestMode
postern_scroll_column_get_request_mode (GtkWidget *widget)
{
    return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
on_value_changed_cb (PosternScrollColumn *self)
{
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* The list moved by itself: a row got the focus, or was scrolled to. */
static void
on_list_value_changed_cb (PosternScrollColumn *self)
{
    double value = gtk_adjustment_get_value (self->list_adjustment);
    int top;

    if (self->updating || vertical (self) == NULL)
        return;
    top = top_height (self, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
    if (value > 0 || gtk_adjustment_get_value (vertical (self)) > top)
        gtk_adjustment_set_value (vertical (self), top + value);
}

static void
scroll_to_focus (PosternScrollColumn *self)
{
    GtkWidget *focus = self->root != NULL ? gtk_root_get_focus (self->root) : NULL;
    int height = gtk_widget_get_height (GTK_WIDGET (self));
    double value = gtk_adjustment_get_value (vertical (self));
    graphene_rect_t bounds;

    if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
        return;
    /* The text of an entry is smaller than what a person takes for the entry. */
    if (GTK_IS_TEXT (focus))
        focus = gtk_widget_get_parent (focus);
    if (!gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
        return;
    if (bounds.origin.y + bounds.size.height > height)
        gtk_adjustment_set_value (vertical (self),
                                  value + MIN (bounds.origin.y, bounds.origin.y + bounds.size.height - height));
    else if (bounds.origin.y < 0)
        gtk_adjustment_set_value (vertical (self), value + bounds.origin.y);
}

/* A tick comes before the layout of its frame, so that the second one is the first to find everything in its place. */
static gboolean
scroll_to_focus_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
    PosternScrollColumn *self = POSTERN_SCROLL_COLUMN (widget);

    if (self->ticks_to_focus-- > 0)
        return G_SOURCE_CONTINUE;
    scroll_to_focus (self);
    self->tick_id = 0;
    return G_SOURCE_REMOVE;
}

/* A row that has the focus may have been made for it, and then has no place yet: looking at once, as one does for what
 * is in the top, would find it where the row was that it has been made of. */
static void
on_focus_changed_cb (PosternScrollColumn *self)
{
    GtkWidget *focus = gtk_root_get_focus (self->root);

    if (focus == NULL || vertical (self) == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
        return;
    if (self->list == NULL || !gtk_widget_is_ancestor (focus, self->list))
        scroll_to_focus (self);
    self->ticks_to_focus = 1;
    if (self->tick_id == 0)
        self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_to_focus_cb, NULL, NULL);
}

static void
postern_scroll_column_root (GtkWidget *widget)
{
    PosternScrollColumn *self = POSTERN_SCROLL_COLUMN (widget);

    GTK_WIDGET_CLASS (postern_scroll_column_parent_class)->root (widget);
    self->root = gtk_widget_get_root (widget);
    g_signal_connect_swapped (self->root, "notify::focus-widget", G_CALLBACK (on_focus_changed_cb), self);
}

static void
postern_scroll_column_unroot (GtkWidget *widget)
{
    PosternScrollColumn *self = POSTERN_SCROLL_COLUMN (widget);

    g_signal_handlers_disconnect_by_func (self->root, on_focus_changed_cb, self);
    self->root = NULL;
    GTK_WIDGET_CLASS (postern_scroll_column_parent_class)->unroot (widget);
}

static void
set_adjustment (PosternScrollColumn *self, GtkOrientation orientation, GtkAdjustment *adjustment, const char *property)
{
    GtkAdjustment **field = &self->adjustments[orientation];

    if (adjustment != NULL && *field == adjustment)
        return;
    if (*field != NULL)
        g_signal_handlers_disconnect_by_func (*field, on_value_changed_cb, self);
    g_clear_object (field);
    *field = g_object_ref_sink (adjustment != NULL ? adjustment : gtk_adjustment_new (0, 0, 0, 0, 0, 0));
    g_signal_connect_swapped (*field, "value-changed", G_CALLBACK (on_value_changed_cb), self);
    gtk_widget_queue_allocate (GTK_WIDGET (self));
    g_object_notify (G_OBJECT (self), property);
}

static void
set_policy (PosternScrollColumn *self, GtkOrientation orientation, GtkScrollablePolicy policy, const char *property)
{
    if (self->policies[orientation] == policy)
        return;
    self->policies[orientation] = policy;
    gtk_widget_queue_resize (GTK_WIDGET (self));
    g_object_notify (G_OBJECT (self), property);
}

static void
postern_scroll_column_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternScrollColumn *self = POSTERN_SCROLL_COLUMN (object);

    switch ((PosternScrollColumnProperty)id) {
    case PROP_TOP:
        g_value_set_object (value, self->top);
        break;
    case PROP_LIST:
        g_value_set_object (value, self->list);
        break;
    case PROP_HADJUSTMENT:
        g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
        break;
    case PROP_VADJUSTMENT:
        g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
        break;
    case PROP_HSCROLL_POLICY:
        g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
        break;
    case PROP_VSCROLL_POLICY:
        g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_scroll_column_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternScrollColumn *self = POSTERN_SCROLL_COLUMN (object);

    switch ((PosternScrollColumnProperty)id) {
    case PROP_TOP:
        postern_scroll_column_set_top (self, g_value_get_object (value));
        break;
    case PROP_LIST:
        postern_scroll_column_set_list (self, g_value_get_object (value));
        break;
    case PROP_HADJUSTMENT:
        set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value), "hadjustment");
        break;
    case PROP_VADJUSTMENT:
        set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value), "vadjustment");
        break;
    case PROP_HSCROLL_POLICY:
        set_policy (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_enum (value), "hscroll-policy");
        break;
    case PROP_VSCROLL_POLICY:
        set_policy (self, GTK_ORIENTATION_VERTICAL, g_value_get_enum (value), "vscroll-policy");
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_scroll_column_dispose (GObject *object)
{
    PosternScrollColumn *self = POSTERN_SCROLL_COLUMN (object);

    g_clear_pointer (&self->top, gtk_widget_unparent);
    g_clear_pointer (&self->list, gtk_widget_unparent);
    for (guint i = 0; i < G_N_ELEMENTS (self->adjustments); i++) {
        if (self->adjustments[i] != NULL)
            g_signal_handlers_disconnect_by_func (self->adjustments[i], on_value_changed_cb, self);
        g_clear_object (&self->adjustments[i]);
    }
    if (self->list_adjustment != NULL)
        g_signal_handlers_disconnect_by_func (self->list_adjustment, on_list_value_changed_cb, self);
    g_clear_object (&self->list_adjustment);
    G_OBJECT_CLASS (postern_scroll_column_parent_class)->dispose (object);
}

static void
postern_scroll_column_class_init (PosternScrollColumnClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_scroll_column_get_property;
    object_class->set_property = postern_scroll_column_set_property;
    object_class->dispose = postern_scroll_column_dispose;
    widget_class->measure = postern_scroll_column_measure;
    widget_class->size_allocate = postern_scroll_column_size_allocate;
    widget_class->get_request_mode = postern_scroll_column_get_request_mode;
    widget_class->root = postern_scroll_column_root;
    widget_class->unroot = postern_scroll_column_unroot;

    properties[PROP_TOP] = g_param_spec_object ("top", NULL, NULL, GTK_TYPE_WIDGET, flags);
    properties[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, GTK_TYPE_WIDGET, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
    g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
    g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
    g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
    g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
}

static void
postern_scroll_column_init (PosternScrollColumn *self)
{
    gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
    self->list_adjustment = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
    g_signal_connect_swapped (self->list_adjustment, "value-changed", G_CALLBACK (on_list_value_changed_cb), self);
}

GtkWidget *
postern_scroll_column_new (void)
{
    return g_object_new (POSTERN_TYPE_SCROLL_COLUMN, NULL);
}

static gboolean
replace_child (PosternScrollColumn *self, GtkWidget **field, GtkWidget *child)
{
    if (*field == child)
        return FALSE;
    g_clear_pointer (field, gtk_widget_unparent);
    *field = child;
    if (self->top != NULL && child == self->list && child != NULL)
        gtk_widget_insert_after (child, GTK_WIDGET (self), self->top);
    else if (child != NULL)
        gtk_widget_insert_after (child, GTK_WIDGET (self), NULL);
    return TRUE;
}

GtkWidget *
postern_scroll_column_get_top (PosternScrollColumn *self)
{
    g_return_val_if_fail (POSTERN_IS_SCROLL_COLUMN (self), NULL);
    return self->top;
}

void
postern_scroll_column_set_top (PosternScrollColumn *self, GtkWidget *top)
{
    g_return_if_fail (POSTERN_IS_SCROLL_COLUMN (self));
    g_return_if_fail (top == NULL || GTK_IS_WIDGET (top));

    if (replace_child (self, &self->top, top))
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOP]);
}

GtkWidget *
postern_scroll_column_get_list (PosternScrollColumn *self)
{
    g_return_val_if_fail (POSTERN_IS_SCROLL_COLUMN (self), NULL);
    return self->list;
}

void
postern_scroll_column_set_list (PosternScrollColumn *self, GtkWidget *list)
{
    g_return_if_fail (POSTERN_IS_SCROLL_COLUMN (self));
    g_return_if_fail (list == NULL || GTK_IS_SCROLLABLE (list));

    if (!replace_child (self, &self->list, list))
        return;
    if (list != NULL)
        gtk_scrollable_set_vadjustment (GTK_SCROLLABLE (list), self->list_adjustment);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIST]);
}
