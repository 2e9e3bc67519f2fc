package io.strandline.runner.connect;

import io.strandline.engine.connector.record.JsonRecordParser;
import io.strandline.engine.connector.record.JsonTexts;
import io.strandline.engine.connector.record.RecordColumn;
import io.strandline.engine.connector.record.RecordFormatException;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.pipeline.SourceSpec.SourceColumn;
import io.strandline.runner.intake.Push;
import io.strandline.runner.intake.PushOutcome.BadRecord;
import io.strandline.snapshot.Column;
import java.util.ArrayList;
import java.util.List;

/** Checks records against a source's schema, each with its place in the body. */
final class PushedRecords {

    private static final int MOST_MISTAKES = 100;

    private final List<RecordColumn> columns;
    private final RowType rows;

    PushedRecords(List<SourceColumn> columns) {
        this.columns = RecordColumns.of(columns);
        this.rows = new RowType(this.columns.stream()
                .map(column -> new Column(column.name(), column.type()))
                .toList());
    }

    /** The records' texts, and what is wrong with some of them. */
    record Checked(List<byte[]> records, List<BadRecord> mistakes) {}

    Checked check(Push push) {
        List<byte[]> texts;
        try {
            texts = push.lines() ? JsonTexts.ofLines(push.body()) : JsonTexts.ofArray(push.body());
        } catch (RecordFormatException wrong) {
            return new Checked(List.of(), List.of(new BadRecord("", wrong.detail())));
        }
        if (texts.isEmpty()) {
            return new Checked(texts, List.of(new BadRecord("", "there is no record")));
        }
        return new Checked(texts, mistakes(texts));
    }

    private List<BadRecord> mistakes(List<byte[]> texts) {
        List<BadRecord> mistakes = new ArrayList<>();
        JsonRecordParser parser = new JsonRecordParser(columns);
        Batch row = new Batch(rows, 1);
        for (int index = 0; index < texts.size() && mistakes.size() < MOST_MISTAKES; index++) {
            byte[] text = texts.get(index);
            try {
                parser.parse(text, 0, text.length, row);
            } catch (RecordFormatException wrong) {
                String field = wrong.field();
                mistakes.add(new BadRecord("/" + index + (field == null ? "" : "/" + field), wrong.detail()));
            }
        }
        return mistakes;
    }
}
