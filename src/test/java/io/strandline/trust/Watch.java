package io.strandline.trust;

import io.strandline.runner.FailureCause;
import io.strandline.runner.InstanceListener;
import io.strandline.trust.Station.StepFailed;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Hears whether an instance runs. */
final class Watch implements InstanceListener {

    private final CompletableFuture<Void> running = new CompletableFuture<>();
    private final CompletableFuture<FailureCause> failed = new CompletableFuture<>();

    void awaitRunning(long seconds) {
        CompletableFuture.anyOf(running, failed)
                .orTimeout(seconds, TimeUnit.SECONDS)
                .join();
        failure().ifPresent(cause -> {
            throw new StepFailed("the instance failed at its start: " + cause);
        });
    }

    Optional<FailureCause> failure() {
        return Optional.ofNullable(failed.getNow(null));
    }

    @Override
    public void running() {
        running.complete(null);
    }

    @Override
    public void failed(FailureCause cause) {
        failed.complete(cause);
    }
}
