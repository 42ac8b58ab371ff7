/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-network.h"
#include "plan/postern-plan.h"
#include "wizard/postern-record-batch.h"

static gpointer
parse (const char *text, GError **error)
{
    return postern_network_new (text, error);
}

static const char *
key (gpointer network)
{
    return postern_network_get_text (network);
}

static void
test_lines (void)
{
    g_autoptr (PosternRecordBatch) batch =
        postern_record_batch_new ("10.0.0.20\r\n\n 192.168.0.0/16, 2001:db8::/32; 10.0.0.300\n# a comment, "
                                  "10.0.0.9\n10.0.0.0 255.0.0.0 # netmask\n",
                                  parse);
    PosternRecordProblem *problem;

    g_assert_cmpuint (batch->records->len, ==, 3);
    g_assert_cmpstr (key (batch->records->pdata[0]), ==, "10.0.0.20/32");
    g_assert_cmpstr (key (batch->records->pdata[1]), ==, "192.168.0.0/16");
    g_assert_cmpstr (key (batch->records->pdata[2]), ==, "2001:db8::/32");
    g_assert_cmpuint (batch->problems->len, ==, 2);
    problem = batch->problems->pdata[0];
    g_assert_cmpstr (problem->text, ==, "10.0.0.300");
    problem = batch->problems->pdata[1];
    g_assert_cmpstr (problem->text, ==, "10.0.0.0 255.0.0.0");
    g_assert_cmpstr (problem->message, !=, "");
}

static void
test_nothing (void)
{
    const char *const texts[] = { "", "\n\n", " , ;\r\n", "# only a comment" };

    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
        g_autoptr (PosternRecordBatch) batch = postern_record_batch_new (texts[i], parse);

        g_assert_cmpuint (batch->records->len, ==, 0);
        g_assert_cmpuint (batch->problems->len, ==, 0);
    }
}

static void
test_not_text (void)
{
    g_autoptr (PosternRecordBatch) batch = postern_record_batch_new ("10.0.0.\xff\n10.0.0.1", parse);
    PosternRecordProblem *problem = batch->problems->pdata[0];

    g_assert_cmpuint (batch->records->len, ==, 1);
    g_assert_cmpuint (batch->problems->len, ==, 1);
    g_assert_true (g_utf8_validate (problem->text, -1, NULL));
}

static void
count_cb (guint *counter)
{
    (*counter)++;
}

static void
test_add (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    PosternRecordList *networks = postern_plan_get_trusted_networks (plan);
    g_autoptr (PosternRecordBatch) batch =
        postern_record_batch_new ("10.0.0.1\n10.0.0.2\n10.0.0.3\n10.0.0.2/32", parse);
    guint told = 0;

    postern_plan_add_trusted_network (plan, "10.0.0.1", NULL);
    g_signal_connect_swapped (networks, "items-changed", G_CALLBACK (count_cb), &told);
    g_assert_cmpuint (postern_record_batch_add_to (batch, networks, key), ==, 2);
    g_assert_cmpuint (postern_record_list_get_length (networks), ==, 3);
    g_assert_cmpuint (told, ==, 1);
    g_assert_cmpuint (batch->problems->len, ==, 2);
    g_assert_cmpstr (((PosternRecordProblem *)batch->problems->pdata[0])->text, ==, "10.0.0.1/32");
    g_assert_cmpstr (((PosternRecordProblem *)batch->problems->pdata[1])->text, ==, "10.0.0.2/32");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/record-batch/lines", test_lines);
    g_test_add_func ("/record-batch/nothing", test_nothing);
    g_test_add_func ("/record-batch/not-text", test_not_text);
    g_test_add_func ("/record-batch/add", test_add);
    return g_test_run ();
}
