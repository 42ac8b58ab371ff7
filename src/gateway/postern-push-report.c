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
    return g_strdup_printf (ngettext ("%'u change was made.", "%'u changes were made.", n_changes), n_changes);
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
                       _ ("When the gateway can be reached, read its configuration and look at the changes. Finishing "
                          "the push makes those that are missing; undoing it takes back those that were made."));
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
postern_push_report_not_taken_back (gboolean is_read)
{
    const char *live = is_read ? _ ("The gateway had carried the push out already; taking it back failed, so it has "
                                    "the new configuration or a part of it.")
                               : _ ("The gateway had carried the push out already. It was told to take it back, but it "
                                    "could not be read whether it has what it had before.");

    return report_new (g_strdup (_ ("The push was stopped.")), g_strdup (live),
                       _ ("Read the configuration of the gateway and look at the changes."));
}

PosternPushReport *
postern_push_report_kept (guint n_missing, guint n_changes)
{
    return report_new (
        g_strdup (_ ("The push was stopped.")),
        g_strdup_printf (
            /* Translators: %1$u is how many changes are missing, %2$u how many there are in all; the plural
             * follows %2$u. */
            ngettext ("The gateway has a part of the plan. Still missing or half done: %1$u of %2$u change.",
                      "The gateway has a part of the plan. Still missing or half done: %1$u of %2$u changes.",
                      n_changes),
            n_missing, n_changes),
        NULL);
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

PosternPushReport *
postern_push_report_not_resumed (const GError *why)
{
    return report_new (g_strdup (postern_push_report_explain (why)),
                       g_strdup (_ ("Nothing was written now. The gateway does what it did when the push was "
                                    "interrupted: all, nothing or a part of the plan.")),
                       NULL);
}

PosternPushReport *
postern_push_report_resumed_in_conflict (const GError *why, const char *revision)
{
    char *happened = why != NULL
                         ? g_strdup (why->message)
                         : g_strdup (_ ("Someone else has changed the gateway since the push was interrupted."));

    return report_new (
        happened,
        /* Translators: %s is a number. */
        g_strdup_printf (_ ("Nothing was written now; the gateway keeps what it has (revision %s)."), revision),
        _ ("Look at what was changed. To keep it, give up the interrupted push; then push again what is "
           "still wanted."));
}

PosternPushReport *
postern_push_report_finished (const char *place, const char *revision, const GError *write_error)
{
    PosternPushReport *done = postern_push_report_done (place, revision, 0, write_error);

    if (write_error == NULL)
        g_set_str (&done->what_happened, _ ("The interrupted push was finished."));
    return done;
}

PosternPushReport *
postern_push_report_taken_back (const char *revision)
{
    return report_new (g_strdup (_ ("The interrupted push was undone.")),
                       /* Translators: %s is a number. */
                       g_strdup_printf (_ ("The gateway does what it did before (revision %s)."), revision), NULL);
}

PosternPushReport *
postern_push_report_resumed_beside_others (gboolean undone, const char *revision)
{
    g_autoptr (GString) text = g_string_new (NULL);
    const char *live;

    if (undone)
        /* Translators: %s is a number. */
        live = _ ("The gateway has what it had before, but for what someone else has changed since (revision %s).");
    else
        /* Translators: %s is a number. */
        live = _ ("The gateway has the configuration of the plan, but for what someone else has changed since "
                  "(revision %s).");
    g_string_append (text, live);
    g_string_replace (text, "%s", revision, 1);
    return report_new (
        g_strdup (undone ? _ ("The interrupted push was undone.") : _ ("The interrupted push was finished.")),
        g_string_free_and_steal (g_steal_pointer (&text)),
        _ ("Read the configuration of the gateway and look at the changes."));
}

PosternPushReport *
postern_push_report_still_planned (const GError *why, const char *revision)
{
    return report_new (g_strdup (postern_push_report_explain (why)),
                       /* Translators: %s is a number. */
                       g_strdup_printf (_ ("The push was not undone: the gateway has the configuration of the plan "
                                           "(revision %s)."),
                                        revision),
                       NULL);
}

void
postern_push_report_add_journal (PosternPushReport *self)
{
    const char *advice = _ ("This push is written down on this computer: as soon as the gateway can be reached, it can "
                            "be finished or undone.");
    char *both = self->what_to_do != NULL ? g_strdup_printf ("%s %s", self->what_to_do, advice) : g_strdup (advice);

    g_free (self->what_to_do);
    self->what_to_do = both;
}

GError *
postern_push_report_to_error (const PosternPushReport *self, PosternGatewayError code)
{
    const char *advice = self->what_to_do != NULL ? self->what_to_do : "";

    return g_error_new (POSTERN_GATEWAY_ERROR, code, "%s %s%s%s", self->what_happened, self->what_is_live,
                        *advice != '\0' ? " " : "", advice);
}
