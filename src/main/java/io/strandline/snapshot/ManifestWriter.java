package io.strandline.snapshot;

import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a version as an OCI artifact manifest, the same bytes for the same version.
 *
 * <p>What is one value is an annotation; runs are the layers; lists (positions, line, operators with their schemas) are the
 * config, which the manifest carries within itself so that one small file says everything.
 */
final class ManifestWriter {

    private final JsonFactory json = new JsonFactory();

    byte[] write(Manifest manifest) {
        byte[] config = document(generator -> writeConfig(generator, manifest));
        return document(generator -> {
            generator.writeStartObject();
            generator.writeNumberProperty("schemaVersion", ManifestWords.SCHEMA_VERSION);
            generator.writeStringProperty("mediaType", ManifestWords.MANIFEST);
            generator.writeStringProperty("artifactType", ManifestWords.ARTIFACT);
            generator.writeObjectPropertyStart("config");
            writeDescriptor(generator, new Blob(ManifestWords.CONFIG, Digest.ofBytes(config), config.length), config);
            generator.writeEndObject();
            writeLayers(generator, manifest.content());
            writeAnnotations(generator, manifest);
            generator.writeEndObject();
        });
    }

    private byte[] document(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
            content.accept(generator);
        }
        return bytes.toByteArray();
    }

    private static void writeDescriptor(JsonGenerator generator, Blob blob, byte @Nullable [] data) {
        generator.writeStringProperty("mediaType", blob.mediaType());
        generator.writeStringProperty("digest", blob.digest().toString());
        generator.writeNumberProperty("size", blob.sizeBytes());
        if (data != null) {
            generator.writeStringProperty("data", Base64.getEncoder().encodeToString(data));
        }
    }

    private static void writeLayers(JsonGenerator generator, SnapshotContent content) {
        generator.writeArrayPropertyStart("layers");
        boolean none = true;
        for (OperatorContent operator : content.operators()) {
            for (StateContent state : operator.states()) {
                for (Run run : state.runs()) {
                    writeRun(generator, operator, state, run);
                    none = false;
                }
            }
        }
        if (none) {
            generator.writeStartObject();
            writeDescriptor(generator, ManifestWords.EMPTY_LAYER, new byte[] {'{', '}'});
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }

    private static void writeRun(JsonGenerator generator, OperatorContent operator, StateContent state, Run run) {
        generator.writeStartObject();
        writeDescriptor(generator, run.blob(), null);
        generator.writeObjectPropertyStart("annotations");
        generator.writeStringProperty(ManifestWords.OPERATOR, operator.name());
        generator.writeStringProperty(ManifestWords.STATE, state.schema().name());
        generator.writeStringProperty(ManifestWords.RUN_NUMBER, Long.toString(run.number()));
        generator.writeStringProperty(ManifestWords.RUN_SEQUENCE, Integer.toString(run.sequence()));
        generator.writeStringProperty(
                ManifestWords.KEY_GROUPS,
                run.keyGroups().first() + "-" + run.keyGroups().last());
        generator.writeStringProperty(ManifestWords.ENTRIES, Long.toString(run.entries()));
        generator.writeStringProperty(ManifestWords.DELETES, Long.toString(run.deletes()));
        ValueConversion conversion = run.conversion();
        if (conversion != null) {
            generator.writeStringProperty(ManifestWords.CONVERSION, conversion.toText());
        }
        generator.writeEndObject();
        generator.writeEndObject();
    }

    private static void writeAnnotations(JsonGenerator generator, Manifest manifest) {
        SnapshotContent content = manifest.content();
        generator.writeObjectPropertyStart("annotations");
        generator.writeStringProperty(
                ManifestWords.CREATED, manifest.completedAt().toString());
        generator.writeStringProperty(
                ManifestWords.STARTED, manifest.startedAt().toString());
        generator.writeStringProperty(ManifestWords.ID, manifest.id().toString());
        generator.writeStringProperty(ManifestWords.JOB_ID, manifest.jobId());
        generator.writeStringProperty(ManifestWords.JOB, manifest.job());
        generator.writeStringProperty(ManifestWords.BRANCH, manifest.branch());
        generator.writeStringProperty(ManifestWords.NUMBER, Long.toString(manifest.number()));
        generator.writeStringProperty(ManifestWords.KIND, manifest.kind().name());
        generator.writeStringProperty(ManifestWords.MODE, content.mode().name());
        writeIfAny(generator, ManifestWords.PARENT, manifest.parent());
        writeIfAny(generator, ManifestWords.BASE, manifest.base());
        writeIfAny(generator, ManifestWords.REVERTS_TO, manifest.revertsTo());
        String importedFrom = manifest.importedFrom();
        if (importedFrom != null) {
            generator.writeStringProperty(ManifestWords.IMPORTED_FROM, importedFrom);
        }
        generator.writeStringProperty(ManifestWords.EPOCH, Long.toString(manifest.epoch()));
        generator.writeStringProperty(ManifestWords.PIPELINE_VERSION, Integer.toString(manifest.pipelineVersion()));
        generator.writeStringProperty(ManifestWords.BACKEND, content.backend());
        generator.writeStringProperty(ManifestWords.PARALLELISM, Integer.toString(content.parallelism()));
        generator.writeStringProperty(ManifestWords.MAX_PARALLELISM, Integer.toString(content.maxParallelism()));
        generator.writeStringProperty(ManifestWords.NEW_BYTES, Long.toString(content.newBytes()));
        generator.writeEndObject();
    }

    private static void writeIfAny(JsonGenerator generator, String key, @Nullable SnapshotId id) {
        if (id != null) {
            generator.writeStringProperty(key, id.toString());
        }
    }

    private static void writeConfig(JsonGenerator generator, Manifest manifest) {
        generator.writeStartObject();
        generator.writeArrayPropertyStart("sources");
        manifest.content().sources().forEach(source -> writeSource(generator, source));
        generator.writeEndArray();
        generator.writeArrayPropertyStart("line");
        manifest.line().forEach(segment -> writeSegment(generator, segment));
        generator.writeEndArray();
        generator.writeArrayPropertyStart("operators");
        manifest.content().operators().forEach(operator -> writeOperator(generator, operator));
        generator.writeEndArray();
        String pipeline = manifest.pipeline();
        if (pipeline != null) {
            generator.writeStringProperty(ManifestWords.PIPELINE, pipeline);
        }
        generator.writeEndObject();
    }

    private static void writeSource(JsonGenerator generator, SourcePosition source) {
        generator.writeStartObject();
        generator.writeStringProperty("source", source.source());
        generator.writeStringProperty("split", source.split());
        generator.writeNumberProperty("offset", source.offset());
        writeTime(generator, "maxTimestamp", source.maxTimestamp());
        generator.writeEndObject();
    }

    private static void writeSegment(JsonGenerator generator, LineSegment segment) {
        generator.writeStartObject();
        generator.writeStringProperty("branch", segment.branch());
        generator.writeNumberProperty("firstNumber", segment.firstNumber());
        generator.writeNumberProperty("lastNumber", segment.lastNumber());
        generator.writeEndObject();
    }

    private static void writeOperator(JsonGenerator generator, OperatorContent operator) {
        generator.writeStartObject();
        generator.writeStringProperty("name", operator.name());
        writeTime(generator, "watermark", operator.watermark());
        generator.writeArrayPropertyStart("states");
        operator.states().forEach(state -> writeSchema(generator, state.schema()));
        generator.writeEndArray();
        generator.writeEndObject();
    }

    private static void writeSchema(JsonGenerator generator, StateSchema schema) {
        generator.writeStartObject();
        generator.writeStringProperty("name", schema.name());
        generator.writeStringProperty("form", schema.form().name());
        generator.writeBooleanProperty("namespaced", schema.namespaced());
        generator.writeArrayPropertyStart("key");
        schema.key().forEach(column -> writeColumn(generator, column));
        generator.writeEndArray();
        generator.writeArrayPropertyStart("value");
        schema.value().forEach(column -> writeColumn(generator, column));
        generator.writeEndArray();
        generator.writeEndObject();
    }

    private static void writeColumn(JsonGenerator generator, Column column) {
        generator.writeStartObject();
        generator.writeStringProperty("name", column.name());
        generator.writeStringProperty("type", column.type().name());
        String shape = column.shape();
        if (shape != null) {
            generator.writeStringProperty("shape", shape);
        }
        generator.writeEndObject();
    }

    /** Null stands for "none yet": most JSON readers cannot hold {@code Long.MIN_VALUE}. */
    private static void writeTime(JsonGenerator generator, String name, long time) {
        if (time == Long.MIN_VALUE) {
            generator.writeNullProperty(name);
        } else {
            generator.writeNumberProperty(name, time);
        }
    }
}
