package org.trunkline.rules.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.model.Call;
import org.trunkline.model.CallRecord;
import org.trunkline.model.CallResult;
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

/**
 * A call that began in this very CRM: a click, or a callback form (rules T17, T19). The CRM waits
 * for its end whatever else the settings leave out.
 */
public record Began(Call call, FromCrm begun) {

    private record Told(String russian, String english) {}

    private static final Map<Setback, Told> TOLD =
            Map.ofEntries(
                    told(
                            Setback.OFF,
                            "звонки по клику выключены. Включить их может администратор",
                            "calls by click are switched off. An administrator can switch them on"),
                    told(
                            Setback.NOT_MAPPED,
                            "вы не связаны с сотрудником АТС. Попросите администратора связать вас",
                            "you are not mapped to an employee of the PBX. Ask an administrator to"
                                    + " map you"),
                    told(
                            Setback.NO_PHONE,
                            "ваш телефон не подключён к АТС. Включите его или проверьте настройки",
                            "your phone is not registered at the PBX. Switch it on, or check its"
                                    + " settings"),
                    told(
                            Setback.EMPLOYEE_BUSY,
                            "ваш телефон занят или отклонил вызов. Освободите его и нажмите ещё"
                                    + " раз",
                            "your phone is busy, or refused the call. Hang up and click again"),
                    told(
                            Setback.EMPLOYEE_NO_ANSWER,
                            "вы не сняли трубку. Нажмите ещё раз и ответьте на вызов",
                            "you did not pick up your phone. Click again, and answer it"),
                    told(
                            Setback.WRONG_NUMBER,
                            "такой номер набрать нельзя. Исправьте его в карточке клиента",
                            "this number can't be dialled. Correct it in the client's card"),
                    told(
                            Setback.CLIENT_BUSY,
                            "номер клиента занят. Позвоните позже",
                            "the client's number is busy. Call later"),
                    told(
                            Setback.CLIENT_NO_ANSWER,
                            "клиент не ответил. Позвоните позже",
                            "the client does not answer. Call later"),
                    told(
                            Setback.CLIENT_NOT_REACHED,
                            "АТС не смогла дозвониться до клиента. Проверьте номер и линию АТС",
                            "the PBX could not reach the client. Check the number, and the PBX's"
                                    + " line"),
                    told(
                            Setback.PBX_AWAY,
                            "АТС недоступна. Позвоните с телефона и сообщите администратору",
                            "the PBX can't be reached. Dial by hand, and tell an administrator"),
                    told(
                            Setback.PBX_REFUSED,
                            "АТС не приняла команду. Сообщите администратору: права AMI и контекст",
                            "the PBX refused the command. Tell an administrator: rights of the AMI"
                                    + " user, and the context"),
                    told(
                            Setback.LOST,
                            "звонок прервался до набора. Нажмите ещё раз",
                            "the call was lost before anybody rang. Click again"));

    private static Map.Entry<Setback, Told> told(Setback why, String russian, String english) {
        return Map.entry(why, new Told(russian, english));
    }

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

    public boolean isClick() {
        return begun.isClick();
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

    /**
     * Why it did not become a talk; empty while it goes on, if it did, and if the employee gave up
     * while the client's phone rang.
     */
    Optional<Setback> setback() {
        if (!call.ended() || call.answeredAt().isPresent()) {
            return Optional.empty();
        }
        return begun.setback().or(() -> begun.clientTried() ? client() : Optional.of(employee()));
    }

    private Optional<Setback> client() {
        return switch (call.result().orElse(CallResult.FAILED)) {
            case BUSY -> Optional.of(Setback.CLIENT_BUSY);
            case MISSED -> Optional.of(Setback.CLIENT_NO_ANSWER);
            case CANCELLED -> Optional.empty();
            default -> Optional.of(Setback.CLIENT_NOT_REACHED);
        };
    }

    private Setback employee() {
        return switch (call.result().orElse(CallResult.FAILED)) {
            case BUSY -> Setback.EMPLOYEE_BUSY;
            case MISSED, CANCELLED -> Setback.EMPLOYEE_NO_ANSWER;
            default -> Setback.NO_PHONE;
        };
    }

    /** A click that never got as far as the client is no reason to make anything of him. */
    public boolean mayMakeEntities() {
        return !begun.isClick() || setback().filter(why -> !why.afterEmployee()).isEmpty();
    }

    /** T17: who clicked hears why there was no talk, and what helps. */
    Optional<Notice> notice() {
        return begun.user()
                .flatMap(
                        user ->
                                setback()
                                        .map(
                                                why ->
                                                        new Notice(
                                                                "click",
                                                                List.of(user),
                                                                text(why),
                                                                false)));
    }

    private String text(Setback why) {
        String number = call.client().orElseThrow().value();
        Told told = TOLD.get(why);
        return begun.russian()
                ? "Звонок на " + number + " не состоялся: " + told.russian() + "."
                : "The call to " + number + " failed: " + told.english() + ".";
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
                begun.isClick() ? Stream.of() : Stream.of(Callbacks.part(account, begun.line()));
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
