/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-rehearsal-group.h"

#include <glib/gi18n-lib.h>
#include "gateway/postern-rehearsing.h"
#include "wizard/postern-announce.h"
#include "wizard/postern-status-icon.h"
#include "wizard/postern-ui.h"
#include "wizard/postern-worker.h"

struct _PosternRehearsalGroup {
    GtkBox parent_instance;

    PosternSession *session;
    GCancellable *cancellable; /* of the rehearsal that is under way */
    gboolean running;

    GtkEditable *recipient_row;
    GtkListBox *results;
    GtkLabel *remark;
};

G_DEFINE_FINAL_TYPE (PosternRehearsalGroup, postern_rehearsal_group, GTK_TYPE_BOX)

typedef enum {
    PROP_SESSION = 1,
    PROP_RUNNING,
} PosternRehearsalGroupProperty;

static GParamSpec *properties[PROP_RUNNING + 1];

/* What a worker needs to ask. */
typedef struct {
    PosternRehearsing *rehearsing;
    PosternGateway *gateway;
    PosternGatewayInfo *info;
} Job;

static void
job_free (gpointer data)
{
    Job *job = data;

    g_object_unref (job->rehearsing);
    g_clear_object (&job->gateway);
    g_clear_object (&job->info);
    g_free (job);
}

static void
on_rehearsal_cb (PosternRehearsing *rehearsing, guint position, PosternRehearsal *rehearsal, PosternWorker *worker)
{
    postern_worker_report (worker, G_OBJECT (rehearsal));
}

static gpointer
run (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    Job *job = data;
    gulong handler = g_signal_connect (job->rehearsing, "rehearsal", G_CALLBACK (on_rehearsal_cb), worker);
    GPtrArray *found = postern_rehearsing_run (job->rehearsing, job->gateway, job->info, cancellable, error);

    g_signal_handler_disconnect (job->rehearsing, handler);
    return found;
}

static void
set_running (PosternRehearsalGroup *self, gboolean running)
{
    if (self->running == running)
        return;
    self->running = running;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static void
say (PosternRehearsalGroup *self, const char *text)
{
    gtk_label_set_label (self->remark, text);
    gtk_widget_set_visible (GTK_WIDGET (self->remark), *text != '\0');
    if (*text != '\0')
        postern_announce (self, text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* The progress of a job: one more server has answered. */
static void
on_found_cb (gpointer source, GObject *event)
{
    PosternRehearsalGroup *self = POSTERN_REHEARSAL_GROUP (source);
    PosternRehearsal *rehearsal = POSTERN_REHEARSAL (event);

    if (self->session == NULL || !self->running)
        return;
    g_list_store_append (postern_session_get_rehearsals (self->session), rehearsal);
    postern_announce (self, postern_rehearsal_get_summary (rehearsal), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
ended_cb (GObject *object, GAsyncResult *result, gpointer data)
{
    PosternRehearsalGroup *self = POSTERN_REHEARSAL_GROUP (object);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) found = postern_worker_run_finish (self, result, &error);

    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    g_clear_object (&self->cancellable);
    set_running (self, FALSE);
    if (error != NULL)
        say (self, error->message);
}

/* Returns: (transfer full): what stands in the entry, as a list of addresses */
static char **
list_recipients (PosternRehearsalGroup *self)
{
    g_auto (GStrv) words = g_strsplit_set (gtk_editable_get_text (self->recipient_row), ",; \t", -1);
    g_autoptr (GStrvBuilder) recipients = g_strv_builder_new ();

    for (gsize i = 0; words[i] != NULL; i++) {
        if (*words[i] != '\0')
            g_strv_builder_add (recipients, words[i]);
    }
    return g_strv_builder_end (recipients);
}

static Job *
job_new (PosternRehearsalGroup *self)
{
    g_auto (GStrv) recipients = list_recipients (self);
    Job *job = g_new0 (Job, 1);

    job->rehearsing =
        postern_rehearsing_new (postern_session_get_plan (self->session), (const char *const *)recipients);
    g_set_object (&job->gateway, postern_session_get_gateway (self->session));
    g_set_object (&job->info, postern_session_get_info (self->session));
    return job;
}

static void
say_what_will_be_asked (PosternRehearsalGroup *self, PosternRehearsing *rehearsing)
{
    guint n = postern_rehearsing_get_n_left_out (rehearsing);
    g_autofree char *left_out =
        g_strdup_printf (ngettext ("%'u more server is not asked.", "%'u more servers are not asked.", n), n);

    if (postern_rehearsing_get_n_servers (rehearsing) == 0)
        say (self, _ ("There is no internal mail server to ask for recipients."));
    else
        say (self, n > 0 ? left_out : "");
}

static void
rehearse (PosternRehearsalGroup *self)
{
    Job *job;

    if (self->session == NULL || self->running)
        return;
    job = job_new (self);
    g_list_store_remove_all (postern_session_get_rehearsals (self->session));
    say_what_will_be_asked (self, job->rehearsing);
    if (postern_rehearsing_get_n_servers (job->rehearsing) == 0) {
        job_free (job);
        return;
    }
    set_running (self, TRUE);
    self->cancellable = g_cancellable_new ();
    postern_worker_run_async (self, run, job, job_free, (GDestroyNotify)g_ptr_array_unref, on_found_cb,
                              self->cancellable, ended_cb, NULL);
}

static const struct {
    PosternStatus status;
    const char *word;
} looks[] = {
    [POSTERN_REHEARSAL_VERIFIES] = { POSTERN_STATUS_GOOD, NC_ ("rehearsal", "Verification works") },
    [POSTERN_REHEARSAL_SLOW] = { POSTERN_STATUS_UNKNOWN, NC_ ("rehearsal", "Verification is slow") },
    [POSTERN_REHEARSAL_CATCH_ALL] = { POSTERN_STATUS_BAD, NC_ ("rehearsal", "Verification has no effect") },
    [POSTERN_REHEARSAL_REFUSES_SENDER] = { POSTERN_STATUS_BAD, NC_ ("rehearsal", "Verification refuses everybody") },
    [POSTERN_REHEARSAL_REFUSES_CLIENT] = { POSTERN_STATUS_UNKNOWN, NC_ ("rehearsal", "Not certain") },
    [POSTERN_REHEARSAL_REFUSES_ALL] = { POSTERN_STATUS_UNKNOWN, NC_ ("rehearsal", "Not certain") },
    [POSTERN_REHEARSAL_GREYLISTS] = { POSTERN_STATUS_UNKNOWN, NC_ ("rehearsal", "Not certain") },
    [POSTERN_REHEARSAL_TEMPFAILS] = { POSTERN_STATUS_UNKNOWN, NC_ ("rehearsal", "Not certain") },
    [POSTERN_REHEARSAL_UNREACHABLE] = { POSTERN_STATUS_UNKNOWN, NC_ ("rehearsal", "Not certain") },
};

static GtkWidget *
make_row (gpointer item, gpointer data)
{
    PosternRehearsal *rehearsal = item;
    PosternRehearsalOutcome outcome = postern_rehearsal_get_outcome (rehearsal);
    gboolean barred = outcome == POSTERN_REHEARSAL_REFUSES_CLIENT && postern_rehearsal_is_useless (rehearsal);
    GtkWidget *icon = postern_status_icon_new ();
    GtkWidget *row = adw_action_row_new ();
    g_autofree char *subtitle = g_strdup_printf (
        "%s\n%s", postern_rehearsal_get_summary (rehearsal),
        postern_rehearsal_get_by_gateway (rehearsal) ? _ ("Asked by the gateway") : _ ("Asked from this computer"));

    if (barred)
        outcome = POSTERN_REHEARSAL_REFUSES_SENDER;
    postern_status_icon_set (POSTERN_STATUS_ICON (icon), looks[outcome].status,
                             g_dpgettext2 (GETTEXT_PACKAGE, "rehearsal", looks[outcome].word));
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
    adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), postern_rehearsal_get_title (rehearsal));
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
    adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
    return row;
}

static gboolean
has_results (PosternRehearsalGroup *self, guint n)
{
    return n > 0;
}

static void
set_session (PosternRehearsalGroup *self, PosternSession *session)
{
    if (!g_set_object (&self->session, session))
        return;
    gtk_list_box_bind_model (self->results,
                             session != NULL ? G_LIST_MODEL (postern_session_get_rehearsals (session)) : NULL,
                             session != NULL ? make_row : NULL, NULL, NULL);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
postern_rehearsal_group_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternRehearsalGroup *self = POSTERN_REHEARSAL_GROUP (object);

    switch ((PosternRehearsalGroupProperty)id) {
    case PROP_SESSION:
        g_value_set_object (value, self->session);
        break;
    case PROP_RUNNING:
        g_value_set_boolean (value, self->running);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_rehearsal_group_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    if (id == PROP_SESSION)
        set_session (POSTERN_REHEARSAL_GROUP (object), g_value_get_object (value));
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* A job keeps this alive until it ends, so it has to be told that nobody is waiting any more. */
static void
postern_rehearsal_group_unmap (GtkWidget *widget)
{
    PosternRehearsalGroup *self = POSTERN_REHEARSAL_GROUP (widget);

    if (self->cancellable != NULL)
        g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->cancellable);
    set_running (self, FALSE);
    GTK_WIDGET_CLASS (postern_rehearsal_group_parent_class)->unmap (widget);
}

static void
postern_rehearsal_group_dispose (GObject *object)
{
    PosternRehearsalGroup *self = POSTERN_REHEARSAL_GROUP (object);

    if (self->results != NULL)
        gtk_list_box_bind_model (self->results, NULL, NULL, NULL, NULL);
    g_clear_object (&self->cancellable);
    g_clear_object (&self->session);
    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_REHEARSAL_GROUP);
    G_OBJECT_CLASS (postern_rehearsal_group_parent_class)->dispose (object);
}

static void
postern_rehearsal_group_class_init (PosternRehearsalGroupClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    object_class->get_property = postern_rehearsal_group_get_property;
    object_class->set_property = postern_rehearsal_group_set_property;
    object_class->dispose = postern_rehearsal_group_dispose;
    widget_class->unmap = postern_rehearsal_group_unmap;
    properties[PROP_SESSION] =
        g_param_spec_object ("session", NULL, NULL, POSTERN_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
    properties[PROP_RUNNING] =
        g_param_spec_boolean ("running", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-rehearsal-group.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternRehearsalGroup, recipient_row);
    gtk_widget_class_bind_template_child (widget_class, PosternRehearsalGroup, results);
    gtk_widget_class_bind_template_child (widget_class, PosternRehearsalGroup, remark);
    gtk_widget_class_bind_template_callback (widget_class, has_results);
    gtk_widget_class_bind_template_callback (widget_class, rehearse);
}

static void
postern_rehearsal_group_init (PosternRehearsalGroup *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
