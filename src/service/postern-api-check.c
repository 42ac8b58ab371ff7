/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-api-handlers.h"

#include "plan/postern-change.h"
#include "service/postern-api-push.h"
#include "service/postern-problem.h"

static void
write_finding (PosternJsonWriter *json, PosternPlan *plan, PosternFinding *finding)
{
    g_autofree char *pointer = postern_api_find_pointer (plan, finding);

    postern_json_writer_begin_object (json);
    postern_json_writer_string_member (json, "code", postern_finding_get_code (finding));
    postern_json_writer_string_member (
        json, "severity", postern_enum_to_nick (POSTERN_TYPE_SEVERITY, (int)postern_finding_get_severity (finding)));
    postern_json_writer_string_member (
        json, "page", postern_enum_to_nick (POSTERN_TYPE_SECTION, (int)postern_finding_get_section (finding)));
    postern_json_writer_string_member (json, "message", postern_finding_get_message (finding));
    postern_json_writer_optional_member (json, "pointer", *pointer ? pointer : NULL);
    postern_json_writer_end_object (json);
}

static void
write_findings (PosternJsonWriter *json, PosternApi *api, PosternPlan *plan)
{
    g_autoptr (GPtrArray) findings = postern_api_find (api, plan);

    postern_json_writer_member (json, "findings");
    postern_json_writer_begin_array (json);
    for (guint i = 0; i < findings->len; i++)
        write_finding (json, plan, g_ptr_array_index (findings, i));
    postern_json_writer_end_array (json);
}

static void
write_change (PosternChange *taken, gpointer data)
{
    g_autoptr (PosternChange) change = taken;
    PosternJsonWriter *json = data;

    postern_json_writer_begin_object (json);
    postern_json_writer_string_member (
        json, "section", postern_enum_to_nick (POSTERN_TYPE_SECTION, (int)postern_change_get_section (change)));
    postern_json_writer_string_member (
        json, "kind", postern_enum_to_nick (POSTERN_TYPE_CHANGE_KIND, (int)postern_change_get_kind (change)));
    postern_json_writer_string_member (json, "subject", postern_change_get_subject (change));
    postern_json_writer_optional_member (json, "before", postern_change_get_before (change));
    postern_json_writer_optional_member (json, "after", postern_change_get_after (change));
    postern_json_writer_end_object (json);
}

static void
write_changes (PosternJsonWriter *json, PosternPlan *from, PosternPlan *to)
{
    postern_json_writer_member (json, "changes");
    postern_json_writer_begin_array (json);
    postern_plan_each_change (from, to, write_change, json);
    postern_json_writer_end_array (json);
}

static PosternPlan *
read_current (PosternApi *api, guint *number, GError **error)
{
    PosternStore *store = postern_api_get_store (api);
    g_autoptr (PosternStoredRevision) current = postern_store_get_current (store, error);

    *number = current ? current->number : 0;
    return current ? postern_store_read_plan (store, current, NULL, NULL, error) : NULL;
}

PosternReply *
postern_api_check_configuration (PosternApi *api, PosternRequest *request)
{
    g_autoptr (PosternPlan) plan = NULL;
    g_autoptr (PosternPlan) current = NULL;
    g_autoptr (GError) error = NULL;
    PosternReply *refusal = postern_api_read_plan (request, &plan);
    PosternJsonWriter *json;
    guint number;

    if (refusal)
        return refusal;
    current = read_current (api, &number, &error);
    if (current == NULL)
        return postern_problem_reply_for_error (error);
    json = postern_json_writer_new ();
    postern_json_writer_begin_object (json);
    postern_json_writer_integer_member (json, "revision", number);
    write_findings (json, api, plan);
    write_changes (json, current, plan);
    postern_json_writer_end_object (json);
    return postern_reply_new_json (json);
}
