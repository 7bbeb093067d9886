package org.trunkline.crm.bitrix24.internal.directory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trunkline.crm.bitrix24.internal.directory.LineNotes.OurLines;
import org.trunkline.crm.bitrix24.internal.directory.WantedLines.Wanted;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.CrmDirectory.ExternalLine;
import org.trunkline.model.Fault;

/**
 * What brings a portal's lines from what they are to what they should be (rule T6). Lines that
 * others made are left alone, also those that bear the very number and name that we would give
 * them: ours are only those that we noted. Pure.
 *
 * @param add the portal lacks them
 * @param rename ours, with another name or another leave to create
 * @param delete ours, wanted no more; as the portal writes their numbers
 * @param foreign somebody else made a line with a number that is wanted, and calls it otherwise
 * @param ours digits of all lines there that are ours
 */
record LineChanges(
        List<Wanted> add,
        List<Wanted> rename,
        List<String> delete,
        List<ExternalLine> foreign,
        List<String> ours) {

    static LineChanges of(Map<String, Wanted> wanted, List<ExternalLine> there, OurLines noted) {
        Map<String, ExternalLine> lines = new LinkedHashMap<>();
        there.forEach(line -> lines.putIfAbsent(WantedLines.digits(line.number()), line));
        List<Wanted> add = new ArrayList<>();
        List<Wanted> rename = new ArrayList<>();
        List<ExternalLine> foreign = new ArrayList<>();
        wanted.forEach(
                (digits, line) -> {
                    ExternalLine has = lines.get(digits);
                    if (has == null) {
                        add.add(line);
                    } else if (!noted.hold(digits, has)) {
                        if (!has.name().equals(line.name())) {
                            foreign.add(has);
                        }
                    } else if (!has.name().equals(line.name())
                            || has.autoCreate() != line.autoCreate()) {
                        rename.add(new Wanted(has.number(), line.name(), line.autoCreate()));
                    }
                });
        List<String> ours =
                lines.entrySet().stream()
                        .filter(one -> noted.hold(one.getKey(), one.getValue()))
                        .map(Map.Entry::getKey)
                        .toList();
        List<String> delete =
                ours.stream()
                        .filter(digits -> !wanted.containsKey(digits))
                        .map(digits -> lines.get(digits).number())
                        .toList();
        return new LineChanges(add, rename, delete, foreign, ours);
    }

    boolean none() {
        return add.isEmpty() && rename.isEmpty() && delete.isEmpty();
    }

    /** One question each, in the order of {@link #add}, {@link #rename}, {@link #delete}. */
    List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        add.forEach(line -> questions.add(set("telephony.externalLine.add", line)));
        rename.forEach(line -> questions.add(set("telephony.externalLine.update", line)));
        delete.forEach(
                number ->
                        questions.add(
                                new Question(
                                        "telephony.externalLine.delete",
                                        Map.of("NUMBER", number))));
        return questions;
    }

    private static Question set(String method, Wanted line) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("NUMBER", line.number());
        params.put("NAME", line.name());
        params.put("CRM_AUTO_CREATE", line.autoCreate() ? "Y" : "N");
        return new Question(method, params);
    }

    /** Noted before anything is asked for, so that after a kill they are known to be ours. */
    OurLines asking() {
        Map<String, Wanted> asked = new LinkedHashMap<>();
        add.forEach(line -> asked.put(WantedLines.digits(line.number()), line));
        return new OurLines(ours, asked);
    }

    /**
     * What is ours after that: what was added, and what may have been.
     *
     * @param told the answers to {@link #questions}
     */
    OurLines after(List<Told> told) {
        List<String> numbers = new ArrayList<>(ours);
        Map<String, Wanted> asked = new LinkedHashMap<>();
        for (int i = 0; i < add.size(); i++) {
            String digits = WantedLines.digits(add.get(i).number());
            if (told.get(i) instanceof Told.Given) {
                numbers.add(digits);
            } else if (((Told.Refused) told.get(i)).why() instanceof Fault.Retryable) {
                asked.put(digits, add.get(i));
            }
        }
        return new OurLines(numbers, asked);
    }
}
