package io.jenkins.plugins.baton.agent.cli;

/** Stub. */
public final class BatonAgent {
    private BatonAgent() {}

    public static void main(String[] args) {
        System.out.println("baton-agent");
    }
}
