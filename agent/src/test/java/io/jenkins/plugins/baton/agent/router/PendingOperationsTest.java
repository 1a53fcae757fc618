package io.jenkins.plugins.baton.agent.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.router.notice.Outbox;
import io.jenkins.plugins.baton.agent.vrrp.Action;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PendingOperationsTest {

    @Test
    void refusalIsForWhoAskedLast() throws Exception {
        try (Outbox outbox = Outbox.open("promises")) {
            PendingOperations pending = new PendingOperations(outbox);
            CompletableFuture<Void> first = new CompletableFuture<>();
            CompletableFuture<Void> second = new CompletableFuture<>();
            pending.handover(first);
            pending.handover(second);

            pending.handoverRefused(new Action.HandoverRefused("m1 is BACKUP"));
            assertThatThrownBy(() -> second.get(1, TimeUnit.MINUTES)).hasRootCauseMessage("m1 is BACKUP");
            assertThat(first).isNotDone();

            pending.handoverEnded(new Action.HandoverEnded(true, "m2 took over"));
            first.get(1, TimeUnit.MINUTES);
        }
    }
}
