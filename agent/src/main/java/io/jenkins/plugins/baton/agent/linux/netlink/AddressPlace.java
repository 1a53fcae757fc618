package io.jenkins.plugins.baton.agent.linux.netlink;

import io.jenkins.plugins.baton.cluster.Cidr;

/** An address and its interface: what of an {@link AssignedAddress} stays when its lease is renewed. */
public record AddressPlace(int linkIndex, Cidr address) {
    public static AddressPlace of(AssignedAddress assigned) {
        return new AddressPlace(assigned.linkIndex(), assigned.address());
    }

    /** By hand, as each renewal of a lease is looked up: a record's own is slow in the first compiler. */
    @Override
    public boolean equals(Object other) {
        return other instanceof AddressPlace place
                && linkIndex == place.linkIndex
                && address.prefixLength() == place.address.prefixLength()
                && address.address().equals(place.address.address());
    }

    @Override
    public int hashCode() {
        return linkIndex * 31 + address.address().hashCode();
    }
}
