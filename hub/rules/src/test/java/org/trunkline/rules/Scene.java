package org.trunkline.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallFold;
import org.trunkline.model.Client;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Decision;
import org.trunkline.model.Employee;
import org.trunkline.model.Integration;
import org.trunkline.model.Leg;
import org.trunkline.model.Line;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.model.PhoneNumber;

/**
 * All that one decision depends on, made at random by {@link Scenes}.
 *
 * @param mapping CRM user by employee; extensions are the employees' ids
 * @param crm what the portal is
 * @param settings merge-patch over the preset
 */
record Scene(
        List<CallEvent> events,
        Map<String, String> mapping,
        Set<String> onAnotherCall,
        CrmKind crm,
        Client client,
        JsonNode settings) {

    static final List<String> EMPLOYEES = List.of("201", "202", "203", "204", "205");

    Scene told(List<CallEvent> otherwise) {
        return new Scene(otherwise, mapping, onAnotherCall, crm, client, settings);
    }

    Scene mapped(Map<String, String> otherwise) {
        return new Scene(events, otherwise, onAnotherCall, crm, client, settings);
    }

    Scene with(JsonNode otherwise) {
        return new Scene(events, mapping, onAnotherCall, crm, client, otherwise);
    }

    Call call() {
        CallFold fold = CallFold.of("acme", "office", "1.0");
        for (CallEvent event : events) {
            fold = fold.with(event);
        }
        return fold.call();
    }

    Decision decided() {
        Integration integration =
                new Integration(
                        "office-main",
                        "office",
                        "main",
                        "mikopbx-bitrix24",
                        mapping,
                        JsonNodeFactory.instance.objectNode());
        return Rules.decide(
                new Situation(
                        call(),
                        onAnotherCall,
                        account(),
                        integration,
                        crm,
                        client,
                        Story.START.plusSeconds(3_600),
                        ZoneId.of("Europe/Moscow")),
                Presets.settings("mikopbx-bitrix24", settings));
    }

    /** Whether an employee took part whom no CRM user stands for. */
    boolean unmappedTookPart() {
        return extensions().anyMatch(extension -> !mapping.containsKey(extension));
    }

    private Stream<String> extensions() {
        return call().legs().stream().map(Leg::extension).flatMap(Optional::stream);
    }

    private static PbxAccount account() {
        return new PbxAccount(
                "office",
                PbxKind.MANGO,
                "",
                0,
                true,
                "",
                Optional.empty(),
                List.of(
                        line(Story.DIRECT, Line.Kind.DIRECT, Optional.of("201")),
                        line(Story.MULTICHANNEL, Line.Kind.MULTICHANNEL, Optional.empty())),
                EMPLOYEES.stream().map(Scene::employee).toList(),
                Optional.empty());
    }

    private static Employee employee(String id) {
        return new Employee(
                id, id, "Employee " + id, Optional.empty(), Optional.empty(), false, true);
    }

    private static Line line(String number, Line.Kind kind, Optional<String> employee) {
        return new Line(PhoneNumber.read(number, "RU").orElseThrow(), kind, employee, false);
    }
}
