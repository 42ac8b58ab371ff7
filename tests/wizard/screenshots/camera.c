/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "camera.h"

#include "legibility.h"

#define NARROW 360
#define WIDE 1000
/* A window of the usual height, and how high it gets so that a longer page is seen at once. */
#define LOW 700
#define HIGH 4800
#define NORMAL_DPI (96 * 1024)

typedef struct {
    const char *name;
    int width;
    AdwColorScheme scheme;
    gboolean high_contrast;
    guint text_scale;  /* percent */
    gboolean one_line; /* what has one line only, such as the title of an entry, may be shortened */
} Look;

static const Look looks[CAMERA_LOOKS] = {
    { "360-light", NARROW, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 100 },
    { "360-dark", NARROW, ADW_COLOR_SCHEME_FORCE_DARK, FALSE, 100 },
    { "1000-light", WIDE, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 100 },
    { "1000-dark", WIDE, ADW_COLOR_SCHEME_FORCE_DARK, FALSE, 100 },
    { "1000-contrast", WIDE, ADW_COLOR_SCHEME_FORCE_LIGHT, TRUE, 100 },
    { "360-large", NARROW, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 200, TRUE },
    { "1000-large", WIDE, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 200 },
};

static void
count_frame_cb (GdkFrameClock *clock, guint *frames)
{
    (*frames)++;
}

void
camera_settle (GtkWindow *window)
{
    GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
    guint frames = 0;
    gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (count_frame_cb), &frames);

    /* The first one may have begun before what is waited for; a row that a list makes asks for another. */
    while (frames < 3) {
        gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
        g_main_context_iteration (NULL, TRUE);
    }
    g_signal_handler_disconnect (clock, handler);
}

static void
set_look (const Look *look)
{
    static GSettings *accessibility;

    if (accessibility == NULL)
        accessibility = g_settings_new ("org.gnome.desktop.a11y.interface");
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), look->scheme);
    g_settings_set_boolean (accessibility, "high-contrast", look->high_contrast);
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", NORMAL_DPI * (int)look->text_scale / 100, NULL);
}

/* How much of what is scrolled is not seen. */
static double
get_hidden (GtkWidget *widget)
{
    double most = 0;

    if (!gtk_widget_get_mapped (widget))
        return 0;
    if (GTK_IS_SCROLLED_WINDOW (widget)) {
        GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget));

        most = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
    }
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child)) {
        double below = GTK_IS_NATIVE (child) ? 0 : get_hidden (child);

        most = MAX (most, below);
    }
    return most;
}

static void
set_size (GtkWindow *window, int width, int height)
{
    gtk_window_set_default_size (window, width, height);
    camera_settle (window);
}

/* A list guesses the height of rows that it has not made yet, so that this takes some turns. */
static void
fit (GtkWindow *window, int width)
{
    int height = LOW;

    set_size (window, width, height);
    for (guint turn = 0; turn < 8 && height < HIGH; turn++) {
        int hidden = (int)get_hidden (GTK_WIDGET (window));

        if (hidden <= 0)
            return;
        height = MIN (height + hidden, HIGH);
        set_size (window, width, height);
    }
}

static GdkTexture *
photograph (GtkWidget *native)
{
    g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (native);
    g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
    g_autoptr (GskRenderNode) node = NULL;
    int width = gdk_paintable_get_intrinsic_width (paintable);
    int height = gdk_paintable_get_intrinsic_height (paintable);

    gdk_paintable_snapshot (paintable, snapshot, width, height);
    node = gtk_snapshot_to_node (snapshot);
    g_assert_nonnull (node);
    return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (native)), node,
                                        &GRAPHENE_RECT_INIT (0, 0, width, height));
}

static GtkWidget *
find_popover (GtkWidget *widget)
{
    GtkWidget *found = GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget) ? widget : NULL;

    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
         child = gtk_widget_get_next_sibling (child))
        found = find_popover (child);
    return found;
}

/* What can be used now: a popover is before everything, a dialog lies over the page. */
static GtkWidget *
get_front (GtkWindow *window)
{
    GtkWidget *popover = find_popover (GTK_WIDGET (window));
    AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));

    if (popover != NULL)
        return popover;
    return dialog != NULL ? GTK_WIDGET (dialog) : GTK_WIDGET (window);
}

/* Saving fast matters more than a small file: there are hundreds. */
static void
save (GdkTexture *texture, const char *path)
{
    GdkTextureDownloader *downloader = gdk_texture_downloader_new (texture);
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GdkPixbuf) pixbuf = NULL;
    g_autoptr (GError) error = NULL;
    gsize stride;

    gdk_texture_downloader_set_format (downloader, GDK_MEMORY_R8G8B8A8);
    bytes = gdk_texture_downloader_download_bytes (downloader, &stride);
    gdk_texture_downloader_free (downloader);
    pixbuf = gdk_pixbuf_new_from_bytes (bytes, GDK_COLORSPACE_RGB, TRUE, 8, gdk_texture_get_width (texture),
                                        gdk_texture_get_height (texture), (int)stride);
    if (!gdk_pixbuf_save (pixbuf, path, "png", &error, "compression", "1", NULL))
        g_error ("%s", error->message);
}

/* As somebody opens it in a window of this size. */
static void
open_again (GtkWidget *popover, GtkWindow *window)
{
    GtkWidget *button = gtk_widget_get_parent (popover);

    gtk_popover_popdown (GTK_POPOVER (popover));
    gtk_menu_button_popup (GTK_MENU_BUTTON (button));
    camera_settle (window);
}

static GPtrArray *
check (GtkWidget *front, GtkWidget *native, const Look *look)
{
    GPtrArray *faults = legibility_check (front, native, look->one_line);
    GtkWidget *content = ADW_IS_DIALOG (front) ? adw_dialog_get_child (ADW_DIALOG (front)) : native;
    const int width = content == native ? gtk_widget_get_width (native) : legibility_get_least_width (content);

    /* The items of a menu have one line. */
    if (width > look->width && !(look->one_line && GTK_IS_POPOVER_MENU (native))) {
        g_autofree char *widest = legibility_name_widest (content);

        g_ptr_array_add (faults,
                         g_strdup_printf ("it does not get as narrow as that: it is %d wide, for %s", width, widest));
    }
    return faults;
}

static void
take (GtkWindow *window, const Look *look, const char *directory, const char *name, CameraRecord *record)
{
    g_autofree char *file = g_strdup_printf ("%s-%s.png", name, look->name);
    g_autofree char *path = g_build_filename (directory, file, NULL);
    g_autoptr (GdkTexture) texture = NULL;
    g_autoptr (GPtrArray) faults = NULL;
    GtkWidget *front, *native;

    set_look (look);
    fit (window, look->width);
    front = get_front (window);
    if (GTK_IS_POPOVER (front))
        open_again (front, window);
    native = GTK_WIDGET (gtk_widget_get_native (front));
    texture = photograph (native);
    save (texture, path);
    faults = check (front, native, look);
    for (guint i = 0; i < faults->len; i++)
        g_print ("%s: %s\n", file, g_strdelimit (g_ptr_array_index (faults, i), "\n", ' '));
    record->pictures++;
    record->faults += faults->len;
}

void
camera_take (GtkWindow *window, const char *directory, const char *name, CameraRecord *record)
{
    for (guint i = 0; i < CAMERA_LOOKS; i++)
        take (window, &looks[i], directory, name, record);
    set_look (&looks[0]);
}
