/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-gateway.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>
#include <sys/socket.h>

#include "plan/postern-plan-json.h"
#include "plan/postern-verdict.h"

struct _TestGateway {
    GThread *thread;
    GMainContext *context;
    GMainLoop *loop;
    SoupServer *server;
    guint16 port;

    GMutex mutex;         /* what follows is shared with the test */
    GPtrArray *revisions; /* of PosternPlan; the last is live */
    PosternPlan *distorted;
    PosternPlan *others;
    guint others_in;
    const TestFault *fault;
    guint matched;
    gboolean busy;
    GPtrArray *methods;
    guint tokens;
    guint64 flood;
    GString *mail; /* JSON: the entries of the mail log, with commas between them */
    guint n_mail;
    GPtrArray *silent;  /* of GIOStream: kept open */
    GPtrArray *writers; /* of GThread */
    gboolean over;
};

/* One answer, before it is sent. */
typedef struct {
    guint status;
    const char *content_type;
    char *headers;
    char *body;
} Answer;

static void
answer_clear (Answer *answer)
{
    g_free (answer->headers);
    g_free (answer->body);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
answer_with (Answer *answer, guint status, const char *type, char *body)
{
    answer->status = status;
    answer->content_type = type;
    g_free (answer->body);
    answer->body = body;
}

static void
answer_problem (Answer *answer, guint status, const char *code)
{
    answer_with (
        answer, status, "application/problem+json",
        g_strdup_printf (
            "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%u,\"detail\":\"It is so.\",\"code\":\"%s\"}", code,
            status, code));
}

static guint
get_current (TestGateway *self)
{
    return self->revisions->len - 1;
}

static void
add_revision (TestGateway *self, PosternPlan *plan)
{
    if (!postern_plan_equal (plan, self->revisions->pdata[get_current (self)]))
        g_ptr_array_add (self->revisions, postern_plan_copy (self->distorted != NULL ? self->distorted : plan));
}

static void
say_written (TestGateway *self, Answer *answer)
{
    answer->headers = g_strdup_printf ("ETag: \"%u\"\r\n", get_current (self));
    answer_with (answer, 200, "application/json",
                 g_strdup_printf ("{\"revision\":%u,\"proof\":[]}", get_current (self)));
}

static gboolean
check_match (TestGateway *self, SoupServerMessage *message, Answer *answer)
{
    const char *etag = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "If-Match");
    g_autofree char *current = g_strdup_printf ("\"%u\"", get_current (self));

    if (etag == NULL)
        answer_problem (answer, 428, "if-match-required");
    else if (self->busy)
        answer_problem (answer, 409, "push-in-progress");
    else if (!g_str_equal (etag, current))
        answer_problem (answer, 412, "revision-changed");
    else
        return TRUE;
    return FALSE;
}

static PosternPlan *
parse_body (SoupServerMessage *message)
{
    g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
    gsize length;
    const char *data = g_bytes_get_data (body, &length);

    return postern_plan_from_json (data, length, POSTERN_PLAN_FORM_API, NULL, NULL);
}

static void
do_put (TestGateway *self, SoupServerMessage *message, Answer *answer)
{
    g_autoptr (PosternPlan) plan = parse_body (message);

    if (!check_match (self, message, answer))
        return;
    if (plan == NULL) {
        answer_problem (answer, 422, "invalid-configuration");
        return;
    }
    add_revision (self, plan);
    say_written (self, answer);
}

static void
do_get (TestGateway *self, Answer *answer)
{
    PosternPlan *plan = self->revisions->pdata[get_current (self)];

    answer->headers = g_strdup_printf ("ETag: \"%u\"\r\n", get_current (self));
    answer_with (answer, 200, "application/json", postern_plan_to_json (plan, POSTERN_PLAN_FORM_API, NULL));
}

static void
do_list (TestGateway *self, Answer *answer)
{
    GString *body = g_string_new ("{\"revisions\":[");

    for (guint i = 1; i < self->revisions->len; i++)
        g_string_append_printf (
            body,
            "%s{\"revision\":%u,\"created\":\"2026-08-0%uT10:00:00Z\",\"by\":\"test\",\"current\":%s,"
            "\"changes\":%u}",
            i > 1 ? "," : "", i, 1 + i % 9, i == get_current (self) ? "true" : "false", i);
    g_string_append (body, "]}");
    answer_with (answer, 200, "application/json", g_string_free_and_steal (body));
}

static void
do_revision (TestGateway *self, SoupServerMessage *message, const char *rest, Answer *answer)
{
    char *end;
    guint64 n = g_ascii_strtoull (rest, &end, 10);
    g_autofree char *plan = NULL;

    if (n >= self->revisions->len) {
        answer_problem (answer, 404, "not-found");
    } else if (g_str_equal (end, "/restore")) {
        if (!check_match (self, message, answer))
            return;
        g_ptr_array_add (self->revisions, postern_plan_copy (self->revisions->pdata[n]));
        say_written (self, answer);
    } else {
        plan = postern_plan_to_json (self->revisions->pdata[n], POSTERN_PLAN_FORM_API, NULL);
        answer_with (answer, 200, "application/json",
                     g_strdup_printf ("{\"revision\":%" G_GUINT64_FORMAT
                                      ",\"created\":\"2026-08-01T10:00:00Z\",\"by\":\"test\","
                                      "\"current\":false,\"changes\":1,\"configuration\":%s}",
                                      n, plan));
    }
}

/* What a mail server with the live configuration answers; behind it, everyone but postern-… exists. */
static void
answer_flow (TestGateway *self, const char *client, const char *recipient, Answer *answer)
{
    static const char *const replies[] = {
        [POSTERN_VERDICT_ACCEPTED] = "\"accepted\",\"reply\":\"250 2.1.5 Ok\"",
        [POSTERN_VERDICT_VERIFIED] =
            "\"refused\",\"reply\":\"550 5.1.1 Recipient address rejected: Address lookup failed\"",
        [POSTERN_VERDICT_REFUSED] = "\"refused\",\"reply\":\"554 5.7.1 Relay access denied\"",
    };
    PosternVerdict verdict;
    PosternVerdictOutcome outcome;

    g_assert_true (
        postern_plan_judge_text (self->revisions->pdata[get_current (self)], client, recipient, &verdict, NULL));
    outcome = verdict.outcome;
    if (outcome == POSTERN_VERDICT_VERIFIED && !g_str_has_prefix (recipient, "postern-"))
        outcome = POSTERN_VERDICT_ACCEPTED;
    answer_with (answer, 200, "application/json",
                 g_strdup_printf ("{\"kind\":\"flow\",\"stage\":\"rcpt\",\"verdict\":%s}", replies[outcome]));
}

static void
do_probe (TestGateway *self, SoupServerMessage *message, Answer *answer)
{
    g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
    g_autoptr (JsonParser) parser = json_parser_new ();
    JsonObject *object;

    g_assert_true (json_parser_load_from_data (parser, g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL));
    object = json_node_get_object (json_parser_get_root (parser));
    g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, "flow");
    g_assert_true (json_object_has_member (object, "sender"));
    answer_flow (self, json_object_get_string_member (object, "client"),
                 json_object_get_string_member (object, "recipient"), answer);
}

/* The cursor is how many entries there are; only what came since is told. */
static void
answer_mail_log (TestGateway *self, GHashTable *query, Answer *answer)
{
    const char *after = query != NULL ? g_hash_table_lookup (query, "after") : NULL;
    gboolean known = after != NULL && g_ascii_strtoull (after, NULL, 10) == self->n_mail;

    answer_with (
        answer, 200, "application/json",
        g_strdup_printf ("{\"source\":\"file\",\"cursor\":\"%u\",\"gap\":false,\"more\":false,\"entries\":[%s]}",
                         self->n_mail, known ? "" : self->mail->str));
    if (!known)
        g_string_truncate (self->mail, 0);
}

static void
carry_out (TestGateway *self, SoupServerMessage *message, GHashTable *query, Answer *answer)
{
    const char *method = soup_server_message_get_method (message);
    const char *path = g_uri_get_path (soup_server_message_get_uri (message));
    const char *authorization =
        soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");

    if (g_str_equal (path, "/api/v1"))
        answer_with (
            answer, 200, "application/json",
            g_strdup ("{\"product\":\"posternd\",\"version\":\"9.9\",\"api\":1,\"node\":\"gw.test\",\"capabilities\":"
                      "[\"flow\",\"check\",\"mail-log\"],\"stored_only\":[\"use_spf\"],\"mta\":{\"name\":\"Postfix\","
                      "\"version\":"
                      "\"3.10.5\",\"state\":\"running\"}}"));
    else if (authorization == NULL)
        answer_problem (answer, 401, "token-required");
    else if (!g_str_equal (authorization, "Bearer " TEST_TOKEN))
        answer_problem (answer, 401, "token-unknown");
    else if (g_str_equal (path, "/api/v1/configuration") && g_str_equal (method, "PUT"))
        do_put (self, message, answer);
    else if (g_str_equal (path, "/api/v1/configuration"))
        do_get (self, answer);
    else if (g_str_equal (path, "/api/v1/configuration/check"))
        answer_with (
            answer, 200, "application/json",
            g_strdup (
                "{\"revision\":1,\"findings\":[{\"code\":\"gateway-gap\",\"severity\":\"note\",\"page\":\"checks\","
                "\"message\":\"Not enforced.\"}],\"changes\":[]}"));
    else if (g_str_equal (path, "/api/v1/revisions"))
        do_list (self, answer);
    else if (g_str_has_prefix (path, "/api/v1/revisions/"))
        do_revision (self, message, path + strlen ("/api/v1/revisions/"), answer);
    else if (g_str_equal (path, "/api/v1/mail-log"))
        answer_mail_log (self, query, answer);
    else if (g_str_equal (path, "/api/v1/probes"))
        do_probe (self, message, answer);
    else
        answer_problem (answer, 404, "not-found");
}

/* The fault if this request is to be answered by it. */
static const TestFault *
match_fault (TestGateway *self, SoupServerMessage *message)
{
    const TestFault *fault = self->fault;
    const char *path = g_uri_get_path (soup_server_message_get_uri (message));

    if (fault == NULL || (fault->path != NULL && !g_str_equal (fault->path, path)) ||
        (fault->method != NULL && !g_str_equal (fault->method, soup_server_message_get_method (message))))
        return NULL;
    self->matched++;
    if (self->matched <= fault->skip || (fault->times > 0 && self->matched > fault->skip + fault->times))
        return NULL;
    return fault;
}

/* What is written past HTTP: by a thread of its own, until the client is fed up or all is said. */
typedef struct {
    TestGateway *gateway;
    GIOStream *stream;
    char *head;
    TestEnd end;
} Writing;

static gboolean
is_over (TestGateway *self)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

    return self->over;
}

static void
pour (Writing *writing)
{
    GOutputStream *output = g_io_stream_get_output_stream (writing->stream);
    g_autofree char *filling = g_strnfill (writing->end == TEST_END_DRIP ? 1 : 65536, ' ');

    while (!is_over (writing->gateway) &&
           g_output_stream_write_all (output, filling, strlen (filling), NULL, NULL, NULL)) {
        g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&writing->gateway->mutex);

        writing->gateway->flood += strlen (filling);
        if (writing->end == TEST_END_DRIP)
            g_usleep (50 * 1000);
    }
}

static gpointer
write_out (gpointer data)
{
    Writing *writing = data;
    GOutputStream *output = g_io_stream_get_output_stream (writing->stream);

    if (g_output_stream_write_all (output, writing->head, strlen (writing->head), NULL, NULL, NULL) &&
        (writing->end == TEST_END_FLOOD || writing->end == TEST_END_DRIP))
        pour (writing);
    g_io_stream_close (writing->stream, NULL, NULL);
    g_object_unref (writing->stream);
    g_free (writing->head);
    g_free (writing);
    return NULL;
}

static void
reset (GSocket *socket)
{
    const struct linger linger = { .l_onoff = 1 };

    setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    g_socket_close (socket, NULL);
}

static void
misanswer (TestGateway *self, SoupServerMessage *message, const Answer *answer, TestEnd end)
{
    g_autoptr (GSocket) socket = g_object_ref (soup_server_message_get_socket (message));
    g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
    Writing *writing;

    if (end == TEST_END_RESET)
        reset (socket);
    if (end == TEST_END_SILENCE)
        g_ptr_array_add (self->silent, g_object_ref (stream));
    if (end == TEST_END_RESET || end == TEST_END_SILENCE)
        return;
    writing = g_new0 (Writing, 1);
    writing->gateway = self;
    writing->stream = g_steal_pointer (&stream);
    writing->end = end;
    writing->head = g_strdup_printf (
        "HTTP/1.1 %u X\r\nContent-Type: %s\r\nContent-Length: %s\r\n%s\r\n%.5s", answer->status, answer->content_type,
        end == TEST_END_TRUNCATE ? "5000" : "9000000000", answer->headers != NULL ? answer->headers : "", answer->body);
    g_ptr_array_add (self->writers, g_thread_new ("writer", write_out, writing));
}

static void
send_answer (SoupServerMessage *message, const Answer *answer)
{
    g_auto (GStrv) lines = g_strsplit (answer->headers != NULL ? answer->headers : "", "\r\n", -1);
    SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

    soup_server_message_set_status (message, answer->status, NULL);
    soup_server_message_set_response (message, answer->content_type, SOUP_MEMORY_COPY, answer->body,
                                      strlen (answer->body));
    for (gsize i = 0; lines[i] != NULL; i++) {
        char *colon = strchr (lines[i], ':');

        if (colon == NULL)
            continue;
        *colon = '\0';
        soup_message_headers_replace (headers, lines[i], g_strstrip (colon + 1));
    }
}

static void
distort (Answer *answer, const TestFault *fault)
{
    if (fault->status != 0)
        answer->status = fault->status;
    if (fault->content_type != NULL)
        answer->content_type = fault->content_type;
    if (fault->headers != NULL) {
        g_free (answer->headers);
        answer->headers = g_strdup (fault->headers);
    }
    if (fault->body != NULL) {
        g_free (answer->body);
        answer->body = g_strdup (fault->body);
    }
}

/* A write that is under way while others are told to wait. */
typedef struct {
    TestGateway *gateway;
    PosternPlan *plan;
} Late;

static gboolean
on_late_cb (gpointer data)
{
    Late *late = data;
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&late->gateway->mutex);

    late->gateway->busy = FALSE;
    add_revision (late->gateway, late->plan);
    g_object_unref (late->plan);
    g_free (late);
    return G_SOURCE_REMOVE;
}

static void
carry_out_late (TestGateway *self, SoupServerMessage *message, guint delay_ms)
{
    g_autoptr (GSource) source = g_timeout_source_new (delay_ms);
    Late *late = g_new0 (Late, 1);

    late->gateway = self;
    late->plan = parse_body (message);
    self->busy = TRUE;
    g_source_set_callback (source, on_late_cb, late, NULL);
    g_source_attach (source, self->context);
}

static void
note (TestGateway *self, SoupServerMessage *message)
{
    g_ptr_array_add (self->methods, g_strdup (soup_server_message_get_method (message)));
    if (soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization") != NULL)
        self->tokens++;
}

static void
on_request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
    TestGateway *self = data;
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
    g_auto (Answer) answer = { .status = 500, .content_type = "text/plain", .body = g_strdup ("nothing") };
    const TestFault *fault = match_fault (self, message);

    note (self, message);
    if (fault != NULL && fault->delay_ms > 0)
        carry_out_late (self, message, fault->delay_ms);
    else if (fault == NULL || fault->carry_out)
        carry_out (self, message, query, &answer);
    if (self->others_in > 0 && --self->others_in == 0)
        add_revision (self, self->others);
    if (fault != NULL)
        distort (&answer, fault);
    if (fault != NULL && fault->end != TEST_END_PROPERLY)
        misanswer (self, message, &answer, fault->end);
    else
        send_answer (message, &answer);
}

static gpointer
serve (gpointer data)
{
    TestGateway *self = data;

    g_main_context_push_thread_default (self->context);
    g_main_loop_run (self->loop);
    g_main_context_pop_thread_default (self->context);
    return NULL;
}

static void
listen_on (TestGateway *self, guint16 port)
{
    g_autoptr (GError) error = NULL;
    g_autoslist (GUri) uris = NULL;

    soup_server_listen_local (self->server, port, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
    g_assert_no_error (error);
    uris = soup_server_get_uris (self->server);
    self->port = g_uri_get_port (uris->data);
}

TestGateway *
test_gateway_new (GTlsCertificate *certificate)
{
    TestGateway *self = g_new0 (TestGateway, 1);

    g_mutex_init (&self->mutex);
    self->context = g_main_context_new ();
    self->loop = g_main_loop_new (self->context, FALSE);
    self->revisions = g_ptr_array_new_with_free_func (g_object_unref);
    self->methods = g_ptr_array_new_with_free_func (g_free);
    self->mail = g_string_new (NULL);
    self->silent = g_ptr_array_new_with_free_func (g_object_unref);
    self->writers = g_ptr_array_new ();
    g_ptr_array_add (self->revisions, postern_plan_new ());
    g_main_context_push_thread_default (self->context);
    self->server = soup_server_new ("tls-certificate", certificate, NULL);
    soup_server_add_handler (self->server, NULL, on_request_cb, self, NULL);
    listen_on (self, 0);
    g_main_context_pop_thread_default (self->context);
    self->thread = g_thread_new ("gateway", serve, self);
    return self;
}

static gboolean
on_quit_cb (gpointer data)
{
    g_main_loop_quit (data);
    return G_SOURCE_REMOVE;
}

static void
drain (GMainContext *context)
{
    while (g_main_context_iteration (context, FALSE))
        ;
}

void
test_gateway_free (TestGateway *self)
{
    g_mutex_lock (&self->mutex);
    self->over = TRUE;
    g_mutex_unlock (&self->mutex);
    g_main_context_invoke (self->context, on_quit_cb, self->loop);
    g_thread_join (self->thread);
    for (guint i = 0; i < self->writers->len; i++)
        g_thread_join (self->writers->pdata[i]);
    g_ptr_array_unref (self->silent);
    g_main_context_push_thread_default (self->context);
    /* libsoup's server does not like to be disconnected in the middle of a handshake that the client has given up. */
    drain (self->context);
    soup_server_disconnect (self->server);
    g_clear_object (&self->server);
    drain (self->context);
    g_main_context_pop_thread_default (self->context);
    g_main_loop_unref (self->loop);
    g_main_context_unref (self->context);
    g_ptr_array_unref (self->writers);
    g_ptr_array_unref (self->revisions);
    g_ptr_array_unref (self->methods);
    g_string_free (self->mail, TRUE);
    g_clear_object (&self->distorted);
    g_clear_object (&self->others);
    g_mutex_clear (&self->mutex);
    g_free (self);
}

void
test_gateway_misbehave (TestGateway *self, const TestFault *fault)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

    self->fault = fault;
    self->matched = 0;
}

void
test_gateway_tell_mail (TestGateway *self, const char *entry)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

    g_string_append_printf (self->mail, "%s%s", self->mail->len > 0 ? "," : "", entry);
    self->n_mail++;
}

void
test_gateway_set_certificate (TestGateway *self, GTlsCertificate *certificate)
{
    soup_server_set_tls_certificate (self->server, certificate);
}

void
test_gateway_change (TestGateway *self, PosternPlan *plan)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

    add_revision (self, plan);
}

void
test_gateway_change_at (TestGateway *self, PosternPlan *plan, guint n)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

    g_set_object (&self->others, plan);
    self->others_in = n;
}

void
test_gateway_distort (TestGateway *self, PosternPlan *plan)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

    g_set_object (&self->distorted, plan);
}

PosternPlan *
test_gateway_dup_plan (TestGateway *self)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

    return postern_plan_copy (self->revisions->pdata[get_current (self)]);
}

guint
test_gateway_get_revision (TestGateway *self)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

    return get_current (self);
}

guint
test_gateway_count_requests (TestGateway *self, const char *method)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
    guint n = 0;

    for (guint i = 0; i < self->methods->len; i++)
        n += g_str_equal (self->methods->pdata[i], method);
    return n;
}

guint
test_gateway_count_tokens (TestGateway *self)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

    return self->tokens;
}

guint64
test_gateway_count_flood (TestGateway *self)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

    return self->flood;
}

PosternGatewayAddress *
test_gateway_dup_address (TestGateway *self)
{
    g_autofree char *text = g_strdup_printf ("https://127.0.0.1:%u", self->port);
    PosternGatewayAddress *address = postern_gateway_address_parse (text, NULL);

    g_assert_nonnull (address);
    return address;
}

PosternGateway *
test_gateway_connect (TestGateway *self, guint deadline_seconds)
{
    g_autoptr (PosternGatewayAddress) address = test_gateway_dup_address (self);
    g_autoptr (PosternCertificate) certificate =
        postern_certificate_new (soup_server_get_tls_certificate (self->server), 0);
    g_autoptr (PosternTrust) trust = postern_trust_new_pin (postern_certificate_get_fingerprint (certificate), NULL);

    return g_object_new (POSTERN_TYPE_API_GATEWAY, "address", address, "trust", trust, "token", TEST_TOKEN,
                         "idle-seconds", deadline_seconds, "deadline-seconds", deadline_seconds, NULL);
}

PosternPlan *
test_plan (const char *domain)
{
    PosternPlan *plan = postern_plan_new ();
    g_autoptr (PosternRoute) route = postern_route_new ("10.0.0.20", 25, FALSE, NULL);

    g_assert_nonnull (postern_plan_add_domain (plan, "example.com", NULL));
    g_assert_nonnull (postern_plan_add_trusted_network (plan, "10.0.0.20", NULL));
    postern_plan_set_internal_server (plan, route);
    if (domain != NULL)
        g_assert_nonnull (postern_plan_add_domain (plan, domain, NULL));
    return plan;
}

void
test_assert_error (GError *error, PosternGatewayError code)
{
    g_assert_error (error, POSTERN_GATEWAY_ERROR, (int)code);
    g_assert_cmpuint (strlen (error->message), >, 20);
    g_assert_null (strstr (error->message, TEST_TOKEN));
}
