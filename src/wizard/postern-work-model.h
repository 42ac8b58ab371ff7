/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-worker.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_WORK_MODEL (postern_work_model_get_type ())

/**
 * PosternWorkModel:
 *
 * A #GListModel of what a job in a worker thread finds. There is one job at a time: a new one takes the place of the
 * last, which is cancelled and whose result counts no more.
 *
 * Properties, read-only: `n-items`; `running`: whether a job, or the pause before one, is under way.
 *
 * What follows is for the classes that derive from it. They set `item_type` and change the list; everybody else only
 * looks.
 */
G_DECLARE_DERIVABLE_TYPE (PosternWorkModel, postern_work_model, POSTERN, WORK_MODEL, GObject)

struct _PosternWorkModelClass {
    GObjectClass parent_class;

    GType item_type;
};

/**
 * PosternWorkJob:
 * @work: what is done, in a thread of its own
 * @data_free: (nullable): frees its data
 * @result_free: (nullable): frees a result that counts no more
 * @progress: (nullable): told what it reports
 * @done: told when it has ended, with @result: (transfer full) (nullable) and @error: (nullable); it may begin the next
 * one. Afterwards the model is no longer running, unless it did
 */
typedef struct {
    PosternWork work;
    GDestroyNotify data_free;
    GDestroyNotify result_free;
    PosternProgress progress;
    void (*done) (gpointer self, gpointer result, const GError *error);
} PosternWorkJob;

/** postern_work_model_start: @job: (static); @data: (transfer full): for its work; @cancellable: (nullable): stops it
 * from outside */
void postern_work_model_start (PosternWorkModel *self, const PosternWorkJob *job, gpointer data,
                               GCancellable *cancellable);
/** postern_work_model_start_later: calls @start, which is to begin a job, unless something else is begun or stopped
 * before @milliseconds are over */
void postern_work_model_start_later (PosternWorkModel *self, guint milliseconds, void (*start) (gpointer self));
/** postern_work_model_cancel: asks the job to end early; how it has ended is told to it as usual */
void postern_work_model_cancel (PosternWorkModel *self);
/** postern_work_model_stop: nobody waits for what is under way any more */
void postern_work_model_stop (PosternWorkModel *self);

gboolean postern_work_model_get_running (PosternWorkModel *self);

/** postern_work_model_get_items: Returns: (transfer none): the items, to be changed by a derived class that then calls
 * postern_work_model_items_changed() */
GPtrArray *postern_work_model_get_items (PosternWorkModel *self);
/** postern_work_model_take_items: @items: (transfer full) (element-type GObject): all of them from now on */
void postern_work_model_take_items (PosternWorkModel *self, GPtrArray *items);
void postern_work_model_items_changed (PosternWorkModel *self, guint position, guint removed, guint added);

G_END_DECLS
