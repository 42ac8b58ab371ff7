/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-trust-dialog.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-ui.h"

struct _PosternTrustDialog {
    AdwAlertDialog parent_instance;

    PosternCertificate *certificate;

    GtkLabel *fingerprint_label;
    GtkLabel *subject_label;
    GtkLabel *validity_label;
};

G_DEFINE_FINAL_TYPE (PosternTrustDialog, postern_trust_dialog, ADW_TYPE_ALERT_DIALOG)

static char *
date_to_text (GDateTime *date)
{
    g_autoptr (GDateTime) local = date == NULL ? NULL : g_date_time_to_local (date);

    return local == NULL ? g_strdup ("—") : g_date_time_format (local, C_ ("date", "%e %B %Y"));
}

static void
fill (PosternTrustDialog *self)
{
    g_autofree char *from = date_to_text (postern_certificate_get_not_before (self->certificate));
    g_autofree char *until = date_to_text (postern_certificate_get_not_after (self->certificate));
    /* Translators: the dates between which a certificate is valid. */
    g_autofree char *validity = g_strdup_printf (_ ("%s to %s"), g_strstrip (from), g_strstrip (until));

    gtk_label_set_label (self->fingerprint_label, postern_certificate_get_fingerprint_display (self->certificate));
    gtk_label_set_label (self->subject_label, postern_certificate_get_subject (self->certificate));
    gtk_label_set_label (self->validity_label, validity);
}

static void
warn_of_change (PosternTrustDialog *self)
{
    adw_alert_dialog_set_heading (ADW_ALERT_DIALOG (self), C_ ("title", "Is This Still Your Gateway?"));
    adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self), _ ("The gateway shows another certificate than the one that "
                                                           "was trusted before. If nobody has given it a new one, "
                                                           "somebody may stand in between."));
    adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (self), "trust", ADW_RESPONSE_DESTRUCTIVE);
}

static void
postern_trust_dialog_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_TRUST_DIALOG);
    g_clear_object (&POSTERN_TRUST_DIALOG (object)->certificate);
    G_OBJECT_CLASS (postern_trust_dialog_parent_class)->dispose (object);
}

static void
postern_trust_dialog_class_init (PosternTrustDialogClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_trust_dialog_dispose;
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-trust-dialog.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternTrustDialog, fingerprint_label);
    gtk_widget_class_bind_template_child (widget_class, PosternTrustDialog, subject_label);
    gtk_widget_class_bind_template_child (widget_class, PosternTrustDialog, validity_label);
}

static void
postern_trust_dialog_init (PosternTrustDialog *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
postern_trust_dialog_new (PosternCertificate *certificate, gboolean changed)
{
    PosternTrustDialog *self;

    g_return_val_if_fail (POSTERN_IS_CERTIFICATE (certificate), NULL);
    self = g_object_new (POSTERN_TYPE_TRUST_DIALOG, NULL);
    self->certificate = g_object_ref (certificate);
    fill (self);
    if (changed)
        warn_of_change (self);
    return ADW_DIALOG (self);
}

PosternCertificate *
postern_trust_dialog_get_certificate (PosternTrustDialog *self)
{
    g_return_val_if_fail (POSTERN_IS_TRUST_DIALOG (self), NULL);
    return self->certificate;
}
