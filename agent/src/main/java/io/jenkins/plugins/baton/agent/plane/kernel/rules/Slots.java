package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Whose the slots of one frontend are, as maps of nft(8) from the hash of a packet. */
final class Slots {
    /** The type of a slot; with {@code jhash} in its place libnftables 1.0.6 crashes when it lists the map. */
    private static final String TYPE = "typeof numgen inc mod " + SlotMap.SLOTS;

    private final Packets packets;
    private final List<List<Integer>> claimants;

    Slots(Packets packets) {
        this.packets = packets;
        this.claimants = packets.frontend().claimants();
    }

    /**
     * The slot of a packet: the same on every node, another for every frontend, so that a client's connections to two fall
     * differently.
     */
    static String hash(Packets packets) {
        KernelFrontend frontend = packets.frontend();
        boolean bySource = frontend.dispatch() == KernelFrontend.Dispatch.BY_SOURCE;
        String key = packets.ip() + " saddr" + (bySource ? "" : " . tcp sport");
        return "jhash " + key + " mod " + SlotMap.SLOTS + " seed 0x"
                + Integer.toHexString(frontend.name().hashCode() | 1);
    }

    /**
     * A map.
     *
     * @param kind what it is called, before the number of the frontend
     * @param type of its values
     * @param value by the members that claim a slot, its first claimant first; slots without a value are left out
     */
    String map(String kind, String type, Function<List<Integer>, Optional<String>> value) {
        List<String> elements = new ArrayList<>();
        for (int slot = 0; slot < claimants.size(); slot++) {
            String element = slot + " : ";
            value.apply(claimants.get(slot)).ifPresent(v -> elements.add(element + v));
        }
        return NftSyntax.set("map " + packets.named(kind), TYPE + " : " + type, elements);
    }
}
