/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-mail-flow.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include "wizard/postern-mail-way.h"

#define NODE_SIZE 44.0f
#define ICON_SIZE 24.0f
#define BADGE_SIZE 18.0f
#define BADGE_ICON_SIZE 12.0f
#define ARROW_GAP 8.0f
#define ARROW_SHIFT 6.0f
#define THIN 1.5f
#define THICK 3.0f
#define LABEL_GAP 6
#define MAX_NODES 4
/* How long the light needs from one place to the next, in milliseconds. */
#define LEG_MS 250

typedef enum { NODE_INTERNET, NODE_EDGE, NODE_GATEWAY, NODE_INTERNAL, N_NODES } Node;

struct _PosternMailFlow {
    GtkWidget parent_instance;

    PosternScenario scenario;
    char *texts[N_NODES];
    gboolean verifies_recipients;
    gboolean uses_spf;
    gboolean uses_dmarc;
    PosternMailWay way;      /* that is lit */
    double gone;             /* how many of its legs the light has gone so far */
    AdwAnimation *animation; /* of the light */
};

G_DEFINE_FINAL_TYPE (PosternMailFlow, postern_mail_flow, GTK_TYPE_WIDGET)

typedef enum {
    PROP_SCENARIO = 1,
    PROP_GATEWAY_TEXT,
    PROP_EDGE_TEXT,
    PROP_INTERNAL_TEXT,
    PROP_VERIFIES_RECIPIENTS,
    PROP_USES_SPF,
    PROP_USES_DMARC,
} PosternMailFlowProperty;

static GParamSpec *properties[PROP_USES_DMARC + 1];

/* What a drawing needs, taken once from the theme. */
typedef struct {
    GdkRGBA text;
    GdkRGBA dim;
    GdkRGBA border;
    GdkRGBA accent;
    GdkRGBA error;
    GdkRGBA fill;
} Palette;

static guint
list_nodes (PosternMailFlow *self, Node nodes[MAX_NODES])
{
    guint n = 0;

    nodes[n++] = NODE_INTERNET;
    if (postern_scenario_has_edge_gateway (self->scenario))
        nodes[n++] = NODE_EDGE;
    nodes[n++] = NODE_GATEWAY;
    nodes[n++] = NODE_INTERNAL;
    return n;
}

static const char *
node_title (Node node)
{
    switch (node) {
    case NODE_INTERNET:
        return C_ ("picture", "Internet");
    case NODE_EDGE:
        return C_ ("picture", "Edge gateway");
    case NODE_GATEWAY:
        return C_ ("picture", "This gateway");
    case NODE_INTERNAL:
        return C_ ("picture", "Internal servers");
    case N_NODES:
    default:
        g_return_val_if_reached ("");
    }
}

static const char *
node_icon (Node node)
{
    static const char *const names[N_NODES] = {
        "postern-internet-symbolic",
        "postern-edge-symbolic",
        "postern-gateway-symbolic",
        "postern-servers-symbolic",
    };

    return names[node];
}

static PangoLayout *
make_layout (PosternMailFlow *self, Node node, int width)
{
    PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
    g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
    g_autofree char *text = NULL;
    PangoAttribute *strong;
    PangoAttribute *as_written;

    if (self->texts[node] != NULL && *self->texts[node] != '\0')
        text = g_strconcat (node_title (node), "\n", self->texts[node], NULL);
    else
        text = g_strdup (node_title (node));
    pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
    strong = pango_attr_weight_new (PANGO_WEIGHT_MEDIUM);
    strong->end_index = (guint)strlen (node_title (node));
    pango_attr_list_insert (attributes, strong);
    /* A hyphen at the end of a line would look like a part of the server's name. */
    as_written = pango_attr_insert_hyphens_new (FALSE);
    as_written->start_index = strong->end_index;
    pango_attr_list_insert (attributes, as_written);
    pango_layout_set_attributes (layout, attributes);
    pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
    pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width (layout, MAX (width, 1) * PANGO_SCALE);
    pango_layout_set_text (layout, text, -1);
    return layout;
}

static int
label_height (PosternMailFlow *self, int cell)
{
    Node nodes[MAX_NODES];
    guint n = list_nodes (self, nodes);
    int height = 0;

    for (guint i = 0; i < n; i++) {
        g_autoptr (PangoLayout) layout = make_layout (self, nodes[i], cell - 4);
        int one;

        pango_layout_get_pixel_size (layout, NULL, &one);
        height = MAX (height, one);
    }
    return height;
}

static GtkSizeRequestMode
postern_mail_flow_get_request_mode (GtkWidget *widget)
{
    return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
postern_mail_flow_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
    PosternMailFlow *self = POSTERN_MAIL_FLOW (widget);
    Node nodes[MAX_NODES];
    int n = (int)list_nodes (self, nodes);

    if (orientation == GTK_ORIENTATION_HORIZONTAL) {
        *minimum = n * 66; /* four fit into a row of the narrowest window */
        *natural = n * 140;
    } else {
        int width = for_size < 0 ? n * 140 : for_size;

        *minimum = *natural = (int)NODE_SIZE + 6 + LABEL_GAP + label_height (self, width / n);
    }
}

static GdkRGBA
faded (const GdkRGBA *color, float alpha)
{
    GdkRGBA result = *color;

    result.alpha *= alpha;
    return result;
}

static Palette
get_palette (PosternMailFlow *self)
{
    AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
    gboolean strong = adw_style_manager_get_high_contrast (style);
    gboolean dark = adw_style_manager_get_dark (style);
    Palette palette;

    gtk_widget_get_color (GTK_WIDGET (self), &palette.text);
    palette.dim = faded (&palette.text, strong ? 0.9f : 0.55f);
    palette.border = faded (&palette.text, strong ? 0.6f : 0.15f);
    palette.fill = faded (&palette.text, 0.06f);
    adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (style), dark, &palette.accent);
    gdk_rgba_parse (&palette.error, dark ? "#ff938c" : "#c30000");
    return palette;
}

/* Read in a thread of its own as soon as it is known that it will be drawn. */
static GtkIconPaintable *
look_up_icon (PosternMailFlow *self, const char *name, float size)
{
    GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

    return gtk_icon_theme_lookup_icon (theme, name, NULL, (int)size, gtk_widget_get_scale_factor (GTK_WIDGET (self)),
                                       gtk_widget_get_direction (GTK_WIDGET (self)),
                                       GTK_ICON_LOOKUP_FORCE_SYMBOLIC | GTK_ICON_LOOKUP_PRELOAD);
}

static void
draw_icon (PosternMailFlow *self, GtkSnapshot *snapshot, const char *name, float x, float y, float size,
           const GdkRGBA *color)
{
    g_autoptr (GtkIconPaintable) icon = look_up_icon (self, name, size);

    gtk_snapshot_save (snapshot);
    gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x - size / 2, y - size / 2));
    gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, size, size, color, 1);
    gtk_snapshot_restore (snapshot);
}

static GskPath *
circle (float x, float y, float radius)
{
    g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();

    gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (x, y), radius);
    return gsk_path_builder_to_path (builder);
}

static void
draw_badge (PosternMailFlow *self, GtkSnapshot *snapshot, const char *icon, float x, float y, const GdkRGBA *color)
{
    g_autoptr (GskPath) disc = circle (x, y, BADGE_SIZE / 2);
    GdkRGBA white = { 1, 1, 1, 1 };
    gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
    GdkRGBA black = { 0, 0, 0, 0.9f };

    gtk_snapshot_append_fill (snapshot, disc, GSK_FILL_RULE_WINDING, color);
    draw_icon (self, snapshot, icon, x, y, BADGE_ICON_SIZE, dark ? &black : &white);
}

/* The light has come to where the message ends. */
static gboolean
has_stopped (PosternMailFlow *self)
{
    return self->way.stops && self->gone >= self->way.n_legs;
}

static void
draw_node (PosternMailFlow *self, GtkSnapshot *snapshot, Node node, float x, float y, const Palette *palette)
{
    g_autoptr (GskPath) disc = circle (x, y, NODE_SIZE / 2 - 1);
    g_autoptr (GskStroke) stroke = gsk_stroke_new (node == NODE_GATEWAY ? 2 : 1);
    const gboolean is_self = node == NODE_GATEWAY;
    GdkRGBA fill = is_self ? faded (&palette->accent, 0.15f) : palette->fill;
    float corner = NODE_SIZE / 2 * 0.75f;

    gtk_snapshot_append_fill (snapshot, disc, GSK_FILL_RULE_WINDING, &fill);
    gtk_snapshot_append_stroke (snapshot, disc, stroke, is_self ? &palette->accent : &palette->border);
    draw_icon (self, snapshot, node_icon (node), x, y, ICON_SIZE, is_self ? &palette->accent : &palette->text);
    if (is_self && has_stopped (self))
        draw_badge (self, snapshot, "window-close-symbolic", x + corner, y - corner, &palette->error);
    else if (is_self && self->verifies_recipients)
        draw_badge (self, snapshot, "object-select-symbolic", x + corner, y - corner, &palette->accent);
    if (is_self && (self->uses_spf || self->uses_dmarc))
        draw_badge (self, snapshot, "postern-shield-symbolic", x - corner, y - corner, &palette->accent);
    if (node == NODE_EDGE && self->scenario == POSTERN_SCENARIO_EDGE_VERIFYING)
        draw_badge (self, snapshot, "object-select-symbolic", x + corner, y - corner, &palette->dim);
}

/* Whatever comes from anyone is dashed: it is not trusted. */
static void
draw_shaft (GtkSnapshot *snapshot, float from, float to, float y, gboolean dashed, float width, const GdkRGBA *color)
{
    g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
    g_autoptr (GskPath) path = NULL;
    g_autoptr (GskStroke) stroke = gsk_stroke_new (width);

    gsk_path_builder_move_to (builder, from, y);
    gsk_path_builder_line_to (builder, to, y);
    path = gsk_path_builder_to_path (builder);
    if (dashed)
        gsk_stroke_set_dash (stroke, (const float[]){ 3, 3 }, 2);
    gtk_snapshot_append_stroke (snapshot, path, stroke, color);
}

static void
draw_head (GtkSnapshot *snapshot, float from, float to, float y, float width, const GdkRGBA *color)
{
    g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
    g_autoptr (GskPath) path = NULL;
    g_autoptr (GskStroke) stroke = gsk_stroke_new (width);
    float back = to > from ? -5 : 5;

    gsk_path_builder_move_to (builder, to + back, y - 4);
    gsk_path_builder_line_to (builder, to, y);
    gsk_path_builder_line_to (builder, to + back, y + 4);
    path = gsk_path_builder_to_path (builder);
    gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
    gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
    gtk_snapshot_append_stroke (snapshot, path, stroke, color);
}

static void
draw_arrow (PosternMailFlow *self, GtkSnapshot *snapshot, guint gap, gboolean outward, float from, float to, float y,
            const Palette *palette)
{
    const float lit = (float)postern_mail_way_get_progress (&self->way, gap, outward, self->gone);
    const GdkRGBA *light = self->way.stops ? &palette->error : &palette->accent;
    const gboolean arrived = lit >= 1;

    if (!arrived)
        draw_shaft (snapshot, from, to, y, !outward, THIN, &palette->dim);
    if (lit > 0)
        draw_shaft (snapshot, from, from + (to - from) * lit, y, !outward, THICK, light);
    draw_head (snapshot, from, to, y, arrived ? THICK : THIN, arrived ? light : &palette->dim);
}

static void
draw_arrows (PosternMailFlow *self, GtkSnapshot *snapshot, guint gap, float left, float right, float y,
             gboolean mirrored, const Palette *palette)
{
    float start = mirrored ? right : left, end = mirrored ? left : right;

    draw_arrow (self, snapshot, gap, FALSE, start, end, y - ARROW_SHIFT, palette);
    draw_arrow (self, snapshot, gap, TRUE, end, start, y + ARROW_SHIFT, palette);
}

static void
draw_label (PosternMailFlow *self, GtkSnapshot *snapshot, Node node, float x, float y, float cell,
            const Palette *palette)
{
    g_autoptr (PangoLayout) layout = make_layout (self, node, (int)cell - 4);

    gtk_snapshot_save (snapshot);
    gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x - cell / 2 + 2, y));
    gtk_snapshot_append_layout (snapshot, layout, &palette->text);
    gtk_snapshot_restore (snapshot);
}

static void
postern_mail_flow_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
    PosternMailFlow *self = POSTERN_MAIL_FLOW (widget);
    Palette palette = get_palette (self);
    Node nodes[MAX_NODES];
    guint n = list_nodes (self, nodes);
    float cell = (float)gtk_widget_get_width (widget) / (float)n;
    float y = NODE_SIZE / 2 + 4;
    gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

    for (guint i = 0; i < n; i++) {
        float place = mirrored ? (float)(n - 1 - i) : (float)i;
        float x = cell * (place + 0.5f);
        float edge = NODE_SIZE / 2 + ARROW_GAP;

        draw_node (self, snapshot, nodes[i], x, y, &palette);
        draw_label (self, snapshot, nodes[i], x, y + NODE_SIZE / 2 + LABEL_GAP, cell, &palette);
        if (i + 1 < n) {
            float left = mirrored ? x - cell + edge : x + edge;

            draw_arrows (self, snapshot, i, left, left + cell - 2 * edge, y, mirrored, &palette);
        }
    }
}

/*
 * The same in words
 */

static const char *
describe_way (PosternScenario scenario)
{
    switch (scenario) {
    case POSTERN_SCENARIO_EDGE_VERIFYING:
        return _ ("Picture: mail goes from the Internet to the edge gateway, which verifies recipients, to this "
                  "gateway and on to the internal servers, and the same way back.");
    case POSTERN_SCENARIO_EDGE_NOT_VERIFYING:
        return _ ("Picture: mail goes from the Internet to the edge gateway, which accepts any recipient, to this "
                  "gateway and on to the internal servers, and the same way back.");
    case POSTERN_SCENARIO_DIRECT:
    default:
        return _ ("Picture: mail goes from the Internet to this gateway and on to the internal servers, and the same "
                  "way back.");
    }
}

/* Returns: (nullable) */
static const char *
describe_sender_checks (PosternMailFlow *self)
{
    if (self->uses_spf && self->uses_dmarc)
        return _ ("This gateway checks senders with SPF and DMARC.");
    if (self->uses_spf)
        return _ ("This gateway checks senders with SPF.");
    return self->uses_dmarc ? _ ("This gateway checks senders with DMARC.") : NULL;
}

static void
describe (PosternMailFlow *self)
{
    g_autoptr (GString) text = g_string_new (describe_way (self->scenario));
    const char *const rest[] = {
        _ ("Mail that comes in may be from anyone and is not trusted; mail that goes out comes from trusted networks."),
        self->verifies_recipients ? _ ("This gateway verifies recipients.") : NULL,
        describe_sender_checks (self),
        postern_mail_way_describe (&self->way),
    };

    for (guint i = 0; i < G_N_ELEMENTS (rest); i++)
        if (rest[i] != NULL)
            g_string_append_printf (text, " %s", rest[i]);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str, -1);
}

/*
 * The light
 */

static void
set_gone (double gone, gpointer user_data)
{
    PosternMailFlow *self = user_data;

    self->gone = gone;
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Where animations are switched off, or nobody looks, it is there at once. */
static void
set_way (PosternMailFlow *self, const PosternMailWay *way)
{
    if (postern_mail_way_equal (&self->way, way))
        return;
    self->way = *way;
    describe (self);
    adw_animation_reset (self->animation);
    adw_timed_animation_set_value_to (ADW_TIMED_ANIMATION (self->animation), way->n_legs);
    adw_timed_animation_set_duration (ADW_TIMED_ANIMATION (self->animation), way->n_legs * LEG_MS);
    if (way->n_legs > 0)
        adw_animation_play (self->animation);
}

static Node
node_of_text (PosternMailFlowProperty property)
{
    return property == PROP_GATEWAY_TEXT ? NODE_GATEWAY : property == PROP_EDGE_TEXT ? NODE_EDGE : NODE_INTERNAL;
}

static void
postern_mail_flow_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternMailFlow *self = POSTERN_MAIL_FLOW (object);

    switch ((PosternMailFlowProperty)id) {
    case PROP_SCENARIO:
        g_value_set_enum (value, self->scenario);
        break;
    case PROP_GATEWAY_TEXT:
    case PROP_EDGE_TEXT:
    case PROP_INTERNAL_TEXT:
        g_value_set_string (value, self->texts[node_of_text ((PosternMailFlowProperty)id)]);
        break;
    case PROP_VERIFIES_RECIPIENTS:
        g_value_set_boolean (value, self->verifies_recipients);
        break;
    case PROP_USES_SPF:
        g_value_set_boolean (value, self->uses_spf);
        break;
    case PROP_USES_DMARC:
        g_value_set_boolean (value, self->uses_dmarc);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_mail_flow_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternMailFlow *self = POSTERN_MAIL_FLOW (object);

    switch ((PosternMailFlowProperty)id) {
    case PROP_SCENARIO:
        self->scenario = g_value_get_enum (value);
        set_way (self, &(PosternMailWay){ 0 });
        break;
    case PROP_GATEWAY_TEXT:
    case PROP_EDGE_TEXT:
    case PROP_INTERNAL_TEXT:
        g_set_str (&self->texts[node_of_text ((PosternMailFlowProperty)id)], g_value_get_string (value));
        break;
    case PROP_VERIFIES_RECIPIENTS:
        self->verifies_recipients = g_value_get_boolean (value);
        break;
    case PROP_USES_SPF:
        self->uses_spf = g_value_get_boolean (value);
        break;
    case PROP_USES_DMARC:
        self->uses_dmarc = g_value_get_boolean (value);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
    describe (self);
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
postern_mail_flow_constructed (GObject *object)
{
    G_OBJECT_CLASS (postern_mail_flow_parent_class)->constructed (object);
    describe (POSTERN_MAIL_FLOW (object));
    for (Node node = NODE_INTERNET; node < N_NODES; node++)
        g_object_unref (look_up_icon (POSTERN_MAIL_FLOW (object), node_icon (node), ICON_SIZE));
    g_object_unref (look_up_icon (POSTERN_MAIL_FLOW (object), "object-select-symbolic", BADGE_ICON_SIZE));
}

static void
postern_mail_flow_dispose (GObject *object)
{
    PosternMailFlow *self = POSTERN_MAIL_FLOW (object);

    if (self->animation != NULL)
        adw_animation_reset (self->animation);
    g_clear_object (&self->animation);
    G_OBJECT_CLASS (postern_mail_flow_parent_class)->dispose (object);
}

static void
postern_mail_flow_finalize (GObject *object)
{
    for (guint i = 0; i < N_NODES; i++)
        g_free (POSTERN_MAIL_FLOW (object)->texts[i]);
    G_OBJECT_CLASS (postern_mail_flow_parent_class)->finalize (object);
}

static void
postern_mail_flow_class_init (PosternMailFlowClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_mail_flow_get_property;
    object_class->set_property = postern_mail_flow_set_property;
    object_class->constructed = postern_mail_flow_constructed;
    object_class->dispose = postern_mail_flow_dispose;
    object_class->finalize = postern_mail_flow_finalize;
    widget_class->get_request_mode = postern_mail_flow_get_request_mode;
    widget_class->measure = postern_mail_flow_measure;
    widget_class->snapshot = postern_mail_flow_snapshot;

    properties[PROP_SCENARIO] =
        g_param_spec_enum ("scenario", NULL, NULL, POSTERN_TYPE_SCENARIO, POSTERN_SCENARIO_DIRECT, flags);
    properties[PROP_GATEWAY_TEXT] = g_param_spec_string ("gateway-text", NULL, NULL, NULL, flags);
    properties[PROP_EDGE_TEXT] = g_param_spec_string ("edge-text", NULL, NULL, NULL, flags);
    properties[PROP_INTERNAL_TEXT] = g_param_spec_string ("internal-text", NULL, NULL, NULL, flags);
    properties[PROP_VERIFIES_RECIPIENTS] = g_param_spec_boolean ("verifies-recipients", NULL, NULL, FALSE, flags);
    properties[PROP_USES_SPF] = g_param_spec_boolean ("uses-spf", NULL, NULL, FALSE, flags);
    properties[PROP_USES_DMARC] = g_param_spec_boolean ("uses-dmarc", NULL, NULL, FALSE, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    gtk_widget_class_set_css_name (widget_class, "mailflow");
    gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
postern_mail_flow_init (PosternMailFlow *self)
{
    AdwStyleManager *style = adw_style_manager_get_default ();
    AdwAnimationTarget *target = adw_callback_animation_target_new (set_gone, self, NULL);

    self->animation = adw_timed_animation_new (GTK_WIDGET (self), 0, 0, 0, target);
    adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->animation), ADW_EASE_IN_OUT_SINE);
    g_signal_connect_object (style, "notify::accent-color", G_CALLBACK (gtk_widget_queue_draw), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                             G_CONNECT_SWAPPED);
}

GtkWidget *
postern_mail_flow_new (PosternScenario scenario)
{
    return g_object_new (POSTERN_TYPE_MAIL_FLOW, "scenario", scenario, NULL);
}

void
postern_mail_flow_light_up (PosternMailFlow *self, const PosternVerdict *verdict)
{
    PosternMailWay way;

    g_return_if_fail (POSTERN_IS_MAIL_FLOW (self));
    postern_mail_way_find (&way, self->scenario, verdict);
    set_way (self, &way);
}
