/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <time.h>

#include "plan/postern-change.h"
#include "plan/postern-findings.h"
#include "plan/postern-plan-json.h"
#include "plan/postern-verdict.h"

/*
 * plan parser|load|find|judge FILE
 * plan compare FILE FILE
 *
 * Prints how many seconds one thing takes in a process that has done nothing before; for `judge`, one verdict.
 */

#define N_QUESTIONS 65536
#define N_VERDICTS 2000000

typedef struct {
    char *text;
    gsize length;
} Document;

static Document
read_document (const char *path)
{
    Document document;
    g_autoptr (GError) error = NULL;

    if (!g_file_get_contents (path, &document.text, &document.length, &error))
        g_error ("%s", error->message);
    return document;
}

static PosternPlan *
load (const Document *document)
{
    g_autoptr (GError) error = NULL;
    PosternPlan *plan = postern_plan_from_json (document->text, document->length, POSTERN_PLAN_FORM_FILE, NULL, &error);

    if (plan == NULL)
        g_error ("%s", error->message);
    return plan;
}

/* The processor's time: everything here is one thread, and what else the machine does is not of interest. */
static double
now (void)
{
    struct timespec time;

    clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* Who frees very many small pieces leaves it to the next one who wants a large one to put them together (malloc(3)): a
 * price of reading a document, not of what comes after. */
static void
settle (void)
{
    g_free (g_malloc (64 * 1024));
}

/* The floor: the library alone, with the document's whole life. */
static double
time_parser (const char *path)
{
    Document document = read_document (path);
    double start = now ();
    JsonParser *parser = json_parser_new ();

    if (!json_parser_load_from_data (parser, document.text, (gssize)document.length, NULL))
        g_error ("%s is not JSON", path);
    g_object_unref (parser);
    settle ();
    return now () - start;
}

static double
time_load (const char *path)
{
    Document document = read_document (path);
    double start = now ();

    load (&document);
    settle ();
    return now () - start;
}

static double
time_find (const char *path)
{
    Document document = read_document (path);
    g_autoptr (PosternPlan) plan = load (&document);
    g_autoptr (GPtrArray) findings = NULL;
    double start;

    settle ();
    start = now ();
    findings = postern_plan_find (plan, NULL);
    return now () - start;
}

static double
time_compare (const char *from_path, const char *to_path)
{
    Document from_document = read_document (from_path);
    Document to_document = read_document (to_path);
    g_autoptr (PosternPlan) from = load (&from_document);
    g_autoptr (PosternPlan) to = load (&to_document);
    g_autoptr (GPtrArray) changes = NULL;
    double start;

    settle ();
    start = now ();
    changes = postern_plan_compare (from, to);
    start = now () - start;
    if (changes->len == 0)
        g_error ("%s and %s do not differ", from_path, to_path);
    return start;
}

/* One half of the clients and recipients is of the plan, one of the rest of the world. */
typedef struct {
    GInetAddress *client;
    char *domain;
} Question;

static GInetAddress *
make_client (GRand *random, PosternRecordList *networks)
{
    guint n = postern_record_list_get_length (networks);
    guint32 address = g_rand_int (random);

    if (n > 0 && g_rand_boolean (random)) {
        PosternNetwork *network = postern_record_list_get (networks, (guint)g_rand_int_range (random, 0, (gint32)n));

        return g_inet_address_new_from_bytes (postern_network_get_bytes (network),
                                              postern_network_get_family (network));
    }
    return g_inet_address_new_from_bytes ((const guint8 *)&address, G_SOCKET_FAMILY_IPV4);
}

static char *
make_domain (GRand *random, PosternRecordList *domains)
{
    guint n = postern_record_list_get_length (domains);
    PosternDomain *domain = postern_record_list_get (domains, (guint)g_rand_int_range (random, 0, (gint32)n));

    if (g_rand_boolean (random))
        return g_strdup (postern_domain_get_name (domain));
    return g_strdup_printf ("host%u.elsewhere%u.example", g_rand_int (random) % 100, g_rand_int (random) % 10000);
}

static void
make_questions (PosternPlan *plan, Question *questions)
{
    g_autoptr (GRand) random = g_rand_new_with_seed (25);

    for (guint i = 0; i < N_QUESTIONS; i++) {
        questions[i].client = make_client (random, postern_plan_get_trusted_networks (plan));
        questions[i].domain = make_domain (random, postern_plan_get_domains (plan));
    }
}

static double
time_judge (const char *path)
{
    Document document = read_document (path);
    g_autoptr (PosternPlan) plan = load (&document);
    Question questions[N_QUESTIONS];
    PosternVerdict verdict;
    guint accepted = 0;
    double start;

    make_questions (plan, questions);
    settle ();
    start = now ();
    for (guint i = 0; i < N_VERDICTS; i++) {
        const Question *question = &questions[i % N_QUESTIONS];

        postern_plan_judge (plan, question->client, question->domain, &verdict);
        accepted += verdict.outcome != POSTERN_VERDICT_REFUSED;
    }
    start = now () - start;
    if (accepted == 0 || accepted == N_VERDICTS)
        g_error ("every verdict is the same");
    return start / N_VERDICTS;
}

int
main (int argc, char **argv)
{
    const char *what = argc > 2 ? argv[1] : "";
    double seconds = -1;

    if (g_str_equal (what, "parser"))
        seconds = time_parser (argv[2]);
    else if (g_str_equal (what, "load"))
        seconds = time_load (argv[2]);
    else if (g_str_equal (what, "find"))
        seconds = time_find (argv[2]);
    else if (g_str_equal (what, "judge"))
        seconds = time_judge (argv[2]);
    else if (g_str_equal (what, "compare") && argc > 3)
        seconds = time_compare (argv[2], argv[3]);
    if (seconds < 0) {
        g_printerr ("plan parser|load|find|judge FILE, or plan compare FILE FILE\n");
        return 1;
    }
    g_print ("%.9f\n", seconds);
    return 0;
}
