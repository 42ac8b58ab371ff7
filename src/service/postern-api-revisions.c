/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-api-handlers.h"

#include <glib/gi18n-lib.h>

#include "service/postern-api-push.h"
#include "service/postern-problem.h"
#include "service/postern-service-error.h"

static void
write_members (PosternJsonWriter *json, PosternStoredRevision *revision, guint current)
{
    g_autofree char *created = g_date_time_format (revision->created, "%Y-%m-%dT%H:%M:%SZ");

    postern_json_writer_integer_member (json, "revision", revision->number);
    postern_json_writer_string_member (json, "created", created);
    postern_json_writer_string_member (json, "by", revision->by);
    postern_json_writer_boolean_member (json, "current", revision->number == current);
    postern_json_writer_integer_member (json, "changes", revision->changes);
    if (revision->restored_from > 0 || revision->released)
        postern_json_writer_integer_member (json, "restored_from", revision->restored_from);
    if (postern_stored_revision_is_unmanaged (revision))
        postern_json_writer_boolean_member (json, "unmanaged", TRUE);
}

PosternReply *
postern_api_list_revisions (PosternApi *api, PosternRequest *request)
{
    PosternStore *store = postern_api_get_store (api);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) revisions = postern_store_list (store, &error);
    PosternJsonWriter *json;

    if (revisions == NULL)
        return postern_problem_reply_for_error (error);
    json = postern_json_writer_new ();
    postern_json_writer_begin_object (json);
    postern_json_writer_member (json, "revisions");
    postern_json_writer_begin_array (json);
    for (guint i = 0; i < revisions->len; i++) {
        PosternStoredRevision *newest = g_ptr_array_index (revisions, 0);

        postern_json_writer_begin_object (json);
        write_members (json, g_ptr_array_index (revisions, i), newest->number);
        postern_json_writer_end_object (json);
    }
    postern_json_writer_end_array (json);
    postern_json_writer_end_object (json);
    return postern_reply_new_json (json);
}

/* The number 0 stands for what was there before the first push; its configuration is an empty one. */
static PosternStoredRevision *
find (PosternApi *api, guint number, GBytes **document, GError **error)
{
    PosternStore *store = postern_api_get_store (api);
    g_autoptr (PosternStoredRevision) current = postern_store_get_current (store, error);
    g_autoptr (PosternStoredRevision) revision = NULL;

    if (current == NULL)
        return NULL;
    /* One above the current one belongs to a push that is not finished. */
    if (number > current->number) {
        g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_NOT_FOUND, _ ("There is no revision %u."),
                     number);
        return NULL;
    }
    revision = number > 0 ? postern_store_find (store, number, error) : postern_stored_revision_new (0, "", 0, 0);
    if (revision == NULL)
        return NULL;
    *document = postern_store_read_configuration (store, revision, error);
    return *document ? g_steal_pointer (&revision) : NULL;
}

PosternReply *
postern_api_get_revision (PosternApi *api, PosternRequest *request)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) document = NULL;
    g_autoptr (PosternStoredRevision) current = postern_store_get_current (postern_api_get_store (api), NULL);
    g_autoptr (PosternStoredRevision) revision = find (api, request->number, &document, &error);
    PosternJsonWriter *json;
    const char *data;
    gsize length;

    if (revision == NULL)
        return postern_problem_reply_for_error (error);
    data = g_bytes_get_data (document, &length);
    json = postern_json_writer_new ();
    postern_json_writer_begin_object (json);
    write_members (json, revision, current ? current->number : 0);
    postern_json_writer_member (json, "configuration");
    postern_json_writer_raw (json, data, length);
    postern_json_writer_end_object (json);
    return postern_reply_new_json (json);
}

PosternReply *
postern_api_restore_revision (PosternApi *api, PosternRequest *request)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) document = NULL;
    g_autoptr (PosternStoredRevision) revision = NULL;
    g_autoptr (PosternPlan) plan = NULL;
    guint expected;
    PosternReply *refusal = postern_api_read_expected (api, request, &expected);

    if (refusal)
        return refusal;
    revision = find (api, request->number, &document, &error);
    plan = revision ? postern_store_read_plan (postern_api_get_store (api), revision, NULL, NULL, &error) : NULL;
    if (plan == NULL)
        return postern_problem_reply_for_error (error);
    if (postern_stored_revision_is_unmanaged (revision))
        return postern_api_release (api, request, plan, expected);
    return postern_api_push (api, request, plan, expected, revision->number);
}
