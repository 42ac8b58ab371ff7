/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-pmg-leftover.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "gateway/postern-gateway-error.h"

/* What an error lists of what is left; the rest is counted. */
#define MAX_LEFT 20

static void
append_left (GString *message, GPtrArray *left)
{
    guint told = MIN (left->len, MAX_LEFT);

    for (guint i = 0; i < told; i++)
        g_string_append_printf (message, "\n• %s", ((const PosternPmgStep *)left->pdata[i])->left);
    if (left->len > told) {
        g_string_append_c (message, '\n');
        g_string_append_printf (message, ngettext ("… and %'u more.", "… and %'u more.", left->len - told),
                                left->len - told);
    }
}

/* The step of which it could not be seen whether it was done. */
static void
append_unknown (GString *message, const PosternPmgStep *unknown)
{
    g_string_append_c (message, '\n');
    /* Translators: %s is a whole sentence: “The relay domain example.com was added.” */
    g_string_append_printf (message, _ ("• Maybe this as well: %s"), unknown->left);
}

GError *
postern_pmg_leftover_stuck (const GError *why, GPtrArray *left, const PosternPmgStep *unknown)
{
    g_autoptr (GString) message = g_string_new (NULL);
    GError *error;

    if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_string_append (message, _ ("The push was stopped."));
    else if (why != NULL)
        g_string_append (message, why->message);
    if (message->len > 0)
        g_string_append_c (message, ' ');
    g_string_append (message, _ ("Not everything that had been written could be taken back. This is left:"));
    append_left (message, left);
    if (unknown != NULL)
        append_unknown (message, unknown);
    error = g_error_new_literal (POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_STUCK, message->str);
    if (why != NULL)
        postern_gateway_error_set_status (error, postern_gateway_error_get_status (why));
    postern_gateway_error_set_unanswered (error, TRUE);
    return error;
}

GError *
postern_pmg_leftover_undone (GError *why, guint n_done)
{
    g_autofree char *message = NULL;

    if (why->domain != POSTERN_GATEWAY_ERROR)
        return why;
    if (n_done > 0) {
        message = g_strdup_printf ("%s %s", why->message, _ ("What had been written before was taken back."));
        g_free (why->message);
        why->message = g_steal_pointer (&message);
    }
    return why;
}

GError *
postern_pmg_leftover_changed (GPtrArray *others)
{
    g_autoptr (GString) message = g_string_new (_ ("Someone else has changed since what the push was about to change. "
                                                   "Nothing was written. It is about this:"));

    append_left (message, others);
    return g_error_new_literal (POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_REVISION_CHANGED, message->str);
}
