package org.trunkline.rules.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.CallRecord;
import org.trunkline.model.CallResult;
import org.trunkline.model.Client;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Direction;
import org.trunkline.model.Leg;
import org.trunkline.model.Notice;
import org.trunkline.model.Settings;

/** Who is told of a call (rules I1, I5, O4). */
public final class Notices {

    private final Call call;
    private final Client client;
    private final People people;
    private final Settings settings;
    private final Optional<Began> began;
    private final List<Notice> notices = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();

    public Notices(
            Call call, Client client, People people, Settings settings, Optional<Began> began) {
        this.began = began;
        this.call = call;
        this.client = client;
        this.people = people;
        this.settings = settings;
    }

    /** Who, and why. */
    public record Choice(List<Notice> notices, List<Part> parts) {}

    public Choice of(List<CallRecord> records) {
        if (settings.notices().talker()) {
            talkers();
        }
        if (settings.notices().missed()) {
            missed();
        }
        if (settings.chat() && call.is(Direction.INBOUND)) {
            records.forEach(this::chat);
        }
        began.flatMap(Began::notice)
                .ifPresent(notice -> tell(notice, "T17", "", "clicked, and there was no talk"));
        return new Choice(List.copyOf(notices), List.copyOf(parts));
    }

    /** I1: each mapped employee once, as soon as he talks to the client. */
    private void talkers() {
        Map<String, Leg> talkers = new LinkedHashMap<>();
        call.legs().stream()
                .filter(Leg::answered)
                .forEach(leg -> people.user(leg).ifPresent(user -> talkers.putIfAbsent(user, leg)));
        talkers.forEach(
                (user, leg) ->
                        tell(
                                new Notice(
                                        "talk/" + user,
                                        List.of(user),
                                        "Разговор с клиентом: " + whom(),
                                        true),
                                "I1",
                                "/notify/talker",
                                "talks to the client"));
    }

    /** I5. */
    private void missed() {
        boolean missed =
                call.ended()
                        && call.is(Direction.INBOUND)
                        && call.legs().stream().noneMatch(Leg::answered);
        boolean open = client.open().isPresent();
        if (!missed) {
            return;
        }
        if (!open && settings.notices().missedUsers().isEmpty()) {
            parts.add(part("nothing", "I5", "/notify/missedUsers", "names nobody"));
            return;
        }
        tell(
                new Notice(
                        "missed",
                        open ? List.of() : settings.notices().missedUsers(),
                        "Пропущенный звонок: " + whom(),
                        open),
                "I5",
                open ? "/notify/missed" : "/notify/missedUsers",
                open ? "missed, and a deal is open" : "missed, and no deal is open");
    }

    /** O4: whose record it is. */
    private void chat(CallRecord record) {
        record.outcome()
                .ifPresent(
                        outcome ->
                                tell(
                                        new Notice(
                                                "chat/" + record.key(),
                                                List.of(outcome.user()),
                                                (outcome.result() == CallResult.ANSWERED
                                                                ? "Входящий звонок: "
                                                                : "Пропущенный звонок: ")
                                                        + whom(),
                                                false),
                                        "O4",
                                        "/chat/enabled",
                                        "an incoming call is over"));
    }

    /** The client's data: the name, if the CRM has one, and the number. */
    private String whom() {
        String number = call.client().orElseThrow().value();
        Optional<String> name = client.contact().or(client::company).map(Client.Found::name);
        return name.map(n -> n + ", " + number).orElse(number);
    }

    private void tell(Notice notice, String rule, String setting, String reason) {
        notices.add(notice);
        parts.add(
                part(
                        notice.users().isEmpty() ? "everybody" : String.join(",", notice.users()),
                        rule,
                        setting,
                        reason));
    }

    private static Part part(String value, String rule, String setting, String reason) {
        return new Part("notice", value, rule, setting, reason);
    }
}
