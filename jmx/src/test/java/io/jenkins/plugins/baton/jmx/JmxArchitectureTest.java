package io.jenkins.plugins.baton.jmx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the contract may know: nobody. */
@AnalyzeClasses(packages = "io.jenkins.plugins.baton.jmx", importOptions = ImportOption.DoNotIncludeTests.class)
class JmxArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.baton.jmx";

    @ArchTest
    static final ArchRule theContractKnowsNobody = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + "..", "java..", "javax.management..")
            .because("whoever writes it and whoever reads it must be able to have it");

    @ArchTest
    static final ArchRule whatIsShownDoesNotKnowHowItIsRead = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".status..");
}
