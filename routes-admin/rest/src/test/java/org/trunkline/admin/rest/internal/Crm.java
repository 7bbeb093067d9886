package org.trunkline.admin.rest.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.trunkline.model.Client;
import org.trunkline.model.CrmConnector;
import org.trunkline.model.CrmKind;
import org.trunkline.model.CrmUser;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalHealth;
import org.trunkline.model.StepLog;

/** A CRM whose portals have the users that the test gives them. */
final class Crm implements CrmConnector {

    volatile Supplier<List<CrmUser>> users = List::of;

    /** How old an answer each question was content with. */
    final List<Duration> questions = new CopyOnWriteArrayList<>();

    void has(CrmUser... users) {
        this.users = () -> List.copyOf(new ArrayList<>(Arrays.asList(users)));
    }

    static CrmUser user(String id, boolean active) {
        return new CrmUser(id, "User " + id, Optional.empty(), Optional.empty(), List.of(), active);
    }

    @Override
    public Client find(Portal portal, String company, PhoneNumber number) {
        throw new UnsupportedOperationException("nobody is looked up here");
    }

    @Override
    public List<CrmUser> users(Portal portal, String company, Duration oldest) {
        questions.add(oldest);
        return users.get();
    }

    @Override
    public CrmKind kind() {
        return CrmKind.BITRIX24;
    }

    @Override
    public void bring(Portal portal, String company, String call, Wanted wanted, StepLog steps) {
        throw new UnsupportedOperationException("nothing is written here");
    }

    @Override
    public void giveBack() {
        // Nobody waits for a turn here.
    }

    @Override
    public List<PortalHealth> health() {
        return List.of();
    }
}
