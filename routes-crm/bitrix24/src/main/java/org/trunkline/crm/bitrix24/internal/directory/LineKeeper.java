package org.trunkline.crm.bitrix24.internal.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.trunkline.crm.bitrix24.internal.directory.LineNotes.OurLines;
import org.trunkline.crm.connector.directory.Read;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.Company;
import org.trunkline.model.CrmDirectory.ExternalLine;
import org.trunkline.model.CrmDirectory.Part;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalDirectory.Problem;

/** Keeps a portal's outside lines in step with the company's numbers (rule T6). */
record LineKeeper(LineNotes notes) {

    /** The vendor's limit of a batch. */
    private static final int AT_ONCE = 50;

    private static final String WHERE_TO_LOOK =
            "look at CRM, Integrations, Telephony, Telephony settings, default numbers in the"
                    + " portal: where it stood there, choose another one; no application can see"
                    + " these defaults";

    /**
     * What was done.
     *
     * @param lines as they are now, each marked if it is ours
     */
    record Kept(List<ExternalLine> lines, List<Problem> problems, List<Problem> warnings) {}

    /**
     * Brings the lines into step.
     *
     * @param there the lines that the portal has, as read just now
     * @throws Fault if nothing could be asked
     */
    Kept keep(
            Company company,
            Portal portal,
            List<ExternalLine> there,
            Function<List<Question>, List<Told>> ask) {
        OurLines noted = notes.known(company.id(), portal);
        LineChanges changes = LineChanges.of(WantedLines.of(company, portal), there, noted);
        List<Problem> problems = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        changes.foreign().forEach(line -> problems.add(foreign(line)));
        OurLines asking = changes.asking();
        if (!asking.equals(noted)) {
            notes.keep(company.id(), portal, asking);
        }
        if (changes.none()) {
            return new Kept(marked(there, asking), problems, warnings);
        }
        List<Told> told = ask(changes.questions(), ask);
        refusals(changes, told).forEach(problems::add);
        changes.delete().forEach(number -> warnings.add(removed(number)));
        OurLines ours = changes.after(told);
        notes.keep(company.id(), portal, ours);
        List<Told> lines = ask.apply(List.of(Question.of("telephony.externalLine.get")));
        Read<List<ExternalLine>> now = Read.of(lines.get(0), SetUp::lines);
        if (now instanceof Read.Whole<List<ExternalLine>> whole) {
            ours = there(ours, whole.value());
            notes.keep(company.id(), portal, ours);
        }
        return new Kept(marked(now.or(there), ours), problems, warnings);
    }

    /** What was asked for without a reply may still come: it stays noted until the next time. */
    private static OurLines there(OurLines ours, List<ExternalLine> lines) {
        List<String> numbers =
                ours.numbers().stream()
                        .filter(digits -> lines.stream().anyMatch(line -> is(line, digits)))
                        .toList();
        return new OurLines(numbers, ours.asked());
    }

    private static boolean is(ExternalLine line, String digits) {
        return WantedLines.digits(line.number()).equals(digits);
    }

    private static List<Told> ask(
            List<Question> questions, Function<List<Question>, List<Told>> ask) {
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < questions.size(); i += AT_ONCE) {
            told.addAll(ask.apply(questions.subList(i, Math.min(questions.size(), i + AT_ONCE))));
        }
        return told;
    }

    /** A line that is gone already is as it should be. */
    private static List<Problem> refusals(LineChanges changes, List<Told> told) {
        List<Question> questions = changes.questions();
        return IntStream.range(0, told.size())
                .filter(i -> told.get(i) instanceof Told.Refused)
                .mapToObj(i -> refusal(questions.get(i), ((Told.Refused) told.get(i)).why()))
                .filter(problem -> !problem.message().contains("Could not find line"))
                .toList();
    }

    private static Problem refusal(Question question, Fault why) {
        Map<String, Object> params = question.params();
        return new Problem(
                Part.LINES, "line " + params.get("NUMBER") + ": " + why.getMessage(), why.cure());
    }

    private static Problem foreign(ExternalLine line) {
        return new Problem(
                Part.LINES,
                "line "
                        + line.number()
                        + " is there with the name '"
                        + line.name()
                        + "', which the hub did not give; it is left alone",
                "delete it in the portal, to have the hub make its own; or name it as the hub would");
    }

    private static Problem removed(String number) {
        return new Problem(
                Part.LINES, "line " + number + " is removed from the portal", WHERE_TO_LOOK);
    }

    private static List<ExternalLine> marked(List<ExternalLine> lines, OurLines ours) {
        return lines.stream()
                .map(
                        line ->
                                new ExternalLine(
                                        line.number(),
                                        line.name(),
                                        line.autoCreate(),
                                        ours.hold(WantedLines.digits(line.number()), line)))
                .toList();
    }
}
