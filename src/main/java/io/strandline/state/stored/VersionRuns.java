package io.strandline.state.stored;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.state.RunReader;
import io.strandline.state.run.RunFiles;
import io.strandline.state.run.StoredRun;
import io.strandline.storage.SnapshotStore;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one state of a version. A file is checked against its digest and opened when something in its key groups is first asked
 * for, so that a look-up in a large version reads the few files that may hold its key. Safe for concurrent use; the version's
 * reader keeps the files from being collected.
 */
final class VersionRuns implements Closeable {

    private final SnapshotStore store;
    private final RunFiles files;
    private final List<Run> runs;
    private final AtomicReferenceArray<@Nullable StoredRun> opened;
    private final Map<Run.Content, RunReader> readers = new HashMap<>();
    private boolean closed;

    VersionRuns(SnapshotStore store, RunFiles files, List<Run> oldestFirst) {
        this.store = store;
        this.files = files;
        this.runs = List.copyOf(oldestFirst);
        this.opened = new AtomicReferenceArray<>(runs.size());
    }

    /** Those with entries in the given key groups, oldest first. */
    List<StoredRun> over(KeyGroupRange keyGroups) throws IOException {
        List<StoredRun> over = new ArrayList<>();
        for (int index = 0; index < runs.size(); index++) {
            if (runs.get(index).keyGroups().overlaps(keyGroups)) {
                StoredRun known = opened.get(index);
                over.add(known == null ? open(index) : known);
            }
        }
        return over;
    }

    private synchronized StoredRun open(int index) throws IOException {
        if (closed) {
            throw new IllegalStateException("the version is closed");
        }
        Run run = runs.get(index);
        Run.Content content = run.content();
        RunReader reader = readers.get(content);
        if (reader == null) {
            store.check(run.blob());
            reader = files.open(run);
            readers.put(content, reader);
        }
        StoredRun stored = new StoredRun(run, reader);
        opened.set(index, stored);
        return stored;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        List<RunReader> closing = List.copyOf(readers.values());
        readers.clear();
        RunFiles.closeAll(closing);
    }
}
