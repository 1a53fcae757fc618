package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Views of a cluster for tests: nodes 10.86.13.30 and on, or fd00:86:13::30 and on; this one is the first. */
public final class Views {
    public enum SeatState {
        SERVING,
        DRAINED,
        ABSENT
    }

    private static final Map<String, Integer> INTERFACES = Map.of("eth0", 2);

    private Views() {}

    public static ClusterView of(KernelFrontend... frontends) {
        return of(Certainty.SURE, frontends);
    }

    static ClusterView of(Certainty certainty, KernelFrontend... frontends) {
        int peers = Arrays.stream(frontends)
                        .mapToInt(frontend -> frontend.members().size())
                        .max()
                        .orElse(1)
                - 1;
        List<MacAddress> macs = LongStream.rangeClosed(1, peers)
                .mapToObj(n -> new MacAddress(0x0200_0000_0000L + n))
                .toList();
        return new ClusterView(
                macs,
                certainty,
                INTERFACES,
                !Arrays.stream(frontends).allMatch(KernelFrontend::isProxied),
                List.of(frontends));
    }

    public static KernelFrontend frontend(String vip, int port, SeatState... states) {
        return frontend(vip, port, 0, KernelFrontend.Dispatch.BY_CONNECTION, states);
    }

    public static KernelFrontend frontend(
            String vip, int port, int own, KernelFrontend.Dispatch dispatch, SeatState... states) {
        String prefix = vip.contains(":") ? "fd00:86:13::" : "10.86.13.";
        List<RingMember> members = new ArrayList<>();
        for (int i = 0; i < states.length; i++) {
            boolean present = states[i] != SeatState.ABSENT;
            boolean serving = states[i] == SeatState.SERVING;
            members.add(new RingMember(address(prefix + (30 + i)), 6443, 100, present, serving));
        }
        return new KernelFrontend(
                "frontend-" + port, "eth0", List.of(address(vip)), port, dispatch, members, own, false, false);
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
