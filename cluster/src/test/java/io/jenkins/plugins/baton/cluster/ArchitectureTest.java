package io.jenkins.plugins.baton.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.jenkins.plugins.baton.cluster", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.baton.cluster";

    @ArchTest
    static final ArchRule thereAreNoCirclesBetweenPackages =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theModelDoesNotKnowTheImporter = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".importer..");

    @ArchTest
    static final ArchRule yamlAndFormatKnowNothingOfClusters = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".yaml..", ROOT + ".format..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT, ROOT + ".importer..");

    @ArchTest
    static final ArchRule yamlIsBelowFormat = noClasses()
            .that()
            .resideInAPackage(ROOT + ".yaml..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".format..");
}
