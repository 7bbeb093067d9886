package org.trunkline.rules;

import java.util.Map;
import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.CallResult;
import org.trunkline.model.FromCrm;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Setback;

/** Why a call that began in a CRM did not become a talk, and in which words (T17, T19). Pure. */
public final class Setbacks {

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

    private Setbacks() {}

    private static Map.Entry<Setback, Told> told(Setback why, String russian, String english) {
        return Map.entry(why, new Told(russian, english));
    }

    /**
     * Empty while the call goes on, if it became a talk, if the employee gave up while the client's
     * phone rang, and for a call that did not begin in a CRM.
     */
    public static Optional<Setback> of(Call call) {
        if (!call.ended() || call.answeredAt().isPresent()) {
            return Optional.empty();
        }
        return FromCrm.of(call)
                .flatMap(
                        begun ->
                                begun.setback()
                                        .or(
                                                () ->
                                                        begun.clientTried()
                                                                ? client(call)
                                                                : Optional.of(employee(call))));
    }

    private static Optional<Setback> client(Call call) {
        return switch (call.result().orElse(CallResult.FAILED)) {
            case BUSY -> Optional.of(Setback.CLIENT_BUSY);
            case MISSED -> Optional.of(Setback.CLIENT_NO_ANSWER);
            case CANCELLED -> Optional.empty();
            default -> Optional.of(Setback.CLIENT_NOT_REACHED);
        };
    }

    private static Setback employee(Call call) {
        return switch (call.result().orElse(CallResult.FAILED)) {
            case BUSY -> Setback.EMPLOYEE_BUSY;
            case MISSED, CANCELLED -> Setback.EMPLOYEE_NO_ANSWER;
            default -> Setback.NO_PHONE;
        };
    }

    /** For who clicked: what happened, and what helps. */
    public static String text(Setback why, PhoneNumber client, boolean russian) {
        Told told = TOLD.get(why);
        return russian
                ? "Звонок на " + client.value() + " не состоялся: " + told.russian() + "."
                : "The call to " + client.value() + " failed: " + told.english() + ".";
    }
}
