package io.jenkins.plugins.baton.agent.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import io.jenkins.plugins.baton.cluster.Cidr;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NetlinkMessageTest {
    private static final int NLMSGERR_ATTR_MSG = 1;

    @Test
    void addressIsReadAsItWasWritten() throws Exception {
        Cidr address = new Cidr(InetAddress.getByName("10.86.13.36"), 24);
        byte[] request =
                AddressMessage.assign(7, address, new Lifetime(3, 2), 0).toBytes(1);

        NetlinkMessage message = read(request).get(0);

        assertThat(message.type()).isEqualTo(AddressMessage.NEW);
        assertThat(message.sequence()).isEqualTo(1);
        assertThat(AddressMessage.read(message))
                .contains(new AssignedAddress(7, address, AssignedAddress.IFA_F_NOPREFIXROUTE, 0, new Lifetime(3, 2)));
    }

    @Test
    void ipv6AddressSkipsDuplicateAddressDetection() throws Exception {
        Cidr address = new Cidr(InetAddress.getByName("fd00::36"), 128);
        byte[] request =
                AddressMessage.assign(7, address, Lifetime.lease(address, 3), 0).toBytes(1);

        AssignedAddress written = AddressMessage.read(read(request).get(0)).orElseThrow();

        assertThat(written.flags()).isEqualTo(AssignedAddress.IFA_F_NOPREFIXROUTE | AssignedAddress.IFA_F_NODAD);
        assertThat(written.lifetime()).isEqualTo(new Lifetime(3, 0));
    }

    @Test
    void allMessagesOfABatchAreHandedOverInOrder() {
        byte[] one = NetlinkRequest.of(1, 0, new byte[5]).toBytes(11);
        byte[] two = NetlinkRequest.of(2, 0, new byte[0]).toBytes(12);
        byte[] batch =
                ByteBuffer.allocate(one.length + two.length).put(one).put(two).array();

        assertThat(read(batch)).extracting(NetlinkMessage::sequence).containsExactly(11, 12);
    }

    @Test
    void wordsOfTheKernelAreFoundBehindTheRequestThatItRepeats() {
        byte[] repeated = new byte[24];
        byte[] struct = StructWriter.of(4 + 16 + repeated.length - 16)
                .int32(-17)
                .int32(repeated.length)
                .array();
        NetlinkMessage message = error(0x200, struct);

        assertThat(message.errorCode()).isEqualTo(17);
        assertThat(message.errorText()).contains("Address already assigned");
    }

    @Test
    void wordsOfTheKernelAreFoundBehindTheHeaderOfTheRequestAlone() {
        byte[] struct = StructWriter.of(4 + 16).int32(-22).int32(4242).array();

        assertThat(error(0x200 | 0x100, struct).errorText()).contains("Address already assigned");
    }

    @Test
    void linkMessageOfABridgeIsNotTheLinkItself() {
        byte[] struct = new byte[16];
        struct[0] = 7; // AF_BRIDGE
        NetlinkMessage message = read(NetlinkRequest.of(LinkMessage.REMOVED, 0, struct)
                        .toBytes(0))
                .get(0);

        assertThat(LinkMessage.read(message)).isEmpty();
    }

    @Property
    void attributesOfAGarbledMessageEndWhereItEnds(
            @ForAll @Size(max = 64) List<@ByteRange(min = 0, max = 9) Byte> garbage,
            @ForAll @IntRange(max = 70) int from) {
        ByteBuffer body = ByteBuffer.allocate(garbage.size()).order(ByteOrder.nativeOrder());
        garbage.forEach(body::put);
        NetlinkMessage message = new NetlinkMessage(0, 0, 0, body.flip());

        for (int type = 0; type < 10; type++) {
            Optional<ByteBuffer> attribute = message.attribute(from, type);
            assertThat(attribute.map(ByteBuffer::remaining).orElse(0)).isLessThanOrEqualTo(garbage.size());
        }
    }

    @Property
    void messagesOfAGarbledBatchEndWhereItEnds(
            @ForAll @Size(max = 99) List<@ByteRange(min = 0, max = 20) Byte> garbage) {
        ByteBuffer batch = ByteBuffer.allocate(garbage.size());
        garbage.forEach(batch::put);

        int length = read(batch.array()).stream()
                .mapToInt(m -> 16 + m.body().remaining())
                .sum();

        assertThat(length).isLessThanOrEqualTo(garbage.size());
    }

    private static NetlinkMessage error(int flags, byte[] struct) {
        byte[] message = NetlinkRequest.of(NetlinkMessage.ERROR, flags, struct)
                .attribute(NLMSGERR_ATTR_MSG, "Address already assigned")
                .toBytes(0);
        return read(message).get(0);
    }

    private static List<NetlinkMessage> read(byte[] bytes) {
        List<NetlinkMessage> messages = new ArrayList<>();
        NetlinkMessage.forEach(ByteBuffer.wrap(bytes), messages::add);
        return messages;
    }
}
