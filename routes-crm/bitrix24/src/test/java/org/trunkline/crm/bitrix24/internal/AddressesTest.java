package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Portal;

class AddressesTest {

    private static final URI VENDOR = URI.create("https://oauth.bitrix24.tech");

    @ParameterizedTest
    @CsvSource({
        "https://acme.bitrix24.ru,, https://oauth.bitrix24.tech/oauth/token/",
        "https://acme.bitrix24.ru, https://oauth.bitrix.info/rest/, https://oauth.bitrix.info/oauth/token/",
        "https://acme.bitrix24.ru, http://oauth.bitrix.info/rest/, https://oauth.bitrix24.tech/oauth/token/",
        "https://acme.bitrix24.ru, http://127.0.0.1/rest/, https://oauth.bitrix24.tech/oauth/token/",
        "https://acme.bitrix24.ru, nonsense, https://oauth.bitrix24.tech/oauth/token/",
        "http://127.0.0.1:8191/sandbox/bitrix24/main,, http://127.0.0.1:8191/sandbox/bitrix24/main/oauth/token/",
        "http://127.0.0.1:8191/s/m, http://127.0.0.1:8191/s/m/rest/, http://127.0.0.1:8191/s/m/oauth/token/",
    })
    void tokensAreRenewedWhereThePortalSaysElseAtTheVendors(
            String portal, String serverEndpoint, String token) {
        assertThat(of(portal).token(Optional.ofNullable(serverEndpoint)))
                .isEqualTo(URI.create(token));
    }

    @ParameterizedTest
    @CsvSource({
        "https://new.bitrix24.ru/rest/batch, https://new.bitrix24.ru/rest/",
        "https://new.bitrix24.ru/auth/, ",
        "http://new.bitrix24.ru/rest/batch, ",
        "/rest/batch, ",
    })
    void aRedirectIsFollowedOnlyToARestApiOverTls(String location, String endpoint) {
        assertThat(of("https://old.bitrix24.ru").moved(location, "batch"))
                .isEqualTo(Optional.ofNullable(endpoint).map(URI::create));
    }

    @Test
    void methodsAreCalledBelowTheAddress() {
        assertThat(of("https://crm.acme.ru:8443").rest())
                .isEqualTo(URI.create("https://crm.acme.ru:8443/rest/"));
    }

    private static Addresses of(String portal) {
        return new Addresses(
                new Portal("main", CrmKind.BITRIX24, "", URI.create(portal), true), VENDOR);
    }
}
