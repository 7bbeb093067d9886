package org.trunkline.crm.amocrm.internal.install;

import java.util.Optional;

/** What an administrator of an account sees after he consented, in his language (rule T1). */
enum Result {
    CONNECTED(
            200,
            "The account is connected",
            "The company’s calls are written to this account. You may close this window.",
            "Аккаунт подключён",
            "Звонки компании попадают в этот аккаунт. Окно можно закрыть."),
    REFUSED_BY_USER(
            200,
            "Access was not given",
            "Follow the address again, and press “Allow”.",
            "Доступ не предоставлен",
            "Откройте ссылку ещё раз и нажмите «Разрешить»."),
    NOT_OPEN(
            401,
            "The account is not connected",
            "Ask the administrator of Trunkline to open the installation, and follow the address that"
                    + " he gets, within 15 minutes.",
            "Аккаунт не подключён",
            "Попросите администратора Trunkline открыть установку и в течение 15 минут перейдите по"
                    + " выданной ссылке."),
    NOT_TAKEN(
            403,
            "The account is not connected",
            "The reason and what to do are told in Trunkline’s state (/health).",
            "Аккаунт не подключён",
            "Причина и порядок действий указаны в состоянии Trunkline (/health)."),
    AWAY(
            503,
            "amoCRM does not answer Trunkline now",
            "Follow the address again in a minute.",
            "amoCRM сейчас не отвечает",
            "Откройте ссылку ещё раз через минуту.");

    private final int status;
    private final String heading;
    private final String text;
    private final String headingRu;
    private final String textRu;

    Result(int status, String heading, String text, String headingRu, String textRu) {
        this.status = status;
        this.heading = heading;
        this.text = text;
        this.headingRu = headingRu;
        this.textRu = textRu;
    }

    int status() {
        return status;
    }

    /**
     * The page; it loads nothing and runs nothing.
     *
     * @param languages as a browser names them; Russian where it names none
     */
    String page(Optional<String> languages) {
        boolean russian =
                languages.map(text -> text.regionMatches(true, 0, "ru", 0, 2)).orElse(true);
        return """
               <!DOCTYPE html>
               <html lang="%s"><head><meta charset="utf-8"><title>Trunkline</title></head>
               <body><h1>%s</h1><p>%s</p></body></html>
               """
                .formatted(
                        russian ? "ru" : "en",
                        russian ? headingRu : heading,
                        russian ? textRu : text);
    }
}
