package org.trunkline.pbx.asterisk.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Asterisk;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PhoneNumber;
import org.trunkline.pbx.asterisk.internal.ami.AmiAction;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;

/** What Asterisk is told to dial, and what is done about who picks up first. */
class OriginationsTest {

    private static final Asterisk SETTINGS =
            new Asterisk(
                    List.of("from-trunk"),
                    List.of("internal"),
                    "from-internal",
                    Optional.empty(),
                    Optional.empty());

    private final List<AmiAction> sent = new CopyOnWriteArrayList<>();
    private AmiMessage answer = AmiMessage.of("Response", "Success");
    private final Originations originations =
            new Originations(
                    "acme/office",
                    action -> {
                        sent.add(action);
                        return CompletableFuture.completedFuture(answer);
                    });

    private static PbxControl.Order order(String... extensions) {
        return new PbxControl.Order(
                "tl-1",
                List.of(extensions).stream()
                        .map(
                                extension ->
                                        new PbxControl.First(
                                                new PbxControl.Extension(extension),
                                                PhoneNumber.read("+74951000001", "RU")))
                        .toList(),
                PhoneNumber.read("+79161234567", "RU").orElseThrow(),
                Duration.ofSeconds(30));
    }

    private static List<String> values(AmiAction action, String field) {
        return action.fields().stream()
                .filter(f -> f.getKey().equals(field))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static AmiMessage picksUp(String channelId) {
        return AmiMessage.of(
                "Event",
                "OriginateResponse",
                "Response",
                "Success",
                "Channel",
                "PJSIP/" + channelId,
                "Uniqueid",
                channelId);
    }

    @Test
    void T17_onePhoneGoesOnToTheClientByItself() {
        originations.call(SETTINGS, order("201"));

        AmiAction originate = sent.get(0);
        assertThat(values(originate, "Channel")).containsExactly("PJSIP/201");
        assertThat(values(originate, "ChannelId")).containsExactly("tl-1");
        assertThat(values(originate, "Context")).containsExactly("from-internal");
        assertThat(values(originate, "Exten")).containsExactly("79161234567");
        assertThat(values(originate, "Async")).containsExactly("true");
        assertThat(values(originate, "Timeout")).containsExactly("30000");
        originations.heard(picksUp("tl-1"));
        assertThat(sent).hasSize(1);
    }

    @Test
    void T18_theClientSeesTheChosenNumberAndTheEmployeeTheClients() {
        originations.call(SETTINGS, order("201"));

        assertThat(values(sent.get(0), "Variable"))
                .contains(
                        "CALLERID(num)=74951000001",
                        "CONNECTEDLINE(num,i)=79161234567",
                        "__TRUNKLINE_CALLERID=74951000001");
    }

    @Test
    void I6_thePhoneShowsNameAndCommentOfARequest_inWordsThatAsteriskDoesNotSplit() {
        PbxControl.Order order = order("201");
        originations.call(
                SETTINGS,
                new PbxControl.Order(
                        order.callKey(),
                        order.first(),
                        order.client(),
                        order.ring(),
                        Optional.of("Анна: call, \"soon\"|now\r\nAction: Logoff(x)")));

        assertThat(values(sent.get(0), "Variable"))
                .contains("CONNECTEDLINE(name,i)=Анна: call soon now Action: Logoff x");
    }

    @Test
    void T19_ofSeveralTheFirstGetsTheClientAndTheOthersAreHungUp() {
        originations.call(SETTINGS, order("201", "202", "203"));
        assertThat(sent)
                .extracting(action -> values(action, "ChannelId").get(0))
                .containsExactly("tl-1-1of3", "tl-1-2of3", "tl-1-3of3");
        assertThat(sent).allSatisfy(a -> assertThat(values(a, "Exten")).isEmpty());
        sent.clear();

        originations.heard(picksUp("tl-1-2of3"));

        assertThat(sent.get(0).name()).isEqualTo("Redirect");
        assertThat(values(sent.get(0), "Channel")).containsExactly("PJSIP/tl-1-2of3");
        assertThat(values(sent.get(0), "Exten")).containsExactly("79161234567");
        assertThat(sent.subList(1, sent.size()))
                .allSatisfy(action -> assertThat(action.name()).isEqualTo("Hangup"))
                .extracting(action -> values(action, "Channel").get(0))
                .containsExactlyInAnyOrder("tl-1-1of3", "tl-1-3of3");
        sent.clear();
        originations.heard(picksUp("tl-1-3of3"));
        assertThat(sent).as("whoever is a moment later").isEmpty();
    }

    @Test
    void T17_aRefusalIsToldWithItsCure() {
        answer = AmiMessage.of("Response", "Error", "Message", "Permission denied");

        assertThatThrownBy(() -> originations.call(SETTINGS, order("201")))
                .isInstanceOf(Fault.Data.class)
                .hasMessageContaining("Permission denied")
                .satisfies(
                        fault ->
                                assertThat(((Fault) fault).cure())
                                        .contains("originate", "originateContext"));
    }

    @Test
    void O21_aNumberIsDialledInTheSameContext() {
        PbxControl.Order order =
                new PbxControl.Order(
                        "tl-1",
                        List.of(
                                new PbxControl.First(
                                        new PbxControl.Number(
                                                PhoneNumber.read("+74951230000", "RU")
                                                        .orElseThrow()),
                                        Optional.empty())),
                        PhoneNumber.read("+79161234567", "RU").orElseThrow(),
                        Duration.ofSeconds(30));

        originations.call(SETTINGS, order);

        assertThat(values(sent.get(0), "Channel"))
                .containsExactly("Local/74951230000@from-internal/n");
        assertThat(values(sent.get(0), "Exten")).containsExactly("79161234567");
    }

    /** Asterisk answers the commands in turn by what stands here. */
    private Originations answering(List<Supplier<CompletableFuture<AmiMessage>>> answers) {
        Iterator<Supplier<CompletableFuture<AmiMessage>>> next = answers.iterator();
        return new Originations(
                "acme/office",
                action -> {
                    sent.add(action);
                    return action.name().equals("Originate")
                            ? next.next().get()
                            : CompletableFuture.completedFuture(answer);
                });
    }

    private CompletableFuture<AmiMessage> taken() {
        return CompletableFuture.completedFuture(answer);
    }

    private static CompletableFuture<AmiMessage> refused() {
        return CompletableFuture.completedFuture(
                AmiMessage.of("Response", "Error", "Message", "Permission denied"));
    }

    @Test
    void T19_whoeverPicksUpAfterTheOrderBrokeOffGetsNoClient() {
        Originations broken =
                answering(
                        List.of(
                                this::taken,
                                () -> {
                                    throw new Fault.Retryable("no session", Duration.ZERO);
                                }));
        assertThatThrownBy(() -> broken.call(SETTINGS, order("201", "202", "203")))
                .isInstanceOf(Fault.Retryable.class);
        assertThat(sent)
                .extracting(AmiAction::name)
                .containsExactly("Originate", "Originate", "Hangup");
        sent.clear();

        broken.heard(picksUp("tl-1-1of3"));

        assertThat(sent).isEmpty();
    }

    @Test
    void T19_whenSomebodyPickedUpNoMorePhonesRing() {
        List<Originations> quick = new ArrayList<>();
        quick.add(
                answering(
                        List.of(
                                () -> {
                                    quick.get(0).heard(picksUp("tl-1-1of3"));
                                    return taken();
                                })));

        quick.get(0).call(SETTINGS, order("201", "202", "203"));

        assertThat(sent)
                .filteredOn(action -> action.name().equals("Originate"))
                .extracting(action -> values(action, "ChannelId").get(0))
                .containsExactly("tl-1-1of3");
    }

    @Test
    void T19_aRefusalAfterSomebodyPickedUpIsNobodysConcern() {
        List<Originations> quick = new ArrayList<>();
        quick.add(
                answering(
                        List.of(
                                this::taken,
                                () -> {
                                    quick.get(0).heard(picksUp("tl-1-1of2"));
                                    return refused();
                                })));

        quick.get(0).call(SETTINGS, order("201", "202"));

        assertThat(sent)
                .filteredOn(action -> action.name().equals("Hangup"))
                .extracting(action -> values(action, "Channel").get(0))
                .doesNotContain("tl-1-1of2");
    }

    @Test
    void T19_whatNobodyAnswersIsNotAskedForAgain() {
        Originations silent =
                answering(
                        List.of(
                                () ->
                                        CompletableFuture.failedFuture(
                                                new IllegalStateException("no answer"))));

        silent.call(SETTINGS, order("201", "202", "203"));

        assertThat(sent).extracting(AmiAction::name).containsExactly("Originate");
    }
}
