/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-findings-box.h"

#include "wizard/postern-announce.h"
#include "wizard/postern-finding-row.h"

struct _PosternFindingsBox {
    GtkWidget parent_instance;

    PosternPlan *plan;
    PosternSection section;
    char *subject;
    char *code;
    char **except;
    gboolean announces;
    GtkFilter *filter;
    GtkFilterListModel *findings;
};

G_DEFINE_FINAL_TYPE (PosternFindingsBox, postern_findings_box, GTK_TYPE_WIDGET)

typedef enum {
    PROP_MODEL = 1,
    PROP_PLAN,
    PROP_SECTION,
    PROP_SUBJECT,
    PROP_CODE,
    PROP_EXCEPT,
    PROP_ANNOUNCES,
} PosternFindingsBoxProperty;

static GParamSpec *properties[PROP_ANNOUNCES + 1];

enum { CURE, N_SIGNALS };

static guint signals[N_SIGNALS];

static gboolean
is_wanted (gpointer item, gpointer data)
{
    PosternFindingsBox *self = data;
    PosternFinding *finding = item;

    if (self->except != NULL && g_strv_contains ((const char *const *)self->except, postern_finding_get_code (finding)))
        return FALSE;
    if (self->code != NULL && g_str_equal (postern_finding_get_code (finding), self->code))
        return TRUE;
    return postern_finding_get_section (finding) == self->section &&
           g_strcmp0 (postern_finding_get_subject (finding), self->subject) == 0;
}

static gboolean
on_cure_cb (PosternFindingsBox *self, PosternFinding *finding)
{
    gboolean done = FALSE;

    g_signal_emit (self, signals[CURE], 0, finding, &done);
    return done;
}

static GtkWidget *
nth_child (PosternFindingsBox *self, guint position)
{
    GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

    while (child != NULL && position-- > 0)
        child = gtk_widget_get_next_sibling (child);
    return child;
}

/* A cure takes its own button away. The focus then goes to what comes next instead of getting lost. */
static void
keep_focus (PosternFindingsBox *self, GtkWidget *leaving)
{
    GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
    GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

    if (focus != NULL && gtk_widget_is_ancestor (focus, leaving))
        gtk_widget_child_focus (GTK_WIDGET (root), GTK_DIR_TAB_FORWARD);
}

static void
on_items_changed_cb (GListModel *model, guint position, guint removed, guint added, PosternFindingsBox *self)
{
    GtkWidget *next = nth_child (self, position);

    while (removed-- > 0) {
        GtkWidget *leaving = next;

        next = gtk_widget_get_next_sibling (leaving);
        keep_focus (self, leaving);
        gtk_widget_unparent (leaving);
    }
    for (guint i = 0; i < added; i++) {
        g_autoptr (PosternFinding) finding = g_list_model_get_item (model, position + i);
        GtkWidget *row = postern_finding_row_new (finding, self->plan);

        g_signal_connect_swapped (row, "cure", G_CALLBACK (on_cure_cb), self);
        gtk_widget_insert_before (row, GTK_WIDGET (self), next);
        if (self->announces)
            postern_announce (self, postern_finding_get_message (finding), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
    gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (model) > 0);
}

static void
set_criterion (PosternFindingsBox *self, char **field, const char *text, GParamSpec *pspec)
{
    if (!g_set_str (field, text))
        return;
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
    g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
set_section (PosternFindingsBox *self, PosternSection section)
{
    if (self->section == section)
        return;
    self->section = section;
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECTION]);
}

static void
set_except (PosternFindingsBox *self, char **codes)
{
    g_strfreev (self->except);
    self->except = g_strdupv (codes);
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXCEPT]);
}

static void
set_plan (PosternFindingsBox *self, PosternPlan *plan)
{
    if (!g_set_object (&self->plan, plan))
        return;
    for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
         child = gtk_widget_get_next_sibling (child))
        g_object_set (child, "plan", plan, NULL);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAN]);
}

static void
postern_findings_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternFindingsBox *self = POSTERN_FINDINGS_BOX (object);

    switch ((PosternFindingsBoxProperty)id) {
    case PROP_MODEL:
        g_value_set_object (value, gtk_filter_list_model_get_model (self->findings));
        break;
    case PROP_PLAN:
        g_value_set_object (value, self->plan);
        break;
    case PROP_SECTION:
        g_value_set_enum (value, self->section);
        break;
    case PROP_SUBJECT:
        g_value_set_string (value, self->subject);
        break;
    case PROP_CODE:
        g_value_set_string (value, self->code);
        break;
    case PROP_EXCEPT:
        g_value_set_boxed (value, self->except);
        break;
    case PROP_ANNOUNCES:
        g_value_set_boolean (value, self->announces);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_findings_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternFindingsBox *self = POSTERN_FINDINGS_BOX (object);

    switch ((PosternFindingsBoxProperty)id) {
    case PROP_MODEL:
        gtk_filter_list_model_set_model (self->findings, g_value_get_object (value));
        g_object_notify_by_pspec (object, pspec);
        break;
    case PROP_PLAN:
        set_plan (self, g_value_get_object (value));
        break;
    case PROP_SECTION:
        set_section (self, g_value_get_enum (value));
        break;
    case PROP_SUBJECT:
        set_criterion (self, &self->subject, g_value_get_string (value), pspec);
        break;
    case PROP_CODE:
        set_criterion (self, &self->code, g_value_get_string (value), pspec);
        break;
    case PROP_EXCEPT:
        set_except (self, g_value_get_boxed (value));
        break;
    case PROP_ANNOUNCES:
        self->announces = g_value_get_boolean (value);
        g_object_notify_by_pspec (object, pspec);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_findings_box_dispose (GObject *object)
{
    PosternFindingsBox *self = POSTERN_FINDINGS_BOX (object);
    GtkWidget *child;

    if (self->findings != NULL)
        g_signal_handlers_disconnect_by_func (self->findings, on_items_changed_cb, self);
    g_clear_object (&self->findings);
    g_clear_object (&self->filter);
    while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
        gtk_widget_unparent (child);
    g_clear_object (&self->plan);
    G_OBJECT_CLASS (postern_findings_box_parent_class)->dispose (object);
}

static void
postern_findings_box_finalize (GObject *object)
{
    PosternFindingsBox *self = POSTERN_FINDINGS_BOX (object);

    g_free (self->subject);
    g_free (self->code);
    g_strfreev (self->except);
    G_OBJECT_CLASS (postern_findings_box_parent_class)->finalize (object);
}

static void
postern_findings_box_class_init (PosternFindingsBoxClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_findings_box_get_property;
    object_class->set_property = postern_findings_box_set_property;
    object_class->dispose = postern_findings_box_dispose;
    object_class->finalize = postern_findings_box_finalize;

    properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, G_TYPE_LIST_MODEL, flags);
    properties[PROP_PLAN] = g_param_spec_object ("plan", NULL, NULL, POSTERN_TYPE_PLAN, flags);
    properties[PROP_SECTION] =
        g_param_spec_enum ("section", NULL, NULL, POSTERN_TYPE_SECTION, POSTERN_SECTION_SCENARIO, flags);
    properties[PROP_SUBJECT] = g_param_spec_string ("subject", NULL, NULL, NULL, flags);
    properties[PROP_CODE] = g_param_spec_string ("code", NULL, NULL, NULL, flags);
    properties[PROP_EXCEPT] = g_param_spec_boxed ("except", NULL, NULL, G_TYPE_STRV, flags);
    properties[PROP_ANNOUNCES] = g_param_spec_boolean ("announces", NULL, NULL, FALSE, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    signals[CURE] =
        g_signal_new ("cure", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL,
                      NULL, G_TYPE_BOOLEAN, 1, POSTERN_TYPE_FINDING);

    gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
    gtk_widget_class_set_css_name (widget_class, "findings");
}

static void
postern_findings_box_init (PosternFindingsBox *self)
{
    GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

    gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
    gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
    self->filter = GTK_FILTER (gtk_custom_filter_new (is_wanted, self, NULL));
    self->findings = gtk_filter_list_model_new (NULL, g_object_ref (self->filter));
    g_signal_connect (self->findings, "items-changed", G_CALLBACK (on_items_changed_cb), self);
}

GtkWidget *
postern_findings_box_new (void)
{
    return g_object_new (POSTERN_TYPE_FINDINGS_BOX, NULL);
}

guint
postern_findings_box_get_n_findings (PosternFindingsBox *self)
{
    g_return_val_if_fail (POSTERN_IS_FINDINGS_BOX (self), 0);
    return g_list_model_get_n_items (G_LIST_MODEL (self->findings));
}
