package io.jenkins.plugins.baton.jenkins.page;

import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.record.Look;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.security.stapler.StaplerDispatchable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** All nodes at one moment, on a page; under it, at {@code node/N/}, the MBeans of each node. */
@ExportedBean(defaultVisibility = 2)
public final class LookView {
    private final Look look;
    private final String path;

    /** @param path of this object, relative to Jenkins' root */
    LookView(Look look, String path) {
        this.look = look;
        this.path = path;
    }

    public String getTitle() {
        return switch (look.stage()) {
            case BEFORE -> Messages.LookView_before();
            case DURING -> Messages.LookView_during();
            case AFTER -> Messages.LookView_after();
            case NOW -> Messages.LookView_now();
        };
    }

    /** Empty where the report says it. */
    public String getWhen() {
        return look.at() == 0 ? "" : ReaderTimes.moment(look.at()) + ", " + ReaderTimes.ago(look.at());
    }

    /** In the course of the step: {@code before}, {@code during}, {@code after}, {@code now}. */
    @Exported
    public String getStage() {
        return look.stage().word();
    }

    /** In ms since 1970; 0 where the report of the drill says it. */
    @Exported
    public long getAt() {
        return look.at();
    }

    /** What each node that answered said, by name, as {@code baton-agent status --json} has it. */
    @Exported(name = "nodes")
    @SuppressWarnings("unchecked") // the keys of a JSON object are texts
    public Map<String, Object> getStatuses() {
        return StatusJson.mapper().convertValue(look.nodes(), Map.class);
    }

    /** Why the others did not answer, by name. */
    @Exported
    public Map<String, String> getUnanswered() {
        return look.unanswered();
    }

    @Exported
    public List<String> getMissing() {
        return look.missing();
    }

    @Exported
    public List<String> getWarnings() {
        return look.warnings();
    }

    public List<ShownTable> getTables() {
        return new LookTables(look, paths()).all();
    }

    private Map<String, String> paths() {
        Map<String, String> paths = new LinkedHashMap<>();
        for (int i = 0; i < look.names().size(); i++) {
            if (look.nodes().containsKey(look.names().get(i))) {
                paths.put(look.names().get(i), path + "node/" + i + "/");
            }
        }
        return paths;
    }

    /** A link for each node that answered. */
    public List<Cell> getNodes() {
        return paths().entrySet().stream()
                .map(node -> Cell.of(node.getKey()).linked(node.getValue()))
                .toList();
    }

    /** {@code node/N/}: the MBeans of the N-th node; null when there is none. */
    @StaplerDispatchable
    public MBeansPage getNode(String number) {
        Integer index = ControlPlaneAction.index(number, look.names().size());
        NodeStatus status = index == null ? null : look.nodes().get(look.names().get(index));
        return status == null ? null : new MBeansPage(status, (getTitle() + " " + getWhen()).strip());
    }
}
