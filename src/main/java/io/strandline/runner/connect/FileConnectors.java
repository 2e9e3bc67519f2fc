package io.strandline.runner.connect;

import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.file.FileSink;
import io.strandline.engine.connector.file.FileSource;
import io.strandline.engine.connector.part.PartDirectory;
import io.strandline.engine.connector.record.RecordFormat;
import io.strandline.engine.element.RowType;
import io.strandline.pipeline.SinkSpec;
import io.strandline.pipeline.SourceSpec;
import java.io.IOException;

/** File sources and sinks as the engine's. */
final class FileConnectors {

    private FileConnectors() {}

    static Source source(SourceSpec.FileSource spec, FilesRoots files) throws IOException {
        return new FileSource(
                files.existing(spec.path()),
                spec.path(),
                RecordFormat.valueOf(spec.format().name()),
                RecordColumns.of(spec.columns()),
                FileSource.OnEnd.valueOf(spec.onEnd().name()));
    }

    static Sink sink(SinkSpec.FileSink spec, RowType rows, PartDirectory directory) {
        return new FileSink(directory, rows, RecordFormat.valueOf(spec.format().name()));
    }
}
