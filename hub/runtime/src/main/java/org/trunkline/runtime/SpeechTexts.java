package org.trunkline.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.model.Recording;
import org.trunkline.rules.Presets;
import org.trunkline.runtime.internal.AwaitedTexts;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Leases;

/**
 * Fetches the words of recorded talks from PBXs of one kind, for accounts of which an integration
 * wants them (rule M5). What is awaited follows from the stored calls alone: whoever looks next,
 * after a crash or hours without the PBX, knows what is missing. A day after its end a call is
 * awaited no more.
 */
public final class SpeechTexts extends RouteBuilder {

    private static final Duration AFTER_A_FAULT = Duration.ofMinutes(1);

    private final PbxKind kind;
    private final Companies companies;
    private final Calls calls;
    private final Leases leases;
    private final Clock clock;
    private final int mostAtOnce;
    private final Source source;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    /** The PBX's answer. */
    public interface Source {

        /**
         * Words by the recording's id, of those recordings whose words are there.
         *
         * @throws Fault the account is left alone for a while; {@link Fault.Retryable} may say how
         *     long
         */
        Map<String, String> texts(Company company, PbxAccount account, List<Recording> of);
    }

    /**
     * @param mostAtOnce recordings that the source is asked for at once
     */
    public SpeechTexts(
            PbxKind kind,
            Companies companies,
            Calls calls,
            Leases leases,
            Clock clock,
            int mostAtOnce,
            Source source) {
        this.kind = kind;
        this.companies = companies;
        this.calls = calls;
        this.leases = leases;
        this.clock = clock;
        this.mostAtOnce = mostAtOnce;
        this.source = source;
    }

    /** What is known of one account, by one look at a time. */
    private static final class Account {
        private final AwaitedTexts awaited = new AwaitedTexts();
        private Instant pausedUntil = Instant.MIN;
        private int atOnce;
        private boolean faulty;
    }

    private record Site(Company company, PbxAccount account) {

        String name() {
            return company.id() + "/" + account.id();
        }
    }

    /** Where a look begins; {@code direct:mango-speech} for Mango. */
    public static String look(PbxKind kind) {
        return "direct:" + name(kind);
    }

    private static String name(PbxKind kind) {
        return kind.name().toLowerCase(Locale.ROOT) + "-speech";
    }

    @Override
    public void configure() {
        onException(Fault.Retryable.class)
                .handled(true)
                .log(LoggingLevel.WARN, "texts of talks must wait: ${exception.message}");

        from("timer:" + name(kind) + "?delay=15s&period=15s")
                .routeId(name(kind) + "-timer")
                .to(look(kind));

        // An account whose PBX does not answer holds up no other.
        from(look(kind))
                .routeId(name(kind))
                .process(e -> e.getMessage().setBody(sites()))
                .split(body())
                .parallelProcessing()
                .process(this::fetch)
                .to("journal:append");
    }

    private List<Site> sites() {
        return companies.all().stream()
                .filter(company -> leases.serves(company.id()))
                .flatMap(
                        company ->
                                company.pbx().stream()
                                        .filter(account -> account.kind() == kind)
                                        .filter(account -> wanted(company, account))
                                        .map(account -> new Site(company, account)))
                .toList();
    }

    private static boolean wanted(Company company, PbxAccount account) {
        return company.integrations().stream()
                .filter(integration -> integration.pbx().equals(account.id()))
                .anyMatch(i -> Presets.settings(i.preset(), i.settings()).speech());
    }

    private void fetch(Exchange exchange) {
        Site site = exchange.getMessage().getBody(Site.class);
        exchange.getMessage().setBody(List.of());
        Account account = accounts.computeIfAbsent(site.name(), name -> new Account());
        Instant now = clock.instant();
        if (account.pausedUntil.isAfter(now)) {
            return;
        }
        account.atOnce = account.faulty ? Math.max(1, account.atOnce / 2) : mostAtOnce;
        List<Recording> due =
                account.awaited.due(
                        calls, site.company().id(), site.account().id(), account.atOnce, now);
        if (due.isEmpty()) {
            return;
        }
        try {
            Map<String, String> texts = source.texts(site.company(), site.account(), due);
            List<CallEvent> told = account.awaited.told(texts, now);
            account.faulty = false;
            exchange.getMessage().setBody(told);
        } catch (Fault fault) {
            pause(site, account, fault, now);
        }
    }

    /** The next look asks for fewer, and for others first: one that can't be had delays none. */
    private void pause(Site site, Account account, Fault fault, Instant now) {
        Duration pause =
                fault instanceof Fault.Retryable later
                        ? later.retryAfter().orElse(AFTER_A_FAULT)
                        : AFTER_A_FAULT;
        account.pausedUntil = now.plus(pause.compareTo(AFTER_A_FAULT) < 0 ? AFTER_A_FAULT : pause);
        if (!account.faulty) {
            log.warn("{}: texts of talks must wait: {}", site.name(), fault.getMessage());
        }
        account.faulty = true;
    }
}
