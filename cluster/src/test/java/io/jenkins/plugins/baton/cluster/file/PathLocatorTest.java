package io.jenkins.plugins.baton.cluster.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathLocatorTest {
    @TempDir
    Path folder;

    private ClusterFile file;

    @BeforeEach
    void write() throws Exception {
        Path path = folder.resolve("c.yaml");
        Files.writeString(path, """
                nodes:
                  - {name: m1, address: 10.0.0.1, priority: 100}
                  - {name: m2, address: 10.0.0.2, priority: 90}
                virtualRouters:
                  - name: vip
                    virtualRouterId: 51
                    interface: eth0
                    addresses: [10.0.0.9/24]
                """);
        file = ClusterFile.read(path);
    }

    @Test
    void aMistakeIsToldWhereItsKeyStands() {
        assertThat(file.problemAt("no such interface", "virtualRouters", 0, "interface")
                        .toString())
                .endsWith("c.yaml:7:5: no such interface");
        assertThat(file.problemAt("x", "nodes", 1, "address").toString()).contains(":3:16: ");
    }

    @Test
    void aMistakeAboutAnAbsentKeyIsToldWhereItWouldStand() {
        assertThat(file.problemAt("x", "nodes", 1, "interface").toString()).contains(":3:5: ");
        assertThat(file.problemAt("x", "management", "jmxPort").toString()).contains(":1:1: ");
    }

    @Test
    void aFileThatIsGoneByNowHasNoPlaces() throws Exception {
        Files.delete(file.path());
        assertThat(file.problemAt("x", "nodes", 1).toString()).contains(":1:1: x");
    }
}
