package org.trunkline.admin.rest.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Confidence;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.LegResult;
import org.trunkline.model.PhoneNumber;

/** A company with one PBX and one portal, and a call of it. */
final class Acme {

    static final String DOCUMENT =
            """
            {"name":"Acme","region":"RU",
             "pbx":[{"id":"office","kind":"asterisk","host":"127.0.0.1","port":5038,
                     "username":"crm","secret":"ami-word",
                     "lines":[{"number":"+74951000001","kind":"direct","employee":"ivan"}],
                     "employees":[{"id":"ivan","extension":"201","name":"Ivan Petrov"},
                                  {"id":"olga","extension":"202","name":"Olga Orlova"}]}],
             "portals":[{"id":"main","kind":"bitrix24","name":"Head office",
                         "address":"https://acme.bitrix24.ru","main":true,
                         "auth":{"accessToken":"at-word","refreshToken":"rt-word"}}],
             "integrations":[{"id":"office-main","pbx":"office","portal":"main",
                              "preset":"mikopbx-bitrix24",
                              "mapping":[{"employee":"ivan","user":"7"}],"settings":{}}]}""";

    static final Instant START = Instant.parse("2026-11-21T19:44:20Z");

    private Acme() {}

    /** 201 and 202 ring, 201 talks for 3 s and hands over to 202 for 4 s. */
    static List<CallEvent> call(String key, Instant start) {
        return List.of(
                event(
                        key,
                        start,
                        0,
                        null,
                        new Fact.Started(
                                Optional.of(Direction.INBOUND),
                                PhoneNumber.read("89161234567", "RU"),
                                PhoneNumber.read("74951000001", "RU"))),
                event(key, start, 1_000, "a", new Fact.LegRinging("201")),
                event(key, start, 3_000, "a", new Fact.LegAnswered()),
                event(key, start, 4_000, null, new Fact.RecordingReady("r1", "2026/r1.wav")),
                event(key, start, 6_000, "a", new Fact.LegEnded(LegResult.ANSWERED)),
                event(key, start, 6_000, "b", new Fact.LegRinging("202")),
                event(
                        key,
                        start,
                        6_000,
                        "b",
                        new Fact.Transferred(org.trunkline.model.TransferKind.BLIND, "a")),
                event(key, start, 7_250, "b", new Fact.LegAnswered()),
                event(key, start, 11_250, "b", new Fact.LegEnded(LegResult.ANSWERED)),
                event(key, start, 11_500, null, new Fact.Ended(Optional.empty())));
    }

    private static CallEvent event(
            String key, Instant start, long afterMillis, String leg, Fact fact) {
        return new CallEvent(
                "acme",
                "office",
                key,
                Optional.ofNullable(leg),
                Optional.empty(),
                afterMillis,
                start.plusMillis(afterMillis),
                start.plusMillis(afterMillis),
                Confidence.LIVE,
                fact,
                "Event: " + fact.getClass().getSimpleName());
    }
}
