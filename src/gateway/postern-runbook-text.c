/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-runbook-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WIDTH 78

/* The column of a section's text, and that of what belongs to a step. */
#define SECTION_INDENT "   "
#define STEP_INDENT "            "

const char *
postern_runbook_severity_title (PosternSeverity severity)
{
    switch (severity) {
    case POSTERN_SEVERITY_ERROR:
        return _ ("Error");
    case POSTERN_SEVERITY_WARNING:
        return _ ("Warning");
    case POSTERN_SEVERITY_NOTE:
        return _ ("Note");
    default:
        g_return_val_if_reached ("");
    }
}

char *
postern_runbook_introduce (const char *name)
{
    /* Translators: %s is the name of a field, such as “Port”, or of a kind of finding, such as “Warning”; what it says
     * follows after a space. */
    return g_strdup_printf (_ ("%s:"), name);
}

char *
postern_runbook_step_say_warning (PosternRunbookStep *step)
{
    const char *warning = postern_runbook_step_get_warning (step);

    /* Translators: %s is a sentence about what goes wrong. */
    return warning != NULL ? g_strdup_printf (_ ("Warning: %s"), warning) : NULL;
}

char *
postern_runbook_step_say_why (PosternRunbookStep *step)
{
    const char *why = postern_runbook_step_get_why (step);

    /* Translators: %s is a sentence that says why a step matters. */
    return why != NULL ? g_strdup_printf (_ ("Why: %s"), why) : NULL;
}

/* Adds words to the line that is begun with @first, and goes on below @indent. */
static void
append_wrapped (GString *text, const char *first, const char *indent, const char *paragraph)
{
    g_auto (GStrv) words = g_strsplit (paragraph, " ", -1);
    glong column = g_utf8_strlen (first, -1);
    glong margin = g_utf8_strlen (indent, -1);
    gboolean begun = FALSE;

    g_string_append (text, first);
    for (guint i = 0; words[i] != NULL; i++) {
        glong length = g_utf8_strlen (words[i], -1);

        if (begun && column + 1 + length > WIDTH) {
            g_string_append_printf (text, "\n%s", indent);
            column = margin;
        } else if (begun) {
            g_string_append_c (text, ' ');
            column++;
        }
        g_string_append (text, words[i]);
        column += length;
        begun = TRUE;
    }
    g_string_append_c (text, '\n');
}

static void
append_paragraphs (GString *text, const char *indent, const char *paragraphs)
{
    g_auto (GStrv) lines = g_strsplit (paragraphs, "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++)
        append_wrapped (text, indent, indent, lines[i]);
}

static void
append_entry (GString *text, const PosternRunbookEntry *entry)
{
    g_autofree char *field = postern_runbook_introduce (entry->field);

    if (entry->kind == POSTERN_RUNBOOK_ENTRY_LIST) {
        g_auto (GStrv) lines = g_strsplit (entry->value, "\n", -1);

        g_string_append_printf (text, STEP_INDENT "%s\n", field);
        for (guint i = 0; lines[i] != NULL; i++)
            g_string_append_printf (text, STEP_INDENT "  %s\n", lines[i]);
    } else {
        g_string_append_printf (text, STEP_INDENT "%s %s\n", field, entry->value);
    }
    if (entry->hint != NULL) {
        g_autofree char *hint = g_strdup_printf ("(%s)", entry->hint);

        append_wrapped (text, STEP_INDENT "  ", STEP_INDENT "  ", hint);
    }
}

static void
append_remark (GString *text, char *taken_remark)
{
    g_autofree char *remark = taken_remark;

    if (remark != NULL)
        append_wrapped (text, STEP_INDENT, STEP_INDENT, remark);
}

static void
append_step (GString *text, PosternRunbookStep *step, guint section, guint number)
{
    GPtrArray *entries = postern_runbook_step_get_entries (step);
    g_autofree char *label = g_strdup_printf ("%u.%u", section, number);
    g_autofree char *first = g_strdup_printf ("   [ ] %-4s ", label);

    append_wrapped (text, first, STEP_INDENT, postern_runbook_step_get_action (step));
    for (guint i = 0; i < entries->len; i++)
        append_entry (text, entries->pdata[i]);
    append_remark (text, postern_runbook_step_say_warning (step));
    append_remark (text, postern_runbook_step_say_why (step));
    g_string_append_c (text, '\n');
}

static void
append_section (GString *text, PosternRunbookSection *section, guint number)
{
    GPtrArray *steps = postern_runbook_section_get_steps (section);
    const char *path = postern_runbook_section_get_path (section);
    const char *intro = postern_runbook_section_get_intro (section);
    g_autofree char *heading = g_strdup_printf ("%u. %s", number, postern_runbook_section_get_title (section));

    g_string_append_printf (text, "%s\n", heading);
    for (glong i = g_utf8_strlen (heading, -1); i > 0; i--)
        g_string_append_c (text, '-');
    g_string_append_c (text, '\n');
    if (path != NULL)
        append_wrapped (text, SECTION_INDENT, SECTION_INDENT, path);
    if (intro != NULL)
        append_paragraphs (text, SECTION_INDENT, intro);
    g_string_append_c (text, '\n');
    for (guint i = 0; i < steps->len; i++)
        append_step (text, steps->pdata[i], number, i + 1);
}

static void
append_findings (GString *text, GPtrArray *findings)
{
    for (guint i = 0; i < findings->len; i++) {
        PosternFinding *finding = findings->pdata[i];
        const char *severity = postern_runbook_severity_title (postern_finding_get_severity (finding));
        g_autofree char *introduction = postern_runbook_introduce (severity);
        g_autofree char *line = g_strdup_printf ("%s %s", introduction, postern_finding_get_message (finding));

        append_wrapped (text, "- ", "  ", line);
    }
    if (findings->len > 0)
        g_string_append_c (text, '\n');
}

char *
postern_runbook_to_text (PosternRunbook *self)
{
    GPtrArray *sections;
    GString *text;

    g_return_val_if_fail (POSTERN_IS_RUNBOOK (self), NULL);

    sections = postern_runbook_get_sections (self);
    text = g_string_new (NULL);
    append_wrapped (text, "", "", postern_runbook_get_title (self));
    g_string_append_c (text, '\n');
    append_paragraphs (text, "", postern_runbook_get_intro (self));
    g_string_append_c (text, '\n');
    append_findings (text, postern_runbook_get_findings (self));
    for (guint i = 0; i < sections->len; i++)
        append_section (text, sections->pdata[i], i + 1);
    g_string_truncate (text, text->len - 1);
    return g_string_free_and_steal (text);
}
