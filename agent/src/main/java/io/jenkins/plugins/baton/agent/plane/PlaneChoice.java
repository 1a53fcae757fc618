package io.jenkins.plugins.baton.agent.plane;

import io.jenkins.plugins.baton.cluster.Frontend;

/**
 * Which data plane serves a frontend.
 *
 * @param plane {@code kernel} or {@code proxy}
 * @param reason why, in words for a person
 */
public record PlaneChoice(String plane, String reason) {

    /** @throws PlaneException when the frontend asks for a plane that cannot serve it */
    public static PlaneChoice of(Frontend frontend) throws PlaneException {
        return switch (frontend.plane()) {
            case PROXY -> new PlaneChoice("proxy", "the cluster file says so");
            case AUTO -> new PlaneChoice("proxy", "the kernel plane is not in this version");
            case KERNEL -> throw new PlaneException("frontend " + frontend.name()
                    + " asks for plane: kernel, but the kernel plane is not in this version; say plane: auto or proxy");
        };
    }
}
