package io.jenkins.plugins.baton.fleet;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.jenkins.plugins.baton.fleet.report.DrillReport;

/** The packages of the fleet, and which may know of which. */
@AnalyzeClasses(packages = "io.jenkins.plugins.baton.fleet", importOptions = ImportOption.DoNotIncludeTests.class)
class FleetArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.baton.fleet.";

    @ArchTest
    static final ArchRule ofBatonTheFleetKnowsTheClusterFileTheContractAndTheClient = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.jenkins.plugins.baton..")
                    .and(not(resideInAnyPackage(
                            ROOT + ".",
                            "io.jenkins.plugins.baton.cluster..",
                            "io.jenkins.plugins.baton.jmx..",
                            "io.jenkins.plugins.baton.probe.."))))
            .because("agents are reached over SSH, and what they say is read by the contract's types");

    @ArchTest
    static final ArchRule thereAreNoCircles =
            slices().matching(ROOT + "(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheSshPackageKnowsSshj = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "ssh..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("net.schmizz..", "com.hierynomus..");

    @ArchTest
    static final ArchRule onlyTheProgramKnowsPicocli = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule whatIsDecidedTouchesNoNode = noClasses()
            .that()
            .haveNameMatching(
                    ".*\\.(SteadyState|BlastRadiusGuard|TimeWindow|Verdict|Lanes|DrillTarget|Timeline|Observations|Measurement"
                            + "|Preflight|Planning|Consequences|Change|RouterChange|TurnOrder|NodeHealth|KeySteps|KeyFile|Obstacles|Probes"
                            + "|Servers|Absence|Recovery|Phase|ClientFigures|MaintenanceReport)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "ssh..", ROOT + "nodes..", "java.net.http..", "java.nio.channels..");

    @ArchTest
    static final ArchRule reportsKnowNothingOfHowTheyCameAbout = classes()
            .that()
            .resideInAPackage(ROOT + "report..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "report..",
                    ROOT + "status..",
                    "io.jenkins.plugins.baton.fleet", // how times are written
                    "io.jenkins.plugins.baton.jmx..",
                    "java..",
                    "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule aReportIsMadeOfNamedValues = constructors()
            .that()
            .areDeclaredIn(DrillReport.class)
            .or()
            .areDeclaredIn(DrillReport.Figures.class)
            .should()
            .onlyBeCalled()
            .byClassesThat()
            .haveSimpleNameEndingWith("Builder")
            .because("of seventeen values in a row two can be swapped, and nobody notices");
}
