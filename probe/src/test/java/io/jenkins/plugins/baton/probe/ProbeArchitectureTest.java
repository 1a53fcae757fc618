package io.jenkins.plugins.baton.probe;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The client that measures stands on the JDK alone: so that it can be run anywhere, beside whatever is measured. */
@AnalyzeClasses(packages = "io.jenkins.plugins.baton.probe", importOptions = ImportOption.DoNotIncludeTests.class)
class ProbeArchitectureTest {
    @ArchTest
    static final ArchRule theClientNeedsTheJdkAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.jenkins.plugins.baton.probe..", "java..", "javax..", "jdk..");
}
