/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "cli/posternctl-command.h"
#include "cli/posternctl-json.h"
#include "cli/posternctl-plan-text.h"
#include "cli/posternctl-plan.h"
#include "cli/posternctl-print.h"
#include "gateway/postern-runbook-html.h"
#include "gateway/postern-runbook-markdown.h"
#include "gateway/postern-runbook-text.h"
#include "plan/postern-plan-json.h"
#include "plan/postern-postfix.h"

static char *form;
static char *format;
static char *language;

static const GOptionEntry options[] = {
    /* Translators: a runbook is the plan as steps for a person, who enters them by hand in the web interface of a
     * gateway. The words text, json, postfix and runbook stay as they are. */
    { "as", 0, 0, G_OPTION_ARG_STRING, &form, N_ ("As what: text (the default), json, postfix or runbook"),
      N_ ("FORM") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format,
      N_ ("How the runbook is written: text (the default), markdown or html"), N_ ("FORMAT") },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &language, N_ ("In which language, such as cs, fr or ru"), N_ ("LL") },
    G_OPTION_ENTRY_NULL,
};

static char *
make_json (PosternPlan *plan)
{
    return postern_plan_to_json (plan, POSTERN_PLAN_FORM_FILE, NULL);
}

static const struct {
    const char *name;
    char *(*write) (PosternRunbook *runbook);
} formats[] = {
    { "text", postern_runbook_to_text },
    { "markdown", postern_runbook_to_markdown },
    { "html", postern_runbook_to_html },
};

/* Which of the formats was asked for; their number if it is none of them. */
static gsize
find_format (void)
{
    gsize i = 0;

    while (i < G_N_ELEMENTS (formats) && !g_str_equal (formats[i].name, format != NULL ? format : "text"))
        i++;
    return i;
}

static char *
make_runbook (PosternPlan *plan)
{
    g_autoptr (PosternRunbook) runbook = postern_runbook_new (plan, language);

    return formats[find_format ()].write (runbook);
}

static const struct {
    const char *name;
    char *(*make) (PosternPlan *plan);
} forms[] = {
    { "text", posternctl_plan_text },
    { "json", make_json },
    { "postfix", postern_plan_to_postfix_fragment },
    { "runbook", make_runbook },
};

/* gettext looks at LANGUAGE first, but not at all while the locale is “C”. */
static void
set_language (const char *name)
{
    const char *locale = setlocale (LC_MESSAGES, NULL);

    g_setenv ("LANGUAGE", name, TRUE);
    if (g_strcmp0 (locale, "C") == 0 || g_strcmp0 (locale, "POSIX") == 0)
        setlocale (LC_MESSAGES, "C.UTF-8");
    else
        setlocale (LC_MESSAGES, locale);
}

static PosternctlStatus
show (const PosternctlArguments *arguments, gsize which)
{
    g_autoptr (PosternPlan) plan = posternctl_plan_load (arguments->words[0], arguments->json);
    g_autofree char *text = NULL;

    if (plan == NULL)
        return POSTERNCTL_UNREADABLE;
    text = forms[which].make (plan);
    if (arguments->json && forms[which].make != make_json)
        posternctl_print_document (posternctl_json_text (forms[which].name, text));
    else
        g_print ("%s%s", text, g_str_has_suffix (text, "\n") ? "" : "\n");
    return POSTERNCTL_OK;
}

static PosternctlStatus
misused (const char *sentence)
{
    g_printerr ("posternctl show: %s\n", sentence);
    return POSTERNCTL_UNREADABLE;
}

static PosternctlStatus
run (const PosternctlArguments *arguments)
{
    g_autofree char *sentence = NULL;

    if (language != NULL)
        set_language (language);
    if (find_format () == G_N_ELEMENTS (formats)) {
        /* Translators: %s is what was typed. */
        sentence = g_strdup_printf (_ ("a runbook cannot be written as “%s”, only as text, markdown or html"), format);
        return misused (sentence);
    }
    if (format != NULL && g_strcmp0 (form, "runbook") != 0)
        return misused (_ ("--format goes with --as runbook only"));
    for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
        if (g_str_equal (forms[i].name, form != NULL ? form : "text"))
            return show (arguments, i);
    }
    /* Translators: %s is what was typed. */
    sentence = g_strdup_printf (_ ("a plan cannot be shown as “%s”, only as text, json, postfix or runbook"), form);
    return misused (sentence);
}

const PosternctlCommand posternctl_show_command = {
    .name = "show",
    .words = "PLAN",
    .n_words = 1,
    .summary = N_ ("Show a plan as text or JSON, for Postfix or for KSMG"),
    .options = options,
    .run = run,
};
