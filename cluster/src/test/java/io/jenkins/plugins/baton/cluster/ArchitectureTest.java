package io.jenkins.plugins.baton.cluster;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.jenkins.plugins.baton.cluster", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.baton.cluster";
    private static final String IMPORTER = ROOT + ".importer";

    @ArchTest
    static final ArchRule theClusterFileKnowsNobody = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.jenkins.plugins.baton..").and(not(resideInAPackage(ROOT + ".."))))
            .because("agent, fleet and plugin all read it");

    @ArchTest
    static final ArchRule thereAreNoCirclesBetweenPackages =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theModelDoesNotKnowItsFileNorTheImporter = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".file..", ROOT + ".importer..");

    @ArchTest
    static final ArchRule theFileDoesNotKnowTheImporter = noClasses()
            .that()
            .resideInAPackage(ROOT + ".file..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".importer..");

    @ArchTest
    static final ArchRule theImporterReadsEachProgramAloneAndThenMerges = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("importer")
            .definedBy(IMPORTER)
            .layer("merge")
            .definedBy(IMPORTER + ".merge")
            .layer("keepalived")
            .definedBy(IMPORTER + ".keepalived")
            .layer("haproxy")
            .definedBy(IMPORTER + ".haproxy")
            .layer("text")
            .definedBy(IMPORTER + ".text")
            .layer("shell")
            .definedBy(IMPORTER + ".shell")
            .whereLayer("importer")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("merge")
            .mayOnlyBeAccessedByLayers("importer")
            .whereLayer("keepalived")
            .mayOnlyBeAccessedByLayers("importer", "merge")
            .whereLayer("haproxy")
            .mayOnlyBeAccessedByLayers("importer", "merge")
            .whereLayer("text")
            .mayOnlyBeAccessedByLayers("importer", "merge", "keepalived", "haproxy")
            .whereLayer("shell")
            .mayOnlyBeAccessedByLayers("merge");

    @ArchTest
    static final ArchRule yamlAndFormatKnowNothingOfClusters = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".file.yaml..", ROOT + ".file.format..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(ROOT, ROOT + ".file")
                    .and(not(belongToAnyOf(Problem.class, Problems.class, Mark.class))));

    @ArchTest
    static final ArchRule yamlIsBelowFormat = noClasses()
            .that()
            .resideInAPackage(ROOT + ".file.yaml..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".file.format..");
}
