package io.strandline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.SourcePosition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far back pushed records are needed. */
class OldestPositionsTests {

    @Test
    void areTheLeastOffsetsOfAllVersions() {
        var versions = List.of(
                List.of(at("events", "0", 7), at("events", "1", 3), at("other", "0", 1)),
                List.of(at("events", "0", 5), at("events", "1", 9)));

        assertThat(OldestPositions.of("events", versions))
                .containsExactlyInAnyOrder(at("events", "0", 5), at("events", "1", 3));
    }

    @Test
    void areNotThereForASplitThatAnOlderVersionBeginsWithItsFirstRecord() {
        var versions = List.of(List.of(at("events", "0", 5)), List.of(at("events", "0", 9), at("events", "1", 4)));

        assertThat(OldestPositions.of("events", versions)).containsExactly(at("events", "0", 5));
    }

    @Test
    void doNotDependOnVersionsThatNeverReadTheSource() {
        var versions = List.of(List.of(at("other", "0", 5)), List.of(at("events", "0", 9)));

        assertThat(OldestPositions.of("events", versions)).containsExactly(at("events", "0", 9));
    }

    private static SourcePosition at(String source, String split, long offset) {
        return new SourcePosition(source, split, offset, 0);
    }
}
