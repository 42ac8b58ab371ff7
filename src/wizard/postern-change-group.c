/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-change-group.h"

#include <glib/gi18n-lib.h>

struct _PosternChangeGroup {
    GObject parent_instance;

    PosternSection section;
    GPtrArray *changes; /* of all sections */
    guint start;
    guint length;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PosternChangeGroup, postern_change_group, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
    return POSTERN_TYPE_CHANGE;
}

static guint
get_n_items (GListModel *model)
{
    return POSTERN_CHANGE_GROUP (model)->length;
}

static gpointer
get_item (GListModel *model, guint position)
{
    PosternChangeGroup *self = POSTERN_CHANGE_GROUP (model);

    return position < self->length ? g_object_ref (g_ptr_array_index (self->changes, self->start + position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
    iface->get_item_type = get_item_type;
    iface->get_n_items = get_n_items;
    iface->get_item = get_item;
}

static void
postern_change_group_finalize (GObject *object)
{
    g_ptr_array_unref (POSTERN_CHANGE_GROUP (object)->changes);
    G_OBJECT_CLASS (postern_change_group_parent_class)->finalize (object);
}

static void
postern_change_group_class_init (PosternChangeGroupClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_change_group_finalize;
}

static void
postern_change_group_init (PosternChangeGroup *self)
{
}

GPtrArray *
postern_change_group_split (GPtrArray *changes)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func (g_object_unref);
    PosternChangeGroup *group = NULL;

    g_return_val_if_fail (changes != NULL, groups);
    for (guint i = 0; i < changes->len; i++) {
        PosternSection section = postern_change_get_section (g_ptr_array_index (changes, i));

        if (group == NULL || group->section != section) {
            group = g_object_new (POSTERN_TYPE_CHANGE_GROUP, NULL);
            group->section = section;
            group->changes = g_ptr_array_ref (changes);
            group->start = i;
            g_ptr_array_add (groups, group);
        }
        group->length++;
    }
    return groups;
}

PosternSection
postern_change_group_get_section (PosternChangeGroup *self)
{
    g_return_val_if_fail (POSTERN_IS_CHANGE_GROUP (self), POSTERN_SECTION_SCENARIO);
    return self->section;
}

static guint
count (PosternChangeGroup *self, PosternChangeKind kind)
{
    guint n = 0;

    for (guint i = 0; i < self->length; i++)
        n += postern_change_get_kind (g_ptr_array_index (self->changes, self->start + i)) == kind;
    return n;
}

static void
append (GString *text, char *part)
{
    if (text->len > 0)
        /* Translators: between the parts of “3 added, 1 removed”. */
        g_string_append (text, C_ ("list", ", "));
    g_string_append (text, part);
    g_free (part);
}

char *
postern_change_group_get_summary (PosternChangeGroup *self)
{
    g_autoptr (GString) text = g_string_new (NULL);
    guint added, removed, modified;

    g_return_val_if_fail (POSTERN_IS_CHANGE_GROUP (self), NULL);
    added = count (self, POSTERN_CHANGE_ADD);
    removed = count (self, POSTERN_CHANGE_REMOVE);
    modified = count (self, POSTERN_CHANGE_MODIFY);
    if (added > 0)
        /* Translators: how many records or settings a push adds. */
        append (text, g_strdup_printf (ngettext ("%'u added", "%'u added", added), added));
    if (removed > 0)
        append (text, g_strdup_printf (ngettext ("%'u removed", "%'u removed", removed), removed));
    if (modified > 0)
        append (text, g_strdup_printf (ngettext ("%'u changed", "%'u changed", modified), modified));
    return g_string_free (g_steal_pointer (&text), FALSE);
}
