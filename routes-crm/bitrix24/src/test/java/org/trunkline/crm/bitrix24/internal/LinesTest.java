package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Company;
import org.trunkline.model.CrmDirectory.ExternalLine;
import org.trunkline.model.CrmDirectory.Part;
import org.trunkline.model.Employee;
import org.trunkline.model.Integration;
import org.trunkline.model.Json;
import org.trunkline.model.Line;
import org.trunkline.model.PortalDirectory.Problem;
import org.trunkline.model.PortalDirectory.Synchronised;

/** The company's numbers as outside lines of the simulated portal. */
class LinesTest extends DirectoryAgainstSandbox {

    private static final String IVAN = "+74951000001, Ivan Petrov";
    private static final String OLGA = "+74951000002, Olga Sidorova";

    @Test
    void T6_everyMultichannelNumberAndMappedEmployeesNumberIsALine() {
        Synchronised done = synchronise();

        assertThat(names()).containsExactlyInAnyOrder("+74951000009", "+74951000008", IVAN, OLGA);
        assertThat(done.directory().lines()).hasSize(4).allMatch(ExternalLine::ours);
        assertThat(done.problems()).isEmpty();
        assertThat(done.changes().get(Part.LINES).added()).hasSize(4);
    }

    @Test
    void T6_whatIsInStepCostsNoFurtherRequest() {
        synchronise();
        long before = requests();

        synchronise();

        assertThat(requests() - before).isEqualTo(1);
    }

    @Test
    void T6_renamedAndRemovedNumbersAreFollowedWithAWarning() {
        synchronise();
        provision(
                List.of(multichannel("+74951000009")),
                List.of(
                        employee("201", "Ivan Sidorov", "+74951000001"),
                        employee("203", "Petr Ivanov", "+74951000003")),
                Map.of("201", "7", "203", "9"));

        Synchronised done = synchronise();

        assertThat(names())
                .containsExactlyInAnyOrder(
                        "+74951000009", "+74951000001, Ivan Sidorov", "+74951000003, Petr Ivanov");
        assertThat(done.warnings())
                .extracting(Problem::message)
                .containsExactlyInAnyOrder(
                        "line +74951000008 is removed from the portal",
                        "line +74951000002 is removed from the portal");
        assertThat(done.warnings().get(0).cure()).contains("default numbers");
    }

    @Test
    void T6_linesThatOthersMadeAreNeitherRenamedNorDeleted() {
        portal.put(
                """
                {"lines":[{"NUMBER":"+74950000000","NAME":"Call tracking","CRM_AUTO_CREATE":"Y"},
                          {"NUMBER":"74951000001","NAME":"Old PBX","CRM_AUTO_CREATE":"Y"}]}""");

        Synchronised done = synchronise();
        provision(List.of(), List.of(), Map.of());
        synchronise();

        assertThat(done.problems())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains("74951000001")
                .contains("Old PBX");
        assertThat(names()).containsExactlyInAnyOrder("Call tracking", "Old PBX");
    }

    @Test
    void T6_aLineOfAnotherThatBearsTheNameWeWouldGiveIsInStepAndNeverOurs() {
        portal.put(
                "{\"lines\":[{\"NUMBER\":\"74951000001\",\"NAME\":\""
                        + IVAN
                        + "\",\"CRM_AUTO_CREATE\":\"Y\"}]}");
        Synchronised done = synchronise();
        assertThat(names()).hasSize(4);
        assertThat(done.problems()).isEmpty();
        assertThat(done.directory().lines())
                .filteredOn(line -> !line.ours())
                .extracting(ExternalLine::name)
                .containsExactly(IVAN);
        assertThat(autoCreate()).as("not overwritten").containsOnlyOnce("Y");

        provision(List.of(), List.of(), Map.of());
        synchronise();

        assertThat(names()).containsExactly(IVAN);
    }

    @Test
    void T6_aLineThatAPersonDeletedOrRenamedComesBack() {
        synchronise();
        portal.put("{\"lines\":[{\"NUMBER\":\"+74951000001\",\"NAME\":\"Mine\"}]}");

        synchronise();

        assertThat(names()).containsExactlyInAnyOrder("+74951000009", "+74951000008", IVAN, OLGA);
    }

    @Test
    void T6_linesThatWereAddedBeforeAKillAreKnownToBeOurs() {
        portal.fault(
                "{\"kind\":\"lostReply\",\"method\":\"telephony.externalLine.add\","
                        + "\"probability\":1.0,\"forSeconds\":60}");
        Synchronised cut = synchronise();
        portal.heal();
        directory.stop();
        directory = newDirectory();
        provision(List.of(), List.of(), Map.of());

        synchronise();

        assertThat(cut.directory().users()).as("what was read counts").isNotEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void T6_thePortalMakesEntitiesOfOutgoingCallsOnlyWhereItIsAskedTo() {
        synchronise();
        assertThat(autoCreate()).containsOnly("N");

        Company company = company();
        Integration by = company.integrations().get(0);
        portal.companies.provisioned =
                Optional.of(
                        new Company(
                                "acme",
                                "Acme",
                                "RU",
                                company.pbx(),
                                company.portals(),
                                List.of(
                                        new Integration(
                                                by.id(),
                                                by.pbx(),
                                                by.portal(),
                                                by.preset(),
                                                by.mapping(),
                                                Json.tree(
                                                        "{\"entities\":{\"createBy\":\"portal\"}}")))));
        synchronise();

        assertThat(autoCreate()).containsOnly("Y");
    }

    @Test
    void T6_callsBearTheNumberOfTheirLine() {
        synchronise();

        bring(
                inbound()
                        .line("+74951000009")
                        .ended("7", 5, org.trunkline.model.CallResult.ANSWERED));

        String line = portal.list("calls").get(0).path("PORTAL_NUMBER").asText();
        assertThat(portal.list("lines")).anyMatch(l -> l.path("NUMBER").asText().equals(line));
    }

    @Test
    void O17_whoElseWritesCallsIntoThePortalIsNamed() {
        assertThat(directory.telephonyBeside("acme", portal.portal)).isEmpty();
        bring(
                inbound()
                        .line("+74951000009")
                        .ended("7", 5, org.trunkline.model.CallResult.ANSWERED));
        JsonNode ours = portal.list("calls").get(0);
        String now = Instant.now().toString();
        portal.put(
                "{\"calls\":["
                        + ours
                        + ",{\"CALL_ID\":\"a\",\"finished\":true,\"REST_APP_ID\":\"9\","
                        + "\"REST_APP_NAME\":\"Other PBX\",\"EXTERNAL_CALL_ID\":\"17\","
                        + "\"CALL_START_DATE\":\""
                        + now
                        + "\"},{\"CALL_ID\":\"b\",\"finished\":true,\"REST_APP_ID\":\"\","
                        + "\"CALL_START_DATE\":\""
                        + now
                        + "\"},{\"CALL_ID\":\"c\",\"finished\":true,\"REST_APP_ID\":\"1\","
                        + "\"EXTERNAL_CALL_ID\":\"\",\"CALL_START_DATE\":\""
                        + now
                        + "\"}]}");

        assertThat(directory.telephonyBeside("acme", portal.portal))
                .containsExactlyInAnyOrder(
                        "the CRM's own telephony (1 calls in the last week)",
                        "application Other PBX (1 calls in the last week)");
    }

    private Synchronised synchronise() {
        return directory.synchronise("acme", portal.portal);
    }

    private List<String> names() {
        return portal.list("lines").stream().map(line -> line.path("NAME").asText()).toList();
    }

    private List<String> autoCreate() {
        return portal.list("lines").stream()
                .map(line -> line.path("CRM_AUTO_CREATE").asText())
                .toList();
    }

    private void provision(
            List<Line> lines, List<Employee> employees, Map<String, String> mapping) {
        portal.companies.provisioned = Optional.of(company(lines, employees, mapping));
    }

    private static Line multichannel(String number) {
        return new Line(number(number), Line.Kind.MULTICHANNEL, Optional.empty(), false);
    }
}
