package io.jenkins.plugins.baton.lab;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The packages of the test bench, and what of Baton it may know. */
@AnalyzeClasses(packages = "io.jenkins.plugins.baton.lab", importOptions = ImportOption.DoNotIncludeTests.class)
class LabArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.baton.lab";

    @ArchTest
    static final ArchRule ofBatonTheLabKnowsOnlyTheClientThatMeasures = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.jenkins.plugins.baton..")
                    .and(not(resideInAnyPackage(ROOT + "..", "io.jenkins.plugins.baton.probe.."))))
            .because("it judges releases from outside, as a user has them");

    @ArchTest
    static final ArchRule thereAreNoCircles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule whatIsBelowKnowsNothingOfWhatIsAbove = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
            .layer("hosts")
            .definedBy(ROOT)
            .layer("client and usage")
            .definedBy(ROOT + ".probe..", ROOT + ".usage..")
            .layer("experiment")
            .definedBy(ROOT + ".experiment..")
            .layer("systemd")
            .definedBy(ROOT + ".systemd..")
            .layer("programs")
            .definedBy(ROOT + ".bench..", ROOT + ".demo..", ROOT + ".field..", ROOT + ".jenkins..", ROOT + ".soak..")
            .whereLayer("client and usage")
            .mayOnlyAccessLayers("hosts")
            .whereLayer("experiment")
            .mayOnlyAccessLayers("hosts", "client and usage")
            .whereLayer("systemd")
            .mayOnlyAccessLayers("hosts")
            .whereLayer("hosts")
            .mayNotAccessAnyLayer()
            .whereLayer("programs")
            .mayNotBeAccessedByAnyLayer();
}
