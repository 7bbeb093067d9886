package org.trunkline.pbx.asterisk.internal.translate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.trunkline.model.Asterisk;
import org.trunkline.model.Company;
import org.trunkline.model.Employee;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PhoneNumber;

/**
 * What the translator knows of the PBX beforehand: who its employees are and in which contexts
 * calls arrive.
 *
 * @param region of numbers written the national way
 */
public record AccountView(
        String company,
        String account,
        String region,
        Set<String> trunkContexts,
        Set<String> internalContexts,
        Set<String> extensions) {

    /** Technologies of channels that are no party of a call. */
    private static final Set<String> TOOLS =
            Set.of(
                    "Announcer",
                    "AsyncGoto",
                    "Bridge",
                    "CBAnn",
                    "CBRec",
                    "Message",
                    "MulticastRTP",
                    "Recorder",
                    "Surrogate",
                    "UnicastRTP");

    public static AccountView of(Company company, PbxAccount pbx) {
        Optional<Asterisk> asterisk = pbx.asterisk();
        return new AccountView(
                company.id(),
                pbx.id(),
                company.region(),
                Set.copyOf(asterisk.map(Asterisk::trunkContexts).orElse(List.of())),
                Set.copyOf(asterisk.map(Asterisk::internalContexts).orElse(List.of())),
                pbx.employees().stream()
                        .map(Employee::extension)
                        .filter(extension -> !extension.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Whose channel it is.
     *
     * @param placed whether the other side called in, as opposed to Asterisk dialling it
     */
    Channel.Kind kind(String channel, String context, boolean placed) {
        int slash = channel.indexOf('/');
        if (slash < 0 || TOOLS.contains(channel.substring(0, slash))) {
            return Channel.Kind.TOOL;
        }
        if (channel.startsWith("Local/")) {
            return Channel.Kind.LOCAL;
        }
        if (extensions.contains(extension(channel))) {
            return Channel.Kind.EMPLOYEE;
        }
        if (isIn(trunkContexts, context)) {
            return Channel.Kind.OUTSIDE;
        }
        if (isIn(internalContexts, context)) {
            return Channel.Kind.EMPLOYEE;
        }
        return placed ? Channel.Kind.STRANGE : Channel.Kind.OUTSIDE;
    }

    /** A star stands for any text, as MikoPBX names a context after each trunk. */
    private static boolean isIn(Set<String> contexts, String context) {
        return contexts.contains(context)
                || contexts.stream()
                        .filter(pattern -> pattern.indexOf('*') >= 0)
                        .map(pattern -> Pattern.quote(pattern).replace("*", "\\E.*\\Q"))
                        .anyMatch(context::matches);
    }

    /**
     * The extension in a channel's name or a dial string: {@code PJSIP/201-0000002a}, {@code
     * PJSIP/201}, {@code Local/201@internal-originate}, MikoPBX's {@code PJSIP/201-WS-0000002a}.
     */
    static String extension(String channel) {
        String rest = channel.substring(channel.indexOf('/') + 1);
        int at = rest.indexOf('@');
        if (at >= 0) {
            return rest.substring(0, at);
        }
        int dash = rest.lastIndexOf('-');
        String endpoint = dash < 0 ? rest : rest.substring(0, dash);
        return endpoint.endsWith("-WS") ? endpoint.substring(0, endpoint.length() - 3) : endpoint;
    }

    /** A number as the PBX wrote it; empty for none. */
    Optional<PhoneNumber> number(String text) {
        return PhoneNumber.read(text, region);
    }

    /** A number outside the company: one that is valid in the numbering plan. */
    Optional<PhoneNumber> outside(String text) {
        return extensions.contains(text)
                ? Optional.empty()
                : number(text).filter(number -> number.value().startsWith("+"));
    }
}
