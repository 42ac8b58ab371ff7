/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-help-topic.h"

#include "wizard/postern-ui.h"

struct _PosternHelpTopic {
    AdwNavigationPage parent_instance;

    GtkScrolledWindow *scroller;
    GtkBox *content_box;
};

G_DEFINE_FINAL_TYPE (PosternHelpTopic, postern_help_topic, ADW_TYPE_NAVIGATION_PAGE)

static GtkWidget *
make_label (const char *markup)
{
    /* clang-format off */
    return g_object_new (GTK_TYPE_LABEL,
                         "label", markup,
                         "use-markup", TRUE,
                         "wrap", TRUE,
                         "wrap-mode", PANGO_WRAP_WORD_CHAR,
                         "xalign", 0.0,
                         "hexpand", TRUE,
                         NULL);
    /* clang-format on */
}

static GtkWidget *
make_heading (const PosternHelpBlock *block)
{
    GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "label",
                                     block->text, "use-markup", TRUE, "wrap", TRUE, "xalign", 0.0, NULL);

    gtk_widget_add_css_class (label, "heading");
    gtk_widget_set_margin_top (label, 12);
    /* Where what is put into a section finds it. */
    gtk_widget_set_name (label, block->id);
    return label;
}

/* An item of a list: what stands in front of it, and its text in a column of its own. */
static GtkWidget *
make_item (const PosternHelpBlock *block)
{
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
    g_autofree char *number = g_strdup_printf ("%u.", block->number);
    GtkWidget *mark = gtk_label_new (block->kind == POSTERN_HELP_STEP ? number : "•");

    gtk_widget_set_valign (mark, GTK_ALIGN_START);
    gtk_box_append (GTK_BOX (box), mark);
    gtk_box_append (GTK_BOX (box), make_label (block->text));
    return box;
}

static GtkWidget *
make_screen (const char *text)
{
    GtkWidget *label = make_label (text);

    gtk_label_set_selectable (GTK_LABEL (label), TRUE);
    gtk_widget_add_css_class (label, "monospace");
    gtk_widget_add_css_class (label, "card");
    gtk_widget_add_css_class (label, "help-screen");
    return label;
}

static GtkWidget *
make_note (const char *text)
{
    GtkWidget *label = make_label (text);

    gtk_widget_add_css_class (label, "card");
    gtk_widget_add_css_class (label, "help-note");
    return label;
}

static GtkWidget *
make_block (const PosternHelpBlock *block)
{
    switch (block->kind) {
    case POSTERN_HELP_SECTION:
        return make_heading (block);
    case POSTERN_HELP_ITEM:
    case POSTERN_HELP_STEP:
        return make_item (block);
    case POSTERN_HELP_NOTE:
        return make_note (block->text);
    case POSTERN_HELP_SCREEN:
        return make_screen (block->text);
    case POSTERN_HELP_PARAGRAPH:
    default:
        return make_label (block->text);
    }
}

static void
postern_help_topic_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_HELP_TOPIC);
    G_OBJECT_CLASS (postern_help_topic_parent_class)->dispose (object);
}

static void
postern_help_topic_class_init (PosternHelpTopicClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_help_topic_dispose;
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-help-topic.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternHelpTopic, scroller);
    gtk_widget_class_bind_template_child (widget_class, PosternHelpTopic, content_box);
}

static void
postern_help_topic_init (PosternHelpTopic *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
postern_help_topic_new (const char *id, PosternHelpPage *page)
{
    PosternHelpTopic *self =
        g_object_new (POSTERN_TYPE_HELP_TOPIC, "tag", id, "title", postern_help_page_get_title (page), NULL);
    GPtrArray *blocks = postern_help_page_get_blocks (page);

    for (guint i = 0; i < blocks->len; i++)
        gtk_box_append (self->content_box, make_block (g_ptr_array_index (blocks, i)));
    /* It takes the focus so that keys scroll the text; a screen reader then says what it is. */
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    postern_help_page_get_title (page), -1);
    return ADW_NAVIGATION_PAGE (self);
}

void
postern_help_topic_append_to_section (PosternHelpTopic *self, const char *id, GtkWidget *widget)
{
    GtkWidget *child;

    g_return_if_fail (POSTERN_IS_HELP_TOPIC (self));
    g_return_if_fail (GTK_IS_WIDGET (widget));
    child = gtk_widget_get_first_child (GTK_WIDGET (self->content_box));
    while (child != NULL && g_strcmp0 (gtk_widget_get_name (child), id) != 0)
        child = gtk_widget_get_next_sibling (child);
    if (child == NULL)
        gtk_box_append (self->content_box, widget);
    else
        gtk_box_insert_child_after (self->content_box, widget, child);
}
