package io.jenkins.plugins.baton.agent.plane;

/**
 * Which data plane serves a frontend.
 *
 * @param plane {@link #KERNEL} or {@link #PROXY}
 * @param reason why, in words for a person
 */
public record PlaneChoice(String plane, String reason) {
    public static final String KERNEL = "kernel";
    public static final String PROXY = "proxy";

    public boolean isKernel() {
        return plane.equals(KERNEL);
    }
}
