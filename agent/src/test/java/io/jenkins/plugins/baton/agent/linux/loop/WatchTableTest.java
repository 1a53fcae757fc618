package io.jenkins.plugins.baton.agent.linux.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTableTest {
    private final WatchTable table = new WatchTable();

    private static Watched member() {
        return new Watched() {
            @Override
            protected void ready(int events) {
                // nothing happens here
            }
        };
    }

    @Test
    void everyMemberIsFoundByItsNumber() {
        List<Watched> members = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            members.add(member());
            table.add(members.get(i));
        }
        assertThat(members).allMatch(member -> table.find(member.number) == member);
    }

    @Test
    void lateEventOfOneWhoHasLeftDoesNotReachTheNextInItsPlace() {
        Watched first = member();
        table.add(first);
        long late = first.number;
        table.remove(first);
        Watched next = member();
        table.add(next);
        assertThat(table.find(late)).isNull();
        assertThat(table.find(next.number)).isSameAs(next);
    }

    @Test
    void removingAgainDoesNotRemoveTheNextInItsPlace() {
        Watched first = member();
        table.add(first);
        table.remove(first);
        Watched next = member();
        table.add(next);
        table.remove(first);
        assertThat(table.find(next.number)).isSameAs(next);
        Watched third = member();
        table.add(third);
        assertThat(table.find(next.number)).isSameAs(next);
    }

    @Test
    void oneWhoComesBackHasANewNumber() {
        Watched member = member();
        table.add(member);
        long before = member.number;
        table.remove(member);
        table.add(member);
        assertThat(table.find(before)).isNull();
        assertThat(table.find(member.number)).isSameAs(member);
    }
}
