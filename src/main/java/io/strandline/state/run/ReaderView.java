package io.strandline.state.run;

import io.strandline.snapshot.Run;
import io.strandline.state.RunReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * Reads run by run, newest first, those whose filters do not exclude the key. Files are opened and closed as the list changes; nobody
 * who looks up waits for that.
 */
public final class ReaderView implements RunView {

    private final RunFiles files;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final RunFilters filters = new RunFilters();
    private ShownRuns shown = ShownRuns.NONE;

    /** Shows nothing yet. */
    public ReaderView(RunFiles files) {
        this.files = files;
    }

    @Override
    public synchronized void show(List<Run> oldestFirst) throws IOException {
        Map<Run.Content, RunReader> before = new HashMap<>();
        shown.newestFirst().forEach(stored -> before.put(stored.run().content(), stored.reader()));
        Map<Run.Content, RunReader> kept = new HashMap<>();
        List<RunReader> opened = new ArrayList<>();
        boolean complete = false;
        try {
            for (Run run : oldestFirst) {
                Run.Content content = run.content();
                RunReader reader = kept.containsKey(content) ? kept.get(content) : before.remove(content);
                if (reader == null) {
                    reader = files.open(run);
                    opened.add(reader);
                }
                kept.put(content, reader);
            }
            complete = true;
        } finally {
            if (!complete) {
                RunFiles.closeAll(opened);
            }
        }
        swap(oldestFirst, kept);
        RunFiles.closeAll(before.values());
    }

    private void swap(List<Run> oldestFirst, Map<Run.Content, RunReader> readers) {
        List<StoredRun> newestFirst = new ArrayList<>();
        for (Run run : oldestFirst) {
            newestFirst.add(0, new StoredRun(run, Objects.requireNonNull(readers.get(run.content()))));
        }
        ShownRuns next = ShownRuns.of(newestFirst, filters);
        lock.writeLock().lock();
        shown = next;
        lock.writeLock().unlock();
        filters.retain(readers.values());
    }

    @Override
    public void visit(ByteBuffer prefix, Consumer<ByteBuffer> found) throws IOException {
        lock.readLock().lock();
        try {
            int keyGroup = StoredRun.keyGroup(prefix);
            List<RunReader.Cursor> oldestFirst = new ArrayList<>();
            for (StoredRun stored : shown.newestFirst()) {
                if (stored.run().keyGroups().contains(keyGroup)) {
                    oldestFirst.add(0, stored.cursor(prefix, keyGroup));
                }
            }
            try (RunReader.Cursor entries = new MergingCursor(oldestFirst)) {
                while (entries.next() && beginsWith(entries.key(), prefix)) {
                    if (entries.value() != null) {
                        found.accept(entries.key());
                    }
                }
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    private static boolean beginsWith(ByteBuffer key, ByteBuffer prefix) {
        int mismatch = key.mismatch(prefix);
        return mismatch < 0 || mismatch >= prefix.remaining();
    }

    @Override
    public void lookup(LookupBatch batch) throws IOException {
        lock.readLock().lock();
        try {
            for (int i = 0; i < batch.size(); i++) {
                if (!batch.isSettled(i)) {
                    lookup(batch, i);
                }
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        show(List.of());
    }

    private void lookup(LookupBatch batch, int index) throws IOException {
        RunReader.Found answer = shown.find(batch.key(index));
        ByteBuffer value = answer.value();
        if (value != null) {
            batch.found(index, value);
        } else if (answer.kind() == RunReader.Found.Kind.DELETED) {
            batch.deleted(index);
        }
    }
}
