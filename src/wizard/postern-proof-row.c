/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-proof-row.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-status-icon.h"

struct _PosternProofRow {
    AdwActionRow parent_instance;

    PosternStatusIcon *icon;
};

G_DEFINE_FINAL_TYPE (PosternProofRow, postern_proof_row, ADW_TYPE_ACTION_ROW)

static const struct {
    PosternStatus status;
    const char *word;
} looks[] = {
    [POSTERN_PROOF_PENDING] = { POSTERN_STATUS_WAITING, NC_ ("proof", "Not asked") },
    [POSTERN_PROOF_HOLDS] = { POSTERN_STATUS_GOOD, NC_ ("proof", "Holds") },
    [POSTERN_PROOF_FAILS] = { POSTERN_STATUS_BAD, NC_ ("proof", "Does not hold") },
    [POSTERN_PROOF_UNPROVEN] = { POSTERN_STATUS_UNKNOWN, NC_ ("proof", "Not proven") },
};

static void
postern_proof_row_class_init (PosternProofRowClass *klass)
{
}

static void
postern_proof_row_init (PosternProofRow *self)
{
    self->icon = POSTERN_STATUS_ICON (postern_status_icon_new ());
    adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->icon));
    adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
    adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (self), TRUE);
}

static void
append (GString *text, const char *line)
{
    if (line != NULL && *line != '\0')
        g_string_append_printf (text, "%s%s", text->len == 0 ? "" : "\n", line);
}

GtkWidget *
postern_proof_row_new (PosternProof *proof, gboolean is_asked)
{
    PosternProofRow *self;
    g_autoptr (GString) text = g_string_new (NULL);
    PosternProofState state;

    g_return_val_if_fail (POSTERN_IS_PROOF (proof), NULL);
    state = postern_proof_get_state (proof);
    append (text, postern_proof_get_message (proof));
    if (postern_proof_get_reply (proof) != NULL)
        append (text, postern_proof_get_reply (proof));
    else if (state == POSTERN_PROOF_PENDING)
        append (text, postern_proof_get_expectation (proof));
    /* Not as construction properties: that the texts are no markup is only known afterwards. */
    self = g_object_new (POSTERN_TYPE_PROOF_ROW, NULL);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), postern_proof_get_title (proof));
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text->str);
    if (is_asked)
        postern_status_icon_set (self->icon, POSTERN_STATUS_WORKING, C_ ("proof", "Asking"));
    else
        postern_status_icon_set (self->icon, looks[state].status,
                                 g_dpgettext2 (GETTEXT_PACKAGE, "proof", looks[state].word));
    return GTK_WIDGET (self);
}
