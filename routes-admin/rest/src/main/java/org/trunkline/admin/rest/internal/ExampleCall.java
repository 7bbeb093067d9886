package org.trunkline.admin.rest.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.CallResult;
import org.trunkline.model.CallState;
import org.trunkline.model.Client;
import org.trunkline.model.Direction;
import org.trunkline.model.Employee;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Leg;
import org.trunkline.model.LegResult;
import org.trunkline.model.Line;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PhoneNumber;

/** A made-up call, for previews while there is no real one: every variable has a value. */
record ExampleCall(Call call, PbxAccount account, Client client) {

    private static final PhoneNumber CLIENT = new PhoneNumber("+79991234567", "+79991234567");
    private static final PhoneNumber LINE = new PhoneNumber("+74951234567", "+74951234567");

    private static final Employee EMPLOYEE =
            new Employee(
                    "example",
                    "101",
                    "Иван Петров",
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    true);

    private static final Map<String, String> ATTRIBUTES =
            Map.ofEntries(
                    Map.entry("scenario", "Рабочий день"),
                    Map.entry("lastOperation", "Распределение по группе"),
                    Map.entry("group", "Продажи"),
                    Map.entry("campaign", "Весенняя реклама"),
                    Map.entry("firstCampaign", "Зимняя реклама"),
                    Map.entry("site", "example.com"),
                    Map.entry("source", "Сайт"),
                    Map.entry("utm_source", "yandex"),
                    Map.entry("utm_medium", "cpc"),
                    Map.entry("utm_campaign", "spring"),
                    Map.entry("utm_content", "banner"),
                    Map.entry("utm_term", "phone"));

    /** An answered call to this PBX, which ended now; with the PBX's own line and employee. */
    static ExampleCall of(String company, PbxAccount real, Instant now) {
        PbxAccount account = real.employees().isEmpty() ? withEmployee(real) : real;
        Instant start = now.minusSeconds(75);
        Leg leg =
                new Leg(
                        "1",
                        Optional.of(account.employees().get(0).extension()),
                        Optional.of(start),
                        Optional.of(start.plusSeconds(15)),
                        Optional.of(now),
                        Optional.of(LegResult.ANSWERED),
                        Optional.empty(),
                        Optional.empty());
        return new ExampleCall(
                new Call(
                        company,
                        account.id(),
                        "example",
                        Optional.of(Direction.INBOUND),
                        Optional.of(CLIENT),
                        account.lines().stream()
                                .map(Line::number)
                                .findFirst()
                                .or(ExampleCall::line),
                        CallState.ENDED,
                        Optional.of(CallResult.ANSWERED),
                        start,
                        leg.answeredAt(),
                        Optional.of(now),
                        leg.talkSeconds(),
                        List.of(leg),
                        List.of(),
                        ATTRIBUTES,
                        Optional.empty()),
                account,
                new Client(
                        Optional.of(
                                new Client.Found(
                                        EntityKind.CONTACT, "1", "Анна Смирнова", "", true)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static Optional<PhoneNumber> line() {
        return Optional.of(LINE);
    }

    private static PbxAccount withEmployee(PbxAccount real) {
        return new PbxAccount(
                real.id(),
                real.kind(),
                real.host(),
                real.port(),
                real.tls(),
                real.username(),
                real.api(),
                real.lines(),
                List.of(EMPLOYEE),
                real.asterisk());
    }
}
