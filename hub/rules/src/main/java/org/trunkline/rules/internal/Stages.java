package org.trunkline.rules.internal;

import java.util.List;
import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Direction;
import org.trunkline.model.Filter.Mode;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.PipelineRule;
import org.trunkline.model.Settings.Stage;

/** Where new leads and deals go (rule O16). */
record Stages(Settings.Pipelines settings) {

    /** Where, and why; no stage: the CRM's own first. */
    record Choice(Optional<Stage> stage, Part part) {}

    Choice of(Call call, PbxAccount account, Direction direction) {
        Traits traits = new Traits(call, account);
        List<PipelineRule> rules = settings.rules();
        for (int i = 0; i < rules.size(); i++) {
            PipelineRule rule = rules.get(i);
            boolean meant = traits.match(rule.filter()) == (rule.mode() == Mode.INCLUDE);
            if (rule.direction() == direction && meant) {
                return chosen(
                        Optional.of(rule.stage()),
                        "/pipelines/rules/" + i,
                        rule.mode() == Mode.INCLUDE
                                ? "the rule includes the call"
                                : "the rule is for what it does not exclude");
            }
        }
        return chosen(
                settings.of(direction),
                "/pipelines/" + (direction == Direction.INBOUND ? "incoming" : "outgoing"),
                "the default");
    }

    private static Choice chosen(Optional<Stage> stage, String setting, String reason) {
        String value =
                stage.map(s -> s.pipeline() + "/" + s.stage().orElse("its first stage"))
                        .orElse("nothing");
        return new Choice(stage, new Part("stage", value, "O16", setting, reason));
    }
}
