package io.jenkins.plugins.baton.fleet.nodes;

/** Where things are on a node. */
public final class Layout {
    /** Everything of ours that is not configuration. */
    public static final String HOME = "/opt/baton";

    /** One folder per release. */
    public static final String RELEASES = HOME + "/releases";

    /** A link to the release in use; replaced atomically. */
    public static final String CURRENT = HOME + "/current";

    /** What became of a deployment whose operator was lost; for the next one. */
    public static final String INTERRUPTED = HOME + "/interrupted";

    public static final String AGENT = CURRENT + "/bin/baton-agent";
    public static final String CONFIGURATION = "/etc/baton";
    public static final String CLUSTER_FILE = CONFIGURATION + "/cluster.yaml";
    public static final String SERVICE = "baton-agent.service";
    public static final String UNIT = "/etc/systemd/system/" + SERVICE;

    /** The user that the agent runs as, and its group. */
    public static final String USER = "baton";

    private Layout() {}
}
