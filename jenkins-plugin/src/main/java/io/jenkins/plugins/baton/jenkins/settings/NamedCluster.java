package io.jenkins.plugins.baton.jenkins.settings;

import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.node.Login;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A cluster that pipelines may call by its name instead of keeping its file in a workspace. */
public final class NamedCluster implements Describable<NamedCluster>, Serializable {
    private static final long serialVersionUID = 1;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

    private final String name;
    private final String text;
    private String credentialsId;
    private String hostKeys;
    private String folders;
    private transient String fileName;

    /** @param text what a cluster file would hold */
    @DataBoundConstructor
    public NamedCluster(String name, String text) {
        this.name = Util.fixNull(name).strip();
        this.text = Util.fixNull(text);
    }

    public String getName() {
        return name;
    }

    public String getText() {
        return text;
    }

    /** What the file calls the cluster, and with it its builds; the name here when the text is no cluster file. */
    public String clusterName() {
        if (fileName == null) {
            try {
                fileName = parse(name, text).cluster().name();
            } catch (ClusterFileException e) {
                fileName = name;
            }
        }
        return fileName;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Lines as in OpenSSH's known_hosts; null: the cluster file says which keys are believed. */
    public String getHostKeys() {
        return hostKeys;
    }

    @DataBoundSetter
    public void setHostKeys(String hostKeys) {
        this.hostKeys = Util.fixEmptyAndTrim(hostKeys);
    }

    /** Full names of the folders whose jobs may use it, one a line; null: all jobs may. */
    public String getFolders() {
        return folders;
    }

    @DataBoundSetter
    public void setFolders(String folders) {
        this.folders = Util.fixEmptyAndTrim(folders);
    }

    /** Whether it is limited to folders. */
    public boolean isLimited() {
        return folders != null;
    }

    /** Whether a job may use it. */
    public boolean isFor(Item job) {
        return folders == null
                || lines(folders).anyMatch(folder -> job.getFullName().startsWith(folder + "/"));
    }

    private static Stream<String> lines(String text) {
        return text.lines().map(line -> line.strip().replaceAll("^/+|/+$", "")).filter(line -> !line.isEmpty());
    }

    /** Why this cannot be a named cluster, in one sentence; empty when it can. */
    Optional<String> objection() {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("'" + name + "': " + Messages.NamedCluster_badName());
        }
        try {
            parse(name, text);
        } catch (ClusterFileException e) {
            return Optional.of(e.getMessage());
        }
        return hostKeyObjection(hostKeys).map(objection -> name + ": " + objection);
    }

    /** @param label what messages call the text */
    private static ClusterFile parse(String label, String text) throws ClusterFileException {
        return ClusterFile.parse(Path.of(label), text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> hostKeyObjection(String hostKeys) {
        List<Integer> unreadable = Login.HostKeys.unreadableLines(Util.fixNull(hostKeys));
        return unreadable.isEmpty()
                ? Optional.empty()
                : Optional.of(Messages.NamedCluster_badHostKeys(
                        unreadable.stream().map(String::valueOf).collect(Collectors.joining(", "))));
    }

    @Extension
    @Symbol("batonCluster")
    public static final class DescriptorImpl extends Descriptor<NamedCluster> {
        @Override
        public String getDisplayName() {
            return Messages.NamedCluster_displayName();
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String name) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return NAME.matcher(Util.fixNull(name).strip()).matches()
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.NamedCluster_badName());
        }

        @POST
        public FormValidation doCheckText(@QueryParameter String name, @QueryParameter String text) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                ClusterFile file = parse("cluster.yaml", Util.fixNull(text));
                return FormValidation.ok(
                        Messages.NamedCluster_nodes(file.cluster().nodes().size()));
            } catch (ClusterFileException e) {
                return FormValidation.error(Messages.NamedCluster_badFile(e.getMessage()));
            }
        }

        @POST
        public FormValidation doCheckHostKeys(@QueryParameter String hostKeys) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return hostKeyObjection(hostKeys).map(FormValidation::error).orElseGet(FormValidation::ok);
        }

        /** A folder that is not there yet is no mistake in Configuration as Code, but worth a word in a form. */
        @POST
        public FormValidation doCheckFolders(@QueryParameter String folders) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            String unknown = lines(Util.fixNull(folders))
                    .filter(name -> !(Jenkins.get().getItemByFullName(name) instanceof ItemGroup))
                    .collect(Collectors.joining(", "));
            return unknown.isEmpty()
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.NamedCluster_noSuchFolder(unknown));
        }

        /** Logs in to all nodes from the controller, with what is in the form; in bounded time. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter String text, @QueryParameter String credentialsId, @QueryParameter String hostKeys) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            Optional<String> objection = hostKeyObjection(hostKeys);
            if (objection.isPresent()) {
                return FormValidation.error(objection.get());
            }
            try {
                String id = Util.fixEmptyAndTrim(credentialsId);
                Login.HostKeys believed = new Login.HostKeys(null, Util.fixEmptyAndTrim(hostKeys), false, false);
                Login login = new Login(id == null ? null : NodeCredentials.find(id), believed, null);
                return ConnectionCheck.of(parse("cluster.yaml", Util.fixNull(text)), login);
            } catch (ClusterFileException | AbortException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return new StandardListBoxModel().includeCurrentValue(credentialsId);
            }
            return NodeCredentials.choices(null, credentialsId);
        }
    }
}
