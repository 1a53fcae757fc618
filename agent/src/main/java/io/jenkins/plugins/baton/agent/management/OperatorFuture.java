package io.jenkins.plugins.baton.agent.management;

import io.jenkins.plugins.baton.agent.router.OperationRefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what the real-time thread was told to do, on behalf of the person who told it. */
public final class OperatorFuture {
    private static final int TIMEOUT_SECONDS = 10;

    private OperatorFuture() {}

    /** @throws OperationRefusedException when it was refused or is not done in time */
    public static void await(CompletableFuture<Void> outcome) throws OperationRefusedException {
        try {
            outcome.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OperationRefusedException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw OperationRefusedException.failed(
                    "Not done within " + TIMEOUT_SECONDS + " s; look at the state again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw OperationRefusedException.failed("The agent is ending");
        }
    }
}
