package org.trunkline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trunkline.features.Proof.Result.FAILED;
import static org.trunkline.features.Proof.Result.PASSED;
import static org.trunkline.features.Proof.Result.SKIPPED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {
    private static final long BEGAN = 1_000_000;

    @TempDir private Path root;
    private Checkout checkout;

    @BeforeEach
    void oneModuleWithTestsOneWithout() throws IOException {
        checkout = new Checkout(root, BEGAN);
        write("pom.xml", "<module>hub/rules</module>\n<module>features</module>");
        write("docs/features.txt", "== One\nT7 | A card opens.\n");
        write("hub/rules/src/test/java/org/CardsTest.java", "");
        write("features/pom.xml", "");
    }

    @Test
    void methodsAndTheirResultsAreRead() throws IOException {
        report(
                "hub/rules/target/surefire-reports/TEST-org.CardsTest.xml",
                """
                <testcase name="T7_opens" classname="org.CardsTest"><system-out>x</system-out></testcase>
                <testcase name="T7_fails" classname="org.CardsTest"><failure message="m">x</failure></testcase>
                <testcase name="T7_breaks" classname="org.CardsTest$Inner"><error message="m">x</error></testcase>
                <testcase name="T7_waits" classname="org.CardsTest"><skipped message="m"/></testcase>
                <testcase name="" classname="org.CardsTest"><error message="before all"/></testcase>
                """);

        assertThat(checkout.table().proofs())
                .containsExactly(
                        new Proof("hub/rules", "CardsTest", "T7_fails", FAILED),
                        new Proof("hub/rules", "CardsTest", "T7_opens", PASSED),
                        new Proof("hub/rules", "CardsTest", "T7_waits", SKIPPED),
                        new Proof("hub/rules", "CardsTest.Inner", "T7_breaks", FAILED));
    }

    @Test
    void theCasesOfAMethodCountAsOneWithTheWorstResult() throws IOException {
        report(
                "hub/rules/target/surefire-reports/TEST-org.CardsTest.xml",
                """
                <testcase name="T7_each(String, int)[1]" classname="org.CardsTest"/>
                <testcase name="T7_each(String, int)[2]" classname="org.CardsTest"><failure/></testcase>
                <testcase name="T7_each(String, int)[3]" classname="org.CardsTest"/>
                <testcase name="T7_all{int}[1]" classname="org.CardsTest"/>
                <testcase name="T7_all{int}[2]" classname="org.CardsTest"/>
                """);

        assertThat(checkout.table().proofs())
                .containsExactly(
                        new Proof("hub/rules", "CardsTest", "T7_all", PASSED),
                        new Proof("hub/rules", "CardsTest", "T7_each", FAILED));
    }

    @Test
    void aPropertyIsReadAsItWasWritten() throws IOException {
        report(
                "hub/rules/target/surefire-reports/TEST-org.CardsTest.xml",
                "<testcase name='T7 anyOrder opensOne' classname='org.CardsTest'/>");

        assertThat(checkout.table().proofs())
                .containsExactly(
                        new Proof("hub/rules", "CardsTest", "T7_anyOrder_opensOne", PASSED));
    }

    @Test
    void integrationTestsCountToo() throws IOException {
        write("hub/rules/src/test/java/org/CardsIT.java", "");
        report(
                "hub/rules/target/failsafe-reports/TEST-org.CardsIT.xml",
                "<testcase name='T7_opens' classname='org.CardsIT'/>");

        assertThat(checkout.table().proofs())
                .containsExactly(new Proof("hub/rules", "CardsIT", "T7_opens", PASSED));
    }

    @Test
    void aModuleWhoseTestsWereNotRunIsMissing() throws IOException {
        assertThat(checkout.missing()).containsExactly("hub/rules");
    }

    @Test
    void aModuleWhoseIntegrationTestsWereNotRunIsMissing() throws IOException {
        passed("CardsTest");
        assertThat(checkout.missing()).isEmpty();

        write("hub/rules/src/test/java/org/CardsIT.java", "");

        assertThat(checkout.missing()).containsExactly("hub/rules");
    }

    @Test
    void reportsOfAnEarlierBuildDoNotCount() throws IOException {
        Path report = passed("CardsTest");
        Files.setLastModifiedTime(report, FileTime.fromMillis(BEGAN - 1));

        assertThat(checkout.missing()).containsExactly("hub/rules");
        assertThat(checkout.table().proofs()).isEmpty();
        assertThat(new Checkout(root, 0).table().proofs()).hasSize(1);
    }

    @Test
    void reportsOfAClassThatIsNoMoreDoNotCount() throws IOException {
        passed("CardsTest");
        passed("GoneTest");

        assertThat(checkout.table().proofs()).extracting(Proof::test).containsExactly("CardsTest");
    }

    @Test
    void aReportThatIsBrokenIsNamed() throws IOException {
        write("hub/rules/target/surefire-reports/TEST-org.CardsTest.xml", "<testsuite>");

        assertThatThrownBy(checkout::table)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("TEST-org.CardsTest.xml is no test report");
    }

    private Path passed(String test) throws IOException {
        return report(
                "hub/rules/target/surefire-reports/TEST-org." + test + ".xml",
                "<testcase name='T7_opens' classname='org." + test + "'/>");
    }

    private Path report(String path, String cases) throws IOException {
        return write(path, "<testsuite>" + cases + "</testsuite>");
    }

    private Path write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
