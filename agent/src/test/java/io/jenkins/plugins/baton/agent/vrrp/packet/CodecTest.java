package io.jenkins.plugins.baton.agent.vrrp.packet;

import static io.jenkins.plugins.baton.cluster.VirtualRouter.Checksum.PLAIN;
import static io.jenkins.plugins.baton.cluster.VirtualRouter.Checksum.PSEUDO_HEADER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement.Trailer;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement.Type;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class CodecTest {
    private static final InetAddress M1 = address("10.86.13.30");
    private static final InetAddress M2 = address("10.86.13.31");
    private static final InetAddress M1_LOCAL = address("fe80::30");

    /** Captured from keepalived 2.2.7: advert_int 1, PASS 1111, priority 100, 10.86.13.36. */
    private static final String KEEPALIVED_V2 = "213364010101" + "ffed" + "0a560d24" + "3131313100000000";

    @Property
    void whatIsEncodedIsDecodedAgain(@ForAll("adverts") Advertisement advert, @ForAll VirtualRouter.Checksum checksum)
            throws MalformedPacketException {
        assertThat(Codec.decode(encode(advert, checksum), sender(advert), group(advert)))
                .isEqualTo(advert);
    }

    @Property
    void anyOneBitThatFlipsIsNoticed(@ForAll("adverts") Advertisement advert, @ForAll int position) {
        ByteBuffer packet = encode(advert, PSEUDO_HEADER);
        int bit = Math.floorMod(position, packet.limit() * 8);
        packet.put(bit / 8, (byte) (packet.get(bit / 8) ^ 1 << bit % 8));

        assertThatThrownBy(() -> Codec.decode(packet, sender(advert), group(advert)))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Property
    void aPacketThatIsCutOffIsTruncated(@ForAll("adverts") Advertisement advert, @ForAll int position) {
        ByteBuffer packet = encode(advert, PSEUDO_HEADER);
        packet.limit(Math.floorMod(position, packet.limit()));

        assertThatThrownBy(() -> Codec.decode(packet, sender(advert), group(advert)))
                .asInstanceOf(type(MalformedPacketException.class))
                .returns(DropReason.TRUNCATED, MalformedPacketException::reason);
    }

    @Property(tries = 5000)
    void arbitraryBytesAreAPacketOrMalformedAndNothingElse(@ForAll @Size(max = 80) byte[] bytes) {
        for (InetAddress source : List.of(M1, M1_LOCAL)) {
            try {
                Advertisement advert = Codec.decode(ByteBuffer.wrap(bytes), source, Checksum.group(source));
                assertThat(advert.version()).isBetween(2, 3);
            } catch (MalformedPacketException e) {
                assertThat(e.reason()).isNotNull();
            }
        }
    }

    @Example
    void version3OverIpv4IsReadWithAndWithoutThePseudoHeader() throws MalformedPacketException {
        Advertisement advert = version3(List.of(address("10.86.13.36")));
        for (VirtualRouter.Checksum checksum : VirtualRouter.Checksum.values()) {
            assertThat(Codec.decode(Codec.encode(advert, checksum, M1, M2), M1, M2))
                    .isEqualTo(advert);
        }
        assertThat(Codec.encode(advert, PLAIN, M1, M2)).isNotEqualTo(Codec.encode(advert, PSEUDO_HEADER, M1, M2));
    }

    /** Computed by another program. */
    @Example
    void version3OverIpv4LooksAsTheRfcsSay() {
        Advertisement advert = version3(List.of(address("10.86.13.36")));

        assertThat(hex(Codec.encode(advert, PSEUDO_HEADER, M1, Group.MULTICAST_IPV4)))
                .isEqualTo("31336401000a" + "5b44" + "0a560d24");
        assertThat(hex(Codec.encode(advert, PLAIN, M1, Group.MULTICAST_IPV4)))
                .isEqualTo("31336401000a" + "5347" + "0a560d24");
    }

    private static String hex(ByteBuffer packet) {
        return HexFormat.of().formatHex(packet.array());
    }

    @Example
    void unicastIsReadAlsoWhenTheChecksumNamesTheGroup() throws MalformedPacketException {
        Advertisement advert = version3(List.of(address("10.86.13.36")));
        ByteBuffer packet = Codec.encode(advert, PSEUDO_HEADER, M1, Group.MULTICAST_IPV4);

        assertThat(Codec.decode(packet, M1, M2)).isEqualTo(advert);
    }

    @Example
    void version2IsNotForIpv6() {
        byte[] packet = new byte[16];
        packet[0] = 0x21;

        assertThatThrownBy(() -> Codec.decode(ByteBuffer.wrap(packet), M1_LOCAL, Group.MULTICAST_IPV6))
                .asInstanceOf(type(MalformedPacketException.class))
                .returns(DropReason.BAD_VERSION, MalformedPacketException::reason);
    }

    @Example
    void aTypeThatNobodyKnowsIsBad() {
        ByteBuffer packet = encode(version3(List.of()), PLAIN);
        packet.put(0, (byte) 0x37).putShort(6, (short) 0);
        packet.putShort(6, (short) Checksum.of(packet));

        assertThatThrownBy(() -> Codec.decode(packet, M1, M2))
                .asInstanceOf(type(MalformedPacketException.class))
                .returns(DropReason.BAD_TYPE, MalformedPacketException::reason);
    }

    @Example
    void version2LooksAsKeepalivedSendsIt() throws MalformedPacketException {
        Advertisement advert = new Advertisement(
                2,
                Type.ADVERTISEMENT,
                51,
                100,
                1_000_000_000L,
                List.of(address("10.86.13.36")),
                new Trailer(1, 0x3131313100000000L));
        byte[] keepalived = HexFormat.of().parseHex(KEEPALIVED_V2);

        assertThat(Codec.decode(ByteBuffer.wrap(keepalived), M2, Group.MULTICAST_IPV4))
                .isEqualTo(advert);
        assertThat(Codec.encode(advert, PSEUDO_HEADER, M2, Group.MULTICAST_IPV4).array())
                .isEqualTo(keepalived);
    }

    @Example
    void passwordIsNotInAnyText() {
        assertThat(new Trailer(1, 0x3131313100000000L).toString())
                .doesNotContain("3131")
                .doesNotContain("1111");
    }

    @Provide
    Arbitrary<Advertisement> adverts() {
        return Arbitraries.oneOf(version2Adverts(), version3Adverts(4), version3Adverts(16));
    }

    private static Arbitrary<Advertisement> version2Adverts() {
        Arbitrary<Trailer> trailers = Combinators.combine(Arbitraries.integers().between(0, 255), Arbitraries.longs())
                .as(Trailer::new);
        return Combinators.combine(
                        Arbitraries.of(Type.class),
                        Arbitraries.integers().between(1, 255),
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.longs().between(0, 255),
                        addresses(4, 20),
                        trailers)
                .as((type, id, priority, seconds, addresses, trailer) ->
                        new Advertisement(2, type, id, priority, seconds * 1_000_000_000L, addresses, trailer));
    }

    private static Arbitrary<Advertisement> version3Adverts(int addressLength) {
        return Combinators.combine(
                        Arbitraries.of(Type.class),
                        Arbitraries.integers().between(1, 255),
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.longs().between(0, 4095),
                        addresses(addressLength, 255))
                .as((type, id, priority, hundredths, addresses) ->
                        new Advertisement(3, type, id, priority, hundredths * 10_000_000L, addresses, Trailer.NONE));
    }

    private static Arbitrary<List<InetAddress>> addresses(int length, int most) {
        return Arbitraries.integers()
                .between(1, 200)
                .list()
                .ofMinSize(1)
                .ofMaxSize(most)
                .map(numbers -> {
                    List<InetAddress> addresses = new ArrayList<>();
                    numbers.forEach(n -> addresses.add(address(length == 4 ? "10.86.13." + n : "fd00:86:13::" + n)));
                    return addresses;
                });
    }

    private static Advertisement version3(List<InetAddress> addresses) {
        return new Advertisement(3, Type.ADVERTISEMENT, 51, 100, 100_000_000L, addresses, Trailer.NONE);
    }

    private static ByteBuffer encode(Advertisement advert, VirtualRouter.Checksum checksum) {
        return Codec.encode(advert, checksum, sender(advert), group(advert));
    }

    private static InetAddress sender(Advertisement advert) {
        return advert.addresses().stream().anyMatch(a -> a.getAddress().length == 16) ? M1_LOCAL : M1;
    }

    private static InetAddress group(Advertisement advert) {
        return Checksum.group(sender(advert));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(literal + " is a literal", e);
        }
    }
}
