package org.trunkline.crm.amocrm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        String refresh = account.portal.secretKey("refreshToken");
        String before = account.companies.secrets.get(refresh);
        account.fault("{\"kind\":\"expireToken\"}");
        account.companies.failSecondWrite();
        account.companies.failingWrites.set(2);
        assertThatThrownBy(() -> connector.users(account.portal, "acme", Duration.ZERO))
                .isInstanceOf(Fault.Retryable.class);
        assertThat(account.companies.secrets).containsEntry(refresh, before);

        leases.become(Standing.STANDBY);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(account.companies.secrets.get(refresh))
                                        .isNotEqualTo(before));
        leases.become(Standing.SERVING);
        assertThat(connector.users(account.portal, "acme", Duration.ZERO)).isNotEmpty();
    }
}
