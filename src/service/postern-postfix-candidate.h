/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-postfix-host.h"
#include "service/postern-postfix-originals.h"

G_BEGIN_DECLS

/**
 * PosternPostfixCandidate:
 *
 * A copy of an instance's main.cf and master.cf in which Postfix's own programs make the changes and are asked what
 * they think of it, before it takes the place of the live files: master.cf first, which nobody reads before a reload,
 * then main.cf, by one rename. Everything else that an administrator has written in them stays as it is.
 */
typedef struct _PosternPostfixCandidate PosternPostfixCandidate;

/**
 * postern_postfix_candidate_new:
 * @host: the instance; must outlive the candidate
 * @scratch: a directory for the copy; what is in it is removed
 * @settings: what main.cf shall say
 * @mark: (nullable): the mark that the private listener shall greet with, or %NULL for no such listener
 * @originals: the files as they were before posternd set anything; for a candidate without posternd's listener. A file
 * in which nothing but posternd's own settings has changed since becomes to the letter what it was, with its comments
 * and line breaks
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (nullable): the candidate
 */
PosternPostfixCandidate *postern_postfix_candidate_new (PosternPostfixHost *host, const char *scratch,
                                                        PosternSettings *settings, const char *mark,
                                                        const PosternPostfixOriginals *originals, GError **error);
void postern_postfix_candidate_free (PosternPostfixCandidate *self);

/** postern_postfix_candidate_is_live: Returns: whether the live files say the same already */
gboolean postern_postfix_candidate_is_live (PosternPostfixCandidate *self);

/**
 * postern_postfix_candidate_check:
 * @self: a candidate
 * @error: return location for an error, or %NULL
 *
 * Lets postconf read it (new warnings are errors) and an smtpd start with it, which tells what would stop every smtpd.
 * It does not run “postfix check”: that looks at the ownership of directories, which have not changed.
 */
gboolean postern_postfix_candidate_check (PosternPostfixCandidate *self, GError **error);

/** postern_postfix_candidate_install_services: master.cf; fails if the live one has changed meanwhile */
gboolean postern_postfix_candidate_install_services (PosternPostfixCandidate *self, GError **error);
/** postern_postfix_candidate_install_parameters: main.cf; fails if the live one has changed meanwhile */
gboolean postern_postfix_candidate_install_parameters (PosternPostfixCandidate *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternPostfixCandidate, postern_postfix_candidate_free)

G_END_DECLS
