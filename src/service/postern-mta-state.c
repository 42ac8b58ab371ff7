/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-mta-state.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "plan/postern-postfix.h"
#include "service/postern-files.h"
#include "service/postern-private-listener.h"
#include "service/postern-service-error.h"
#include "service/postern-test-fault.h"

#define PARAMETERS "parameters"

/* Postfix throttles a service that died for a minute (postconf(5) service_throttle_time); only then it serves the old
 * state. */
#define RESTORE_SECONDS 90

struct _PosternMtaState {
    PosternSettings *settings;
    char *mark; /* NULL for the state before the first push */
    PosternPostfixOriginals originals;
};

const char *const *
postern_mta_state_get_parameters (void)
{
    static gsize initialized = 0;
    static const char **names = NULL;

    if (g_once_init_enter (&initialized)) {
        const char *const *owned = postern_postfix_get_owned_parameters ();
        guint n = g_strv_length ((char **)owned);

        names = g_new0 (const char *, n + 3);
        for (guint i = 0; i < n; i++)
            names[i] = owned[i];
        names[n] = POSTERN_REVISION_PARAMETER;
        names[n + 1] = POSTERN_MILTERS_PARAMETER;
        g_once_init_leave (&initialized, 1);
    }
    return names;
}

static PosternMtaState *
state_new (PosternSettings *settings, const char *mark)
{
    PosternMtaState *self = g_new0 (PosternMtaState, 1);

    self->settings = settings;
    self->mark = g_strdup (mark);
    return self;
}

void
postern_mta_state_free (PosternMtaState *self)
{
    postern_settings_free (self->settings);
    postern_postfix_originals_clear (&self->originals);
    g_free (self->mark);
    g_free (self);
}

/* The key of the last of a table's lines, of which there is at least one. A CIDR pattern's own address is inside it. */
static char *
last_key (const PosternPostfixTable *table)
{
    gsize length = strlen (table->text);
    const char *line;

    while (length > 0 && table->text[length - 1] == '\n')
        length--;
    line = table->text + length;
    while (line > table->text && line[-1] != '\n')
        line--;
    return g_strndup (line, strcspn (line, g_str_equal (table->type, "cidr") ? "/" : "\t"));
}

/* On a full disk postmap exits with status 0 and leaves a table that lacks what it was given. */
static gboolean
ask_table (PosternPostfixHost *host, const PosternPostfixTable *table, const char *path, GError **error)
{
    g_autofree char *key = last_key (table);
    g_autoptr (GError) local = NULL;
    g_autofree char *value = postern_postfix_host_query (host, table->type, path, key, &local);

    if (value)
        return TRUE;
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED,
                 /* Translators: %1$s is a Postfix table's name, %2$s a key in it or what Postfix said, in English. */
                 local ? _ ("Postfix cannot read its table “%1$s”: %2$s")
                       /* Translators: %1$s is a Postfix table's name, %2$s a key in it. */
                       : _ ("The table “%1$s” that Postfix has made lacks “%2$s”. Is the disk full?"),
                 table->name, local ? local->message : key);
    return FALSE;
}

static gboolean
make_table (PosternPostfixHost *host, const PosternPostfixTable *table, const char *part, GError **error)
{
    g_autofree char *path = g_build_filename (part, table->name, NULL);

    if (!postern_files_write (path, table->text, -1, 0644, error))
        return FALSE;
    if (g_str_equal (table->type, "lmdb") && !postern_postfix_host_make_table (host, table->type, path, error))
        return FALSE;
    return *table->text == '\0' || ask_table (host, table, path, error);
}

static gboolean
make_tables (PosternPostfixHost *host, PosternPostfix *postfix, const char *part, GError **error)
{
    guint n;
    const PosternPostfixTable *tables = postern_postfix_get_tables (postfix, &n);

    for (guint i = 0; i < n; i++) {
        if (!make_table (host, &tables[i], part, error))
            return FALSE;
    }
    return TRUE;
}

static PosternSettings *
settings_of (PosternPostfix *postfix, const char *mark, const char *milters)
{
    const char *const *owned = postern_postfix_get_owned_parameters ();
    PosternSettings *settings = postern_settings_new ();

    for (guint i = 0; owned[i]; i++)
        postern_settings_set (settings, owned[i], postern_postfix_get_parameter (postfix, owned[i]));
    postern_settings_set (settings, POSTERN_REVISION_PARAMETER, mark);
    postern_settings_set (settings, POSTERN_MILTERS_PARAMETER, milters);
    return settings;
}

static gboolean
write_settings (PosternSettings *settings, const char *directory, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename (directory, name, NULL);
    g_autofree char *text = postern_settings_to_text (settings);

    return postern_files_write (path, text, -1, 0644, error);
}

PosternMtaState *
postern_mta_state_render (PosternPlan *plan, PosternStoredRevision *revision, PosternPostfixHost *host,
                          const char *part, const char *directory, const char *milters, GError **error)
{
    g_autoptr (PosternPostfix) postfix = postern_postfix_new (plan, directory);
    g_autoptr (PosternMtaState) self = state_new (settings_of (postfix, revision->mark, milters), revision->mark);

    if (!make_tables (host, postfix, part, error) || !write_settings (self->settings, part, PARAMETERS, error))
        return NULL;
    return g_steal_pointer (&self);
}

static PosternMtaState *
load (const char *path, const char *mark, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr (GError) local = NULL;

    if (g_file_get_contents (path, &text, NULL, &local))
        return state_new (postern_settings_from_text (text), mark);
    g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE, local->message);
    return NULL;
}

gboolean
postern_mta_state_is_rendered (const char *directory)
{
    g_autofree char *path = g_build_filename (directory, PARAMETERS, NULL);

    return g_file_test (path, G_FILE_TEST_EXISTS);
}

PosternMtaState *
postern_mta_state_load (PosternStoredRevision *revision, const char *directory, GError **error)
{
    g_autofree char *path = g_build_filename (directory, PARAMETERS, NULL);

    return load (path, revision->mark, error);
}

PosternMtaState *
postern_mta_state_load_adopted (const char *path, GError **error)
{
    PosternMtaState *self = load (path, NULL, error);

    if (self)
        postern_postfix_originals_load (&self->originals, path);
    return self;
}

void
postern_mta_state_forget_adopted (const char *path)
{
    g_unlink (path);
    postern_postfix_originals_forget (path);
}

gboolean
postern_mta_state_adopt (PosternPostfixHost *host, const char *path, GError **error)
{
    g_autoptr (PosternSettings) settings = NULL;
    g_autofree char *text = NULL;

    if (g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
    if (!postern_postfix_originals_keep (postern_postfix_host_get_directory (host), path, error))
        return FALSE;
    settings = postern_postfix_host_read_settings (host, postern_mta_state_get_parameters (), error);
    if (settings == NULL)
        return FALSE;
    postern_settings_set (settings, POSTERN_REVISION_PARAMETER, NULL);
    text = postern_settings_to_text (settings);
    return postern_files_replace (path, text, -1, NULL, 0644, error);
}

const char *
postern_mta_state_get_setting (PosternMtaState *self, const char *name)
{
    return postern_settings_lookup (self->settings, name);
}

PosternSettings *
postern_mta_state_dup_settings (PosternMtaState *self)
{
    g_autofree char *text = postern_settings_to_text (self->settings);

    return postern_settings_from_text (text);
}

PosternPostfixCandidate *
postern_mta_state_prepare (PosternMtaState *self, PosternPostfixHost *host, const char *scratch, GError **error)
{
    return postern_postfix_candidate_new (host, scratch, self->settings, self->mark, &self->originals, error);
}

gboolean
postern_mta_state_reload (PosternMtaState *self, PosternPostfixHost *host, guint seconds, GError **error)
{
    return postern_postfix_host_reload (host, error) &&
           postern_private_listener_wait (host, self->mark, seconds, error);
}

/* Whether the running Postfix has taken it over. Without posternd there is no listener, or one that says something
 * else.
 */
static gboolean
is_taken_over (PosternMtaState *self, PosternPostfixHost *host)
{
    g_autofree char *live = postern_private_listener_get_live (host, NULL);

    return self->mark ? g_strcmp0 (live, self->mark) == 0 : live == NULL || *live == '\0';
}

gboolean
postern_mta_state_restore (PosternMtaState *self, PosternPostfixHost *host, const char *scratch, gboolean *changed,
                           GError **error)
{
    g_autoptr (PosternPostfixCandidate) candidate = postern_mta_state_prepare (self, host, scratch, error);
    gboolean running = postern_postfix_host_is_running (host, NULL);

    if (changed)
        *changed = FALSE;
    if (candidate == NULL)
        return FALSE;
    if (postern_postfix_candidate_is_live (candidate) && (!running || is_taken_over (self, host)))
        return TRUE;
    if (changed)
        *changed = TRUE;
    if (!postern_postfix_candidate_install_services (candidate, error) || !postern_test_fault ("restoring", error) ||
        !postern_postfix_candidate_install_parameters (candidate, error))
        return FALSE;
    return !running || postern_mta_state_reload (self, host, RESTORE_SECONDS, error);
}
