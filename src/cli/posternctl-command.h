/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * PosternctlStatus: what the process ends with; part of the command line's contract.
 */
typedef enum {
    POSTERNCTL_OK = 0,
    POSTERNCTL_FAILED = 1,     /* errors in the plan, or the gateway could not be asked */
    POSTERNCTL_UNREADABLE = 2, /* the plan cannot be read, or the command line is wrong */
    POSTERNCTL_CHANGES = 3,    /* diff: there are changes */
    POSTERNCTL_UNDONE = 4,     /* push, restore: the gateway does what it did before */
    POSTERNCTL_STUCK = 5,      /* push, restore: it does something else, or cannot be asked */
    POSTERNCTL_UNPROVEN = 6,   /* verify: not every proof holds */
} PosternctlStatus;

/*
 * PosternctlArguments:
 * @json: one JSON document on standard output
 * @token_file: (nullable): the file with the access token
 * @user: (nullable): the user of a Proxmox Mail Gateway, with its realm
 * @password_file: (nullable): the file with its password
 * @pin: (nullable): the fingerprint of the gateway's certificate
 * @ca_file: (nullable): a file of CAs
 * @words: what is left, as many as the command wants
 *
 * The command line of one command.
 */
typedef struct {
    gboolean json;
    char *token_file;
    char *user;
    char *password_file;
    char *pin;
    char *ca_file;
    char **words;
} PosternctlArguments;

/*
 * PosternctlCommand:
 * @name: "push"
 * @words: what follows the options: "PLAN GATEWAY"
 * @n_words: how many that are
 * @asks_gateway: whether the options of access to a gateway apply
 * @summary: one line
 * @details: (nullable): what the help says below the options: exit statuses
 * @options: (nullable): options of its own
 * @run: does it
 */
typedef struct {
    const char *name;
    const char *words;
    int n_words;
    gboolean asks_gateway;
    const char *summary;
    const char *details;
    const GOptionEntry *options;
    PosternctlStatus (*run) (const PosternctlArguments *arguments);
} PosternctlCommand;

extern const PosternctlCommand posternctl_check_command;
extern const PosternctlCommand posternctl_diff_command;
extern const PosternctlCommand posternctl_fingerprint_command;
extern const PosternctlCommand posternctl_flow_command;
extern const PosternctlCommand posternctl_import_command;
extern const PosternctlCommand posternctl_mail_log_command;
extern const PosternctlCommand posternctl_push_command;
extern const PosternctlCommand posternctl_read_command;
extern const PosternctlCommand posternctl_restore_command;
extern const PosternctlCommand posternctl_resume_command;
extern const PosternctlCommand posternctl_revisions_command;
extern const PosternctlCommand posternctl_show_command;
extern const PosternctlCommand posternctl_verify_command;

/*
 * posternctl_run_command:
 * @argc: the number of @argv
 * @argv: the command's name and what follows it
 *
 * Reads the command line of a command and runs it.
 */
PosternctlStatus posternctl_run_command (const PosternctlCommand *command, int argc, char **argv);

G_END_DECLS
