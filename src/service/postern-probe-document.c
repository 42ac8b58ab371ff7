/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-probe-document.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "probe/postern-smtp-argument.h"
#include "service/postern-problem.h"

#define SMTP_PORT 25

PosternReply *
postern_probe_document_refuse (const char *pointer, const char *code, const char *detail)
{
    PosternProblem *problem = postern_problem_new ("invalid-probe", detail);

    postern_problem_add_error (problem, pointer, code, detail);
    return postern_problem_to_reply (problem);
}

static gboolean
holds (JsonNode *node, GType type)
{
    return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

const char *
postern_probe_document_get_text (JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member (object, name);

    return holds (node, G_TYPE_STRING) ? json_node_get_string (node) : NULL;
}

guint16
postern_probe_document_get_port (JsonObject *object)
{
    JsonNode *node = json_object_get_member (object, "port");

    return holds (node, G_TYPE_INT64) ? (guint16)json_node_get_int (node) : SMTP_PORT;
}

gboolean
postern_probe_document_get_flag (JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member (object, name);

    return holds (node, G_TYPE_BOOLEAN) && json_node_get_boolean (node);
}

/* Why @node is not what @member says, or NULL. */
static const char *
find_fault (JsonNode *node, const PosternProbeMember *member)
{
    switch (member->type) {
    case POSTERN_PROBE_TEXT:
        return holds (node, G_TYPE_STRING) ? NULL : _ ("This member is needed, and is a text.");
    case POSTERN_PROBE_PORT:
        return holds (node, G_TYPE_INT64) && json_node_get_int (node) >= 1 && json_node_get_int (node) <= G_MAXUINT16
                   ? NULL
                   : _ ("This member is a number from 1 to 65535.");
    case POSTERN_PROBE_FLAG:
        return holds (node, G_TYPE_BOOLEAN) ? NULL : _ ("This member is true or false.");
    default:
        g_return_val_if_reached (NULL);
    }
}

static gboolean
is_known (const char *name, const PosternProbeMember *members)
{
    if (g_str_equal (name, "kind"))
        return TRUE;
    for (guint i = 0; members[i].name; i++) {
        if (g_str_equal (name, members[i].name))
            return TRUE;
    }
    return FALSE;
}

/* RFC 6901, 3: the two characters that a pointer escapes. */
static PosternReply *
refuse_unknown (const char *name)
{
    g_autoptr (GString) pointer = g_string_new (name);

    g_string_replace (pointer, "~", "~0", 0);
    g_string_replace (pointer, "/", "~1", 0);
    g_string_prepend_c (pointer, '/');
    return postern_probe_document_refuse (pointer->str, "schema", _ ("There is no such member."));
}

PosternReply *
postern_probe_document_check (JsonObject *object, const PosternProbeMember *members)
{
    g_autoptr (GList) names = json_object_get_members (object);

    for (guint i = 0; members[i].name; i++) {
        JsonNode *node = json_object_get_member (object, members[i].name);
        const char *fault = node || !members[i].optional ? find_fault (node, &members[i]) : NULL;
        g_autofree char *pointer = g_strconcat ("/", members[i].name, NULL);

        if (fault)
            return postern_probe_document_refuse (pointer, "schema", fault);
    }
    for (GList *name = names; name; name = name->next) {
        if (!is_known (name->data, members))
            return refuse_unknown (name->data);
    }
    return NULL;
}

gboolean
postern_probe_document_is_mailbox (const char *text)
{
    const char *at = strrchr (text, '@');

    return at && at != text && at[1] != '\0' && postern_smtp_check_mailbox (text, NULL);
}
