package org.trunkline.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.trunkline.model.Settings.At;
import org.trunkline.model.Settings.CreateBy;
import org.trunkline.model.Settings.Kind;

/**
 * Settings that nothing would act on: those that only another CRM has a place for, those that need
 * a PBX of another kind, and those of entities that the hub does not make. To ask for one is a
 * fault: it must not look as if it worked.
 */
final class Unfinished {

    private static final Settings.Pipelines NO_PIPELINES =
            new Settings.Pipelines(Optional.empty(), Optional.empty(), List.of());

    private record Asked(String pointer, Predicate<Settings> asked, String message, String cure) {}

    private static final List<Asked> OF_ANY = ofAny();
    private static final List<Asked> OF_BITRIX24 = ofBitrix24();
    private static final List<Asked> OF_AMOCRM = ofAmocrm();
    private static final List<Asked> OF_PBX_WITHOUT_COMMANDS = ofPbxWithoutCommands();

    private Unfinished() {}

    private static List<Asked> ofAny() {
        return List.of(
                new Asked(
                        "/templates",
                        s -> s.templates().stream().anyMatch(t -> t.entity() == EntityKind.COMPANY),
                        "has one for companies, which the hub never makes",
                        "take it out"));
    }

    private static List<Asked> ofAmocrm() {
        return List.of(
                new Asked(
                        "/source/lineNumber",
                        Settings::sourceLineNumber,
                        "amoCRM's deals have no description of their source (O5)",
                        "leave it out, and name a text field for the line in /fields/map"),
                new Asked(
                        "/otherTelephony/enabled",
                        Settings::otherTelephony,
                        "is heeded in Bitrix24 only (O7)",
                        "leave it out"),
                new Asked(
                        "/entities/createBy",
                        s -> s.entities().createBy() == CreateBy.PORTAL,
                        "amoCRM makes nothing of a call by itself (T15)",
                        "set it to hub or nobody"),
                new Asked(
                        "/entities/kind",
                        s -> s.entities().kind() == Kind.LEAD,
                        "amoCRM has deals, not leads",
                        "set it to byMode, deal or unsorted"));
    }

    private static List<Asked> ofBitrix24() {
        List<Asked> asked = new ArrayList<>();
        asked.add(
                new Asked(
                        "/record/at",
                        s -> s.record().at() != At.END,
                        "Bitrix24 takes a call's record whole, at its end (I2)",
                        "set it to end, or leave it out"));
        asked.add(
                new Asked(
                        "/record/missedTask",
                        s -> s.record().missedTask().isPresent(),
                        "is amoCRM's: in Bitrix24 the missed call itself stays open (O3)",
                        "leave it out"));
        asked.add(
                new Asked(
                        "/entities/tags",
                        s -> !s.entities().tags().isEmpty(),
                        "is amoCRM's: Bitrix24's entities have no tags",
                        "leave it out"));
        asked.add(
                new Asked(
                        "/recordings/durationAfter",
                        s -> !s.recordings().durationAfter().isZero(),
                        "Bitrix24 takes the duration with the record (I3)",
                        "leave it out"));
        asked.add(
                new Asked(
                        "/entities/kind",
                        s -> s.entities().kind() == Kind.UNSORTED,
                        "Bitrix24 has no tray of unsorted requests (T15)",
                        "set it to byMode, lead or deal"));
        asked.add(byHub("/entities/kind", s -> s.entities().kind() != Kind.BY_MODE));
        asked.add(byHub("/responsible/byEntity", s -> s.responsible().byEntity()));
        asked.add(byHub("/responsible/rules", s -> !s.responsible().rules().isEmpty()));
        asked.add(byHub("/templates", s -> !s.templates().isEmpty()));
        asked.add(byHub("/pipelines", s -> !s.pipelines().equals(NO_PIPELINES)));
        asked.add(byHub("/source/lineNumber", Settings::sourceLineNumber));
        asked.add(byHub("/fields/map", s -> !s.otherTelephony() && !s.fields().map().isEmpty()));
        asked.add(
                new Asked(
                        "/fields/firstCommunicationId",
                        s -> !s.otherTelephony() && s.fields().firstCommunicationId().isPresent(),
                        "is filled only where another telephony makes the entities (O7)",
                        "set /otherTelephony/enabled to true, or leave it out"));
        return asked;
    }

    /** Calls that begin in the CRM want a PBX that takes commands. */
    private static List<Asked> ofPbxWithoutCommands() {
        String message = "wants a PBX that takes commands; of this kind no PBX does yet";
        return List.of(
                new Asked("/clickToCall", s -> s.clickToCall().enabled(), message, "leave it out"),
                new Asked("/callback", s -> s.callback().enabled(), message, "leave it out"));
    }

    /**
     * Routing wants a PBX that asks. Presets that route are for any PBX (X2): where this one does
     * not ask they just route nothing, and only who wrote the key himself is told.
     *
     * @param own the integration's settings without its preset's
     */
    private static List<Asked> ofPbxThatAsks(JsonNode own, boolean theRoute, boolean theName) {
        return List.of(
                new Asked(
                        "/routing/enabled",
                        s -> s.routing().enabled() && !theRoute && has(own, "/routing/enabled"),
                        "wants a PBX that asks whom a call should ring; this kind does not",
                        "set it to false"),
                new Asked(
                        "/routing/callerName",
                        s ->
                                s.routing().callerName()
                                        && !theName
                                        && has(own, "/routing/callerName"),
                        "wants a PBX that asks for the name; this kind does not",
                        "set it to false"));
    }

    private static boolean has(JsonNode own, String pointer) {
        JsonNode value = own.at(pointer);
        return !value.isMissingNode() && !value.isNull();
    }

    private static Asked byHub(String pointer, Predicate<Settings> asked) {
        return new Asked(
                pointer,
                s ->
                        s.entities().createBy() != CreateBy.HUB
                                && s.entities().kind() != Kind.UNSORTED
                                && asked.test(s),
                "is heeded only where the hub makes the entities",
                "set /entities/createBy to hub, or leave it out");
    }

    /**
     * @param own the integration's settings without its preset's
     * @param at JSON Pointer of the settings within the whole document
     */
    static void refuse(
            Settings settings,
            JsonNode own,
            CrmKind crm,
            PbxKind pbx,
            DocumentReader in,
            String at) {
        boolean bitrix24 = crm == CrmKind.BITRIX24;
        boolean asterisk = pbx == PbxKind.ASTERISK;
        Stream.of(
                        OF_ANY,
                        bitrix24 ? OF_BITRIX24 : OF_AMOCRM,
                        asterisk ? List.<Asked>of() : OF_PBX_WITHOUT_COMMANDS,
                        ofPbxThatAsks(own, asterisk || pbx == PbxKind.UIS, asterisk))
                .flatMap(List::stream)
                .filter(one -> one.asked().test(settings))
                .forEach(one -> in.faultAt(at + one.pointer(), one.message(), one.cure()));
    }
}
