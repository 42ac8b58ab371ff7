/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "wizard/postern-help-page.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_HELP_TOPIC (postern_help_topic_get_type ())

/** PosternHelpTopic: a page of the help as it is read: its text, and below it what the caller appends */
G_DECLARE_FINAL_TYPE (PosternHelpTopic, postern_help_topic, POSTERN, HELP_TOPIC, AdwNavigationPage)

/** postern_help_topic_new: @id: the page's name, also the tag; @page: what it says */
AdwNavigationPage *postern_help_topic_new (const char *id, PosternHelpPage *page);

/** postern_help_topic_append_to_section: puts @widget below the title of the section @id; at the end if there is none
 */
void postern_help_topic_append_to_section (PosternHelpTopic *self, const char *id, GtkWidget *widget);

G_END_DECLS
