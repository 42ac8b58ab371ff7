/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-language.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "plan/postern-translations.h"

/* What brings a language's dates and numbers along, where the system has it. */
static const struct {
    const char *code;
    const char *locale;
} known[] = {
    { "cs", "cs_CZ.UTF-8" },
    { "en", "en_US.UTF-8" },
    { "fr", "fr_FR.UTF-8" },
    { "ru", "ru_RU.UTF-8" },
};

static GSettings *settings;    /* or %NULL */
static char *system_languages; /* LANGUAGE as it was at the start, "" if it was not set */
static char *chosen;

static const char *
locale_of (const char *code)
{
    for (guint i = 0; i < G_N_ELEMENTS (known); i++)
        if (g_str_equal (known[i].code, code))
            return known[i].locale;
    return NULL;
}

/* gettext heeds LANGUAGE only when the locale is a real one. */
static gboolean
is_plain (const char *locale)
{
    return locale == NULL || g_str_equal (locale, "C") || g_str_has_prefix (locale, "C.") ||
           g_str_equal (locale, "POSIX");
}

/* LANGUAGE stays set from the start on, so that changing it later replaces a value and never moves the environment
 * under a worker thread that translates something at that moment. setlocale() makes gettext look at it again. */
static void
speak (const char *code)
{
    g_setenv ("LANGUAGE", *code != '\0' ? code : system_languages, TRUE);
    setlocale (LC_ALL, "");
    if (*code == '\0' || setlocale (LC_ALL, locale_of (code)) != NULL)
        return;
    for (guint i = 0; i < G_N_ELEMENTS (known) && is_plain (setlocale (LC_MESSAGES, NULL)); i++)
        setlocale (LC_MESSAGES, known[i].locale);
}

static GSettings *
open_settings (void)
{
    GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
    g_autoptr (GSettingsSchema) schema =
        source == NULL ? NULL : g_settings_schema_source_lookup (source, POSTERN_APPLICATION_ID, TRUE);

    return schema == NULL ? NULL : g_settings_new_full (schema, NULL, NULL);
}

void
postern_language_start (void)
{
    system_languages = g_strdup (g_getenv ("LANGUAGE") != NULL ? g_getenv ("LANGUAGE") : "");
    settings = open_settings ();
    chosen = settings == NULL ? g_strdup ("") : g_settings_get_string (settings, "language");
    if (locale_of (chosen) == NULL)
        g_set_str (&chosen, "");
    speak (chosen);
    postern_translations_bind ();
}

const char *
postern_language_get (void)
{
    return chosen != NULL ? chosen : "";
}

void
postern_language_choose (const char *code)
{
    g_return_if_fail (code != NULL);
    g_return_if_fail (*code == '\0' || locale_of (code) != NULL);
    g_return_if_fail (system_languages != NULL);
    g_set_str (&chosen, code);
    speak (chosen);
    if (settings != NULL)
        g_settings_set_string (settings, "language", chosen);
}
