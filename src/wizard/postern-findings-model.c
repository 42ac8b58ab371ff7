/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-findings-model.h"

#include "gateway/postern-pmg-gaps.h"
#include "gateway/postern-runbook.h"
#include "plan/postern-findings.h"
#include "wizard/postern-session.h"

/* How long a plan rests before it is judged, in milliseconds. */
#define PAUSE 250

struct _PosternFindingsModel {
    PosternWorkModel parent_instance;

    PosternSession *session; /* weak */
    guint n_errors;
};

/* What a worker thread needs to judge a plan. */
typedef struct {
    PosternPlan *plan;
    char **hosts;
    char **not_enforced;
    GPtrArray *rehearsals;
    gboolean for_ksmg;
    gboolean for_pmg;
} Case;

typedef enum {
    PROP_SETTLED = 1,
    PROP_N_ERRORS,
} PosternFindingsModelProperty;

static GParamSpec *properties[PROP_N_ERRORS + 1];

G_DEFINE_FINAL_TYPE (PosternFindingsModel, postern_findings_model, POSTERN_TYPE_WORK_MODEL)

/* Whether it is for a Proxmox Mail Gateway, which cannot have all of a plan. */
static gboolean
is_for_pmg (PosternSession *session)
{
    PosternGateway *gateway = postern_session_get_gateway (session);

    return postern_session_get_mode (session) == POSTERN_MODE_PUSH && gateway != NULL &&
           postern_gateway_address_get_kind (postern_gateway_get_address (gateway)) == POSTERN_GATEWAY_KIND_PMG;
}

static Case *
case_new (PosternSession *session)
{
    Case *self = g_new0 (Case, 1);
    PosternGatewayInfo *info = postern_session_get_info (session);

    self->plan = postern_plan_copy (postern_session_get_plan (session));
    self->hosts = postern_session_dup_gateway_hosts (session);
    self->rehearsals = postern_session_dup_rehearsals (session);
    self->for_ksmg = postern_session_get_mode (session) == POSTERN_MODE_KSMG;
    self->for_pmg = is_for_pmg (session);
    if (postern_session_get_mode (session) == POSTERN_MODE_PUSH && info != NULL)
        self->not_enforced = g_strdupv ((char **)postern_gateway_info_get_not_enforced (info));
    return self;
}

static void
case_free (gpointer data)
{
    Case *self = data;

    g_object_unref (self->plan);
    g_strfreev (self->hosts);
    g_strfreev (self->not_enforced);
    g_ptr_array_unref (self->rehearsals);
    g_free (self);
}

/* Puts what the gateway cannot express among the findings, which stay in the order of their severities. Takes @gaps. */
static void
add_gaps (GPtrArray *findings, GPtrArray *gaps)
{
    for (guint i = 0; i < gaps->len; i++) {
        guint at = findings->len;

        while (at > 0 &&
               postern_finding_get_severity (findings->pdata[at - 1]) > postern_finding_get_severity (gaps->pdata[i]))
            at--;
        g_ptr_array_insert (findings, (int)at, g_object_ref (gaps->pdata[i]));
    }
    g_ptr_array_unref (gaps);
}

static gpointer
judge (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    Case *self = data;
    PosternFindingContext context = { (const char *const *)self->hosts, (const char *const *)self->not_enforced,
                                      self->rehearsals };

    GPtrArray *findings = postern_plan_find (self->plan, &context);

    if (self->for_ksmg)
        add_gaps (findings, postern_runbook_find_gaps (self->plan));
    if (self->for_pmg)
        add_gaps (findings, postern_pmg_gaps_find (self->plan));
    return findings;
}

static gboolean
same_finding (PosternFinding *a, PosternFinding *b)
{
    return postern_finding_get_severity (a) == postern_finding_get_severity (b) &&
           g_str_equal (postern_finding_get_code (a), postern_finding_get_code (b)) &&
           g_strcmp0 (postern_finding_get_subject (a), postern_finding_get_subject (b)) == 0 &&
           g_str_equal (postern_finding_get_message (a), postern_finding_get_message (b));
}

/* Where a finding like @finding is among @findings, at @from or behind; the length if it is not there. */
static guint
find_same (GPtrArray *findings, guint from, PosternFinding *finding)
{
    guint i = from;

    while (i < findings->len && !same_finding (findings->pdata[i], finding))
        i++;
    return i;
}

static void
remove_range (PosternWorkModel *self, guint position, guint n)
{
    if (n > 0)
        g_ptr_array_remove_range (postern_work_model_get_items (self), position, n);
    postern_work_model_items_changed (self, position, n, 0);
}

/* Findings come in a fixed order, so what stays can be kept in one walk. There are some hundred at most. */
static void
replace (PosternWorkModel *self, GPtrArray *fresh)
{
    GPtrArray *findings = postern_work_model_get_items (self);

    for (guint i = 0; i < fresh->len; i++) {
        guint same = find_same (findings, i, fresh->pdata[i]);

        if (same < findings->len) {
            remove_range (self, i, same - i);
        } else {
            g_ptr_array_insert (findings, i, g_object_ref (fresh->pdata[i]));
            postern_work_model_items_changed (self, i, 0, 1);
        }
    }
    remove_range (self, fresh->len, findings->len - fresh->len);
}

static void
done (gpointer model, gpointer result, const GError *error)
{
    PosternFindingsModel *self = POSTERN_FINDINGS_MODEL (model);
    g_autoptr (GPtrArray) fresh = result;
    guint n_errors = postern_findings_count (fresh, POSTERN_SEVERITY_ERROR);

    replace (model, fresh);
    if (self->n_errors == n_errors)
        return;
    self->n_errors = n_errors;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ERRORS]);
}

static void
begin (gpointer model)
{
    static const PosternWorkJob judging = {
        .work = judge, .data_free = case_free, .result_free = (GDestroyNotify)g_ptr_array_unref, .done = done
    };
    PosternFindingsModel *self = POSTERN_FINDINGS_MODEL (model);

    if (self->session != NULL)
        postern_work_model_start (model, &judging, case_new (self->session), NULL);
}

static void
on_changed_cb (PosternFindingsModel *self)
{
    postern_work_model_start_later (POSTERN_WORK_MODEL (self), PAUSE, begin);
}

static void
on_running_changed_cb (PosternFindingsModel *self)
{
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTLED]);
}

static void
postern_findings_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternFindingsModel *self = POSTERN_FINDINGS_MODEL (object);

    switch ((PosternFindingsModelProperty)id) {
    case PROP_SETTLED:
        g_value_set_boolean (value, postern_findings_model_get_settled (self));
        break;
    case PROP_N_ERRORS:
        g_value_set_uint (value, self->n_errors);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_findings_model_dispose (GObject *object)
{
    PosternFindingsModel *self = POSTERN_FINDINGS_MODEL (object);

    g_clear_weak_pointer (&self->session);
    G_OBJECT_CLASS (postern_findings_model_parent_class)->dispose (object);
}

static void
postern_findings_model_class_init (PosternFindingsModelClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_findings_model_get_property;
    object_class->dispose = postern_findings_model_dispose;
    POSTERN_WORK_MODEL_CLASS (klass)->item_type = POSTERN_TYPE_FINDING;

    properties[PROP_SETTLED] = g_param_spec_boolean ("settled", NULL, NULL, FALSE, flags);
    properties[PROP_N_ERRORS] = g_param_spec_uint ("n-errors", NULL, NULL, 0, G_MAXUINT, 0, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_findings_model_init (PosternFindingsModel *self)
{
    g_signal_connect (self, "notify::running", G_CALLBACK (on_running_changed_cb), NULL);
}

PosternFindingsModel *
postern_findings_model_new (PosternSession *session)
{
    PosternFindingsModel *self = g_object_new (POSTERN_TYPE_FINDINGS_MODEL, NULL);

    g_return_val_if_fail (POSTERN_IS_SESSION (session), self);
    g_set_weak_pointer (&self->session, session);
    g_signal_connect_object (postern_session_get_plan (session), "changed", G_CALLBACK (on_changed_cb), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (session, "notify::info", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (session, "notify::address", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (session, "notify::mode", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (postern_session_get_rehearsals (session), "items-changed", G_CALLBACK (on_changed_cb),
                             self, G_CONNECT_SWAPPED);
    on_changed_cb (self);
    return self;
}

gboolean
postern_findings_model_get_settled (PosternFindingsModel *self)
{
    g_return_val_if_fail (POSTERN_IS_FINDINGS_MODEL (self), FALSE);
    return !postern_work_model_get_running (POSTERN_WORK_MODEL (self));
}

guint
postern_findings_model_get_n_errors (PosternFindingsModel *self)
{
    g_return_val_if_fail (POSTERN_IS_FINDINGS_MODEL (self), 0);
    return self->n_errors;
}
