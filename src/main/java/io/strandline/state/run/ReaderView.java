package io.strandline.state.run;

import io.strandline.snapshot.Run;
import io.strandline.state.RunReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

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
        Map<String, RunReader> open = new LinkedHashMap<>();
        shown.newestFirst()
                .forEach(stored -> open.put(stored.run().blob().digest().hex(), stored.reader()));
        Map<String, RunReader> kept = new LinkedHashMap<>();
        List<StoredRun> runs = new ArrayList<>();
        for (Run run : oldestFirst) {
            String digest = run.blob().digest().hex();
            RunReader reader = kept.containsKey(digest) ? kept.get(digest) : open.remove(digest);
            RunReader opened = reader == null ? files.open(run) : reader;
            kept.put(digest, opened);
            runs.add(0, new StoredRun(run, opened));
        }
        ShownRuns next = ShownRuns.of(runs, filters);
        lock.writeLock().lock();
        shown = next;
        lock.writeLock().unlock();
        filters.retain(kept.values());
        for (RunReader reader : open.values()) {
            reader.close();
        }
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
