package org.trunkline.rules;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.trunkline.model.Call;
import org.trunkline.model.Client;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Integration;
import org.trunkline.model.PbxAccount;

/**
 * All that a decision depends on beside the settings.
 *
 * @param call as the facts heard so far tell it
 * @param onAnotherCall extensions that talk in some other call now
 * @param account the PBX account of the call
 * @param integration says who is mapped to which CRM user
 * @param crm the kind of the portal
 * @param client what the CRM holds under the client's number
 * @param zone that dates in titles are written in
 */
public record Situation(
        Call call,
        Set<String> onAnotherCall,
        PbxAccount account,
        Integration integration,
        CrmKind crm,
        Client client,
        Instant now,
        ZoneId zone) {}
