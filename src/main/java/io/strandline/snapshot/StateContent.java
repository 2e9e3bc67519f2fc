package io.strandline.snapshot;

import java.util.List;

/**
 * One keyed state's content in a version: its runs, oldest first.
 *
 * @param schema its shape
 * @param runs oldest first
 */
public record StateContent(StateSchema schema, List<Run> runs) {

    public StateContent {
        runs = List.copyOf(runs);
    }

    /** Bytes of its files. */
    public long totalBytes() {
        return runs.stream().mapToLong(run -> run.blob().sizeBytes()).sum();
    }
}
