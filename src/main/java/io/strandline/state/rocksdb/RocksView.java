package io.strandline.state.rocksdb;

import io.strandline.snapshot.Run;
import io.strandline.state.run.LookupBatch;
import io.strandline.state.run.ReaderView;
import io.strandline.state.run.RunFiles;
import io.strandline.state.run.RunView;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of runs through a throw-away database that holds the newest SST runs; older runs of another encoding, which a
 * restore may bring, are read one by one until merges have rewritten them.
 */
final class RocksView implements RunView {

    private final SnapshotStore store;
    private final Path directory;
    private final AtomicLong databases;
    private final RunView older;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private @Nullable RunDatabase database;

    RocksView(SnapshotStore store, Path directory, AtomicLong databases, RunFiles files) {
        this.store = store;
        this.directory = directory;
        this.databases = databases;
        this.older = new ReaderView(files);
    }

    @Override
    public synchronized void show(List<Run> oldestFirst) throws IOException {
        int first = oldestFirst.size();
        while (first > 0 && oldestFirst.get(first - 1).blob().mediaType().equals(SstRunFormat.MEDIA_TYPE)) {
            first--;
        }
        List<Run> ingested = oldestFirst.subList(first, oldestFirst.size());
        List<Run> others = oldestFirst.subList(0, first);
        RunDatabase current = database;
        boolean goesOn = current != null && current.canAppend(ingested);
        RunDatabase next = goesOn && current != null ? current : open(ingested);
        if (goesOn) {
            next.append(ingested, store);
        }
        lock.writeLock().lock();
        try {
            older.show(others);
            database = next;
        } finally {
            lock.writeLock().unlock();
        }
        if (current != null && current != next) {
            current.close();
        }
    }

    @Override
    public void lookup(LookupBatch batch) throws IOException {
        lock.readLock().lock();
        try {
            if (database != null) {
                database.lookup(batch);
            }
            older.lookup(batch);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        lock.writeLock().lock();
        try {
            older.close();
            if (database != null) {
                database.close();
                database = null;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private RunDatabase open(List<Run> runs) throws IOException {
        RunDatabase opened = new RunDatabase(directory.resolve("view-" + databases.incrementAndGet()));
        boolean complete = false;
        try {
            opened.append(runs, store);
            complete = true;
            return opened;
        } finally {
            if (!complete) {
                opened.close();
            }
        }
    }
}
