package io.strandline.event;

import io.strandline.operation.Operation;
import io.strandline.operation.Operation.Progress;
import io.strandline.operation.Operation.Stage;
import io.strandline.operation.Operations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells of operations that move on: of each new stage, and of progress within one at most twice a second. */
@Component
final class OperationEvents {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int REMEMBERED = 256;

    private final EventLog events;
    private final Operations operations;
    private final Clock clock;
    private final Map<String, Instant> toldAt = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    OperationEvents(EventLog events, Operations operations, Clock clock) {
        this.events = events;
        this.operations = operations;
        this.clock = clock;
        operations.follow(this::moved);
    }

    /** Where an operation stands. */
    record Standing(
            String type,
            Operation.State state,
            @Nullable String stage,
            @Nullable Progress progress) {}

    private void moved(String id, boolean stage) {
        Instant now = clock.instant();
        synchronized (toldAt) {
            Instant before = toldAt.get(id);
            if (!stage && before != null && now.isBefore(before.plus(PAUSE))) {
                return;
            }
            toldAt.put(id, now);
        }
        Operation operation = operations.get(id);
        List<Stage> stages = operation.stages();
        events.publish(new LiveNews(
                EventType.OPERATION_PROGRESS,
                now,
                operation.jobId(),
                null,
                null,
                id,
                new Standing(
                        operation.type(),
                        operation.state(),
                        stages.isEmpty() ? null : stages.get(stages.size() - 1).name(),
                        operation.progress())));
    }
}
