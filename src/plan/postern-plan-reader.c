/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-plan-reader.h"

#include <glib/gi18n-lib.h>

#include "plan/postern-text.h"

#define MOST_PROBLEMS 1000

void
postern_plan_reader_init (PosternPlanReader *self, PosternJsonStream *stream)
{
    *self = (PosternPlanReader){
        .stream = stream,
        .problems = g_ptr_array_new_with_free_func ((GDestroyNotify)postern_plan_problem_free),
        .name = g_string_new (NULL),
    };
}

void
postern_plan_reader_clear (PosternPlanReader *self)
{
    g_ptr_array_unref (self->problems);
    g_string_free (self->name, TRUE);
    g_clear_pointer (&self->route, postern_route_unref);
}

/* RFC 6901, section 3: `~` and `/` within a name are escaped. */
static char *
escape_pointer (const char *name)
{
    g_autofree char *shown = postern_text_for_message (name);
    GString *escaped = g_string_new (shown);

    g_string_replace (escaped, "~", "~0", 0);
    g_string_replace (escaped, "/", "~1", 0);
    return g_string_free (escaped, FALSE);
}

/* The place @where in the record that is being read, or in the plan; made only when there is something to say. */
static char *
make_pointer (PosternPlanReader *self, const char *where, const char *member)
{
    GString *pointer = g_string_new (NULL);
    g_autofree char *escaped = member ? escape_pointer (member) : NULL;

    if (self->list)
        g_string_append_printf (pointer, "/%s/%u", self->list, self->position);
    g_string_append (pointer, where);
    if (escaped)
        g_string_append_printf (pointer, "/%s", escaped);
    return g_string_free (pointer, FALSE);
}

void
postern_plan_reader_complain (PosternPlanReader *self, const char *where, const char *member, PosternPlanError code,
                              const char *message)
{
    PosternPlanProblem *problem;

    if (self->problems->len >= MOST_PROBLEMS)
        return;
    problem = g_new0 (PosternPlanProblem, 1);
    problem->pointer = make_pointer (self, where, member);
    problem->code = code;
    problem->message = g_strdup (message);
    g_ptr_array_add (self->problems, problem);
}

static const char *
kind_complaint (PosternJsonKind wanted)
{
    switch (wanted) {
    case POSTERN_JSON_BOOLEAN:
        return _ ("This must be true or false.");
    case POSTERN_JSON_INTEGER:
        return _ ("This must be a whole number.");
    case POSTERN_JSON_STRING:
        return _ ("This must be a text.");
    case POSTERN_JSON_ARRAY:
        return _ ("This must be a list.");
    case POSTERN_JSON_OBJECT:
        return _ ("This must be an object with members.");
    case POSTERN_JSON_NULL:
    case POSTERN_JSON_NUMBER:
    default:
        g_return_val_if_reached ("");
    }
}

gboolean
postern_plan_reader_check (PosternPlanReader *self, PosternJsonKind kind, PosternJsonKind wanted, const char *where,
                           const char *name)
{
    if (kind == wanted)
        return TRUE;
    postern_plan_reader_complain (self, where, name, POSTERN_PLAN_ERROR_SCHEMA, kind_complaint (wanted));
    postern_json_stream_skip (self->stream, kind);
    return FALSE;
}

static void
complain_of_unknown (PosternPlanReader *self, const char *where, const char *name)
{
    g_autofree char *shown = postern_text_for_message (name);
    /* Translators: a member is a named value in a JSON document; %s is its name. */
    g_autofree char *message = g_strdup_printf (_ ("There is no member “%s” here."), shown);

    postern_plan_reader_complain (self, where, name, POSTERN_PLAN_ERROR_SCHEMA, message);
}

int
postern_plan_reader_next_member (PosternPlanReader *self, const char *where, const char *const *known)
{
    const char *name;

    while ((name = postern_json_stream_next_member (self->stream)) != NULL) {
        for (int i = 0; known[i]; i++) {
            if (g_str_equal (known[i], name))
                return i;
        }
        complain_of_unknown (self, where, name);
        postern_json_stream_skip (self->stream, postern_json_stream_next (self->stream));
    }
    return -1;
}

gboolean
postern_plan_reader_read_boolean (PosternPlanReader *self, const char *where, const char *name, gboolean otherwise)
{
    PosternJsonKind kind = postern_json_stream_next (self->stream);

    return postern_plan_reader_check (self, kind, POSTERN_JSON_BOOLEAN, where, name)
               ? postern_json_stream_get_boolean (self->stream)
               : otherwise;
}

static guint
read_port (PosternPlanReader *self, const char *where)
{
    PosternJsonKind kind = postern_json_stream_next (self->stream);
    gint64 port;

    if (!postern_plan_reader_check (self, kind, POSTERN_JSON_INTEGER, where, "port"))
        return POSTERN_ROUTE_DEFAULT_PORT;
    port = postern_json_stream_get_integer (self->stream);
    if (port >= 1 && port <= 65535)
        return (guint)port;
    postern_plan_reader_complain (self, where, "port", POSTERN_PLAN_ERROR_INVALID_PORT,
                                  _ ("A port is a number from 1 to 65535."));
    return 0;
}

/* Returns FALSE with a complaint if there is no such text. */
static gboolean
read_string (PosternPlanReader *self, const char *where, const char *name, GString *text)
{
    PosternJsonKind kind = postern_json_stream_next (self->stream);

    if (!postern_plan_reader_check (self, kind, POSTERN_JSON_STRING, where, name))
        return FALSE;
    g_string_assign (text, postern_json_stream_get_string (self->stream));
    return TRUE;
}

static PosternRoute *
make_route (PosternPlanReader *self, const char *where, const char *host, guint port, gboolean mx)
{
    g_autoptr (GError) error = NULL;
    PosternRoute *route = postern_route_new (host, port, mx, &error);

    if (route == NULL)
        postern_plan_reader_complain (self, where, "host", error->code, error->message);
    return route;
}

PosternRoute *
postern_plan_reader_read_route (PosternPlanReader *self, PosternJsonKind kind, const char *where)
{
    enum { HOST, PORT, MX };
    static const char *const known[] = { "host", "port", "mx", NULL };
    g_autoptr (GString) host = NULL;
    guint port = POSTERN_ROUTE_DEFAULT_PORT;
    gboolean mx = FALSE, good = FALSE;
    int member;

    if (!postern_plan_reader_check (self, kind, POSTERN_JSON_OBJECT, where, NULL))
        return NULL;
    while ((member = postern_plan_reader_next_member (self, where, known)) >= 0) {
        if (member == HOST) {
            if (host == NULL)
                host = g_string_sized_new (32);
            good = read_string (self, where, "host", host);
        } else if (member == PORT) {
            port = read_port (self, where);
        } else {
            mx = postern_plan_reader_read_boolean (self, where, "mx", FALSE);
        }
    }
    if (host == NULL)
        postern_plan_reader_complain (self, where, "host", POSTERN_PLAN_ERROR_SCHEMA, _ ("A route needs a host."));
    return good && port > 0 ? make_route (self, where, host->str, port, mx) : NULL;
}

/* `"route": "dns"` or an object. */
static PosternDomainRouting
read_domain_route (PosternPlanReader *self)
{
    PosternJsonKind kind = postern_json_stream_next (self->stream);
    g_autoptr (PosternRoute) route = NULL;

    if (kind == POSTERN_JSON_STRING) {
        if (g_str_equal (postern_json_stream_get_string (self->stream), "dns"))
            return POSTERN_DOMAIN_ROUTING_DNS;
        postern_plan_reader_complain (self, "/route", NULL, POSTERN_PLAN_ERROR_SCHEMA,
                                      _ ("A route is “dns” or an object with a host."));
        return POSTERN_DOMAIN_ROUTING_DEFAULT;
    }
    route = postern_plan_reader_read_route (self, kind, "/route");
    if (route == NULL)
        return POSTERN_DOMAIN_ROUTING_DEFAULT;
    if (!postern_route_equal (self->route, route)) {
        g_clear_pointer (&self->route, postern_route_unref);
        self->route = g_steal_pointer (&route);
    }
    return POSTERN_DOMAIN_ROUTING_OWN;
}

static PosternDomain *
make_domain (PosternPlanReader *self, gboolean local, PosternDomainRouting routing)
{
    g_autoptr (GError) error = NULL;
    PosternDomain *domain = postern_domain_new (self->name->str, &error);

    if (domain == NULL) {
        postern_plan_reader_complain (self, "", "name", error->code, error->message);
        return NULL;
    }
    postern_domain_set_local (domain, local);
    if (routing == POSTERN_DOMAIN_ROUTING_OWN)
        postern_domain_set_route (domain, self->route);
    postern_domain_set_routing (domain, routing);
    return domain;
}

PosternDomain *
postern_plan_reader_read_domain (PosternPlanReader *self)
{
    enum { NAME, LOCAL, ROUTE };
    static const char *const known[] = { "name", "local", "route", NULL };
    gboolean named = FALSE, good = FALSE, local = TRUE;
    PosternDomainRouting routing = POSTERN_DOMAIN_ROUTING_DEFAULT;
    PosternDomain *domain;
    int member;

    if (!postern_plan_reader_check (self, postern_json_stream_next (self->stream), POSTERN_JSON_OBJECT, "", NULL))
        return NULL;
    while ((member = postern_plan_reader_next_member (self, "", known)) >= 0) {
        if (member == NAME) {
            named = TRUE;
            good = read_string (self, "", "name", self->name);
        } else if (member == LOCAL) {
            local = postern_plan_reader_read_boolean (self, "", "local", TRUE);
        } else {
            routing = read_domain_route (self);
        }
    }
    if (!named)
        postern_plan_reader_complain (self, "", "name", POSTERN_PLAN_ERROR_SCHEMA, _ ("A domain needs a name."));
    domain = good ? make_domain (self, local, routing) : NULL;
    if (domain && self->keep && !self->keep (domain, self->keep_data))
        g_clear_object (&domain);
    return domain;
}

PosternNetwork *
postern_plan_reader_read_network (PosternPlanReader *self)
{
    PosternJsonKind kind = postern_json_stream_next (self->stream);
    g_autoptr (GError) error = NULL;
    PosternNetwork *network;

    if (!postern_plan_reader_check (self, kind, POSTERN_JSON_STRING, "", NULL))
        return NULL;
    network = postern_network_new (postern_json_stream_get_string (self->stream), &error);
    if (network == NULL)
        postern_plan_reader_complain (self, "", NULL, error->code, error->message);
    return network;
}
