package io.strandline.engine.connector.file;

import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.element.Batch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stages one subtask's rows in files; what is between two barriers is one part, or several when it is long. */
final class FileSinkWriter implements SinkWriter {

    private static final int BUFFERED_CHARS = 64 * 1024;
    private static final long LONGEST_PART_BYTES = 128L << 20;

    private final PartDirectory directory;
    private final RowFormatter formatter;
    private final String extension;
    private final SinkWriterContext context;
    private final Consumer<PartName> staged;
    private final StringBuilder buffer = new StringBuilder(BUFFERED_CHARS);
    private final List<OpenPart> sinceBarrier = new ArrayList<>();
    private @Nullable OpenPart current;
    private CompletableFuture<Void> lastStaged = CompletableFuture.completedFuture(null);

    /** @param staged told each part that is durable under its staged name */
    FileSinkWriter(
            PartDirectory directory,
            RowFormatter formatter,
            String extension,
            SinkWriterContext context,
            Consumer<PartName> staged) {
        this.directory = directory;
        this.formatter = formatter;
        this.extension = extension;
        this.context = context;
        this.staged = staged;
    }

    @Override
    public void write(Batch batch) throws IOException {
        for (int row = 0; row < batch.size(); row++) {
            if (current == null) {
                begin();
            }
            formatter.append(batch, row, buffer);
            if (buffer.length() >= BUFFERED_CHARS) {
                drain();
            }
        }
    }

    @Override
    public CompletableFuture<Void> prepare(long number) throws IOException {
        drain();
        current = null;
        List<OpenPart> parts = List.copyOf(sinceBarrier);
        sinceBarrier.clear();
        if (!parts.isEmpty()) {
            // a later number also commits what this one staged, so it must not be durable before it
            lastStaged = lastStaged.thenRunAsync(() -> stage(parts, number), context.blocking());
        }
        return lastStaged;
    }

    @Override
    public void close() throws IOException {
        for (OpenPart part : sinceBarrier) {
            part.channel().close();
        }
    }

    private void begin() throws IOException {
        Path file = directory.open(context.branch(), context.subtask());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        current = new OpenPart(file, channel);
        sinceBarrier.add(current);
        buffer.append(formatter.header());
    }

    private void drain() throws IOException {
        OpenPart part = current;
        if (part == null || buffer.isEmpty()) {
            return;
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(buffer));
        while (bytes.hasRemaining()) {
            part.channel().write(bytes);
        }
        buffer.setLength(0);
        if (part.channel().position() >= LONGEST_PART_BYTES) {
            current = null;
        }
    }

    private void stage(List<OpenPart> parts, long number) {
        try {
            for (int index = 0; index < parts.size(); index++) {
                OpenPart part = parts.get(index);
                try (FileChannel channel = part.channel()) {
                    channel.force(true);
                }
                PartName name = new PartName(true, context.branch(), number, context.subtask(), index, extension);
                directory.stage(part.file(), name);
                staged.accept(name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("staging output of attempt " + number + ": " + e.getMessage(), e);
        }
    }

    /** A file that is being written, or waits for its barrier. */
    private record OpenPart(Path file, FileChannel channel) {}
}
