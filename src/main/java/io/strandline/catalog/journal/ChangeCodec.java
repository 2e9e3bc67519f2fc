package io.strandline.catalog.journal;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.strandline.catalog.ApiKey;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.OperationChange;
import io.strandline.catalog.PolicyChange;
import io.strandline.catalog.RefChange;
import io.strandline.catalog.ServerChange;
import io.strandline.catalog.SnapshotChange;
import io.strandline.snapshot.SnapshotId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes as JSON objects with a {@code change} member that names the kind. The names are written to disk for ever: a kind
 * may be added, none may be renamed. A name or field that is not known is refused.
 */
public final class ChangeCodec {

    private static final String KIND = "change";

    /** NUL as JSON escapes it, not a backslash that happens to be followed by its digits. */
    private static final Pattern NUL = Pattern.compile("(?<!\\\\)(?:\\\\{2})*+\\\\u0000");

    private static final Map<String, Class<? extends Change>> KINDS = kinds();
    private static final Map<Class<? extends Change>, String> NAMES =
            KINDS.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(new SimpleModule()
                    .addSerializer(SnapshotId.class, new IdWriter())
                    .addDeserializer(SnapshotId.class, new IdReader()))
            .build();

    /** What people are told: as the journal has it, but for the hashes of secrets, which are nobody's business. */
    private final JsonMapper told =
            json.rebuild().addMixIn(ApiKey.class, WithoutSecrets.class).build();

    /** The names of all kinds there are. */
    public static Set<String> kindNames() {
        return KINDS.keySet();
    }

    /** The name of a change's kind, e.g. {@code tag-created}. */
    public String name(Change change) {
        String name = NAMES.get(change.getClass());
        if (name == null) {
            throw new IllegalStateException("no name on disk for " + change.getClass());
        }
        return name;
    }

    /** A value of the catalog as JSON text, for people to read. */
    public String text(Object value) {
        return told.writeValueAsString(value);
    }

    /** The kinds of change there are, by their names. */
    static Map<String, Class<? extends Change>> kindsByName() {
        return KINDS;
    }

    byte[] encode(Instant at, Scope scope, Cause cause, List<Change> changes) {
        ObjectNode entry = json.createObjectNode();
        entry.put("at", at.toString());
        if (scope instanceof Scope.OfJob job) {
            entry.put("job", job.jobId());
        } else if (scope instanceof Scope.OfOperation operation) {
            entry.put("operation", operation.id());
        }
        ObjectNode who = json.valueToTree(cause);
        if (cause.request() == null) {
            who.remove("request");
        }
        entry.set("cause", who);
        ArrayNode list = entry.putArray("changes");
        for (Change change : changes) {
            ObjectNode node = json.createObjectNode();
            node.put(KIND, name(change));
            node.setAll((ObjectNode) json.valueToTree(change));
            list.add(node);
        }
        String text = entry.toString();
        if (NUL.matcher(text).find()) {
            throw new IllegalArgumentException("an entry with a NUL character, which not every database can keep");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads an entry's payload.
     *
     * @throws UnknownChangeException when it holds a change of a kind that this release does not know
     * @throws IllegalArgumentException when it is not one, saying what is wrong
     */
    JournalEntry decode(long sequence, String hash, byte[] payload) {
        try {
            JsonNode entry = json.readTree(payload);
            List<Change> changes = new ArrayList<>();
            for (JsonNode node : entry.required("changes")) {
                changes.add(change((ObjectNode) node));
            }
            Instant at = Instant.parse(entry.required("at").asString());
            Cause cause = json.treeToValue(entry.required("cause"), Cause.class);
            return new JournalEntry(sequence, hash, at, scope(entry), cause, changes);
        } catch (JacksonException | ClassCastException | DateTimeParseException e) {
            throw new IllegalArgumentException("entry " + sequence + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Scope scope(JsonNode entry) {
        if (entry.has("job")) {
            return new Scope.OfJob(entry.get("job").asString());
        }
        return entry.has("operation")
                ? new Scope.OfOperation(entry.get("operation").asString())
                : new Scope.OfServer();
    }

    private Change change(ObjectNode node) {
        String name = node.required(KIND).asString();
        Class<? extends Change> kind = KINDS.get(name);
        if (kind == null) {
            throw new UnknownChangeException(name);
        }
        node.remove(KIND);
        return json.treeToValue(node, kind);
    }

    private static Map<String, Class<? extends Change>> kinds() {
        Map<String, Class<? extends Change>> kinds = new LinkedHashMap<>();
        kinds.put("job-created", JobChange.JobCreated.class);
        kinds.put("pipeline-version-added", JobChange.PipelineVersionAdded.class);
        kinds.put("pipeline-version-chosen", JobChange.PipelineVersionChosen.class);
        kinds.put("desired-state-set", JobChange.DesiredStateSet.class);
        kinds.put("numbers-reserved", JobChange.NumbersReserved.class);
        kinds.put("instance-started", JobChange.InstanceStarted.class);
        kinds.put("instance-ended", JobChange.InstanceEnded.class);
        kinds.put("job-trashed", JobChange.JobTrashed.class);
        kinds.put("job-undeleted", JobChange.JobUndeleted.class);
        kinds.put("job-purged", JobChange.JobPurged.class);
        kinds.put("snapshot-completed", SnapshotChange.SnapshotCompleted.class);
        kinds.put("snapshot-described", SnapshotChange.SnapshotDescribed.class);
        kinds.put("snapshot-trashed", SnapshotChange.SnapshotTrashed.class);
        kinds.put("snapshot-undeleted", SnapshotChange.SnapshotUndeleted.class);
        kinds.put("snapshot-purged", SnapshotChange.SnapshotPurged.class);
        kinds.put("snapshot-verified", SnapshotChange.SnapshotVerified.class);
        kinds.put("condition-changed", SnapshotChange.ConditionChanged.class);
        putRefs(kinds);
        kinds.put("policy-saved", PolicyChange.PolicySaved.class);
        kinds.put("policy-deleted", PolicyChange.PolicyDeleted.class);
        kinds.put("campaign-saved", ServerChange.CampaignSaved.class);
        kinds.put("key-created", ServerChange.KeyCreated.class);
        kinds.put("key-rotated", ServerChange.KeyRotated.class);
        kinds.put("key-revoked", ServerChange.KeyRevoked.class);
        kinds.put("operation-accepted", OperationChange.OperationAccepted.class);
        kinds.put("operation-ended", OperationChange.OperationEnded.class);
        kinds.put("request-answered", OperationChange.RequestAnswered.class);
        return Map.copyOf(kinds);
    }

    private static void putRefs(Map<String, Class<? extends Change>> kinds) {
        kinds.put("branch-created", RefChange.BranchCreated.class);
        kinds.put("branch-protected", RefChange.BranchProtected.class);
        kinds.put("branch-trashed", RefChange.BranchTrashed.class);
        kinds.put("branch-undeleted", RefChange.BranchUndeleted.class);
        kinds.put("branch-purged", RefChange.BranchPurged.class);
        kinds.put("sinks-chosen", RefChange.SinksChosen.class);
        kinds.put("head-moved", RefChange.HeadMoved.class);
        kinds.put("tag-created", RefChange.TagCreated.class);
        kinds.put("tag-deleted", RefChange.TagDeleted.class);
        kinds.put("hold-placed", RefChange.HoldPlaced.class);
        kinds.put("hold-released", RefChange.HoldReleased.class);
    }

    /** Leaves the hashes of a key's secrets out. */
    @JsonIgnoreProperties({"secret", "previous"})
    private interface WithoutSecrets {}

    /** Ids as plain text. */
    private static final class IdWriter extends ValueSerializer<SnapshotId> {

        @Override
        public void serialize(SnapshotId id, JsonGenerator out, SerializationContext context) {
            out.writeString(id.toString());
        }
    }

    /** Ids from plain text. */
    private static final class IdReader extends ValueDeserializer<SnapshotId> {

        @Override
        public SnapshotId deserialize(JsonParser in, DeserializationContext context) {
            return SnapshotId.parse(in.getValueAsString(""));
        }
    }
}
