package io.jenkins.plugins.baton.cluster.file;

import static io.jenkins.plugins.baton.cluster.file.format.DurationType.written;

import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.CheckKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.FrontendKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.NamedCheckKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.RouterKeys;
import io.jenkins.plugins.baton.cluster.file.format.Entry;
import io.jenkins.plugins.baton.cluster.file.format.Items;
import io.jenkins.plugins.baton.cluster.file.format.Key;
import io.jenkins.plugins.baton.cluster.file.format.Located;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold in checks, and between checks and the virtual routers that track them. */
final class CheckRules {
    private final Problems problems;

    private CheckRules(Problems problems) {
        this.problems = problems;
    }

    static void check(Draft draft, Problems problems) {
        CheckRules rules = new CheckRules(problems);
        draft.frontends().stream()
                .flatMap(frontend -> frontend.get(FrontendKeys.CHECK).flatMap(check -> check).stream())
                .forEach(rules::any);
        for (Entry check : draft.checks()) {
            rules.any(check);
            rules.named(check);
        }
        Duplicates.refuse(
                "name",
                NodeRules.given(draft.checks(), NamedCheckKeys.NAME),
                "give each check a name of its own",
                problems);
        draft.routers().forEach(router -> rules.tracked(router, draft));
    }

    private void any(Entry check) {
        refuseLongerThanInterval(check, CheckKeys.TIMEOUT, "a check must end before the next begins");
        refuseLongerThanInterval(check, CheckKeys.FAST_INTERVAL, "it is the shorter of the two");
        refuseHalfAPair(check, CheckKeys.CERTIFICATE, CheckKeys.KEY);
        refuseHalfAPair(check, CheckKeys.KEY, CheckKeys.CERTIFICATE);
        verification(check);
        check.get(CheckKeys.COMMAND)
                .flatMap(command -> command.good().stream().findFirst())
                .filter(program -> !program.value().startsWith("/"))
                .ifPresent(program -> problems.add(
                        program.mark(),
                        "command: '" + program.value() + "' is not an absolute path, and no shell looks for it; write"
                                + " where the program is, as in /usr/local/bin/check"));
    }

    private void refuseLongerThanInterval(Entry check, Key<Duration> key, String why) {
        if (!check.gives(key)) {
            return;
        }
        Optional<Duration> interval = check.get(CheckKeys.INTERVAL);
        check.get(key)
                .filter(value -> interval.isPresent() && value.compareTo(interval.get()) > 0)
                .ifPresent(value -> problems.add(
                        check.at(key),
                        key.name() + ": " + written(value) + " is longer than the interval of "
                                + written(interval.get()) + "; " + why + ", so lower it or raise interval"));
    }

    private void refuseHalfAPair(Entry check, Key<?> half, Key<?> other) {
        if (check.gives(half) && !check.gives(other)) {
            problems.add(
                    check.at(half), half.name() + " stands without " + other.name() + "; add it, a client needs both");
        }
    }

    private void verification(Entry check) {
        Optional<Boolean> insecure = check.gives(CheckKeys.INSECURE) ? check.get(CheckKeys.INSECURE) : Optional.empty();
        boolean ca = check.gives(CheckKeys.CA);
        insecure.filter(value -> value == ca)
                .ifPresent(value -> problems.add(
                        check.at(CheckKeys.INSECURE),
                        ca
                                ? "insecure: true means that ca, which stands beside it, is not looked at; remove one"
                                : "insecure: false needs ca, to say whose certificates are good; add it"));
    }

    private void named(Entry check) {
        if (check.get(NamedCheckKeys.WEIGHT).filter(weight -> weight == 0).isPresent()) {
            problems.add(
                    check.at(NamedCheckKeys.WEIGHT),
                    "weight: 0 changes nothing; remove the key to have a failing check mean FAULT, or write -30");
        }
        Optional<String> type = check.get(CheckKeys.TYPE);
        check.get(NamedCheckKeys.URL)
                .filter(url -> type.filter(t -> t.startsWith("http") && !t.equals(url.scheme()))
                        .isPresent())
                .ifPresent(url -> problems.add(
                        check.at(NamedCheckKeys.URL),
                        "url: it begins with " + url.scheme() + ":, but the check's type is " + type.get()
                                + "; make them agree"));
    }

    private void tracked(Entry router, Draft draft) {
        Items<String> track = router.get(RouterKeys.TRACK).orElseGet(Items::none);
        Duplicates.refuse("track", track.good(), "a check is tracked once; remove it here", problems);
        if (!draft.knowsAllChecks()) {
            return;
        }
        Set<String> known = draft.checks().stream()
                .flatMap(check -> check.get(NamedCheckKeys.NAME).stream())
                .collect(Collectors.toSet());
        for (Located<String> name : track.good()) {
            if (!known.contains(name.value())) {
                problems.add(
                        name.mark(),
                        "track: '" + name.value() + "' is not the name of a check; "
                                + (known.isEmpty()
                                        ? "add it under checks"
                                        : "known are "
                                                + String.join(
                                                        ", ",
                                                        List.copyOf(known).stream()
                                                                .sorted()
                                                                .toList())));
            }
        }
    }
}
