package io.jenkins.plugins.baton.agent.health.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerNamesTest {

    @ParameterizedTest
    @CsvSource({
        "api.example,api.example,true",
        "API.Example,api.example.,true",
        "api.example,other.example,false",
        "*.prod.example,api.prod.example,true",
        "*.prod.example,a.b.prod.example,false",
        "*.prod.example,prod.example,false",
        "*.example,api.example,false",
        "*,api,false",
        "a*.prod.example,api.prod.example,false",
    })
    void starStandsForTheFirstLabelAlone(String pattern, String host, boolean matches) {
        assertThat(ServerNames.matches(pattern, host)).isEqualTo(matches);
    }
}
