package io.jenkins.plugins.baton.lab.experiment;

import io.jenkins.plugins.baton.lab.Host;

/** One thing that goes wrong on a node, and how it is put right again. */
public enum Fault {
    KILL("kill -9", true) {
        @Override
        void inject(ClusterTestbed testbed, Host victim) {
            testbed.stack().daemon(victim).kill();
        }

        @Override
        void revert(ClusterTestbed testbed, Host victim) {
            testbed.stack().start(victim);
        }
    },
    STOP("graceful stop", true) {
        @Override
        void inject(ClusterTestbed testbed, Host victim) {
            testbed.stack().daemon(victim).stop();
        }

        @Override
        void revert(ClusterTestbed testbed, Host victim) {
            testbed.stack().start(victim);
        }
    },
    /** Nothing fails: somebody wants the VIP to be elsewhere, for an upgrade say. */
    HANDOVER("planned handover", true) {
        @Override
        void inject(ClusterTestbed testbed, Host victim) {
            testbed.stack().handOver(victim, testbed.after(victim));
        }

        @Override
        void revert(ClusterTestbed testbed, Host victim) {
            testbed.stack().handOver(testbed.after(victim), victim);
        }
    },
    FREEZE("freeze", true) {
        @Override
        void inject(ClusterTestbed testbed, Host victim) {
            testbed.stack().daemon(victim).freeze();
        }

        @Override
        void revert(ClusterTestbed testbed, Host victim) {
            testbed.stack().daemon(victim).thaw();
        }
    },
    LINK_DOWN("link down", true) {
        @Override
        void inject(ClusterTestbed testbed, Host victim) {
            testbed.lab().lan().portDown(victim);
        }

        @Override
        void revert(ClusterTestbed testbed, Host victim) {
            testbed.lab().lan().portUp(victim);
        }
    },
    /** The host lives, its carrier stays, and no frame of it arrives: what a failed switch looks like. */
    PARTITION("partition", true) {
        @Override
        void inject(ClusterTestbed testbed, Host victim) {
            testbed.lab().lan().isolate(victim);
        }

        @Override
        void revert(ClusterTestbed testbed, Host victim) {
            testbed.lab().lan().rejoin(victim);
        }
    },
    BACKEND_DOWN("backend down", false) {
        @Override
        void inject(ClusterTestbed testbed, Host victim) {
            testbed.backend(victim).stop();
        }

        @Override
        void revert(ClusterTestbed testbed, Host victim) {
            testbed.backend(victim).start();
        }
    },
    /** Who connects to the backend hears nothing, not even a refusal. */
    BACKEND_SILENT("black-holed backend", false) {
        @Override
        void inject(ClusterTestbed testbed, Host victim) {
            testbed.backend(victim).swallow();
        }

        @Override
        void revert(ClusterTestbed testbed, Host victim) {
            testbed.backend(victim).heal();
        }
    };

    private final String title;
    private final boolean movesVip;

    Fault(String title, boolean movesVip) {
        this.title = title;
        this.movesVip = movesVip;
    }

    public String title() {
        return title;
    }

    /** Whether another node must take over when this befalls the one that holds the VIP. */
    public boolean movesVip() {
        return movesVip;
    }

    /** The node that it befalls: m1, which holds the VIP, when that must move, and otherwise m2. */
    public Host victim(ClusterTestbed testbed) {
        return movesVip ? testbed.home() : testbed.after(testbed.home());
    }

    /** What is done, in words. */
    public String describe(ClusterTestbed testbed) {
        Host victim = victim(testbed);
        return switch (this) {
            case KILL -> "kill -9 the " + testbed.stack().process() + " on " + victim;
            case HANDOVER -> "hand the VIP of " + victim + " over";
            case STOP -> "stop the " + testbed.stack().process() + " on " + victim + " gracefully";
            case FREEZE -> "freeze the " + testbed.stack().process() + " on " + victim + " (SIGSTOP)";
            case LINK_DOWN -> "pull the network cable of " + victim;
            case PARTITION -> "cut " + victim + " off, its link stays up";
            case BACKEND_SILENT -> "drop every packet to the HTTPS backend on " + victim;
            case BACKEND_DOWN -> "take the HTTPS backend on " + victim + " down";
        };
    }

    abstract void inject(ClusterTestbed testbed, Host victim);

    abstract void revert(ClusterTestbed testbed, Host victim);
}
