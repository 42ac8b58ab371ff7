/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "plan/postern-hash.h"
#include "plan/postern-plan.h"

#define N_PAIRS 16

/* Names that g_str_hash() takes for one another: `ar` and `c0` add up to the same, and so does every row of them. */
static GPtrArray *
make_colliding_names (void)
{
    GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

    for (guint bits = 0; bits < 1u << N_PAIRS; bits++) {
        GString *name = g_string_new (NULL);

        for (guint pair = 0; pair < N_PAIRS; pair++)
            g_string_append (name, bits >> pair & 1 ? "ar" : "c0");
        g_string_append (name, ".example");
        g_ptr_array_add (names, g_string_free (name, FALSE));
    }
    return names;
}

static void
test_collisions (void)
{
    g_autoptr (GPtrArray) names = make_colliding_names ();
    g_autoptr (GHashTable) values = g_hash_table_new (NULL, NULL);
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_object_unref);

    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index (names, i);

        g_assert_cmpuint (g_str_hash (name), ==, g_str_hash (g_ptr_array_index (names, 0)));
        g_hash_table_add (values, GUINT_TO_POINTER (postern_hash_text (name)));
        g_ptr_array_add (domains, postern_domain_new (name, NULL));
    }
    g_assert_cmpuint (g_hash_table_size (values), >, names->len - 100);

    /* A list of them is made in no time; it would take minutes. */
    g_assert_cmpuint (postern_record_list_append_all (postern_plan_get_domains (plan), domains), ==, names->len);
}

static void
test_every_byte_counts (void)
{
    char text[40] = "abcdefghijklmnopqrstuvwxyz0123456789";

    for (gsize length = 0; length <= strlen (text); length++) {
        guint64 hash = postern_hash_bytes (text, length);

        g_assert_cmpuint (hash, ==, postern_hash_bytes (text, length));
        g_assert_cmpuint (hash, !=, postern_hash_bytes (text, length + 1));
        for (gsize i = 0; i < length; i++) {
            text[i] ^= 1;
            g_assert_cmpuint (hash, !=, postern_hash_bytes (text, length));
            text[i] ^= 1;
        }
        text[length] ^= 1; /* what is behind does not count */
        g_assert_cmpuint (hash, ==, postern_hash_bytes (text, length));
        text[length] ^= 1;
    }
    g_assert_cmpuint (postern_hash_text (text), ==, (guint)postern_hash_bytes (text, strlen (text)));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/hash/collisions", test_collisions);
    g_test_add_func ("/hash/every-byte-counts", test_every_byte_counts);
    return g_test_run ();
}
