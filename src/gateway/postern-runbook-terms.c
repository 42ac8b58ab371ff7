/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-runbook-terms.h"

#include <stdarg.h>
#include <string.h>

enum { RU, CS, FR, N_TRANSLATIONS };

/* In front of a term that was not seen in the product's own documentation in that language. */
#define UNSEEN "?"

/*
 * Source: the product's help in four languages (topics 254177 to 254179, 203892, 203013, 203008, 88114, 207356, 90599),
 * versions 2.0.1 and 2.1. No term at all where none is known.
 */
static const struct {
    const char *english;
    const char *others[N_TRANSLATIONS];
} terms[POSTERN_RUNBOOK_N_TERMS] = {
    [POSTERN_RUNBOOK_TERM_SETTINGS] = { "Settings", { "Параметры", "Nastavení", "Paramètres" } },
    [POSTERN_RUNBOOK_TERM_BUILT_IN_MTA] = { "Built-in MTA",
                                            { "Встроенный MTA", "Integrovaný agent MTA", "MTA intégré" } },
    [POSTERN_RUNBOOK_TERM_DOMAINS] = { "Domains", { "Домены", "Domény", "Domaines" } },
    [POSTERN_RUNBOOK_TERM_ADD_DOMAIN] = { "Add domain", { "Добавить домен", "Přidat doménu", "Ajouter un domaine" } },
    [POSTERN_RUNBOOK_TERM_LOCAL_DOMAIN] = { "Local domain", { "Локальный домен", "Místní doména", "Domaine local" } },
    [POSTERN_RUNBOOK_TERM_RECORD_NAME] = { "Record name", { 0 } },
    [POSTERN_RUNBOOK_TERM_RECORD_TYPE] = { "Record type", { 0 } },
    [POSTERN_RUNBOOK_TERM_TYPE_DOMAIN] = { "Domain", { 0 } },
    [POSTERN_RUNBOOK_TERM_TYPE_SUBDOMAIN] = { "Subdomain", { 0 } },
    [POSTERN_RUNBOOK_TERM_PROTOCOL] = { "Protocol", { 0 } },
    [POSTERN_RUNBOOK_TERM_SMTP] = { "SMTP", { "SMTP", "SMTP", "SMTP" } },
    [POSTERN_RUNBOOK_TERM_DESTINATION_ADDRESS] = { "Destination address", { 0 } },
    [POSTERN_RUNBOOK_TERM_PORT] = { "Port", { 0 } },
    [POSTERN_RUNBOOK_TERM_BASIC_SETTINGS] = { "Basic Settings",
                                              { "Основные параметры", "Základní nastavení", "Paramètres principaux" } },
    [POSTERN_RUNBOOK_TERM_EMAIL_DESTINATION_ADDRESS] = { "Email destination address",
                                                         { NULL, "Cílová adresa e-mailu",
                                                           "Adresse de destination du message" } },
    [POSTERN_RUNBOOK_TERM_SEND_THROUGH_EDGE_GATEWAY] = { "Send through an edge gateway",
                                                         { UNSEEN "Отправлять через пограничный шлюз",
                                                           "Odeslat prostřednictvím hraniční brány",
                                                           "Envoyer via une passerelle frontière" } },
    [POSTERN_RUNBOOK_TERM_EDGE_GATEWAY] = { "edge gateway (relayhost)",
                                            { UNSEEN "пограничный шлюз", "hraniční brána (relayhost)",
                                              "passerelle frontière (relayhost)" } },
    [POSTERN_RUNBOOK_TERM_USE_MX_LOOKUP] = { "Use MX lookup",
                                             { NULL, "Použít vyhledávání MX",
                                               "Utiliser la recherche d'enregistrements MX" } },
    [POSTERN_RUNBOOK_TERM_TRUSTED_NETWORKS] = { "Trusted networks",
                                                { "Доверенные сети", "Důvěryhodné sítě", "Réseaux de confiance" } },
    [POSTERN_RUNBOOK_TERM_ADVANCED_SETTINGS] = { "Advanced Settings",
                                                 { "Расширенные параметры", "Rozšířené nastavení",
                                                   "Paramètres avancés" } },
    [POSTERN_RUNBOOK_TERM_REJECT_FOR_RECIPIENTS] = { "Reject messages for recipients",
                                                     { "Отклонять сообщения на адреса получателей",
                                                       "Odmítat zprávy u příjemců",
                                                       "Refuser les messages destinés à des adresses de "
                                                       "destinataires" } },
    [POSTERN_RUNBOOK_TERM_REJECT_UNVERIFIED] = { "Reject for unverified recipients",
                                                 { "Отклонять на адреса, не прошедшие проверку",
                                                   UNSEEN "Odmítat u neověřených příjemců",
                                                   "Rejeter pour les destinataires qui n'ont pas été vérifiés" } },
    [POSTERN_RUNBOOK_TERM_DO_NOT_REJECT] = { "Do not reject",
                                             { UNSEEN "Не отклонять", "Neodmítat", UNSEEN "Ne pas refuser" } },
    [POSTERN_RUNBOOK_TERM_REJECT_UNKNOWN_DOMAINS] = { "Reject messages for unknown recipient domains", { 0 } },
    [POSTERN_RUNBOOK_TERM_GENERAL] = { "General", { UNSEEN "Общие", "Obecné", "Général" } },
    [POSTERN_RUNBOOK_TERM_PROTECTION] = { "Protection", { UNSEEN "Защита", "Ochrana", "Protection" } },
    [POSTERN_RUNBOOK_TERM_EXTERNAL_SERVICES] = { "External services",
                                                 { UNSEEN "Внешние службы", "Externí služby", "Services externes" } },
    [POSTERN_RUNBOOK_TERM_ALLOW_DNS] = { "Allow connection to DNS server", { 0 } },
    [POSTERN_RUNBOOK_TERM_USE_SPF] = { "Use SPF",
                                       { UNSEEN "Использовать SPF", "Použít SPF", "Utiliser l'authentification SPF" } },
    [POSTERN_RUNBOOK_TERM_USE_DKIM] = { "Use DKIM",
                                        { NULL, "Použít DKIM", UNSEEN "Utiliser l'authentification DKIM" } },
    [POSTERN_RUNBOOK_TERM_USE_DMARC] = { "Use DMARC",
                                         { UNSEEN "Использовать DMARC", "Použít DMARC",
                                           "Utiliser l'authentification DMARC" } },
    [POSTERN_RUNBOOK_TERM_RULES] = { "Rules", { "Правила", "Pravidla", "Règles" } },
    [POSTERN_RUNBOOK_TERM_VIEW_RULE] = { "View rule",
                                         { "Просмотреть правило", "Zobrazit pravidlo", "Consulter la règle" } },
    [POSTERN_RUNBOOK_TERM_EDIT] = { "Edit", { "Изменить", "Upravit", "Modifier" } },
    [POSTERN_RUNBOOK_TERM_SAVE] = { "Save", { "Сохранить", "Uložit", "Enregistrer" } },
    [POSTERN_RUNBOOK_TERM_RULE_DEFAULT] = { "Default", { 0 } },
    [POSTERN_RUNBOOK_TERM_RULE_ALLOW_LIST] = { "AllowList", { 0 } },
    [POSTERN_RUNBOOK_TERM_RULE_DENY_LIST] = { "DenyList", { 0 } },
    [POSTERN_RUNBOOK_TERM_REJECT] = { "Reject", { UNSEEN "Отклонить", "Odmítnout", "Refuser" } },
    [POSTERN_RUNBOOK_TERM_DELETE_MESSAGE] = { "Delete message",
                                              { UNSEEN "Удалить сообщение", "Odstranit zprávu",
                                                "Supprimer le message" } },
    [POSTERN_RUNBOOK_TERM_DELETE_ATTACHMENT] = { "Delete attachment", { 0 } },
    [POSTERN_RUNBOOK_TERM_SKIP] = { "Skip", { UNSEEN "Пропустить", UNSEEN "Přeskočit", "Ignorer" } },
    [POSTERN_RUNBOOK_TERM_REJECT_WITHOUT_SCANNING] = { "Reject without scanning", { 0 } },
    [POSTERN_RUNBOOK_TERM_DELETE_WITHOUT_NOTIFYING] = { "Delete without notifying the sender", { 0 } },
    [POSTERN_RUNBOOK_TERM_PLACE_IN_BACKUP] = { "Place original message in Backup", { 0 } },
    [POSTERN_RUNBOOK_TERM_ANTI_VIRUS] = { "Anti-Virus", { 0 } },
    [POSTERN_RUNBOOK_TERM_LINK_SCANNING] = { "Link scanning", { 0 } },
    [POSTERN_RUNBOOK_TERM_ANTI_SPAM] = { "Anti-Spam", { 0 } },
    [POSTERN_RUNBOOK_TERM_ANTI_PHISHING] = { "Anti-Phishing", { 0 } },
    [POSTERN_RUNBOOK_TERM_CONTENT_FILTERING] = { "Content Filtering", { 0 } },
    [POSTERN_RUNBOOK_TERM_KATA_PROTECTION] = { "KATA protection", { 0 } },
    [POSTERN_RUNBOOK_TERM_SENDER_AUTHENTICATION] = { "Mail Sender Authentication",
                                                     { "Проверка подлинности", "Ověření odesílatele e-mailu",
                                                       UNSEEN "Authentification des expéditeurs" } },
    [POSTERN_RUNBOOK_TERM_APPLY_DMARC_POLICY] = { "Apply DMARC policy", { 0 } },
};

static const char *const languages[N_TRANSLATIONS] = { "ru", "cs", "fr" };

static const char *
known_language (const char *language)
{
    for (gsize i = 0; i < G_N_ELEMENTS (languages); i++) {
        if (g_ascii_strncasecmp (language, languages[i], 2) == 0 && !g_ascii_isalpha (language[2]))
            return languages[i];
    }
    return g_ascii_strncasecmp (language, "en", 2) == 0 && !g_ascii_isalpha (language[2]) ? "en" : NULL;
}

const char *
postern_runbook_terms_pick_language (const char *language)
{
    const char *const *names = g_get_language_names ();
    const char *known = NULL;

    if (language != NULL)
        known = known_language (language);
    for (gsize i = 0; language == NULL && known == NULL && names[i] != NULL; i++)
        known = known_language (names[i]);
    return known != NULL ? known : "en";
}

static const char *
translated (const char *language, PosternRunbookTerm term)
{
    for (gsize i = 0; i < G_N_ELEMENTS (languages); i++) {
        if (g_str_equal (languages[i], language))
            return terms[term].others[i];
    }
    return NULL;
}

const char *
postern_runbook_term (const char *language, PosternRunbookTerm term)
{
    g_autofree char *both = NULL;
    const char *text;

    g_return_val_if_fail (language != NULL, NULL);
    g_return_val_if_fail (term < POSTERN_RUNBOOK_N_TERMS, NULL);

    text = translated (language, term);
    if (text == NULL)
        return terms[term].english;
    if (!g_str_has_prefix (text, UNSEEN))
        return text;
    both = g_strdup_printf ("%s (%s)", text + strlen (UNSEEN), terms[term].english);
    return g_intern_string (both);
}

char *
postern_runbook_term_path (const char *language, PosternRunbookTerm first, ...)
{
    GString *path = g_string_new (postern_runbook_term (language, first));
    va_list list;
    guint term;

    va_start (list, first);
    while ((term = va_arg (list, guint)) < POSTERN_RUNBOOK_N_TERMS)
        g_string_append_printf (path, " → %s", postern_runbook_term (language, term));
    va_end (list);
    return g_string_free_and_steal (path);
}
