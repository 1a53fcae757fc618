package io.jenkins.plugins.baton.agent.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
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

    @Test
    void whoWaitsForAnOrderThatADefectEndsHearsASentence() {
        IllegalStateException defect = new IllegalStateException();

        assertThatThrownBy(() -> AwaitedOrders.perform(outcome, () -> {
                    throw defect;
                }))
                .isSameAs(defect);
        assertThatThrownBy(outcome::get)
                .cause()
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage(
                        "the VRRP thread failed meanwhile by an internal error; please report what the log says of it")
                .hasCause(defect);
    }

    @Test
    void whoWaitsForAnOrderThatTheKernelRefusesHearsWhatItSaid() {
        LinuxException refused = new LinuxException("open a socket", Errno.EPERM);

        AwaitedOrders.perform(outcome, () -> {
            throw refused;
        });
        assertThatThrownBy(outcome::get).hasCause(refused);
    }

    private void assertRefused() {
        assertThat(outcome).isDone();
        assertThatThrownBy(outcome::get)
                .cause()
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage("the virtual routers of this agent have ended");
    }
}
