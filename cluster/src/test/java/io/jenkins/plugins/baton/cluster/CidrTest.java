package io.jenkins.plugins.baton.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.86.13.30, 24, 10.86.13.255, true",
        "10.86.13.30, 24, 10.86.14.30, false",
        "10.86.13.30, 25, 10.86.13.128, false",
        "10.86.13.30, 32, 10.86.13.31, false",
        "10.86.13.30, 0, 192.0.2.1, true",
        "10.86.13.30, 0, fd00::1, false",
        "fd00:86:13::30, 64, fd00:86:13:0:ffff::1, true",
        "fd00:86:13::30, 64, fd00:86:13:1::30, false",
    })
    void containsWhatBeginsWithItsBits(String address, int prefixLength, String other, boolean contained) {
        Cidr cidr = new Cidr(IpLiteral.parse(address).orElseThrow(), prefixLength);

        assertThat(cidr.contains(IpLiteral.parse(other).orElseThrow())).isEqualTo(contained);
    }
}
