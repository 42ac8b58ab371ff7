/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/posternctl-access.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/postern-api-gateway.h"
#include "gateway/postern-pmg-gateway.h"

/* Far beyond any token or password, far below any file that was named by mistake. */
#define MAX_SECRET 4096

PosternGatewayAddress *
posternctl_access_address (const char *text, GError **error)
{
    g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse (text, error);

    if (address == NULL)
        return NULL;
    if (postern_gateway_address_get_kind (address) == POSTERN_GATEWAY_KIND_UNKNOWN)
        return postern_gateway_address_with_kind (address, POSTERN_GATEWAY_KIND_POSTERN, 0);
    return g_steal_pointer (&address);
}

static PosternTrust *
make_trust (const PosternctlArguments *arguments, GError **error)
{
    g_autoptr (GFile) file = NULL;

    if (arguments->pin != NULL)
        return postern_trust_new_pin (arguments->pin, error);
    if (arguments->ca_file == NULL)
        return postern_trust_new_system ();
    file = g_file_new_for_commandline_arg (arguments->ca_file);
    return postern_trust_new_ca_file (file, error);
}

static gboolean
refuse_file (const char *name, const char *why, GError **error)
{
    /* Translators: the first %s is a file's name, the second why it cannot be used. */
    g_set_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_ADDRESS, _ ("The file “%s” is not used: %s."),
                 name, why);
    return FALSE;
}

/* A secret that everyone on the machine can read is none; the file is refused so that the habit does not spread. */
static gboolean
check_file (const char *name, int fd, GError **error)
{
    struct stat status;

    if (fd < 0 || fstat (fd, &status) < 0)
        return refuse_file (name, g_strerror (errno), error);
    if (S_ISREG (status.st_mode) && (status.st_mode & S_IROTH))
        return refuse_file (name, _ ("everyone can read it; “chmod 600” changes that"), error);
    return TRUE;
}

static gboolean
read_secret (const char *name, char **secret, GError **error)
{
    char buffer[MAX_SECRET + 1] = { 0 };
    int fd = open (name, O_RDONLY | O_CLOEXEC);
    gboolean good = check_file (name, fd, error);
    gssize n = 0;
    gsize length = 0;

    while (good && length < MAX_SECRET && (n = read (fd, buffer + length, MAX_SECRET - length)) > 0)
        length += n;
    if (fd >= 0)
        close (fd);
    if (good && n < 0)
        good = refuse_file (name, g_strerror (errno), error);
    buffer[strcspn (buffer, "\r\n")] = '\0';
    if (good && *buffer == '\0')
        good = refuse_file (name, _ ("it is empty"), error);
    if (good)
        *secret = g_strdup (buffer);
    explicit_bzero (buffer, sizeof buffer);
    return good;
}

static void
wipe (char *secret)
{
    if (secret != NULL)
        explicit_bzero (secret, strlen (secret));
    g_free (secret);
}

static PosternGateway *
access_postern (const PosternctlArguments *arguments, PosternGatewayAddress *address, PosternTrust *trust,
                GError **error)
{
    PosternGateway *gateway;
    char *token = NULL;

    if (arguments->token_file != NULL && !read_secret (arguments->token_file, &token, error))
        return NULL;
    gateway = postern_api_gateway_new (address, trust, token);
    wipe (token);
    return gateway;
}

static PosternGateway *
access_pmg (const PosternctlArguments *arguments, PosternGatewayAddress *address, PosternTrust *trust, GError **error)
{
    PosternGateway *gateway;
    char *password = NULL;

    if (arguments->user == NULL || arguments->password_file == NULL) {
        g_set_error_literal (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_TOKEN_REQUIRED,
                             _ ("A Proxmox Mail Gateway wants a user and a password: --user admin@pmg "
                                "--password-file FILE."));
        return NULL;
    }
    if (!read_secret (arguments->password_file, &password, error))
        return NULL;
    gateway = postern_pmg_gateway_new (address, trust, arguments->user, password);
    wipe (password);
    return gateway;
}

PosternGateway *
posternctl_access_gateway (const PosternctlArguments *arguments, const char *text, GError **error)
{
    g_autoptr (PosternGatewayAddress) address = posternctl_access_address (text, error);
    g_autoptr (PosternTrust) trust = address != NULL ? make_trust (arguments, error) : NULL;

    if (trust == NULL)
        return NULL;
    if (postern_gateway_address_get_kind (address) == POSTERN_GATEWAY_KIND_PMG)
        return access_pmg (arguments, address, trust, error);
    return access_postern (arguments, address, trust, error);
}
