/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-record-adder.h"

#include <string.h>

#include "wizard/postern-feedback-row.h"
#include "wizard/postern-record-problems.h"
#include "wizard/postern-ui.h"

/* How long nobody types before what is wrong is said, in milliseconds. */
#define PAUSE 400
/* A text with more lines or bytes is nothing that one sees at a glance: it is shown before any of it is added. */
#define MANY_LINES 20
#define MANY_BYTES 4096

struct _PosternRecordAdder {
    GtkBox parent_instance;

    char *title;
    char *description;
    char *entry_title;
    GMenuModel *menu;
    PosternRecordList *list;
    PosternRecordParser parser;
    PosternRecordKey key;
    guint pause_id;
    guint lines_id;

    GtkEditable *entry;
    PosternFeedbackRow *feedback;
    PosternRecordProblems *problems;
};

G_DEFINE_FINAL_TYPE (PosternRecordAdder, postern_record_adder, GTK_TYPE_BOX)

typedef enum {
    PROP_TITLE = 1,
    PROP_DESCRIPTION,
    PROP_ENTRY_TITLE,
    PROP_MENU,
} PosternRecordAdderProperty;

static GParamSpec *properties[PROP_MENU + 1];

enum { ADDED, LONG_TEXT, N_SIGNALS };

static guint signals[N_SIGNALS];

static gboolean
may_become_right (PosternRecordAdder *self, const char *text)
{
    static const char *const endings[] = { "",  "a",  ".a", "a.a", "1",  ".1",   ".1.1", ".1.1.1",
                                           "8", "/8", ":1", "::1", "::", ":1:1", "1]" };

    for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
        g_autofree char *longer = g_strconcat (text, endings[i], NULL);
        g_autoptr (GObject) record = self->parser (longer, NULL);

        if (record != NULL)
            return TRUE;
    }
    return FALSE;
}

/* Says what is wrong with a single record in the entry; with @finished also what typing on could still mend. */
static void
judge (PosternRecordAdder *self, gboolean finished)
{
    g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
    g_autoptr (GError) error = NULL;
    g_autoptr (GObject) record = NULL;

    if (self->parser == NULL || *text == '\0' || strpbrk (text, ",;\n") != NULL)
        return;
    record = self->parser (text, &error);
    if (record == NULL && (finished || !may_become_right (self, text)))
        postern_feedback_row_set_message (self->feedback, error->message);
}

static gboolean
pause_cb (gpointer data)
{
    PosternRecordAdder *self = data;

    self->pause_id = 0;
    judge (self, FALSE);
    return G_SOURCE_REMOVE;
}

static void
clear_entry (PosternRecordAdder *self)
{
    gtk_editable_set_text (self->entry, "");
    postern_feedback_row_set_message (self->feedback, NULL);
}

/* One record that is wrong stays in the entry, to be mended there. Several are listed. */
static gboolean
take (PosternRecordAdder *self, PosternRecordBatch *batch)
{
    guint size = batch->records->len + batch->problems->len;
    guint added = postern_record_batch_add_to (batch, self->list, self->key);

    if (size == 1 && added == 0) {
        PosternRecordProblem *problem = batch->problems->pdata[0];

        if (*gtk_editable_get_text (self->entry) == '\0')
            gtk_editable_set_text (self->entry, problem->text);
        postern_feedback_row_set_message (self->feedback, problem->message);
        gtk_widget_grab_focus (GTK_WIDGET (self->entry));
        return FALSE;
    }
    clear_entry (self);
    postern_record_problems_show (self->problems, batch->problems);
    if (added > 0)
        g_signal_emit (self, signals[ADDED], 0, added, batch->records->pdata[0]);
    return TRUE;
}

static gboolean
is_long (const char *text)
{
    guint n_lines = 0;

    for (const char *line = strchr (text, '\n'); line != NULL; line = strchr (line + 1, '\n'))
        n_lines++;
    return n_lines > MANY_LINES || strlen (text) > MANY_BYTES;
}

/* Returns: whether nothing of @text is left to be mended */
static gboolean
add_text (PosternRecordAdder *self, const char *text)
{
    g_autoptr (PosternRecordBatch) batch = NULL;

    g_clear_handle_id (&self->pause_id, g_source_remove);
    if (self->list == NULL)
        return FALSE;
    if (is_long (text)) {
        clear_entry (self);
        g_signal_emit (self, signals[LONG_TEXT], 0, text);
        return TRUE;
    }
    batch = postern_record_batch_new (text, self->parser);
    return batch->records->len + batch->problems->len == 0 || take (self, batch);
}

static void
add_entered (PosternRecordAdder *self)
{
    g_autofree char *text = g_strdup (gtk_editable_get_text (self->entry));

    add_text (self, text);
}

static void
on_entry_activated_cb (PosternRecordAdder *self)
{
    GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

    if (*gtk_editable_get_text (self->entry) != '\0')
        add_entered (self);
    else if (root != NULL)
        gtk_widget_activate_default (GTK_WIDGET (root));
}

static gboolean
lines_cb (gpointer data)
{
    PosternRecordAdder *self = data;

    self->lines_id = 0;
    add_entered (self);
    return G_SOURCE_REMOVE;
}

static void
on_entry_changed_cb (PosternRecordAdder *self)
{
    g_autoptr (GObject) record = NULL;
    const char *text = gtk_editable_get_text (self->entry);

    g_clear_handle_id (&self->pause_id, g_source_remove);
    if (self->parser == NULL)
        return;
    if (*text != '\0')
        record = self->parser (text, NULL);
    if (*text == '\0' || record != NULL)
        postern_feedback_row_set_message (self->feedback, NULL);
    /* Several lines are not typed: they were dropped or pasted. The entry cannot be emptied while it is being filled.
     */
    if (strchr (text, '\n') != NULL && self->lines_id == 0)
        self->lines_id = g_idle_add (lines_cb, self);
    else
        self->pause_id = g_timeout_add (PAUSE, pause_cb, self);
}

static void
on_entry_left_cb (PosternRecordAdder *self)
{
    judge (self, TRUE);
}

static void
insert_text (PosternRecordAdder *self, const char *text)
{
    int position;

    gtk_editable_delete_selection (self->entry);
    position = gtk_editable_get_position (self->entry);
    gtk_editable_insert_text (self->entry, text, -1, &position);
    gtk_editable_set_position (self->entry, position);
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (PosternRecordAdder) self = data;
    g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

    if (text == NULL || self->list == NULL)
        return;
    if (strpbrk (g_strchomp (text), "\r\n") != NULL)
        add_text (self, text);
    else
        insert_text (self, text);
}

/* A GtkText holds 65,535 characters at most and lays all of them out in one line, so that a long list does not go
 * through it. */
static void
on_paste_cb (PosternRecordAdder *self, GtkText *text)
{
    GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (text));

    g_signal_stop_emission_by_name (text, "paste-clipboard");
    gdk_clipboard_read_text_async (clipboard, NULL, pasted_cb, g_object_ref (self));
}

static void
on_dismissed_cb (PosternRecordAdder *self)
{
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static gboolean
has_text (PosternRecordAdder *self, const char *text)
{
    return text != NULL && *text != '\0';
}

static gboolean
has_menu (PosternRecordAdder *self, GMenuModel *menu)
{
    return menu != NULL;
}

static char **
text_field (PosternRecordAdder *self, PosternRecordAdderProperty id)
{
    char **const fields[] = {
        [PROP_TITLE] = &self->title,
        [PROP_DESCRIPTION] = &self->description,
        [PROP_ENTRY_TITLE] = &self->entry_title,
    };

    return fields[id];
}

static void
postern_record_adder_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternRecordAdder *self = POSTERN_RECORD_ADDER (object);

    switch ((PosternRecordAdderProperty)id) {
    case PROP_TITLE:
    case PROP_DESCRIPTION:
    case PROP_ENTRY_TITLE:
        g_value_set_string (value, *text_field (self, (PosternRecordAdderProperty)id));
        break;
    case PROP_MENU:
        g_value_set_object (value, self->menu);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_record_adder_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternRecordAdder *self = POSTERN_RECORD_ADDER (object);

    switch ((PosternRecordAdderProperty)id) {
    case PROP_TITLE:
    case PROP_DESCRIPTION:
    case PROP_ENTRY_TITLE:
        if (g_set_str (text_field (self, (PosternRecordAdderProperty)id), g_value_get_string (value)))
            g_object_notify_by_pspec (object, pspec);
        break;
    case PROP_MENU:
        if (g_set_object (&self->menu, g_value_get_object (value)))
            g_object_notify_by_pspec (object, pspec);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
postern_record_adder_grab_focus (GtkWidget *widget)
{
    return gtk_widget_grab_focus (GTK_WIDGET (POSTERN_RECORD_ADDER (widget)->entry));
}

static void
postern_record_adder_dispose (GObject *object)
{
    PosternRecordAdder *self = POSTERN_RECORD_ADDER (object);

    g_clear_handle_id (&self->pause_id, g_source_remove);
    g_clear_handle_id (&self->lines_id, g_source_remove);
    g_clear_object (&self->list);
    g_clear_object (&self->menu);
    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_RECORD_ADDER);
    G_OBJECT_CLASS (postern_record_adder_parent_class)->dispose (object);
}

static void
postern_record_adder_finalize (GObject *object)
{
    PosternRecordAdder *self = POSTERN_RECORD_ADDER (object);

    g_free (self->title);
    g_free (self->description);
    g_free (self->entry_title);
    G_OBJECT_CLASS (postern_record_adder_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-record-adder.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternRecordAdder, entry);
    gtk_widget_class_bind_template_child (widget_class, PosternRecordAdder, feedback);
    gtk_widget_class_bind_template_child (widget_class, PosternRecordAdder, problems);
    gtk_widget_class_bind_template_callback (widget_class, add_entered);
    gtk_widget_class_bind_template_callback (widget_class, has_menu);
    gtk_widget_class_bind_template_callback (widget_class, has_text);
    gtk_widget_class_bind_template_callback (widget_class, on_dismissed_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_entry_activated_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_entry_changed_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_entry_left_cb);
}

static void
postern_record_adder_class_init (PosternRecordAdderClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_record_adder_get_property;
    object_class->set_property = postern_record_adder_set_property;
    object_class->dispose = postern_record_adder_dispose;
    object_class->finalize = postern_record_adder_finalize;
    widget_class->grab_focus = postern_record_adder_grab_focus;

    properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
    properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, flags);
    properties[PROP_ENTRY_TITLE] = g_param_spec_string ("entry-title", NULL, NULL, NULL, flags);
    properties[PROP_MENU] = g_param_spec_object ("menu", NULL, NULL, G_TYPE_MENU_MODEL, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    signals[ADDED] = g_signal_new ("added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_OBJECT);
    signals[LONG_TEXT] = g_signal_new ("long-text", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);

    g_type_ensure (POSTERN_TYPE_FEEDBACK_ROW);
    g_type_ensure (POSTERN_TYPE_RECORD_PROBLEMS);
    bind_template (widget_class);
}

static void
postern_record_adder_init (PosternRecordAdder *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    g_signal_connect_object (gtk_editable_get_delegate (self->entry), "paste-clipboard", G_CALLBACK (on_paste_cb), self,
                             G_CONNECT_SWAPPED);
}

GtkWidget *
postern_record_adder_new (void)
{
    return g_object_new (POSTERN_TYPE_RECORD_ADDER, NULL);
}

void
postern_record_adder_set_target (PosternRecordAdder *self, PosternRecordList *list, PosternRecordParser parser,
                                 PosternRecordKey key)
{
    g_return_if_fail (POSTERN_IS_RECORD_ADDER (self));

    g_set_object (&self->list, list);
    self->parser = parser;
    self->key = key;
}

gboolean
postern_record_adder_commit (PosternRecordAdder *self)
{
    g_autofree char *text = NULL;

    g_return_val_if_fail (POSTERN_IS_RECORD_ADDER (self), FALSE);

    text = g_strdup (gtk_editable_get_text (self->entry));
    return add_text (self, text);
}
