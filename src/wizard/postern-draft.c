/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-draft.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include "plan/postern-plan-json.h"

#define GROUP "draft"

struct _PosternDraft {
    GObject parent_instance;

    char *id;
    char *title;
    PosternPlan *plan; /* NULL until it is read */
    PosternScenario scenario;
    PosternStep step;
    PosternMode mode;
    gboolean is_open;
    char *file;
    char *address;
    char *gateway;
    char *pin;
    char *user;
    GDateTime *modified;
};

G_DEFINE_FINAL_TYPE (PosternDraft, postern_draft, G_TYPE_OBJECT)

static void
postern_draft_finalize (GObject *object)
{
    PosternDraft *self = POSTERN_DRAFT (object);

    g_free (self->id);
    g_free (self->title);
    g_clear_object (&self->plan);
    g_free (self->file);
    g_free (self->address);
    g_free (self->gateway);
    g_free (self->pin);
    g_free (self->user);
    g_clear_pointer (&self->modified, g_date_time_unref);
    G_OBJECT_CLASS (postern_draft_parent_class)->finalize (object);
}

static void
postern_draft_class_init (PosternDraftClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_draft_finalize;
}

static void
postern_draft_init (PosternDraft *self)
{
}

static char *
path_of (const char *id, const char *suffix)
{
    g_autofree char *name = g_strconcat (id, suffix, NULL);

    return g_build_filename (g_get_user_state_dir (), "postern", "plans", name, NULL);
}

char *
postern_draft_new_id (void)
{
    return g_uuid_string_random ();
}

/* What a person would call the plan: its file, else the first domain, else the scenario. */
static char *
make_title (PosternSession *session)
{
    PosternRecordList *domains = postern_plan_get_domains (postern_session_get_plan (session));
    guint n = postern_record_list_get_length (domains);
    const char *first;

    if (postern_session_get_file (session) != NULL) {
        g_autofree char *name = g_file_get_basename (postern_session_get_file (session));

        if (g_str_has_suffix (name, ".postern"))
            name[strlen (name) - strlen (".postern")] = '\0';
        return g_filename_display_name (name);
    }
    if (n == 0)
        return g_strdup (C_ ("plan", "Untitled Plan"));
    first = postern_domain_get_display_name (postern_record_list_get (domains, 0));
    if (n == 1)
        return g_strdup (first);
    /* Translators: the name of a plan: “example.com and 2 more” domains. */
    return g_strdup_printf (ngettext ("%s and %'u more", "%s and %'u more", n - 1), first, n - 1);
}

PosternDraft *
postern_draft_new (const char *id, PosternSession *session, PosternStep step, gboolean is_open)
{
    PosternDraft *self = g_object_new (POSTERN_TYPE_DRAFT, NULL);
    PosternGatewayAddress *address = postern_session_get_address (session);
    GFile *file = postern_session_get_file (session);

    self->id = g_strdup (id);
    self->title = make_title (session);
    self->plan = postern_plan_copy (postern_session_get_plan (session));
    self->scenario = postern_plan_get_scenario (self->plan);
    self->step = step;
    self->mode = postern_session_get_mode (session);
    self->is_open = is_open;
    self->file = file == NULL ? NULL : g_file_get_uri (file);
    self->address = address == NULL ? NULL : postern_gateway_address_to_string (address);
    self->gateway = address == NULL ? NULL : postern_gateway_address_to_display (address);
    self->pin = g_strdup (postern_session_get_pin (session));
    self->user = g_strdup (postern_session_get_user (session));
    self->modified = g_date_time_new_now_utc ();
    return self;
}

static void
set_text (GKeyFile *keys, const char *key, const char *text)
{
    if (text != NULL)
        g_key_file_set_string (keys, GROUP, key, text);
}

static char *
to_keys (PosternDraft *self, gsize *length)
{
    g_autoptr (GKeyFile) keys = g_key_file_new ();
    g_autofree char *modified = g_date_time_format_iso8601 (self->modified);

    set_text (keys, "title", self->title);
    set_text (keys, "scenario", postern_enum_to_nick (POSTERN_TYPE_SCENARIO, self->scenario));
    set_text (keys, "page", postern_enum_to_nick (POSTERN_TYPE_STEP, self->step));
    set_text (keys, "mode", postern_enum_to_nick (POSTERN_TYPE_MODE, self->mode));
    g_key_file_set_boolean (keys, GROUP, "open", self->is_open);
    set_text (keys, "file", self->file);
    set_text (keys, "address", self->address);
    set_text (keys, "pin", self->pin);
    set_text (keys, "user", self->user);
    set_text (keys, "modified", modified);
    return g_key_file_to_data (keys, length, NULL);
}

static gboolean
save_keys (PosternDraft *self, GError **error)
{
    g_autofree char *path = path_of (self->id, ".ini");
    gsize length;
    g_autofree char *keys = to_keys (self, &length);

    return g_file_set_contents_full (path, keys, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

gboolean
postern_draft_save (PosternDraft *self, GError **error)
{
    g_autofree char *plan_path = NULL, *directory = NULL, *json = NULL;
    gsize json_length;

    g_return_val_if_fail (POSTERN_IS_DRAFT (self), FALSE);
    plan_path = path_of (self->id, ".postern");
    directory = g_path_get_dirname (plan_path);
    if (g_mkdir_with_parents (directory, 0700) != 0) {
        int code = errno;

        g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", directory, g_strerror (code));
        return FALSE;
    }
    json = postern_plan_to_json (self->plan, POSTERN_PLAN_FORM_FILE, &json_length);
    /* The plan first: a list that names a plan which is not there yet would be worse than the other way round. */
    return g_file_set_contents_full (plan_path, json, json_length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error) &&
           save_keys (self, error);
}

gboolean
postern_draft_mark_open (PosternDraft *self, GError **error)
{
    g_return_val_if_fail (POSTERN_IS_DRAFT (self), FALSE);
    self->is_open = TRUE;
    return save_keys (self, error);
}

static int
enum_key (GKeyFile *keys, const char *key, GType type, int fallback)
{
    g_autofree char *nick = g_key_file_get_string (keys, GROUP, key, NULL);
    int value;

    return nick != NULL && postern_enum_from_nick (type, nick, &value) ? value : fallback;
}

PosternDraft *
postern_draft_load (const char *id, GError **error)
{
    g_autoptr (PosternDraft) self = g_object_new (POSTERN_TYPE_DRAFT, NULL);
    g_autoptr (GKeyFile) keys = g_key_file_new ();
    g_autoptr (PosternGatewayAddress) address = NULL;
    g_autofree char *path = path_of (id, ".ini"), *modified = NULL;

    if (!g_key_file_load_from_file (keys, path, G_KEY_FILE_NONE, error))
        return NULL;
    self->id = g_strdup (id);
    self->title = g_key_file_get_string (keys, GROUP, "title", NULL);
    self->scenario = enum_key (keys, "scenario", POSTERN_TYPE_SCENARIO, POSTERN_SCENARIO_DIRECT);
    self->step = enum_key (keys, "page", POSTERN_TYPE_STEP, POSTERN_STEP_SCENARIO);
    self->mode = enum_key (keys, "mode", POSTERN_TYPE_MODE, POSTERN_MODE_PUSH);
    self->is_open = g_key_file_get_boolean (keys, GROUP, "open", NULL);
    self->file = g_key_file_get_string (keys, GROUP, "file", NULL);
    self->address = g_key_file_get_string (keys, GROUP, "address", NULL);
    self->pin = g_key_file_get_string (keys, GROUP, "pin", NULL);
    self->user = g_key_file_get_string (keys, GROUP, "user", NULL);
    modified = g_key_file_get_string (keys, GROUP, "modified", NULL);
    self->modified = modified == NULL ? NULL : g_date_time_new_from_iso8601 (modified, NULL);
    if (self->modified == NULL)
        self->modified = g_date_time_new_from_unix_utc (0);
    if (self->title == NULL)
        self->title = g_strdup (C_ ("plan", "Untitled Plan"));
    address = self->address == NULL ? NULL : postern_gateway_address_parse (self->address, NULL);
    self->gateway = address == NULL ? NULL : postern_gateway_address_to_display (address);
    return g_steal_pointer (&self);
}

gboolean
postern_draft_read_plan (PosternDraft *self, GError **error)
{
    g_autofree char *path = NULL;
    g_autoptr (GFile) file = NULL;

    g_return_val_if_fail (POSTERN_IS_DRAFT (self), FALSE);
    path = path_of (self->id, ".postern");
    file = g_file_new_for_path (path);
    g_clear_object (&self->plan);
    self->plan = postern_plan_load (file, NULL, error);
    return self->plan != NULL;
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
    return g_date_time_compare ((*(PosternDraft *const *)b)->modified, (*(PosternDraft *const *)a)->modified);
}

GPtrArray *
postern_draft_list (guint max)
{
    GPtrArray *drafts = g_ptr_array_new_with_free_func (g_object_unref);
    g_autofree char *directory = g_build_filename (g_get_user_state_dir (), "postern", "plans", NULL);
    g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        g_autoptr (GError) error = NULL;
        g_autofree char *id = NULL;
        PosternDraft *draft;

        if (!g_str_has_suffix (name, ".ini"))
            continue;
        id = g_strndup (name, strlen (name) - strlen (".ini"));
        draft = postern_draft_load (id, &error);
        if (draft != NULL)
            g_ptr_array_add (drafts, draft);
        else
            g_message ("A plan that was kept cannot be read: %s", error->message);
    }
    g_ptr_array_sort (drafts, compare_newest_first);
    while (drafts->len > max) {
        postern_draft_delete (((PosternDraft *)g_ptr_array_index (drafts, drafts->len - 1))->id);
        g_ptr_array_set_size (drafts, drafts->len - 1);
    }
    return drafts;
}

void
postern_draft_delete (const char *id)
{
    g_autofree char *keys = path_of (id, ".ini"), *plan = path_of (id, ".postern");

    g_unlink (keys);
    g_unlink (plan);
}

void
postern_draft_apply (PosternDraft *self, PosternSession *session)
{
    g_autoptr (PosternGatewayAddress) address = NULL;
    g_autoptr (GFile) file = NULL;

    g_return_if_fail (POSTERN_IS_DRAFT (self));
    g_return_if_fail (self->plan != NULL);
    address = self->address == NULL ? NULL : postern_gateway_address_parse (self->address, NULL);
    file = self->file == NULL ? NULL : g_file_new_for_uri (self->file);
    postern_plan_assign (postern_session_get_plan (session), self->plan);
    postern_session_set_mode (session, self->mode);
    postern_session_set_file (session, file);
    postern_session_set_address (session, address, address == NULL ? NULL : self->pin);
    postern_session_set_user (session, self->user);
}

const char *
postern_draft_get_id (PosternDraft *self)
{
    g_return_val_if_fail (POSTERN_IS_DRAFT (self), NULL);
    return self->id;
}

const char *
postern_draft_get_title (PosternDraft *self)
{
    g_return_val_if_fail (POSTERN_IS_DRAFT (self), NULL);
    return self->title;
}

const char *
postern_draft_get_address (PosternDraft *self)
{
    g_return_val_if_fail (POSTERN_IS_DRAFT (self), NULL);
    return self->address;
}

const char *
postern_draft_get_pin (PosternDraft *self)
{
    g_return_val_if_fail (POSTERN_IS_DRAFT (self), NULL);
    return self->pin;
}

const char *
postern_draft_get_user (PosternDraft *self)
{
    g_return_val_if_fail (POSTERN_IS_DRAFT (self), NULL);
    return self->user;
}

const char *
postern_draft_get_gateway (PosternDraft *self)
{
    g_return_val_if_fail (POSTERN_IS_DRAFT (self), NULL);
    return self->gateway;
}

PosternScenario
postern_draft_get_scenario (PosternDraft *self)
{
    g_return_val_if_fail (POSTERN_IS_DRAFT (self), POSTERN_SCENARIO_DIRECT);
    return self->scenario;
}

PosternStep
postern_draft_get_step (PosternDraft *self)
{
    g_return_val_if_fail (POSTERN_IS_DRAFT (self), POSTERN_STEP_WELCOME);
    return self->step;
}

gboolean
postern_draft_get_is_open (PosternDraft *self)
{
    g_return_val_if_fail (POSTERN_IS_DRAFT (self), FALSE);
    return self->is_open;
}

GDateTime *
postern_draft_get_modified (PosternDraft *self)
{
    g_return_val_if_fail (POSTERN_IS_DRAFT (self), NULL);
    return self->modified;
}
