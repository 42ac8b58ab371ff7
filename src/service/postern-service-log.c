/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-service-log.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static gboolean verbose_log;
static gboolean journal;

static const char *
level_name (GLogLevelFlags level)
{
    if (level & G_LOG_LEVEL_ERROR)
        return "error";
    if (level & G_LOG_LEVEL_CRITICAL)
        return "critical";
    if (level & G_LOG_LEVEL_WARNING)
        return "warning";
    if (level & G_LOG_LEVEL_DEBUG)
        return "debug";
    return "info";
}

static const GLogField *
find_field (const GLogField *fields, gsize n_fields, const char *key)
{
    for (gsize i = 0; i < n_fields; i++) {
        if (g_str_equal (fields[i].key, key))
            return &fields[i];
    }
    return NULL;
}

/* GIO and libsoup have a lot to say at this level. */
static gboolean
is_own (const GLogField *fields, gsize n_fields)
{
    const GLogField *domain = find_field (fields, n_fields, "GLIB_DOMAIN");

    return domain && g_strcmp0 (domain->value, G_LOG_DOMAIN) == 0;
}

/* Whatever a client put into a message, it stays one line. */
static char *
one_line (const GLogField *message)
{
    gssize length = message->length < 0 ? (gssize)strlen (message->value) : message->length;
    char *text = g_utf8_make_valid (message->value, length);

    for (char *at = text; *at; at++) {
        if ((guchar)*at < 0x20 || *at == 0x7f)
            *at = ' ';
    }
    return text;
}

static GLogWriterOutput
write_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
    const GLogField *message = find_field (fields, n_fields, "MESSAGE");
    g_autofree char *text = NULL;

    if ((level & G_LOG_LEVEL_DEBUG) && !(verbose_log && is_own (fields, n_fields)))
        return G_LOG_WRITER_HANDLED;
    if (journal && g_log_writer_journald (level, fields, n_fields, NULL) == G_LOG_WRITER_HANDLED)
        return G_LOG_WRITER_HANDLED;
    if (message) {
        text = one_line (message);
        fprintf (stderr, "posternd: %s: %s\n", level_name (level), text);
    }
    return G_LOG_WRITER_HANDLED;
}

void
postern_service_log_start (gboolean verbose)
{
    verbose_log = verbose;
    journal = g_log_writer_is_journald (STDERR_FILENO);
    g_log_set_writer_func (write_cb, NULL, NULL);
}

void
postern_service_log_trouble (const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list arguments;

    va_start (arguments, format);
    text = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    write_cb (G_LOG_LEVEL_WARNING,
              (const GLogField[]){
                  { "MESSAGE", text, -1 }, { "PRIORITY", "4", -1 }, { "SYSLOG_IDENTIFIER", "posternd", -1 } },
              3, NULL);
}
