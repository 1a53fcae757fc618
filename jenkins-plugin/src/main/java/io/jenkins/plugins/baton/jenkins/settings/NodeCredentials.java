package io.jenkins.plugins.baton.jenkins.settings;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.node.Login;
import java.util.List;
import jenkins.model.Jenkins;

/** Credentials that log in to nodes: an SSH user with private key, or a user with password. */
public final class NodeCredentials {
    private static final CredentialsMatcher USABLE = CredentialsMatchers.anyOf(
            CredentialsMatchers.instanceOf(SSHUserPrivateKey.class),
            CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));

    /** A build cannot use what is Jenkins' own. */
    private static final CredentialsMatcher OFFERED = CredentialsMatchers.allOf(
            USABLE, CredentialsMatchers.not(CredentialsMatchers.withScope(CredentialsScope.SYSTEM)));

    private NodeCredentials() {}

    /**
     * For a form. The caller has checked the permission.
     *
     * @param item where the form is; null: Jenkins' own configuration
     */
    public static ListBoxModel choices(Item item, String current) {
        StandardListBoxModel model = new StandardListBoxModel();
        model.includeEmptyValue();
        if (item == null) {
            model.includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), StandardUsernameCredentials.class, List.of(), OFFERED);
        } else {
            model.includeMatchingAs(ACL.SYSTEM2, item, StandardUsernameCredentials.class, List.of(), OFFERED);
        }
        return model.includeCurrentValue(current);
    }

    /** Whether a form's value names a credential that is there. The caller has checked the permission. */
    public static boolean exists(Item item, String id) {
        return choices(item, "").stream().anyMatch(option -> option.value.equals(id));
    }

    /**
     * Looks it up as the build may, and records that the build used it.
     *
     * @throws AbortException with a sentence when there is none of that id and kind
     */
    public static Login.Credential find(Run<?, ?> build, String id) throws AbortException {
        StandardUsernameCredentials found =
                CredentialsProvider.findCredentialById(id, StandardUsernameCredentials.class, build);
        if (found == null || !USABLE.matches(found)) {
            throw new AbortException(
                    Messages.NodeCredentials_missing(id, build.getParent().getFullDisplayName()));
        }
        CredentialsProvider.track(build, found);
        return login(id, found);
    }

    /**
     * Looks it up among those of Jenkins itself. The caller has checked the permission.
     *
     * @throws AbortException with a sentence when there is none of that id and kind
     */
    static Login.Credential find(String id) throws AbortException {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardUsernameCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of())
                .stream()
                .filter(one -> one.getId().equals(id) && OFFERED.matches(one))
                .findFirst()
                .map(one -> login(id, one))
                .orElseThrow(() -> new AbortException(
                        Messages.NodeCredentials_missing(id, Jenkins.get().getDisplayName())));
    }

    private static Login.Credential login(String id, StandardUsernameCredentials found) {
        if (found instanceof SSHUserPrivateKey key) {
            List<Secret> texts =
                    key.getPrivateKeys().stream().map(Secret::fromString).toList();
            return new Login.Credential(id, key.getUsername(), texts, key.getPassphrase(), null);
        }
        StandardUsernamePasswordCredentials login = (StandardUsernamePasswordCredentials) found;
        return new Login.Credential(id, login.getUsername(), List.of(), null, login.getPassword());
    }
}
