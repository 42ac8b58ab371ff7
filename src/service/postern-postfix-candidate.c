/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-postfix-candidate.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <utime.h>

#include "service/postern-files.h"
#include "service/postern-master-entry.h"
#include "service/postern-private-listener.h"
#include "service/postern-service-error.h"

struct _PosternPostfixCandidate {
    PosternPostfixHost *live;
    PosternPostfixHost *copy; /* the same instance, as the candidate has it */
    char *scratch;
    char *listener;                        /* the private listener's line in master.cf, NULL for none */
    char *before[POSTERN_N_POSTFIX_FILES]; /* what the live files said when they were copied */
};

static char *
live_path (PosternPostfixCandidate *self, guint file)
{
    return g_build_filename (postern_postfix_host_get_directory (self->live), postern_postfix_file_names[file], NULL);
}

static char *
copy_path (PosternPostfixCandidate *self, guint file)
{
    return g_build_filename (self->scratch, postern_postfix_file_names[file], NULL);
}

static char *
read_file (const char *path, GError **error)
{
    g_autoptr (GError) local = NULL;
    char *text;

    if (g_file_get_contents (path, &text, NULL, &local))
        return text;
    g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE, local->message);
    return NULL;
}

/* See postern_files_replace(): a Postfix program waits for two seconds before it reads a main.cf that was just written.
 */
static void
cool_down (PosternPostfixCandidate *self)
{
    g_autofree char *path = copy_path (self, POSTERN_MAIN_CF);
    struct utimbuf times = { 0 };

    times.actime = times.modtime = g_get_real_time () / G_USEC_PER_SEC - 60;
    g_utime (path, &times);
}

static gboolean
write_copies (PosternPostfixCandidate *self, char *const *texts, GError **error)
{
    postern_files_remove_tree (self->scratch);
    if (!postern_files_make_directory (self->scratch, 0755, error))
        return FALSE;
    for (guint i = 0; i < POSTERN_N_POSTFIX_FILES; i++) {
        g_autofree char *path = copy_path (self, i);

        if (!postern_files_write (path, texts[i], -1, 0644, error))
            return FALSE;
    }
    cool_down (self);
    return TRUE;
}

static gboolean
read_live (PosternPostfixCandidate *self, GError **error)
{
    for (guint i = 0; i < POSTERN_N_POSTFIX_FILES; i++) {
        g_autofree char *path = live_path (self, i);

        self->before[i] = read_file (path, error);
        if (self->before[i] == NULL)
            return FALSE;
    }
    return TRUE;
}

static gboolean
run (PosternCommand *command, GError **error)
{
    if (postern_command_run (command, error))
        return TRUE;
    if (error)
        (*error)->code = POSTERN_SERVICE_ERROR_MTA_REFUSED;
    return FALSE;
}

/* Two calls at most, whatever the number of parameters: “-e” for those with a value, “-X” for those that shall not be
 * set. */
static gboolean
edit_parameters (PosternPostfixCandidate *self, PosternSettings *settings, GError **error)
{
    g_autoptr (PosternCommand) set = postern_postfix_host_command (self->copy, "postconf", "-e", NULL);
    g_autoptr (PosternCommand) unset = postern_postfix_host_command (self->copy, "postconf", "-X", NULL);
    guint n_set = 0, n_unset = 0;

    for (guint i = 0; i < postern_settings_get_length (settings); i++) {
        const char *name = postern_settings_get_name (settings, i);
        const char *value = postern_settings_get_value (settings, i);
        g_autofree char *assignment = value ? g_strconcat (name, "=", value, NULL) : NULL;

        postern_command_add (value ? set : unset, value ? assignment : name);
        value ? n_set++ : n_unset++;
    }
    return (n_set == 0 || run (set, error)) && (n_unset == 0 || run (unset, error));
}

static gboolean
remove_listeners (PosternPostfixCandidate *self, const char *listing, const char *keep, GError **error)
{
    g_auto (GStrv) services = postern_private_listener_find (listing);

    for (guint i = 0; services[i]; i++) {
        g_autoptr (PosternCommand) postconf =
            postern_postfix_host_command (self->copy, "postconf", "-MX", services[i], NULL);

        if (g_strcmp0 (services[i], keep) != 0 && !run (postconf, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
edit_services (PosternPostfixCandidate *self, const char *mark, GError **error)
{
    g_autoptr (PosternCommand) list = postern_postfix_host_command (self->copy, "postconf", "-M", NULL);
    g_autofree char *service = postern_private_listener_service (self->live);
    g_autofree char *assignment = NULL;
    g_autoptr (PosternCommand) write = NULL;

    if (!run (list, error) || !remove_listeners (self, postern_command_get_output (list), mark ? service : NULL, error))
        return FALSE;
    if (mark == NULL)
        return TRUE;
    self->listener = postern_private_listener_compose (self->live, postern_command_get_output (list), mark, error);
    if (self->listener == NULL)
        return FALSE;
    assignment = g_strconcat (service, "=", self->listener, NULL);
    write = postern_postfix_host_command (self->copy, "postconf", "-M", assignment, NULL);
    return run (write, error);
}

static PosternSettings *
without_values (PosternSettings *settings)
{
    PosternSettings *none = postern_settings_new ();

    for (guint i = 0; i < postern_settings_get_length (settings); i++)
        postern_settings_set (none, postern_settings_get_name (settings, i), NULL);
    return none;
}

/* What @texts say without anything of posternd's: the parameters that it sets, and its listener. */
static gboolean
strip (PosternPostfixCandidate *self, char *const *texts, PosternSettings *settings, PosternPostfixOriginals *stripped,
       GError **error)
{
    g_autoptr (PosternSettings) none = without_values (settings);

    if (!write_copies (self, texts, error) || !edit_services (self, NULL, error) ||
        !edit_parameters (self, none, error))
        return FALSE;
    for (guint i = 0; i < POSTERN_N_POSTFIX_FILES; i++) {
        g_autofree char *path = copy_path (self, i);

        stripped->texts[i] = read_file (path, error);
        if (stripped->texts[i] == NULL)
            return FALSE;
    }
    return TRUE;
}

/* Finds out which files may become their originals: those in which nobody has changed anything else meanwhile. */
static gboolean
compare_with_originals (PosternPostfixCandidate *self, const PosternPostfixOriginals *originals,
                        PosternSettings *settings, gboolean *same, GError **error)
{
    g_auto (PosternPostfixOriginals) then = { 0 };
    g_auto (PosternPostfixOriginals) now = { 0 };

    for (guint i = 0; i < POSTERN_N_POSTFIX_FILES; i++) {
        same[i] = FALSE;
        if (originals->texts[i] == NULL)
            return TRUE;
    }
    if (!strip (self, originals->texts, settings, &then, error) || !strip (self, self->before, settings, &now, error))
        return FALSE;
    for (guint i = 0; i < POSTERN_N_POSTFIX_FILES; i++)
        same[i] = g_str_equal (then.texts[i], now.texts[i]);
    return TRUE;
}

static gboolean
edit (PosternPostfixCandidate *self, PosternSettings *settings, const char *mark,
      const PosternPostfixOriginals *originals, GError **error)
{
    gboolean same[POSTERN_N_POSTFIX_FILES] = { FALSE };

    if (mark == NULL && !compare_with_originals (self, originals, settings, same, error))
        return FALSE;
    if (!write_copies (self, self->before, error) || !edit_services (self, mark, error) ||
        !edit_parameters (self, settings, error))
        return FALSE;
    for (guint i = 0; i < POSTERN_N_POSTFIX_FILES; i++) {
        g_autofree char *path = copy_path (self, i);

        if (same[i] && !postern_files_write (path, originals->texts[i], -1, 0644, error))
            return FALSE;
    }
    cool_down (self);
    return TRUE;
}

PosternPostfixCandidate *
postern_postfix_candidate_new (PosternPostfixHost *host, const char *scratch, PosternSettings *settings,
                               const char *mark, const PosternPostfixOriginals *originals, GError **error)
{
    g_autoptr (PosternPostfixCandidate) self = g_new0 (PosternPostfixCandidate, 1);

    self->live = host;
    self->copy = postern_postfix_host_new (scratch, postern_postfix_host_get_private_port (host));
    self->scratch = g_strdup (scratch);
    if (!read_live (self, error) || !edit (self, settings, mark, originals, error))
        return NULL;
    return g_steal_pointer (&self);
}

void
postern_postfix_candidate_free (PosternPostfixCandidate *self)
{
    postern_files_remove_tree (self->scratch);
    postern_postfix_host_free (self->copy);
    g_free (self->scratch);
    g_free (self->listener);
    for (guint i = 0; i < POSTERN_N_POSTFIX_FILES; i++)
        g_free (self->before[i]);
    g_free (self);
}

static gboolean
is_same (PosternPostfixCandidate *self, guint file)
{
    g_autofree char *path = copy_path (self, file);
    g_autofree char *text = read_file (path, NULL);

    return g_strcmp0 (text, self->before[file]) == 0;
}

gboolean
postern_postfix_candidate_is_live (PosternPostfixCandidate *self)
{
    return is_same (self, POSTERN_MAIN_CF) && is_same (self, POSTERN_MASTER_CF);
}

/* What postconf has to say of a configuration, without the directory and the lines that it names: what an administrator
 * sets twice stays set twice, in another line. */
static char **
read_warnings (PosternPostfixHost *host, GError **error)
{
    g_autoptr (PosternCommand) postconf = postern_postfix_host_command (host, "postconf", "-n", NULL);
    g_autoptr (GRegex) line = g_regex_new (", line [0-9]+", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
    g_autoptr (GString) errors = NULL;
    g_autofree char *text = NULL;

    if (!run (postconf, error))
        return NULL;
    errors = g_string_new (postern_command_get_errors (postconf));
    g_string_replace (errors, postern_postfix_host_get_directory (host), "", 0);
    text = g_regex_replace_literal (line, errors->str, -1, 0, "", G_REGEX_MATCH_DEFAULT, NULL);
    return g_strsplit (text ? text : errors->str, "\n", -1);
}

static gboolean
check_warnings (PosternPostfixCandidate *self, GError **error)
{
    g_auto (GStrv) before = read_warnings (self->live, error);
    g_auto (GStrv) after = before ? read_warnings (self->copy, error) : NULL;

    for (guint i = 0; after && after[i]; i++) {
        if (*after[i] && !g_strv_contains ((const char *const *)before, after[i])) {
            g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED,
                         /* Translators: %s is what Postfix said, in English. */
                         _ ("Postfix does not accept the configuration: %s"), after[i]);
            return FALSE;
        }
    }
    return after != NULL;
}

/* With what the private listener is given beyond main.cf, which is what the listener for the Internet is given. */
static void
add_listener_arguments (PosternPostfixCandidate *self, PosternCommand *smtpd)
{
    g_autoptr (PosternMasterEntry) entry = self->listener ? postern_master_entry_parse (self->listener) : NULL;
    g_auto (GStrv) arguments = entry ? postern_master_entry_split_arguments (entry) : NULL;

    for (guint i = 0; arguments && arguments[i]; i++)
        postern_command_add (smtpd, arguments[i]);
    postern_command_add (smtpd, "-o");
    postern_command_add (smtpd, "syslog_name=postern-check");
}

/* An smtpd that serves its standard input (-S) reads and judges the whole configuration before it greets. */
static gboolean
check_smtpd (PosternPostfixCandidate *self, GError **error)
{
    g_autofree char *daemons = postern_postfix_host_get_parameter (self->copy, "daemon_directory", error);
    g_autofree char *program = daemons ? g_build_filename (daemons, "smtpd", NULL) : NULL;
    g_autoptr (PosternCommand) smtpd = NULL;

    if (program == NULL)
        return FALSE;
    smtpd = postern_command_new (program, "-S", NULL);
    add_listener_arguments (self, smtpd);
    postern_command_set_variable (smtpd, "MAIL_CONFIG", self->scratch);
    postern_command_set_input (smtpd, "QUIT\r\n");
    if (postern_command_run (smtpd, NULL))
        return TRUE;
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED,
                 _ ("Postfix's SMTP server does not start with the configuration."));
    return FALSE;
}

gboolean
postern_postfix_candidate_check (PosternPostfixCandidate *self, GError **error)
{
    return check_warnings (self, error) && check_smtpd (self, error);
}

static gboolean
install (PosternPostfixCandidate *self, guint file, GError **error)
{
    g_autofree char *target = live_path (self, file);
    g_autofree char *source = copy_path (self, file);
    g_autofree char *now = read_file (target, error);
    g_autofree char *text = now ? read_file (source, error) : NULL;
    struct stat like;

    if (text == NULL)
        return FALSE;
    if (!g_str_equal (now, self->before[file]) || stat (target, &like) < 0) {
        g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED,
                     _ ("Somebody else is changing %s at this moment. Push again."), target);
        return FALSE;
    }
    return g_str_equal (text, now) || postern_files_replace (target, text, -1, &like, 0, error);
}

gboolean
postern_postfix_candidate_install_services (PosternPostfixCandidate *self, GError **error)
{
    return install (self, POSTERN_MASTER_CF, error);
}

gboolean
postern_postfix_candidate_install_parameters (PosternPostfixCandidate *self, GError **error)
{
    return install (self, POSTERN_MAIN_CF, error);
}
