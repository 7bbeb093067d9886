package org.trunkline.rules.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.model.Call;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Employee;
import org.trunkline.model.FromCrm;
import org.trunkline.model.Integration;
import org.trunkline.model.Leg;
import org.trunkline.model.Notice;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Setback;
import org.trunkline.model.Settings;
import org.trunkline.rules.Callbacks;
import org.trunkline.rules.CallerId;
import org.trunkline.rules.Retries;
import org.trunkline.rules.Setbacks;

/**
 * A call that began in this very CRM: a click, or a callback form (rules T17, T19). A CRM that
 * registered it waits for its end whatever else the settings leave out.
 */
public record Began(Call call, FromCrm begun) {

    /** Empty: the call did not begin in this integration's CRM. */
    public static Optional<Began> in(Call call, Integration integration) {
        return FromCrm.of(call)
                .filter(begun -> begun.integration().equals(integration.id()))
                .map(begun -> new Began(call, begun));
    }

    /** Another CRM's call that rang nobody is nothing to this one. */
    public static boolean elsewhereInVain(Call call, Integration integration) {
        return call.legs().isEmpty()
                && FromCrm.of(call)
                        .filter(begun -> !begun.integration().equals(integration.id()))
                        .isPresent();
    }

    /** Whether the CRM registered it by itself, and waits for its end. */
    public boolean isRegistered() {
        return begun.portalCall().isPresent();
    }

    /** A click that is over and rang no client. */
    public boolean isClickInVain() {
        return begun.isClick() && !mayMakeEntities();
    }

    CallRecord.Begun record() {
        return new CallRecord.Begun(begun.portalCall(), begun.user(), setback());
    }

    /** T17: under whom a click is written. */
    Optional<Part> clicker() {
        return begun.user()
                .filter(user -> begun.isClick())
                .map(user -> new Part("responsible", user, "T17", "", "clicked in the CRM"));
    }

    Optional<Setback> setback() {
        return Setbacks.of(call);
    }

    /** A click that never got as far as the client is no reason to make anything of him. */
    public boolean mayMakeEntities() {
        return !begun.isClick() || setback().filter(why -> !why.afterEmployee()).isEmpty();
    }

    /**
     * T17: who clicked hears why there was no talk, and what helps. Where the CRM does not register
     * clicks the hub's own card tells it.
     */
    Optional<Notice> notice() {
        return begun.user()
                .filter(user -> isRegistered())
                .flatMap(
                        user ->
                                setback()
                                        .map(
                                                why ->
                                                        new Notice(
                                                                "click",
                                                                List.of(user),
                                                                Setbacks.text(
                                                                        why,
                                                                        call.client().orElseThrow(),
                                                                        begun.russian()),
                                                                false)));
    }

    /** Who rings first, which number the client sees, and why (T18, T19, O20). */
    public List<Part> parts(PbxAccount account, Integration integration, Settings settings) {
        Stream<Employee> callers =
                begun.isClick()
                        ? account.employees().stream()
                                .filter(e -> integration.user(e).equals(begun.user()))
                                .limit(1)
                        : call.legs().stream()
                                .filter(leg -> leg.answered() || !leg.ended())
                                .map(Leg::extension)
                                .flatMap(Optional::stream)
                                .flatMap(extension -> account.byExtension(extension).stream());
        Stream<Part> mode =
                begun.isClick()
                        ? Stream.of()
                        : Stream.concat(
                                Stream.of(Callbacks.part(call, account, begun.line())),
                                Retries.part(call).stream());
        return Stream.concat(
                        mode,
                        callers.map(who -> callerId(account, who, settings.clickToCall()).part()))
                .toList();
    }

    private CallerId.Choice callerId(
            PbxAccount account, Employee who, Settings.ClickToCall settings) {
        return begun.isClick()
                ? CallerId.ofClick(account, who, begun.line(), settings)
                : CallerId.ofCallback(account, who, begun.line());
    }
}
