package org.trunkline.pbx.asterisk.internal.translate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trunkline.model.FromCrm;

/**
 * How the hub names the channels that it has Asterisk make, so that what the PBX tells of them is
 * told of the call that began in a CRM: {@code tl-KEY} for one phone, {@code tl-KEY-2of3} for the
 * second of three that ring together.
 */
public final class Ordered {

    private static final Pattern ONE_OF_SEVERAL =
            Pattern.compile(Pattern.quote(FromCrm.KEY) + "(.+)-(\\d+)of(\\d+)");

    private Ordered() {}

    /** The ChannelId for one phone. */
    public static String channelId(String callKey, int number, int of) {
        return of == 1 ? callKey : callKey + "-" + number + "of" + of;
    }

    static boolean is(String callKey) {
        return callKey.startsWith(FromCrm.KEY);
    }

    /** The call that a Linkedid belongs to. */
    static String callKey(String linkedid) {
        Matcher several = ONE_OF_SEVERAL.matcher(linkedid);
        return several.matches() ? FromCrm.KEY + several.group(1) : linkedid;
    }

    /** How many phones ring together; 1 for a channel that is none of ours. */
    static int together(String uniqueid) {
        Matcher several = ONE_OF_SEVERAL.matcher(uniqueid);
        return several.matches() ? Integer.parseInt(several.group(3)) : 1;
    }
}
