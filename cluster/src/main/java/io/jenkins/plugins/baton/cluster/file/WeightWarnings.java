package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.NamedCheckKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.RouterKeys;
import io.jenkins.plugins.baton.cluster.file.format.Entry;
import io.jenkins.plugins.baton.cluster.file.format.Items;
import io.jenkins.plugins.baton.cluster.file.format.Located;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Weights of tracked checks that can never move a virtual address: the file works, but not as its author expects. To be
 * called for a file without mistakes.
 */
final class WeightWarnings {
    private final Draft draft;
    private final Problems warnings;

    private WeightWarnings(Draft draft, Problems warnings) {
        this.draft = draft;
        this.warnings = warnings;
    }

    static void collect(Draft draft, Problems warnings) {
        WeightWarnings here = new WeightWarnings(draft, warnings);
        draft.routers().forEach(here::examine);
    }

    private void examine(Entry router) {
        List<Located<String>> weighted = router.get(RouterKeys.TRACK).orElseGet(Items::none).good().stream()
                .filter(name -> weight(name.value()).isPresent())
                .toList();
        if (weighted.isEmpty() || draft.nodes().size() < 2) {
            return;
        }
        if (router.get(RouterKeys.PREEMPT).filter(preempt -> !preempt).isPresent()) {
            weighted.forEach(name -> warnings.add(
                    name.mark(),
                    "track: the weight " + weight(name.value()).orElseThrow() + " of check '" + name.value()
                            + "' never moves the addresses, because with preempt: false a holder of lower priority"
                            + " keeps them; remove the weight, so that a failing check means FAULT, or set preempt:"
                            + " true"));
        } else {
            compare(weighted);
        }
    }

    /** The first node at its worst against the second at its best. */
    private void compare(List<Located<String>> weighted) {
        List<Candidate> order = IntStream.range(0, draft.nodes().size())
                .mapToObj(i -> new Candidate(
                        draft.nodes().get(i).get(ClusterFormat.NodeKeys.NAME).orElseThrow(),
                        DerivedDefaults.priority(draft.nodes(), i).orElseThrow()))
                .sorted(Comparator.comparing(Candidate::priority).reversed())
                .toList();
        List<Integer> weights = weighted.stream()
                .map(name -> weight(name.value()).orElseThrow())
                .toList();
        int worst = order.get(0).priority()
                + sum(weights.stream().filter(weight -> weight < 0).toList());
        int best = order.get(1).priority()
                + sum(weights.stream().filter(weight -> weight > 0).toList());
        if (worst > best) {
            warnings.add(
                    weighted.get(0).mark(),
                    "track: the weights never move the addresses: with every check failing "
                            + order.get(0).name()
                            + " still has priority " + worst + " against " + best + " of "
                            + order.get(1).name()
                            + "; use larger weights, or bring the priorities closer together");
        }
    }

    private record Candidate(String name, int priority) {}

    private static int sum(List<Integer> weights) {
        return weights.stream().mapToInt(Integer::intValue).sum();
    }

    private Optional<Integer> weight(String check) {
        return draft.checks().stream()
                .filter(c -> c.get(NamedCheckKeys.NAME).filter(check::equals).isPresent())
                .findFirst()
                .flatMap(c -> c.get(NamedCheckKeys.WEIGHT));
    }
}
