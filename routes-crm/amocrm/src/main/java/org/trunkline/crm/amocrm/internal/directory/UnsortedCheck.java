package org.trunkline.crm.amocrm.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.Company;
import org.trunkline.model.Portal;
import org.trunkline.model.Settings;
import org.trunkline.rules.Presets;

/** Whether calls can go where the settings want them: into Unsorted (rule T15). Pure. */
public final class UnsortedCheck {

    public static final String CURE = "switch Unsorted on in amoCRM, or set /entities/kind to deal";

    private UnsortedCheck() {}

    /**
     * Pipelines that an integration wants Unsorted of, by their ids; empty text: the main one.
     *
     * @return none: nothing of this portal goes into Unsorted
     */
    public static Set<String> wanted(Company company, Portal portal) {
        Set<String> wanted = new LinkedHashSet<>();
        company.integrations().stream()
                .filter(integration -> integration.portal().equals(portal.id()))
                .map(integration -> Presets.settings(integration.preset(), integration.settings()))
                .filter(settings -> settings.entities().kind() == Settings.Kind.UNSORTED)
                .forEach(
                        settings ->
                                wanted.add(
                                        settings.pipelines()
                                                .incoming()
                                                .map(Settings.Stage::pipeline)
                                                .orElse("")));
        return wanted;
    }

    /**
     * What is off though it is wanted.
     *
     * @param account as {@code GET /account} shows it
     * @param pipelines as {@code GET /leads/pipelines} shows them
     * @return in words; empty: all is well
     */
    public static Optional<String> off(
            Set<String> wanted, JsonNode account, List<JsonNode> pipelines) {
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        if (!account.path("is_unsorted_on").asBoolean(true)) {
            return Optional.of("Unsorted is off in the account: deals are made instead");
        }
        return pipelines.stream()
                .filter(
                        row ->
                                wanted.contains(row.path("id").asText())
                                        || wanted.contains("") && row.path("is_main").asBoolean())
                .filter(row -> !row.path("is_unsorted_on").asBoolean(true))
                .findFirst()
                .map(
                        row ->
                                "Unsorted is off in pipeline "
                                        + row.path("id").asText()
                                        + " "
                                        + row.path("name").asText()
                                        + ": deals are made instead");
    }
}
