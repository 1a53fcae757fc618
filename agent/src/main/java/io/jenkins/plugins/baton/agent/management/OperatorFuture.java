package io.jenkins.plugins.baton.agent.management;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what the real-time thread was told to do, on behalf of the person who told it. */
public final class OperatorFuture {
    private static final int TIMEOUT_SECONDS = 10;

    private OperatorFuture() {}

    /**
     * @throws IllegalArgumentException with a sentence when it can never be done, because what was named does not exist
     * @throws IllegalStateException with a sentence when it was refused or is not done in time
     */
    public static void await(CompletableFuture<Void> outcome) {
        try {
            outcome.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // The exception's class must be known to remote clients, so the cause stays here.
            if (e.getCause() instanceof IllegalArgumentException unknown) {
                throw new IllegalArgumentException(unknown.getMessage());
            }
            throw new IllegalStateException(e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw new IllegalStateException("Not done within " + TIMEOUT_SECONDS + " s; look at the state again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The agent is ending");
        }
    }
}
