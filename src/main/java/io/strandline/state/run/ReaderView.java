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

/** Reads run by run, newest first, passing over those whose key groups or bloom filter exclude the key. */
public final class ReaderView implements RunView {

    private final RunFiles files;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private List<StoredRun> newestFirst = List.of();

    /** Shows nothing yet. */
    public ReaderView(RunFiles files) {
        this.files = files;
    }

    @Override
    public synchronized void show(List<Run> oldestFirst) throws IOException {
        Map<String, RunReader> open = new LinkedHashMap<>();
        newestFirst.forEach(stored -> open.put(stored.run().blob().digest().hex(), stored.reader()));
        Map<String, RunReader> kept = new LinkedHashMap<>();
        List<StoredRun> runs = new ArrayList<>();
        for (Run run : oldestFirst) {
            String digest = run.blob().digest().hex();
            RunReader reader = kept.containsKey(digest) ? kept.get(digest) : open.remove(digest);
            RunReader shown = reader == null ? files.open(run) : reader;
            kept.put(digest, shown);
            runs.add(0, new StoredRun(run, shown));
        }
        lock.writeLock().lock();
        newestFirst = List.copyOf(runs);
        lock.writeLock().unlock();
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
                    lookup(batch, i, newestFirst);
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

    private static void lookup(LookupBatch batch, int index, List<StoredRun> runs) throws IOException {
        ByteBuffer key = batch.key(index);
        int keyGroup = StoredRun.keyGroup(key);
        for (StoredRun stored : runs) {
            if (stored.run().keyGroups().contains(keyGroup)) {
                RunReader.Found answer = stored.reader().get(key);
                ByteBuffer value = answer.value();
                if (value != null) {
                    batch.found(index, value);
                    return;
                }
                if (answer.kind() == RunReader.Found.Kind.DELETED) {
                    batch.deleted(index);
                    return;
                }
            }
        }
    }
}
