package org.trunkline.pbx.asterisk.internal;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.trunkline.model.CallEvent;
import org.trunkline.store.Calls;
import org.trunkline.store.Leases;

/**
 * {@code asterisk:COMPANY/ACCOUNT} emits lists of {@link CallEvent} of one PBX account, in order,
 * one exchange at a time. An exchange that fails comes again until it does not; meanwhile the PBX
 * waits.
 */
public final class AsteriskComponent extends DefaultComponent {
    private final Calls calls;
    private final Leases leases;
    private final Clock clock;
    private final Map<String, AccountSetup> setups = new ConcurrentHashMap<>();
    private final Map<String, AccountLink> links = new ConcurrentHashMap<>();

    AsteriskComponent(Calls calls, Leases leases, Clock clock) {
        this.calls = calls;
        this.leases = leases;
        this.clock = clock;
    }

    /** Makes an account known; its route may be added then. */
    void provision(AccountSetup setup) {
        setups.put(setup.name(), setup);
    }

    void withdraw(String account) {
        setups.remove(account);
    }

    Optional<AccountLink> link(String account) {
        return Optional.ofNullable(links.get(account));
    }

    List<AccountLink> links() {
        return List.copyOf(links.values());
    }

    @Override
    protected Endpoint createEndpoint(
            String uri, String remaining, Map<String, Object> parameters) {
        return new AccountEndpoint(uri, remaining);
    }

    private final class AccountEndpoint extends DefaultEndpoint {
        private final String account;

        AccountEndpoint(String uri, String account) {
            super(uri, AsteriskComponent.this);
            this.account = account;
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException("asterisk: is only read from");
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            AccountSetup setup = setups.get(account);
            if (setup == null) {
                throw new IllegalArgumentException("no Asterisk account " + account);
            }
            Consumer consumer = new AccountConsumer(this, processor, setup);
            configureConsumer(consumer);
            return consumer;
        }

        /** A setup may change while the address stays. */
        @Override
        public boolean isSingleton() {
            return false;
        }
    }

    private final class AccountConsumer extends DefaultConsumer implements Suspendable {
        private final AccountSetup setup;
        private AccountLink link;

        AccountConsumer(Endpoint endpoint, Processor processor, AccountSetup setup) {
            super(endpoint, processor);
            this.setup = setup;
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            open();
        }

        @Override
        protected void doResume() throws Exception {
            super.doResume();
            open();
        }

        /** Before the processors are stopped: what is in flight ends first. */
        @Override
        protected void doSuspend() throws Exception {
            shut();
            super.doSuspend();
        }

        @Override
        protected void doStop() throws Exception {
            shut();
            super.doStop();
        }

        private void open() {
            link = new AccountLink(setup, calls, leases, this::emit, clock);
            links.put(setup.name(), link);
            link.start();
        }

        private void shut() {
            if (link != null && links.remove(setup.name(), link)) {
                link.stop();
            }
        }

        private void emit(List<CallEvent> events) throws Exception {
            Exchange exchange = createExchange(true);
            exchange.getMessage().setBody(events);
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
        }
    }
}
