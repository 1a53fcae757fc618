package io.jenkins.plugins.baton.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "fd00:0:0:0:0:0:0:36, fd00::36",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "0:0:1:1:1:1:0:0, ::1:1:1:1:0:0",
        "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
        "fe80:0:0:0:0:0:0:0, fe80::",
    })
    void anAddressIsWrittenAsRfc5952Says(String written, String canonical) {
        assertThat(IpLiteral.text(IpLiteral.parse(written).orElseThrow())).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "1234",
                "10.0.0",
                "10.0.0.01",
                "10.0.0.256",
                "0x7f.1",
                "::ffff:10.0.0.1",
                "fe80::1%lo",
                "abcd",
                "",
                ":",
                "1:2",
                "10.0.0.1 "
            })
    void whatIsNotALiteralAddressIsNone(String text) {
        assertThat(IpLiteral.parse(text)).isEmpty();
    }

    @Property
    void whatIsWrittenIsReadBackAsTheSameAddress(@ForAll("ipv6") byte[] bytes) throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(bytes);
        assertThat(InetAddress.getByName(IpLiteral.text(address))).isEqualTo(address);
    }

    /** Many zeros, never an IPv4 address in disguise. */
    @Provide
    Arbitrary<byte[]> ipv6() {
        Arbitrary<Byte> octet = Arbitraries.oneOf(Arbitraries.just((byte) 0), Arbitraries.bytes());
        return octet.array(byte[].class).ofSize(16).filter(bytes -> bytes[0] != 0);
    }
}
