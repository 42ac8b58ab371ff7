/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * PosternPmgForm:
 *
 * The parameters of a call as application/x-www-form-urlencoded, the way pve-http-server reads it: it splits at “&” and
 * “;” and cuts a value at a second “=”, so everything but the unreserved characters of RFC 3986 is percent-encoded.
 * No value may hold a control character: Proxmox writes names and comments into a file of lines as they are.
 */
typedef GString PosternPmgForm;

PosternPmgForm *postern_pmg_form_new (void);
PosternPmgForm *postern_pmg_form_copy (const PosternPmgForm *self);
void postern_pmg_form_free (PosternPmgForm *self);

/* postern_pmg_form_add: adds @name, which is not there yet */
void postern_pmg_form_add (PosternPmgForm *self, const char *name, const char *value);
void postern_pmg_form_add_number (PosternPmgForm *self, const char *name, guint value);

/* postern_pmg_form_escape: Returns: (transfer full): @text for a path or a form; “/” and “:” are encoded as well */
char *postern_pmg_form_escape (const char *text);

/* postern_pmg_form_is_clean: Returns: whether @text is ASCII without control characters */
gboolean postern_pmg_form_is_clean (const char *text);

G_END_DECLS
