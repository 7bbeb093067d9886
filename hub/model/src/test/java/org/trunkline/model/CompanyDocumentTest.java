package org.trunkline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompanyDocumentTest {

    private static final Map<String, JsonNode> PRESETS =
            Map.of(
                    "asterisk-amocrm",
                    Json.tree("{\"entities\":{\"createBy\":\"hub\"}}"),
                    "mikopbx-bitrix24",
                    Json.tree("{\"popup\":{\"enabled\":true}}"),
                    "t2-amocrm",
                    Json.tree("{\"entities\":{\"createBy\":\"hub\"}}"));

    private static final String ACME =
            """
            {"name":"Acme","region":"RU",
             "pbx":[{"id":"office","kind":"asterisk","host":"127.0.0.1","port":5038,"tls":false,
                     "username":"crm","secret":"ami-word",
                     "lines":[{"number":"+74951000001","kind":"direct","employee":"201"},
                              {"number":"84951000002","kind":"multichannel","main":true}],
                     "employees":[{"id":"201","extension":"201","name":"Ivan Petrov",
                                   "email":"ivan@acme.example","number":"+74951000001",
                                   "multichannelCallerId":false,"sip":true},
                                  {"id":"202","extension":"202","name":"Olga Orlova"}],
                     "asterisk":{"trunkContexts":["from-trunk"],"internalContexts":["internal"],
                                 "originateContext":"all_peers",
                                 "recordings":{"directory":"/var/spool/asterisk/monitor"}}}],
             "portals":[{"id":"main","kind":"bitrix24","name":"Head office",
                         "address":"https://acme.bitrix24.ru/","main":true,
                         "auth":{"clientId":"local.1","clientSecret":"cs-word",
                                 "accessToken":"at-word","refreshToken":"rt-word",
                                 "memberId":"m1","applicationToken":"app-word"}}],
             "integrations":[{"id":"office-main","pbx":"office","portal":"main",
                              "preset":"mikopbx-bitrix24",
                              "mapping":[{"employee":"201","user":"7"}],
                              "settings":{"popup":{"outgoing":false}}}]}""";

    @Test
    void O20_O21_callsFromTheCrmAreTakenWhereThePbxTakesCommands() {
        String settings =
                "{'clickToCall':{'enabled':true,'number':'+74951000001'},"
                        + "'callback':{'enabled':true,'number':'+74951000001'}}";

        assertThat(read(with(settings)).faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'callback':{'routes':[{'employee':'299'}]}}; /callback/routes/0; no employee",
                "{'record':{'at':'answer'}}; /record/at; whole, at its end (I2)",
                "{'recordings':{'durationAfter':'PT1H'}}; /recordings/durationAfter; (I3)",
                "{'entities':{'kind':'unsorted'}}; /entities/kind; no tray",
                "{'entities':{'kind':'lead'}}; /entities/kind; where the hub makes the entities",
                "{'pipelines':{'incoming':{'pipeline':'0','stage':'NEW'}}}; /pipelines;"
                        + " where the hub makes the entities",
                "{'source':{'lineNumber':true}}; /source/lineNumber;"
                        + " where the hub makes the entities",
                "{'fields':{'map':[{'field':'UF_CRM_1','text':'x'}]}}; /fields/map;"
                        + " where the hub makes the entities",
                "{'fields':{'firstCommunicationId':'UF_CRM_1'}}; /fields/firstCommunicationId; (O7)",
            })
    void settingsThatNothingWouldActOnAreRefusedByName(
            String settings, String path, String message) {
        var read = read(with(settings));

        assertThat(read.faults())
                .extracting(DocumentFault::path)
                .containsExactly("/integrations/0/settings" + path);
        assertThat(read.faults().get(0).message()).contains(message);
        assertThat(read.faults().get(0).cure()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'entities':{'createBy':'hub','kind':'lead','repeat':'byMode'},"
                        + "'source':{'lineNumber':true},"
                        + "'fields':{'map':[{'field':'UF_CRM_1','text':'x'}]},"
                        + "'pipelines':{'incoming':{'pipeline':'0','stage':'NEW'}},"
                        + "'responsible':{'incomingDefault':'7','outgoingDefault':'7',"
                        + "'changeAfter':'PT5M'}}",
                "{'chat':{'enabled':true},'speech':{'enabled':true}}",
                "{'callback':{'enabled':true,'number':'+74951000001','retryEvery':'PT1M',"
                        + "'retryFor':'PT5M','routes':[{'responsible':true},{'group':['201','202']}]}}",
                "{'otherTelephony':{'enabled':true},'fields':{'firstCommunicationId':'UF_CRM_1',"
                        + "'map':[{'field':'UF_CRM_2','text':'x'}]}}",
            })
    void settingsThatBitrix24HeedsAreAccepted(String settings) {
        assertThat(read(with(settings)).faults()).isEmpty();
    }

    private static ObjectNode with(String settings) {
        return acme(d -> integration(d).set("settings", Json.tree(settings.replace('\'', '"'))));
    }

    @Test
    void employeesAndLinesInFiltersThatThePbxLacksAreWarnedOf() {
        String settings =
                "{\"filters\":{\"incoming\":{\"enabled\":true,\"filter\":{\"any\":["
                        + "{\"param\":\"employee\",\"values\":[\"201\",\"999\"]},"
                        + "{\"param\":\"line\",\"values\":[\"+74951000001\",\"+74950000000\"]}]}}}}";
        var read =
                read(
                        acme(
                                d ->
                                        ((ObjectNode) d.path("integrations").path(0))
                                                .set("settings", Json.tree(settings))));

        assertThat(read.faults()).isEmpty();
        assertThat(read.warnings())
                .extracting(DocumentFault::message)
                .anyMatch(m -> m.contains("employee '999'"))
                .anyMatch(m -> m.contains("line '+74950000000'"))
                .noneMatch(m -> m.contains("'201'") || m.contains("'+74951000001'"));
        assertThat(read.warnings())
                .extracting(DocumentFault::path)
                .containsOnly("/integrations/0/settings/filters/incoming/filter");
    }

    @Test
    void X2_aPresetIsForItsPortalsKindOfCrm() {
        var read =
                read(
                        acme(
                                d ->
                                        ((ObjectNode) d.path("integrations").path(0))
                                                .put("preset", "t2-amocrm")));

        assertThat(read.faults())
                .extracting(DocumentFault::path)
                .containsExactly("/integrations/0/preset");
        assertThat(read.faults().get(0).cure()).contains("-bitrix24");
    }

    @Test
    void T2_withT2sPresetACompanyHasOneCrm() {
        ObjectNode document = amocrm("{}");
        ObjectNode second = ((ArrayNode) document.path("portals")).addObject();
        second.put("id", "second").put("kind", "amocrm").put("name", "Second");
        second.put("address", "https://second.amocrm.ru")
                .set("auth", Json.tree("{\"longLivedToken\":\"l2\"}"));

        assertThat(read(document).faults())
                .extracting(DocumentFault::path)
                .containsExactly("/integrations/0/preset");
        ((ObjectNode) document.path("integrations").path(0)).put("preset", "asterisk-amocrm");
        assertThat(read(document).faults()).as("O1: others may have several").isEmpty();
    }

    @Test
    void anAmocrmPortalMayHaveALongLivedTokenInsteadOfAPair() {
        var read =
                read(
                        acme(
                                d -> {
                                    ObjectNode portal = (ObjectNode) d.path("portals").path(0);
                                    portal.put("kind", "amocrm")
                                            .set("auth", Json.tree("{\"longLivedToken\":\"ll\"}"));
                                    ((ObjectNode) d.path("integrations").path(0))
                                            .put("preset", "t2-amocrm");
                                }));

        assertThat(read.faults()).isEmpty();
        assertThat(read.secrets()).containsEntry("portals/main/auth/longLivedToken", "ll");
    }

    @Test
    void O20_I6_amocrmTakesClicksAndRequestsWithAPbxThatTakesCommands() {
        String settings =
                "{'clickToCall':{'enabled':true,'number':'+74951000001'},"
                        + "'callback':{'enabled':true,'number':'+74951000001'}}";

        assertThat(read(amocrm(settings)).faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "with/slash-0123456789", "пароль-пароль-пароль"})
    void I6_aSitesSecretMustBeLongAndFitIntoAnAddress(String secret) {
        var read =
                read(
                        acme(
                                d ->
                                        ((ObjectNode) d.at("/portals/0/auth"))
                                                .put("requestSecret", secret)));

        assertThat(read.faults())
                .extracting(DocumentFault::path)
                .containsExactly("/portals/0/auth/requestSecret");
        assertThat(read.faults().get(0).cure()).contains("openssl");
    }

    @Test
    void I6_aSitesSecretIsKeptLikeTheOthers() {
        var read =
                read(
                        acme(
                                d ->
                                        ((ObjectNode) d.at("/portals/0/auth"))
                                                .put("requestSecret", "0123456789abcdef")));

        assertThat(read.faults()).isEmpty();
        assertThat(read.secrets())
                .containsEntry("portals/main/auth/requestSecret", "0123456789abcdef");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'source':{'lineNumber':true}} | /source/lineNumber",
                "{'otherTelephony':{'enabled':true}} | /otherTelephony/enabled",
                "{'entities':{'kind':'lead'}} | /entities/kind",
                "{'entities':{'createBy':'portal'}} | /entities/createBy",
            },
            quoteCharacter = '"')
    void whatAmocrmHasNoPlaceForIsRefusedByName(String settings, String path) {
        assertThat(read(amocrm(settings)).faults())
                .extracting(DocumentFault::path)
                .contains("/integrations/0/settings" + path);
    }

    private static ObjectNode amocrm(String settings) {
        ObjectNode document = with(settings);
        ((ObjectNode) document.path("portals").path(0))
                .put("kind", "amocrm")
                .set("auth", Json.tree("{\"longLivedToken\":\"ll\"}"));
        ((ObjectNode) document.path("integrations").path(0)).put("preset", "t2-amocrm");
        return document;
    }

    @Test
    void T1_aBitrix24PortalWithAnApplicationBringsItsTokensItself() {
        var read =
                read(
                        acme(
                                d ->
                                        ((ObjectNode) d.path("portals").path(0))
                                                .set(
                                                        "auth",
                                                        Json.tree(
                                                                "{\"clientId\":\"local.1\",\"clientSecret\":\"s\"}"))));

        assertThat(read.faults()).isEmpty();
        assertThat(read.secrets()).doesNotContainKey("portals/main/auth/accessToken");
    }

    @Test
    void T1_aWebhooksAddressIsRefusedWithWhatItCannotDo() {
        var read =
                read(
                        acme(
                                d ->
                                        ((ObjectNode) d.path("portals").path(0))
                                                .put(
                                                        "address",
                                                        "https://acme.bitrix24.ru/rest/1/c0de/")));

        assertThat(read.faults())
                .singleElement()
                .satisfies(f -> assertThat(f.path()).isEqualTo("/portals/0/address"))
                .satisfies(f -> assertThat(f.message()).contains("register", "events"))
                .satisfies(f -> assertThat(f.cure()).contains("local application"))
                .satisfies(f -> assertThat(f.toString()).doesNotContain("c0de"));
    }

    @Test
    void aBitrix24PortalWithoutAnApplicationNeedsItsPair() {
        var read =
                read(
                        acme(
                                d ->
                                        ((ObjectNode) d.path("portals").path(0))
                                                .set(
                                                        "auth",
                                                        Json.tree("{\"longLivedToken\":\"ll\"}"))));

        assertThat(read.faults())
                .extracting(DocumentFault::path)
                .containsExactlyInAnyOrder(
                        "/portals/0/auth/accessToken", "/portals/0/auth/refreshToken");
    }

    @ParameterizedTest
    @CsvSource({"mango,apiKey,apiSalt", "uis,token,webhookSecret", "t2,accessToken,refreshToken"})
    void X2_aPbxOverHttpNeedsItsSecretsAndNoHost(String kind, String first, String second) {
        String secrets = "\"" + first + "\":\"one-word\",\"" + second + "\":\"two-word\"";
        var read = read(overHttp(kind, secrets + ",\"api\":\"https://sim.example/vpbx\""));

        assertThat(read.faults()).isEmpty();
        PbxAccount pbx = read.company().account("office").orElseThrow();
        assertThat(pbx.kind().secrets()).containsExactly(first, second);
        assertThat(pbx.api()).hasToString("Optional[https://sim.example/vpbx]");
        assertThat(pbx.asterisk()).isEmpty();
        assertThat(read.secrets())
                .containsEntry("pbx/office/" + first, "one-word")
                .containsEntry("pbx/office/" + second, "two-word");
        assertThat(CompanyDocument.withoutSecrets(overHttp(kind, secrets)).toString())
                .doesNotContain("-word");

        assertThat(read(overHttp(kind, "\"host\":\"10.0.0.1\",\"api\":\"x\"")).faults())
                .extracting(DocumentFault::path)
                .containsExactlyInAnyOrder(
                        "/pbx/0/" + first, "/pbx/0/" + second, "/pbx/0/host", "/pbx/0/api");
    }

    @Test
    void anAsteriskMayHaveASecretForWhatItAsks() {
        ObjectNode document = acme(d -> pbx(d).put("webhookSecret", "ask-word"));

        var read = read(document);

        assertThat(read.faults()).isEmpty();
        assertThat(read.secrets()).containsEntry("pbx/office/webhookSecret", "ask-word");
        assertThat(CompanyDocument.withoutSecrets(document).toString()).doesNotContain("ask-word");
    }

    @Test
    void K6_T20_routingIsTakenWhereThePbxAsks() {
        String settings = "{'routing':{'enabled':true,'lines':'multichannel','callerName':true}}";

        assertThat(read(with(settings)).faults()).isEmpty();
    }

    @Test
    void K6_O22_routingIsRefusedWhereThePbxDoesNotAsk() {
        String settings = "{'routing':{'enabled':true,'callerName':true}}";

        assertThat(faultsOf("t2", "\"accessToken\":\"a\",\"refreshToken\":\"r\"", settings))
                .containsExactly(
                        "/integrations/0/settings/routing/enabled",
                        "/integrations/0/settings/routing/callerName");
        assertThat(faultsOf("uis", "\"token\":\"t\",\"webhookSecret\":\"s\"", settings))
                .containsExactly("/integrations/0/settings/routing/callerName");
    }

    @Test
    void X2_aPresetThatRoutesIsTakenWithAPbxThatDoesNotAsk() {
        JsonNode routes = Json.tree("{\"routing\":{\"enabled\":true,\"callerName\":true}}");
        Map<String, JsonNode> presets = Map.of("mikopbx-bitrix24", routes);

        for (String pbx :
                List.of(
                        "t2\",\"accessToken\":\"a\",\"refreshToken\":\"r",
                        "uis\",\"token\":\"t\",\"webhookSecret\":\"s",
                        "mango\",\"apiKey\":\"k\",\"apiSalt\":\"s")) {
            ObjectNode document = with("{'popup':{'outgoing':false}}");
            document.set(
                    "pbx",
                    Json.tree(
                            "[{\"id\":\"office\",\"kind\":\""
                                    + pbx
                                    + "\",\"employees\":[{\"id\":\"201\",\"extension\":\"201\",\"name\":\"I\"}]}]"));
            assertThat(CompanyDocument.read("acme", document, presets, Set.of()).faults())
                    .as(pbx)
                    .isEmpty();
        }
    }

    private static List<String> faultsOf(String kind, String secrets, String settings) {
        ObjectNode document = with(settings);
        document.set("pbx", overHttp(kind, secrets).path("pbx"));
        pbx(document).set("employees", Json.tree(ACME).at("/pbx/0/employees"));
        return read(document).faults().stream().map(DocumentFault::path).toList();
    }

    private static ObjectNode overHttp(String kind, String more) {
        return (ObjectNode)
                Json.tree(
                        "{\"name\":\"Acme\",\"pbx\":[{\"id\":\"office\",\"kind\":\""
                                + kind
                                + "\","
                                + more
                                + "}]}");
    }

    @Test
    void theDocumentOfTheContractReads() {
        var read = read(acme(d -> {}));

        assertThat(read.faults()).isEmpty();
        Company company = read.company();
        assertThat(company.id()).isEqualTo("acme");
        PbxAccount pbx = company.account("office").orElseThrow();
        assertThat(pbx.kind()).isEqualTo(PbxKind.ASTERISK);
        assertThat(pbx.host() + ":" + pbx.port()).isEqualTo("127.0.0.1:5038");
        assertThat(pbx.line(number("+74951000002")).orElseThrow().main()).isTrue();
        assertThat(pbx.line(number("+74951000001")).orElseThrow().employee()).contains("201");
        assertThat(pbx.byExtension("202").orElseThrow().sip()).isTrue();
        assertThat(pbx.asterisk().orElseThrow().recordings())
                .contains("/var/spool/asterisk/monitor");
        assertThat(company.portal("main").orElseThrow().address())
                .hasToString("https://acme.bitrix24.ru");
        Integration integration = company.integration("office-main").orElseThrow();
        assertThat(integration.user(pbx.byExtension("201").orElseThrow())).contains("7");
        assertThat(integration.user(pbx.byExtension("202").orElseThrow())).isEmpty();
        assertThat(read.secrets())
                .containsEntry("pbx/office/secret", "ami-word")
                .containsEntry("portals/main/auth/accessToken", "at-word")
                .containsEntry("portals/main/auth/applicationToken", "app-word");
    }

    @Test
    void tenMistakesAreToldAtOnceEachWithItsPlaceAndCure() {
        ObjectNode document =
                acme(
                        d -> {
                            d.put("region", "Russia");
                            pbx(d).put("kind", "panasonic");
                            pbx(d).put("port", 70000);
                            pbx(d).put("tls", "no");
                            ((ObjectNode) pbx(d).at("/lines/0")).put("employee", "999");
                            ((ObjectNode) pbx(d).at("/lines/1")).put("number", "abc");
                            ((ObjectNode) pbx(d).at("/employees/1")).put("extension", "201");
                            portal(d).put("address", "acme bitrix24");
                            integration(d).put("preset", "mikopbx-bitrix42");
                            d.put("integratoins", "x");
                        });

        var faults = read(document).faults();

        assertThat(faults)
                .extracting(DocumentFault::path)
                .containsExactlyInAnyOrder(
                        "/region",
                        "/pbx/0/kind",
                        "/pbx/0/port",
                        "/pbx/0/tls",
                        "/pbx/0/lines/0/employee",
                        "/pbx/0/lines/1/number",
                        "/pbx/0/employees",
                        "/portals/0/address",
                        "/integrations/0/preset",
                        "/integratoins");
        assertThat(faults)
                .allSatisfy(
                        f -> {
                            assertThat(f.message()).isNotBlank();
                            assertThat(f.cure()).isNotBlank();
                        });
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("/name", d -> d.remove("name")),
                mistake("/name", d -> d.put("name", " ")),
                mistake("/region", d -> d.put("region", "XX")),
                mistake("/pbx", d -> d.put("pbx", "office"), "/integrations/0/pbx"),
                mistake("/pbx", d -> ((ArrayNode) d.get("pbx")).add(pbx(d).deepCopy())),
                mistake("/pbx/0/id", d -> pbx(d).put("id", "head office"), "/integrations/0/pbx"),
                mistake("/pbx/0/id", d -> pbx(d).put("id", ".."), "/integrations/0/pbx"),
                mistake("/pbx/0/host", d -> pbx(d).remove("host")),
                mistake("/pbx/0/port", d -> pbx(d).put("port", 5038.5)),
                mistake("/pbx/0/port", d -> pbx(d).put("port", "5038")),
                mistake("/pbx/0/secret", d -> pbx(d).remove("secret")),
                mistake("/pbx/0/secret", d -> pbx(d).put("secret", 7)),
                mistake("/pbx/0/lines/0/employee", d -> line(d).remove("employee")),
                mistake("/pbx/0/lines/0/kind", d -> line(d).put("kind", "fax")),
                mistake("/pbx/0/lines", d -> line(d).put("number", "+74951000002")),
                mistake(
                        "/pbx/0/employees/0/number",
                        d -> ((ObjectNode) pbx(d).at("/employees/0")).put("number", "201")),
                mistake(
                        "/pbx/0/asterisk/trunkContexts",
                        d -> ((ObjectNode) pbx(d).get("asterisk")).put("trunkContexts", "from")),
                mistake(
                        "/pbx/0/asterisk/recordings/dir",
                        d -> ((ObjectNode) pbx(d).at("/asterisk/recordings")).put("dir", "/x")),
                mistake("/portals/0/kind", d -> portal(d).put("kind", "siebel")),
                mistake(
                        "/portals/0/address",
                        d -> portal(d).put("address", "http://acme.bitrix24.ru")),
                mistake(
                        "/portals/0/auth/accessToken",
                        d -> ((ObjectNode) portal(d).get("auth")).remove("accessToken")),
                mistake(
                        "/portals/0/auth/token",
                        d -> ((ObjectNode) portal(d).get("auth")).put("token", "x")),
                mistake("/portals/0/auth", d -> portal(d).put("auth", "x"), TOKENS),
                mistake("/integrations/0/pbx", d -> integration(d).put("pbx", "ofice")),
                mistake("/integrations/0/portal", d -> integration(d).put("portal", "mian")),
                mistake(
                        "/integrations/0/mapping",
                        d -> ((ObjectNode) integration(d).at("/mapping/0")).put("employee", "9")),
                mistake(
                        "/integrations/0/mapping/1/employee",
                        d ->
                                ((ArrayNode) integration(d).get("mapping"))
                                        .add(integration(d).at("/mapping/0").deepCopy())),
                mistake("/integrations/0/settings", d -> integration(d).putArray("settings")),
                mistake(
                        "/integrations/0/settings/popup/enabled",
                        d -> ((ObjectNode) integration(d).at("/settings/popup")).put("enabled", 1)),
                mistake(
                        "/integrations/1",
                        d ->
                                ((ArrayNode) d.get("integrations"))
                                        .add(integration(d).deepCopy().put("id", "again"))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("mistakes")
    void eachMistakeIsToldAtItsPlace(List<String> paths, Consumer<ObjectNode> spoil) {
        var faults = read(acme(spoil)).faults();

        assertThat(faults)
                .extracting(DocumentFault::path)
                .containsExactlyInAnyOrderElementsOf(paths);
        assertThat(faults)
                .allSatisfy(
                        f -> {
                            assertThat(f.message()).isNotBlank();
                            assertThat(f.cure()).isNotBlank();
                            assertThat(f.toString()).doesNotContain("-word");
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "\"acme\"", "null", "{}"})
    void whatIsNoCompanyAtAllIsRefused(String json) {
        assertThat(CompanyDocument.read("acme", Json.tree(json), PRESETS, Set.of()).faults())
                .isNotEmpty();
    }

    @Test
    void anUnknownPresetIsToldWithThoseThereAre() {
        var faults = read(acme(d -> integration(d).put("preset", "none"))).faults();

        assertThat(faults)
                .extracting(DocumentFault::path, DocumentFault::cure)
                .containsExactly(
                        tuple(
                                "/integrations/0/preset",
                                "give one of asterisk-amocrm, mikopbx-bitrix24, t2-amocrm"));
    }

    @Test
    void anOmittedSecretIsNoMistakeOnceOneIsStored() {
        JsonNode shown = CompanyDocument.withoutSecrets(acme(d -> {}));
        Set<String> stored = read(acme(d -> {})).secrets().keySet();

        var again = CompanyDocument.read("acme", shown, PRESETS, stored);

        assertThat(again.faults()).isEmpty();
        assertThat(again.secrets()).isEmpty();
    }

    @Test
    void aSecretStoredForAnotherAccountDoesNotServe() {
        JsonNode shown = CompanyDocument.withoutSecrets(acme(d -> {}));

        var read =
                CompanyDocument.read(
                        "acme",
                        shown,
                        PRESETS,
                        Set.of(
                                "pbx/other/secret",
                                "portals/main/auth/accessToken",
                                "portals/main/auth/refreshToken"));

        assertThat(read.faults()).extracting(DocumentFault::path).containsExactly("/pbx/0/secret");
    }

    @Test
    void noSecretIsShown() {
        ObjectNode document = acme(d -> {});

        JsonNode shown = CompanyDocument.withoutSecrets(document);

        assertThat(read(document).secrets().values()).isNotEmpty();
        assertThat(read(document).secrets().values())
                .filteredOn(secret -> secret.endsWith("-word"))
                .hasSize(5)
                .allSatisfy(secret -> assertThat(shown.toString()).doesNotContain(secret));
        assertThat(document).isEqualTo(acme(d -> {}));
        assertThat(shown.at("/pbx/0/username").textValue()).isEqualTo("crm");
    }

    @Test
    void theCompanySurvivesBeingStoredAsJson() {
        Company company = read(acme(d -> {})).company();

        assertThat(Json.read(Json.write(company), Company.class)).isEqualTo(company);
    }

    private static final List<String> TOKENS =
            List.of("/portals/0/auth/accessToken", "/portals/0/auth/refreshToken");

    private static Arguments mistake(String path, Consumer<ObjectNode> spoil) {
        return Arguments.of(List.of(path), spoil);
    }

    private static Arguments mistake(String path, Consumer<ObjectNode> spoil, String follows) {
        return Arguments.of(List.of(path, follows), spoil);
    }

    private static Arguments mistake(String path, Consumer<ObjectNode> spoil, List<String> follow) {
        return Arguments.of(Stream.concat(Stream.of(path), follow.stream()).toList(), spoil);
    }

    private static CompanyDocument.Outcome read(JsonNode document) {
        return CompanyDocument.read("acme", document, PRESETS, Set.of());
    }

    private static ObjectNode acme(Consumer<ObjectNode> change) {
        ObjectNode document = (ObjectNode) Json.tree(ACME);
        change.accept(document);
        return document;
    }

    private static ObjectNode pbx(ObjectNode document) {
        return (ObjectNode) document.at("/pbx/0");
    }

    private static ObjectNode line(ObjectNode document) {
        return (ObjectNode) document.at("/pbx/0/lines/0");
    }

    private static ObjectNode portal(ObjectNode document) {
        return (ObjectNode) document.at("/portals/0");
    }

    private static ObjectNode integration(ObjectNode document) {
        return (ObjectNode) document.at("/integrations/0");
    }

    private static PhoneNumber number(String text) {
        return PhoneNumber.read(text, "RU").orElseThrow();
    }
}
