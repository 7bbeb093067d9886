package org.trunkline.rules.internal;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Direction;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Settings.Template;

/** Titles of what the hub makes (rule O18). */
record Titles(List<Template> templates, Values values, Direction direction) {

    private static final String INCOMING =
            "Входящий звонок на номер {{contact_phone_number}} из приложения {{app_name}}";
    private static final String OUTGOING =
            "Исходящий звонок на номер {{contact_phone_number}} из приложения {{app_name}}";

    /** The title of a kind, and why it is that. */
    record Choice(String title, Part part) {}

    Map<EntityKind, Choice> all() {
        Map<EntityKind, Choice> titles = new EnumMap<>(EntityKind.class);
        for (EntityKind kind : EntityKind.values()) {
            titles.put(kind, of(kind));
        }
        return titles;
    }

    private Choice of(EntityKind kind) {
        return given(kind)
                .orElseGet(
                        () ->
                                choice(
                                        direction == Direction.INBOUND ? INCOMING : OUTGOING,
                                        "/templates",
                                        "no template is for such calls"));
    }

    /** By a template that is meant for such calls; empty: none is. */
    Optional<Choice> given(EntityKind kind) {
        Traits traits = new Traits(values.call(), values.account());
        for (int i = 0; i < templates.size(); i++) {
            Template template = templates.get(i);
            if (template.direction() == direction
                    && template.entity() == kind
                    && traits.match(template.filter())) {
                return Optional.of(
                        choice(template.text(), "/templates/" + i, "the first that matches"));
            }
        }
        return Optional.empty();
    }

    private Choice choice(String text, String setting, String reason) {
        String title = values.render(text);
        return new Choice(title, new Part("title", title, "O18", setting, reason));
    }
}
