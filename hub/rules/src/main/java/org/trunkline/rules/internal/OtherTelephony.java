package org.trunkline.rules.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.ChangedEntities;
import org.trunkline.model.ChangedEntities.FirstCommunication;
import org.trunkline.model.Decision;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Settings;

/**
 * Where another telephony makes records and entities, the hub only fills the fields of what was
 * changed during the call (rule O7).
 */
public final class OtherTelephony {

    private static final String SETTING = "/otherTelephony/enabled";

    private OtherTelephony() {}

    public static Decision decide(Settings settings, Values values) {
        Call call = values.call();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("record", "nothing", "O7", SETTING, "another telephony writes them"));
        if (call.endedAt().isEmpty()) {
            parts.add(new Part("field", "nothing", "O7", SETTING, "not before the call's end"));
            return Decision.nothing(parts);
        }
        Optional<FirstCommunication> first =
                settings.fields()
                        .firstCommunicationId()
                        .map(field -> new FirstCommunication(field, call.key()));
        first.ifPresent(
                given ->
                        parts.add(
                                new Part(
                                        "field",
                                        given.field(),
                                        "O7",
                                        "/fields/firstCommunicationId",
                                        "filled where it is empty")));
        ChangedEntities changed =
                new ChangedEntities(
                        call.client().orElseThrow(),
                        call.startedAt(),
                        call.endedAt().get(),
                        new Extras(settings, values).fields(parts, "O7"),
                        first);
        return new Decision(
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.of(changed).filter(c -> !c.fields().isEmpty() || first.isPresent()),
                Optional.empty(),
                List.copyOf(parts));
    }
}
