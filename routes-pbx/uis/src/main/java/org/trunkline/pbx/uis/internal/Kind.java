package org.trunkline.pbx.uis.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which event of UIS a notification is about: the constant {@code kind} of our templates. UIS's own
 * {@code notification_name} is free text and no guide.
 */
enum Kind {
    INBOUND_CALL,
    OUTGOING_CALL,
    WAITING,
    TALK_START,
    TALK_END,
    CALL_LOST,
    CALL_FINISHED,
    TALK_RECORDED;

    /** As the templates spell it; also the name of the template's file. */
    String spelled() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Kind> of(String spelled) {
        return Arrays.stream(values()).filter(kind -> kind.spelled().equals(spelled)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(Kind::spelled).collect(Collectors.joining(", "));
    }
}
