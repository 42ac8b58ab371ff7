/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-pmg-gateway.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gateway/postern-pmg-gaps.h"
#include "gateway/postern-pmg-info.h"
#include "gateway/postern-pmg-plan.h"
#include "gateway/postern-pmg-reader.h"
#include "gateway/postern-pmg-steps.h"
#include "gateway/postern-pmg-writer.h"

/* Proxmox's own proxy gives up after 30 seconds; a login that fails takes three. */
#define DEFAULT_PATIENCE_SECONDS 45
/* A ticket is good for two hours. */
#define DEFAULT_RENEW_SECONDS (90 * 60)
#define DEFAULT_PAUSE_MILLISECONDS 1000
/* It compares modification times in whole seconds. */
#define DEFAULT_MAP_MILLISECONDS 1100
/* Its proxy forgets a call after 30 seconds; what was begun by then is done. */
#define DEFAULT_SETTLE_MILLISECONDS 30000

struct _PosternPmgGateway {
    PosternGateway parent_instance;

    PosternGatewayAddress *address;
    PosternTrust *trust;
    char *user;
    char *password;
    guint patience_seconds;
    guint renew_seconds;
    PosternPmgPatience patience;

    GMutex mutex; /* over what follows */
    PosternPmgSession *session;
    PosternPmgWriter *writer;
};

typedef enum {
    PROP_ADDRESS = 1,
    PROP_TRUST,
    PROP_USER,
    PROP_PASSWORD,
    PROP_PATIENCE_SECONDS,
    PROP_RENEW_SECONDS,
    PROP_PAUSE_MILLISECONDS,
    PROP_MAP_MILLISECONDS,
    PROP_SETTLE_MILLISECONDS,
} PosternPmgGatewayProperty;

static GParamSpec *properties[PROP_SETTLE_MILLISECONDS + 1];

G_DEFINE_FINAL_TYPE (PosternPmgGateway, postern_pmg_gateway, POSTERN_TYPE_GATEWAY)

static PosternGatewayAddress *
postern_pmg_gateway_get_address (PosternGateway *gateway)
{
    return POSTERN_PMG_GATEWAY (gateway)->address;
}

static PosternGatewayInfo *
postern_pmg_gateway_connect (PosternGateway *gateway, GCancellable *cancellable, GError **error)
{
    PosternPmgGateway *self = POSTERN_PMG_GATEWAY (gateway);
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
    g_autoptr (PosternPmgConfig) config = NULL;
    PosternGatewayInfo *info = postern_pmg_info_read (self->session, cancellable, error);

    if (info == NULL)
        return NULL;
    /* Proxmox VE answers so far as well, and so does a user who may only look after the quarantine. */
    config = postern_pmg_config_new ();
    if (postern_pmg_reader_read_list (self->session, POSTERN_PMG_LIST_MAIL, config, cancellable, error))
        return info;
    g_object_unref (info);
    return NULL;
}

static PosternPlan *
postern_pmg_gateway_read (PosternGateway *gateway, char **revision, GCancellable *cancellable, GError **error)
{
    PosternPmgGateway *self = POSTERN_PMG_GATEWAY (gateway);
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
    g_autoptr (PosternPmgConfig) config = postern_pmg_reader_read (self->session, cancellable, error);

    if (config == NULL)
        return NULL;
    *revision = postern_pmg_config_get_revision (config);
    return postern_pmg_plan_new (config);
}

static GPtrArray *
postern_pmg_gateway_gaps (PosternGateway *gateway, PosternPlan *plan, GCancellable *cancellable, GError **error)
{
    return postern_pmg_gaps_find (plan);
}

static PosternPlan *
postern_pmg_gateway_express (PosternGateway *gateway, PosternPlan *plan)
{
    return postern_pmg_plan_express (plan);
}

/* What would come out as something else than the plan is not begun. */
static gboolean
check_gaps (PosternPlan *plan, GError **error)
{
    g_autoptr (GPtrArray) gaps = postern_pmg_gaps_find (plan);
    g_autoptr (GString) message = g_string_new (_ ("Proxmox Mail Gateway cannot carry out this plan. Nothing was "
                                                   "written. Correct this in the plan and push again:"));

    if (postern_findings_count (gaps, POSTERN_SEVERITY_ERROR) == 0)
        return TRUE;
    for (guint i = 0; i < gaps->len; i++) {
        if (postern_finding_get_severity (gaps->pdata[i]) == POSTERN_SEVERITY_ERROR)
            g_string_append_printf (message, "\n• %s", postern_finding_get_message (gaps->pdata[i]));
    }
    g_set_error_literal (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_INVALID, message->str);
    return FALSE;
}

static gboolean
check_revision (PosternPmgGateway *self, PosternPmgConfig *config, const char *expected, GError **error)
{
    g_autofree char *revision = postern_pmg_config_get_revision (config);
    g_autofree char *place = NULL;

    if (g_str_equal (revision, expected))
        return TRUE;
    place = postern_gateway_address_to_display (self->address);
    g_set_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_REVISION_CHANGED,
                 /* Translators: %s is a host. */
                 _ ("Someone else has changed the configuration of %s in the meantime. Nothing was written. Read it "
                    "again and look at the changes."),
                 place);
    return FALSE;
}

/* The steps are done. What the gateway has now is the plan, unless someone else was there at the same time. */
static char *
read_back (PosternPmgGateway *self, PosternPlan *plan, GError **error)
{
    g_autoptr (PosternPmgConfig) config =
        postern_pmg_reader_read_patiently (self->session, self->patience.pause_milliseconds, error);
    g_autoptr (PosternPlan) wanted = postern_pmg_plan_express (plan);
    g_autoptr (PosternPlan) now = config != NULL ? postern_pmg_plan_new (config) : NULL;
    g_autofree char *place = NULL;

    if (config == NULL)
        return NULL;
    if (postern_plan_equal (now, wanted))
        return postern_pmg_config_get_revision (config);
    place = postern_gateway_address_to_display (self->address);
    g_set_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_REVISION_CHANGED,
                 /* Translators: %s is a host. */
                 _ ("%s has accepted every change, but has something else than the plan now: someone else has changed "
                    "it at the same time. Read its configuration and look at the changes."),
                 place);
    return NULL;
}

/* Writes the steps down before the first of them. */
static gboolean
note_steps (PosternJournal *journal, GPtrArray *steps, GError **error)
{
    g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

    for (guint i = 0; i < steps->len; i++)
        g_ptr_array_add (texts, postern_pmg_step_to_texts (steps->pdata[i]));
    return postern_journal_set_steps (journal, texts, error);
}

static char *
write_locked (PosternPmgGateway *self, PosternPlan *plan, const char *expected, PosternJournal *journal,
              GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternPmgConfig) config = postern_pmg_reader_read (self->session, cancellable, error);
    g_autoptr (GPtrArray) steps = NULL;
    GError *reason = NULL;
    char *revision;

    if (config == NULL || !check_revision (self, config, expected, error))
        return NULL;
    steps = postern_pmg_steps_new (config, plan);
    if (steps->len == 0)
        return g_strdup (expected);
    if (journal != NULL && !note_steps (journal, steps, error))
        return NULL;
    if (!postern_pmg_writer_run (self->writer, steps, config->digest, journal, cancellable, error))
        return NULL;
    revision = read_back (self, plan, &reason);
    if (reason == NULL)
        return revision;
    if (reason->domain == POSTERN_GATEWAY_ERROR)
        postern_gateway_error_set_unanswered (reason, TRUE);
    g_propagate_error (error, reason);
    return NULL;
}

static char *
postern_pmg_gateway_write (PosternGateway *gateway, PosternPlan *plan, const char *expected_revision,
                           PosternJournal *journal, GCancellable *cancellable, GError **error)
{
    PosternPmgGateway *self = POSTERN_PMG_GATEWAY (gateway);
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

    if (!check_gaps (plan, error))
        return NULL;
    return write_locked (self, plan, expected_revision, journal, cancellable, error);
}

static GPtrArray *
take_steps (PosternJournal *journal, GError **error)
{
    g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify)postern_pmg_step_free);

    for (guint i = 0; i < postern_journal_get_n_steps (journal); i++) {
        PosternPmgStep *step = postern_pmg_step_new_from_texts (postern_journal_get_step (journal, i));

        if (step == NULL) {
            g_set_error_literal (
                error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_JOURNAL,
                _ ("The journal of the interrupted push holds steps that cannot be carried out. Nothing was written. "
                   "Look at what the gateway has, and give up the interrupted push."));
            return NULL;
        }
        g_ptr_array_add (steps, step);
    }
    return g_steal_pointer (&steps);
}

static char *
postern_pmg_gateway_resume (PosternGateway *gateway, PosternJournal *journal, gboolean undo, GCancellable *cancellable,
                            GError **error)
{
    PosternPmgGateway *self = POSTERN_PMG_GATEWAY (gateway);
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
    g_autoptr (GPtrArray) steps = take_steps (journal, error);
    g_autoptr (PosternPmgConfig) config = NULL;
    gboolean good;

    if (steps == NULL)
        return NULL;
    if (undo)
        good = postern_pmg_writer_undo (self->writer, steps, journal, cancellable, error);
    else
        good = postern_pmg_writer_finish (self->writer, steps, journal, cancellable, error);
    if (good)
        config = postern_pmg_reader_read_patiently (self->session, self->patience.pause_milliseconds, error);
    return config != NULL ? postern_pmg_config_get_revision (config) : NULL;
}

static PosternFlow *
postern_pmg_gateway_probe_flow (PosternGateway *gateway, const char *client, const char *sender, const char *recipient,
                                GCancellable *cancellable, GError **error)
{
    g_set_error_literal (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_NOT_SUPPORTED,
                         _ ("Proxmox Mail Gateway cannot be asked what it would answer to a client. Whether mail flows "
                            "as planned shows when a mail server connects to it."));
    return NULL;
}

static void
on_progress_cb (guint k, guint n, gboolean undoing, const char *text, gpointer data)
{
    postern_gateway_tell_progress (data, k, n, undoing, text);
}

static void
postern_pmg_gateway_constructed (GObject *object)
{
    PosternPmgGateway *self = POSTERN_PMG_GATEWAY (object);

    G_OBJECT_CLASS (postern_pmg_gateway_parent_class)->constructed (object);
    self->session = postern_pmg_session_new (self->address, self->trust, self->user, self->password,
                                             self->patience_seconds, self->renew_seconds);
    self->writer = postern_pmg_writer_new (self->session, &self->patience, on_progress_cb, self);
    explicit_bzero (self->password, strlen (self->password));
    g_clear_pointer (&self->password, g_free);
}

static void
postern_pmg_gateway_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternPmgGateway *self = POSTERN_PMG_GATEWAY (object);

    switch ((PosternPmgGatewayProperty)id) {
    case PROP_ADDRESS:
        self->address = g_value_dup_boxed (value);
        break;
    case PROP_TRUST:
        self->trust = g_value_dup_boxed (value);
        break;
    case PROP_USER:
        self->user = g_value_dup_string (value);
        break;
    case PROP_PASSWORD:
        self->password = g_value_dup_string (value);
        break;
    case PROP_PATIENCE_SECONDS:
        self->patience_seconds = g_value_get_uint (value);
        break;
    case PROP_RENEW_SECONDS:
        self->renew_seconds = g_value_get_uint (value);
        break;
    case PROP_PAUSE_MILLISECONDS:
        self->patience.pause_milliseconds = g_value_get_uint (value);
        break;
    case PROP_MAP_MILLISECONDS:
        self->patience.map_milliseconds = g_value_get_uint (value);
        break;
    case PROP_SETTLE_MILLISECONDS:
        self->patience.settle_milliseconds = g_value_get_uint (value);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_pmg_gateway_finalize (GObject *object)
{
    PosternPmgGateway *self = POSTERN_PMG_GATEWAY (object);

    g_clear_pointer (&self->writer, postern_pmg_writer_free);
    g_clear_pointer (&self->session, postern_pmg_session_free);
    g_clear_pointer (&self->address, postern_gateway_address_unref);
    g_clear_pointer (&self->trust, postern_trust_unref);
    g_free (self->user);
    g_mutex_clear (&self->mutex);
    G_OBJECT_CLASS (postern_pmg_gateway_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
    const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

    properties[PROP_ADDRESS] = g_param_spec_boxed ("address", NULL, NULL, POSTERN_TYPE_GATEWAY_ADDRESS, flags);
    properties[PROP_TRUST] = g_param_spec_boxed ("trust", NULL, NULL, POSTERN_TYPE_TRUST, flags);
    properties[PROP_USER] = g_param_spec_string ("user", NULL, NULL, "", flags);
    properties[PROP_PASSWORD] = g_param_spec_string ("password", NULL, NULL, "", flags);
    properties[PROP_PATIENCE_SECONDS] =
        g_param_spec_uint ("patience-seconds", NULL, NULL, 1, 3600, DEFAULT_PATIENCE_SECONDS, flags);
    properties[PROP_RENEW_SECONDS] =
        g_param_spec_uint ("renew-seconds", NULL, NULL, 0, 7200, DEFAULT_RENEW_SECONDS, flags);
    properties[PROP_PAUSE_MILLISECONDS] =
        g_param_spec_uint ("pause-milliseconds", NULL, NULL, 0, 60000, DEFAULT_PAUSE_MILLISECONDS, flags);
    properties[PROP_MAP_MILLISECONDS] =
        g_param_spec_uint ("map-milliseconds", NULL, NULL, 0, 60000, DEFAULT_MAP_MILLISECONDS, flags);
    properties[PROP_SETTLE_MILLISECONDS] =
        g_param_spec_uint ("settle-milliseconds", NULL, NULL, 0, 600000, DEFAULT_SETTLE_MILLISECONDS, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_pmg_gateway_class_init (PosternPmgGatewayClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    PosternGatewayClass *gateway_class = POSTERN_GATEWAY_CLASS (klass);

    object_class->constructed = postern_pmg_gateway_constructed;
    object_class->set_property = postern_pmg_gateway_set_property;
    object_class->finalize = postern_pmg_gateway_finalize;
    gateway_class->get_address = postern_pmg_gateway_get_address;
    gateway_class->connect = postern_pmg_gateway_connect;
    gateway_class->read = postern_pmg_gateway_read;
    gateway_class->gaps = postern_pmg_gateway_gaps;
    /* There is nobody to ask who would judge without carrying out; what is known here is all. */
    gateway_class->check = postern_pmg_gateway_gaps;
    gateway_class->write = postern_pmg_gateway_write;
    gateway_class->resume = postern_pmg_gateway_resume;
    gateway_class->express = postern_pmg_gateway_express;
    gateway_class->probe_flow = postern_pmg_gateway_probe_flow;
    install_properties (object_class);
}

static void
postern_pmg_gateway_init (PosternPmgGateway *self)
{
    g_mutex_init (&self->mutex);
}

PosternGateway *
postern_pmg_gateway_new (PosternGatewayAddress *address, PosternTrust *trust, const char *user, const char *password)
{
    g_autofree char *whole = NULL;
    PosternGateway *self;

    g_return_val_if_fail (address != NULL, NULL);
    g_return_val_if_fail (trust != NULL, NULL);
    g_return_val_if_fail (user != NULL && password != NULL, NULL);

    whole = g_strndup (password, strcspn (password, "\r\n"));
    self = g_object_new (POSTERN_TYPE_PMG_GATEWAY, "address", address, "trust", trust, "user", user, "password", whole,
                         NULL);
    explicit_bzero (whole, strlen (whole));
    return self;
}
