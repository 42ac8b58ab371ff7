/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-gateway-detect.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-api-json.h"
#include "gateway/postern-gateway-error.h"
#include "gateway/postern-http.h"
#include "gateway/postern-transport-error.h"
#include "gateway/postern-trust-private.h"

#define DETECT_SECONDS 10

/* One question: is there a gateway of this kind on this port? Each is asked in a thread of its own. */
typedef struct {
    PosternGatewayKind kind;
    PosternGatewayAddress *address;
    GCancellable *cancellable;
    gboolean is_there;
    GError *error; /* why nothing answered; NULL if something did */
} Question;

static gboolean
is_postern (const PosternHttpResponse *response)
{
    g_autoptr (PosternGatewayInfo) info = NULL;

    if (response->status != 200)
        return FALSE;
    info = postern_api_json_parse_info (response->body, NULL);
    return info != NULL;
}

/*
 * Proxmox asks for a ticket before it says anything, and says so in the reason phrase. So does Proxmox VE, which has
 * the same port; that one is told apart at the login.
 */
static gboolean
is_pmg (const PosternHttpResponse *response)
{
    return response->status == 401 && response->reason != NULL &&
           g_ascii_strcasecmp (response->reason, "No ticket") == 0;
}

static gpointer
ask (gpointer data)
{
    Question *question = data;
    PosternHttpRequest request = {
        .method = "GET",
        .path = question->kind == POSTERN_GATEWAY_KIND_PMG ? "/api2/json/version" : "/api/v1",
        .idle_seconds = DETECT_SECONDS,
        .deadline_seconds = DETECT_SECONDS,
    };
    g_autoptr (PosternTrust) trust = postern_trust_new_any ();
    g_autoptr (PosternHttpResponse) response =
        postern_http_send (question->address, trust, &request, question->cancellable, &question->error);

    if (response != NULL)
        question->is_there = question->kind == POSTERN_GATEWAY_KIND_PMG ? is_pmg (response) : is_postern (response);
    return NULL;
}

static void
question_free (gpointer data)
{
    Question *question = data;

    postern_gateway_address_unref (question->address);
    g_clear_object (&question->cancellable);
    g_clear_error (&question->error);
    g_free (question);
}

static GPtrArray *
make_questions (PosternGatewayAddress *address, GCancellable *cancellable)
{
    const struct {
        PosternGatewayKind kind;
        guint16 port;
    } candidates[] = {
        { POSTERN_GATEWAY_KIND_POSTERN, 8443 },
        { POSTERN_GATEWAY_KIND_PMG, 8006 },
        { POSTERN_GATEWAY_KIND_POSTERN, 443 },
    };
    guint16 port = postern_gateway_address_get_port (address);
    /* With a port there is nothing to choose but the kind. */
    gsize n = port != 0 ? 2 : G_N_ELEMENTS (candidates);
    GPtrArray *questions = g_ptr_array_new_with_free_func (question_free);

    for (gsize i = 0; i < n; i++) {
        Question *question = g_new0 (Question, 1);

        question->kind = candidates[i].kind;
        question->address =
            postern_gateway_address_with_kind (address, question->kind, port != 0 ? port : candidates[i].port);
        question->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
        g_ptr_array_add (questions, question);
    }
    return questions;
}

static void
ask_all (GPtrArray *questions)
{
    g_autoptr (GPtrArray) threads = g_ptr_array_new ();

    for (guint i = 0; i < questions->len; i++)
        g_ptr_array_add (threads, g_thread_new ("postern-detect", ask, questions->pdata[i]));
    for (guint i = 0; i < threads->len; i++)
        g_thread_join (threads->pdata[i]);
}

/* Nothing that we know has answered. The first question is about the port where a gateway would be; its trouble is
 * told. */
static void
explain (GPtrArray *questions, PosternGatewayAddress *address, GError **error)
{
    g_autofree char *shown = postern_gateway_address_to_display (address);
    Question *first = questions->pdata[0];

    for (guint i = 0; i < questions->len; i++) {
        Question *question = questions->pdata[i];

        if (question->error != NULL && question->error->domain != POSTERN_GATEWAY_ERROR) {
            g_propagate_error (error, g_steal_pointer (&question->error));
            return;
        }
        if (question->error == NULL) {
            g_set_error (
                error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL,
                /* Translators: %s is a host. */
                _ ("Something answers at %s, but it is neither a Postern gateway nor a Proxmox Mail Gateway. Check the "
                   "address and the port, or choose the type by hand."),
                shown);
            return;
        }
    }
    g_propagate_error (error, g_steal_pointer (&first->error));
}

PosternGatewayAddress *
postern_gateway_detect_kind (PosternGatewayAddress *address, GCancellable *cancellable, GError **error)
{
    g_autoptr (GPtrArray) questions = NULL;

    g_return_val_if_fail (address != NULL, NULL);
    g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

    if (postern_gateway_address_get_kind (address) != POSTERN_GATEWAY_KIND_UNKNOWN)
        return postern_gateway_address_ref (address);
    questions = make_questions (address, cancellable);
    ask_all (questions);
    for (guint i = 0; i < questions->len; i++) {
        Question *question = questions->pdata[i];

        if (question->is_there)
            return postern_gateway_address_ref (question->address);
    }
    explain (questions, address, error);
    return NULL;
}
