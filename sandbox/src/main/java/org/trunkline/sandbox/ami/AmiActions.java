package org.trunkline.sandbox.ami;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Answers the actions of one client as an Asterisk 22 does. */
final class AmiActions {
    /** Any one of the classes is enough; an action that is not here needs none. */
    private static final Map<String, List<String>> RIGHTS =
            Map.of(
                    "coresettings", List.of("system", "reporting"),
                    "corestatus", List.of("system", "reporting"),
                    "coreshowchannels", List.of("system", "reporting"),
                    "filter", List.of("system"),
                    "originate", List.of("originate"),
                    "hangup", List.of("system", "call"),
                    "redirect", List.of("call"),
                    "atxfer", List.of("call"),
                    "setvar", List.of("call"));

    private final AmiPbx pbx;
    private final AmiSession session;

    AmiActions(AmiPbx pbx, AmiSession session) {
        this.pbx = pbx;
        this.session = session;
    }

    void run(AmiMessage action) {
        String name = action.text("Action");
        String key = name.toLowerCase(Locale.ROOT);
        switch (key) {
            case "login" -> login(action);
            case "challenge" -> challenge(action);
            case "logoff" -> {
                answer(action, "Response: Goodbye", "Message: Thanks for all the fish.");
                session.finish();
            }
            default -> {
                List<String> rights = RIGHTS.getOrDefault(key, List.of());
                Optional<AmiUser> user = session.user();
                boolean allowed =
                        rights.isEmpty()
                                || user.filter(u -> rights.stream().anyMatch(u::writes))
                                        .isPresent();
                if (user.isEmpty() || !allowed) {
                    error(action, "Permission denied");
                } else {
                    loggedIn(action, name, key);
                }
            }
        }
    }

    private void loggedIn(AmiMessage action, String name, String key) {
        switch (key) {
            case "ping" ->
                    answer(
                            action,
                            "Response: Success",
                            "Ping: Pong",
                            "Timestamp: " + stamp(pbx.clock().instant()));
            case "coresettings" -> answer(action, coreSettings());
            case "corestatus" -> answer(action, coreStatus());
            case "coreshowchannels" -> coreShowChannels(action);
            case "filter" -> filter(action);
            case "events" ->
                    answer(
                            action,
                            "Response: Success",
                            "Events: " + session.events(action.text("EventMask")));
            case "originate" -> originate(action);
            case "hangup" -> onChannel(action, "No such channel", "Channel Hungup");
            case "redirect" ->
                    onChannel(
                            action,
                            "Channel does not exist: " + action.text("Channel"),
                            "Redirect successful");
            case "atxfer" ->
                    onChannel(
                            action,
                            "Channel specified does not exist",
                            "Atxfer successfully queued");
            case "setvar" -> onChannel(action, "No such channel", "Variable Set");
            default ->
                    error(
                            action,
                            "Invalid/unknown command: "
                                    + name
                                    + ". Use Action: ListCommands to show available commands.");
        }
    }

    private void login(AmiMessage action) {
        Optional<AmiUser> user = pbx.user(action.text("Username"));
        boolean right = user.filter(u -> proves(u, action)).isPresent();
        if (!right || pbx.faults().active(AmiFaults.Kind.refuseLogin)) {
            error(action, "Authentication failed");
            session.finish();
            return;
        }
        answer(action, "Response: Success", "Message: Authentication accepted");
        session.events(action.text("Events"));
        session.logIn(user.get());
        Duration up = Duration.between(pbx.since(), pbx.clock().instant());
        session.event(
                AmiMessage.of(
                        "Event: FullyBooted",
                        "Privilege: system,all",
                        "Uptime: " + up.toSeconds(),
                        "LastReload: " + up.toSeconds(),
                        "Status: Fully Booted"));
        session.event(
                AmiMessage.of(
                        "Event: SuccessfulAuth",
                        "Privilege: security,all",
                        "Timestamp: " + stamp(pbx.clock().instant()),
                        "Severity: Informational",
                        "Service: AMI",
                        "EventVersion: 1",
                        "AccountID: " + user.get().name(),
                        "LocalAddress: IPV4/TCP/127.0.0.1/" + pbx.port(),
                        "RemoteAddress: IPV4/TCP/" + session.remote().replace(':', '/'),
                        "UsingPassword: 0"));
    }

    private boolean proves(AmiUser user, AmiMessage action) {
        if (action.text("AuthType").equalsIgnoreCase("MD5")) {
            String key = md5(session.challenge() + user.secret());
            return !session.challenge().isEmpty() && key.equalsIgnoreCase(action.text("Key"));
        }
        return user.secret().equals(action.text("Secret"));
    }

    private void challenge(AmiMessage action) {
        if (!action.text("AuthType").equalsIgnoreCase("MD5")) {
            error(action, "Must specify AuthType");
            return;
        }
        int number = ThreadLocalRandom.current().nextInt(100_000_000, 999_999_999);
        session.challenge(Integer.toString(number));
        answer(action, "Response: Success", "Challenge: " + number);
    }

    /** List and stream come from one order: what is shown as living was not yet hung up. */
    private void coreShowChannels(AmiMessage action) {
        String id = action.text("ActionID");
        pbx.quietly(
                () -> {
                    List<AmiMessage> channels = pbx.channels().show(pbx.clock().instant());
                    answer(
                            action,
                            "Response: Success",
                            "EventList: start",
                            "Message: Channels will follow");
                    channels.forEach(channel -> session.send(channel.with("ActionID", id)));
                    session.send(
                            AmiMessage.of(
                                            "Event: CoreShowChannelsComplete",
                                            "EventList: Complete",
                                            "ListItems: " + channels.size())
                                    .with("ActionID", id));
                });
    }

    private void filter(AmiMessage action) {
        if (!action.text("Operation").equalsIgnoreCase("Add")) {
            error(action, "Unknown operation");
            return;
        }
        Optional<String> fault = session.filters().add(action);
        if (fault.isPresent()) {
            error(action, fault.get());
        } else {
            answer(action, "Response: Success", "Message: Success");
        }
    }

    private void originate(AmiMessage action) {
        boolean target =
                !action.text("Application").isEmpty()
                        || (!action.text("Context").isEmpty() && !action.text("Exten").isEmpty());
        if (action.text("Channel").isEmpty()) {
            error(action, "Channel not specified");
        } else if (!target) {
            error(action, "Extension does not exist.");
        } else {
            answer(action, "Response: Success", "Message: Originate successfully queued");
            pbx.originated(action);
        }
    }

    private void onChannel(AmiMessage action, String unknown, String done) {
        if (pbx.channels().has(action.text("Channel"))) {
            answer(action, "Response: Success", "Message: " + done);
        } else {
            error(action, unknown);
        }
    }

    private static String[] coreSettings() {
        return new String[] {
            "Response: Success",
            "AMIversion: " + AmiPbx.VERSION,
            "AsteriskVersion: 22.10.1",
            "SystemName: ",
            "CoreMaxCalls: 0",
            "CoreMaxLoadAvg: 0.000000",
            "CoreRunUser: ",
            "CoreRunGroup: ",
            "CoreMaxFilehandles: 0",
            "CoreRealTimeEnabled: No",
            "CoreCDRenabled: Yes",
            "CoreHTTPenabled: No",
            "SoundsSearchCustomDir: No"
        };
    }

    private String[] coreStatus() {
        String since = pbx.since().toString();
        return new String[] {
            "Response: Success",
            "CoreStartupDate: " + since.substring(0, 10),
            "CoreStartupTime: " + since.substring(11, 19),
            "CoreReloadDate: " + since.substring(0, 10),
            "CoreReloadTime: " + since.substring(11, 19),
            "CoreCurrentCalls: " + pbx.channels().names().size(),
            "CoreProcessedCalls: 0"
        };
    }

    private void answer(AmiMessage action, String... lines) {
        session.send(AmiMessage.of(lines).with("ActionID", action.text("ActionID")));
    }

    private void error(AmiMessage action, String message) {
        answer(action, "Response: Error", "Message: " + message);
    }

    private static String stamp(Instant at) {
        return String.format("%d.%06d", at.getEpochSecond(), at.getNano() / 1000);
    }

    static String md5(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has MD5", e);
        }
    }
}
