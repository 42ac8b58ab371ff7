/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-service-commands.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "service/postern-check-command.h"
#include "service/postern-identity.h"
#include "service/postern-postfix-host.h"
#include "service/postern-release-command.h"
#include "service/postern-service-error.h"
#include "service/postern-tokens.h"

typedef gboolean (*Command) (PosternServiceOptions *options, GError **error);

static gboolean
make_state_dir (PosternServiceOptions *options, GError **error)
{
    if (g_mkdir_with_parents (options->state_dir, 0755) == 0)
        return TRUE;
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE, _ ("%1$s: %2$s"), options->state_dir,
                 g_strerror (errno));
    return FALSE;
}

static gboolean
token_add (PosternServiceOptions *options, GError **error)
{
    g_autoptr (PosternTokens) tokens = postern_tokens_new (options->state_dir);
    g_autofree char *secret = NULL;
    PosternTokenRole role = POSTERN_TOKEN_ROLE_WRITE;

    if (options->role && !postern_token_role_from_text (options->role, &role)) {
        g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_USAGE,
                             _ ("A role is “write” or “read”."));
        return FALSE;
    }
    if (!make_state_dir (options, error) || !postern_tokens_add (tokens, options->words[2], role, &secret, error))
        return FALSE;
    g_print ("%s\n", secret);
    return TRUE;
}

static gboolean
token_list (PosternServiceOptions *options, GError **error)
{
    g_autoptr (PosternTokens) tokens = postern_tokens_new (options->state_dir);
    GPtrArray *list = postern_tokens_list (tokens, error);

    for (guint i = 0; list && i < list->len; i++) {
        PosternToken *token = g_ptr_array_index (list, i);

        g_print ("%s\t%s\t%s\n", token->name, postern_token_role_to_text (token->role), token->created);
    }
    return list != NULL;
}

static gboolean
token_remove (PosternServiceOptions *options, GError **error)
{
    g_autoptr (PosternTokens) tokens = postern_tokens_new (options->state_dir);

    return postern_tokens_remove (tokens, options->words[2], error);
}

/* Before the first start there is no certificate yet: this makes it, so that its fingerprint can be noted first. */
static gboolean
fingerprint (PosternServiceOptions *options, GError **error)
{
    g_autoptr (PosternPostfixHost) host =
        postern_postfix_host_new (options->postfix_dir, (guint16)options->private_port);
    g_autofree char *node = options->practice ? NULL : postern_postfix_host_get_parameter (host, "myhostname", NULL);
    g_autoptr (GTlsCertificate) certificate = NULL;
    g_autofree char *text = NULL;

    if (!make_state_dir (options, error))
        return FALSE;
    certificate = postern_identity_load (options->state_dir, node ? node : g_get_host_name (), error);
    if (certificate == NULL)
        return FALSE;
    text = postern_identity_get_fingerprint (certificate);
    g_print ("%s\n", text);
    return TRUE;
}

static const struct {
    const char *first;
    const char *second;
    guint n_words;
    Command command;
} commands[] = {
    { "token", "add", 3, token_add },
    { "token", "list", 2, token_list },
    { "token", "remove", 3, token_remove },
    { "fingerprint", NULL, 1, fingerprint },
    { "check", NULL, 1, postern_check_command },
    { "release", NULL, 1, postern_release_command },
};

gboolean
postern_service_command (PosternServiceOptions *options, GError **error)
{
    guint n = g_strv_length (options->words);

    for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
        gboolean same = g_str_equal (options->words[0], commands[i].first) &&
                        (commands[i].second == NULL || (n > 1 && g_str_equal (options->words[1], commands[i].second)));

        if (same && n == commands[i].n_words)
            return commands[i].command (options, error);
    }
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_USAGE,
                 _ ("There is no such command. Try “posternd --help”."));
    return FALSE;
}
