/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-page.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-closures.h"
#include "wizard/postern-help-button.h"
#include "wizard/postern-main-menu.h"
#include "wizard/postern-problem-box.h"
#include "wizard/postern-scroll-column.h"
#include "wizard/postern-ui.h"
#include "wizard/postern-wrap.h"

typedef struct {
    PosternSession *session;
    GCancellable *cancellable;
    GtkWidget *content;
    GtkWidget *list;
    GtkWidget *secondary;
    GtkWidget *first_focus;
    char *heading;
    char *consequence;
    char *help_text;
    char *primary_label;
    char *reason;
    char *error_message;
    char *retry_label;
    PosternStep step;
    gboolean complete;
    gboolean busy;
    gboolean can_skip;
    gboolean detour;
    gboolean is_front;
    gboolean was_focused;

    GtkWidget *content_bin;
    PosternHelpButton *help_button;
    GtkWidget *primary_button;
    GtkScrolledWindow *scroller;
    AdwToastOverlay *toast_overlay;
} PosternPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PosternPage, postern_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum {
    PROP_SESSION = 1,
    PROP_PLAN,
    PROP_HEADING,
    PROP_CONSEQUENCE,
    PROP_HELP_TEXT,
    PROP_CONTENT,
    PROP_LIST,
    PROP_SECONDARY,
    PROP_FIRST_FOCUS,
    PROP_PRIMARY_LABEL,
    PROP_COMPLETE,
    PROP_REASON,
    PROP_BUSY,
    PROP_ERROR_MESSAGE,
    PROP_RETRY_LABEL,
    PROP_CAN_SKIP,
    PROP_STEP,
    PROP_DETOUR,
    PROP_IS_FRONT,
} PosternPageProperty;

static GParamSpec *properties[PROP_IS_FRONT + 1];

/* Where each plain property lives in the private structure. */
static const goffset fields[] = {
    [PROP_SESSION] = G_STRUCT_OFFSET (PosternPagePrivate, session),
    [PROP_HEADING] = G_STRUCT_OFFSET (PosternPagePrivate, heading),
    [PROP_CONSEQUENCE] = G_STRUCT_OFFSET (PosternPagePrivate, consequence),
    [PROP_HELP_TEXT] = G_STRUCT_OFFSET (PosternPagePrivate, help_text),
    [PROP_CONTENT] = G_STRUCT_OFFSET (PosternPagePrivate, content),
    [PROP_LIST] = G_STRUCT_OFFSET (PosternPagePrivate, list),
    [PROP_SECONDARY] = G_STRUCT_OFFSET (PosternPagePrivate, secondary),
    [PROP_FIRST_FOCUS] = G_STRUCT_OFFSET (PosternPagePrivate, first_focus),
    [PROP_PRIMARY_LABEL] = G_STRUCT_OFFSET (PosternPagePrivate, primary_label),
    [PROP_COMPLETE] = G_STRUCT_OFFSET (PosternPagePrivate, complete),
    [PROP_REASON] = G_STRUCT_OFFSET (PosternPagePrivate, reason),
    [PROP_BUSY] = G_STRUCT_OFFSET (PosternPagePrivate, busy),
    [PROP_ERROR_MESSAGE] = G_STRUCT_OFFSET (PosternPagePrivate, error_message),
    [PROP_RETRY_LABEL] = G_STRUCT_OFFSET (PosternPagePrivate, retry_label),
    [PROP_CAN_SKIP] = G_STRUCT_OFFSET (PosternPagePrivate, can_skip),
    [PROP_STEP] = G_STRUCT_OFFSET (PosternPagePrivate, step),
    [PROP_DETOUR] = G_STRUCT_OFFSET (PosternPagePrivate, detour),
    [PROP_IS_FRONT] = G_STRUCT_OFFSET (PosternPagePrivate, is_front),
};

enum { FINISHED, EDIT_STEP, N_SIGNALS };

static guint signals[N_SIGNALS];

static PosternPagePrivate *
private_of (PosternPage *self)
{
    return postern_page_get_instance_private (self);
}

static gpointer
field_of (PosternPage *self, PosternPageProperty property)
{
    return G_STRUCT_MEMBER_P (private_of (self), fields[property]);
}

static void
set_flag (PosternPage *self, PosternPageProperty property, gboolean value)
{
    gboolean *field = field_of (self, property);

    if (*field == value)
        return;
    *field = value;
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_text (PosternPage *self, PosternPageProperty property, const char *text)
{
    if (g_set_str ((char **)field_of (self, property), text))
        g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_widget (PosternPage *self, PosternPageProperty property, GtkWidget *child)
{
    GtkWidget **field = field_of (self, property);

    if (*field == child)
        return;
    g_clear_object (field);
    *field = child == NULL ? NULL : g_object_ref_sink (child);
    if (property == PROP_CONTENT && child != NULL)
        postern_wrap_labels (child);
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_step (PosternPage *self, PosternStep step)
{
    PosternPagePrivate *priv = private_of (self);

    adw_navigation_page_set_tag (ADW_NAVIGATION_PAGE (self), postern_enum_to_nick (POSTERN_TYPE_STEP, step));
    adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), postern_step_get_title (step));
    if (priv->step == step)
        return;
    priv->step = step;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STEP]);
}

static gboolean
is_ready (PosternPage *self, gboolean complete, gboolean busy)
{
    return complete && !busy;
}

static char *
reason_text (PosternPage *self, const char *reason, gboolean complete, gboolean busy)
{
    return g_strdup (complete || busy || reason == NULL ? "" : reason);
}

/* The list has a space of its own below it. */
static int
content_margin (PosternPage *self, GtkWidget *list)
{
    return list != NULL ? 6 : 24;
}

static char *
position_text (PosternPage *self, PosternStep step, PosternMode mode, PosternScenario scenario)
{
    return postern_steps_get_position (scenario, mode, step);
}

static void
on_primary_clicked_cb (PosternPage *self)
{
    PosternPagePrivate *priv = private_of (self);

    if (priv->complete && !priv->busy)
        POSTERN_PAGE_GET_CLASS (self)->proceed (self);
}

static void
on_retry_cb (PosternPage *self)
{
    PosternPageClass *klass = POSTERN_PAGE_GET_CLASS (self);

    postern_page_set_error (self, NULL, NULL);
    if (klass->retry != NULL)
        klass->retry (self);
}

/* The window gives F1 to the page that is visible. */
static void
show_help (GtkWidget *widget, const char *action, GVariant *parameter)
{
    postern_help_button_open (private_of (POSTERN_PAGE (widget))->help_button);
}

static void
leave (PosternPage *self)
{
    PosternPagePrivate *priv = private_of (self);

    if (priv->cancellable == NULL)
        return;
    g_cancellable_cancel (priv->cancellable);
    if (POSTERN_PAGE_GET_CLASS (self)->deactivate != NULL)
        POSTERN_PAGE_GET_CLASS (self)->deactivate (self);
    g_clear_object (&priv->cancellable);
}

static void
postern_page_showing (AdwNavigationPage *page)
{
    PosternPage *self = POSTERN_PAGE (page);
    PosternPagePrivate *priv = private_of (self);

    /* "showing" comes again when a back swipe is begun and given up. */
    if (priv->cancellable == NULL) {
        priv->cancellable = g_cancellable_new ();
        if (POSTERN_PAGE_GET_CLASS (self)->activate != NULL)
            POSTERN_PAGE_GET_CLASS (self)->activate (self);
    }
    if (ADW_NAVIGATION_PAGE_CLASS (postern_page_parent_class)->showing != NULL)
        ADW_NAVIGATION_PAGE_CLASS (postern_page_parent_class)->showing (page);
}

static void
postern_page_shown (AdwNavigationPage *page)
{
    PosternPagePrivate *priv = private_of (POSTERN_PAGE (page));
    GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

    if (GTK_IS_WINDOW (root))
        gtk_window_set_default_widget (GTK_WINDOW (root), priv->primary_button);
    if (!priv->was_focused)
        gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
    set_flag (POSTERN_PAGE (page), PROP_IS_FRONT, TRUE);
    if (ADW_NAVIGATION_PAGE_CLASS (postern_page_parent_class)->shown != NULL)
        ADW_NAVIGATION_PAGE_CLASS (postern_page_parent_class)->shown (page);
}

static void
postern_page_hiding (AdwNavigationPage *page)
{
    set_flag (POSTERN_PAGE (page), PROP_IS_FRONT, FALSE);
    if (ADW_NAVIGATION_PAGE_CLASS (postern_page_parent_class)->hiding != NULL)
        ADW_NAVIGATION_PAGE_CLASS (postern_page_parent_class)->hiding (page);
}

static void
postern_page_hidden (AdwNavigationPage *page)
{
    leave (POSTERN_PAGE (page));
    if (ADW_NAVIGATION_PAGE_CLASS (postern_page_parent_class)->hidden != NULL)
        ADW_NAVIGATION_PAGE_CLASS (postern_page_parent_class)->hidden (page);
}

/* The first time the cursor goes into the content, not to the back button; to the way on if nothing there can be
 * edited. */
static gboolean
postern_page_focus (GtkWidget *widget, GtkDirectionType direction)
{
    PosternPagePrivate *priv = private_of (POSTERN_PAGE (widget));

    if (priv->was_focused || direction != GTK_DIR_TAB_FORWARD)
        return GTK_WIDGET_CLASS (postern_page_parent_class)->focus (widget, direction);
    priv->was_focused = TRUE;
    if (priv->first_focus != NULL && gtk_widget_grab_focus (priv->first_focus))
        return TRUE;
    return gtk_widget_child_focus (priv->content_bin, direction) || gtk_widget_grab_focus (priv->primary_button);
}

static void
postern_page_real_proceed (PosternPage *self)
{
    postern_page_finish (self);
}

static void
postern_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternPage *self = POSTERN_PAGE (object);

    if (id == PROP_PLAN)
        g_value_set_object (value, postern_page_get_plan (self));
    else if (G_VALUE_HOLDS_STRING (value))
        g_value_set_string (value, *(char **)field_of (self, id));
    else if (G_VALUE_HOLDS_BOOLEAN (value))
        g_value_set_boolean (value, *(gboolean *)field_of (self, id));
    else if (G_VALUE_HOLDS_OBJECT (value))
        g_value_set_object (value, *(GObject **)field_of (self, id));
    else if (id == PROP_STEP)
        g_value_set_enum (value, private_of (self)->step);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
postern_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternPage *self = POSTERN_PAGE (object);
    PosternPagePrivate *priv = private_of (self);

    if (id == PROP_SESSION) {
        g_set_object (&priv->session, g_value_get_object (value));
        g_object_notify_by_pspec (object, properties[PROP_PLAN]);
    } else if (id == PROP_STEP)
        set_step (self, g_value_get_enum (value));
    else if (G_VALUE_HOLDS_STRING (value))
        set_text (self, id, g_value_get_string (value));
    else if (G_VALUE_HOLDS_BOOLEAN (value))
        set_flag (self, id, g_value_get_boolean (value));
    else if (G_VALUE_HOLDS (value, GTK_TYPE_WIDGET))
        set_widget (self, id, g_value_get_object (value));
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* What went wrong stands above the heading: who has scrolled down must see it too. */
static void
scroll_up (PosternPage *self)
{
    PosternPagePrivate *priv = private_of (self);

    if (priv->error_message != NULL && priv->scroller != NULL)
        gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (priv->scroller), 0);
}

static void
postern_page_dispose (GObject *object)
{
    PosternPage *self = POSTERN_PAGE (object);
    PosternPagePrivate *priv = private_of (self);

    leave (self);
    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_PAGE);
    g_clear_object (&priv->content);
    g_clear_object (&priv->list);
    g_clear_object (&priv->secondary);
    g_clear_object (&priv->first_focus);
    g_clear_object (&priv->session);
    G_OBJECT_CLASS (postern_page_parent_class)->dispose (object);
}

static void
postern_page_finalize (GObject *object)
{
    for (PosternPageProperty property = PROP_SESSION; property <= PROP_IS_FRONT; property++)
        if (G_IS_PARAM_SPEC_STRING (properties[property]))
            g_free (*(char **)field_of (POSTERN_PAGE (object), property));
    G_OBJECT_CLASS (postern_page_parent_class)->finalize (object);
}

static GParamSpec *
text_param (const char *name, const char *preset)
{
    return g_param_spec_string (name, NULL, NULL, preset,
                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static GParamSpec *
flag_param (const char *name, gboolean preset)
{
    return g_param_spec_boolean (name, NULL, NULL, preset,
                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static GParamSpec *
widget_param (const char *name)
{
    return g_param_spec_object (name, NULL, NULL, GTK_TYPE_WIDGET,
                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static void
install_properties (GObjectClass *object_class)
{
    properties[PROP_SESSION] =
        g_param_spec_object ("session", NULL, NULL, POSTERN_TYPE_SESSION,
                             /* Not construct-only: an expression in a template would not watch what is behind it. */
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
    properties[PROP_PLAN] = g_param_spec_object ("plan", NULL, NULL, POSTERN_TYPE_PLAN,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
    properties[PROP_HEADING] = text_param ("heading", NULL);
    properties[PROP_CONSEQUENCE] = text_param ("consequence", NULL);
    properties[PROP_HELP_TEXT] = text_param ("help-text", NULL);
    properties[PROP_CONTENT] = widget_param ("content");
    properties[PROP_LIST] = widget_param ("list");
    properties[PROP_SECONDARY] = widget_param ("secondary");
    properties[PROP_FIRST_FOCUS] = widget_param ("first-focus");
    properties[PROP_PRIMARY_LABEL] = text_param ("primary-label", NULL);
    properties[PROP_COMPLETE] = flag_param ("complete", TRUE);
    properties[PROP_REASON] = text_param ("reason", NULL);
    properties[PROP_BUSY] = flag_param ("busy", FALSE);
    properties[PROP_ERROR_MESSAGE] = text_param ("error-message", NULL);
    properties[PROP_RETRY_LABEL] = text_param ("retry-label", NULL);
    properties[PROP_CAN_SKIP] = flag_param ("can-skip", FALSE);
    properties[PROP_STEP] = g_param_spec_enum ("step", NULL, NULL, POSTERN_TYPE_STEP, POSTERN_STEP_WELCOME,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
    properties[PROP_DETOUR] = flag_param ("detour", FALSE);
    properties[PROP_IS_FRONT] = flag_param ("is-front", FALSE);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
install_signals (GType type)
{
    signals[FINISHED] = g_signal_new ("finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
    signals[EDIT_STEP] =
        g_signal_new ("edit-step", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, POSTERN_TYPE_STEP);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-page.ui");
    gtk_widget_class_bind_template_child_private (widget_class, PosternPage, content_bin);
    gtk_widget_class_bind_template_child_private (widget_class, PosternPage, help_button);
    gtk_widget_class_bind_template_child_private (widget_class, PosternPage, primary_button);
    gtk_widget_class_bind_template_child_private (widget_class, PosternPage, scroller);
    gtk_widget_class_bind_template_child_private (widget_class, PosternPage, toast_overlay);
    postern_closures_bind (widget_class);
    gtk_widget_class_bind_template_callback (widget_class, is_ready);
    gtk_widget_class_bind_template_callback (widget_class, reason_text);
    gtk_widget_class_bind_template_callback (widget_class, content_margin);
    gtk_widget_class_bind_template_callback (widget_class, position_text);
    gtk_widget_class_bind_template_callback (widget_class, on_primary_clicked_cb);
    gtk_widget_class_bind_template_callback (widget_class, postern_page_finish);
    gtk_widget_class_bind_template_callback (widget_class, on_retry_cb);
}

/* A type that is not known yet, the builder looks for by its function in everything that is loaded, a hundred
 * libraries: that takes long, even where it succeeds, and waits while a thread loads one more. */
static void
ensure_types (void)
{
    g_type_ensure (GTK_TYPE_LABEL);
    g_type_ensure (GTK_TYPE_MENU_BUTTON);
    g_type_ensure (GTK_TYPE_SCROLLED_WINDOW);
    g_type_ensure (POSTERN_TYPE_HELP_BUTTON);
    g_type_ensure (POSTERN_TYPE_MAIN_MENU);
    g_type_ensure (POSTERN_TYPE_PLAN);
    g_type_ensure (POSTERN_TYPE_PROBLEM_BOX);
    g_type_ensure (POSTERN_TYPE_SCROLL_COLUMN);
    g_type_ensure (POSTERN_TYPE_SESSION);
}

static void
postern_page_class_init (PosternPageClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    AdwNavigationPageClass *page_class = ADW_NAVIGATION_PAGE_CLASS (klass);

    object_class->get_property = postern_page_get_property;
    object_class->set_property = postern_page_set_property;
    object_class->dispose = postern_page_dispose;
    object_class->finalize = postern_page_finalize;
    widget_class->focus = postern_page_focus;
    page_class->showing = postern_page_showing;
    page_class->shown = postern_page_shown;
    page_class->hiding = postern_page_hiding;
    page_class->hidden = postern_page_hidden;
    klass->proceed = postern_page_real_proceed;

    ensure_types ();
    install_properties (object_class);
    install_signals (G_TYPE_FROM_CLASS (klass));
    bind_template (widget_class);
    gtk_widget_class_install_action (widget_class, "page.help", NULL, show_help);
}

static void
postern_page_init (PosternPage *self)
{
    PosternPagePrivate *priv = private_of (self);

    priv->complete = TRUE;
    priv->primary_label = g_strdup (C_ ("button", "_Next"));
    gtk_widget_init_template (GTK_WIDGET (self));
    g_signal_connect (self, "notify::error-message", G_CALLBACK (scroll_up), NULL);
}

PosternSession *
postern_page_get_session (PosternPage *self)
{
    g_return_val_if_fail (POSTERN_IS_PAGE (self), NULL);
    return private_of (self)->session;
}

PosternPlan *
postern_page_get_plan (PosternPage *self)
{
    g_return_val_if_fail (POSTERN_IS_PAGE (self), NULL);
    return private_of (self)->session == NULL ? NULL : postern_session_get_plan (private_of (self)->session);
}

PosternStep
postern_page_get_step (PosternPage *self)
{
    g_return_val_if_fail (POSTERN_IS_PAGE (self), POSTERN_STEP_WELCOME);
    return private_of (self)->step;
}

GCancellable *
postern_page_get_cancellable (PosternPage *self)
{
    PosternPagePrivate *priv = private_of (self);

    g_return_val_if_fail (POSTERN_IS_PAGE (self), NULL);
    if (priv->cancellable == NULL)
        priv->cancellable = g_cancellable_new ();
    return priv->cancellable;
}

void
postern_page_set_incomplete (PosternPage *self, const char *reason)
{
    g_return_if_fail (POSTERN_IS_PAGE (self));
    set_text (self, PROP_REASON, reason);
    set_flag (self, PROP_COMPLETE, reason == NULL);
}

void
postern_page_set_busy (PosternPage *self, gboolean busy)
{
    g_return_if_fail (POSTERN_IS_PAGE (self));
    set_flag (self, PROP_BUSY, busy);
}

void
postern_page_add_top_bar (PosternPage *self, GtkWidget *bar)
{
    g_return_if_fail (POSTERN_IS_PAGE (self));
    g_return_if_fail (GTK_IS_WIDGET (bar));
    adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (adw_navigation_page_get_child (ADW_NAVIGATION_PAGE (self))), bar);
}

void
postern_page_set_error (PosternPage *self, const char *message, const char *retry_label)
{
    g_return_if_fail (POSTERN_IS_PAGE (self));
    set_text (self, PROP_RETRY_LABEL, retry_label);
    set_text (self, PROP_ERROR_MESSAGE, message);
}

void
postern_page_set_primary_label (PosternPage *self, const char *label)
{
    g_return_if_fail (POSTERN_IS_PAGE (self));
    set_text (self, PROP_PRIMARY_LABEL, label);
}

gboolean
postern_page_get_detour (PosternPage *self)
{
    g_return_val_if_fail (POSTERN_IS_PAGE (self), FALSE);
    return private_of (self)->detour;
}

gboolean
postern_page_may_leave (PosternPage *self)
{
    g_return_val_if_fail (POSTERN_IS_PAGE (self), TRUE);
    return POSTERN_PAGE_GET_CLASS (self)->may_leave == NULL || POSTERN_PAGE_GET_CLASS (self)->may_leave (self);
}

void
postern_page_add_toast (PosternPage *self, AdwToast *toast)
{
    g_return_if_fail (POSTERN_IS_PAGE (self));
    adw_toast_overlay_add_toast (private_of (self)->toast_overlay, toast);
}

void
postern_page_finish (PosternPage *self)
{
    g_return_if_fail (POSTERN_IS_PAGE (self));
    g_signal_emit (self, signals[FINISHED], 0);
}

void
postern_page_edit_step (PosternPage *self, PosternStep step)
{
    g_return_if_fail (POSTERN_IS_PAGE (self));
    g_signal_emit (self, signals[EDIT_STEP], 0, step);
}

GtkWidget *
postern_page_get_primary_button (PosternPage *self)
{
    g_return_val_if_fail (POSTERN_IS_PAGE (self), NULL);
    return private_of (self)->primary_button;
}
