/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum {
    POSTERN_MAIN_CF,
    POSTERN_MASTER_CF,
    POSTERN_N_POSTFIX_FILES,
};

/** postern_postfix_file_names: the names of Postfix's files, by the numbers above */
extern const char *const postern_postfix_file_names[POSTERN_N_POSTFIX_FILES];

/**
 * PosternPostfixOriginals:
 * @texts: (array): what main.cf and master.cf said, to the letter; %NULL where that was not kept
 *
 * Postfix's files as the administrator had them before posternd set anything in them.
 */
typedef struct {
    char *texts[POSTERN_N_POSTFIX_FILES];
} PosternPostfixOriginals;

void postern_postfix_originals_clear (PosternPostfixOriginals *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PosternPostfixOriginals, postern_postfix_originals_clear)

/** postern_postfix_originals_keep: copies the files in @directory to others whose names begin with @path */
gboolean postern_postfix_originals_keep (const char *directory, const char *path, GError **error);
/** postern_postfix_originals_load: reads what postern_postfix_originals_keep() has kept */
void postern_postfix_originals_load (PosternPostfixOriginals *self, const char *path);
/** postern_postfix_originals_forget: removes it */
void postern_postfix_originals_forget (const char *path);

G_END_DECLS
