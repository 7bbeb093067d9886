package org.trunkline.crm.bitrix24.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PbxKind;

/** A PBX that notes what it is told to dial, or refuses. */
final class GivenPbx implements PbxControl {

    final List<Order> orders = new CopyOnWriteArrayList<>();
    private volatile Optional<Fault> refusal = Optional.empty();

    void refuses(Fault fault) {
        refusal = Optional.of(fault);
    }

    @Override
    public PbxKind kind() {
        return PbxKind.ASTERISK;
    }

    @Override
    public void call(String company, PbxAccount account, Order order) {
        orders.add(order);
        refusal.ifPresent(
                fault -> {
                    throw fault;
                });
    }
}
