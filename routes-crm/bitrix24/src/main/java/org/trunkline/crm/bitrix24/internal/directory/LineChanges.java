package org.trunkline.crm.bitrix24.internal.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.trunkline.crm.bitrix24.internal.directory.WantedLines.Wanted;
import org.trunkline.model.CrmDirectory.ExternalLine;

/**
 * What brings a portal's lines from what they are to what they should be (rule T6). Lines that
 * others made are left alone: ours are those that we noted, or that bear exactly the number and
 * name that we would give them. Pure.
 *
 * @param add the portal lacks them
 * @param rename ours, with another name or another leave to create
 * @param delete ours, wanted no more; as the portal writes their numbers
 * @param foreign somebody else made a line with a number that is wanted
 * @param ours digits of all lines that are ours once this is done
 */
record LineChanges(
        List<Wanted> add,
        List<Wanted> rename,
        List<String> delete,
        List<ExternalLine> foreign,
        Set<String> ours) {

    static LineChanges of(
            Map<String, Wanted> wanted, List<ExternalLine> there, Collection<String> noted) {
        Map<String, ExternalLine> lines = new LinkedHashMap<>();
        there.forEach(line -> lines.putIfAbsent(WantedLines.digits(line.number()), line));
        List<Wanted> add = new ArrayList<>();
        List<Wanted> rename = new ArrayList<>();
        List<ExternalLine> foreign = new ArrayList<>();
        Set<String> ours = new java.util.LinkedHashSet<>();
        wanted.forEach(
                (digits, line) -> {
                    ExternalLine has = lines.get(digits);
                    if (has == null) {
                        add.add(line);
                        ours.add(digits);
                    } else if (!noted.contains(digits) && !has.name().equals(line.name())) {
                        foreign.add(has);
                    } else {
                        ours.add(digits);
                        if (!has.name().equals(line.name())
                                || has.autoCreate() != line.autoCreate()) {
                            rename.add(new Wanted(has.number(), line.name(), line.autoCreate()));
                        }
                    }
                });
        List<String> delete =
                lines.entrySet().stream()
                        .filter(one -> noted.contains(one.getKey()))
                        .filter(one -> !wanted.containsKey(one.getKey()))
                        .map(one -> one.getValue().number())
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
    List<String> claimed(Collection<String> noted) {
        return java.util.stream.Stream.concat(noted.stream(), ours.stream())
                .distinct()
                .collect(Collectors.toList());
    }
}
