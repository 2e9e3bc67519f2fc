package io.strandline.state.instance;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.state.RunFormat;
import io.strandline.state.RunReader;
import io.strandline.state.RunWriter;
import io.strandline.state.run.StoredRun;
import io.strandline.storage.StagedBlob;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes sorted entries into staged runs, paced. A base is divided into slices of whole key groups, a file each, so that merges can
 * later rewrite it, and let go of its old files, slice by slice.
 */
final class RunOutput {

    private final RunFormat format;
    private final Duration interval;
    private final MergeRules rules;
    private final int maxParallelism;
    private final Executor sealer;
    private final AtomicLong names = new AtomicLong();

    RunOutput(RunFormat format, Duration interval, MergeRules rules, int maxParallelism, Executor sealer) {
        this.format = format;
        this.interval = interval;
        this.rules = rules;
        this.maxParallelism = maxParallelism;
        this.sealer = sealer;
    }

    /**
     * Writes a cursor to its end.
     *
     * @param keepsDeletes whether delete markers are written; not when nothing older remains
     * @param keyGroups what the run stands for
     * @param expected about how many entries there are
     * @return empty when there was nothing to write
     */
    Optional<Written> writeOne(
            StagingArea area, RunReader.Cursor entries, boolean keepsDeletes, KeyGroupRange keyGroups, long expected)
            throws IOException {
        return write(new Slices(area, keepsDeletes, keyGroups, Long.MAX_VALUE, expected), entries).stream()
                .findFirst();
    }

    /**
     * Writes a cursor to its end in slices.
     *
     * @param keepsDeletes whether delete markers are written; not when nothing older remains
     * @param keyGroups what the slices stand for together
     * @param expected about how many entries there are
     */
    List<Written> writeSlices(
            StagingArea area, RunReader.Cursor entries, boolean keepsDeletes, KeyGroupRange keyGroups, long expected)
            throws IOException {
        long slices = Math.max(1, (long) rules.slices() * keyGroups.size() / maxParallelism);
        return write(new Slices(area, keepsDeletes, keyGroups, expected / slices, expected), entries);
    }

    private static List<Written> write(Slices slices, RunReader.Cursor entries) throws IOException {
        try (slices) {
            while (entries.next()) {
                slices.add(entries.key(), entries.value());
            }
            return slices.finish();
        }
    }

    /** A sealed run. */
    record Written(StagedBlob staged, StagingArea area, KeyGroupRange keyGroups, long entries, long deletes) {

        Run labelled(long number, int sequence) {
            return new Run(number, sequence, keyGroups, entries, deletes, staged.blob());
        }

        ListedRun.File file() {
            return new ListedRun.File(area, staged);
        }
    }

    /** Files of whole key groups, one behind the other. */
    private final class Slices implements Closeable {

        private final StagingArea area;
        private final boolean keepsDeletes;
        private final KeyGroupRange keyGroups;
        private final long entriesEach;
        private final Pacer pacer;
        private final Sealing sealing = new Sealing(sealer);
        private @Nullable RunWriter writer;
        private int first;
        private int group;
        private long entries;
        private long deletes;
        private long bytes;

        Slices(StagingArea area, boolean keepsDeletes, KeyGroupRange keyGroups, long entriesEach, long expected) {
            this.area = area;
            this.keepsDeletes = keepsDeletes;
            this.keyGroups = keyGroups;
            this.entriesEach = entriesEach;
            this.first = keyGroups.first();
            this.pacer = new Pacer(interval, expected);
        }

        void add(ByteBuffer key, @Nullable ByteBuffer value) throws IOException {
            if (value == null && !keepsDeletes) {
                return;
            }
            int next = StoredRun.keyGroup(key);
            if (next != group && entries >= entriesEach && bytes >= rules.leastSliceBytes()) {
                end(next - 1);
            }
            group = next;
            RunWriter open = writer();
            if (value == null) {
                open.delete(key);
                deletes++;
            } else {
                open.put(key, value);
                bytes += value.remaining();
            }
            bytes += key.remaining();
            entries++;
            pacer.entry();
        }

        List<Written> finish() throws IOException {
            if (entries > 0) {
                end(keyGroups.last());
            }
            return sealing.finish();
        }

        @Override
        public void close() throws IOException {
            try (sealing) {
                if (writer != null) {
                    writer.close();
                }
            }
        }

        private RunWriter writer() throws IOException {
            RunWriter open = writer;
            if (open == null) {
                open = format.writer(area.create("run-" + names.incrementAndGet()));
                writer = open;
            }
            return open;
        }

        private void end(int last) throws IOException {
            RunWriter ended = writer();
            KeyGroupRange range = new KeyGroupRange(first, last);
            long all = entries;
            long gone = deletes;
            writer = null;
            sealing.add(() -> {
                try (ended) {
                    return new Written(ended.finish(), area, range, all, gone);
                }
            });
            first = last + 1;
            entries = 0;
            deletes = 0;
            bytes = 0;
        }
    }

    /**
     * Makes the files of one writer durable while it writes the next: disk and processor work at the same time. Who waits for a file
     * that nobody has begun with seals it himself, so that an executor without a free thread holds nothing up.
     */
    private static final class Sealing implements Closeable {

        /** Files that may wait to be sealed: their writers hold the hashes of all their keys. */
        private static final int MOST_WAITING = 2;

        private final Executor executor;
        private final Deque<FutureTask<Written>> waiting = new ArrayDeque<>();
        private final List<Written> sealed = new ArrayList<>();

        Sealing(Executor executor) {
            this.executor = executor;
        }

        /** Seals a file some time; waits when too many do. */
        void add(Callable<Written> file) throws IOException {
            FutureTask<Written> task = new FutureTask<>(file);
            waiting.add(task);
            executor.execute(task);
            if (waiting.size() > MOST_WAITING) {
                take();
            }
        }

        /** All that were added, in their order, durable. */
        List<Written> finish() throws IOException {
            while (!waiting.isEmpty()) {
                take();
            }
            return sealed;
        }

        /** Waits until nothing is under way any more; what had not begun is sealed, too, since only that closes its file. */
        @Override
        public void close() throws IOException {
            try {
                finish();
            } finally {
                if (!waiting.isEmpty()) {
                    close();
                }
            }
        }

        private void take() throws IOException {
            FutureTask<Written> task = waiting.remove();
            task.run();
            sealed.add(result(task));
        }

        private static Written result(FutureTask<Written> task) throws IOException {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return task.get();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    } catch (ExecutionException e) {
                        throw failure(e);
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private static IOException failure(ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            return cause instanceof IOException unwritten ? unwritten : new IOException("a run was not sealed", cause);
        }
    }
}
