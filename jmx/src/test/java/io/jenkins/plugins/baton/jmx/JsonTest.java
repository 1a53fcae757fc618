package io.jenkins.plugins.baton.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void writesATreeInItsOrderOnOneLine() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", "kube-master");
        tree.put("up", true);
        tree.put("count", 3L);
        tree.put("rate", 0.5);
        tree.put("none", null);
        tree.put("list", List.of(1, Map.of("a", "b"), List.of()));
        assertThat(Json.write(tree))
                .isEqualTo("{\"name\":\"kube-master\",\"up\":true,\"count\":3,\"rate\":0.5,\"none\":null,"
                        + "\"list\":[1,{\"a\":\"b\"},[]]}");
    }

    @Test
    void escapesWhatWouldEndAStringOrALine() {
        assertThat(Json.write("a\"b\\c\nd\re\tf\u0001")).isEqualTo("\"a\\\"b\\\\c\\nd\\re\\tf\\u0001\"");
    }

    @Test
    void keepsPairsOfSurrogatesAndEscapesLoneOnes() {
        assertThat(Json.write("\ud83d\ude00")).isEqualTo("\"\ud83d\ude00\"");
        assertThat(Json.write("\ud83d!")).isEqualTo("\"\\ud83d!\"");
        assertThat(Json.write("\ude00")).isEqualTo("\"\\ude00\"");
    }

    @Test
    void numbersThatJsonDoesNotKnowBecomeNull() {
        assertThat(Json.write(Arrays.asList(Double.NaN, Double.POSITIVE_INFINITY)))
                .isEqualTo("[null,null]");
    }

    @Test
    void refusesWhatItCannotWrite() {
        assertThatThrownBy(() -> Json.write(new Object())).isInstanceOf(IllegalArgumentException.class);
    }
}
