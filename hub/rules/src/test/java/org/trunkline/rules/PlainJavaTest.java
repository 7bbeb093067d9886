package org.trunkline.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** The rules are pure functions over the model (design, "Folders" and "Rules"). */
@AnalyzeClasses(
        packages = "org.trunkline.rules",
        importOptions = ImportOption.DoNotIncludeTests.class)
class PlainJavaTest {

    @ArchTest
    static final ArchRule RULES_KNOW_THE_MODEL_ONLY =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "org.trunkline.rules..",
                            "org.trunkline.model..",
                            "java.lang..",
                            "java.io",
                            "java.time..",
                            "java.util..",
                            "com.fasterxml.jackson.databind..");

    @ArchTest
    static final ArchRule RULES_ARE_TOLD_THE_TIME =
            noClasses()
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .dependOnClassesThat()
                    .belongToAnyOf(Clock.class);
}
