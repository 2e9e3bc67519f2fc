package io.strandline.engine.connector.file;

import io.strandline.engine.connector.PoisonRecordException;
import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.connector.record.CsvRecordParser;
import io.strandline.engine.connector.record.JsonRecordParser;
import io.strandline.engine.connector.record.RecordColumn;
import io.strandline.engine.connector.record.RecordFormat;
import io.strandline.engine.connector.record.RecordFormatException;
import io.strandline.engine.connector.record.RecordParser;
import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads one file of one record a line; the file is the only split, its offset the position of the next line.
 *
 * @param file where it lies
 * @param split its name as the pipeline has it, the split's identity across restarts
 * @param format how records are written
 * @param columns what is read from each record; others are skipped
 * @param onEnd what happens at the end of the file
 */
public record FileSource(Path file, String split, RecordFormat format, List<RecordColumn> columns, OnEnd onEnd)
        implements Source {

    /** What happens at the end of the file. */
    public enum OnEnd {
        /** The split ends; a last line without line feed counts. */
        STOP,
        /** Wait for more; a last line counts when its line feed has come. */
        FOLLOW,
        /** Begin again; a last line without line feed counts. */
        REPEAT
    }

    public FileSource {
        columns = List.copyOf(columns);
    }

    @Override
    public RowType type() {
        return new RowType(columns.stream()
                .map(column -> new Column(column.name(), column.type()))
                .toList());
    }

    @Override
    public List<String> splits() {
        return List.of(split);
    }

    @Override
    public SplitReader open(String name, long offset) throws IOException {
        if (!name.equals(split)) {
            throw new IOException("the source reads " + split + "; the version it goes on from has read " + name);
        }
        long size = Files.size(file);
        if (offset > size) {
            throw new IOException(
                    "%s has %d bytes; the version it goes on from has read %d".formatted(split, size, offset));
        }
        return new FileSplitReader(this, offset);
    }

    /** A parser for the file's lines, and where the first record begins. */
    Opening opening() throws IOException {
        if (format == RecordFormat.JSON) {
            return new Opening(new JsonRecordParser(columns), 0);
        }
        try (LineReader lines = new LineReader(file, 0)) {
            if (!lines.next() && !lines.rest()) {
                throw new PoisonRecordException(split, 0, "the file is empty where a header line is expected");
            }
            String header = new String(
                    lines.bytes(), lines.lineFrom(), lines.lineTo() - lines.lineFrom(), StandardCharsets.UTF_8);
            return new Opening(new CsvRecordParser(columns, header), lines.offset());
        } catch (RecordFormatException wrong) {
            throw new PoisonRecordException(split, 0, wrong.detail());
        }
    }

    /** How to read the file's lines, and where its first record begins. */
    record Opening(RecordParser parser, long firstRecord) {}
}
