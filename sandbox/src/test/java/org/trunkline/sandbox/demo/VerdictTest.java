package org.trunkline.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.trunkline.sandbox.demo.Scene.ClientCall;
import org.trunkline.sandbox.demo.Scene.CrmRecord;
import org.trunkline.sandbox.http.Json;

/** The demo must notice whatever is not as the rules ask. */
class VerdictTest {
    private static final String CLIENT = "+79161234567";
    private static final ClientCall WANTED =
            new ClientCall("inbound", List.of(new CrmRecord("7", "200", 2, 4, true)), Set.of("7"));

    private static List<String> differences(Consumer<ObjectNode> change) {
        ObjectNode state =
                (ObjectNode)
                        Json.parse(
                                """
                                {"calls":[{"ID":"1","PHONE_NUMBER":"79161234567","PORTAL_USER_ID":"7","CALL_TYPE":"2",
                                  "CALL_FAILED_CODE":"200","CALL_DURATION":"3","RECORD_FILE_ID":"5","CRM_ACTIVITY_ID":"6","finished":true}],
                                 "contacts":[{"ID":"2","PHONE":[{"VALUE":"+79161234567"}],"ASSIGNED_BY_ID":"7"}],
                                 "deals":[{"ID":"3","CONTACT_ID":"2","ASSIGNED_BY_ID":"7"}],
                                 "cards":[{"user":"7","call":"c","action":"show","phone":"+79161234567"},
                                          {"user":"7","call":"c","action":"hide","phone":"+79161234567"}]}""");
        change.accept(state);
        return Verdict.differences(WANTED, CrmView.of(state, CLIENT));
    }

    private static ObjectNode row(JsonNode state, String list) {
        return (ObjectNode) state.path(list).path(0);
    }

    @Test
    void nothingDiffersWhenAllIsThere() {
        assertThat(differences(state -> {})).isEmpty();
    }

    @Test
    void eachDifferenceIsNamed() {
        assertThat(differences(s -> s.putArray("calls"))).isNotEmpty();
        assertThat(differences(s -> row(s, "calls").put("PORTAL_USER_ID", "8")))
                .containsExactly("no call record of user 7");
        assertThat(differences(s -> row(s, "calls").put("CALL_FAILED_CODE", "304")))
                .containsExactly("status of user 7: 200 wanted, 304 found");
        assertThat(differences(s -> row(s, "calls").put("CALL_DURATION", "5")))
                .containsExactly("seconds of user 7: 2 to 4 wanted, 5 found");
        assertThat(differences(s -> row(s, "calls").put("CALL_TYPE", "1")))
                .containsExactly("type: 2 wanted, 1 found");
        assertThat(differences(s -> row(s, "calls").put("RECORD_FILE_ID", "")))
                .containsExactly("no recording is attached");
        assertThat(differences(s -> row(s, "calls").put("CRM_ACTIVITY_ID", ""))).hasSize(1);
        assertThat(differences(s -> row(s, "calls").put("finished", false)))
                .containsExactly("a registered call was never finished");
        assertThat(differences(s -> s.withArray("/calls").add(row(s, "calls").deepCopy())))
                .containsExactly("1 call record(s) wanted, 2 found");
        assertThat(differences(s -> s.putArray("deals"))).containsExactly("1 deal wanted, 0 found");
        assertThat(differences(s -> row(s, "contacts").put("ASSIGNED_BY_ID", "9")))
                .containsExactly("responsible of the contact: 7 wanted, 9 found");
        assertThat(differences(s -> s.putArray("cards"))).containsExactly("user 7 saw no card");
        assertThat(differences(s -> s.withArray("/cards").remove(1)))
                .containsExactly("a card still stands on the screen of [7 c]");
    }

    @Test
    void theDemoPlaysAtLeastTenCallsOfExistingCaptures() {
        assertThat(Scenes.all()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(Scenes.all())
                .allSatisfy(
                        scene ->
                                assertThat(
                                                getClass()
                                                        .getResource(
                                                                "/captures/"
                                                                        + scene.capture()
                                                                        + ".ami"))
                                        .as(scene.capture())
                                        .isNotNull());
    }
}
