package io.jenkins.plugins.baton.jenkins;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.verb.POST;

/** The rules that keep a Jenkins plugin safe. */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.jenkins.plugins.baton.jenkins");

    @Test
    void whatFillsOrChecksAFormTakesOnlyPosts() {
        methods()
                .that()
                .haveNameMatching("do(Fill|Check|Test).*")
                .should()
                .beAnnotatedWith(POST.class)
                .check(OURS);
    }

    @Test
    void whatFillsOrChecksAFormAsksForAPermission() {
        methods()
                .that()
                .haveNameMatching("do(Fill|Check|Test).*")
                .should(askForAPermission())
                .check(OURS);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().beFinal().check(OURS);
    }

    @Test
    void nothingKnowsTheAgentItself() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.jenkins.plugins.baton.agent..")
                .because("what an agent says comes through the fleet")
                .check(OURS);
    }

    @Test
    void onlyWhatRunsOnAJenkinsNodeTalksToNodes() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..node..", "..step..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..fleet.ssh..", "..fleet.nodes..")
                .check(OURS);
    }

    @Test
    void everyStepIsAFileOfItsOwn() {
        classes()
                .that()
                .areAssignableTo(Step.class)
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .should()
                .beTopLevelClasses()
                .andShould(haveTheirDescriptorInside())
                .check(OURS);
    }

    @Test
    void nothingOnTheJenkinsNodeKnowsTheController() {
        noClasses()
                .that()
                .resideInAPackage("..node..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jenkins.model.Jenkins")
                .check(OURS);
    }

    @Test
    void packagesDoNotGoInCircles() {
        slices().matching("io.jenkins.plugins.baton.jenkins.(*)..")
                .should()
                .beFreeOfCycles()
                .check(OURS);
    }

    private static ArchCondition<JavaClass> haveTheirDescriptorInside() {
        return new ArchCondition<>("have their descriptor inside") {
            @Override
            public void check(JavaClass step, ConditionEvents events) {
                boolean inside = OURS.contain(step.getName() + "$DescriptorImpl");
                events.add(new SimpleConditionEvent(step, inside, step.getName() + " has it inside: " + inside));
            }
        };
    }

    private static ArchCondition<JavaMethod> askForAPermission() {
        return new ArchCondition<>("ask for a permission") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean asks = asks(method);
                events.add(new SimpleConditionEvent(
                        method, asks, method.getFullName() + " asks for a permission: " + asks));
            }
        };
    }

    /** By itself, or by a method of ours that it calls. */
    private static boolean asks(JavaMethod method) {
        return method.getMethodCallsFromSelf().stream()
                .map(JavaMethodCall::getTarget)
                .anyMatch(target -> target.getName().matches("checkPermission|hasPermission")
                        || target.resolveMember()
                                .filter(called -> OURS.contain(called.getOwner().getName()) && asks(called))
                                .isPresent());
    }
}
