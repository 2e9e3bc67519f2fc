package io.strandline.catalog.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.Linearizability;
import io.strandline.catalog.journal.GroupSync.Written;
import io.strandline.storage.disk.Disk.OutputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** Several who append and wait for the same fsync, which may fail, while segments are rolled. */
class GroupSyncLinearizabilityTests {

    @Test
    void whatWasAwaitedIsDurableAndAFailureIsForGood() {
        Linearizability.check(Appenders.class);
    }

    @Test
    void tellsWhenAnEntryIsAwaitedTooEarly() {
        assertThat(Linearizability.tells(Impatient.class)).isTrue();
    }

    /** Appends as the journal does: one at a time writes, then each waits for its own. */
    public static class Appenders {

        private final Object writing = new Object();
        private final FakeFile file = new FakeFile();
        private final GroupSync sync = new GroupSync(new Written(file, 0));
        private long sequence;

        /** Whether the entry was durable when it was acknowledged; {@code refused} when it was not acknowledged. */
        @Operation(blocking = true)
        public String append() {
            long mine;
            synchronized (writing) {
                mine = ++sequence;
                file.length = mine;
                sync.written(new Written(file, mine));
            }
            try {
                sync.await(awaited(mine));
            } catch (JournalException e) {
                return "refused";
            }
            return file.durable >= mine ? "durable" : "acknowledged and not durable";
        }

        long awaited(long mine) {
            return mine;
        }

        /** Waits for everything that was written, as one does who begins a segment. */
        @Operation(blocking = true)
        public String roll() {
            synchronized (writing) {
                try {
                    sync.exclusively(() -> {});
                } catch (JournalException e) {
                    return "refused";
                } catch (IOException e) {
                    return "failed";
                }
                return file.durable == sequence ? "durable" : "rolled and not durable";
            }
        }

        @Operation(runOnce = true)
        public void breakDisk() {
            file.broken = true;
        }
    }

    /** The same with waiting for the entry before. */
    public static class Impatient extends Appenders {

        @Override
        long awaited(long mine) {
            return mine - 1;
        }
    }

    /** Makes durable what was written when its fsync began. */
    private static final class FakeFile implements OutputFile {

        private volatile long length;
        private volatile long durable;
        private volatile boolean broken;

        @Override
        public void fsync() throws IOException {
            long written = length;
            if (broken) {
                throw new IOException("Input/output error");
            }
            durable = Math.max(durable, written);
        }

        @Override
        public long size() {
            return length;
        }

        @Override
        public void write(ByteBuffer bytes) {
            throw new UnsupportedOperationException("nobody writes here");
        }

        @Override
        public void truncate(long sizeBytes) {
            throw new UnsupportedOperationException("nobody cuts here");
        }

        @Override
        public void close() {
            length = 0;
        }
    }
}
