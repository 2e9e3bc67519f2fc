package io.strandline.state.instance;

import io.strandline.state.RunReader;
import io.strandline.state.table.EntryLayout;
import io.strandline.state.table.StoredBlock;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads all live entries that runs hold of a table, in the background and a block ahead of the table's owner, who takes block
 * after block when it suits and never waits.
 */
final class RunScan implements Closeable {

    private final BackgroundWork background;
    private final Opener opener;
    private final Runnable wakeUp;
    private RunReader.@Nullable Cursor entries;
    private StoredBlock filling;
    private StoredBlock taken;
    private boolean atEnd;
    private volatile boolean filled;
    private volatile boolean closed;
    private volatile @Nullable Exception failure;

    /**
     * Begins with the first block.
     *
     * @param start what comes before it: reads wait for that, and share processor and disk with this
     * @param opener opens the runs, in the background
     * @param wakeUp run when a block can be taken
     */
    RunScan(
            EntryLayout layout,
            BackgroundWork background,
            CompletableFuture<Void> start,
            Opener opener,
            Runnable wakeUp) {
        this.background = background;
        this.opener = opener;
        this.wakeUp = wakeUp;
        this.filling = new StoredBlock(layout);
        this.taken = new StoredBlock(layout);
        start.thenRun(() -> background.execute(this::fill));
    }

    /** Whether a block can be taken. */
    boolean hasNext() {
        Exception failed = failure;
        if (failed != null) {
            throw new UncheckedIOException(new IOException("what was restored cannot be read", failed));
        }
        return filled;
    }

    /** The next block, valid until the next call; legal when there is one. */
    StoredBlock next() {
        StoredBlock block = filling;
        filling = taken;
        taken = block;
        if (!atEnd) {
            filled = false;
            background.execute(this::fill);
        }
        return block;
    }

    /** Whether the block that can be taken is the last. */
    boolean isLast() {
        return atEnd;
    }

    /** Whether it has no files open any more. */
    boolean isOver() {
        return filled && (closed || atEnd);
    }

    /** Ends it early; its files are closed by whoever used them last. */
    void cancel() {
        closed = true;
        if (filled) {
            closeEntries();
        }
    }

    /** Closes its files, when nothing goes on in the background any more. */
    @Override
    public void close() {
        closeEntries();
    }

    private void fill() {
        try {
            if (!closed) {
                read();
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
            closeEntries();
        }
        boolean over = atEnd;
        filled = true;
        if (over || closed) {
            closeEntries();
        }
        wakeUp.run();
    }

    private void read() throws IOException {
        RunReader.Cursor cursor = entries;
        if (cursor == null) {
            cursor = opener.open();
            entries = cursor;
        }
        atEnd = !filling.fill(cursor);
    }

    private synchronized void closeEntries() {
        RunReader.Cursor cursor = entries;
        entries = null;
        if (cursor != null) {
            cursor.close();
        }
    }

    /** Opens what is to be read. */
    @FunctionalInterface
    interface Opener {

        /** A cursor that closes its files. */
        RunReader.Cursor open() throws IOException;
    }
}
