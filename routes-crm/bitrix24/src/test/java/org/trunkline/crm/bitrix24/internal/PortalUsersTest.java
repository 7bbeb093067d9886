package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.model.CrmUser;
import org.trunkline.model.Fault;
import org.trunkline.runtime.RoutesContext;

class PortalUsersTest extends AgainstSandbox {

    private static final Duration MINUTES = Duration.ofMinutes(5);

    @Test
    void T4_aUserIsReadWithWhatTheTableOfEmployeesCompares() {
        users(
                """
                {"ID":"7","ACTIVE":true,"NAME":"Ivan","LAST_NAME":"Petrov",
                 "EMAIL":"ivan@acme.ru","WORK_PHONE":"8 495 000-00-01",
                 "PERSONAL_MOBILE":"+79161112233","UF_PHONE_INNER":"201"}""",
                """
                {"ID":"8","ACTIVE":false,"NAME":"Olga","LAST_NAME":"","EMAIL":"",
                 "WORK_PHONE":"","UF_PHONE_INNER":null}""");

        assertThat(users(Duration.ZERO))
                .containsExactly(
                        new CrmUser(
                                "7",
                                "Ivan Petrov",
                                Optional.of("ivan@acme.ru"),
                                Optional.of("201"),
                                List.of("8 495 000-00-01", "+79161112233"),
                                true),
                        new CrmUser(
                                "8", "Olga", Optional.empty(), Optional.empty(), List.of(), false));
    }

    @ParameterizedTest
    @CsvSource({"49, 1", "50, 2", "51, 2", "549, 2", "550, 3", "570, 3"})
    void T4_usersOfALargePortalAreReadPageByPage(int many, int requests) {
        users(many);

        assertThat(users(Duration.ZERO))
                .extracting(CrmUser::id)
                .isEqualTo(
                        IntStream.rangeClosed(1, many)
                                .mapToObj(String::valueOf)
                                .collect(Collectors.toList()));
        assertThat(portal.requests()).hasSize(requests);
    }

    @Test
    void anAnswerIsKeptForWhoeverTakesAnOlderOne() {
        users(1);
        assertThat(users(MINUTES)).hasSize(1);
        users(2);

        assertThat(users(MINUTES)).hasSize(1);
        assertThat(users(Duration.ZERO)).hasSize(2);
        assertThat(users(MINUTES)).hasSize(2);
        assertThat(portal.requests()).hasSize(2);
    }

    @Test
    void aPortalThatIsDownIsToldAsSuch() {
        portal.fault("{\"kind\":\"down\"}");

        assertThatThrownBy(() -> users(MINUTES)).isInstanceOf(Fault.Retryable.class);
    }

    @Test
    void aTokenThatExpiredIsRenewedOnTheWay() {
        users(1);
        portal.fault("{\"kind\":\"expireToken\"}");

        assertThat(users(MINUTES)).hasSize(1);
    }

    @Test
    void anAdministratorDoesNotWaitBehindTheBacklog() {
        users(1);
        connector.stop();
        // As after a change of hands: the bucket counts as full, and the backlog leaves room.
        connector =
                new Bitrix24Connector(
                        RoutesContext.standalone("bitrix24"),
                        portal.companies,
                        leases,
                        new DefaultConfig(),
                        Clock.systemUTC(),
                        System.nanoTime());
        long start = System.nanoTime();

        assertThat(users(MINUTES)).hasSize(1);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    private List<CrmUser> users(Duration oldest) {
        return connector.users(portal.portal, "acme", oldest);
    }

    private void users(int many) {
        users(
                IntStream.rangeClosed(1, many)
                        .mapToObj(id -> "{\"ID\":\"" + id + "\",\"ACTIVE\":true,\"NAME\":\"U\"}")
                        .toArray(String[]::new));
    }

    private void users(String... rows) {
        portal.put("{\"users\":[" + String.join(",", rows) + "]}");
    }
}
