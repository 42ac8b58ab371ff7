/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-api.h"

#include <string.h>

#include "probe/postern-dns.h"

#define STATE_LIFETIME (2 * G_USEC_PER_SEC)
/* Of what DNS says: when it is silent it takes a while to find out. The second of two name servers is only asked after
 * five seconds (resolv.conf(5)). */
#define DNS_LIFETIME (15 * G_USEC_PER_SEC)
#define DNS_MILLISECONDS 6000
#define MOST_PROBES 4
#define MOST_OUTGOING_PROBES 120 /* in a minute */
#define MINUTE (60 * G_USEC_PER_SEC)

struct _PosternApi {
    PosternStore *store;
    PosternApplier *applier;
    PosternPostfixHost *host;
    PosternMailLog *mail_log;
    PosternScanner *scanner;
    char *node;
    int probes;

    GMutex lock; /* for what follows */
    gint64 asked;
    gboolean asking;
    gboolean running;
    char *version;
    gboolean scanning;
    char *scanner_version;
    PosternRspamdSettings *scanner_settings; /* read once it can be read */
    gint64 dns_asked;
    gboolean asking_dns;
    gboolean dns_answers;
    gint64 minute; /* when the minute began in which there were so many outgoing probes */
    guint outgoing;
};

/* Where it listens is read from its files once, which takes it half a second; nobody changes that often. */
static gboolean
ask_scanner (PosternApi *self, char **version)
{
    PosternRspamdHost *host = self->scanner ? postern_scanner_get_host (self->scanner) : NULL;
    g_autoptr (PosternRspamdSettings) last = NULL;

    if (host == NULL)
        return FALSE;
    if (self->scanner_settings == NULL)
        self->scanner_settings = postern_rspamd_host_read_settings (host, NULL, NULL);
    *version = self->scanner_version ? g_strdup (self->scanner_version) : postern_rspamd_host_get_version (host, NULL);
    if (self->scanner_settings)
        return postern_rspamd_host_is_running (host, self->scanner_settings);
    last = postern_scanner_recall (self->scanner);
    return last && postern_rspamd_host_is_running (host, last);
}

/* Takes Postfix some hundredths of a second, or some seconds if its configuration is broken: nobody waits for it. */
static void
ask_mta (PosternApi *self)
{
    char *version = postern_postfix_host_get_version (self->host, NULL);
    gboolean running = postern_postfix_host_is_running (self->host, NULL);
    char *scanner_version = NULL;
    gboolean scanning = ask_scanner (self, &scanner_version);
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

    g_free (self->version);
    self->version = version;
    self->running = running;
    g_free (self->scanner_version);
    self->scanner_version = scanner_version;
    self->scanning = scanning;
    self->asked = g_get_monotonic_time ();
    self->asking = FALSE;
}

PosternApi *
postern_api_new (PosternStore *store, PosternApplier *applier, PosternPostfixHost *host, PosternMailLog *mail_log,
                 PosternScanner *scanner, const char *node)
{
    PosternApi *self = g_new0 (PosternApi, 1);

    self->store = g_object_ref (store);
    self->applier = g_object_ref (applier);
    self->host = host;
    self->mail_log = mail_log;
    self->scanner = scanner;
    self->node = g_strdup (node);
    g_mutex_init (&self->lock);
    if (self->host)
        ask_mta (self);
    return self;
}

void
postern_api_free (PosternApi *self)
{
    g_object_unref (self->store);
    g_object_unref (self->applier);
    g_free (self->node);
    g_free (self->version);
    g_free (self->scanner_version);
    g_clear_pointer (&self->scanner_settings, postern_rspamd_settings_free);
    g_mutex_clear (&self->lock);
    g_free (self);
}

PosternStore *
postern_api_get_store (PosternApi *self)
{
    return self->store;
}

PosternApplier *
postern_api_get_applier (PosternApi *self)
{
    return self->applier;
}

PosternPostfixHost *
postern_api_get_host (PosternApi *self)
{
    return self->host;
}

PosternMailLog *
postern_api_get_mail_log (PosternApi *self)
{
    return self->mail_log;
}

PosternScanner *
postern_api_get_scanner (PosternApi *self)
{
    return self->scanner;
}

const char *
postern_api_get_node (PosternApi *self)
{
    return self->node;
}

/* Whether it is time to ask again, and nobody else does. */
static gboolean
begin_asking (PosternApi *self)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

    if (self->asking || g_get_monotonic_time () - self->asked <= STATE_LIFETIME)
        return FALSE;
    self->asking = TRUE;
    return TRUE;
}

const char *
postern_api_get_mta_state (PosternApi *self, char **version)
{
    g_autoptr (GMutexLocker) locker = NULL;

    *version = NULL;
    if (self->host == NULL)
        return "none";
    if (begin_asking (self))
        ask_mta (self);
    locker = g_mutex_locker_new (&self->lock);
    *version = g_strdup (self->version);
    return self->running ? "running" : "stopped";
}

const char *
postern_api_get_scanner_state (PosternApi *self, char **version)
{
    g_autoptr (GMutexLocker) locker = NULL;

    *version = NULL;
    if (self->scanner == NULL)
        return "none";
    if (begin_asking (self))
        ask_mta (self);
    locker = g_mutex_locker_new (&self->lock);
    *version = g_strdup (self->scanner_version);
    return self->scanning ? "running" : "stopped";
}

static gboolean
begin_asking_dns (PosternApi *self)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

    if (self->asking_dns || (self->dns_asked != 0 && g_get_monotonic_time () - self->dns_asked <= DNS_LIFETIME))
        return FALSE;
    self->asking_dns = TRUE;
    return TRUE;
}

/* Its own name is one that its name servers can say something about; a resolver need not pass on one without a dot. */
static void
ask_dns (PosternApi *self)
{
    const char *name = strchr (self->node, '.') ? self->node : "example.com";
    gboolean answers = postern_dns_answers (name, DNS_MILLISECONDS, NULL);
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

    self->dns_answers = answers;
    self->dns_asked = g_get_monotonic_time ();
    self->asking_dns = FALSE;
}

const char *
postern_api_get_dns_state (PosternApi *self)
{
    g_autoptr (GMutexLocker) locker = NULL;

    if (self->host && begin_asking_dns (self))
        ask_dns (self);
    locker = g_mutex_locker_new (&self->lock);
    if (self->dns_asked == 0)
        return "unknown";
    return self->dns_answers ? "answering" : "silent";
}

/* Returns how many seconds to wait until there may be one more. */
static guint
count_outgoing (PosternApi *self)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
    gint64 now = g_get_monotonic_time ();

    if (self->minute == 0 || now - self->minute >= MINUTE) {
        self->minute = now;
        self->outgoing = 0;
    }
    if (self->outgoing >= MOST_OUTGOING_PROBES)
        return (guint)((self->minute + MINUTE - now) / G_USEC_PER_SEC) + 1;
    self->outgoing++;
    return 0;
}

guint
postern_api_begin_probe (PosternApi *self, gboolean outgoing)
{
    guint wait = 1;

    if (g_atomic_int_add (&self->probes, 1) < MOST_PROBES)
        wait = outgoing ? count_outgoing (self) : 0;
    if (wait > 0)
        postern_api_end_probe (self);
    return wait;
}

void
postern_api_end_probe (PosternApi *self)
{
    g_atomic_int_add (&self->probes, -1);
}
