/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-work-model.h"

/* A model of the files that a job “finds”, as many as it is told. */
#define TEST_TYPE_MODEL (test_model_get_type ())
G_DECLARE_FINAL_TYPE (TestModel, test_model, TEST, MODEL, PosternWorkModel)

struct _TestModel {
    PosternWorkModel parent_instance;

    guint n_done;
    guint n_reports;
    guint again; /* how many jobs follow the first */
    int error_code;
};

G_DEFINE_FINAL_TYPE (TestModel, test_model, POSTERN_TYPE_WORK_MODEL)

/* What a job is told: how many to find, and what to wait for. */
typedef struct {
    guint n;
    GCancellable *gate; /* nullable: it waits until this is cancelled, or it is itself */
} Order;

static int n_orders_freed;
static int n_results_freed;

static void
order_free (gpointer data)
{
    g_clear_object (&((Order *)data)->gate);
    g_free (data);
    g_atomic_int_inc (&n_orders_freed);
}

static void
result_free (gpointer data)
{
    g_ptr_array_unref (data);
    g_atomic_int_inc (&n_results_freed);
}

static gpointer
find (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    Order *order = data;
    GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

    while (order->gate != NULL && !g_cancellable_is_cancelled (order->gate) &&
           !g_cancellable_is_cancelled (cancellable))
        g_thread_yield ();
    for (guint i = 0; i < order->n; i++) {
        g_autofree char *name = g_strdup_printf ("/%u", i);
        GFile *file = g_file_new_for_path (name);

        g_ptr_array_add (found, file);
        postern_worker_report (worker, G_OBJECT (file));
    }
    return found;
}

static void
count_report (gpointer self, GObject *event)
{
    TEST_MODEL (self)->n_reports++;
}

static void order (gpointer model);

static void
done (gpointer model, gpointer result, const GError *error)
{
    TestModel *self = TEST_MODEL (model);

    g_assert_true (postern_work_model_get_running (model));
    self->n_done++;
    self->error_code = error != NULL ? error->code : -1;
    if (result != NULL)
        postern_work_model_take_items (model, result);
    if (self->again > 0) {
        self->again--;
        order (model);
    }
}

static const PosternWorkJob job = { find, order_free, result_free, count_report, done };

static void
start (gpointer model, guint n, GCancellable *gate, GCancellable *cancellable)
{
    Order *data = g_new0 (Order, 1);

    data->n = n;
    g_set_object (&data->gate, gate);
    postern_work_model_start (model, &job, data, cancellable);
}

static void
order (gpointer model)
{
    start (model, 2, NULL, NULL);
}

static void
test_model_class_init (TestModelClass *klass)
{
    POSTERN_WORK_MODEL_CLASS (klass)->item_type = G_TYPE_FILE;
}

static void
test_model_init (TestModel *self)
{
}

/*
 * The tests
 */

typedef struct {
    TestModel *model;
    guint n_running;
    guint n_items;
} Fixture;

static void
count_cb (guint *n)
{
    (*n)++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
    n_orders_freed = n_results_freed = 0;
    fixture->model = g_object_new (TEST_TYPE_MODEL, NULL);
    g_signal_connect_swapped (fixture->model, "notify::running", G_CALLBACK (count_cb), &fixture->n_running);
    g_signal_connect_swapped (fixture->model, "notify::n-items", G_CALLBACK (count_cb), &fixture->n_items);
}

/* Whoever works keeps the model alive; when nobody does, nothing is left. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
    g_object_add_weak_pointer (G_OBJECT (fixture->model), (gpointer *)&fixture->model);
    g_object_unref (fixture->model);
    while (fixture->model != NULL)
        g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_running (Fixture *fixture)
{
    return postern_work_model_get_running (POSTERN_WORK_MODEL (fixture->model));
}

static void
wait_for_rest (Fixture *fixture)
{
    while (is_running (fixture))
        g_main_context_iteration (NULL, TRUE);
}

static guint
count (Fixture *fixture)
{
    return g_list_model_get_n_items (G_LIST_MODEL (fixture->model));
}

static void
test_found (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GFile) second = NULL;

    g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture->model)) == G_TYPE_FILE);
    g_assert_false (is_running (fixture));
    start (fixture->model, 3, NULL, NULL);
    g_assert_true (is_running (fixture));
    wait_for_rest (fixture);
    g_assert_cmpuint (count (fixture), ==, 3);
    second = g_list_model_get_item (G_LIST_MODEL (fixture->model), 1);
    g_assert_cmpstr (g_file_peek_path (second), ==, "/1");
    g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->model), 3));
    g_assert_cmpuint (fixture->model->n_reports, ==, 3);
    g_assert_cmpint (fixture->model->error_code, ==, -1);
    g_assert_cmpuint (fixture->n_running, ==, 2);
    g_assert_cmpuint (fixture->n_items, ==, 1);
    g_assert_cmpint (n_orders_freed, ==, 1);
    g_assert_cmpint (n_results_freed, ==, 0);
}

/* The result of what was overtaken is not seen, and between the two it never rests. */
static void
test_overtaken (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GCancellable) gate = g_cancellable_new ();

    start (fixture->model, 5, gate, NULL);
    start (fixture->model, 1, NULL, NULL);
    wait_for_rest (fixture);
    g_assert_cmpuint (count (fixture), ==, 1);
    g_assert_cmpuint (fixture->model->n_done, ==, 1);
    g_assert_cmpuint (fixture->n_running, ==, 2);
    while (g_atomic_int_get (&n_orders_freed) < 2)
        g_main_context_iteration (NULL, FALSE);
}

static void
test_stopped (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GCancellable) gate = g_cancellable_new ();

    start (fixture->model, 5, gate, NULL);
    postern_work_model_stop (POSTERN_WORK_MODEL (fixture->model));
    g_assert_false (is_running (fixture));
    while (g_atomic_int_get (&n_orders_freed) < 1)
        g_main_context_iteration (NULL, FALSE);
    g_assert_cmpuint (count (fixture), ==, 0);
    g_assert_cmpuint (fixture->model->n_done, ==, 0);
    postern_work_model_stop (POSTERN_WORK_MODEL (fixture->model));
    g_assert_cmpuint (fixture->n_running, ==, 2);
}

/* Who is asked to end, by the model or from outside, tells how it has ended. */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GCancellable) gate = g_cancellable_new ();
    g_autoptr (GCancellable) outside = g_cancellable_new ();

    start (fixture->model, 5, gate, NULL);
    postern_work_model_cancel (POSTERN_WORK_MODEL (fixture->model));
    g_assert_true (is_running (fixture));
    wait_for_rest (fixture);
    g_assert_cmpint (fixture->model->error_code, ==, G_IO_ERROR_CANCELLED);
    fixture->model->error_code = -1;
    start (fixture->model, 5, gate, outside);
    g_cancellable_cancel (outside);
    wait_for_rest (fixture);
    g_assert_cmpint (fixture->model->error_code, ==, G_IO_ERROR_CANCELLED);
    g_assert_cmpuint (fixture->model->n_done, ==, 2);
    g_assert_cmpuint (count (fixture), ==, 0);
}

static void
test_later (Fixture *fixture, gconstpointer data)
{
    postern_work_model_start_later (POSTERN_WORK_MODEL (fixture->model), 60000, order);
    g_assert_true (is_running (fixture));
    /* Once more: the pause begins anew, and nobody sees it rest. */
    postern_work_model_start_later (POSTERN_WORK_MODEL (fixture->model), 1, order);
    wait_for_rest (fixture);
    g_assert_cmpuint (count (fixture), ==, 2);
    g_assert_cmpuint (fixture->model->n_done, ==, 1);
    g_assert_cmpuint (fixture->n_running, ==, 2);
    /* One that goes away in its pause goes. */
    postern_work_model_start_later (POSTERN_WORK_MODEL (fixture->model), 60000, order);
}

static void
test_one_after_the_other (Fixture *fixture, gconstpointer data)
{
    fixture->model->again = 2;
    order (fixture->model);
    wait_for_rest (fixture);
    g_assert_cmpuint (fixture->model->n_done, ==, 3);
    g_assert_cmpuint (fixture->n_running, ==, 2);
    g_assert_cmpuint (fixture->n_items, ==, 1);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/work-model/" path, Fixture, NULL, set_up, function, tear_down)
    ADD ("found", test_found);
    ADD ("overtaken", test_overtaken);
    ADD ("stopped", test_stopped);
    ADD ("cancelled", test_cancelled);
    ADD ("later", test_later);
    ADD ("one-after-the-other", test_one_after_the_other);
    return g_test_run ();
}
