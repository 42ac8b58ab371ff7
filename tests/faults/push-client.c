/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/postern-api-gateway.h"
#include "gateway/postern-pmg-gateway.h"
#include "gateway/postern-push.h"
#include "plan/postern-plan-json.h"

/*
 * A client that loses patience soon, so that a gateway that says nothing costs a test no minutes:
 *
 *     push-client push|calm-push|finish|undo ADDRESS PIN SECRET-FILE [PLAN]
 *
 * Says how it ended: the outcome, whether that is what was wanted, whether a journal is left, and the three texts, a
 * line each with line ends escaped. A Proxmox Mail Gateway's user is ann@pmg.
 */

#define PATIENCE_SECONDS 3
/* What is taken up again meets a gateway that is well, on a machine that may be busy. */
#define RESUMED_PATIENCE_SECONDS 60
#define PAUSE_MILLISECONDS 20
/* What the test server's clock calls a second, and a little more. */
#define MAP_MILLISECONDS 60
/* Longer than any of the test's calls is late. */
#define SETTLE_MILLISECONDS 700

static void
fail (const char *text)
{
    fprintf (stderr, "push-client: %s\n", text);
    exit (70);
}

static PosternGateway *
make_gateway (const char *address_text, const char *pin, const char *secret_file, guint patience_seconds)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse (address_text, &error);
    g_autoptr (PosternTrust) trust = postern_trust_new_pin (pin, NULL);
    g_autofree char *secret = NULL;

    if (address == NULL || trust == NULL || !g_file_get_contents (secret_file, &secret, NULL, &error))
        fail (error != NULL ? error->message : "no trust");
    g_strchomp (secret);
    if (postern_gateway_address_get_kind (address) == POSTERN_GATEWAY_KIND_PMG)
        return g_object_new (POSTERN_TYPE_PMG_GATEWAY, "address", address, "trust", trust, "user", "ann@pmg",
                             "password", secret, "patience-seconds", patience_seconds, "pause-milliseconds",
                             PAUSE_MILLISECONDS, "map-milliseconds", MAP_MILLISECONDS, "settle-milliseconds",
                             SETTLE_MILLISECONDS, NULL);
    return g_object_new (POSTERN_TYPE_API_GATEWAY, "address", address, "trust", trust, "token", secret, "idle-seconds",
                         patience_seconds, "deadline-seconds", patience_seconds, NULL);
}

static PosternPush *
make_push (PosternGateway *gateway, const char *mode, const char *plan_file)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternJournal) journal = NULL;
    g_autoptr (GFile) file = NULL;
    g_autoptr (PosternPlan) plan = NULL;
    PosternPush *push;

    if (!g_str_has_suffix (mode, "push")) {
        journal = postern_journal_find (postern_gateway_get_address (gateway), &error);
        if (journal == NULL)
            fail (error != NULL ? error->message : "no journal");
        return postern_push_new_resume (gateway, journal, g_str_equal (mode, "undo"));
    }
    file = g_file_new_for_path (plan_file);
    plan = postern_plan_load (file, NULL, &error);
    if (plan == NULL)
        fail (error->message);
    push = postern_push_new (gateway, plan, NULL);
    postern_push_keep_journal (push, NULL, "ann@pmg");
    return push;
}

static void
say (const char *text)
{
    g_autoptr (GString) line = g_string_new (text);

    g_string_replace (line, "\n", "\\n", 0);
    printf ("%s\n", line->str);
}

int
main (int argc, char **argv)
{
    g_autoptr (PosternGateway) gateway = NULL;
    g_autoptr (PosternPush) push = NULL;
    g_autoptr (GError) error = NULL;
    gboolean good;

    setlocale (LC_ALL, "");
    if (argc < 5)
        fail ("MODE ADDRESS PIN SECRET-FILE [PLAN]");
    gateway = make_gateway (argv[2], argv[3], argv[4],
                            g_str_equal (argv[1], "push") ? PATIENCE_SECONDS : RESUMED_PATIENCE_SECONDS);
    push = make_push (gateway, argv[1], argv[5]);
    g_object_set (push, "pause-milliseconds", PAUSE_MILLISECONDS, NULL);
    good = postern_push_run (push, NULL, &error);
    printf ("%s %s %s\n", postern_enum_to_nick (POSTERN_TYPE_PUSH_OUTCOME, postern_push_get_outcome (push)),
            good ? "wanted" : "unwanted", postern_push_get_journal (push) != NULL ? "journal" : "no-journal");
    say (postern_push_get_what_happened (push));
    say (postern_push_get_what_is_live (push));
    say (postern_push_get_what_to_do (push));
    say (error != NULL ? error->message : NULL);
    return 0;
}
