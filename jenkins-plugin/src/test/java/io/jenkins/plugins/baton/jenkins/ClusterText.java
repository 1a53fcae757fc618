package io.jenkins.plugins.baton.jenkins;

/** A cluster file whose only node nobody can reach. */
final class ClusterText {
    private ClusterText() {}

    static String of(String name) {
        return """
                cluster: %s
                ssh: {port: 1}
                nodes:
                  - {name: m1, address: 127.0.0.2, priority: 110}
                virtualRouters:
                  - {name: kube-master, virtualRouterId: 51, interface: eth0, addresses: [127.0.0.9/32]}
                frontends:
                  - {name: kube-apiserver, bind: "127.0.0.9:8443", backends: {port: 6443}}
                """.formatted(name);
    }
}
