/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-runbook-markdown.h"

#include <string.h>

#include "gateway/postern-runbook-text.h"

/* What belongs to a step is indented below its “- [ ] ”. */
#define INDENT "  "

/* Everything that CommonMark could take for something else, and what would be HTML. */
static char *
escape (const char *text)
{
    GString *escaped = g_string_sized_new (strlen (text) + 16);

    for (const char *c = text; *c != '\0'; c++) {
        if (strchr ("\\`*_{}[]<>#|~&!", *c) != NULL)
            g_string_append_c (escaped, '\\');
        g_string_append_c (escaped, *c);
    }
    return g_string_free_and_steal (escaped);
}

/* A code span between more backticks than there are in it. */
static char *
code (const char *text)
{
    g_autoptr (GString) fence = g_string_new ("`");

    while (strstr (text, fence->str) != NULL)
        g_string_append_c (fence, '`');
    if (fence->len > 1)
        return g_strdup_printf ("%s %s %s", fence->str, text, fence->str);
    return g_strdup_printf ("`%s`", text);
}

static void
append_escaped (GString *markdown, const char *before, const char *text, const char *after)
{
    g_autofree char *escaped = NULL;

    if (text == NULL)
        return;
    escaped = escape (text);
    g_string_append_printf (markdown, "%s%s%s", before, escaped, after);
}

static void
append_list (GString *markdown, const char *values)
{
    g_auto (GStrv) lines = g_strsplit (values, "\n", -1);

    g_string_append (markdown, "\n\n" INDENT "  ```text\n");
    for (guint i = 0; lines[i] != NULL; i++)
        g_string_append_printf (markdown, INDENT "  %s\n", lines[i]);
    g_string_append (markdown, INDENT "  ```\n");
}

static void
append_entry (GString *markdown, const PosternRunbookEntry *entry)
{
    g_autofree char *name = postern_runbook_introduce (entry->field);
    g_autofree char *field = escape (name);
    g_autofree char *hint = entry->hint != NULL ? escape (entry->hint) : NULL;
    g_autofree char *value = postern_runbook_entry_is_copyable (entry) ? code (entry->value) : escape (entry->value);

    g_string_append_printf (markdown, INDENT "- %s", field);
    if (entry->kind == POSTERN_RUNBOOK_ENTRY_LIST) {
        if (hint != NULL)
            g_string_append_printf (markdown, " (%s)", hint);
        append_list (markdown, entry->value);
        return;
    }
    if (postern_runbook_entry_is_copyable (entry))
        g_string_append_printf (markdown, " %s", value);
    else
        g_string_append_printf (markdown, " **%s**", value);
    if (hint != NULL)
        g_string_append_printf (markdown, " (%s)", hint);
    g_string_append_c (markdown, '\n');
}

static void
append_remark (GString *markdown, const char *before, char *taken_remark)
{
    g_autofree char *remark = taken_remark;

    append_escaped (markdown, before, remark, "\n");
}

static void
append_step (GString *markdown, PosternRunbookStep *step)
{
    GPtrArray *entries = postern_runbook_step_get_entries (step);
    g_autofree char *action = escape (postern_runbook_step_get_action (step));

    g_string_append_printf (markdown, "- [ ] %s\n", action);
    for (guint i = 0; i < entries->len; i++)
        append_entry (markdown, entries->pdata[i]);
    append_remark (markdown, "\n" INDENT "> ", postern_runbook_step_say_warning (step));
    append_remark (markdown, "\n" INDENT, postern_runbook_step_say_why (step));
}

static void
append_section (GString *markdown, PosternRunbookSection *section, guint number)
{
    GPtrArray *steps = postern_runbook_section_get_steps (section);
    const char *intro = postern_runbook_section_get_intro (section);
    g_autofree char *title = escape (postern_runbook_section_get_title (section));

    g_string_append_printf (markdown, "\n## %u. %s\n", number, title);
    append_escaped (markdown, "\n**", postern_runbook_section_get_path (section), "**\n");
    if (intro != NULL) {
        g_auto (GStrv) lines = g_strsplit (intro, "\n", -1);

        for (guint i = 0; lines[i] != NULL; i++)
            append_escaped (markdown, "\n", lines[i], "\n");
    }
    g_string_append_c (markdown, '\n');
    for (guint i = 0; i < steps->len; i++)
        append_step (markdown, steps->pdata[i]);
}

static void
append_findings (GString *markdown, GPtrArray *findings)
{
    if (findings->len > 0)
        g_string_append_c (markdown, '\n');
    for (guint i = 0; i < findings->len; i++) {
        PosternFinding *finding = findings->pdata[i];
        g_autofree char *severity =
            postern_runbook_introduce (postern_runbook_severity_title (postern_finding_get_severity (finding)));
        g_autofree char *message = escape (postern_finding_get_message (finding));

        g_string_append_printf (markdown, "- **%s** %s\n", severity, message);
    }
}

char *
postern_runbook_to_markdown (PosternRunbook *self)
{
    GPtrArray *sections;
    GString *markdown;

    g_return_val_if_fail (POSTERN_IS_RUNBOOK (self), NULL);

    sections = postern_runbook_get_sections (self);
    markdown = g_string_new (NULL);
    append_escaped (markdown, "# ", postern_runbook_get_title (self), "\n");
    append_escaped (markdown, "\n", postern_runbook_get_intro (self), "\n");
    append_findings (markdown, postern_runbook_get_findings (self));
    for (guint i = 0; i < sections->len; i++)
        append_section (markdown, sections->pdata[i], i + 1);
    return g_string_free_and_steal (markdown);
}
