package io.strandline.event;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History.AuditEntry;
import io.strandline.event.Event.JobRef;
import io.strandline.event.Event.VersionRef;
import io.strandline.snapshot.SnapshotId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts changes and live news into the words of events: which job, by name, and which version, by number. */
@Component
final class Narrator {

    private static final int LONGEST_DATA = 16_000;
    private static final int NAMES_KEPT = 1_000;
    private static final String VERSION = "snapshot:";

    private final Catalog catalog;
    private final JsonMapper json;
    private final Map<String, String> names = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > NAMES_KEPT;
        }
    };

    Narrator(Catalog catalog, JsonMapper json) {
        this.catalog = catalog;
        this.json = json;
    }

    /** A change as an event. */
    EventLog.Told tell(AuditEntry entry) {
        JsonNode after = json.readTree(entry.after());
        String before = entry.before();
        JsonNode replaced = before == null ? json.nullNode() : json.readTree(before);
        Cause cause = entry.cause();
        EventId id = new EventId(entry.sequence(), 0);
        Event event = new Event(
                id.toString(),
                type(entry.action(), after),
                entry.at(),
                job(entry.jobId()),
                entry.branch(),
                version(entry.subject(), after, replaced),
                entry.subject(),
                cause.actor(),
                cause.reason(),
                cause.requestId(),
                cause.operationId(),
                bounded(after, entry.after()));
        return new EventLog.Told(id, event, json.writeValueAsString(event));
    }

    /** Live news as an event. */
    EventLog.Told tell(EventId id, LiveNews news) {
        JsonNode data = json.valueToTree(news.data());
        Long number = news.number();
        Event event = new Event(
                id.toString(),
                news.type().wireName(),
                news.at(),
                job(news.jobId()),
                news.branch(),
                number == null ? null : numbered(news.jobId(), number),
                null,
                null,
                null,
                null,
                news.operationId(),
                bounded(data, data.toString()));
        return new EventLog.Told(id, event, json.writeValueAsString(event));
    }

    /** The audit has one word for all a verification may find, and for all that may become of a version's condition. */
    private static String type(String action, JsonNode after) {
        boolean whole = after.path("condition").asString("").equals(Snapshot.Condition.OK.name());
        return switch (action) {
            case "condition-changed" -> (whole ? EventType.SNAPSHOT_MENDED : EventType.SNAPSHOT_DAMAGED).wireName();
            case "snapshot-verified" -> (whole ? EventType.SNAPSHOT_VERIFIED : EventType.SNAPSHOT_DAMAGED).wireName();
            default -> action;
        };
    }

    private JsonNode bounded(JsonNode data, String text) {
        return text.length() <= LONGEST_DATA ? data : json.valueToTree(Map.of("tooLong", text.length()));
    }

    private @Nullable JobRef job(@Nullable String jobId) {
        return jobId == null ? null : new JobRef(jobId, name(jobId).orElse(null));
    }

    private Optional<String> name(String jobId) {
        synchronized (names) {
            String known = names.get(jobId);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<String> name = catalog.job(jobId).map(Job::name);
        synchronized (names) {
            name.ifPresent(found -> names.put(jobId, found));
        }
        return name;
    }

    private @Nullable VersionRef version(String subject, JsonNode after, JsonNode before) {
        String id = subject.startsWith(VERSION) ? subject.substring(VERSION.length()) : named(after, before);
        if (id.isEmpty()) {
            return null;
        }
        Optional<Snapshot> found = catalog.snapshot(SnapshotId.parse(id));
        return new VersionRef(id, found.map(Snapshot::number).orElse(null));
    }

    /** The version that a tag or hold is on, was on, or that a head has moved to. */
    private static String named(JsonNode after, JsonNode before) {
        for (JsonNode place : new JsonNode[] {
            after.path("tag").path("snapshot"),
            after.path("hold").path("snapshot"),
            after.path("to"),
            after.path("forkedFrom").path("snapshot"),
            before.path("snapshot")
        }) {
            if (place.isString()) {
                return place.asString();
            }
        }
        return "";
    }

    private @Nullable VersionRef numbered(@Nullable String jobId, long number) {
        return jobId == null
                ? null
                : catalog.snapshot(jobId, number)
                        .map(found -> new VersionRef(found.id().toString(), number))
                        .orElse(null);
    }
}
