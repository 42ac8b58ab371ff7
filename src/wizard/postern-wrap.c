/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-wrap.h"

#include <adwaita.h>

static gboolean
is_field (GtkWidget *widget)
{
    return ADW_IS_ENTRY_ROW (widget) || ADW_IS_COMBO_ROW (widget) || GTK_IS_EDITABLE (widget) ||
           GTK_IS_DROP_DOWN (widget);
}

/* Between words only: a button is not to be squeezed to a column of letters by what stands beside it. */
static void
wrap (GtkLabel *label, gboolean is_centred)
{
    gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_NONE);
    gtk_label_set_wrap (label, TRUE);
    gtk_label_set_natural_wrap_mode (label, GTK_NATURAL_WRAP_NONE);
    if (is_centred)
        gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
}

void
postern_wrap_labels (GtkWidget *root)
{
    GtkWidget *button;

    g_return_if_fail (GTK_IS_WIDGET (root));

    if (is_field (root))
        return;
    for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
         child = gtk_widget_get_next_sibling (child))
        postern_wrap_labels (child);
    if (!GTK_IS_LABEL (root))
        return;
    button = gtk_widget_get_ancestor (root, GTK_TYPE_BUTTON);
    if (button != NULL || gtk_label_get_ellipsize (GTK_LABEL (root)) != PANGO_ELLIPSIZE_NONE)
        wrap (GTK_LABEL (root), button != NULL);
}

void
postern_wrap_name (GtkLabel *label)
{
    g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

    g_return_if_fail (GTK_IS_LABEL (label));
    pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
    gtk_label_set_attributes (label, attributes);
}
