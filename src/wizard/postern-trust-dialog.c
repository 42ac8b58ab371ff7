/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-trust-dialog.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-ui.h"

struct _PosternTrustDialog {
    AdwAlertDialog parent_instance;

    PosternCertificate *certificate;

    GtkLabel *fingerprint_title;
    GtkLabel *fingerprint_label;
    GtkWidget *trusted_box;
    GtkLabel *trusted_label;
    GtkWidget *problems_box;
    GtkLabel *problems_label;
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
show_problems (PosternTrustDialog *self)
{
    const char *problems = postern_certificate_get_problems (self->certificate);

    gtk_widget_set_visible (self->problems_box, problems != NULL);
    gtk_label_set_label (self->problems_label, problems != NULL ? problems : "");
}

/* What prints the fingerprint on the gateway itself. */
static char *
say_how_to_compare (PosternGatewayKind kind)
{
    if (kind == POSTERN_GATEWAY_KIND_PMG)
        /* Translators: %s is a command, which stays as it is. */
        return g_strdup_printf (_ ("Compare the fingerprint with what this prints on the gateway: %s"),
                                "openssl x509 -noout -fingerprint -sha256 -in /etc/pmg/pmg-api.pem");
    return g_strdup (_ ("On the gateway, “posternd fingerprint” prints the same fingerprint if this is the one."));
}

static void
say_unknown (PosternTrustDialog *self, PosternGatewayKind kind)
{
    g_autofree char *how = say_how_to_compare (kind);
    g_autofree char *body =
        g_strconcat (_ ("Nobody that this computer trusts has vouched for the gateway’s certificate."), " ", how, NULL);

    adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self), body);
}

static void
say_changed (PosternTrustDialog *self, const char *trusted, PosternGatewayKind kind)
{
    g_autofree char *before = postern_fingerprint_to_display (trusted);
    g_autofree char *how = say_how_to_compare (kind);
    g_autofree char *body =
        g_strconcat (_ ("The gateway shows another certificate than the one that was trusted before. If nobody has "
                        "given it a new one, somebody may stand in between. Nothing was sent to it."),
                     " ", how, NULL);

    adw_alert_dialog_set_heading (ADW_ALERT_DIALOG (self), C_ ("title", "Is This Still Your Gateway?"));
    adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self), body);
    adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (self), "trust", ADW_RESPONSE_DESTRUCTIVE);
    gtk_label_set_label (self->fingerprint_title, _ ("SHA-256 fingerprint, shown now"));
    gtk_label_set_label (self->trusted_label, before);
    gtk_widget_set_visible (self->trusted_box, TRUE);
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
    gtk_widget_class_bind_template_child (widget_class, PosternTrustDialog, fingerprint_title);
    gtk_widget_class_bind_template_child (widget_class, PosternTrustDialog, trusted_box);
    gtk_widget_class_bind_template_child (widget_class, PosternTrustDialog, trusted_label);
    gtk_widget_class_bind_template_child (widget_class, PosternTrustDialog, problems_box);
    gtk_widget_class_bind_template_child (widget_class, PosternTrustDialog, problems_label);
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
postern_trust_dialog_new (PosternCertificate *certificate, const char *trusted, PosternGatewayKind kind)
{
    PosternTrustDialog *self;

    g_return_val_if_fail (POSTERN_IS_CERTIFICATE (certificate), NULL);
    self = g_object_new (POSTERN_TYPE_TRUST_DIALOG, NULL);
    self->certificate = g_object_ref (certificate);
    fill (self);
    show_problems (self);
    if (trusted != NULL)
        say_changed (self, trusted, kind);
    else
        say_unknown (self, kind);
    return ADW_DIALOG (self);
}

PosternCertificate *
postern_trust_dialog_get_certificate (PosternTrustDialog *self)
{
    g_return_val_if_fail (POSTERN_IS_TRUST_DIALOG (self), NULL);
    return self->certificate;
}
