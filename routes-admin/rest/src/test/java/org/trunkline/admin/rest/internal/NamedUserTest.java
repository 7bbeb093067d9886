package org.trunkline.admin.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trunkline.model.CompanyDocument;
import org.trunkline.model.Json;

class NamedUserTest {

    @Test
    void O17_everyPlaceWhereADocumentNamesAUserIsKnown() {
        JsonNode document =
                Json.tree(
                        Acme.DOCUMENT.replace(
                                "\"settings\":{}",
                                """
                                "settings":{
                                  "record":{"missedWithoutEmployee":{"enabled":true,"user":"1"}},
                                  "responsible":{"missed":"2","incomingDefault":"3",
                                                 "outgoingDefault":" 4 ",
                                                 "rules":[{"user":"5"},{"user":"6"}]},
                                  "saveAll":{"enabled":true,"user":"8"},
                                  "notify":{"missedUsers":["9","10"]}}"""));

        assertThat(named(document, Json.tree("{}")))
                .containsExactlyInAnyOrder(
                        named("7", "/mapping/0/user"),
                        named("1", "/settings/record/missedWithoutEmployee/user"),
                        named("2", "/settings/responsible/missed"),
                        named("3", "/settings/responsible/incomingDefault"),
                        named("4", "/settings/responsible/outgoingDefault"),
                        named("5", "/settings/responsible/rules/0/user"),
                        named("6", "/settings/responsible/rules/1/user"),
                        named("8", "/settings/saveAll/user"),
                        named("9", "/settings/notify/missedUsers/0"),
                        named("10", "/settings/notify/missedUsers/1"));
    }

    @Test
    void O17_thePresetsUsersCountAndThoseSwitchedOffDoNot() {
        JsonNode document =
                Json.tree(
                        Acme.DOCUMENT.replace(
                                "\"settings\":{}",
                                "\"settings\":{\"saveAll\":{\"enabled\":false,\"user\":\"8\"}}"));

        assertThat(named(document, Json.tree("{\"responsible\":{\"missed\":\"2\"}}")))
                .containsExactlyInAnyOrder(
                        named("7", "/mapping/0/user"), named("2", "/settings/responsible/missed"));
    }

    private static NamedUser named(String user, String path) {
        return new NamedUser("main", user, "/integrations/0" + path);
    }

    private static List<NamedUser> named(JsonNode document, JsonNode preset) {
        Map<String, JsonNode> presets = Map.of("mikopbx-bitrix24", preset);
        return NamedUser.in(
                CompanyDocument.read("acme", document, presets, Set.of()).company(),
                document,
                presets);
    }
}
