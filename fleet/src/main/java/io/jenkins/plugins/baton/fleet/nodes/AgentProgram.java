package io.jenkins.plugins.baton.fleet.nodes;

import io.jenkins.plugins.baton.fleet.ssh.Command;

/**
 * How the agent's program is called for a question: not as root. A release that is only tried, or asked, has none of root's
 * powers.
 */
public final class AgentProgram {
    /** setpriv(1) is part of util-linux, which every systemd host has. */
    private static final String SETPRIV = "setpriv --no-new-privs --regid=" + Layout.USER;

    private static final String AGENT = SETPRIV + " --reuid=" + Layout.USER + " --init-groups";

    /** What the agent's unit has for its raw sockets. */
    private static final String NETWORK = "+net_admin,+net_raw";

    /** The agent answers its socket's group, but not its own user, as whom the scripts of checks run. */
    private static final String MEMBER = SETPRIV + " --reuid=nobody --clear-groups";

    private AgentProgram() {}

    /**
     * Asks a release that need not be in use, as the agent's user.
     *
     * @param program its path
     * @param arguments words for the shell
     * @return a script that ends with status 127 when there is no such program
     */
    public static String trial(String program, String arguments) {
        return script(program, AGENT, arguments);
    }

    /** The same for a question that takes raw sockets to answer. */
    public static String networkTrial(String program, String arguments) {
        return script(program, AGENT + " --inh-caps=" + NETWORK + " --ambient-caps=" + NETWORK, arguments);
    }

    /** Asks the running agent. */
    public static String question(String arguments) {
        return script(Layout.AGENT, MEMBER, arguments);
    }

    private static String script(String program, String user, String arguments) {
        String quoted = Command.quote(program);
        return "[ -x " + quoted + " ] || exit 127; exec " + user + " " + quoted + " " + arguments;
    }
}
