package io.strandline.catalog.jpa;

import io.strandline.catalog.journal.JournalEntry;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Hands entries to a catalog that is written by a thread of its own, a batch behind at most. */
final class ScaleFeed implements AutoCloseable {

    private static final int ENTRIES_IN_ONE_BATCH = 1_000;

    private final ScaleRows rows;
    private final ExecutorService writer = Executors.newSingleThreadExecutor();
    private List<JournalEntry> batch = new ArrayList<>();
    private Future<?> before;

    ScaleFeed(ScaleRows rows) {
        this.rows = rows;
        this.before = writer.submit(() -> {});
    }

    void add(JournalEntry entry) throws IOException {
        batch.add(entry);
        if (batch.size() == ENTRIES_IN_ONE_BATCH) {
            hand(false);
        }
    }

    /** Hands over the last entries; {@link #close} waits until they are written. */
    void end() throws IOException {
        hand(true);
    }

    private void hand(boolean last) throws IOException {
        List<JournalEntry> full = batch;
        batch = new ArrayList<>();
        await();
        before = writer.submit(() -> {
            write(full, last);
            return true;
        });
    }

    private void write(List<JournalEntry> entries, boolean last) throws SQLException {
        for (JournalEntry entry : entries) {
            rows.add(entry);
        }
        if (last) {
            rows.close();
        }
    }

    private void await() throws IOException {
        try {
            before.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a catalog is written", e);
        } catch (ExecutionException e) {
            throw new IOException("a catalog cannot be written", e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            await();
        } finally {
            writer.shutdown();
        }
    }
}
