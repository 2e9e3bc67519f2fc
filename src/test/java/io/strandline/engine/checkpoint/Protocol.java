package io.strandline.engine.checkpoint;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What a simulation drives: the coordinator, or one with a bug planted in it. */
interface Protocol {

    List<CoordinatorEffect> on(CoordinatorEvent event, Moment now);

    OptionalLong deadline();

    static Supplier<Protocol> real(CheckpointSettings settings, int subtasks) {
        return () -> {
            Coordinator coordinator = new Coordinator(settings, subtasks);
            return new Protocol() {
                @Override
                public List<CoordinatorEffect> on(CoordinatorEvent event, Moment now) {
                    return coordinator.on(event, now);
                }

                @Override
                public OptionalLong deadline() {
                    return coordinator.deadline();
                }
            };
        };
    }
}
