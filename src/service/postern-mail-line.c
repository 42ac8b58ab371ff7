/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-mail-line.h"

#include <stdio.h>
#include <string.h>

#define OLD_STAMP_LENGTH 15 /* “Nov 27 04:07:23” */

/* Ends the text at @at and returns what is behind it. */
static char *
cut (char *at)
{
    *at = '\0';
    return at + 1;
}

static char *
skip_stamp (PosternMailLine *self, char *text)
{
    char *end = g_ascii_isdigit (*text) ? strchr (text, ' ') : NULL;

    if (end == NULL && strlen (text) > OLD_STAMP_LENGTH && text[OLD_STAMP_LENGTH] == ' ')
        end = text + OLD_STAMP_LENGTH;
    self->stamp = text;
    return end ? cut (end) : NULL;
}

gboolean
postern_mail_line_parse (PosternMailLine *self, char *text)
{
    char *at = skip_stamp (self, text);
    char *space = at ? strchr (at, ' ') : NULL;
    char *colon = space ? strstr (space, ": ") : NULL;
    char *bracket;

    self->time = 0;
    if (colon == NULL)
        return FALSE;
    *colon = '\0';
    self->program = space + 1;
    self->message = colon + strlen (": ");
    bracket = strchr (self->program, '[');
    if (bracket)
        *bracket = '\0';
    return *self->program != '\0' && strchr (self->program, ' ') == NULL;
}

static int
month_of (const char *stamp)
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

    for (int i = 0; i < 12; i++) {
        if (strncmp (stamp, names + 3 * i, 3) == 0)
            return i + 1;
    }
    return 0;
}

/* A day ahead may be a clock that was put back; what looks further ahead is of last year. */
static GDateTime *
read_old_stamp (const char *stamp, GDateTime *now)
{
    g_autoptr (GDateTime) time = NULL;
    g_autoptr (GDateTime) tomorrow = g_date_time_add_days (now, 1);
    int month = month_of (stamp), day, hour, minute, second;

    if (month == 0 || sscanf (stamp + 3, "%2d %2d:%2d:%2d", &day, &hour, &minute, &second) != 4)
        return NULL;
    for (int years = 0; years < 2; years++) {
        g_clear_pointer (&time, g_date_time_unref);
        time = g_date_time_new (g_date_time_get_timezone (now), g_date_time_get_year (now) - years, month, day, hour,
                                minute, MIN (second, 59));
        if (time && g_date_time_compare (time, tomorrow) <= 0)
            return g_steal_pointer (&time);
    }
    return NULL;
}

gint64
postern_mail_line_get_time (const PosternMailLine *self, GDateTime *now)
{
    g_autoptr (GDateTime) time = NULL;

    if (self->stamp == NULL)
        return self->time;
    time = g_ascii_isdigit (*self->stamp) ? g_date_time_new_from_iso8601 (self->stamp, g_date_time_get_timezone (now))
                                          : read_old_stamp (self->stamp, now);
    return g_date_time_to_unix_usec (time ? time : now);
}
