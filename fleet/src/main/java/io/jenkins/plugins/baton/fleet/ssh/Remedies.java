package io.jenkins.plugins.baton.fleet.ssh;

/** What a person does about a login that fails, in the words of the program that they use. Each fits into a sentence. */
public interface Remedies {
    /** Where the keys of known hosts are, as it fits after "in". */
    String hostKeys();

    /** What to do with the key of a host that is not known, as it fits after "then". */
    String addHostKey();

    /**
     * What to do when a host has another key than before, as it fits after a comma.
     *
     * @param host as a known_hosts file names it
     */
    String replaceHostKey(String host);

    /** How to log in as somebody else or with another key, as it fits after "or". */
    String otherLogin();

    /** What to do about a password that is refused, as it fits after "or". */
    String password();

    /** How to give a password for sudo, as it fits after "or". */
    String giveSudoPassword();

    /** What to do about a wrong password for sudo. */
    String sudoPassword();

    /** How to offer one key alone, as it fits after a comma. */
    String oneKey();
}
