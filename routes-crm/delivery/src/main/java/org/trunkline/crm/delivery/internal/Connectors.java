package org.trunkline.crm.delivery.internal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.connector.begin.CallbackAttempts;
import org.trunkline.model.Asterisk;
import org.trunkline.model.CrmConnector;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PbxKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.RecordingPlace;
import org.trunkline.model.RecordingSource;

/**
 * The connectors, and the PBXs' sources of recordings, that are there now. A component of its own,
 * so that those which are there at the start are known before the first row is taken.
 */
@Component(service = Connectors.class)
public final class Connectors {

    private static final Logger LOG = LoggerFactory.getLogger(Connectors.class);

    private final Map<CrmKind, CrmConnector> byKind = new ConcurrentHashMap<>();
    private final Map<PbxKind, RecordingSource> recordings = new ConcurrentHashMap<>();
    private final Set<PbxHealth.Source> pbxs = ConcurrentHashMap.newKeySet();

    @Activate
    public Connectors() {
        // Filled by the references.
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeConnector")
    void addConnector(CrmConnector connector) {
        byKind.put(connector.kind(), connector);
    }

    /** Only if it is still this one: after an update the new one may have come first. */
    void removeConnector(CrmConnector connector) {
        byKind.remove(connector.kind(), connector);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeRecordings")
    void addRecordings(RecordingSource source) {
        recordings.put(source.kind(), source);
    }

    /** As {@link #removeConnector}. */
    void removeRecordings(RecordingSource source) {
        recordings.remove(source.kind(), source);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removePbx")
    void addPbx(PbxHealth.Source pbx) {
        pbxs.add(pbx);
    }

    void removePbx(PbxHealth.Source pbx) {
        pbxs.remove(pbx);
    }

    /** Whether nothing says that the hub does not hear this account now. */
    boolean hears(String company, PbxAccount account) {
        return pbxs.stream()
                .flatMap(pbx -> pbx.health().stream())
                .filter(h -> h.company().equals(company) && h.id().equals(account.id()))
                .allMatch(PbxHealth::mayBeHeard);
    }

    /** Whether it is certain that the hub hears this account now. */
    boolean isHeard(String company, PbxAccount account) {
        return pbxs.stream()
                .flatMap(pbx -> pbx.health().stream())
                .filter(h -> h.company().equals(company) && h.id().equals(account.id()))
                .anyMatch(PbxHealth::mayBeHeard);
    }

    /** See {@link CrmConnector#giveBack}. */
    public void giveBack() {
        byKind.values().forEach(CrmConnector::giveBack);
    }

    Optional<CrmConnector> find(CrmKind kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /** Who is responsible for a client; a CRM that can't be asked now knows nobody. */
    public CallbackAttempts.Owner owner(String company, Portal portal, PhoneNumber number) {
        try {
            return find(portal.kind())
                    .map(crm -> CallbackAttempts.Owner.of(crm.findAhead(portal, company, number)))
                    .orElse(CallbackAttempts.Owner.UNKNOWN);
        } catch (Fault away) {
            LOG.warn("Who is responsible for a callback can't be asked now: {}", away.getMessage());
            return CallbackAttempts.Owner.UNKNOWN;
        }
    }

    /** Where the recordings of this account are to be had now. */
    public RecordingPlace recordings(String company, PbxAccount account) {
        if (account.kind() == PbxKind.ASTERISK) {
            Optional<String> directory = account.asterisk().flatMap(Asterisk::recordings);
            return directory.isPresent()
                    ? new RecordingPlace.Folder(directory.get())
                    : new RecordingPlace.Nowhere(
                            "the PBX's asterisk.recordings.directory is not set");
        }
        RecordingSource source = recordings.get(account.kind());
        return source == null
                ? new RecordingPlace.Away("the bundle of this PBX is not running")
                : new RecordingPlace.Api(company, account, source);
    }
}
