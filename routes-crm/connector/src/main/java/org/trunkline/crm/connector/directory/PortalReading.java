package org.trunkline.crm.connector.directory;

import java.util.List;
import org.trunkline.model.CrmDirectory.ExternalLine;
import org.trunkline.model.CrmDirectory.Field;
import org.trunkline.model.CrmDirectory.Pipeline;
import org.trunkline.model.CrmDirectory.Source;
import org.trunkline.model.CrmDirectory.Stage;
import org.trunkline.model.CrmUser;

/**
 * One look at how a portal is set up. What a CRM does not have is whole and empty.
 *
 * @param leads whether it works with leads
 * @param lines of this application
 */
public record PortalReading(
        Read<List<CrmUser>> users,
        Read<Boolean> leads,
        Read<List<Pipeline>> pipelines,
        Read<Stages> stages,
        Read<List<Field>> fields,
        Read<List<ExternalLine>> lines) {

    public PortalReading with(List<ExternalLine> now) {
        return new PortalReading(users, leads, pipelines, stages, fields, new Read.Whole<>(now));
    }

    /** Of leads, and where clients come from. */
    public record Stages(List<Stage> leads, List<Source> sources) {}
}
