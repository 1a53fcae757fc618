package io.jenkins.plugins.baton.cluster.importer.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "status 200; 200",
                "status 200-399; 200-399",
                "status 200,401,403; [200, 401, 403]",
                "status 200-299,300; 200-300",
                "rstatus ^(200|401|403)$; [200, 401, 403]",
                "rstatus ^[23]; 200-399",
                "rstatus 2..; 200-299",
                "rstatus ^40[13]$; [401, 403]",
                "rstatus (2|3)[0-9][0-9]; 200-399",
                "rstatus ^[[:digit:]]00$; [100, 200, 300, 400, 500]",
                "! status 500-599; 100-499",
                "! rstatus ^5; 100-499",
            })
    void patternsAndListsOfHaproxyBecomeStatuses(String written, String expected) {
        assertThat(Statuses.of(List.of(written.split(" "))).map(Statuses::text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"string ok", "rstring ^ok", "status abc", "rstatus (", "status 200 extra", "status 900", "!"})
    void whatIsNoStatusIsNone(String written) {
        assertThat(Statuses.of(List.of(written.split(" ")))).isEmpty();
    }
}
