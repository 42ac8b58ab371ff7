/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scenes-of-dialogs.h"

#include <glib/gi18n-lib.h>

#include "stage.h"
#include "wizard/postern-change-expander.h"
#include "wizard/postern-help-button.h"
#include "wizard/postern-help-dialog.h"
#include "wizard/postern-import-dialog.h"
#include "wizard/postern-import-line-row.h"
#include "wizard/postern-main-menu.h"
#include "wizard/postern-merge-dialog.h"
#include "wizard/postern-shortcuts-dialog.h"

/* Without the grab that makes it go away by itself: there is one pointer for all who take pictures of this display. */
static void
pop_up (Stage *stage, GType type)
{
    GtkWidget *button = get_widget (get_widget (stage_get_page (stage), type, NULL), GTK_TYPE_MENU_BUTTON, NULL);
    GtkPopover *popover;

    gtk_menu_button_popup (GTK_MENU_BUTTON (button));
    popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
    gtk_popover_popdown (popover);
    gtk_popover_set_autohide (popover, FALSE);
    gtk_menu_button_popup (GTK_MENU_BUTTON (button));
    wait_until (gtk_widget_get_mapped (GTK_WIDGET (popover)));
}

void
scene_menu (Stage *stage)
{
    stage_show (stage, POSTERN_STEP_WELCOME);
    pop_up (stage, POSTERN_TYPE_MAIN_MENU);
}

/* The Help popover of the page that has the most to say. */
void
scene_background (Stage *stage)
{
    stage_show (stage, POSTERN_STEP_CHECKS);
    pop_up (stage, POSTERN_TYPE_HELP_BUTTON);
}

void
scene_help (Stage *stage)
{
    g_assert_true (postern_help_dialog_present (GTK_WIDGET (stage->window), POSTERN_STEP_CHECKS));
    stage_wait_for_dialog (stage);
}

void
scene_shortcuts (Stage *stage)
{
    postern_shortcuts_dialog_present (GTK_WIDGET (stage->window));
    stage_wait_for_dialog (stage);
}

static PosternImportDialog *
open_import (Stage *stage)
{
    PosternImportDialog *dialog;

    stage_set_company (stage, POSTERN_SCENARIO_DIRECT);
    stage_show (stage, POSTERN_STEP_DOMAINS);
    dialog = postern_import_dialog_new (POSTERN_IMPORT_DOMAINS, stage->plan);
    adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (stage->window));
    stage_wait_for_dialog (stage);
    return dialog;
}

void
scene_import_empty (Stage *stage)
{
    open_import (stage);
}

/* Every kind of line that there is. */
void
scene_import (Stage *stage)
{
    postern_import_dialog_read_text (open_import (stage),
                                     "# the domains of the company\nexample.net\nexample.com\nпочта.рф\n"
                                     "a-company-with-a-very-long-name.subsidiary.example.org relay:[10.0.0.21]:2525\n"
                                     "alice@example.org\nco.uk\nexample.net\n");
    wait_until (find_widget (stage->window, POSTERN_TYPE_IMPORT_LINE_ROW, NULL) != NULL);
}

void
scene_import_nothing (Stage *stage)
{
    postern_import_dialog_read_text (open_import (stage), "# nothing is in here\n");
    wait_until (find_widget (stage->window, GTK_TYPE_LABEL, C_ ("title", "Nothing Could Be Read")) != NULL);
}

void
scene_remove_all (Stage *stage)
{
    stage_set_company (stage, POSTERN_SCENARIO_DIRECT);
    stage_show (stage, POSTERN_STEP_DOMAINS);
    gtk_widget_activate_action (GTK_WIDGET (stage_get_page (stage)), "records.remove-all", NULL);
    stage_wait_for_dialog (stage);
}

void
scene_merge (Stage *stage)
{
    static const char *const networks[] = { "10.0.0.0/8",
                                            "10.0.0.20",
                                            "192.168.0.0/24",
                                            "192.168.1.0/24",
                                            "2001:db8:85a3:aaaa:bbbb:cccc:dddd:0/112",
                                            "2001:db8:85a3:aaaa:bbbb:cccc:dddd:1" };

    for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
        stage_add_network (stage, networks[i]);
    stage_show (stage, POSTERN_STEP_TRUSTED_NETWORKS);
    adw_dialog_present (ADW_DIALOG (postern_merge_dialog_new (stage->plan)), GTK_WIDGET (stage->window));
    wait_until (find_widget (stage->window, GTK_TYPE_LIST_VIEW, NULL) != NULL);
    stage_wait_for_dialog (stage);
}

/* More than are shown on the page. */
void
scene_changes (Stage *stage)
{
    GtkWidget *domains;

    stage_set_company (stage, POSTERN_SCENARIO_DIRECT);
    for (guint i = 0; i < 25; i++) {
        g_autofree char *name = g_strdup_printf ("branch-office-%u.example.org", i);

        stage_add_domain (stage, name);
    }
    stage_show (stage, POSTERN_STEP_REVIEW);
    wait_until (find_widget (stage->window, POSTERN_TYPE_CHANGE_EXPANDER, C_ ("section", "Domains")) != NULL);
    domains = get_widget (stage->window, POSTERN_TYPE_CHANGE_EXPANDER, C_ ("section", "Domains"));
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (domains), TRUE);
    stage_press (stage, C_ ("button", "Show All…"));
    stage_wait_for_dialog (stage);
}
