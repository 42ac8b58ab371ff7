/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-help-page.h"

#include <pango/pango.h>
#include <string.h>

struct _PosternHelpPage {
    GObject parent_instance;

    char *title;
    char *summary;
    GPtrArray *blocks;

    /* While it is read */
    GString *text; /* what is being collected, or %NULL between the pieces */
    PosternHelpKind kind;
    guint number;
};

G_DEFINE_FINAL_TYPE (PosternHelpPage, postern_help_page, G_TYPE_OBJECT)

/* Elements inside of text, and what they are in Pango's markup. */
static const struct {
    const char *element;
    const char *tag;
} inlines[] = {
    { "gui", "b" }, { "em", "i" }, { "cmd", "tt" }, { "code", "tt" }, { "file", "tt" },
};

static const char *
find_tag (const char *element)
{
    for (guint i = 0; i < G_N_ELEMENTS (inlines); i++)
        if (g_str_equal (inlines[i].element, element))
            return inlines[i].tag;
    return NULL;
}

static void
free_block (gpointer data)
{
    PosternHelpBlock *block = data;

    g_free (block->text);
    g_free (block->id);
    g_free (block);
}

static void
add_block (PosternHelpPage *self, PosternHelpKind kind, char *text, const char *id)
{
    PosternHelpBlock *block = g_new0 (PosternHelpBlock, 1);

    block->kind = kind;
    block->text = text;
    block->id = g_strdup (id);
    block->number = kind == POSTERN_HELP_STEP ? ++self->number : 0;
    g_ptr_array_add (self->blocks, block);
}

static const char *
get_attribute (const char *wanted, const char **names, const char **values)
{
    for (gsize i = 0; names[i] != NULL; i++)
        if (g_str_equal (names[i], wanted))
            return values[i];
    return NULL;
}

/* What stands around the text: nothing of it is shown by itself. */
static gboolean
begin_group (PosternHelpPage *self, const char *element, const char **names, const char **values)
{
    static const struct {
        const char *element;
        PosternHelpKind kind;
    } groups[] = {
        { "page", POSTERN_HELP_PARAGRAPH }, { "info", POSTERN_HELP_PARAGRAPH },    { "link", POSTERN_HELP_PARAGRAPH },
        { "item", POSTERN_HELP_ITEM },      { "section", POSTERN_HELP_PARAGRAPH }, { "list", POSTERN_HELP_ITEM },
        { "steps", POSTERN_HELP_STEP },     { "note", POSTERN_HELP_NOTE },
    };

    for (guint i = 0; i < G_N_ELEMENTS (groups); i++) {
        if (!g_str_equal (groups[i].element, element))
            continue;
        if (!g_str_equal (element, "item"))
            self->kind = groups[i].kind;
        if (g_str_equal (element, "steps"))
            self->number = 0;
        if (g_str_equal (element, "section"))
            add_block (self, POSTERN_HELP_SECTION, NULL, get_attribute ("id", names, values));
        return TRUE;
    }
    return FALSE;
}

static void
on_start_element (GMarkupParseContext *context, const char *element, const char **names, const char **values,
                  gpointer user_data, GError **error)
{
    PosternHelpPage *self = user_data;
    const char *tag = find_tag (element);

    if (self->text != NULL && tag != NULL)
        g_string_append_printf (self->text, "<%s>", tag);
    else if (self->text == NULL && (g_str_equal (element, "p") || g_str_equal (element, "screen") ||
                                    g_str_equal (element, "title") || g_str_equal (element, "desc")))
        self->text = g_string_new (NULL);
    else if (self->text != NULL || !begin_group (self, element, names, values))
        g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT, "There is no <%s> in the help", element);
}

/* A title is shown where markup is not understood. */
static char *
to_plain (char *markup)
{
    g_autofree char *given = markup;
    char *plain = NULL;

    pango_parse_markup (given, -1, 0, NULL, &plain, NULL, NULL);
    return plain;
}

static void
keep_title (PosternHelpPage *self, const char *inside, char *text)
{
    PosternHelpBlock *last = self->blocks->len > 0 ? g_ptr_array_index (self->blocks, self->blocks->len - 1) : NULL;

    if (g_strcmp0 (inside, "section") == 0 && last != NULL)
        last->text = text;
    else if (g_strcmp0 (inside, "page") == 0)
        self->title = to_plain (text);
    else
        g_free (text); /* how the page is sorted */
}

static void
end_text (PosternHelpPage *self, const char *element, const char *inside)
{
    char *text = g_string_free_and_steal (g_steal_pointer (&self->text));

    if (g_str_equal (element, "title"))
        keep_title (self, inside, text);
    else if (g_str_equal (element, "desc"))
        self->summary = to_plain (text);
    else
        add_block (self, g_str_equal (element, "screen") ? POSTERN_HELP_SCREEN : self->kind, text, NULL);
}

static void
on_end_element (GMarkupParseContext *context, const char *element, gpointer user_data, GError **error)
{
    PosternHelpPage *self = user_data;
    const GSList *stack = g_markup_parse_context_get_element_stack (context);
    const char *tag = find_tag (element);

    if (self->text != NULL && tag != NULL)
        g_string_append_printf (self->text, "</%s>", tag);
    else if (self->text != NULL)
        end_text (self, element, stack->next != NULL ? stack->next->data : NULL);
    else if (!g_str_equal (element, "item"))
        self->kind = POSTERN_HELP_PARAGRAPH;
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize length, gpointer user_data, GError **error)
{
    PosternHelpPage *self = user_data;
    g_autofree char *escaped = NULL;

    if (self->text == NULL)
        return;
    escaped = g_markup_escape_text (text, (gssize)length);
    g_string_append (self->text, escaped);
}

static void
postern_help_page_finalize (GObject *object)
{
    PosternHelpPage *self = POSTERN_HELP_PAGE (object);

    g_free (self->title);
    g_free (self->summary);
    g_ptr_array_unref (self->blocks);
    if (self->text != NULL)
        g_string_free (self->text, TRUE);
    G_OBJECT_CLASS (postern_help_page_parent_class)->finalize (object);
}

static void
postern_help_page_class_init (PosternHelpPageClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_help_page_finalize;
}

static void
postern_help_page_init (PosternHelpPage *self)
{
    self->blocks = g_ptr_array_new_with_free_func (free_block);
}

PosternHelpPage *
postern_help_page_new_from_data (const char *text, GError **error)
{
    static const GMarkupParser parser = { on_start_element, on_end_element, on_text, NULL, NULL };
    g_autoptr (PosternHelpPage) self = g_object_new (POSTERN_TYPE_HELP_PAGE, NULL);
    g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, self, NULL);

    g_return_val_if_fail (text != NULL, NULL);
    if (!g_markup_parse_context_parse (context, text, -1, error) || !g_markup_parse_context_end_parse (context, error))
        return NULL;
    if (self->title == NULL) {
        g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "The page has no title");
        return NULL;
    }
    return g_steal_pointer (&self);
}

/* Where a page is in one language: as it was installed, or as it was built. */
static char *
find_file (const char *id, const char *language)
{
    const char *told = g_getenv ("POSTERN_HELP_DIR");
    g_auto (GStrv) directories = g_strsplit (told != NULL ? told : POSTERN_HELP_DIR, ":", -1);
    g_autofree char *name = g_strconcat (id, ".page", NULL);

    for (gsize i = 0; directories[i] != NULL; i++) {
        g_autofree char *installed = g_build_filename (directories[i], language, "postern", name, NULL);
        g_autofree char *built = g_build_filename (directories[i], language, name, NULL);

        if (g_file_test (installed, G_FILE_TEST_IS_REGULAR))
            return g_steal_pointer (&installed);
        if (g_file_test (built, G_FILE_TEST_IS_REGULAR))
            return g_steal_pointer (&built);
    }
    return NULL;
}

PosternHelpPage *
postern_help_page_load (const char *id, GError **error)
{
    g_autofree char *text = NULL;
    g_autofree char *file = NULL;

    g_return_val_if_fail (id != NULL, NULL);
    for (const char *const *name = g_get_language_names (); *name != NULL && file == NULL; name++) {
        /* English is what the pages are written in: no other language comes before it. */
        file = find_file (id, strncmp (*name, "en", 2) == 0 ? "C" : *name);
    }
    if (file == NULL) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "There is no page %s", id);
        return NULL;
    }
    return g_file_get_contents (file, &text, NULL, error) ? postern_help_page_new_from_data (text, error) : NULL;
}

const char *
postern_help_page_get_title (PosternHelpPage *self)
{
    g_return_val_if_fail (POSTERN_IS_HELP_PAGE (self), NULL);
    return self->title;
}

const char *
postern_help_page_get_summary (PosternHelpPage *self)
{
    g_return_val_if_fail (POSTERN_IS_HELP_PAGE (self), NULL);
    return self->summary;
}

GPtrArray *
postern_help_page_get_blocks (PosternHelpPage *self)
{
    g_return_val_if_fail (POSTERN_IS_HELP_PAGE (self), NULL);
    return self->blocks;
}
