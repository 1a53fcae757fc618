package io.jenkins.plugins.baton.jenkins;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.verb.POST;

/** The rules that keep a Jenkins plugin safe. */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.jenkins.plugins.baton.jenkins");

    @Test
    void whatFillsOrChecksAFormTakesOnlyPosts() {
        methods().that().haveNameMatching("do(Fill|Check).*").should().beAnnotatedWith(POST.class).check(OURS);
    }

    @Test
    void whatFillsOrChecksAFormAsksForAPermission() {
        methods().that().haveNameMatching("do(Fill|Check).*").should(askForAPermission()).check(OURS);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().beFinal().check(OURS);
    }

    @Test
    void nothingOnTheJenkinsNodeKnowsTheController() {
        noClasses().that().resideInAPackage("..node..").should().dependOnClassesThat()
                .haveFullyQualifiedName("jenkins.model.Jenkins").check(OURS);
    }

    @Test
    void roomsDoNotGoInCircles() {
        slices().matching("io.jenkins.plugins.baton.jenkins.(*)..").should().beFreeOfCycles().check(OURS);
    }

    private static ArchCondition<JavaMethod> askForAPermission() {
        return new ArchCondition<>("ask for a permission") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean asks = method.getMethodCallsFromSelf().stream()
                        .map(call -> call.getTarget().getName())
                        .anyMatch(name -> name.matches("checkPermission|hasPermission|checkConfigure|mayUseCredentials|time"));
                events.add(new SimpleConditionEvent(method, asks, method.getFullName() + " asks for a permission: " + asks));
            }
        };
    }
}
