package io.jenkins.plugins.baton.agent;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The packages of the agent, and which may know of which. */
@AnalyzeClasses(packages = "io.jenkins.plugins.baton.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class AgentArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.baton.agent.";

    @ArchTest
    static final ArchRule layersKnowOnlyThoseBelowThem = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.jenkins.plugins.baton.agent..")
            .layer("vrrp")
            .definedBy(ROOT + "vrrp..")
            .layer("balance")
            .definedBy(ROOT + "balance..")
            .layer("linux")
            .definedBy(ROOT + "linux..")
            .layer("router")
            .definedBy(ROOT + "router..")
            .layer("secret")
            .definedBy(ROOT + "secret..")
            .layer("peerLink")
            .definedBy(ROOT + "peerlink..")
            .layer("health")
            .definedBy(ROOT + "health..")
            .layer("plane")
            .definedBy(ROOT + "plane..")
            .layer("handover")
            .definedBy(ROOT + "handover..")
            .layer("management")
            .definedBy(ROOT + "management..")
            .layer("maintenance")
            .definedBy(ROOT + "maintenance..")
            .layer("reachability")
            .definedBy(ROOT + "reachability..")
            .layer("daemon")
            .definedBy(ROOT + "daemon..")
            .layer("cli")
            .definedBy(ROOT + "cli..")
            .whereLayer("vrrp")
            .mayNotAccessAnyLayer()
            .whereLayer("balance")
            .mayNotAccessAnyLayer()
            .whereLayer("linux")
            .mayNotAccessAnyLayer()
            .whereLayer("router")
            .mayOnlyAccessLayers("vrrp", "linux", "secret")
            .whereLayer("secret")
            .mayNotAccessAnyLayer()
            .whereLayer("peerLink")
            .mayOnlyAccessLayers("linux", "secret")
            .whereLayer("health")
            .mayOnlyAccessLayers("linux")
            .whereLayer("plane")
            .mayOnlyAccessLayers("balance", "health", "linux")
            .whereLayer("handover")
            .mayOnlyAccessLayers("linux")
            .whereLayer("maintenance")
            .mayNotAccessAnyLayer()
            .whereLayer("reachability")
            .mayOnlyAccessLayers("linux")
            .whereLayer("management")
            .mayOnlyAccessLayers("vrrp", "linux", "router", "health", "plane")
            .whereLayer("daemon")
            .mayOnlyAccessLayers(
                    "linux", "router", "secret", "peerLink", "health", "plane", "handover", "maintenance", "management")
            .whereLayer("cli")
            .mayOnlyAccessLayers("daemon", "management", "reachability");

    @ArchTest
    static final ArchRule thereAreNoCircles =
            slices().matching(ROOT + "(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theElectionTouchesNoSystem = noClasses()
            .that()
            .resideInAPackage(ROOT + "vrrp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.channels..", "java.nio.file..", "com.sun.jna..", "io.netty..", "org.slf4j..")
            .because("time, randomness and packets come from outside, so that a seed replays a whole cluster");

    @ArchTest
    static final ArchRule choosingAServerTouchesNoSystem = noClasses()
            .that()
            .resideInAPackage(ROOT + "balance..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio..", "java.io..", "java.time..", "io.netty..", "org.slf4j..")
            .because("a choice follows from what is handed in, so that its properties can be proved");

    @ArchTest
    static final ArchRule kindsOfKernelInterfacesKnowOnlyThoseBelowThem = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "linux..")
            .layer("libc")
            .definedBy(ROOT + "linux.libc..")
            .layer("loop")
            .definedBy(ROOT + "linux.loop..")
            .layer("host")
            .definedBy(ROOT + "linux.host..")
            .layer("netlink")
            .definedBy(ROOT + "linux.netlink..")
            .layer("netfilter")
            .definedBy(ROOT + "linux.netfilter..")
            .layer("ethernet")
            .definedBy(ROOT + "linux.ethernet..")
            .layer("vrrp")
            .definedBy(ROOT + "linux.vrrp..")
            .whereLayer("libc")
            .mayNotAccessAnyLayer()
            .whereLayer("loop")
            .mayOnlyAccessLayers("libc")
            .whereLayer("host")
            .mayOnlyAccessLayers("libc")
            .whereLayer("netlink")
            .mayOnlyAccessLayers("libc", "host")
            .whereLayer("netfilter")
            .mayOnlyAccessLayers("libc", "netlink")
            .whereLayer("ethernet")
            .mayOnlyAccessLayers("libc", "host", "netlink")
            .whereLayer("vrrp")
            .mayOnlyAccessLayers("libc", "netlink", "ethernet");

    @ArchTest
    static final ArchRule planesKnowEachOtherOnlyThroughTheChoice = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "plane..")
            .layer("contract")
            .definedBy(ROOT + "plane")
            .layer("proxy")
            .definedBy(ROOT + "plane.proxy..")
            .layer("kernel")
            .definedBy(ROOT + "plane.kernel")
            .layer("kernel rules")
            .definedBy(ROOT + "plane.kernel.rules..")
            .layer("kernel statistics")
            .definedBy(ROOT + "plane.kernel.statistics..")
            .layer("kernel tracking")
            .definedBy(ROOT + "plane.kernel.tracking..")
            .layer("choice")
            .definedBy(ROOT + "plane.choice..")
            .whereLayer("contract")
            .mayNotAccessAnyLayer()
            .whereLayer("proxy")
            .mayOnlyAccessLayers("contract")
            .whereLayer("kernel")
            .mayOnlyAccessLayers("contract", "kernel rules", "kernel statistics", "kernel tracking")
            .whereLayer("kernel rules")
            .mayNotAccessAnyLayer()
            .whereLayer("kernel statistics")
            .mayOnlyAccessLayers("contract", "kernel rules")
            .whereLayer("kernel tracking")
            .mayOnlyAccessLayers("contract", "kernel rules");

    @ArchTest
    static final ArchRule theRulesTouchNoSystem = noClasses()
            .that()
            .resideInAPackage(ROOT + "plane.kernel.rules..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio..", "java.io..", "java.time..", "com.sun.jna..", "io.netty..", "org.slf4j..")
            .because("the text follows from the view of the cluster, so that every ruleset can be tested without root");

    @ArchTest
    static final ArchRule ofBatonTheAgentKnowsTheClusterFileAndTheContract = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.jenkins.plugins.baton..")
                    .and(not(resideInAnyPackage(
                            ROOT + ".", "io.jenkins.plugins.baton.cluster..", "io.jenkins.plugins.baton.jmx.."))))
            .because("the fleet comes to it from outside, through the contract");

    @ArchTest
    static final ArchRule theAgentWritesTheContractAndDoesNotReadIt =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.jenkins.plugins.baton.jmx.status..");

    @ArchTest
    static final ArchRule onlyTheEdgeCallsLibc = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "linux..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..");

    /** The distribution carries these parts of Netty and no others, see the agent's pom.xml. */
    @ArchTest
    static final ArchRule onlyTheShippedPartsOfNettyAreUsed = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty.handler.codec.http2..",
                    "io.netty.handler.codec.dns..",
                    "io.netty.handler.codec.memcache..",
                    "io.netty.handler.codec.mqtt..",
                    "io.netty.handler.codec.redis..",
                    "io.netty.handler.codec.smtp..",
                    "io.netty.handler.codec.socksx..",
                    "io.netty.handler.codec.stomp..",
                    "io.netty.handler.codec.xml..",
                    "io.netty.handler.proxy..",
                    "io.netty.resolver.dns..",
                    "io.netty.channel.kqueue..",
                    "io.netty.channel.sctp..",
                    "io.netty.channel.udt..");

    @ArchTest
    static final ArchRule onlyTheCommandLineEndsTheProcess = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "cli..")
            .should()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule thereIsNoPackageOfUtilities = classes()
            .should()
            .resideOutsideOfPackages("..util..", "..common..", "..impl..", "..helper..")
            .because("a reader finds a class by what it is about");
}
