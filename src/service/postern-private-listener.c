/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-private-listener.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "probe/postern-probe-error.h"
#include "probe/postern-smtp-dialogue.h"
#include "service/postern-master-entry.h"
#include "service/postern-service-error.h"

#define SYSLOG_NAME "postern-proof"
#define WAIT_STEP (20 * 1000)

/*
 * It takes no mail but the message by which posternd asks the scanner, to this one recipient, and keeps none: what it
 * accepts goes to discard(8). (The action DISCARD would not do: it keeps the message from the scanner as well.) Beside
 * that, XCLIENT and the greeting, only what would keep us from speaking is set: there is no PROXY protocol and no TLS
 * on the loopback interface. What the listener for the Internet is given beyond main.cf stands before these and is
 * kept.
 */
#define OWN_ARGUMENTS                                                                                                  \
    "-o smtpd_authorized_xclient_hosts=127.0.0.1 -o syslog_name=" SYSLOG_NAME " -o smtpd_upstream_proxy_protocol= "    \
    "-o smtpd_tls_wrappermode=no -o smtpd_tls_security_level=none -o smtpd_proxy_filter= "                             \
    "-o {smtpd_data_restrictions=check_client_access static:{FILTER discard:" SYSLOG_NAME "}, "                        \
    "check_recipient_access inline:{" POSTERN_PROOF_RECIPIENT "=OK}, reject}"

static char *
own_service (PosternPostfixHost *host)
{
    return g_strdup_printf ("127.0.0.1:%u", postern_postfix_host_get_private_port (host));
}

char *
postern_private_listener_service (PosternPostfixHost *host)
{
    g_autofree char *service = own_service (host);

    return g_strconcat (service, "/inet", NULL);
}

static gboolean
is_own (PosternMasterEntry *entry)
{
    return g_str_equal (entry->type, "inet") && strstr (entry->arguments, "syslog_name=" SYSLOG_NAME) != NULL;
}

static gboolean
is_public (PosternMasterEntry *entry)
{
    const char *colon = strrchr (entry->service, ':');
    const char *port = colon ? colon + 1 : entry->service;

    return g_str_equal (entry->type, "inet") && (g_str_equal (port, "smtp") || g_str_equal (port, "25")) &&
           !is_own (entry);
}

/* Behind postscreen(8) connections are passed on to a service of this name. */
static gboolean
is_passed (PosternMasterEntry *entry)
{
    return g_str_equal (entry->type, "pass") && g_str_equal (entry->service, "smtpd");
}

/* The smtpd that answers the Internet. */
static PosternMasterEntry *
find_model (GPtrArray *entries)
{
    gboolean (*const kinds[]) (PosternMasterEntry *) = { is_public, is_passed };

    for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++) {
        for (guint i = 0; i < entries->len; i++) {
            PosternMasterEntry *entry = g_ptr_array_index (entries, i);

            if (kinds[kind](entry) && g_str_equal (entry->command, "smtpd"))
                return entry;
        }
    }
    return NULL;
}

static gboolean
check_service (GPtrArray *entries, const char *service, GError **error)
{
    for (guint i = 0; i < entries->len; i++) {
        PosternMasterEntry *entry = g_ptr_array_index (entries, i);

        if (g_str_equal (entry->service, service) && g_str_equal (entry->type, "inet") && !is_own (entry)) {
            g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED,
                         _ ("master.cf has a service of its own at %s. Start posternd with another --private-port."),
                         service);
            return FALSE;
        }
    }
    return TRUE;
}

static PosternSmtpReply *
greet (PosternPostfixHost *host, guint seconds, GError **error)
{
    g_autoptr (PosternSmtpDialogue) dialogue =
        postern_smtp_dialogue_new ("127.0.0.1", postern_postfix_host_get_private_port (host));
    PosternSmtpTimeouts timeouts = { .connect_ms = seconds * 1000,
                                     .reply_ms = seconds * 1000,
                                     .overall_ms = seconds * 1000 };
    g_autoptr (PosternSmtpReply) goodbye = NULL;
    PosternSmtpReply *greeting;

    postern_smtp_dialogue_set_timeouts (dialogue, &timeouts);
    greeting = postern_smtp_dialogue_open (dialogue, NULL, error);
    if (greeting)
        goodbye = postern_smtp_dialogue_quit (dialogue, NULL, NULL);
    return greeting;
}

/* The word behind @name and “=” in @text. */
static char *
find_word (const char *text, const char *name)
{
    g_autofree char *key = g_strconcat (" ", name, "=", NULL);
    const char *found = strstr (text, key);

    return found ? g_strndup (found + strlen (key), strcspn (found + strlen (key), " ")) : g_strdup ("");
}

/* Whether it is our own listener that answers: that of a running Postfix whose files no longer have it. */
static gboolean
is_still_listening (PosternPostfixHost *host)
{
    g_autoptr (PosternSmtpReply) greeting = greet (host, 10, NULL);
    g_autofree char *live = greeting ? find_word (postern_smtp_reply_get_text (greeting), "live") : NULL;

    return live && *live;
}

/* The master daemon ends when it cannot listen where it is told to: whoever is there must be found before it. */
static gboolean
check_port (PosternPostfixHost *host, GError **error)
{
    guint16 port = postern_postfix_host_get_private_port (host);
    g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
    g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
    g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

    if ((socket && g_socket_bind (socket, address, TRUE, NULL)) || is_still_listening (host))
        return TRUE;
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED,
                 _ ("Another program listens at 127.0.0.1 port %u. Start posternd with another --private-port."), port);
    return FALSE;
}

char *
postern_private_listener_compose (PosternPostfixHost *host, const char *listing, const char *mark, GError **error)
{
    g_autoptr (GPtrArray) entries = postern_master_entry_parse_all (listing);
    g_autofree char *service = own_service (host);
    PosternMasterEntry *model = find_model (entries);
    g_auto (GStrv) present = postern_private_listener_find (listing);
    g_autofree char *name = postern_private_listener_service (host);

    if (!check_service (entries, service, error))
        return NULL;
    if (!g_strv_contains ((const char *const *)present, name) && !check_port (host, error))
        return NULL;
    return g_strdup_printf ("%s inet n - %s - - smtpd %s %s "
                            "-o {smtpd_banner=$myhostname ESMTP live=%s main=$" POSTERN_REVISION_PARAMETER "}",
                            service, model ? model->chroot : "n", model ? model->arguments : "", OWN_ARGUMENTS, mark);
}

char **
postern_private_listener_find (const char *listing)
{
    g_autoptr (GPtrArray) entries = postern_master_entry_parse_all (listing);
    g_autoptr (GStrvBuilder) found = g_strv_builder_new ();

    for (guint i = 0; i < entries->len; i++) {
        PosternMasterEntry *entry = g_ptr_array_index (entries, i);

        if (is_own (entry))
            g_strv_builder_take (found, g_strconcat (entry->service, "/inet", NULL));
    }
    return g_strv_builder_end (found);
}

static char *
mark_in (PosternSmtpReply *greeting)
{
    const char *text = postern_smtp_reply_get_text (greeting);
    g_autofree char *live = find_word (text, "live");
    g_autofree char *main = find_word (text, "main");

    return g_strdup (g_str_equal (live, main) ? live : "");
}

char *
postern_private_listener_get_live (PosternPostfixHost *host, GError **error)
{
    g_autoptr (GError) local = NULL;
    g_autoptr (PosternSmtpReply) greeting = greet (host, 10, &local);

    if (greeting)
        return mark_in (greeting);
    g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_UNAVAILABLE, local->message);
    return NULL;
}

gboolean
postern_private_listener_wait (PosternPostfixHost *host, const char *mark, guint seconds, GError **error)
{
    gint64 deadline = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
    g_autoptr (GError) last = NULL;

    do {
        g_autoptr (PosternSmtpReply) greeting = NULL;
        g_autofree char *live = NULL;

        g_clear_error (&last);
        greeting = greet (host, seconds, &last);
        live = greeting ? mark_in (greeting) : NULL;
        if (mark ? g_strcmp0 (live, mark) == 0
                 : g_error_matches (last, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_REFUSED))
            return TRUE;
        g_usleep (WAIT_STEP);
    } while (g_get_monotonic_time () < deadline);
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_UNAVAILABLE,
                 /* Translators: %1$u is a number of seconds, %2$s a sentence that says what is seen instead. */
                 ngettext ("Postfix has not taken over its configuration within %1$u second: %2$s",
                           "Postfix has not taken over its configuration within %1$u seconds: %2$s", seconds),
                 seconds, last ? last->message : _ ("It still answers with another one."));
    return FALSE;
}
