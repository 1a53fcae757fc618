package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.VipWatch.Tenure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ElectionIT {
    /** Starts in the regular test; `make faults` asks for more. */
    private static final int STARTS = Integer.getInteger("baton.rounds", 5);

    @RegisterExtension
    final AgentLab lab = AgentLab.withMasters(3);

    @Test
    void threeAgentsStartedTogetherElectOneMasterWithoutASecondTransition() {
        Path file = ClusterText.of(lab.lab().masters()).router("").write(lab);
        for (int start = 1; start <= STARTS; start++) {
            long begin = System.nanoTime();
            List<Daemon> agents = new ArrayList<>();
            for (Host master : lab.lab().masters()) {
                agents.add(lab.start(master, file));
            }
            lab.awaitHolder(lab.host("m1"));
            lab.lab().masters().forEach(lab::awaitReady);
            Await.pause(Duration.ofSeconds(1));

            List<Tenure> tenures = lab.vip().since(begin);
            assertThat(tenures).as("start " + start).extracting(Tenure::host).containsExactly(lab.host("m1"));
            System.out.printf("start %d of %d: m1 is master %d ms after the first exec%n",
                    start, STARTS, (tenures.get(0).since() - begin) / 1_000_000);
            agents.forEach(Daemon::close);
            Await.until("the VIP is gone", SOON, () -> lab.vip().holders().isEmpty());
        }
    }
}
