package org.trunkline.sandbox.ami;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Originate that goes on into the dialplan, as far as a recorded one can stand in for it.
 *
 * @param channelId the Uniqueid that was asked for
 * @param otherChannelId the Uniqueid that was asked for the far half of a Local channel
 * @param extension whose phone is asked for, or the number that a Local channel dials
 * @param client digits of the number that is dialled then
 * @param callerId digits of the number that is shown to it, if the action says so
 */
record Originated(
        String actionId,
        String channelId,
        String otherChannelId,
        String extension,
        String client,
        Optional<String> callerId) {
    private static final Pattern PHONE =
            Pattern.compile("PJSIP/([0-9A-Za-z]+)|Local/(\\d+)@[^/]+(?:/n)?");
    private static final Pattern CALLER_ID = Pattern.compile("CALLERID\\(num\\)=(\\d+)");

    /** Empty for an action that no capture can stand in for: it runs an application, say. */
    static Optional<Originated> of(AmiMessage action) {
        Matcher phone = PHONE.matcher(action.text("Channel"));
        String client = action.text("Exten").replaceAll("\\D", "");
        if (!phone.matches() || action.text("ChannelId").isEmpty() || client.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Originated(
                        action.text("ActionID"),
                        action.text("ChannelId"),
                        action.text("OtherChannelId"),
                        phone.group(1) == null ? phone.group(2) : phone.group(1),
                        client,
                        variables(action).stream()
                                .map(CALLER_ID::matcher)
                                .filter(Matcher::find)
                                .map(found -> found.group(1))
                                .findFirst()));
    }

    private static List<String> variables(AmiMessage action) {
        return action.lines().stream().filter(line -> line.startsWith("Variable:")).toList();
    }

    /** As a request to replay. */
    PlayRequest request(String capture, double speed) {
        return new PlayRequest(
                capture, speed, List.of(client), callerId, Optional.empty(), Optional.of(this));
    }

    /** The recorded phone's name in a text; the phone that a number leads to keeps its own. */
    String renamed(String text) {
        String channels = otherChannelId.isEmpty() ? "PJSIP/|Local/" : "Local/";
        return text.replaceAll("(?<=" + channels + ")20[19](?!\\d)", extension);
    }
}
