package io.strandline.runner.connect;

import io.strandline.engine.connector.record.RecordColumn;
import io.strandline.pipeline.SourceSpec.SourceColumn;
import io.strandline.pipeline.TimestampPattern;
import io.strandline.snapshot.ColumnType;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schema's columns as the engine's. */
final class RecordColumns {

    private RecordColumns() {}

    static List<RecordColumn> of(List<SourceColumn> columns) {
        return columns.stream()
                .map(column -> new RecordColumn(
                        column.name(), ColumnType.valueOf(column.type().name()), parser(column.timestamp())))
                .toList();
    }

    private static RecordColumn.@Nullable TimestampParser parser(@Nullable TimestampPattern pattern) {
        if (pattern == null) {
            return null;
        }
        DateTimeFormatter formatter = pattern.formatter();
        return text -> TimestampPattern.read(formatter, text).toEpochMilli();
    }
}
