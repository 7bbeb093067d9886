package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.model.Company;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.CrmDirectory.ExternalLine;
import org.trunkline.model.CrmDirectory.Part;
import org.trunkline.model.CrmKind;
import org.trunkline.model.CrmUser;
import org.trunkline.model.Employee;
import org.trunkline.model.Integration;
import org.trunkline.model.Json;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.model.Portal;
import org.trunkline.rules.CreationCheck.Cause;
import org.trunkline.rules.CreationCheck.Explains;

class CreationCheckTest {

    private static final String DEFAULTS =
            "\"responsible\":{\"incomingDefault\":\"7\",\"outgoingDefault\":\"7\"}";

    private static final CrmDirectory PORTAL =
            new CrmDirectory(
                    Map.of(Part.USERS, Instant.EPOCH),
                    Optional.of(false),
                    List.of(user("7", true), user("8", false)),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());

    @Test
    void O17_whatIsSetUpWellHasOnlyTheRulesOwnReason() {
        assertThat(causes("{" + DEFAULTS + "}"))
                .extracting(Cause::path)
                .containsExactly("/entities/repeat");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'entities':{'createBy':'nobody'}} | /entities/createBy",
                "{'entities':{'incomingDirect':false}} | /entities/incomingDirect",
                "{'entities':{'incomingMultichannel':false}} | /entities/incomingMultichannel",
                "{'entities':{'outgoing':false}} | /entities/outgoing",
                "{'record':{'incoming':false}} | /record/incoming",
                "{'record':{'outgoing':false}} | /record/outgoing",
                "{'otherTelephony':{'enabled':true}} | /otherTelephony/enabled",
                "{'entities':{'createBy':'portal'}} | /entities/createBy"
            })
    void O17_aSwitchThatIsOffIsNamed(String settings, String path) {
        String given = settings.replace('\'', '"');

        Cause cause = at(causes(given), path);

        assertThat(cause.explains()).isEqualTo(Explains.NOTHING_CREATED);
        assertThat(cause.cure()).isNotBlank();
    }

    @Test
    void O17_aFilterThatExcludesIsNamedWithItsConditions() {
        List<Cause> causes =
                causes(
                        """
                        {"filters":{"incoming":{"enabled":true,"filter":
                          {"param":"line","mode":"exclude","values":["+74951000009"]}}}}""");

        assertThat(at(causes, "/filters/incoming/filter").message())
                .contains("exclude line +74951000009");
        assertThat(causes).noneMatch(cause -> cause.message().contains("O15"));
    }

    @Test
    void O15_aFilterByEmployeeKeepsMissedCallsFromMakingAnything() {
        List<Cause> causes =
                causes(
                        """
                        {"filters":{"incoming":{"enabled":true,"filter":
                          {"param":"employee","mode":"include","values":["201"]}}}}""");

        assertThat(causes)
                .filteredOn(cause -> cause.path().equals("/filters/incoming/filter"))
                .extracting(Cause::message)
                .anyMatch(message -> message.contains("O15"));
    }

    @ParameterizedTest
    @CsvSource({"8,dismissed", "9,not there"})
    void O17_aDefaultResponsibleWhoIsMissingDismissedOrUnknownIsNamed(String user, String word) {
        assertThat(at(causes("{}"), "/responsible/incomingDefault").message())
                .contains("is missing");
        List<Cause> causes =
                causes(
                        "{\"responsible\":{\"incomingDefault\":\"7\",\"outgoingDefault\":\""
                                + user
                                + "\"}}");
        assertThat(at(causes, "/responsible/outgoingDefault").message())
                .contains("user " + user)
                .contains(word);
        assertThat(causes).noneMatch(c -> c.path().equals("/responsible/incomingDefault"));
    }

    @Test
    void O17_ofUsersThatWereNeverReadNobodyIsDoubted() {
        List<Cause> causes =
                new CreationCheck(
                                company(Map.of("201", "7")),
                                integration("office-main", Map.of("201", "7")),
                                Presets.settings("t2-bitrix24", Json.tree("{" + DEFAULTS + "}")),
                                CrmDirectory.UNREAD,
                                List.of())
                        .causes();

        assertThat(causes).extracting(Cause::path).containsExactly("/entities/repeat");
    }

    @Test
    void T4_unmappedEmployeesAreNamedUnlessAllCallsAreSaved() {
        assertThat(causes("{" + DEFAULTS + "}", Map.of()))
                .anyMatch(c -> c.path().equals("/mapping") && c.message().startsWith("is empty"));
        assertThat(causes("{" + DEFAULTS + "}", Map.of("202", "7")))
                .anyMatch(c -> c.path().equals("/mapping") && c.message().contains("1 employees"));
        assertThat(
                        causes(
                                "{" + DEFAULTS + ",\"saveAll\":{\"enabled\":true,\"user\":\"7\"}}",
                                Map.of()))
                .noneMatch(c -> c.path().equals("/mapping"));
    }

    @Test
    void O17_whatElseWritesIntoThePortalMakesDuplicates() {
        CrmDirectory withLine =
                new CrmDirectory(
                        PORTAL.readAt(),
                        PORTAL.leads(),
                        PORTAL.users(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(
                                new ExternalLine("+74951000001", "", true, true),
                                new ExternalLine("+74951000002", "", false, true)));
        Company two = company(Map.of("201", "7"));
        List<Cause> causes =
                new CreationCheck(
                                new Company(
                                        two.id(),
                                        two.name(),
                                        two.region(),
                                        two.pbx(),
                                        two.portals(),
                                        List.of(
                                                two.integrations().get(0),
                                                integration("second", Map.of()))),
                                two.integrations().get(0),
                                Presets.settings("t2-bitrix24", Json.tree("{" + DEFAULTS + "}")),
                                withLine,
                                List.of("application Other"))
                        .causes();

        assertThat(causes)
                .filteredOn(cause -> cause.explains() == Explains.DUPLICATES)
                .extracting(Cause::message)
                .satisfiesExactly(
                        other -> assertThat(other).startsWith("application Other"),
                        second -> assertThat(second).contains("integration second"),
                        line -> assertThat(line).contains("+74951000001 ").doesNotContain("0002"));
    }

    private static Cause at(List<Cause> causes, String path) {
        return causes.stream()
                .filter(cause -> cause.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing at " + path + ": " + causes));
    }

    private static List<Cause> causes(String settings) {
        return causes(settings, Map.of("201", "7"));
    }

    private static List<Cause> causes(String settings, Map<String, String> mapping) {
        return new CreationCheck(
                        company(mapping),
                        integration("office-main", mapping),
                        Presets.settings("t2-bitrix24", Json.tree(settings)),
                        PORTAL,
                        List.of())
                .causes();
    }

    private static Company company(Map<String, String> mapping) {
        PbxAccount office =
                new PbxAccount(
                        "office",
                        PbxKind.UIS,
                        "",
                        0,
                        false,
                        "",
                        Optional.empty(),
                        List.of(),
                        List.of(
                                new Employee(
                                        "201",
                                        "201",
                                        "Ivan",
                                        Optional.empty(),
                                        Optional.empty(),
                                        false,
                                        true)),
                        Optional.empty());
        Portal portal =
                new Portal("main", CrmKind.BITRIX24, "", URI.create("https://x.example"), true);
        return new Company(
                "acme",
                "Acme",
                "RU",
                List.of(office),
                List.of(portal),
                List.of(integration("office-main", mapping)));
    }

    private static Integration integration(String id, Map<String, String> mapping) {
        return new Integration(id, "office", "main", "t2-bitrix24", mapping, Json.tree("{}"));
    }

    private static CrmUser user(String id, boolean active) {
        return new CrmUser(id, "U" + id, Optional.empty(), Optional.empty(), List.of(), active);
    }
}
