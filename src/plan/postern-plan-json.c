/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-plan-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-hash.h"
#include "plan/postern-json-document.h"
#include "plan/postern-plan-error.h"
#include "plan/postern-text.h"

#define FORMAT_VERSION 1
#define MOST_PROBLEMS 1000

/* What is being read, and what was wrong so far. */
typedef struct {
    PosternPlan *plan;
    PosternPlanForm form;
    GPtrArray *problems; /* of PosternPlanProblem */
    const char *list;    /* the list that is being read, NULL outside of one */
    guint position;      /* of the record within it */
} Reader;

void
postern_plan_problem_free (PosternPlanProblem *problem)
{
    g_free (problem->pointer);
    g_free (problem->message);
    g_free (problem);
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
make_pointer (Reader *reader, const char *where, const char *member)
{
    GString *pointer = g_string_new (NULL);
    g_autofree char *escaped = member ? escape_pointer (member) : NULL;

    if (reader->list)
        g_string_append_printf (pointer, "/%s/%u", reader->list, reader->position);
    g_string_append (pointer, where);
    if (escaped)
        g_string_append_printf (pointer, "/%s", escaped);
    return g_string_free (pointer, FALSE);
}

static void
complain (Reader *reader, const char *where, const char *member, PosternPlanError code, const char *message)
{
    PosternPlanProblem *problem;

    if (reader->problems->len >= MOST_PROBLEMS)
        return;
    problem = g_new0 (PosternPlanProblem, 1);
    problem->pointer = make_pointer (reader, where, member);
    problem->code = code;
    problem->message = g_strdup (message);
    g_ptr_array_add (reader->problems, problem);
}

static void
complain_error (Reader *reader, const char *where, const char *member, GError *error)
{
    complain (reader, where, member, error->code, error->message);
}

/* The kinds of value that a member can have. */
typedef enum {
    KIND_BOOLEAN,
    KIND_INTEGER,
    KIND_STRING,
    KIND_ARRAY,
    KIND_OBJECT,
} Kind;

static gboolean
node_is (JsonNode *node, Kind kind)
{
    switch (kind) {
    case KIND_BOOLEAN:
        return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN;
    case KIND_INTEGER:
        return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64;
    case KIND_STRING:
        return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
    case KIND_ARRAY:
        return JSON_NODE_HOLDS_ARRAY (node);
    case KIND_OBJECT:
        return JSON_NODE_HOLDS_OBJECT (node);
    default:
        g_return_val_if_reached (FALSE);
    }
}

static const char *
kind_complaint (Kind kind)
{
    switch (kind) {
    case KIND_BOOLEAN:
        return _ ("This must be true or false.");
    case KIND_INTEGER:
        return _ ("This must be a whole number.");
    case KIND_STRING:
        return _ ("This must be a text.");
    case KIND_ARRAY:
        return _ ("This must be a list.");
    case KIND_OBJECT:
        return _ ("This must be an object with members.");
    default:
        g_return_val_if_reached ("");
    }
}

/* @node, which is the member @name, if it is there and of @kind; a wrong kind is told. */
static JsonNode *
check_kind (Reader *reader, JsonNode *node, const char *where, const char *name, Kind kind)
{
    if (node == NULL || node_is (node, kind))
        return node;
    complain (reader, where, name, POSTERN_PLAN_ERROR_SCHEMA, kind_complaint (kind));
    return NULL;
}

static JsonNode *
member_of_kind (Reader *reader, JsonObject *object, const char *name, Kind kind)
{
    return check_kind (reader, json_object_get_member (object, name), "", name, kind);
}

static gboolean
read_boolean (Reader *reader, JsonNode *node, const char *where, const char *name, gboolean otherwise)
{
    return check_kind (reader, node, where, name, KIND_BOOLEAN) ? json_node_get_boolean (node) : otherwise;
}

static void
complain_of_unknown (Reader *reader, const char *where, const char *name)
{
    g_autofree char *shown = postern_text_for_message (name);
    /* Translators: a member is a named value in a JSON document; %s is its name. */
    g_autofree char *message = g_strdup_printf (_ ("There is no member “%s” here."), shown);

    complain (reader, where, name, POSTERN_PLAN_ERROR_SCHEMA, message);
}

/* Puts the members that @known names into @nodes, each in its place (%NULL where it is missing), and tells of others.
 */
static void
read_members (Reader *reader, JsonObject *object, const char *where, const char *const *known, JsonNode **nodes)
{
    JsonObjectIter iter;
    const char *name;
    JsonNode *node;

    for (guint i = 0; known[i]; i++)
        nodes[i] = NULL;
    json_object_iter_init (&iter, object);
    while (json_object_iter_next (&iter, &name, &node)) {
        guint i = 0;

        while (known[i] && !g_str_equal (known[i], name))
            i++;
        if (known[i])
            nodes[i] = node;
        else
            complain_of_unknown (reader, where, name);
    }
}

static guint
read_port (Reader *reader, JsonNode *node, const char *where)
{
    gint64 port =
        check_kind (reader, node, where, "port", KIND_INTEGER) ? json_node_get_int (node) : POSTERN_ROUTE_DEFAULT_PORT;

    if (port >= 1 && port <= 65535)
        return (guint)port;
    complain (reader, where, "port", POSTERN_PLAN_ERROR_INVALID_PORT, _ ("A port is a number from 1 to 65535."));
    return 0;
}

static PosternRoute *
read_route (Reader *reader, JsonNode *node, const char *where)
{
    enum { HOST, PORT, MX, N_MEMBERS };
    static const char *const known[N_MEMBERS + 1] = { "host", "port", "mx", NULL };
    JsonNode *members[N_MEMBERS];
    g_autoptr (GError) error = NULL;
    guint port;
    gboolean mx;
    PosternRoute *route;

    if (!node_is (node, KIND_OBJECT)) {
        complain (reader, where, NULL, POSTERN_PLAN_ERROR_SCHEMA, kind_complaint (KIND_OBJECT));
        return NULL;
    }
    read_members (reader, json_node_get_object (node), where, known, members);
    if (members[HOST] == NULL)
        complain (reader, where, "host", POSTERN_PLAN_ERROR_SCHEMA, _ ("A route needs a host."));
    port = read_port (reader, members[PORT], where);
    mx = read_boolean (reader, members[MX], where, "mx", FALSE);
    if (!check_kind (reader, members[HOST], where, "host", KIND_STRING) || port == 0)
        return NULL;

    route = postern_route_new (json_node_get_string (members[HOST]), port, mx, &error);
    if (route == NULL)
        complain_error (reader, where, "host", error);
    return route;
}

/* `"route": "dns"` or an object. */
static void
read_domain_route (Reader *reader, PosternDomain *domain, JsonNode *node)
{
    g_autoptr (PosternRoute) route = NULL;

    if (node_is (node, KIND_STRING)) {
        if (g_str_equal (json_node_get_string (node), "dns"))
            postern_domain_set_routing (domain, POSTERN_DOMAIN_ROUTING_DNS);
        else
            complain (reader, "/route", NULL, POSTERN_PLAN_ERROR_SCHEMA,
                      _ ("A route is “dns” or an object with a host."));
        return;
    }
    route = read_route (reader, node, "/route");
    if (route == NULL)
        return;
    postern_domain_set_route (domain, route);
    postern_domain_set_routing (domain, POSTERN_DOMAIN_ROUTING_OWN);
}

static PosternDomain *
read_domain (Reader *reader, JsonNode *node)
{
    enum { NAME, LOCAL, ROUTE, N_MEMBERS };
    static const char *const known[N_MEMBERS + 1] = { "name", "local", "route", NULL };
    JsonNode *members[N_MEMBERS];
    g_autoptr (GError) error = NULL;
    PosternDomain *domain;

    if (!node_is (node, KIND_OBJECT)) {
        complain (reader, "", NULL, POSTERN_PLAN_ERROR_SCHEMA, kind_complaint (KIND_OBJECT));
        return NULL;
    }
    read_members (reader, json_node_get_object (node), "", known, members);
    if (members[NAME] == NULL)
        complain (reader, "", "name", POSTERN_PLAN_ERROR_SCHEMA, _ ("A domain needs a name."));
    if (!check_kind (reader, members[NAME], "", "name", KIND_STRING))
        return NULL;

    domain = postern_domain_new (json_node_get_string (members[NAME]), &error);
    if (domain == NULL) {
        complain_error (reader, "", "name", error);
        return NULL;
    }
    postern_domain_set_local (domain, read_boolean (reader, members[LOCAL], "", "local", TRUE));
    if (members[ROUTE])
        read_domain_route (reader, domain, members[ROUTE]);
    return domain;
}

static PosternNetwork *
read_network (Reader *reader, JsonNode *node)
{
    g_autoptr (GError) error = NULL;
    PosternNetwork *network;

    if (!node_is (node, KIND_STRING)) {
        complain (reader, "", NULL, POSTERN_PLAN_ERROR_SCHEMA, kind_complaint (KIND_STRING));
        return NULL;
    }
    network = postern_network_new (json_node_get_string (node), &error);
    if (network == NULL)
        complain_error (reader, "", NULL, error);
    return network;
}

/* @positions says for each of @records where it was. */
static void
complain_of_duplicates (Reader *reader, PosternRecordList *list, GPtrArray *records, const guint *positions)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (postern_hash_text, g_str_equal);

    for (guint i = 0; i < records->len; i++) {
        const char *key = postern_record_list_get_key (list, g_ptr_array_index (records, i));
        g_autofree char *message = NULL;

        if (g_hash_table_add (seen, (gpointer)key))
            continue;
        message = g_strdup_printf (_ ("“%s” is in the list already."), key);
        reader->position = positions[i];
        complain (reader, "", NULL, POSTERN_PLAN_ERROR_DUPLICATE, message);
    }
}

typedef gpointer (*ReadRecord) (Reader *reader, JsonNode *node);

/* Reads a list of records in one go, so that who listens to the plan hears of it once. */
static void
read_records (Reader *reader, JsonObject *object, const char *name, PosternRecordList *list, ReadRecord read)
{
    JsonNode *node = member_of_kind (reader, object, name, KIND_ARRAY);
    JsonArray *array = node ? json_node_get_array (node) : NULL;
    guint n = array ? json_array_get_length (array) : 0;
    g_autoptr (GPtrArray) records = g_ptr_array_new_full (n, g_object_unref);
    g_autofree guint *positions = g_new (guint, n);

    reader->list = name;
    for (guint i = 0; i < n; i++) {
        gpointer record;

        reader->position = i;
        record = read (reader, json_array_get_element (array, i));
        if (record == NULL)
            continue;
        positions[records->len] = i;
        g_ptr_array_add (records, record);
    }
    postern_record_list_replace_all (list, records);
    if (postern_record_list_get_length (list) < records->len)
        complain_of_duplicates (reader, list, records, positions);
    reader->list = NULL;
}

static gboolean
read_boolean_member (Reader *reader, JsonObject *object, const char *name, gboolean otherwise)
{
    return read_boolean (reader, json_object_get_member (object, name), "", name, otherwise);
}

static PosternRoute *
read_route_member (Reader *reader, JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member (object, name);
    g_autofree char *where = g_strconcat ("/", name, NULL);

    return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : read_route (reader, node, where);
}

static int
read_choice (Reader *reader, JsonObject *object, const char *name, GType type, int otherwise)
{
    JsonNode *node = member_of_kind (reader, object, name, KIND_STRING);
    g_autoptr (GEnumClass) class = g_type_class_ref (type);
    g_autofree char *known = NULL;
    g_autofree char *message = NULL;
    int value;

    if (node == NULL || postern_enum_from_nick (type, json_node_get_string (node), &value))
        return node ? value : otherwise;

    for (guint i = 0; i < class->n_values; i++) {
        g_autofree char *before = g_steal_pointer (&known);

        known = before ? g_strconcat (before, ", ", class->values[i].value_nick, NULL)
                       : g_strdup (class->values[i].value_nick);
    }
    /* Translators: %s is a list of words such as “reject, delete”, which are not translated. */
    message = g_strdup_printf (_ ("This must be one of: %s."), known);
    complain (reader, "", name, POSTERN_PLAN_ERROR_SCHEMA, message);
    return otherwise;
}

static void
read_settings (Reader *reader, JsonObject *object)
{
    PosternPlan *plan = reader->plan;
    const PosternPresets *presets;
    g_autoptr (PosternRoute) internal_server = read_route_member (reader, object, "internal_server");
    g_autoptr (PosternRoute) edge_gateway = read_route_member (reader, object, "edge_gateway");

    if (!json_object_has_member (object, "scenario"))
        complain (reader, "", "scenario", POSTERN_PLAN_ERROR_SCHEMA, _ ("A plan needs a scenario."));
    postern_plan_set_scenario (
        plan, read_choice (reader, object, "scenario", POSTERN_TYPE_SCENARIO, POSTERN_SCENARIO_DIRECT));
    presets = postern_scenario_get_presets (postern_plan_get_scenario (plan));

    postern_plan_set_internal_server (plan, internal_server);
    postern_plan_set_edge_gateway (plan, edge_gateway);
    postern_plan_set_recipient_verification (plan, read_choice (reader, object, "recipient_verification",
                                                                POSTERN_TYPE_RECIPIENT_VERIFICATION,
                                                                presets->recipient_verification));
    postern_plan_set_use_spf (plan, read_boolean_member (reader, object, "use_spf", presets->use_spf));
    postern_plan_set_use_dmarc (plan, read_boolean_member (reader, object, "use_dmarc", presets->use_dmarc));
    postern_plan_set_sender_authentication (
        plan, read_boolean_member (reader, object, "sender_authentication", presets->sender_authentication));
    postern_plan_set_check_sender_before_edge (plan,
                                               read_boolean_member (reader, object, "check_sender_before_edge", FALSE));
    postern_plan_set_rejected_mail (
        plan, read_choice (reader, object, "rejected_mail", POSTERN_TYPE_REJECTED_MAIL, presets->rejected_mail));
}

static gboolean
check_version (Reader *reader, JsonObject *object)
{
    JsonNode *node = member_of_kind (reader, object, "postern", KIND_INTEGER);

    if (node && json_node_get_int (node) == FORMAT_VERSION)
        return TRUE;
    if (node)
        complain (reader, "", "postern", POSTERN_PLAN_ERROR_VERSION,
                  _ ("This plan was saved by a later version of Postern, which is needed to open it."));
    else if (!json_object_has_member (object, "postern"))
        complain (reader, "", "postern", POSTERN_PLAN_ERROR_SCHEMA,
                  _ ("This is not a plan: it has no member “postern”."));
    return FALSE;
}

static void
check_members (Reader *reader, JsonObject *object)
{
    static const char *const known[] = { "postern", /* only in a file */
                                         "scenario",
                                         "domains",
                                         "internal_server",
                                         "edge_gateway",
                                         "trusted_networks",
                                         "recipient_verification",
                                         "use_spf",
                                         "use_dmarc",
                                         "sender_authentication",
                                         "check_sender_before_edge",
                                         "rejected_mail",
                                         NULL };
    JsonNode *members[G_N_ELEMENTS (known)];

    read_members (reader, object, "", reader->form == POSTERN_PLAN_FORM_FILE ? known : known + 1, members);
}

static void
read_plan (Reader *reader, JsonObject *object)
{
    if (reader->form == POSTERN_PLAN_FORM_FILE && !check_version (reader, object))
        return;
    check_members (reader, object);
    read_settings (reader, object);
    read_records (reader, object, "domains", postern_plan_get_domains (reader->plan), (ReadRecord)read_domain);
    read_records (reader, object, "trusted_networks", postern_plan_get_trusted_networks (reader->plan),
                  (ReadRecord)read_network);
}

static void
report (GPtrArray *problems, GError **error)
{
    PosternPlanProblem *first = g_ptr_array_index (problems, 0);

    if (problems->len == 1)
        /* Translators: %1$s is a place in a JSON document such as /domains/3/name, %2$s a sentence that says what is
         * wrong there. */
        g_set_error (error, POSTERN_PLAN_ERROR, first->code, _ ("%1$s: %2$s"), first->pointer, first->message);
    else
        g_set_error (error, POSTERN_PLAN_ERROR, first->code,
                     /* Translators: %1$s is a place in a JSON document, %2$s a sentence, %3$u how many more problems
                        there are. */
                     g_dngettext (GETTEXT_PACKAGE, "%1$s: %2$s (And %3$u more problem.)",
                                  "%1$s: %2$s (And %3$u more problems.)", problems->len - 1),
                     first->pointer, first->message, problems->len - 1);
}

static void
read_document (Reader *reader, const char *data, gsize length)
{
    g_autoptr (GError) problem = NULL;
    g_autofree char *repeated = NULL;
    g_autoptr (JsonNode) root = NULL;

    if (length > POSTERN_PLAN_JSON_MAX_SIZE) {
        complain (reader, "", NULL, POSTERN_PLAN_ERROR_TOO_LARGE, _ ("The plan is larger than 64 MiB."));
        return;
    }
    root = postern_json_document_parse (data, length, &repeated, &problem);
    if (root == NULL)
        complain_error (reader, "", repeated, problem);
    else if (!JSON_NODE_HOLDS_OBJECT (root))
        complain (reader, "", NULL, POSTERN_PLAN_ERROR_SCHEMA, kind_complaint (KIND_OBJECT));
    else
        read_plan (reader, json_node_get_object (root));
}

PosternPlan *
postern_plan_from_json (const char *data, gsize length, PosternPlanForm form, GPtrArray **problems, GError **error)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)postern_plan_problem_free);
    Reader reader = { .plan = plan, .form = form, .problems = found };
    PosternPlanProblem *first;

    g_return_val_if_fail (data != NULL || length == 0, NULL);

    read_document (&reader, data, length);
    if (found->len == 0) {
        if (problems)
            *problems = NULL;
        return g_steal_pointer (&plan);
    }

    first = g_ptr_array_index (found, 0);
    if (*first->pointer == '\0' && found->len == 1)
        g_set_error_literal (error, POSTERN_PLAN_ERROR, first->code, first->message);
    else
        report (found, error);
    if (problems)
        *problems = g_steal_pointer (&found);
    return NULL;
}
