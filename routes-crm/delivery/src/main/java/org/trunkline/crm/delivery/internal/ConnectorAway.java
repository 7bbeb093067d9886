package org.trunkline.crm.delivery.internal;

import org.trunkline.model.CrmKind;

/** The bundle that speaks with this CRM is not running, as during its update. */
final class ConnectorAway extends RuntimeException {

    private static final long serialVersionUID = 1;

    ConnectorAway(CrmKind kind) {
        super(
                "the connector for "
                        + kind.name().toLowerCase(java.util.Locale.ROOT)
                        + " is not running; start its bundle");
    }
}
