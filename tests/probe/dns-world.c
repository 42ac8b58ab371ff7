/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dns-world.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

static char *obstacle;
static char *resolv_conf;
static GSubprocess *dnsmasq;

static void
give_up (const char *what)
{
    if (obstacle == NULL)
        obstacle = g_strdup_printf ("%s: %s", what, g_strerror (errno));
}

static void
write_proc (const char *path, const char *text)
{
    int fd = open (path, O_WRONLY | O_CLOEXEC);

    if (fd < 0 || write (fd, text, strlen (text)) < 0)
        give_up (path);
    if (fd >= 0)
        close (fd);
}

/* As root the namespaces as they are; as anyone else inside a user namespace in which this user is root. */
static void
unshare_world (void)
{
    g_autofree char *uid_map = g_strdup_printf ("0 %u 1", getuid ());

    if (unshare (CLONE_NEWNET | CLONE_NEWNS) == 0)
        return;
    if (unshare (CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS) != 0) {
        give_up ("no network namespace");
        return;
    }
    write_proc ("/proc/self/uid_map", uid_map);
}

static void
raise_loopback (void)
{
    struct ifreq request = { .ifr_name = "lo" };
    int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    request.ifr_flags = IFF_UP | IFF_RUNNING;
    if (fd < 0 || ioctl (fd, SIOCSIFFLAGS, &request) != 0)
        give_up ("no loopback");
    if (fd >= 0)
        close (fd);
}

/* Puts a file of ours in the place of a system's file; returns where it is. */
static char *
replace_file (const char *path, const char *contents)
{
    char *ours = NULL;
    int fd = g_file_open_tmp ("postern-dns-XXXXXX", &ours, NULL);

    g_assert_cmpint (fd, >=, 0);
    close (fd);
    g_assert_true (g_file_set_contents_full (ours, contents, -1, G_FILE_SET_CONTENTS_NONE, 0644, NULL));
    if (mount (ours, path, NULL, MS_BIND, NULL) != 0)
        give_up (path);
    return ours;
}

void
dns_world_enter (void)
{
    g_autofree char *nsswitch = NULL;

    unshare_world ();
    if (obstacle != NULL)
        return;
    if (mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
        give_up ("no private mounts");
    raise_loopback ();
    resolv_conf = replace_file ("/etc/resolv.conf", "nameserver 127.0.0.1\n");
    nsswitch = replace_file ("/etc/nsswitch.conf", "hosts: dns\n");
    g_remove (nsswitch);
}

void
dns_world_ask (const char *server)
{
    g_autofree char *line = g_strdup_printf ("nameserver %s\n", server);
    int fd = open (resolv_conf, O_WRONLY | O_TRUNC | O_CLOEXEC);

    /* In place: what is mounted is the file, not its name. */
    g_assert_cmpint (fd, >=, 0);
    g_assert_cmpint (write (fd, line, strlen (line)), ==, (gssize)strlen (line));
    close (fd);
}

static void
die_with_parent (gpointer data)
{
    prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static gboolean
wait_until_started (void)
{
    g_autoptr (GDataInputStream) log = g_data_input_stream_new (g_subprocess_get_stderr_pipe (dnsmasq));
    g_autofree char *line = NULL;

    while ((line = g_data_input_stream_read_line (log, NULL, NULL, NULL)) != NULL) {
        g_test_message ("%s", line);
        if (strstr (line, "started") != NULL)
            return TRUE;
        g_clear_pointer (&line, g_free);
    }
    return FALSE;
}

gboolean
dns_world_start (const char *const *records)
{
    /* Without --no-daemon it wants to change its user and groups, which only real root can. */
    static const char *const base[] = { "dnsmasq",
                                        "--conf-file=/dev/null",
                                        "--no-daemon",
                                        "--no-resolv",
                                        "--no-hosts",
                                        "--pid-file",
                                        "--bind-interfaces",
                                        "--local=/test/",
                                        "--listen-address=127.0.0.1" };
    g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    g_auto (GStrv) arguments = NULL;
    g_autoptr (GError) error = NULL;

    if (obstacle != NULL) {
        g_test_skip (obstacle);
        return FALSE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS (base); i++)
        g_strv_builder_add (builder, base[i]);
    g_strv_builder_addv (builder, (const char **)records);
    arguments = g_strv_builder_end (builder);
    g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
    dnsmasq = g_subprocess_launcher_spawnv (launcher, (const char *const *)arguments, &error);
    if (g_error_matches (error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT)) {
        g_test_skip ("dnsmasq is not installed");
        return FALSE;
    }
    g_assert_no_error (error);
    g_assert_true (wait_until_started ());
    return TRUE;
}

void
dns_world_stop (void)
{
    if (dnsmasq != NULL) {
        g_subprocess_force_exit (dnsmasq);
        g_subprocess_wait (dnsmasq, NULL, NULL);
    }
    g_clear_object (&dnsmasq);
    if (resolv_conf != NULL)
        g_remove (resolv_conf);
    g_clear_pointer (&resolv_conf, g_free);
    g_clear_pointer (&obstacle, g_free);
}
