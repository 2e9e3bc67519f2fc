package io.strandline.state.instance;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.state.RunFormat;
import io.strandline.state.RunReader;
import io.strandline.state.RunWriter;
import io.strandline.storage.StagedBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Writes sorted entries into staged runs, paced. */
final class RunOutput {

    private final RunFormat format;
    private final Duration interval;
    private final AtomicLong names = new AtomicLong();

    RunOutput(RunFormat format, Duration interval) {
        this.format = format;
        this.interval = interval;
    }

    /**
     * Writes a cursor to its end.
     *
     * @param keepsDeletes whether delete markers are written; not when nothing older remains
     * @return empty when there was nothing to write
     */
    Optional<Written> write(StagingArea area, RunReader.Cursor entries, boolean keepsDeletes) throws IOException {
        long count = 0;
        long deletes = 0;
        Pacer pacer = new Pacer(interval);
        try (RunWriter writer = format.writer(area.create("run-" + names.incrementAndGet()))) {
            while (entries.next()) {
                ByteBuffer value = entries.value();
                if (value != null) {
                    writer.put(entries.key(), value);
                } else if (keepsDeletes) {
                    writer.delete(entries.key());
                    deletes++;
                } else {
                    continue;
                }
                count++;
                pacer.entry();
            }
            return count == 0 ? Optional.empty() : Optional.of(new Written(writer.finish(), area, count, deletes));
        }
    }

    /** A sealed run. */
    record Written(StagedBlob staged, StagingArea area, long entries, long deletes) {

        Run labelled(long number, int sequence, KeyGroupRange keyGroups) {
            return new Run(number, sequence, keyGroups, entries, deletes, staged.blob());
        }

        ListedRun.File file() {
            return new ListedRun.File(area, staged);
        }
    }
}
