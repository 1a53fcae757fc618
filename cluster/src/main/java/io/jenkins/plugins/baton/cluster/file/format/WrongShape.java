package io.jenkins.plugins.baton.cluster.file.format;

import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.yaml.YamlNode;

/** Says that a list stands where a single value is wanted, and the like. */
final class WrongShape {
    private WrongShape() {}

    static void report(String subject, YamlNode node, String wanted, Problems problems) {
        boolean nothing = node instanceof YamlNode.Scalar scalar && scalar.isEmpty();
        problems.add(
                node.mark(),
                subject + ": " + node.kind() + " stands here; write " + wanted + (nothing ? ", or remove it" : ""));
    }
}
