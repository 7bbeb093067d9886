package org.trunkline.pbx.uis.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a call carries beside numbers, named as filters and templates want it (O14, O18). */
final class Attributes {

    private static final Map<String, String> NAMES = names();

    /** Names what the scenario did last only when it is done or an employee took over. */
    private static final Set<Kind> SCENARIO_DONE =
            Set.of(Kind.TALK_START, Kind.CALL_LOST, Kind.CALL_FINISHED);

    private Attributes() {}

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("scenario_name", "scenario");
        names.put("group_name", "group");
        names.put("campaign_name", "campaign");
        names.put("visitor_first_campaign_name", "firstCampaign");
        names.put("site_domain_name", "site");
        names.put("call_source", "source");
        for (String utm : new String[] {"source", "medium", "campaign", "content", "term"}) {
            names.put("utm_" + utm, "utm_" + utm);
        }
        names.put("external_id", "externalId");
        return names;
    }

    static Map<String, String> of(Notification notification) {
        Map<String, String> attributes = new TreeMap<>();
        NAMES.forEach(
                (field, name) ->
                        notification.text(field).ifPresent(text -> attributes.put(name, text)));
        if (SCENARIO_DONE.contains(notification.kind())) {
            notification
                    .text("last_operation")
                    .ifPresent(text -> attributes.put("lastOperation", text));
        }
        String tags = String.join(", ", notification.texts("tag_names"));
        if (!tags.isEmpty()) {
            attributes.put("tags", tags);
        }
        return attributes;
    }
}
