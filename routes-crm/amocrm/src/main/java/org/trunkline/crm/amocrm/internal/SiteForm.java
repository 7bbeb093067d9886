package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Pattern;
import org.trunkline.model.Json;
import org.trunkline.model.SiteRequest;

/**
 * What an entry of category <i>forms</i> tells of the form (rule I6). Anybody may send anything:
 * what an account would refuse is cut or left out here, for the note holds it all.
 */
final class SiteForm {

    /** Of a field, in characters. */
    private static final int LONGEST = 255;

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";

    /** Version 4, or what version 6 is written with. */
    private static final Pattern ADDRESS =
            Pattern.compile(OCTET + "(\\." + OCTET + "){3}|(?=.*:.*:)[\\p{XDigit}:.]{2,45}");

    private SiteForm() {}

    /** The vendor insists on each of them. */
    static ObjectNode metadata(SiteRequest sent) {
        String page = field(sent, "form_page", "page", "site").orElse("-");
        return Json.MAPPER
                .createObjectNode()
                .put("form_id", field(sent, "form_id", "form").orElse("trunkline"))
                .put("form_name", field(sent, "form_name", "form", "site").orElse("Trunkline"))
                .put("form_page", page)
                .put(
                        "ip",
                        sent.text("ip")
                                .filter(text -> ADDRESS.matcher(text).matches())
                                .orElse("0.0.0.0"))
                .put("form_sent_at", sent.sentAt().getEpochSecond())
                .put("referer", field(sent, "referer").orElse(page));
    }

    private static Optional<String> field(SiteRequest sent, String... names) {
        return sent.text(names).map(text -> text.substring(0, Math.min(text.length(), LONGEST)));
    }
}
