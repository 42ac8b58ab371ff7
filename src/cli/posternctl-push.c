/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/posternctl-access.h"
#include "cli/posternctl-command.h"
#include "cli/posternctl-json.h"
#include "cli/posternctl-plan.h"
#include "cli/posternctl-print.h"
#include "cli/posternctl-pushing.h"

static gboolean dry_run;
static gboolean yes;
static gboolean keep;

static const GOptionEntry options[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Say what would change, and write nothing"), NULL },
    { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_ ("Ask nothing"), NULL },
    { "keep", 0, 0, G_OPTION_ARG_NONE, &keep,
      N_ ("When interrupted (Ctrl+C), keep what is done; else it is taken back"), NULL },
    G_OPTION_ENTRY_NULL,
};

/* What is known before a push. */
typedef struct {
    PosternPlan *plan;
    PosternGateway *gateway;
    PosternGatewayInfo *info;
    PosternPlan *before;
    char *revision;
    GPtrArray *findings;
    GPtrArray *changes;
} Review;

static void
review_clear (Review *review)
{
    g_clear_object (&review->plan);
    g_clear_object (&review->gateway);
    g_clear_object (&review->info);
    g_clear_object (&review->before);
    g_free (review->revision);
    g_clear_pointer (&review->findings, g_ptr_array_unref);
    g_clear_pointer (&review->changes, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Review, review_clear)

/* What a gateway of another kind cannot have. Of a Postern gateway the findings know it already. */
static gboolean
add_gaps (Review *review, GError **error)
{
    g_autoptr (GPtrArray) gaps = NULL;

    if (postern_gateway_address_get_kind (postern_gateway_get_address (review->gateway)) ==
        POSTERN_GATEWAY_KIND_POSTERN)
        return TRUE;
    gaps = postern_gateway_gaps (review->gateway, review->plan, NULL, error);
    if (gaps != NULL)
        g_ptr_array_extend (review->findings, gaps, (GCopyFunc)(void (*) (void))g_object_ref, NULL);
    return gaps != NULL;
}

static void
print_remarks (Review *review)
{
    for (const char *const *remark = postern_gateway_info_get_remarks (review->info); *remark != NULL; remark++)
        g_printerr ("%s\n", *remark);
}

static gboolean
look (Review *review, const PosternctlArguments *arguments, GError **error)
{
    const char *hosts[3] = { NULL };
    PosternFindingContext context = { .gateway_hosts = hosts };
    g_autoptr (PosternPlan) wanted = NULL;

    review->gateway = posternctl_access_gateway (arguments, arguments->words[1], error);
    if (review->gateway == NULL)
        return FALSE;
    review->info = postern_gateway_connect (review->gateway, NULL, error);
    if (review->info == NULL)
        return FALSE;
    review->before = postern_gateway_read (review->gateway, &review->revision, NULL, error);
    if (review->before == NULL)
        return FALSE;
    hosts[0] = postern_gateway_address_get_host (postern_gateway_get_address (review->gateway));
    hosts[1] = postern_gateway_info_get_node (review->info);
    context.not_enforced = postern_gateway_info_get_not_enforced (review->info);
    review->findings = postern_plan_find (review->plan, &context);
    if (!add_gaps (review, error))
        return FALSE;
    wanted = postern_gateway_express (review->gateway, review->plan);
    review->changes = postern_plan_compare (review->before, wanted);
    return TRUE;
}

static PosternctlStatus
stop_for_errors (const PosternctlArguments *arguments, Review *review)
{
    posternctl_print_findings (review->findings, TRUE);
    g_printerr ("posternctl: %s\n", _ ("a plan with errors is not pushed; nothing was written"));
    if (arguments->json)
        posternctl_print_document (posternctl_json_findings (review->findings));
    return POSTERNCTL_FAILED;
}

/* Lets the gateway judge as well: it may refuse what nobody else sees. */
static PosternctlStatus
rehearse (const PosternctlArguments *arguments, Review *review)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) theirs = postern_gateway_check (review->gateway, review->plan, NULL, &error);

    if (theirs == NULL)
        return posternctl_fail (arguments, error);
    posternctl_print_findings (review->findings, TRUE);
    if (arguments->json)
        posternctl_print_document (posternctl_json_dry_run (review->revision, review->changes, review->findings));
    else
        posternctl_print_changes (review->changes, FALSE);
    if (postern_findings_count (theirs, POSTERN_SEVERITY_ERROR) == 0)
        return POSTERNCTL_OK;
    g_printerr ("%s\n", _ ("The gateway would not take this plan:"));
    posternctl_print_findings (theirs, TRUE);
    return POSTERNCTL_FAILED;
}

static gboolean
confirm (Review *review)
{
    g_autofree char *place = postern_gateway_address_to_display (postern_gateway_get_address (review->gateway));
    guint n = review->changes->len;
    g_autofree char *question = NULL;

    /* Translators: %2$s is a host. */
    question = g_strdup_printf (ngettext ("Make %1$'u change at %2$s?", "Make %1$'u changes at %2$s?", n), n, place);
    return n == 0 || posternctl_confirm (question, yes);
}

static PosternctlStatus
push (const PosternctlArguments *arguments, Review *review)
{
    g_autoptr (PosternPush) push = NULL;

    posternctl_print_findings (review->findings, TRUE);
    posternctl_print_changes (review->changes, TRUE);
    if (!confirm (review))
        return POSTERNCTL_UNREADABLE;
    push = postern_push_new (review->gateway, review->plan, review->revision);
    postern_push_set_reviewed (push, review->before);
    postern_push_keep_journal (push, arguments->pin, arguments->user);
    postern_push_set_when_stopped (push, keep ? POSTERN_PUSH_STOP_KEEP : POSTERN_PUSH_STOP_UNDO);
    return posternctl_run_push (arguments, push);
}

static PosternctlStatus
run (const PosternctlArguments *arguments)
{
    g_auto (Review) review = { 0 };
    g_autoptr (GError) error = NULL;

    review.plan = posternctl_plan_load (arguments->words[0], arguments->json);
    if (review.plan == NULL)
        return POSTERNCTL_UNREADABLE;
    if (!dry_run && !posternctl_check_interrupted (arguments->words[1], &error))
        return posternctl_fail (arguments, error);
    if (!look (&review, arguments, &error))
        return posternctl_fail (arguments, error);
    print_remarks (&review);
    if (postern_findings_count (review.findings, POSTERN_SEVERITY_ERROR) > 0)
        return stop_for_errors (arguments, &review);
    return dry_run ? rehearse (arguments, &review) : push (arguments, &review);
}

const PosternctlCommand posternctl_push_command = {
    .name = "push",
    .words = "PLAN GATEWAY",
    .n_words = 2,
    .asks_gateway = TRUE,
    .summary = N_ ("Bring a gateway to a plan"),
    .details = N_ ("Shows the changes and asks before it writes; without a terminal, --yes is needed.\n"
                   "\n"
                   "What it is about to do is written down first: “posternctl resume” finishes or undoes\n"
                   "a push that was cut off.\n"
                   "\n"
                   "Ends with 0 if the gateway has the plan's configuration (it was read back),\n"
                   "4 if it does what it did before, 5 if neither or if it cannot be asked,\n"
                   "1 if nothing was begun (errors in the plan, no access),\n"
                   "2 if the plan cannot be read or nobody has said yes."),
    .options = options,
    .run = run,
};
