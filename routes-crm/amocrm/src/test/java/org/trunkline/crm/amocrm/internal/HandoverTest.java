package org.trunkline.crm.amocrm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Fault;
import org.trunkline.store.Leases.Standing;

/** What is not lost when another hub takes the company over. */
class HandoverTest extends AgainstAccount {

    /** The account has spent the old pair: without the new one nobody ever gets in again. */
    @Test
    void T3_aPairThatTheStoreCouldNotTakeIsStoredAfterATakeover() {
        String before = refreshToken();
        renewedUnstored(2);

        leases.become(Standing.STANDBY);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(refreshToken()).isNotEqualTo(before));
        leases.become(Standing.SERVING);
        assertThat(connector.users(account.portal, "acme", Duration.ZERO)).isNotEmpty();
    }

    @Test
    void T3_aPairThatTheStoreCouldNotTakeIsStoredBeforeTheStop() {
        String before = refreshToken();
        renewedUnstored(3);

        connector.stop();

        assertThat(refreshToken()).isNotEqualTo(before);
    }

    @Test
    void T3_aPairOfACompanyThatWasHandedOverIsStoredBeforeTheStop() {
        String before = refreshToken();
        renewedUnstored(4);
        leases.become(Standing.STANDBY);

        connector.stop();

        assertThat(refreshToken()).isNotEqualTo(before);
    }

    @Test
    void aStoreThatTakesNothingDoesNotHoldTheStopUp() {
        String before = refreshToken();
        renewedUnstored(Integer.MAX_VALUE);

        assertTimeout(Duration.ofSeconds(10), connector::stop);

        assertThat(refreshToken()).isEqualTo(before);
    }

    private String refreshToken() {
        return account.companies.secrets.get(account.portal.secretKey("refreshToken"));
    }

    /**
     * The account renews the tokens, and the store does not take them.
     *
     * @param failing so many writes
     */
    private void renewedUnstored(int failing) {
        String before = refreshToken();
        account.fault("{\"kind\":\"expireToken\"}");
        account.companies.failSecondWrite();
        account.companies.failingWrites.set(failing);
        assertThatThrownBy(() -> connector.users(account.portal, "acme", Duration.ZERO))
                .isInstanceOf(Fault.Retryable.class);
        assertThat(refreshToken()).isEqualTo(before);
    }
}
