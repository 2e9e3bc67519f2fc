package io.strandline.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a sink. */
final class SinkReader {

    private static final List<String> TYPES = List.of("file", "discard");
    private static final List<String> LATER = List.of("jdbc", "kafka", "http");

    @Nullable
    SinkSpec read(String name, Fields fields) {
        String type = fields.type(TYPES, LATER);
        if (type == null) {
            return null;
        }
        String input = fields.text("input", "the name of a source or operator");
        SinkSpec sink = type.equals("file") ? file(name, input, fields) : new SinkSpec.DiscardSink(name, input);
        fields.refuseUnknown();
        return sink;
    }

    private static SinkSpec file(String name, String input, Fields fields) {
        String path = fields.path("path", false);
        FileFormat format = fields.choice("format", FileFormat.values(), FileFormat::wireName, null);
        return new SinkSpec.FileSink(name, input, path, format);
    }
}
