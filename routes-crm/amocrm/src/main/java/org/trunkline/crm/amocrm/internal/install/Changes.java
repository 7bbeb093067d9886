package org.trunkline.crm.amocrm.internal.install;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trunkline.crm.connector.portal.Rejected;
import org.trunkline.model.EntityKind;

/** What a webhook names: {@code leads[update][0][id]=…}. Companies come as contacts. Pure. */
public final class Changes {

    /** Name of the secret at the end of the address: webhooks bear no signature. */
    public static final String SECRET = "eventsSecret";

    private static final Pattern NAME =
            Pattern.compile("(contacts|companies|leads)\\[(\\w+)]\\[(\\d+)]\\[(id|type)]");

    private static final int MOST_BYTES = 1024 * 1024;

    private Changes() {}

    /** An entity that was made, changed or deleted. */
    record Changed(EntityKind kind, String id) {}

    /**
     * @throws Rejected if it is far longer than any webhook
     */
    static List<Changed> read(byte[] body) {
        if (body.length > MOST_BYTES) {
            throw Rejected.tooLarge();
        }
        Map<String, String> ids = new HashMap<>();
        Map<String, String> types = new HashMap<>();
        for (String field : new String(body, StandardCharsets.UTF_8).split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                String name = decoded(field.substring(0, equals));
                Matcher entity = NAME.matcher(name);
                if (entity.matches()) {
                    String key = name.substring(0, name.lastIndexOf('['));
                    (entity.group(4).equals("id") ? ids : types)
                            .put(key, decoded(field.substring(equals + 1)));
                }
            }
        }
        List<Changed> changed = new ArrayList<>();
        ids.forEach((key, id) -> changed.add(new Changed(kind(key, types.get(key)), id)));
        return changed;
    }

    private static EntityKind kind(String key, String type) {
        if (key.startsWith("leads")) {
            return EntityKind.DEAL;
        }
        return key.startsWith("companies") || "company".equals(type)
                ? EntityKind.COMPANY
                : EntityKind.CONTACT;
    }

    /** A sign that can't be decoded leaves the field unknown. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException halfASign) {
            return "";
        }
    }
}
