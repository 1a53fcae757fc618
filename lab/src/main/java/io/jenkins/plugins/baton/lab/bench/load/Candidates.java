package io.jenkins.plugins.baton.lab.bench.load;

/** Who is compared under load, in the words of the page's columns. */
public final class Candidates {
    public static final String HAPROXY = "haproxy";
    public static final String HAPROXY_BIG = "haproxy, 128 KB buffers";
    public static final String PROXY = "Baton, proxy plane";
    public static final String KERNEL = "Baton, kernel plane";
    public static final String STRAIGHT = "no balancer";

    /** The backend's host tracks connections, as the rules of kube-proxy make every node of Kubernetes do. */
    public static final String TRACKED = "no balancer, with connection tracking";

    private Candidates() {}
}
