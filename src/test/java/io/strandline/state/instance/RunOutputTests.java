package io.strandline.state.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.state.RunFormat;
import io.strandline.state.RunReader;
import io.strandline.state.RunWriter;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.storage.BlobReader;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedFile;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunOutputTests {

    private static final int KEY_GROUPS = 8;
    private static final KeyGroupRange ALL = new KeyGroupRange(0, KEY_GROUPS - 1);
    private static final MergeRules RULES = new MergeRules(1.25, 0.1, 96, KEY_GROUPS, 0);

    @TempDir
    Path directory;

    @Test
    void writesTheSameFilesWhoeverSealsThem() throws IOException {
        ExecutorService another = Executors.newSingleThreadExecutor();
        try {
            List<RunOutput.Written> own = write(new FlatRunFormat(), Runnable::run);

            assertThat(own)
                    .extracting(run -> run.keyGroups().first())
                    .hasSize(KEY_GROUPS)
                    .isSorted();
            assertThat(contents(write(new FlatRunFormat(), another))).isEqualTo(contents(own));
        } finally {
            another.shutdown();
        }
    }

    @Test
    void sealsItselfWhatNobodyBegins() throws IOException {
        List<RunOutput.Written> own = write(new FlatRunFormat(), Runnable::run);

        assertThat(contents(write(new FlatRunFormat(), task -> {}))).isEqualTo(contents(own));
    }

    @Test
    void failsAndClosesEveryFileWhenOneCannotBeSealed() {
        for (Executor sealer : List.<Executor>of(Runnable::run, task -> {})) {
            FailingFormat format = new FailingFormat(3);

            assertThatThrownBy(() -> write(format, sealer)).isSameAs(format.failure);

            assertThat(format.open).hasValue(0);
        }
    }

    private List<RunOutput.Written> write(RunFormat format, Executor sealer) throws IOException {
        RunOutput output = new RunOutput(format, Duration.ZERO, RULES, KEY_GROUPS, sealer);
        try (FileSnapshotStore store = FileSnapshotStore.open(directory, Clock.systemUTC());
                Keys keys = new Keys()) {
            StagingArea area = new StagingArea(store.openStaging("run"), 1);
            try {
                return output.writeSlices(area, keys, false, ALL, KEY_GROUPS);
            } finally {
                area.abandon();
            }
        }
    }

    private static List<Object> contents(List<RunOutput.Written> runs) {
        List<Object> contents = new ArrayList<>();
        runs.forEach(run -> contents.add(List.of(run.keyGroups(), run.staged().blob(), run.entries(), run.deletes())));
        return contents;
    }

    /** One entry a key group. */
    private static final class Keys implements RunReader.Cursor {

        private short next;

        @Override
        public boolean next() {
            return next++ < KEY_GROUPS;
        }

        @Override
        public ByteBuffer key() {
            return ByteBuffer.allocate(Short.BYTES + Long.BYTES)
                    .putShort((short) (next - 1))
                    .putLong(next)
                    .flip();
        }

        @Override
        public ByteBuffer value() {
            return ByteBuffer.wrap(new byte[100]);
        }

        @Override
        public void close() {}
    }

    /** Flat runs, one of which cannot be finished. */
    private static final class FailingFormat implements RunFormat {

        private final RunFormat flat = new FlatRunFormat();
        private final IOException failure = new IOException("the disk is gone");
        private final AtomicInteger open = new AtomicInteger();
        private final int failing;
        private int begun;

        FailingFormat(int failing) {
            this.failing = failing;
        }

        @Override
        public String mediaType() {
            return flat.mediaType();
        }

        @Override
        public RunWriter writer(StagedFile file) throws IOException {
            open.incrementAndGet();
            return new FailingWriter(flat.writer(file), ++begun == failing);
        }

        @Override
        public RunReader reader(BlobReader blob) throws IOException {
            return flat.reader(blob);
        }

        /** One run. */
        private final class FailingWriter implements RunWriter {

            private final RunWriter run;
            private final boolean fails;

            FailingWriter(RunWriter run, boolean fails) {
                this.run = run;
                this.fails = fails;
            }

            @Override
            public void put(ByteBuffer key, ByteBuffer value) throws IOException {
                run.put(key, value);
            }

            @Override
            public void delete(ByteBuffer key) throws IOException {
                run.delete(key);
            }

            @Override
            public StagedBlob finish() throws IOException {
                if (fails) {
                    throw failure;
                }
                return run.finish();
            }

            @Override
            public void close() throws IOException {
                open.decrementAndGet();
                run.close();
            }
        }
    }
}
