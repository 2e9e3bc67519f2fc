package io.strandline.runner.embedded;

import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.file.FileSink;
import io.strandline.engine.connector.file.FileSource;
import io.strandline.engine.connector.record.RecordColumn;
import io.strandline.engine.connector.record.RecordFormat;
import io.strandline.engine.element.RowType;
import io.strandline.pipeline.SinkSpec;
import io.strandline.pipeline.SourceSpec;
import io.strandline.pipeline.TimestampPattern;
import io.strandline.snapshot.ColumnType;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** File sources and sinks as the engine's. */
final class FileConnectors {

    private FileConnectors() {}

    static Source source(SourceSpec.FileSource spec, FilesRoots files) throws IOException {
        return new FileSource(
                files.existing(spec.path()),
                spec.path(),
                RecordFormat.valueOf(spec.format().name()),
                spec.columns().stream().map(FileConnectors::column).toList(),
                FileSource.OnEnd.valueOf(spec.onEnd().name()));
    }

    static Sink sink(SinkSpec.FileSink spec, RowType rows, FilesRoots files) throws IOException {
        return new FileSink(
                files.directory(spec.path()),
                rows,
                RecordFormat.valueOf(spec.format().name()));
    }

    private static RecordColumn column(SourceSpec.SourceColumn column) {
        return new RecordColumn(column.name(), ColumnType.valueOf(column.type().name()), parser(column.timestamp()));
    }

    private static RecordColumn.@Nullable TimestampParser parser(@Nullable TimestampPattern pattern) {
        if (pattern == null) {
            return null;
        }
        DateTimeFormatter formatter = pattern.formatter();
        return text -> TimestampPattern.read(formatter, text).toEpochMilli();
    }
}
