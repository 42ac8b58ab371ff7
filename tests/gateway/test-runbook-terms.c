/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gateway/postern-runbook-terms.h"

#define TERM(name) POSTERN_RUNBOOK_TERM_##name

/* What the product's help says in each language; an English word in parentheses where it was not seen. */
static const struct {
    PosternRunbookTerm term;
    const char *en;
    const char *ru;
    const char *cs;
    const char *fr;
} seen[] = {
    { TERM (SETTINGS), "Settings", "Параметры", "Nastavení", "Paramètres" },
    { TERM (BUILT_IN_MTA), "Built-in MTA", "Встроенный MTA", "Integrovaný agent MTA", "MTA intégré" },
    { TERM (DOMAINS), "Domains", "Домены", "Domény", "Domaines" },
    { TERM (ADD_DOMAIN), "Add domain", "Добавить домен", "Přidat doménu", "Ajouter un domaine" },
    { TERM (LOCAL_DOMAIN), "Local domain", "Локальный домен", "Místní doména", "Domaine local" },
    { TERM (RECORD_NAME), "Record name", "Record name", "Record name", "Record name" },
    { TERM (BASIC_SETTINGS), "Basic Settings", "Основные параметры", "Základní nastavení", "Paramètres principaux" },
    { TERM (ADVANCED_SETTINGS), "Advanced Settings", "Расширенные параметры", "Rozšířené nastavení",
      "Paramètres avancés" },
    { TERM (EMAIL_DESTINATION_ADDRESS), "Email destination address", "Email destination address",
      "Cílová adresa e-mailu", "Adresse de destination du message" },
    { TERM (SEND_THROUGH_EDGE_GATEWAY), "Send through an edge gateway",
      "Отправлять через пограничный шлюз (Send through an edge gateway)", "Odeslat prostřednictvím hraniční brány",
      "Envoyer via une passerelle frontière" },
    { TERM (USE_MX_LOOKUP), "Use MX lookup", "Use MX lookup", "Použít vyhledávání MX",
      "Utiliser la recherche d'enregistrements MX" },
    { TERM (TRUSTED_NETWORKS), "Trusted networks", "Доверенные сети", "Důvěryhodné sítě", "Réseaux de confiance" },
    { TERM (EXTERNAL_SERVICES), "External services", "Внешние службы (External services)", "Externí služby",
      "Services externes" },
    { TERM (USE_SPF), "Use SPF", "Использовать SPF (Use SPF)", "Použít SPF", "Utiliser l'authentification SPF" },
    { TERM (USE_DMARC), "Use DMARC", "Использовать DMARC (Use DMARC)", "Použít DMARC",
      "Utiliser l'authentification DMARC" },
    { TERM (REJECT_FOR_RECIPIENTS), "Reject messages for recipients", "Отклонять сообщения на адреса получателей",
      "Odmítat zprávy u příjemců", "Refuser les messages destinés à des adresses de destinataires" },
    { TERM (REJECT_UNVERIFIED), "Reject for unverified recipients", "Отклонять на адреса, не прошедшие проверку",
      "Odmítat u neověřených příjemců (Reject for unverified recipients)",
      "Rejeter pour les destinataires qui n'ont pas été vérifiés" },
    { TERM (DO_NOT_REJECT), "Do not reject", "Не отклонять (Do not reject)", "Neodmítat",
      "Ne pas refuser (Do not reject)" },
    { TERM (REJECT), "Reject", "Отклонить (Reject)", "Odmítnout", "Refuser" },
    { TERM (DELETE_MESSAGE), "Delete message", "Удалить сообщение (Delete message)", "Odstranit zprávu",
      "Supprimer le message" },
    { TERM (SENDER_AUTHENTICATION), "Mail Sender Authentication", "Проверка подлинности", "Ověření odesílatele e-mailu",
      "Authentification des expéditeurs (Mail Sender Authentication)" },
    { TERM (RULES), "Rules", "Правила", "Pravidla", "Règles" },
    { TERM (SAVE), "Save", "Сохранить", "Uložit", "Enregistrer" },
};

static void
test_seen (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (seen); i++) {
        g_assert_cmpstr (postern_runbook_term ("en", seen[i].term), ==, seen[i].en);
        g_assert_cmpstr (postern_runbook_term ("ru", seen[i].term), ==, seen[i].ru);
        g_assert_cmpstr (postern_runbook_term ("cs", seen[i].term), ==, seen[i].cs);
        g_assert_cmpstr (postern_runbook_term ("fr", seen[i].term), ==, seen[i].fr);
    }
}

static void
test_complete (void)
{
    static const char *const languages[] = { "en", "ru", "cs", "fr" };

    for (guint term = 0; term < POSTERN_RUNBOOK_N_TERMS; term++) {
        for (gsize i = 0; i < G_N_ELEMENTS (languages); i++) {
            const char *text = postern_runbook_term (languages[i], term);

            g_assert_true (g_utf8_validate (text, -1, NULL));
            g_assert_cmpuint (strlen (text), >, 2);
            g_assert_null (strchr (text, '?'));
        }
    }
}

static void
test_language (void)
{
    g_assert_cmpstr (postern_runbook_terms_pick_language ("cs"), ==, "cs");
    g_assert_cmpstr (postern_runbook_terms_pick_language ("cs_CZ.UTF-8"), ==, "cs");
    g_assert_cmpstr (postern_runbook_terms_pick_language ("FR"), ==, "fr");
    g_assert_cmpstr (postern_runbook_terms_pick_language ("fr-CA"), ==, "fr");
    g_assert_cmpstr (postern_runbook_terms_pick_language ("ru@latin"), ==, "ru");
    g_assert_cmpstr (postern_runbook_terms_pick_language ("de_DE"), ==, "en");
    g_assert_cmpstr (postern_runbook_terms_pick_language ("csb"), ==, "en");
    g_assert_cmpstr (postern_runbook_terms_pick_language ("f"), ==, "en");
    g_assert_cmpstr (postern_runbook_terms_pick_language (""), ==, "en");
    g_setenv ("LANGUAGE", "de:fr:cs", TRUE);
    g_assert_cmpstr (postern_runbook_terms_pick_language (NULL), ==, "fr");
    g_setenv ("LANGUAGE", "de", TRUE);
    g_assert_cmpstr (postern_runbook_terms_pick_language (NULL), ==, "en");
}

static void
test_path (void)
{
    g_autofree char *path =
        postern_runbook_term_path ("cs", TERM (SETTINGS), TERM (BUILT_IN_MTA), TERM (DOMAINS), POSTERN_RUNBOOK_N_TERMS);

    g_assert_cmpstr (path, ==, "Nastavení → Integrovaný agent MTA → Domény");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/runbook-terms/seen", test_seen);
    g_test_add_func ("/runbook-terms/complete", test_complete);
    g_test_add_func ("/runbook-terms/language", test_language);
    g_test_add_func ("/runbook-terms/path", test_path);
    return g_test_run ();
}
