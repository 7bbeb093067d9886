package org.trunkline.rules.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.trunkline.model.Call;
import org.trunkline.model.Client;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Direction;
import org.trunkline.model.EntityKind;
import org.trunkline.model.FromCrm;
import org.trunkline.model.Leg;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.At;
import org.trunkline.model.Settings.Kind;
import org.trunkline.model.SiteRequest;
import org.trunkline.model.WantedEntities;

/**
 * What the client gets where the hub makes the entities (sections 4, 5 and 7 of the rules).
 *
 * @param recorded who stands in the call's first record, and why; empty: it has none
 */
public record EntityPlan(
        List<Segment> segments,
        Client client,
        People people,
        CrmKind crm,
        Settings settings,
        Values values,
        Optional<Part> recorded,
        Instant now) {

    /** What, and why; nothing wanted: nothing to make and nothing to change. */
    public record Choice(Optional<WantedEntities> wanted, List<Part> parts) {

        /** O12: until then the responsible is not there, nor what hangs on him. */
        public Optional<Instant> changeAt() {
            return wanted.flatMap(WantedEntities::changeAt);
        }
    }

    /** The hub makes none and says nothing of it. */
    public static final Choice NONE = new Choice(Optional.empty(), List.of());

    private static final Part HANDED_OVER =
            new Part(
                    "direction",
                    "incoming",
                    "M4",
                    "/saveAll/enabled",
                    "an unmapped employee handed the client over");

    /** What CRMs take as a name, in characters. */
    private static final int LONGEST_NAME = 255;

    /** What begins a tag. */
    private static final Pattern TAG = Pattern.compile("[<\\[](?=[\\p{L}/!*?])");

    /** When entities are due: at the end (T14), or as soon as it is answered (I2, I4). */
    public static Optional<Instant> moment(Call call, Settings settings) {
        return settings.record().at() == At.ANSWER
                ? call.answeredAt().or(call::endedAt)
                : call.endedAt();
    }

    public Choice choose() {
        Optional<Instant> moment = moment(values.call(), settings);
        if (moment.isEmpty()) {
            return nothing("T14", "/record/at", "not before the call's end");
        }
        Creation.Choice creation = creation();
        if (recorded.isEmpty() && !creation.part().rule().equals("I5") && request().isEmpty()) {
            return nothing("T4", "", "the call is nobody's, so it has no record either");
        }
        return wanted(moment.get(), creation);
    }

    /** T14's switches are for what is made; what is there is kept up all the same. */
    private Creation.Choice creation() {
        Entities.Choice switches =
                Entities.switchedOn(
                        segments.get(0), people.account(), settings.entities(), inbound());
        return switches.create()
                ? new Creation(client, crm, settings.entities(), inbound(), talked()).choose()
                : new Creation.Choice(Optional.empty(), switches.part());
    }

    private Choice wanted(Instant moment, Creation.Choice creation) {
        List<Part> parts = new ArrayList<>();
        if (handedOver()) {
            parts.add(HANDED_OVER);
        }
        parts.add(creation.part());
        if (creation.kind().equals(Optional.of(Kind.UNSORTED))
                && request().isPresent()
                && !talked()) {
            parts.add(unsortedRequest());
        }
        Optional<Part> owner = owner();
        Optional<Client.Found> reassign = reassign(owner, creation);
        boolean owned = creation.kind().isPresent() || reassign.isPresent();
        if (owned) {
            owner.ifPresent(parts::add);
        }
        Optional<Instant> changeAt = owned ? changeAt(moment) : Optional.empty();
        changeAt.ifPresent(at -> parts.add(laterPart(at)));
        Optional<WantedEntities.New> create = creation.kind().map(kind -> made(kind, parts));
        Optional<Stages.Choice> stage =
                create.map(
                        made ->
                                new Stages(settings.pipelines())
                                        .of(values.call(), people.account(), direction()));
        stage.ifPresent(chosen -> parts.add(chosen.part()));
        Extras extras = new Extras(settings, values);
        Optional<Client.Found> updated = extras.updated(client);
        boolean touched = create.isPresent() || updated.isPresent();
        return new Choice(
                Optional.of(
                        new WantedEntities(
                                create,
                                changeAt.flatMap(at -> defaultUser())
                                        .or(() -> owner.map(Part::value)),
                                changeAt.isPresent() ? Optional.empty() : reassign,
                                changeAt,
                                stage.flatMap(Stages.Choice::stage),
                                touched ? extras.source(parts) : Optional.empty(),
                                touched ? fields(extras, create.isPresent(), parts) : Map.of(),
                                updated)),
                List.copyOf(parts));
    }

    /** In Bitrix24 the parameters of a request are the comment of what is made for it. */
    private Map<String, String> fields(Extras extras, boolean making, List<Part> parts) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (making && crm == CrmKind.BITRIX24) {
            request().ifPresent(sent -> fields.put("COMMENTS", plain(sent.lines())));
        }
        fields.putAll(extras.fields(parts, "O19"));
        return fields;
    }

    /** Bitrix24 shows a comment as HTML and BB code, and anybody may send a form. */
    private static String plain(String text) {
        return TAG.matcher(text).replaceAll("$0 ");
    }

    /** Who is responsible; of what nobody is named for, whose record it is. */
    private Optional<Part> owner() {
        return new Owner(values.call(), client, people, settings, inbound())
                .of()
                .or(() -> recorded.map(EntityPlan::owning));
    }

    private static Part owning(Part who) {
        return new Part("owner", who.value(), who.rule(), who.setting(), who.reason());
    }

    /** O10: what is open goes to who talked; a missed call changes nobody's entity. */
    private Optional<Client.Found> reassign(Optional<Part> owner, Creation.Choice creation) {
        Optional<String> talker = owner.filter(part -> part.rule().equals("O10")).map(Part::value);
        return creation.kind().isPresent() || !settings.responsible().byEntity()
                ? Optional.empty()
                : client.open()
                        .filter(
                                open ->
                                        talker.filter(t -> !t.equals(open.responsible()))
                                                .isPresent());
    }

    private WantedEntities.New made(Kind kind, List<Part> parts) {
        Titles titles = new Titles(settings.templates(), values, direction());
        Map<EntityKind, String> chosen = new EnumMap<>(EntityKind.class);
        titles.all()
                .forEach(
                        (entity, choice) -> {
                            chosen.put(entity, choice.title());
                            if (entity == EntityKind.DEAL || entity == EntityKind.LEAD) {
                                parts.add(choice.part());
                            }
                        });
        Optional<Titles.Choice> name = titles.given(EntityKind.CONTACT);
        name.ifPresent(choice -> parts.add(choice.part()));
        return new WantedEntities.New(
                kind,
                chosen,
                name.map(Titles.Choice::title)
                        .filter(text -> !text.isEmpty())
                        .or(() -> request().flatMap(sent -> sent.text("name")))
                        .map(text -> text.substring(0, Math.min(text.length(), LONGEST_NAME)))
                        .orElse(settings.entities().contactName()),
                settings.entities().tags());
    }

    /**
     * M4: an employee to whom an unmapped one handed the client over has an incoming call,
     * whichever way it began.
     */
    private boolean inbound() {
        return handedOver() || segments.get(0).inbound();
    }

    private boolean handedOver() {
        return settings.saveAll().enabled()
                && !mappedTalk(segments.get(0))
                && segments.stream().skip(1).anyMatch(this::mappedTalk);
    }

    private boolean mappedTalk(Segment segment) {
        return segment.talkers().stream().anyMatch(leg -> people.user(leg).isPresent());
    }

    private Direction direction() {
        return inbound() ? Direction.INBOUND : Direction.OUTBOUND;
    }

    /** I6: not even one that reached nobody may be lost. */
    private Optional<SiteRequest> request() {
        return SiteRequest.of(values.call());
    }

    private Part unsortedRequest() {
        boolean pickedUp = FromCrm.of(values.call()).filter(FromCrm::clientTried).isPresent();
        return new Part(
                "unsorted",
                "request",
                "I6",
                "",
                pickedUp
                        ? "sent from the site; an employee picked up, the client was not reached"
                        : "sent from the site, and nobody was reached");
    }

    private boolean talked() {
        return values.call().legs().stream().anyMatch(Leg::answered);
    }

    /** O12: the default responsible first. */
    private Optional<Instant> changeAt(Instant moment) {
        return Optional.of(moment.plus(settings.responsible().changeAfter()))
                .filter(at -> at.isAfter(now) && defaultUser().isPresent())
                .filter(at -> !settings.responsible().changeAfter().isZero());
    }

    private Optional<String> defaultUser() {
        return inbound()
                ? settings.responsible().incomingDefault()
                : settings.responsible().outgoingDefault();
    }

    private Part laterPart(Instant at) {
        return new Part(
                "responsible",
                defaultUser().orElse("nothing"),
                "O12",
                "/responsible/changeAfter",
                "until " + at);
    }

    private static Choice nothing(String rule, String setting, String reason) {
        return new Choice(
                Optional.empty(), List.of(new Part("entity", "nothing", rule, setting, reason)));
    }
}
