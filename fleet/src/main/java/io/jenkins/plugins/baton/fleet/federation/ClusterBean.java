package io.jenkins.plugins.baton.fleet.federation;

import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.fleet.steady.SteadyState;
import io.jenkins.plugins.baton.jmx.federation.ClusterMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All nodes at one moment. */
final class ClusterBean implements ClusterMXBean {
    private final ClusterFile file;
    private final View view;
    private final SteadyState steadyState;

    ClusterBean(ClusterFile file, View view) {
        this.file = file;
        this.view = view;
        this.steadyState = new SteadyState(file);
    }

    @Override
    public String getName() {
        return file.cluster().name();
    }

    @Override
    public String getSummary() {
        Map<String, String> split = getSplitBrain();
        List<String> parts = new ArrayList<>();
        getHolders()
                .forEach((router, holder) -> parts.add(router
                        + (split.containsKey(router)
                                ? " is held by " + split.get(router) + " at once"
                                : holder.isEmpty() ? " has no holder" : " is held by " + holder)));
        if (!view.unanswered().isEmpty()) {
            parts.add("not heard: " + String.join(", ", view.unanswered().keySet()));
        }
        int missing = getMissing().size();
        parts.add(missing == 0 ? "steady" : missing + " missing for steady");
        return String.join("; ", parts);
    }

    @Override
    public String getConfigHash() {
        return file.hash();
    }

    @Override
    public List<String> getNodes() {
        return file.cluster().nodes().stream().map(Node::name).toList();
    }

    @Override
    public Map<String, String> getHolders() {
        Map<String, String> holders = new LinkedHashMap<>();
        for (VirtualRouter router : file.cluster().virtualRouters()) {
            holders.put(router.name(), view.holder(router.name()).orElse(""));
        }
        return holders;
    }

    @Override
    public Map<String, String> getSplitBrain() {
        Map<String, String> split = new LinkedHashMap<>();
        for (VirtualRouter router : file.cluster().virtualRouters()) {
            List<String> masters = view.masters(router.name());
            if (masters.size() > 1) {
                split.put(router.name(), String.join(", ", masters));
            }
        }
        return split;
    }

    @Override
    public Map<String, String> getDisagreeingNodes() {
        return steadyState.disagreeing(view);
    }

    @Override
    public Map<String, String> getUnreachableNodes() {
        return view.unanswered();
    }

    @Override
    public List<String> getConflicts() {
        return SteadyState.warnings(view);
    }

    @Override
    public boolean isSteady() {
        return getMissing().isEmpty();
    }

    @Override
    public List<String> getMissing() {
        return steadyState.missing(view);
    }
}
