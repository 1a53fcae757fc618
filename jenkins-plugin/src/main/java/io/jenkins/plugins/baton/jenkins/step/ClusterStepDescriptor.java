package io.jenkins.plugins.baton.jenkins.step;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.baton.fleet.Times;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.settings.NodeCredentials;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form fields that all steps have. */
abstract class ClusterStepDescriptor extends StepDescriptor {
    private static final String CLUSTER = "cluster";

    /** A node, not its workspace: that of an offline node would be refused by Pipeline with a stack trace. */
    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, FlowNode.class, Node.class, TaskListener.class);
    }

    /** What "Pipeline Steps" shows beside the step's name: the cluster, and what else the pipeline's author wrote. */
    @Override
    public final String argumentsToString(Map<String, Object> arguments) {
        Object cluster = arguments.get(CLUSTER);
        return Stream.concat(
                        Stream.ofNullable(cluster).map(String::valueOf),
                        arguments.entrySet().stream()
                                .filter(one -> !one.getKey().equals(CLUSTER) && one.getValue() != null)
                                .map(one -> one.getKey() + ": " + one.getValue()))
                .collect(Collectors.joining(", "));
    }

    @POST
    public final ListBoxModel doFillCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String credentialsId) {
        return mayUseCredentials(item)
                ? NodeCredentials.choices(item, credentialsId)
                : new StandardListBoxModel().includeCurrentValue(credentialsId);
    }

    @POST
    public final FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
        if (Util.fixEmptyAndTrim(value) == null || !mayUseCredentials(item)) {
            return FormValidation.ok();
        }
        return NodeCredentials.exists(item, value)
                ? FormValidation.ok()
                : FormValidation.error(Messages.ClusterStep_noSuchCredential(value));
    }

    @POST
    public final FormValidation doCheckCluster(@AncestorInPath Item item, @QueryParameter String value) {
        checkConfigure(item);
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.error(Messages.ClusterStep_noCluster())
                : FormValidation.ok();
    }

    /** For fields whose value is a time. */
    static FormValidation time(Item item, String value) {
        return check(item, value, Times::parse, Messages.ClusterStep_badTime());
    }

    /** For fields that may be empty. */
    static FormValidation optional(Item item, String value, Consumer<String> parse, String demand) {
        return check(
                item,
                value,
                text -> Optional.ofNullable(Util.fixEmptyAndTrim(text)).ifPresent(parse),
                demand);
    }

    /**
     * @param parse throws an IllegalArgumentException for a value that makes no sense
     * @param demand what the value must be, in the reader's language
     */
    static FormValidation check(Item item, String value, Consumer<String> parse, String demand) {
        checkConfigure(item);
        try {
            parse.accept(Util.fixNull(value).strip());
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(demand);
        }
    }

    static void checkConfigure(Item item) {
        if (item == null) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        } else {
            item.checkPermission(Item.CONFIGURE);
        }
    }

    private static boolean mayUseCredentials(Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
