package io.strandline.engine.connector.file;

import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.connector.part.DiskPartFiles;
import io.strandline.engine.connector.part.PartDirectory;
import io.strandline.engine.connector.part.PartName;
import io.strandline.engine.connector.part.PartWriter;
import io.strandline.engine.connector.record.RecordFormat;
import io.strandline.engine.element.RowType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BiPredicate;

/**
 * Writes part files that become visible when a checkpoint completes: rows go to a file nobody names; at the barrier it is
 * fsynced and gets a dotted name with the attempt's number; when a checkpoint of that number or a later one completes, the
 * dot goes. A start takes back what its line does not have and brings back what it has again. An attempt without rows makes
 * no file.
 *
 * <p>A commit concerns only what this start's own writers staged: a writer of an earlier start that was late cannot slip in.
 * The protocol is that of Flink's {@code FileSink}, with the number in the name so that a restore can tell.
 */
public final class FileSink implements Sink {

    private final PartDirectory directory;
    private final RowType rows;
    private final RecordFormat format;
    private final NavigableSet<PartName> staged = new ConcurrentSkipListSet<>(
            Comparator.comparingLong(PartName::number).thenComparing(PartName::fileName));

    /**
     * @param directory where part files go
     * @param rows what is written
     */
    public FileSink(PartDirectory directory, RowType rows, RecordFormat format) {
        this.directory = directory;
        this.rows = rows;
        this.format = format;
    }

    /**
     * Deletes parts that were taken back from a sink's directory.
     *
     * @param chosen by branch and number
     * @return how many went
     */
    public static int release(Path directory, BiPredicate<String, Long> chosen) throws IOException {
        return new PartDirectory(directory, new DiskPartFiles()).release(chosen);
    }

    @Override
    public List<OutputMove> recover(SinkStart start) throws IOException {
        return directory.recover(start);
    }

    @Override
    public SinkWriter writer(SinkWriterContext context) {
        TextEncoder encoder = new TextEncoder(format.formatter(rows), format.extension());
        return new PartWriter(directory, encoder, context, staged::add);
    }

    @Override
    public void commit(long number) throws IOException {
        List<PartName> due =
                staged.stream().takeWhile(part -> part.number() <= number).toList();
        if (!due.isEmpty()) {
            directory.commit(due);
            staged.removeAll(due);
        }
    }
}
