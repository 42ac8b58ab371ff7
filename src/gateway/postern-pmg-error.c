/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-pmg-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gateway/postern-pmg-json.h"
#include "gateway/postern-transport-error.h"
#include "plan/postern-text.h"

#define MAX_PROBLEMS_IN_MESSAGE 5

/*
 * Which error an answer is: by its text where there is one that is known, else by its status. A statement is an answer
 * after which it is known that nothing was done. %s is host and port, exactly once.
 */
typedef struct {
    const char *text; /* a part of the server's message; NULL: any */
    guint first;      /* the range of statuses */
    guint last;
    PosternGatewayError error;
    gboolean is_statement;
    const char *sentence;
} Meaning;

static const Meaning meanings[] = {
    { "detected modified configuration", 500, 500, POSTERN_GATEWAY_ERROR_REVISION_CHANGED, TRUE,
      N_ ("Someone else has changed the mail settings of %s in the meantime. Read the configuration again and look at "
          "the changes.") },
    { "got timeout", 500, 500, POSTERN_GATEWAY_ERROR_BUSY, TRUE,
      N_ ("%s is busy with a change that someone else makes. Try again in a while.") },
    { "already exists", 500, 500, POSTERN_GATEWAY_ERROR_INVALID, TRUE,
      N_ ("%s already has a record that was to be added. Someone else may have added it just now. Read the "
          "configuration again and look at the changes.") },
    { "does not exist", 500, 500, POSTERN_GATEWAY_ERROR_INVALID, TRUE,
      N_ ("%s no longer has a record that was to be changed or removed. Someone else may have removed it just now. "
          "Read the configuration again and look at the changes.") },
    { "authentication failure", 401, 401, POSTERN_GATEWAY_ERROR_TOKEN_UNKNOWN, TRUE,
      N_ ("%s does not let us in with this user name and password. Check both; the user name ends with its realm, as "
          "“admin@pmg” or “root@pam”.") },
    { NULL, 300, 399, POSTERN_GATEWAY_ERROR_PROTOCOL, FALSE,
      N_ ("%s points to another place. Postern does not follow, so that the password goes nowhere else. Enter the "
          "address of the gateway itself.") },
    { NULL, 400, 400, POSTERN_GATEWAY_ERROR_INVALID, TRUE,
      N_ ("%s does not accept a value that was sent. Correct what it names and try again.") },
    { NULL, 401, 401, POSTERN_GATEWAY_ERROR_TOKEN_UNKNOWN, TRUE,
      N_ ("%s no longer accepts the ticket that it gave at the login. Check whether its clock is right, and log in "
          "again.") },
    { NULL, 403, 403, POSTERN_GATEWAY_ERROR_FORBIDDEN, TRUE,
      N_ ("%s does not allow this user to do that. Log in as a user with the role “Administrator”.") },
    { NULL, 429, 429, POSTERN_GATEWAY_ERROR_RATE_LIMITED, TRUE,
      N_ ("%s has been asked too often. Wait and try again.") },
    { NULL, 409, 409, POSTERN_GATEWAY_ERROR_BUSY, TRUE, N_ ("%s is busy with something else. Try again later.") },
    { NULL, 412, 412, POSTERN_GATEWAY_ERROR_REVISION_CHANGED, TRUE,
      N_ ("Someone else has changed the configuration of %s in the meantime. Read it again and look at the changes.") },
    { NULL, 413, 413, POSTERN_GATEWAY_ERROR_TOO_LARGE, TRUE,
      N_ ("What was sent is larger than %s accepts. Check whether a proxy stands before the gateway that takes "
          "less.") },
    { NULL, 404, 404, POSTERN_GATEWAY_ERROR_PROTOCOL, TRUE,
      N_ ("%s does not have what a Proxmox Mail Gateway has. Check the address and the port.") },
    { NULL, 501, 501, POSTERN_GATEWAY_ERROR_NOT_SUPPORTED, TRUE,
      N_ ("%s cannot do that. Check that this is a Proxmox Mail Gateway, and that its version is not too old.") },
    { NULL, 502, 504, POSTERN_GATEWAY_ERROR_BUSY, FALSE,
      N_ ("A proxy stands before %s and gets no answer from the gateway itself. Check that its service “pmgproxy” is "
          "running.") },
    { NULL, 506, 506, POSTERN_GATEWAY_ERROR_PROTOCOL, TRUE,
      N_ ("%s does not understand the form of what was sent. Check its version, and whether a proxy stands before "
          "it.") },
    { NULL, 595, 599, POSTERN_GATEWAY_ERROR_BUSY, FALSE,
      N_ ("%s cannot reach its own service “pmgdaemon” or the master of its cluster. Check that both are running, and "
          "try again.") },
    { NULL, 500, 500, POSTERN_GATEWAY_ERROR_PROTOCOL, FALSE,
      N_ ("%s could not carry out what it was told. Look into its log (“journalctl -u pmgdaemon”), and try again.") },
    { NULL, 0, 999, POSTERN_GATEWAY_ERROR_PROTOCOL, FALSE,
      N_ ("%s answers what a Proxmox Mail Gateway does not answer. Check the address and the port.") },
};

static const Meaning *
find_meaning (guint status, const char *text)
{
    for (gsize i = 0; i < G_N_ELEMENTS (meanings) - 1; i++) {
        const Meaning *meaning = &meanings[i];

        if (status >= meaning->first && status <= meaning->last &&
            (meaning->text == NULL || (text != NULL && strstr (text, meaning->text) != NULL)))
            return meaning;
    }
    return &meanings[G_N_ELEMENTS (meanings) - 1];
}

static void
append_said (GString *message, const PosternPmgAnswer *answer, const char *said)
{
    g_autofree char *shown = NULL;

    g_string_append_c (message, ' ');
    if (said == NULL || *said == '\0') {
        g_string_append_printf (message, _ ("(HTTP status %u)"), answer->status);
        return;
    }
    shown = answer->location != NULL ? postern_text_for_message (answer->location) : NULL;
    /* Translators: %s is what a gateway says about an error, in its own words. */
    g_string_append_printf (message, _ ("The gateway says: “%s”"), said);
    if (shown != NULL) {
        g_string_append_c (message, ' ');
        /* Translators: %s is a web address. */
        g_string_append_printf (message, _ ("It points to “%s”."), shown);
    }
}

static void
append_problems (GString *message, GPtrArray *problems)
{
    for (guint i = 0; problems != NULL && i < MIN (problems->len, MAX_PROBLEMS_IN_MESSAGE); i++) {
        const PosternGatewayProblem *problem = problems->pdata[i];

        g_string_append (message, "\n• ");
        /* Translators: %1$s is a place in the plan, such as /domains/3/name, %2$s a sentence that says what is wrong
         * there. */
        g_string_append_printf (message, _ ("%1$s: %2$s"), problem->pointer, problem->detail);
    }
}

static void
append_wait (GString *message, guint seconds)
{
    if (seconds == 0)
        return;
    g_string_append_c (message, ' ');
    g_string_append_printf (message, ngettext ("It asks to wait %u second.", "It asks to wait %u seconds.", seconds),
                            seconds);
}

GError *
postern_pmg_error_new (const PosternPmgAnswer *answer, PosternGatewayAddress *address)
{
    g_autofree char *said = NULL;
    g_autofree char *reason = postern_text_for_message (answer->reason != NULL ? answer->reason : "");
    g_autofree char *place = postern_transport_error_place (address);
    g_autoptr (GString) message = NULL;
    GPtrArray *problems = NULL;
    gboolean own = postern_pmg_json_parse_refusal (answer->body, &said, &problems);
    const char *text = said != NULL ? said : reason;
    const Meaning *meaning = find_meaning (answer->status, text);
    GError *error;

    message = g_string_new (_ (meaning->sentence));
    g_string_replace (message, "%s", place, 1);
    append_said (message, answer, text);
    append_wait (message, answer->retry_after);
    append_problems (message, problems);
    error = g_error_new_literal (POSTERN_GATEWAY_ERROR, meaning->error, message->str);
    postern_gateway_error_set_status (error, answer->status);
    postern_gateway_error_set_retry_after (error, answer->retry_after);
    if (problems != NULL)
        postern_gateway_error_set_problems (error, problems);
    /* A 500 that is not in Proxmox's form is some other program's. */
    postern_gateway_error_set_unanswered (error, !meaning->is_statement || (answer->status == 500 && !own));
    return error;
}

GError *
postern_pmg_error_not_understood (PosternGatewayAddress *address, GError *reason)
{
    g_autofree char *place = postern_transport_error_place (address);
    GError *error;

    error = g_error_new (POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL,
                         /* Translators: the first %s is host and port, the second a whole sentence that says what
                          * is wrong with the answer. */
                         _ ("The answer of %s is not understood. %s Check the address, and that this is a Proxmox Mail "
                            "Gateway."),
                         place, reason->message);
    postern_gateway_error_set_unanswered (error, TRUE);
    g_error_free (reason);
    return error;
}
