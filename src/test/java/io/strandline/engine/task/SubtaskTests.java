package io.strandline.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubtaskTests {

    @Test
    void isDueAtOnceWhileItIsNotOpenYet() throws IOException {
        List<Subtask> subtasks = new SubtaskPlan(
                        RestoredWatermarkTests.graph(),
                        RestoredWatermarkTests.settings(),
                        RestoredWatermarkTests.listener())
                .subtasks();

        assertThat(subtasks)
                .as("one that comes to a worker between its last round and its sleep")
                .allSatisfy(subtask -> assertThat(subtask.dueNanos(7)).isEqualTo(7));
    }
}
