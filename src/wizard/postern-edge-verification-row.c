/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-edge-verification-row.h"

#include <glib/gi18n-lib.h>
#include "probe/postern-recipient-probe.h"
#include "wizard/postern-announce.h"
#include "wizard/postern-closures.h"
#include "wizard/postern-ui.h"
#include "wizard/postern-worker.h"

struct _PosternEdgeVerificationRow {
    AdwActionRow parent_instance;

    PosternPlan *plan;
    GCancellable *question; /* that is under way */
    PosternRecipientProbe *answer;
    char *failure; /* why there is none */
};

G_DEFINE_FINAL_TYPE (PosternEdgeVerificationRow, postern_edge_verification_row, ADW_TYPE_ACTION_ROW)

typedef enum {
    PROP_PLAN = 1,
    PROP_RUNNING,
    PROP_TEXT,
    PROP_CONTRADICTS,
} PosternEdgeVerificationRowProperty;

static GParamSpec *properties[PROP_CONTRADICTS + 1];

/* What the question is about, for a thread of its own. */
typedef struct {
    PosternProbeTarget *target;
    char *recipient;
} Question;

static void
question_free (gpointer data)
{
    Question *question = data;

    g_object_unref (question->target);
    g_free (question->recipient);
    g_free (question);
}

static const char *
find_local_domain (PosternPlan *plan)
{
    PosternRecordList *domains = postern_plan_get_domains (plan);

    for (guint i = 0; i < postern_record_list_get_length (domains); i++) {
        PosternDomain *domain = postern_record_list_get (domains, i);

        if (postern_domain_get_local (domain) && !postern_domain_is_subdomains (domain))
            return postern_domain_get_name (domain);
    }
    return NULL;
}

static gboolean
is_answered (PosternEdgeVerificationRow *self, gboolean *verifies)
{
    return self->answer != NULL && postern_recipient_probe_get_verifies (self->answer, verifies);
}

static gboolean
contradicts (PosternEdgeVerificationRow *self)
{
    gboolean verifies;

    return self->plan != NULL && is_answered (self, &verifies) &&
           verifies != (postern_plan_get_scenario (self->plan) == POSTERN_SCENARIO_EDGE_VERIFYING);
}

/* An edge gateway that verifies asks this gateway, which takes no mail for the domain before it is set up. */
static char *
doubt_to_text (PosternEdgeVerificationRow *self)
{
    const char *summary = postern_recipient_probe_get_summary (self->answer);

    if (postern_recipient_probe_get_class (self->answer) != POSTERN_RECIPIENT_CLASS_TEMPFAILS)
        return g_strdup (summary);
    return g_strdup_printf (
        /* Translators: %s is what the edge gateway answered. */
        _ ("%s\nIf it asks this gateway for the recipient, it can tell as soon as this gateway is set up."), summary);
}

static const char *
answer_to_text (PosternEdgeVerificationRow *self, gboolean verifies)
{
    if (!contradicts (self))
        return verifies ? _ ("It refuses a recipient that nobody has: it verifies recipients, as the scenario says.")
                        : _ ("It accepts a recipient that nobody has: it does not verify recipients, as the scenario "
                             "says.");
    return verifies ? _ ("It refuses a recipient that nobody has, so it verifies recipients. The scenario says that it "
                         "does not.")
                    : _ ("It accepts a recipient that nobody has, so it does not verify recipients. The scenario says "
                         "that it does.");
}

static char *
dup_text (PosternEdgeVerificationRow *self)
{
    gboolean verifies;

    if (self->question != NULL)
        return g_strdup (_ ("Asking for a recipient that nobody has…"));
    if (is_answered (self, &verifies))
        return g_strdup (answer_to_text (self, verifies));
    if (self->answer != NULL)
        return doubt_to_text (self);
    return g_strdup (self->failure != NULL ? self->failure : "");
}

static void
notify_all (PosternEdgeVerificationRow *self)
{
    g_object_freeze_notify (G_OBJECT (self));
    for (guint id = PROP_RUNNING; id <= PROP_CONTRADICTS; id++)
        g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
    g_object_thaw_notify (G_OBJECT (self));
}

static void
conclude (PosternEdgeVerificationRow *self, PosternRecipientProbe *answer, const char *failure)
{
    g_clear_object (&self->question);
    g_set_object (&self->answer, answer);
    g_set_str (&self->failure, failure);
    notify_all (self);
}

static gpointer
ask (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    Question *question = data;

    return postern_recipient_probe_run (question->target, "", question->recipient, 0, cancellable, error);
}

static void
on_asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    PosternEdgeVerificationRow *self = POSTERN_EDGE_VERIFICATION_ROW (source);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternRecipientProbe) answer = postern_worker_run_finish (self, result, &error);
    g_autofree char *text = NULL;

    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    conclude (self, answer, error != NULL ? error->message : NULL);
    text = dup_text (self);
    postern_announce (self, text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

void
postern_edge_verification_row_ask (PosternEdgeVerificationRow *self)
{
    PosternRoute *edge;
    const char *domain;
    Question *question;

    g_return_if_fail (POSTERN_IS_EDGE_VERIFICATION_ROW (self));

    postern_edge_verification_row_forget (self);
    edge = postern_plan_get_edge_gateway (self->plan);
    domain = find_local_domain (self->plan);
    if (edge == NULL)
        return;
    if (domain == NULL) {
        conclude (self, NULL, _ ("It can be asked as soon as there is a local domain in the plan."));
        return;
    }
    question = g_new0 (Question, 1);
    question->target = postern_probe_target_new (postern_route_get_host (edge), postern_route_get_port (edge),
                                                 postern_route_get_mx (edge));
    question->recipient = g_strconcat ("@", domain, NULL);
    self->question = g_cancellable_new ();
    notify_all (self);
    postern_worker_run_async (self, ask, question, question_free, g_object_unref, NULL, self->question, on_asked_cb,
                              NULL);
}

void
postern_edge_verification_row_stop (PosternEdgeVerificationRow *self)
{
    g_return_if_fail (POSTERN_IS_EDGE_VERIFICATION_ROW (self));
    if (self->question == NULL)
        return;
    g_cancellable_cancel (self->question);
    g_clear_object (&self->question);
    notify_all (self);
}

void
postern_edge_verification_row_forget (PosternEdgeVerificationRow *self)
{
    g_return_if_fail (POSTERN_IS_EDGE_VERIFICATION_ROW (self));
    postern_edge_verification_row_stop (self);
    conclude (self, NULL, NULL);
}

static void
set_plan (PosternEdgeVerificationRow *self, PosternPlan *plan)
{
    if (self->plan == plan)
        return;
    if (self->plan != NULL)
        g_signal_handlers_disconnect_by_func (self->plan, notify_all, self);
    g_set_object (&self->plan, plan);
    if (plan != NULL)
        g_signal_connect_object (plan, "notify::scenario", G_CALLBACK (notify_all), self, G_CONNECT_SWAPPED);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAN]);
}

/*
 * What the template shows
 */

/* A question that nothing came of is no fault. */
static char *
icon_name (PosternEdgeVerificationRow *self, const char *text, gboolean contradiction)
{
    gboolean verifies;

    if (contradiction)
        return g_strdup ("dialog-warning-symbolic");
    return g_strdup (is_answered (self, &verifies) ? "object-select-symbolic" : "dialog-information-symbolic");
}

static char **
icon_classes (PosternEdgeVerificationRow *self, const char *text, gboolean contradiction)
{
    const char *classes[] = { NULL, NULL };
    gboolean verifies;

    if (contradiction)
        classes[0] = "warning";
    else if (is_answered (self, &verifies))
        classes[0] = "success";
    return g_strdupv ((char **)classes);
}

static void
postern_edge_verification_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternEdgeVerificationRow *self = POSTERN_EDGE_VERIFICATION_ROW (object);

    switch ((PosternEdgeVerificationRowProperty)id) {
    case PROP_PLAN:
        g_value_set_object (value, self->plan);
        break;
    case PROP_RUNNING:
        g_value_set_boolean (value, self->question != NULL);
        break;
    case PROP_TEXT:
        g_value_take_string (value, dup_text (self));
        break;
    case PROP_CONTRADICTS:
        g_value_set_boolean (value, self->question == NULL && contradicts (self));
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_edge_verification_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    if (id == PROP_PLAN)
        set_plan (POSTERN_EDGE_VERIFICATION_ROW (object), g_value_get_object (value));
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
postern_edge_verification_row_dispose (GObject *object)
{
    PosternEdgeVerificationRow *self = POSTERN_EDGE_VERIFICATION_ROW (object);

    g_cancellable_cancel (self->question);
    g_clear_object (&self->question);
    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_EDGE_VERIFICATION_ROW);
    g_clear_object (&self->answer);
    g_clear_object (&self->plan);
    G_OBJECT_CLASS (postern_edge_verification_row_parent_class)->dispose (object);
}

static void
postern_edge_verification_row_finalize (GObject *object)
{
    g_free (POSTERN_EDGE_VERIFICATION_ROW (object)->failure);
    G_OBJECT_CLASS (postern_edge_verification_row_parent_class)->finalize (object);
}

static void
postern_edge_verification_row_class_init (PosternEdgeVerificationRowClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_edge_verification_row_get_property;
    object_class->set_property = postern_edge_verification_row_set_property;
    object_class->dispose = postern_edge_verification_row_dispose;
    object_class->finalize = postern_edge_verification_row_finalize;

    properties[PROP_PLAN] = g_param_spec_object ("plan", NULL, NULL, POSTERN_TYPE_PLAN, G_PARAM_READWRITE | flags);
    properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
    properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", G_PARAM_READABLE | flags);
    properties[PROP_CONTRADICTS] = g_param_spec_boolean ("contradicts", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-edge-verification-row.ui");
    postern_closures_bind (widget_class);
    gtk_widget_class_bind_template_callback (widget_class, icon_classes);
    gtk_widget_class_bind_template_callback (widget_class, icon_name);
}

static void
postern_edge_verification_row_init (PosternEdgeVerificationRow *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
