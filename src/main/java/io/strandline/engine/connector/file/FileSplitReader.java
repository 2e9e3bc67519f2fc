package io.strandline.engine.connector.file;

import io.strandline.engine.connector.PoisonRecordException;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.connector.record.RecordFormatException;
import io.strandline.engine.connector.record.RecordParser;
import io.strandline.engine.element.Batch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads the lines of a file into batches. */
final class FileSplitReader implements SplitReader {

    private final FileSource source;
    private final RecordParser parser;
    private final long firstRecord;
    private LineReader lines;

    FileSplitReader(FileSource source, long offset) throws IOException {
        FileSource.Opening opening = source.opening();
        this.source = source;
        this.parser = opening.parser();
        this.firstRecord = opening.firstRecord();
        this.lines = new LineReader(source.file(), Math.max(offset, firstRecord));
    }

    @Override
    public Availability read(Batch into, int max) throws IOException {
        for (int taken = 0; taken < max; ) {
            if (!nextLine()) {
                return atEnd();
            }
            if (!blank()) {
                parse(into);
                taken++;
            }
        }
        return Availability.MORE;
    }

    @Override
    public long offset() {
        return lines.offset();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private boolean nextLine() throws IOException {
        try {
            return lines.next() || (source.onEnd() != FileSource.OnEnd.FOLLOW && lines.rest());
        } catch (LineReader.LineTooLongException tooLong) {
            throw new PoisonRecordException(source.split(), tooLong.offset(), tooLong.detail(), tooLong.begin());
        }
    }

    private Availability atEnd() throws IOException {
        return switch (source.onEnd()) {
            case STOP -> Availability.END;
            case FOLLOW -> Availability.LATER;
            case REPEAT -> {
                boolean empty = lines.offset() == firstRecord;
                lines.close();
                lines = new LineReader(source.file(), firstRecord);
                yield empty ? Availability.LATER : Availability.MORE;
            }
        };
    }

    private boolean blank() {
        for (int i = lines.lineFrom(); i < lines.lineTo(); i++) {
            if (lines.bytes()[i] != ' ' && lines.bytes()[i] != '\r' && lines.bytes()[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private void parse(Batch into) throws PoisonRecordException {
        try {
            parser.parse(lines.bytes(), lines.lineFrom(), lines.lineTo(), into);
        } catch (RecordFormatException wrong) {
            String record = new String(
                    lines.bytes(), lines.lineFrom(), lines.lineTo() - lines.lineFrom(), StandardCharsets.UTF_8);
            throw new PoisonRecordException(source.split(), lines.lineOffset(), wrong.detail(), record);
        }
        into.size(into.size() + 1);
    }
}
