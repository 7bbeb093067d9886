package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.trunkline.crm.bitrix24.internal.install.Grant;
import org.trunkline.crm.bitrix24.internal.install.PortalAccess;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.Fault;

/** One portal as its installation and its page need it. */
final class SiteAccess implements PortalAccess {

    private final Site site;

    SiteAccess(Site site) {
        this.site = site;
    }

    @Override
    public JsonNode ask(String token, String method) {
        return site.courier()
                .inTurn(
                        Parcel.turn(Lane.CARDS),
                        () -> site.wire().ask(token, new Command(method, Map.of())));
    }

    @Override
    public JsonNode call(String method, Map<String, Object> params) {
        return site.courier()
                .send(Parcel.of(Lane.CARDS, new Command(method, params)))
                .get(0)
                .value();
    }

    @Override
    public Map<String, String> secrets(Grant grant) {
        return site.access().secrets(grant);
    }

    @Override
    public void renew() {
        site.tokens().renew(site.tokens().last());
    }

    @Override
    public void warn(String reason, String cure) {
        site.vitals().warn("events", reason, cure);
    }

    @Override
    public void connected() {
        site.vitals().well();
    }

    @Override
    public void unconnected(Fault.Auth why) {
        site.vitals().failed(why);
    }

    @Override
    public URI endpoint() {
        return site.access().endpoint();
    }

    @Override
    public Optional<Instant> lastContact() {
        return site.lastContact();
    }
}
