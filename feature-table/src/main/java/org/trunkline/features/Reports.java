package org.trunkline.features;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What Surefire and Failsafe left of the tests of one module.
 *
 * @param module its folder, as hub/rules
 * @param folder the same, on disk
 * @param since milliseconds of the epoch; reports that are older do not count
 */
record Reports(String module, Path folder, long since) {
    /** A parameterised method has its parameters' types and the number of the case behind it. */
    private static final Pattern METHOD = Pattern.compile("[\\w ]+");

    private static final Pattern FILE = Pattern.compile("TEST-([^$]+?)(\\$.*)?\\.xml");

    /**
     * Every test method that ran.
     *
     * @throws IOException if a report can't be read
     */
    List<Proof> proofs() throws IOException {
        Map<String, Proof> worst = new TreeMap<>();
        for (String kind : List.of("surefire", "failsafe")) {
            for (Path report : reports(kind)) {
                for (Proof proof : read(report)) {
                    worst.merge(proof.name(), proof, Reports::worse);
                }
            }
        }
        return List.copyOf(worst.values());
    }

    /**
     * True if it has tests that left no report: they were not run.
     *
     * @throws IOException if the folder can't be read
     */
    boolean missing() throws IOException {
        return has("Test.java") && reports("surefire").isEmpty()
                || has("IT.java") && reports("failsafe").isEmpty();
    }

    private boolean has(String ending) throws IOException {
        Path sources = folder.resolve("src/test/java");
        if (!Files.isDirectory(sources)) {
            return false;
        }
        try (Stream<Path> all = Files.walk(sources)) {
            return all.anyMatch(file -> file.getFileName().toString().endsWith(ending));
        }
    }

    private List<Path> reports(String kind) throws IOException {
        Path reports = folder.resolve("target/" + kind + "-reports");
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(reports)) {
            try (Stream<Path> all = Files.list(reports)) {
                for (Path file : all.sorted().toList()) {
                    if (counts(file)) {
                        found.add(file);
                    }
                }
            }
        }
        return found;
    }

    /** Not if it is of another build, or of a class that is no more. */
    private boolean counts(Path file) throws IOException {
        Matcher name = FILE.matcher(file.getFileName().toString());
        return name.matches()
                && Files.getLastModifiedTime(file).toMillis() >= since
                && Files.exists(
                        folder.resolve("src/test/java")
                                .resolve(name.group(1).replace('.', '/') + ".java"));
    }

    private List<Proof> read(Path report) throws IOException {
        NodeList cases = parse(report).getElementsByTagName("testcase");
        List<Proof> read = new ArrayList<>();
        for (int i = 0; i < cases.getLength(); i++) {
            Element one = (Element) cases.item(i);
            Matcher method = METHOD.matcher(one.getAttribute("name"));
            // A class whose preparation failed has a case without a method.
            if (method.lookingAt()) {
                String test = one.getAttribute("classname").replaceFirst(".*\\.", "");
                // jqwik reports its properties with blanks for the underscores.
                String name = method.group().replace(' ', '_');
                read.add(new Proof(module, test.replace('$', '.'), name, result(one)));
            }
        }
        return read;
    }

    private static Element parse(Path report) throws IOException {
        try (InputStream in = Files.newInputStream(report)) {
            DocumentBuilder builder =
                    DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
            // Else it prints what it also throws.
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(in).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(report + " is no test report: " + e.getMessage(), e);
        }
    }

    private static Proof.Result result(Element testcase) {
        if (has(testcase, "failure") || has(testcase, "error")) {
            return Proof.Result.FAILED;
        }
        return has(testcase, "skipped") ? Proof.Result.SKIPPED : Proof.Result.PASSED;
    }

    private static boolean has(Element testcase, String child) {
        return testcase.getElementsByTagName(child).getLength() > 0;
    }

    private static Proof worse(Proof one, Proof other) {
        return one.result().compareTo(other.result()) >= 0 ? one : other;
    }
}
