/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PosternHelpKind:
 *
 * What a piece of a page of help is.
 */
typedef enum {
    POSTERN_HELP_SECTION, /* the title of a section */
    POSTERN_HELP_PARAGRAPH,
    POSTERN_HELP_ITEM,   /* of a list */
    POSTERN_HELP_STEP,   /* of a numbered list */
    POSTERN_HELP_NOTE,   /* what must not be missed */
    POSTERN_HELP_SCREEN, /* what is typed, line by line */
} PosternHelpKind;

/**
 * PosternHelpBlock:
 * @kind: what it is
 * @text: Pango markup
 * @id: (nullable): of a section
 * @number: of a step, from 1
 */
typedef struct {
    PosternHelpKind kind;
    char *text;
    char *id;
    guint number;
} PosternHelpBlock;

#define POSTERN_TYPE_HELP_PAGE (postern_help_page_get_type ())

/**
 * PosternHelpPage:
 *
 * One page of the help, read from the Mallard file that is installed for Yelp as well. The few elements that the help
 * is written with are known; another one is an error, so that nothing is left out unseen.
 */
G_DECLARE_FINAL_TYPE (PosternHelpPage, postern_help_page, POSTERN, HELP_PAGE, GObject)

/**
 * postern_help_page_load:
 * @id: a page's name
 * @error: #GFileError or #GMarkupError
 *
 * Reads a page in the person's language, or in English where there is none in that. POSTERN_HELP_DIR, directories
 * divided by colons, says where pages are instead of where they were installed.
 *
 * Returns: (transfer full) (nullable): the page
 */
PosternHelpPage *postern_help_page_load (const char *id, GError **error);

/** postern_help_page_new_from_data: @text: a Mallard page; the same from memory */
PosternHelpPage *postern_help_page_new_from_data (const char *text, GError **error);

/** postern_help_page_get_title: Returns: (transfer none): the page's title, as text */
const char *postern_help_page_get_title (PosternHelpPage *self);

/** postern_help_page_get_summary: Returns: (transfer none) (nullable): one line about it, as text */
const char *postern_help_page_get_summary (PosternHelpPage *self);

/** postern_help_page_get_blocks: Returns: (transfer none) (element-type PosternHelpBlock): what is on it, in order */
GPtrArray *postern_help_page_get_blocks (PosternHelpPage *self);

G_END_DECLS
