package org.trunkline.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The model knows no Camel, OSGi or JDBC (design, "Folders"). */
@AnalyzeClasses(
        packages = "org.trunkline.model",
        importOptions = ImportOption.DoNotIncludeTests.class)
class PlainJavaTest {

    @ArchTest
    static final ArchRule MODEL_IS_PLAIN_JAVA =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "org.trunkline.model..",
                            "java.lang..",
                            "java.io",
                            "java.net",
                            "java.nio.charset",
                            "java.security",
                            "java.time..",
                            "java.util..",
                            "com.fasterxml.jackson..",
                            "com.google.i18n.phonenumbers..");
}
