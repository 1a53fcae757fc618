package io.jenkins.plugins.baton.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttributesTest {
    @Test
    void whatTheContractSaysIsThereByTheKeyOfTheJson() {
        assertThat(Contract.attributes(VirtualRouterMXBean.class))
                .contains(new Contract.Attribute(
                        "AdvertisementIntervalMillis",
                        "advertisementIntervalMillis",
                        "ms",
                        "Advertisement interval of the cluster file"))
                .extracting(Contract.Attribute::name)
                .startsWith("Name", "Addresses")
                .contains("Suspended")
                .doesNotContain("suspend", "HandOver");
        assertThat(Contract.description(BackendMXBean.class)).isEqualTo("A server behind a frontend");
    }
}
