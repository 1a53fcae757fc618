package io.jenkins.plugins.baton.agent.plane;

/**
 * Which data plane serves a frontend.
 *
 * @param plane {@link #KERNEL}, {@link #PROXY} or {@link #NONE}
 * @param reason why, in words for a person
 */
public record PlaneChoice(String plane, String reason) {
    public static final String KERNEL = "kernel";
    public static final String PROXY = "proxy";
    /** The node's own server answers at the virtual address, on the port that it shares with the frontend. */
    public static final String NONE = "none";

    /**
     * While the kernel plane does not serve a frontend.
     *
     * @param shared whether the frontend's port is that of the node's own server
     * @param why as a sentence that may follow "for now" or "because"
     */
    public static PlaneChoice withoutKernel(boolean shared, String why) {
        return shared
                ? new PlaneChoice(NONE, "the server of this node itself answers, " + why)
                : new PlaneChoice(PROXY, why);
    }

    public boolean isKernel() {
        return plane.equals(KERNEL);
    }
}
