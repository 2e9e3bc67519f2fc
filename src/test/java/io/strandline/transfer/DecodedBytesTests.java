package io.strandline.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.operation.NotedCourse;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodedBytesTests {

    private final NotedCourse course = new NotedCourse();

    private final DecodedBytes progress = new DecodedBytes(
            new SnapshotContent(
                    1,
                    SnapshotMode.FULL,
                    "filesystem",
                    1,
                    128,
                    List.of(),
                    List.of(new OperatorContent(
                            "by-key",
                            0,
                            List.of(state("small", run(10, 100)), state("large", run(50, 500), run(50, 400))))),
                    0),
            course);

    @Test
    void tellsHowManyBytesOfTheFilesAreBehindIt() {
        progress.at("by-key", "small", 0);
        progress.at("by-key", "small", 5);
        progress.at("by-key", "large", 0);
        progress.at("by-key", "large", 50);
        progress.at("by-key", "large", 1000);
        progress.done();

        assertThat(course.notes())
                .containsExactly(
                        "0 of 1000 bytes",
                        "50 of 1000 bytes",
                        "100 of 1000 bytes",
                        "550 of 1000 bytes",
                        "1000 of 1000 bytes",
                        "1000 of 1000 bytes");
    }

    @Test
    void endsTheReadingWhenTheOperationIsCancelled() {
        progress.at("by-key", "small", 0);
        course.cancel();

        assertThatThrownBy(() -> progress.at("by-key", "small", 5)).isInstanceOf(StrandlineException.class);
    }

    private static StateContent state(String name, Run... runs) {
        List<Column> columns = List.of(new Column("key", ColumnType.LONG));
        return new StateContent(new StateSchema(name, StateSchema.Form.KEYED, columns, false, columns), List.of(runs));
    }

    private static Run run(long entries, long bytes) {
        Blob blob = new Blob("application/octet-stream", new Digest("%064x".formatted(entries * bytes)), bytes);
        return new Run(1, 0, new KeyGroupRange(0, 127), entries, 0, blob);
    }
}
