package io.jenkins.plugins.baton.fleet.ssh;

/**
 * How a command becomes root.
 *
 * @param sudo by sudo; else the login is root, or the command is for the login itself
 * @param password whether sudo asks for the password, on the command's input
 * @param terminal whether sudo wants to be called from a terminal ({@code requiretty}): script(1) has one for it
 */
record Elevation(boolean sudo, boolean password, boolean terminal) {
    static final Elevation NONE = new Elevation(false, false, false);
    static final Elevation SUDO = new Elevation(true, false, false);

    Elevation withPassword() {
        return new Elevation(sudo, true, terminal);
    }

    Elevation onTerminal() {
        return new Elevation(sudo, password, true);
    }

    /**
     * A script for {@code sh} that becomes this command as root; its input is left to it, but for the line of the
     * password.
     *
     * @param command of words without a single quote, or of words in single quotes
     */
    String script(String command) {
        // -k: always asks, else a cached permission would leave the password to the command's input.
        String elevated = "sudo " + (password ? "-k -S -p ''" : "-n") + " -- " + command;
        String language = "LC_ALL=C; export LC_ALL; "; // what sudo complains of is read
        if (!terminal) {
            return language + "exec " + elevated;
        }
        // The terminal is there, and nothing goes through it: it would change what it carries.
        return language + "SHELL=/bin/sh; export SHELL; exec 3<&0 4>&1 5>&2; command -v script >&2 || exit 127; "
                + "exec script -q -e -c " + Command.quote("exec " + elevated + " <&3 >&4 2>&5")
                + " /dev/null < /dev/null > /dev/null 2>&1";
    }
}
