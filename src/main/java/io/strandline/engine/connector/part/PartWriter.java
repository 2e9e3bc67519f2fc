package io.strandline.engine.connector.part;

import io.strandline.engine.connector.OutputLostException;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.element.Batch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stages one subtask's rows in parts; what is between two barriers is one part, or several when it is long.
 *
 * <p>A full disk loses nothing: what could not be written or named is kept and goes to the attempt after, and until it can
 * be written the writer stalls. It holds one buffer and one batch then. A part whose fsync failed is lost, whatever the
 * error: the instance fails, and the next one writes its rows again.
 */
public final class PartWriter implements SinkWriter {

    private static final int BUFFERED_BYTES = 64 * 1024;
    private static final long LONGEST_PART_BYTES = 128L << 20;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final PartDirectory directory;
    private final RowEncoder encoder;
    private final SinkWriterContext context;
    private final Consumer<PartName> staged;
    private final List<OpenPart> sinceBarrier = new ArrayList<>();
    private final List<OpenPart> unnamed = new ArrayList<>();
    private @Nullable OpenPart current;
    private @Nullable ByteBuffer unwritten;
    private @Nullable IOException stall;
    private long triedNanos;
    private CompletableFuture<Void> lastStaged = CompletableFuture.completedFuture(null);

    /** @param staged told each part that is durable under its staged name */
    public PartWriter(
            PartDirectory directory, RowEncoder encoder, SinkWriterContext context, Consumer<PartName> staged) {
        this.directory = directory;
        this.encoder = encoder;
        this.context = context;
        this.staged = staged;
    }

    @Override
    public void write(Batch batch) throws IOException {
        if (current == null && stall == null && batch.size() > 0) {
            begin();
        }
        for (int row = 0; row < batch.size(); row++) {
            encoder.append(batch, row);
            if (encoder.pending() >= BUFFERED_BYTES && unwritten == null) {
                drain();
            }
        }
    }

    @Override
    public @Nullable IOException stall() throws IOException {
        if (stall != null && context.nanos().getAsLong() - triedNanos >= RETRY_NANOS) {
            drain();
        }
        return stall;
    }

    @Override
    public CompletableFuture<Void> prepare(long number) throws IOException {
        drain();
        IOException full = stall;
        if (full != null) {
            return CompletableFuture.failedFuture(full);
        }
        current = null;
        List<OpenPart> parts = List.copyOf(sinceBarrier);
        sinceBarrier.clear();
        // a later number also commits what this one staged, so it must not be durable before it
        lastStaged = lastStaged.handle((done, failed) -> null).thenCompose(before -> staging(parts, number));
        return lastStaged;
    }

    @Override
    public void close() throws IOException {
        for (OpenPart part : sinceBarrier) {
            part.close();
        }
    }

    /** Begins a file before its first row, so that a later start finds it and deletes it; or stalls. */
    private void begin() throws IOException {
        stallWhenFull(this::open);
    }

    /** Writes what is pending, or stalls. */
    private void drain() throws IOException {
        stallWhenFull(() -> {
            while (unwritten != null || encoder.pending() > 0) {
                ByteBuffer rows = unwritten == null ? encoder.take() : unwritten;
                unwritten = rows;
                write(rows);
                unwritten = null;
            }
        });
    }

    private void stallWhenFull(Attempt attempt) throws IOException {
        triedNanos = context.nanos().getAsLong();
        try {
            attempt.run();
            stall = null;
        } catch (IOException e) {
            if (!context.storageFull().test(e)) {
                throw e;
            }
            stall = e;
        }
    }

    private void write(ByteBuffer rows) throws IOException {
        OpenPart part = open();
        part.write(rows);
        if (part.size() >= LONGEST_PART_BYTES) {
            current = null;
        }
    }

    private OpenPart open() throws IOException {
        OpenPart part = current;
        if (part == null) {
            part = directory.open(context.branch(), context.subtask(), encoder.header());
            current = part;
            sinceBarrier.add(part);
        }
        return part;
    }

    private CompletableFuture<Void> staging(List<OpenPart> parts, long number) {
        if (parts.isEmpty() && unnamed.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        unnamed.addAll(parts);
        return CompletableFuture.runAsync(() -> stage(number), context.blocking());
    }

    /** Names the parts that have no name yet; those that got none stay for the attempt after. */
    private void stage(long number) {
        try {
            for (int index = 0; !unnamed.isEmpty(); index++) {
                OpenPart part = unnamed.get(0);
                part.seal();
                PartName name =
                        new PartName(true, context.branch(), number, context.subtask(), index, encoder.extension());
                directory.stage(part.path(), name);
                staged.accept(name);
                unnamed.remove(0);
            }
        } catch (IOException e) {
            String what = "staging output of attempt " + number + ": " + e.getMessage();
            boolean again = context.storageFull().test(e) && !unnamed.get(0).isLost();
            throw new UncheckedIOException(again ? new IOException(what, e) : new OutputLostException(what, e));
        }
    }

    /** Something that may find the disk full. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException;
    }
}
