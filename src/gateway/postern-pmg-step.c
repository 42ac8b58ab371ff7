/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-pmg-step.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-hostname.h"

static void
call_clear (PosternPmgCall *self)
{
    g_free (self->path);
    g_clear_pointer (&self->form, postern_pmg_form_free);
}

void
postern_pmg_step_free (PosternPmgStep *self)
{
    g_free (self->key);
    g_free (self->before);
    g_free (self->after);
    g_free (self->text);
    g_free (self->left);
    call_clear (&self->forward);
    call_clear (&self->inverse);
    g_free (self);
}

static const char *
get_key_name (PosternPmgList list)
{
    return list == POSTERN_PMG_LIST_NETWORKS ? "cidr" : "domain";
}

static void
call_on_list (PosternPmgCall *call, PosternPmgList list)
{
    call->method = "POST";
    call->path = g_strdup (postern_pmg_list_get_path (list));
    call->form = postern_pmg_form_new ();
}

static void
call_on_record (PosternPmgCall *call, const char *method, PosternPmgList list, const char *key)
{
    g_autofree char *escaped = postern_pmg_form_escape (key);

    call->method = method;
    call->path = g_strdup_printf ("%s/%s", postern_pmg_list_get_path (list), escaped);
}

static PosternPmgStep *
step_new (PosternPmgList list, const char *key, const PosternPmgRecord *before, const PosternPmgRecord *after)
{
    PosternPmgStep *self = g_new0 (PosternPmgStep, 1);

    self->list = list;
    self->key = g_strdup (key);
    self->before = before != NULL ? postern_pmg_record_describe (before) : g_strdup ("");
    self->after = after != NULL ? postern_pmg_record_describe (after) : g_strdup ("");
    return self;
}

/* The sentences of a record; each pair is what is being done, and what is left if it cannot be taken back. */
static void
set_texts (PosternPmgStep *self, const char *text, const char *left)
{
    g_autofree char *name =
        self->list == POSTERN_PMG_LIST_NETWORKS ? g_strdup (self->key) : postern_hostname_to_display (self->key);
    g_autoptr (GString) doing = g_string_new (text);
    g_autoptr (GString) done = g_string_new (left);

    g_string_replace (doing, "%s", name, 1);
    g_string_replace (done, "%s", name, 1);
    self->text = g_strdup (doing->str);
    self->left = g_strdup (done->str);
}

static void
say_added (PosternPmgStep *self)
{
    if (self->list == POSTERN_PMG_LIST_NETWORKS)
        /* Translators: %s is a network; the second is said when the change could not be taken back. */
        set_texts (self, _ ("Adding the trusted network %s"), _ ("The trusted network %s was added."));
    else if (self->list == POSTERN_PMG_LIST_TRANSPORT)
        /* Translators: %s is a domain; the second is said when the change could not be taken back. */
        set_texts (self, _ ("Adding the route of %s"), _ ("The route of %s was added."));
    else
        /* Translators: %s is a domain; the second is said when the change could not be taken back. */
        set_texts (self, _ ("Adding the relay domain %s"), _ ("The relay domain %s was added."));
}

static void
say_removed (PosternPmgStep *self)
{
    if (self->list == POSTERN_PMG_LIST_NETWORKS)
        /* Translators: %s is a network; the second is said when the change could not be taken back. */
        set_texts (self, _ ("Removing the trusted network %s"), _ ("The trusted network %s was removed."));
    else if (self->list == POSTERN_PMG_LIST_TRANSPORT)
        /* Translators: %s is a domain; the second is said when the change could not be taken back. */
        set_texts (self, _ ("Removing the route of %s"), _ ("The route of %s was removed."));
    else
        /* Translators: %s is a domain; the second is said when the change could not be taken back. */
        set_texts (self, _ ("Removing the relay domain %s"), _ ("The relay domain %s was removed."));
}

PosternPmgStep *
postern_pmg_step_new_add (PosternPmgList list, const char *key)
{
    g_autoptr (PosternPmgRecord) after = postern_pmg_record_new (key, "");
    PosternPmgStep *self = step_new (list, key, NULL, after);

    call_on_list (&self->forward, list);
    postern_pmg_form_add (self->forward.form, get_key_name (list), key);
    call_on_record (&self->inverse, "DELETE", list, key);
    say_added (self);
    return self;
}

static PosternPmgRecord *
make_transport (const char *key, const char *comment, PosternRoute *route)
{
    PosternPmgRecord *record = postern_pmg_record_new (key, comment);

    record->host = g_strdup (postern_route_get_host (route));
    record->protocol = g_strdup ("smtp");
    record->port = postern_route_get_port (route);
    record->use_mx = postern_route_get_mx (route);
    return record;
}

/* Everything is said: what is left out would be 25, SMTP and MX lookup at an addition, and unchanged at a change. */
static void
add_transport (PosternPmgForm *form, const PosternPmgRecord *record)
{
    postern_pmg_form_add (form, "host", record->host);
    postern_pmg_form_add_number (form, "port", record->port);
    postern_pmg_form_add (form, "protocol", record->protocol);
    postern_pmg_form_add_number (form, "use_mx", record->use_mx);
}

PosternPmgStep *
postern_pmg_step_new_add_transport (const char *key, PosternRoute *route)
{
    const PosternPmgList list = POSTERN_PMG_LIST_TRANSPORT;
    g_autoptr (PosternPmgRecord) after = make_transport (key, "", route);
    PosternPmgStep *self = step_new (list, key, NULL, after);

    call_on_list (&self->forward, list);
    postern_pmg_form_add (self->forward.form, get_key_name (list), key);
    add_transport (self->forward.form, after);
    call_on_record (&self->inverse, "DELETE", list, key);
    say_added (self);
    return self;
}

/* A comment comes back as it was if each of its characters is in Latin-1; one that cannot come back is left out. */
static gboolean
can_restore_comment (const char *comment)
{
    if (*comment == '\0')
        return FALSE;
    for (const char *rest = comment; *rest != '\0'; rest = g_utf8_next_char (rest)) {
        gunichar character = g_utf8_get_char (rest);

        if (character > 0xff || (character < 0x20 && character != '\t') || character == 0x7f)
            return FALSE;
    }
    return TRUE;
}

PosternPmgStep *
postern_pmg_step_new_remove (PosternPmgList list, const PosternPmgRecord *record)
{
    PosternPmgStep *self = step_new (list, record->key, record, NULL);

    call_on_record (&self->forward, "DELETE", list, record->key);
    call_on_list (&self->inverse, list);
    postern_pmg_form_add (self->inverse.form, get_key_name (list), record->key);
    if (record->host != NULL)
        add_transport (self->inverse.form, record);
    if (can_restore_comment (record->comment))
        postern_pmg_form_add (self->inverse.form, "comment", record->comment);
    say_removed (self);
    return self;
}

PosternPmgStep *
postern_pmg_step_new_change_transport (const PosternPmgRecord *record, PosternRoute *route)
{
    const PosternPmgList list = POSTERN_PMG_LIST_TRANSPORT;
    g_autoptr (PosternPmgRecord) after = make_transport (record->key, record->comment, route);
    PosternPmgStep *self = step_new (list, record->key, record, after);

    call_on_record (&self->forward, "PUT", list, record->key);
    self->forward.form = postern_pmg_form_new ();
    add_transport (self->forward.form, after);
    call_on_record (&self->inverse, "PUT", list, record->key);
    self->inverse.form = postern_pmg_form_new ();
    add_transport (self->inverse.form, record);
    /* Translators: %s is a domain; the second is said when the change could not be taken back. */
    set_texts (self, _ ("Changing the route of %s"), _ ("The route of %s was changed."));
    return self;
}

/* One PUT that makes each of @names what @values says. */
static void
call_on_mail (PosternPmgCall *call, const char *const *names, const char *const *values)
{
    g_autoptr (GString) unset = g_string_new (NULL);

    call->method = "PUT";
    call->path = g_strdup (postern_pmg_list_get_path (POSTERN_PMG_LIST_MAIL));
    call->form = postern_pmg_form_new ();
    for (gsize i = 0; names[i] != NULL; i++) {
        if (values[i] != NULL)
            postern_pmg_form_add (call->form, names[i], values[i]);
        else
            g_string_append_printf (unset, "%s%s", unset->len > 0 ? "," : "", names[i]);
    }
    if (unset->len > 0)
        postern_pmg_form_add (call->form, "delete", unset->str);
}

static char *
describe_values (const char *const *names, const char *const *values)
{
    g_autoptr (PosternPmgConfig) config = postern_pmg_config_new ();
    g_autofree char *keys = g_strjoinv (",", (char **)names);

    for (gsize i = 0; names[i] != NULL; i++) {
        if (values[i] != NULL)
            g_hash_table_insert (config->mail, g_strdup (names[i]), g_strdup (values[i]));
    }
    return postern_pmg_config_describe (config, POSTERN_PMG_LIST_MAIL, keys);
}

PosternPmgStep *
postern_pmg_step_new_mail (PosternPmgConfig *config, const char *const *names, const char *const *values)
{
    gsize n = g_strv_length ((char **)names);
    g_autofree const char **old = g_new0 (const char *, n + 1);
    PosternPmgStep *self = g_new0 (PosternPmgStep, 1);

    for (gsize i = 0; i < n; i++)
        old[i] = g_hash_table_lookup (config->mail, names[i]);
    self->list = POSTERN_PMG_LIST_MAIL;
    self->key = g_strjoinv (",", (char **)names);
    self->before = describe_values (names, old);
    self->after = describe_values (names, values);
    call_on_mail (&self->forward, names, values);
    call_on_mail (&self->inverse, names, old);
    self->text = g_strdup (_ ("Changing the mail settings"));
    /* Translators: %s is what has changed, in Proxmox's names: “relay=10.0.0.20 spf=0”. */
    self->left = g_strdup_printf (_ ("The mail settings were changed: %s"), self->after);
    return self;
}

PosternPmgStepState
postern_pmg_step_judge (const PosternPmgStep *self, PosternPmgConfig *config)
{
    g_autofree char *now = postern_pmg_config_describe (config, self->list, self->key);

    if (g_str_equal (now, self->after))
        return POSTERN_PMG_STEP_DONE;
    return g_str_equal (now, self->before) ? POSTERN_PMG_STEP_NOT_DONE : POSTERN_PMG_STEP_OTHER;
}

/* How a step is written down. */
enum {
    TEXT_LIST,
    TEXT_KEY,
    TEXT_BEFORE,
    TEXT_AFTER,
    TEXT_FORWARD,
    TEXT_FORWARD_PATH,
    TEXT_FORWARD_FORM,
    TEXT_INVERSE,
    TEXT_INVERSE_PATH,
    TEXT_INVERSE_FORM,
    TEXT_TEXT,
    TEXT_LEFT,
    N_TEXTS,
};

char **
postern_pmg_step_to_texts (const PosternPmgStep *self)
{
    char **texts = g_new0 (char *, N_TEXTS + 1);

    texts[TEXT_LIST] = g_strdup (postern_pmg_list_get_path (self->list));
    texts[TEXT_KEY] = g_strdup (self->key);
    texts[TEXT_BEFORE] = g_strdup (self->before);
    texts[TEXT_AFTER] = g_strdup (self->after);
    texts[TEXT_FORWARD] = g_strdup (self->forward.method);
    texts[TEXT_FORWARD_PATH] = g_strdup (self->forward.path);
    texts[TEXT_FORWARD_FORM] = g_strdup (self->forward.form != NULL ? self->forward.form->str : "");
    texts[TEXT_INVERSE] = g_strdup (self->inverse.method);
    texts[TEXT_INVERSE_PATH] = g_strdup (self->inverse.path);
    texts[TEXT_INVERSE_FORM] = g_strdup (self->inverse.form != NULL ? self->inverse.form->str : "");
    texts[TEXT_TEXT] = g_strdup (self->text);
    texts[TEXT_LEFT] = g_strdup (self->left);
    return texts;
}

static gboolean
find_list (const char *path, PosternPmgList *list)
{
    for (*list = 0; *list < POSTERN_PMG_N_LISTS; (*list)++) {
        if (g_str_equal (path, postern_pmg_list_get_path (*list)))
            return TRUE;
    }
    return FALSE;
}

/* A call on @list or on one record of it. */
static gboolean
call_from_texts (PosternPmgCall *call, PosternPmgList list, const char *method, const char *path, const char *form)
{
    static const char *const methods[] = { "POST", "PUT", "DELETE" };
    const char *top = postern_pmg_list_get_path (list);
    const char *rest = g_str_has_prefix (path, top) ? path + strlen (top) : "?";

    for (gsize i = 0; i < G_N_ELEMENTS (methods); i++) {
        if (g_str_equal (method, methods[i]))
            call->method = methods[i];
    }
    if (call->method == NULL || !postern_pmg_form_is_clean (path) || !postern_pmg_form_is_clean (form) ||
        (*rest != '\0' && (*rest != '/' || strpbrk (rest + 1, "/?# ") != NULL)))
        return FALSE;
    call->path = g_strdup (path);
    if (*form != '\0')
        call->form = g_string_new (form);
    return TRUE;
}

PosternPmgStep *
postern_pmg_step_new_from_texts (const char *const *texts)
{
    g_autoptr (PosternPmgStep) self = g_new0 (PosternPmgStep, 1);

    if (g_strv_length ((char **)texts) != N_TEXTS || !find_list (texts[TEXT_LIST], &self->list) ||
        !call_from_texts (&self->forward, self->list, texts[TEXT_FORWARD], texts[TEXT_FORWARD_PATH],
                          texts[TEXT_FORWARD_FORM]) ||
        !call_from_texts (&self->inverse, self->list, texts[TEXT_INVERSE], texts[TEXT_INVERSE_PATH],
                          texts[TEXT_INVERSE_FORM]))
        return NULL;
    self->key = g_strdup (texts[TEXT_KEY]);
    self->before = g_strdup (texts[TEXT_BEFORE]);
    self->after = g_strdup (texts[TEXT_AFTER]);
    self->text = g_strdup (texts[TEXT_TEXT]);
    self->left = g_strdup (texts[TEXT_LEFT]);
    return g_steal_pointer (&self);
}
