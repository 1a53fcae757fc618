package io.jenkins.plugins.baton.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.InstanceofCheck;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.jenkins.plugins.baton.agent.linux.netlink.NetworkEvent;
import io.jenkins.plugins.baton.agent.vrrp.Action;
import io.jenkins.plugins.baton.agent.vrrp.AdmissionResult;
import io.jenkins.plugins.baton.agent.vrrp.Event;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Java 17 has no switch over sealed types: that no member is forgotten is tested here. */
class SealedTypesTest {
    private static final String ROOT = "io.jenkins.plugins.baton.agent.";
    private static final JavaClasses AGENT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT + "router", ROOT + "vrrp", ROOT + "plane.choice");

    static Stream<Arguments> chains() {
        return Stream.of(
                Arguments.of(Action.class, Set.of(), List.of("router.RunningRouter", "router.ActionExecutor")),
                // It carries nothing; every role looks at the time after every event.
                Arguments.of(
                        Event.class,
                        Set.of(Event.Tick.class),
                        List.of("vrrp.StateMachine", "vrrp.BackupRules", "vrrp.MasterRules")),
                Arguments.of(AdmissionResult.class, Set.of(), List.of("router.PacketReception")),
                Arguments.of(NetworkEvent.class, Set.of(), List.of("router.RouterThread")),
                Arguments.of(NetworkEvent.class, Set.of(), List.of("plane.choice.InterfaceWatch")));
    }

    @ParameterizedTest
    @MethodSource("chains")
    void everyMemberOfASealedTypeIsAskedFor(Class<?> sealed, Set<Class<?>> exempt, List<String> readers) {
        Set<String> asked = readers.stream()
                .map(reader -> AGENT.get(ROOT + reader))
                .flatMap(reader -> reader.getInstanceofChecks().stream())
                .map(InstanceofCheck::getRawType)
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
        assertThat(asked)
                .containsAll(Arrays.stream(sealed.getPermittedSubclasses())
                        .filter(member -> !exempt.contains(member))
                        .map(Class::getName)
                        .toList());
    }
}
