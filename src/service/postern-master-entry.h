/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PosternMasterEntry:
 * @service: such as "smtp", "10.0.0.2:25" or "[2001:db8::2]:smtp"
 * @type: such as "inet", "pass", "unix"
 * @chroot: "y", "n" or "-"
 * @command: such as "smtpd"
 * @arguments: the command's arguments as they are written, such as "-o smtpd_tls_security_level=may -v"
 *
 * A service of master.cf, as “postconf -M” prints it on one line (master(5)).
 */
typedef struct {
    char *service;
    char *type;
    char *chroot;
    char *command;
    char *arguments;
} PosternMasterEntry;

/** postern_master_entry_parse: Returns: (transfer full) (nullable): the service on @line, or %NULL if it is none */
PosternMasterEntry *postern_master_entry_parse (const char *line);
void postern_master_entry_free (PosternMasterEntry *self);

/** postern_master_entry_parse_all: Returns: (transfer full) (element-type PosternMasterEntry): all services of
 * @listing, in order */
GPtrArray *postern_master_entry_parse_all (const char *listing);

/** postern_master_entry_split_arguments: Returns: (transfer full) (array zero-terminated=1): the arguments as the
 * command gets them: “{a = b}” is one, without its braces */
char **postern_master_entry_split_arguments (PosternMasterEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternMasterEntry, postern_master_entry_free)

G_END_DECLS
