package io.strandline.engine;

import io.strandline.engine.JobMetrics.StoredMetrics;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.StateContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How big the state of each vertex is in the two newest versions: written where versions are committed, read by anyone. */
final class StoredState {

    private volatile Sizes sizes;

    /** {@code restored}: what the instance went on from; empty for nothing. */
    StoredState(List<OperatorContent> restored) {
        this.sizes = new Sizes(bytes(restored), null, null);
    }

    /** A version of these operators was committed, whose barriers were sent at {@code at}. */
    void committed(List<OperatorContent> operators, Instant at) {
        Sizes before = sizes;
        sizes = new Sizes(bytes(operators), at, before.at == null ? null : before);
    }

    StoredMetrics of(String vertex) {
        Sizes now = sizes;
        Sizes before = now.before;
        long bytes = now.of(vertex);
        if (before == null || before.at == null || now.at == null || !now.at.isAfter(before.at)) {
            return new StoredMetrics(bytes, null);
        }
        double seconds = Duration.between(before.at, now.at).toNanos() / 1e9;
        return new StoredMetrics(bytes, (bytes - before.of(vertex)) / seconds);
    }

    private static Map<String, Long> bytes(List<OperatorContent> operators) {
        return operators.stream()
                .collect(Collectors.toUnmodifiableMap(
                        OperatorContent::name,
                        operator -> operator.states().stream()
                                .mapToLong(StateContent::totalBytes)
                                .sum()));
    }

    /** Those of one version; {@code before} forgets its own predecessor. */
    private record Sizes(
            Map<String, Long> bytes,
            @Nullable Instant at,
            @Nullable Sizes before) {

        private Sizes {
            before = before == null ? null : new Sizes(before.bytes, before.at, null);
        }

        private long of(String vertex) {
            return bytes.getOrDefault(vertex, 0L);
        }
    }
}
