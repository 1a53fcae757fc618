package io.jenkins.plugins.baton.agent.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AwaitedOrdersTest {
    private final AwaitedOrders orders = new AwaitedOrders();
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();

    @Test
    void orderThatTheThreadDidNotGetToIsRefusedAtItsEnd() {
        orders.add(outcome);
        assertThat(outcome).isNotDone();
        orders.end();

        assertRefused();
    }

    @Test
    void orderAfterTheEndIsRefusedAtOnce() {
        orders.end();
        orders.add(outcome);

        assertRefused();
    }

    @Test
    void outcomeThatIsKnownStays() {
        orders.add(outcome);
        outcome.complete(null);
        orders.end();

        assertThat(outcome).isCompletedWithValue(null);
    }

    private void assertRefused() {
        assertThat(outcome).isDone();
        assertThatThrownBy(outcome::get)
                .cause()
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage("the virtual routers of this agent have ended");
    }
}
