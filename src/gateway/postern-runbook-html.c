/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-runbook-html.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-runbook-text.h"

/* “user-select: all”: one click selects a value as a whole. A step is not torn apart by a page break. */
static const char style[] =
    ":root { color-scheme: light dark; }\n"
    "body { font: 1rem/1.5 sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }\n"
    "h1 { font-size: 1.6rem; line-height: 1.25; }\n"
    "h2 { font-size: 1.25rem; margin: 2rem 0 0.25rem; break-after: avoid; }\n"
    ".path { font-weight: bold; margin: 0 0 0.5rem; }\n"
    "ol.steps { list-style: none; padding: 0; }\n"
    "ol.steps > li { margin: 1rem 0; padding-left: 2rem; text-indent: 0; break-inside: avoid; }\n"
    "ol.steps > li.long { break-inside: auto; }\n"
    "input { float: left; margin: 0.3rem 0 0 -1.75rem; width: 1.1rem; height: 1.1rem; }\n"
    "dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: 0.25rem 1rem;"
    " margin: 0.5rem 0; }\n"
    "dt { opacity: 0.75; } dd { margin: 0; overflow-wrap: anywhere; }\n"
    "code { font: 0.95em monospace; user-select: all; padding: 0.1em 0.35em;"
    " border: 1px solid color-mix(in srgb, currentColor 35%, transparent); border-radius: 0.25rem; }\n"
    "pre { font: 0.95em/1.4 monospace; user-select: all; margin: 0; columns: 16rem; }\n"
    ".hint, .why { opacity: 0.8; } .why, .warning { margin: 0.25rem 0; }\n"
    ".warning, .findings li { border-left: 0.25rem solid #c64600; padding-left: 0.75rem; }\n"
    ".findings li.note { border-color: #1c71d8; } .findings { list-style: none; padding: 0; }\n"
    "@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 0.5rem; } }\n"
    "@media print { body { margin: 0; max-width: none; font-size: 10pt; } }\n";

static void
append (GString *html, const char *before, const char *text, const char *after)
{
    g_autofree char *escaped = NULL;

    if (text == NULL)
        return;
    escaped = g_markup_escape_text (text, -1);
    g_string_append_printf (html, "%s%s%s", before, escaped, after);
}

static void
append_entry (GString *html, const PosternRunbookEntry *entry)
{
    append (html, "<dt>", entry->field, "</dt>");
    if (entry->kind == POSTERN_RUNBOOK_ENTRY_LIST)
        append (html, "<dd><pre>", entry->value, "</pre>");
    else if (postern_runbook_entry_is_copyable (entry))
        append (html, "<dd><code>", entry->value, "</code>");
    else
        append (html, "<dd><strong>", entry->value, "</strong>");
    append (html, " <span class=\"hint\">", entry->hint, "</span>");
    g_string_append (html, "</dd>\n");
}

static void
append_entries (GString *html, GPtrArray *entries)
{
    if (entries->len == 0)
        return;
    g_string_append (html, "<dl>\n");
    for (guint i = 0; i < entries->len; i++)
        append_entry (html, entries->pdata[i]);
    g_string_append (html, "</dl>\n");
}

static void
append_remark (GString *html, const char *before, char *taken_remark)
{
    g_autofree char *remark = taken_remark;

    append (html, before, remark, "</p>\n");
}

static void
append_step (GString *html, PosternRunbookStep *step)
{
    GPtrArray *entries = postern_runbook_step_get_entries (step);
    const PosternRunbookEntry *first = entries->len > 0 ? entries->pdata[0] : NULL;
    gboolean is_long = first != NULL && first->kind == POSTERN_RUNBOOK_ENTRY_LIST;

    g_string_append (html, is_long ? "<li class=\"long\">" : "<li>");
    append (html, "<label><input type=\"checkbox\" />", postern_runbook_step_get_action (step), "</label>\n");
    append_entries (html, entries);
    append_remark (html, "<p class=\"warning\">", postern_runbook_step_say_warning (step));
    append_remark (html, "<p class=\"why\">", postern_runbook_step_say_why (step));
    g_string_append (html, "</li>\n");
}

static void
append_paragraphs (GString *html, const char *paragraphs)
{
    g_auto (GStrv) lines = g_strsplit (paragraphs != NULL ? paragraphs : "", "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++)
        append (html, "<p>", lines[i], "</p>\n");
}

static void
append_section (GString *html, PosternRunbookSection *section, guint number)
{
    GPtrArray *steps = postern_runbook_section_get_steps (section);
    g_autofree char *title = g_strdup_printf ("%u. %s", number, postern_runbook_section_get_title (section));

    append (html, "<section id=\"", postern_runbook_section_get_id (section), "\">\n");
    append (html, "<h2>", title, "</h2>\n");
    append (html, "<p class=\"path\">", postern_runbook_section_get_path (section), "</p>\n");
    append_paragraphs (html, postern_runbook_section_get_intro (section));
    g_string_append (html, "<ol class=\"steps\">\n");
    for (guint i = 0; i < steps->len; i++)
        append_step (html, steps->pdata[i]);
    g_string_append (html, "</ol>\n</section>\n");
}

static void
append_findings (GString *html, GPtrArray *findings)
{
    if (findings->len == 0)
        return;
    g_string_append (html, "<ul class=\"findings\">\n");
    for (guint i = 0; i < findings->len; i++) {
        PosternFinding *finding = findings->pdata[i];
        PosternSeverity severity = postern_finding_get_severity (finding);
        g_autofree char *title = postern_runbook_introduce (postern_runbook_severity_title (severity));

        append (html, severity == POSTERN_SEVERITY_NOTE ? "<li class=\"note\"><strong>" : "<li><strong>", title,
                "</strong> ");
        append (html, "", postern_finding_get_message (finding), "</li>\n");
    }
    g_string_append (html, "</ul>\n");
}

/* The language of the sentences, not that of the terms; C.UTF-8 has none and is English. */
static const char *
page_language (void)
{
    /* Translators: your language's code for the “lang” attribute of a web page (BCP 47), such as cs, fr or ru. */
    return C_ ("language", "en");
}

char *
postern_runbook_to_html (PosternRunbook *self)
{
    GPtrArray *sections;
    GString *html;

    g_return_val_if_fail (POSTERN_IS_RUNBOOK (self), NULL);

    sections = postern_runbook_get_sections (self);
    html = g_string_new ("<!DOCTYPE html>\n");
    append (html, "<html lang=\"", page_language (), "\">\n<head>\n<meta charset=\"utf-8\" />\n");
    g_string_append (html, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n");
    append (html, "<title>", postern_runbook_get_title (self), "</title>\n");
    g_string_append_printf (html, "<style>\n%s</style>\n</head>\n<body>\n", style);
    append (html, "<h1>", postern_runbook_get_title (self), "</h1>\n");
    append_paragraphs (html, postern_runbook_get_intro (self));
    append_findings (html, postern_runbook_get_findings (self));
    for (guint i = 0; i < sections->len; i++)
        append_section (html, sections->pdata[i], i + 1);
    g_string_append (html, "</body>\n</html>\n");
    return g_string_free_and_steal (html);
}
