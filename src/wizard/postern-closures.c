/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-closures.h"

static gboolean
has_text (gpointer self, const char *text)
{
    return text != NULL && *text != '\0';
}

static gboolean
has_widget (gpointer self, GtkWidget *widget)
{
    return widget != NULL;
}

static gboolean
is_some (gpointer self, guint n)
{
    return n > 0;
}

void
postern_closures_bind (GtkWidgetClass *widget_class)
{
    g_return_if_fail (GTK_IS_WIDGET_CLASS (widget_class));
    gtk_widget_class_bind_template_callback (widget_class, has_text);
    gtk_widget_class_bind_template_callback (widget_class, has_widget);
    gtk_widget_class_bind_template_callback (widget_class, is_some);
}
