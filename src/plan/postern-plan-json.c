/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-plan-json.h"

#include <glib/gi18n-lib.h>

#include "plan/postern-hash.h"
#include "plan/postern-plan-reader.h"

#define FORMAT_VERSION 1

void
postern_plan_problem_free (PosternPlanProblem *problem)
{
    g_free (problem->pointer);
    g_free (problem->message);
    g_free (problem);
}

/* The plan's members; the first is in a file only. */
enum {
    VERSION,
    SCENARIO,
    DOMAINS,
    INTERNAL_SERVER,
    EDGE_GATEWAY,
    TRUSTED_NETWORKS,
    RECIPIENT_VERIFICATION,
    USE_SPF,
    USE_DMARC,
    SENDER_AUTHENTICATION,
    CHECK_SENDER_BEFORE_EDGE,
    REJECTED_MAIL,
    N_MEMBERS,
};

static const char *const members[N_MEMBERS + 1] = {
    [VERSION] = "postern",
    [SCENARIO] = "scenario",
    [DOMAINS] = "domains",
    [INTERNAL_SERVER] = "internal_server",
    [EDGE_GATEWAY] = "edge_gateway",
    [TRUSTED_NETWORKS] = "trusted_networks",
    [RECIPIENT_VERIFICATION] = "recipient_verification",
    [USE_SPF] = "use_spf",
    [USE_DMARC] = "use_dmarc",
    [SENDER_AUTHENTICATION] = "sender_authentication",
    [CHECK_SENDER_BEFORE_EDGE] = "check_sender_before_edge",
    [REJECTED_MAIL] = "rejected_mail",
};

#define UNSAID (-1)

/* What the document says; a setting that it does not mention has the preset of a scenario that may come later. */
typedef struct {
    PosternPlan *plan;
    gboolean said[N_MEMBERS];
    int values[N_MEMBERS];
} Settings;

/* @positions says for each of @records where it was. */
static void
complain_of_duplicates (PosternPlanReader *reader, PosternRecordList *list, GPtrArray *records, GArray *positions)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (postern_hash_text, g_str_equal);

    for (guint i = 0; i < records->len; i++) {
        const char *key = postern_record_list_get_key (list, g_ptr_array_index (records, i));
        g_autofree char *message = NULL;

        if (g_hash_table_add (seen, (gpointer)key))
            continue;
        message = g_strdup_printf (_ ("“%s” is in the list already."), key);
        reader->position = g_array_index (positions, guint, i);
        postern_plan_reader_complain (reader, "", NULL, POSTERN_PLAN_ERROR_DUPLICATE, message);
    }
}

typedef gpointer (*ReadRecord) (PosternPlanReader *reader);

/* Reads a list of records in one go, so that who listens to the plan hears of it once. */
static void
read_records (PosternPlanReader *reader, const char *name, PosternRecordList *list, ReadRecord read)
{
    g_autoptr (GPtrArray) records = NULL;
    g_autoptr (GArray) positions = NULL;

    if (!postern_plan_reader_check (reader, postern_json_stream_next (reader->stream), POSTERN_JSON_ARRAY, "", name))
        return;
    records = g_ptr_array_new_with_free_func (g_object_unref);
    positions = g_array_new (FALSE, FALSE, sizeof (guint));
    reader->list = name;
    for (reader->position = 0; postern_json_stream_next_element (reader->stream); reader->position++) {
        gpointer record = read (reader);

        if (record == NULL)
            continue;
        g_array_append_val (positions, reader->position);
        g_ptr_array_add (records, record);
    }
    postern_record_list_replace_all (list, records);
    if (postern_record_list_get_length (list) < records->len)
        complain_of_duplicates (reader, list, records, positions);
    reader->list = NULL;
}

static PosternRoute *
read_route (PosternPlanReader *reader, const char *name)
{
    PosternJsonKind kind = postern_json_stream_next (reader->stream);
    g_autofree char *where = g_strconcat ("/", name, NULL);

    return kind == POSTERN_JSON_NULL ? NULL : postern_plan_reader_read_route (reader, kind, where);
}

static void
complain_of_choice (PosternPlanReader *reader, const char *name, GEnumClass *class)
{
    g_autoptr (GString) known = g_string_new (NULL);
    g_autofree char *message = NULL;

    for (guint i = 0; i < class->n_values; i++)
        g_string_append_printf (known, i > 0 ? ", %s" : "%s", class->values[i].value_nick);
    /* Translators: %s is a list of words such as “reject, delete”, which are not translated. */
    message = g_strdup_printf (_ ("This must be one of: %s."), known->str);
    postern_plan_reader_complain (reader, "", name, POSTERN_PLAN_ERROR_SCHEMA, message);
}

static int
read_choice (PosternPlanReader *reader, const char *name, GType type)
{
    PosternJsonKind kind = postern_json_stream_next (reader->stream);
    g_autoptr (GEnumClass) class = g_type_class_ref (type);
    int value;

    if (!postern_plan_reader_check (reader, kind, POSTERN_JSON_STRING, "", name))
        return UNSAID;
    if (postern_enum_from_nick (type, postern_json_stream_get_string (reader->stream), &value))
        return value;
    complain_of_choice (reader, name, class);
    return UNSAID;
}

static int
read_version (PosternPlanReader *reader)
{
    PosternJsonKind kind = postern_json_stream_next (reader->stream);

    if (!postern_plan_reader_check (reader, kind, POSTERN_JSON_INTEGER, "", members[VERSION]))
        return UNSAID;
    return postern_json_stream_get_integer (reader->stream) == FORMAT_VERSION ? FORMAT_VERSION : FORMAT_VERSION + 1;
}

static void
read_member (PosternPlanReader *reader, Settings *settings, int member)
{
    PosternPlan *plan = settings->plan;
    const char *name = members[member];
    g_autoptr (PosternRoute) route = NULL;

    settings->said[member] = TRUE;
    switch (member) {
    case VERSION:
        settings->values[VERSION] = read_version (reader);
        break;
    case SCENARIO:
        settings->values[SCENARIO] = read_choice (reader, name, POSTERN_TYPE_SCENARIO);
        break;
    case DOMAINS:
        read_records (reader, name, postern_plan_get_domains (plan), (ReadRecord)postern_plan_reader_read_domain);
        break;
    case INTERNAL_SERVER:
        route = read_route (reader, name);
        postern_plan_set_internal_server (plan, route);
        break;
    case EDGE_GATEWAY:
        route = read_route (reader, name);
        postern_plan_set_edge_gateway (plan, route);
        break;
    case TRUSTED_NETWORKS:
        read_records (reader, name, postern_plan_get_trusted_networks (plan),
                      (ReadRecord)postern_plan_reader_read_network);
        break;
    case RECIPIENT_VERIFICATION:
        settings->values[member] = read_choice (reader, name, POSTERN_TYPE_RECIPIENT_VERIFICATION);
        break;
    case REJECTED_MAIL:
        settings->values[member] = read_choice (reader, name, POSTERN_TYPE_REJECTED_MAIL);
        break;
    default:
        settings->values[member] = postern_plan_reader_read_boolean (reader, "", name, UNSAID);
    }
}

static int
value_of (Settings *settings, int member, int preset)
{
    return settings->values[member] == UNSAID ? preset : settings->values[member];
}

static void
apply_settings (Settings *settings)
{
    PosternPlan *plan = settings->plan;
    const PosternPresets *presets;

    postern_plan_set_scenario (plan, value_of (settings, SCENARIO, POSTERN_SCENARIO_DIRECT));
    presets = postern_scenario_get_presets (postern_plan_get_scenario (plan));
    postern_plan_set_recipient_verification (
        plan, value_of (settings, RECIPIENT_VERIFICATION, presets->recipient_verification));
    postern_plan_set_use_spf (plan, value_of (settings, USE_SPF, presets->use_spf));
    postern_plan_set_use_dmarc (plan, value_of (settings, USE_DMARC, presets->use_dmarc));
    postern_plan_set_sender_authentication (plan,
                                            value_of (settings, SENDER_AUTHENTICATION, presets->sender_authentication));
    postern_plan_set_check_sender_before_edge (plan, value_of (settings, CHECK_SENDER_BEFORE_EDGE, FALSE));
    postern_plan_set_rejected_mail (plan, value_of (settings, REJECTED_MAIL, presets->rejected_mail));
}

/* A file that is no plan, or one of a later version, is not complained of in detail. */
static void
check_version (PosternPlanReader *reader, Settings *settings)
{
    if (settings->said[VERSION] && settings->values[VERSION] == FORMAT_VERSION)
        return;
    g_ptr_array_set_size (reader->problems, 0);
    if (!settings->said[VERSION])
        postern_plan_reader_complain (reader, "", members[VERSION], POSTERN_PLAN_ERROR_SCHEMA,
                                      _ ("This is not a plan: it has no member “postern”."));
    else if (settings->values[VERSION] == UNSAID)
        postern_plan_reader_complain (reader, "", members[VERSION], POSTERN_PLAN_ERROR_SCHEMA,
                                      _ ("This must be a whole number."));
    else
        postern_plan_reader_complain (
            reader, "", members[VERSION], POSTERN_PLAN_ERROR_VERSION,
            _ ("This plan was saved by a later version of Postern, which is needed to open it."));
}

static void
read_plan (PosternPlanReader *reader, PosternPlanForm form, PosternPlan *plan)
{
    guint first = form == POSTERN_PLAN_FORM_FILE ? VERSION : SCENARIO;
    Settings settings = { .plan = plan };
    int member;

    for (guint i = 0; i < N_MEMBERS; i++)
        settings.values[i] = UNSAID;
    if (!postern_plan_reader_check (reader, postern_json_stream_next (reader->stream), POSTERN_JSON_OBJECT, "", NULL))
        return;
    while ((member = postern_plan_reader_next_member (reader, "", members + first)) >= 0)
        read_member (reader, &settings, member + (int)first);
    if (!settings.said[SCENARIO])
        postern_plan_reader_complain (reader, "", "scenario", POSTERN_PLAN_ERROR_SCHEMA,
                                      _ ("A plan needs a scenario."));
    if (form == POSTERN_PLAN_FORM_FILE)
        check_version (reader, &settings);
    apply_settings (&settings);
}

static void
report (GPtrArray *problems, GError **error)
{
    PosternPlanProblem *first = g_ptr_array_index (problems, 0);

    if (*first->pointer == '\0' && problems->len == 1)
        g_set_error_literal (error, POSTERN_PLAN_ERROR, first->code, first->message);
    else if (problems->len == 1)
        /* Translators: %1$s is a place in a JSON document such as /domains/3/name, %2$s a sentence that says what is
         * wrong there. */
        g_set_error (error, POSTERN_PLAN_ERROR, first->code, _ ("%1$s: %2$s"), first->pointer, first->message);
    else
        g_set_error (error, POSTERN_PLAN_ERROR, first->code,
                     /* Translators: %1$s is a place in a JSON document, %2$s a sentence, %3$u how many more problems
                        there are. */
                     g_dngettext (GETTEXT_PACKAGE, "%1$s: %2$s (And %3$'u more problem.)",
                                  "%1$s: %2$s (And %3$'u more problems.)", problems->len - 1),
                     first->pointer, first->message, problems->len - 1);
}

static void
read_document (PosternPlanReader *reader, PosternPlanForm form, PosternPlan *plan)
{
    g_autoptr (GError) problem = NULL;
    g_autofree char *repeated = NULL;

    read_plan (reader, form, plan);
    if (postern_json_stream_finish (reader->stream, &repeated, &problem))
        return;
    /* What is no good document is not complained of in detail. */
    g_ptr_array_set_size (reader->problems, 0);
    reader->list = NULL;
    postern_plan_reader_complain (reader, "", repeated, problem->code, problem->message);
}

static PosternPlan *
read_text (const char *data, gsize length, PosternPlanForm form, PosternPlanKeep keep, gpointer keep_data,
           GPtrArray **problems, GError **error)
{
    g_autoptr (PosternJsonStream) stream = postern_json_stream_new (data, length);
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    PosternPlanReader reader;

    postern_plan_reader_init (&reader, stream);
    reader.keep = keep;
    reader.keep_data = keep_data;
    read_document (&reader, form, plan);
    if (reader.problems->len > 0) {
        g_clear_object (&plan);
        report (reader.problems, error);
        if (problems)
            *problems = g_ptr_array_ref (reader.problems);
    }
    postern_plan_reader_clear (&reader);
    return g_steal_pointer (&plan);
}

PosternPlan *
postern_plan_from_json (const char *data, gsize length, PosternPlanForm form, GPtrArray **problems, GError **error)
{
    g_return_val_if_fail (data != NULL || length == 0, NULL);

    if (problems)
        *problems = NULL;
    if (length <= POSTERN_PLAN_JSON_MAX_SIZE)
        return read_text (data, length, form, NULL, NULL, problems, error);
    g_set_error_literal (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_TOO_LARGE,
                         _ ("The plan is larger than 64 MiB."));
    return NULL;
}

PosternPlan *
postern_plan_from_json_keeping (const char *data, gsize length, PosternPlanForm form, PosternPlanKeep keep,
                                gpointer keep_data, GError **error)
{
    g_return_val_if_fail (data != NULL || length == 0, NULL);
    g_return_val_if_fail (keep != NULL, NULL);

    return read_text (data, length, form, keep, keep_data, NULL, error);
}
