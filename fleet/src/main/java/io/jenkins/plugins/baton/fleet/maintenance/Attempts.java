package io.jenkins.plugins.baton.fleet.maintenance;

import io.jenkins.plugins.baton.fleet.ssh.SshException;

/** Does something on a node that may be hard to reach for a moment. */
final class Attempts {
    static final int MAX = 5;

    private Attempts() {}

    interface Work<T> {
        T carryOut() throws SshException;
    }

    /** What is done between two attempts. */
    interface Rest<E extends Exception> {
        void take() throws E;
    }

    /** @throws SshException of the last attempt */
    static <T, E extends Exception> T of(Work<T> work, Rest<E> rest) throws SshException, E {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.carryOut();
            } catch (SshException e) {
                if (attempt == MAX) {
                    throw e;
                }
            }
            rest.take();
        }
    }
}
