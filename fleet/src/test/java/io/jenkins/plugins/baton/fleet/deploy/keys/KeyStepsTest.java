package io.jenkins.plugins.baton.fleet.deploy.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyStepsTest {
    private static final KeyFile NONE = new KeyFile(List.of());

    private static Map<String, KeyFile> nodes(KeyFile m1, KeyFile m2, KeyFile m3) {
        Map<String, KeyFile> nodes = new LinkedHashMap<>();
        nodes.put("m1", m1);
        nodes.put("m2", m2);
        nodes.put("m3", m3);
        return nodes;
    }

    @Test
    void aGroupWithoutAgentsGetsOneKeyAtOnce() throws Exception {
        KeySteps steps = KeySteps.of(nodes(NONE, NONE, NONE), Set.of(), false, "new");

        assertThat(steps.first().values()).containsOnly(KeyFile.of("new"));
        assertThat(steps.later()).isEmpty();
    }

    @Test
    void aNewNodeGetsTheKeyThatTheOthersHave() throws Exception {
        KeySteps steps = KeySteps.of(nodes(KeyFile.of("a"), KeyFile.of("a"), NONE), Set.of(), false, "new");

        assertThat(steps.first().values()).containsOnly(KeyFile.of("a"));
        assertThat(steps.later()).isEmpty();
    }

    @Test
    void differentKeysAreRefusedUnlessTheyAreReplaced() throws Exception {
        Map<String, KeyFile> present = nodes(KeyFile.of("a", "b"), KeyFile.of("b", "a"), KeyFile.of("b"));

        assertThatThrownBy(() -> KeySteps.of(present, Set.of(), false, "new")).hasMessageContaining("--rotate-secret");
        assertThatNobodyIsMisunderstood(present, Set.of(), KeySteps.of(present, Set.of(), true, "new"));
    }

    @Test
    void inARotationNobodyIsMisunderstoodAndTheOldKeyGoes() throws Exception {
        Map<String, KeyFile> present = nodes(KeyFile.of("a"), KeyFile.of("a"), KeyFile.of("a"));
        KeySteps steps = KeySteps.of(present, Set.of(), true, "new");

        assertThatNobodyIsMisunderstood(present, Set.of(), steps);
        assertThat(steps.later()).endsWith(KeyFile.of("new"));
    }

    @Test
    void aRunningGroupWithoutKeysComesToOneWithoutAMisunderstanding() throws Exception {
        Map<String, KeyFile> present = nodes(NONE, NONE, NONE);
        Set<String> unsigned = Set.of("m1", "m2", "m3");
        KeySteps steps = KeySteps.of(present, unsigned, false, "new");

        assertThatNobodyIsMisunderstood(present, unsigned, steps);
        assertThat(steps.later()).endsWith(KeyFile.of("new"));
    }

    @Test
    void anIntroductionThatWasInterruptedIsFinishedWithTheSameKey() throws Exception {
        KeyFile begun = KeyFile.of(KeyFile.UNSIGNED, "a");
        Map<String, KeyFile> present = nodes(begun, begun, begun);
        KeySteps steps = KeySteps.of(present, Set.of("m3"), false, "new");

        assertThatNobodyIsMisunderstood(present, Set.of("m3"), steps);
        assertThat(steps.later()).endsWith(KeyFile.of("a"));
    }

    /** At every moment, with any mixture of nodes that have taken the next step and nodes that have not. */
    private static void assertThatNobodyIsMisunderstood(
            Map<String, KeyFile> present, Set<String> unsigned, KeySteps steps) {
        List<Map<String, KeyFile>> states = new ArrayList<>();
        Map<String, KeyFile> now = new LinkedHashMap<>(present);
        unsigned.forEach(node -> now.put(node, KeyFile.of(KeyFile.UNSIGNED)));
        states.add(now);
        states.add(steps.first());
        steps.later().forEach(file -> {
            Map<String, KeyFile> all = new LinkedHashMap<>();
            present.keySet().forEach(node -> all.put(node, file));
            states.add(all);
        });
        for (int i = 0; i + 1 < states.size(); i++) {
            for (String speaker : present.keySet()) {
                for (String listener : present.keySet()) {
                    for (KeyFile says : List.of(
                            states.get(i).get(speaker), states.get(i + 1).get(speaker))) {
                        for (KeyFile hears : List.of(
                                states.get(i).get(listener), states.get(i + 1).get(listener))) {
                            boolean understoodBefore = i == 0
                                    && !states.get(0)
                                            .get(listener)
                                            .keys()
                                            .contains(states.get(0)
                                                    .get(speaker)
                                                    .keys()
                                                    .get(0));
                            if (!understoodBefore) {
                                assertThat(hears.keys())
                                        .as("step %d: %s to %s", i, speaker, listener)
                                        .contains(says.keys().get(0));
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void aFileIsReadAsItIsWrittenAndNeverShown() {
        KeyFile file = KeyFile.of(KeyFile.randomKey(), KeyFile.UNSIGNED);

        assertThat(KeyFile.parse(file.text())).isEqualTo(file);
        assertThat(file.keys().get(0)).matches("[0-9a-f]{64}");
        assertThat(file.toString()).doesNotContain(file.keys().get(0));
    }
}
