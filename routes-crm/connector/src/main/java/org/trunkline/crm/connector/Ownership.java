package org.trunkline.crm.connector;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Client;
import org.trunkline.model.CrmConnector.Wanted;
import org.trunkline.model.WantedEntities;

/** Whose the client's entities are, and their fields: each changed once (rules O10, O12, O19). */
public final class Ownership {

    private static final String OWNER = "owner";
    private static final String REASSIGN = "reassign";
    private static final String FIELDS = "fields";

    private final DeedLog log;
    private final Vendor vendor;
    private final List<String> fallbackUsers;

    /** How a CRM is asked to. What is not there any more is changed enough. */
    public interface Vendor {

        /**
         * @param others whether another user is tried if this one is refused
         * @return false: he is refused, and others are left
         * @throws org.trunkline.model.Fault typed by what helps
         */
        boolean assign(String step, List<Entity> entities, String user, boolean others);

        /**
         * @param texts by the fields' codes
         * @throws org.trunkline.model.Fault typed by what helps
         */
        void fill(String step, Entity entity, Map<String, String> texts);
    }

    public Ownership(DeedLog log, Wanted wanted, Vendor vendor) {
        this.log = log;
        this.vendor = vendor;
        this.fallbackUsers =
                wanted.records().stream()
                        .findFirst()
                        .map(CallRecord::fallbackUsers)
                        .orElse(List.of());
    }

    /** Who is tried, in this order; an empty first one: nobody is named. */
    public Candidates candidates(Optional<String> responsible) {
        return new Candidates(responsible.orElse(""), fallbackUsers);
    }

    /** Durable before the request: what it made may be found when somebody else is wanted. */
    public void making(Optional<String> responsible) {
        log.done(OWNER, responsible.orElse(""));
    }

    /**
     * @param made by the hub, for this call
     */
    public void bring(WantedEntities wanted, List<Entity> made) {
        wanted.responsible().ifPresent(user -> own(user, made));
        wanted.reassign().ifPresent(found -> reassign(wanted, found));
        wanted.updateFieldsOf().ifPresent(found -> fill(wanted, found));
    }

    /** O12: what was made with the default responsible becomes the right one's. */
    private void own(String user, List<Entity> made) {
        if (!made.isEmpty() && !log.made(OWNER).equals(Optional.of(user))) {
            assign(OWNER, user, made, user);
        }
    }

    private void reassign(WantedEntities wanted, Client.Found found) {
        wanted.responsible()
                .ifPresent(
                        user -> {
                            String done = Entity.of(found) + ">" + user;
                            if (!log.made(REASSIGN).equals(Optional.of(done))) {
                                assign(REASSIGN, user, List.of(Entity.of(found)), done);
                            }
                        });
    }

    /** A user whom the portal refuses gives way to the next. */
    private void assign(String step, String user, List<Entity> entities, String done) {
        Candidates who = candidates(Optional.of(user));
        while (!vendor.assign(step, entities, who.next(), who.more())) {
            // the next one is tried
        }
        log.done(step, done);
    }

    /** O19; again if the texts changed, as when the duration became known. */
    private void fill(WantedEntities wanted, Client.Found found) {
        Entity entity = Entity.of(found);
        String done = entity + "#" + Integer.toHexString(wanted.fields().hashCode());
        if (!wanted.fields().isEmpty() && !log.made(FIELDS).equals(Optional.of(done))) {
            vendor.fill(FIELDS, entity, wanted.fields());
            log.done(FIELDS, done);
        }
    }
}
