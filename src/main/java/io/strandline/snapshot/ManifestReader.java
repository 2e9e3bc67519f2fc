package io.strandline.snapshot;

import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ManifestWriter} writes, and nothing else: every field is known, there, of its type and in range. */
final class ManifestReader {

    Manifest read(byte[] document) throws MalformedManifestException {
        try {
            return readManifest(JsonObject.read(document, "manifest"));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedManifestException("manifest has a value out of range: " + e.getMessage(), e);
        }
    }

    /** The bytes of the config within. */
    byte[] config(byte[] document) throws MalformedManifestException {
        try {
            return configData(JsonObject.read(document, "manifest").object("config"));
        } catch (IllegalArgumentException e) {
            throw new MalformedManifestException("manifest has a value out of range: " + e.getMessage(), e);
        }
    }

    private static Manifest readManifest(JsonObject root) throws MalformedManifestException {
        if (root.number("schemaVersion") != ManifestWords.SCHEMA_VERSION) {
            throw root.wrong("schemaVersion", "is not " + ManifestWords.SCHEMA_VERSION);
        }
        root.constant("mediaType", ManifestWords.MANIFEST);
        root.constant("artifactType", ManifestWords.ARTIFACT);
        JsonObject config = readConfig(root.object("config"));
        JsonObject annotations = root.object("annotations");
        Map<StateName, List<Run>> runs = readLayers(root);
        root.end();
        SnapshotContent content = readContent(annotations, config, runs);
        List<LineSegment> line = new ArrayList<>();
        for (JsonObject segment : config.objects("line")) {
            line.add(readSegment(segment));
        }
        String pipeline = config.has(ManifestWords.PIPELINE) ? config.text(ManifestWords.PIPELINE) : null;
        config.end();
        Manifest manifest = readIdentity(annotations, line, content, pipeline);
        annotations.end();
        return manifest;
    }

    private static Manifest readIdentity(
            JsonObject annotations, List<LineSegment> line, SnapshotContent content, @Nullable String pipeline)
            throws MalformedManifestException {
        return new Manifest(
                SnapshotId.parse(annotations.text(ManifestWords.ID)),
                annotations.text(ManifestWords.JOB_ID),
                annotations.text(ManifestWords.JOB),
                annotations.text(ManifestWords.BRANCH),
                annotations.oneOf(ManifestWords.KIND, SnapshotKind.class),
                idIfAny(annotations, ManifestWords.PARENT),
                idIfAny(annotations, ManifestWords.BASE),
                idIfAny(annotations, ManifestWords.REVERTS_TO),
                annotations.digits(ManifestWords.EPOCH),
                annotations.smallDigits(ManifestWords.PIPELINE_VERSION),
                Instant.parse(annotations.text(ManifestWords.STARTED)),
                Instant.parse(annotations.text(ManifestWords.CREATED)),
                line,
                content,
                pipeline,
                digestIfAny(annotations, ManifestWords.IMPORTED_FROM));
    }

    private static SnapshotContent readContent(
            JsonObject annotations, JsonObject config, Map<StateName, List<Run>> runs)
            throws MalformedManifestException {
        List<SourcePosition> sources = new ArrayList<>();
        for (JsonObject source : config.objects("sources")) {
            sources.add(readSource(source));
        }
        List<OperatorContent> operators = new ArrayList<>();
        for (JsonObject operator : config.objects("operators")) {
            operators.add(readOperator(operator, runs));
        }
        if (!runs.isEmpty()) {
            throw annotations.wrong(ManifestWords.STATE, "names an unknown state: " + runs.keySet());
        }
        return new SnapshotContent(
                annotations.digits(ManifestWords.NUMBER),
                annotations.oneOf(ManifestWords.MODE, SnapshotMode.class),
                annotations.text(ManifestWords.BACKEND),
                annotations.smallDigits(ManifestWords.PARALLELISM),
                annotations.smallDigits(ManifestWords.MAX_PARALLELISM),
                sources,
                operators,
                annotations.digits(ManifestWords.NEW_BYTES));
    }

    private static @Nullable SnapshotId idIfAny(JsonObject annotations, String name) throws MalformedManifestException {
        return annotations.has(name) ? SnapshotId.parse(annotations.text(name)) : null;
    }

    private static @Nullable String digestIfAny(JsonObject annotations, String name) throws MalformedManifestException {
        return annotations.has(name) ? Digest.parse(annotations.text(name)).toString() : null;
    }

    private static JsonObject readConfig(JsonObject descriptor) throws MalformedManifestException {
        return JsonObject.read(configData(descriptor), "config");
    }

    /** The config that a manifest carries within itself. */
    static byte[] configData(JsonObject descriptor) throws MalformedManifestException {
        byte[] data = Base64.getDecoder().decode(descriptor.text("data"));
        Blob blob = readBlob(descriptor);
        descriptor.end();
        if (!blob.mediaType().equals(ManifestWords.CONFIG)) {
            throw descriptor.wrong("mediaType", "is " + blob.mediaType() + ", not " + ManifestWords.CONFIG);
        }
        if (blob.sizeBytes() != data.length || !blob.digest().equals(Digest.ofBytes(data))) {
            throw descriptor.wrong("data", "is not what its digest and size say");
        }
        return data;
    }

    private static Blob readBlob(JsonObject descriptor) throws MalformedManifestException {
        return new Blob(
                descriptor.text("mediaType"), Digest.parse(descriptor.text("digest")), descriptor.number("size"));
    }

    private static Map<StateName, List<Run>> readLayers(JsonObject root) throws MalformedManifestException {
        Map<StateName, List<Run>> runs = new LinkedHashMap<>();
        List<JsonObject> layers = root.objects("layers");
        for (JsonObject layer : layers) {
            Blob blob = readBlob(layer);
            if (blob.equals(ManifestWords.EMPTY_LAYER) && layers.size() == 1) {
                layer.text("data");
            } else {
                readRun(layer.object("annotations"), blob, runs);
            }
            layer.end();
        }
        return runs;
    }

    private static void readRun(JsonObject annotations, Blob blob, Map<StateName, List<Run>> runs)
            throws MalformedManifestException {
        StateName of = new StateName(annotations.text(ManifestWords.OPERATOR), annotations.text(ManifestWords.STATE));
        Run run = new Run(
                annotations.digits(ManifestWords.RUN_NUMBER),
                annotations.smallDigits(ManifestWords.RUN_SEQUENCE),
                readKeyGroups(annotations),
                annotations.digits(ManifestWords.ENTRIES),
                annotations.digits(ManifestWords.DELETES),
                blob,
                annotations.has(ManifestWords.CONVERSION)
                        ? ValueConversion.parse(annotations.text(ManifestWords.CONVERSION))
                        : null);
        annotations.end();
        runs.computeIfAbsent(of, any -> new ArrayList<>()).add(run);
    }

    private static KeyGroupRange readKeyGroups(JsonObject annotations) throws MalformedManifestException {
        String text = annotations.text(ManifestWords.KEY_GROUPS);
        int dash = text.indexOf('-');
        if (dash < 0) {
            throw annotations.wrong(ManifestWords.KEY_GROUPS, "is " + text + ", not first-last");
        }
        return new KeyGroupRange(Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
    }

    private static SourcePosition readSource(JsonObject source) throws MalformedManifestException {
        SourcePosition position = new SourcePosition(
                source.text("source"), source.text("split"), source.number("offset"), source.time("maxTimestamp"));
        source.end();
        return position;
    }

    private static LineSegment readSegment(JsonObject segment) throws MalformedManifestException {
        LineSegment read =
                new LineSegment(segment.text("branch"), segment.number("firstNumber"), segment.number("lastNumber"));
        segment.end();
        return read;
    }

    private static OperatorContent readOperator(JsonObject operator, Map<StateName, List<Run>> runs)
            throws MalformedManifestException {
        String name = operator.text("name");
        List<StateContent> states = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonObject state : operator.objects("states")) {
            StateSchema schema = readSchema(state);
            if (!seen.add(schema.name())) {
                throw state.wrong("name", "is " + schema.name() + ", which the operator has already");
            }
            List<Run> own = runs.remove(new StateName(name, schema.name()));
            states.add(new StateContent(schema, own == null ? List.of() : own));
        }
        OperatorContent content = new OperatorContent(name, operator.time("watermark"), states);
        operator.end();
        return content;
    }

    private static StateSchema readSchema(JsonObject state) throws MalformedManifestException {
        StateSchema schema = new StateSchema(
                state.text("name"),
                state.oneOf("form", StateSchema.Form.class),
                readColumns(state.objects("key")),
                state.bool("namespaced"),
                readColumns(state.objects("value")));
        state.end();
        return schema;
    }

    private static List<Column> readColumns(List<JsonObject> columns) throws MalformedManifestException {
        List<Column> read = new ArrayList<>();
        for (JsonObject column : columns) {
            read.add(new Column(
                    column.text("name"),
                    column.oneOf("type", ColumnType.class),
                    column.has("shape") ? column.text("shape") : null));
            column.end();
        }
        return read;
    }

    /** A state of an operator, as layers name it. */
    private record StateName(String operator, String state) {}
}
