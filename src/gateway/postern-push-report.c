/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-push-report.h"

#include <glib/gi18n-lib.h>

void
postern_push_report_free (PosternPushReport *self)
{
    g_free (self->what_happened);
    g_free (self->what_is_live);
    g_free (self->what_to_do);
    g_free (self);
}

/* Takes the first two. */
static PosternPushReport *
report_new (char *what_happened, char *what_is_live, const char *what_to_do)
{
    PosternPushReport *self = g_new0 (PosternPushReport, 1);

    self->what_happened = what_happened;
    self->what_is_live = what_is_live;
    self->what_to_do = g_strdup (what_to_do);
    return self;
}

const char *
postern_push_report_explain (const GError *error)
{
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? _ ("The push was stopped.") : error->message;
}

static char *
say_what_was_done (guint n_changes, const GError *write_error)
{
    if (write_error != NULL)
        /* Translators: %s is one or more whole sentences. */
        return g_strdup_printf (_ ("%s All the same the gateway has carried out the push."),
                                postern_push_report_explain (write_error));
    if (n_changes == 0)
        return g_strdup (_ ("There was nothing to change."));
    return g_strdup_printf (ngettext ("%u change was made.", "%u changes were made.", n_changes), n_changes);
}

PosternPushReport *
postern_push_report_done (const char *place, const char *revision, guint n_changes, const GError *write_error)
{
    return report_new (say_what_was_done (n_changes, write_error),
                       /* Translators: the first %s is a host, the second a number. */
                       g_strdup_printf (_ ("%s has the configuration of the plan (revision %s)."), place, revision),
                       NULL);
}

PosternPushReport *
postern_push_report_untouched (const GError *why)
{
    return report_new (g_strdup (postern_push_report_explain (why)),
                       g_strdup (_ ("Nothing was written; the gateway does what it did before.")), NULL);
}

PosternPushReport *
postern_push_report_conflict (const char *place, guint n_changes)
{
    char *live;

    if (n_changes == 0)
        live = g_strdup (_ ("Nothing was written; the gateway does what the other person has set up."));
    else
        live = g_strdup_printf (
            ngettext ("Nothing was written; the gateway does what the other person has set up (%u change).",
                      "Nothing was written; the gateway does what the other person has set up (%u changes).",
                      n_changes),
            n_changes);
    return report_new (
        /* Translators: %s is a host. */
        g_strdup_printf (_ ("Someone else has changed the configuration of %s since it was last read."), place), live,
        _ ("Look at what was changed, take over into the plan what shall stay, and push again."));
}

PosternPushReport *
postern_push_report_undone (const GError *why, const char *revision)
{
    return report_new (g_strdup (postern_push_report_explain (why)),
                       /* Translators: %s is a number. */
                       g_strdup_printf (_ ("The gateway does what it did before (revision %s)."), revision), NULL);
}

PosternPushReport *
postern_push_report_refused (const GError *why)
{
    return report_new (g_strdup (postern_push_report_explain (why)),
                       g_strdup (_ ("Nothing of this push was carried out, so the gateway does what it did before.")),
                       NULL);
}

PosternPushReport *
postern_push_report_unread (const GError *write_error, const GError *read_error)
{
    const char *advice = _ ("When the gateway can be reached again, read its configuration and look at the changes.");

    if (write_error == NULL)
        return report_new (
            g_strdup (postern_push_report_explain (read_error)),
            g_strdup (_ ("The gateway has accepted the new configuration, but it could not be read back to "
                         "see that it is so.")),
            advice);
    return report_new (
        g_strdup (postern_push_report_explain (write_error)),
        g_strdup (_ ("It is not known whether the gateway has the old or the new configuration, as it could "
                     "not be asked afterwards.")),
        advice);
}

PosternPushReport *
postern_push_report_unsettled (const GError *write_error, const char *revision)
{
    return report_new (
        g_strdup (postern_push_report_explain (write_error)),
        /* Translators: %s is a number. */
        g_strdup_printf (_ ("When it was last read, the gateway had the configuration that it had before "
                            "(revision %s), but it may still be carrying out the change."),
                         revision),
        _ ("Wait a while, read the configuration of the gateway and look at the changes."));
}

PosternPushReport *
postern_push_report_in_between (const GError *write_error, const char *revision)
{
    return report_new (
        g_strdup (postern_push_report_explain (write_error)),
        /* Translators: %s is a number. */
        g_strdup_printf (_ ("The gateway has revision %s on record, but what its mail server does is not "
                            "certain."),
                         revision),
        _ ("Look into the log of the mail server, then restart the gateway's service: it tries again to put "
           "the configuration in place."));
}

PosternPushReport *
postern_push_report_left (const GError *write_error, gboolean is_read)
{
    const char *live = is_read ? _ ("The gateway has neither what it had before nor what the plan says, but something "
                                    "in between.")
                               : _ ("The gateway could not be asked afterwards what it has.");

    return report_new (g_strdup (postern_push_report_explain (write_error)), g_strdup (live),
                       _ ("When the gateway can be reached, read its configuration and look at the changes. Pushing "
                          "again completes them; what is not wanted can be taken back by hand."));
}

PosternPushReport *
postern_push_report_not_undone (gboolean is_read)
{
    const char *live = is_read
                           ? _ ("The gateway has neither what it had before nor what the plan says; taking the change "
                                "back failed.")
                           : _ ("The change was taken back, but it could not be read whether the gateway has what it "
                                "had before.");

    return report_new (g_strdup (_ ("The gateway has accepted the plan, but what was read back is something else.")),
                       g_strdup (live), _ ("Read the configuration of the gateway and look at the changes."));
}

PosternPushReport *
postern_push_report_overtaken (const char *written, const GError *write_error, const char *revision)
{
    char *happened;

    if (written != NULL)
        /* Translators: %s is a number. */
        happened = g_strdup_printf (_ ("The gateway has accepted the plan as revision %s."), written);
    else
        happened = g_strdup (postern_push_report_explain (write_error));
    return report_new (
        happened,
        /* Translators: %s is a number. */
        g_strdup_printf (_ ("Someone else has changed the configuration at the same time. The gateway is at "
                            "revision %s, which is neither what it had before nor what the plan says."),
                         revision),
        _ ("Read the configuration of the gateway and look at the changes."));
}

GError *
postern_push_report_to_error (const PosternPushReport *self, PosternGatewayError code)
{
    const char *advice = self->what_to_do != NULL ? self->what_to_do : "";

    return g_error_new (POSTERN_GATEWAY_ERROR, code, "%s %s%s%s", self->what_happened, self->what_is_live,
                        *advice != '\0' ? " " : "", advice);
}
