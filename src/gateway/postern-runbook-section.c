/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-runbook-section.h"

struct _PosternRunbookSection {
    GObject parent_instance;

    char *id;
    char *title;
    char *path;
    char *intro;
    GPtrArray *steps;
};

G_DEFINE_FINAL_TYPE (PosternRunbookSection, postern_runbook_section, G_TYPE_OBJECT)

static void
postern_runbook_section_finalize (GObject *object)
{
    PosternRunbookSection *self = POSTERN_RUNBOOK_SECTION (object);

    g_free (self->id);
    g_free (self->title);
    g_free (self->path);
    g_free (self->intro);
    g_ptr_array_unref (self->steps);
    G_OBJECT_CLASS (postern_runbook_section_parent_class)->finalize (object);
}

static void
postern_runbook_section_class_init (PosternRunbookSectionClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_runbook_section_finalize;
}

static void
postern_runbook_section_init (PosternRunbookSection *self)
{
    self->steps = g_ptr_array_new_with_free_func (g_object_unref);
}

PosternRunbookSection *
postern_runbook_section_new (const char *id, const char *title, char *path, char *intro)
{
    PosternRunbookSection *self = g_object_new (POSTERN_TYPE_RUNBOOK_SECTION, NULL);

    self->id = g_strdup (id);
    self->title = g_strdup (title);
    self->path = path;
    self->intro = intro;
    return self;
}

void
postern_runbook_section_add (PosternRunbookSection *self, PosternRunbookStep *taken_step)
{
    g_ptr_array_add (self->steps, taken_step);
}

const char *
postern_runbook_section_get_id (PosternRunbookSection *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK_SECTION (self), NULL);
    return self->id;
}

const char *
postern_runbook_section_get_title (PosternRunbookSection *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK_SECTION (self), NULL);
    return self->title;
}

const char *
postern_runbook_section_get_path (PosternRunbookSection *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK_SECTION (self), NULL);
    return self->path;
}

const char *
postern_runbook_section_get_intro (PosternRunbookSection *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK_SECTION (self), NULL);
    return self->intro;
}

GPtrArray *
postern_runbook_section_get_steps (PosternRunbookSection *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK_SECTION (self), NULL);
    return self->steps;
}
