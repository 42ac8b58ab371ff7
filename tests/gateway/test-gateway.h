/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-api-gateway.h"

G_BEGIN_DECLS

#define TEST_TOKEN "s3cret-T0ken.that_must~never+show/up=="

/* TestEnd: how an answer ends */
typedef enum {
    TEST_END_PROPERLY, /* as HTTP wants it */
    TEST_END_RESET,    /* no answer; the connection is reset */
    TEST_END_SILENCE,  /* no answer, and the connection stays */
    TEST_END_TRUNCATE, /* the connection is closed in the middle of the body */
    TEST_END_FLOOD,    /* the body does not end, fast */
    TEST_END_DRIP,     /* the body does not end, a byte at a time */
} TestEnd;

/*
 * TestFault:
 * @name: for messages
 * @method: (nullable): the requests that are answered so; %NULL: any
 * @path: (nullable): their path; %NULL: any
 * @skip: how many such requests are answered well before
 * @times: how many are answered badly; 0: all from then on
 * @carry_out: whether what was asked for is done all the same
 * @delay_ms: only after this time, while other writes are told to wait (409)
 * @status: the status; 0 for the good answer's
 * @content_type: (nullable): its content type
 * @headers: (nullable): other headers, each with CR LF
 * @body: (nullable): its body
 * @end: how it ends
 *
 * One way in which a gateway can misbehave.
 */
typedef struct {
    const char *name;
    const char *method;
    const char *path;
    guint skip;
    guint times;
    gboolean carry_out;
    guint delay_ms;
    guint status;
    const char *content_type;
    const char *headers;
    const char *body;
    TestEnd end;
} TestFault;

/*
 * TestGateway:
 *
 * A gateway that speaks the Gateway API over TLS on 127.0.0.1 from a thread of its own: it keeps a real plan and its
 * revisions, heeds If-Match and the token, and misbehaves as it is told. It is the truth that a client's claims are
 * compared with.
 */
typedef struct _TestGateway TestGateway;

TestGateway *test_gateway_new (GTlsCertificate *certificate);
void test_gateway_free (TestGateway *self);

/* test_gateway_misbehave: @fault: (nullable): how from now on; it must outlive its use */
void test_gateway_misbehave (TestGateway *self, const TestFault *fault);
void test_gateway_set_certificate (TestGateway *self, GTlsCertificate *certificate);
/* test_gateway_tell_mail: @entry: JSON, as the contract has it: its mail server has dealt with a message */
void test_gateway_tell_mail (TestGateway *self, const char *entry);
/* test_gateway_change: someone else makes @plan live, right now */
void test_gateway_change (TestGateway *self, PosternPlan *plan);
/* test_gateway_change_at: someone else makes @plan live after the gateway has answered @n more requests */
void test_gateway_change_at (TestGateway *self, PosternPlan *plan, guint n);
/* test_gateway_distort: @plan: (nullable): what it makes live whatever it is told */
void test_gateway_distort (TestGateway *self, PosternPlan *plan);

/* What a client cannot know: the truth. */
PosternPlan *test_gateway_dup_plan (TestGateway *self);
guint test_gateway_get_revision (TestGateway *self);
guint test_gateway_count_requests (TestGateway *self, const char *method);
/* test_gateway_count_tokens: how many requests came with any Authorization header */
guint test_gateway_count_tokens (TestGateway *self);
guint64 test_gateway_count_flood (TestGateway *self);

PosternGatewayAddress *test_gateway_dup_address (TestGateway *self);
/* test_gateway_connect: a client that pins the certificate, with short time limits */
PosternGateway *test_gateway_connect (TestGateway *self, guint deadline_seconds);

/* test_plan: a plan of example.com and, with @domain, of another one */
PosternPlan *test_plan (const char *domain);

/* test_assert_error: it is @code, says something, and no secret */
void test_assert_error (GError *error, PosternGatewayError code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestGateway, test_gateway_free)

G_END_DECLS
