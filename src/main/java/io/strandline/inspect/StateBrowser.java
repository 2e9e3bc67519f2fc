package io.strandline.inspect;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.inspect.StatePage.StateEntry;
import io.strandline.inspect.StatesAnswer.KeyGroupCount;
import io.strandline.inspect.StatesAnswer.StateColumn;
import io.strandline.inspect.StatesAnswer.StateSummary;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.snapshot.StateSchema.Form;
import io.strandline.state.SnapshotReader.Entry;
import io.strandline.state.SnapshotReader.KeyPrefix;
import io.strandline.state.SnapshotReader.Position;
import io.strandline.state.SnapshotReader.Slice;
import io.strandline.state.SnapshotReader.SliceRequest;
import io.strandline.storage.Digest;
import io.strandline.web.PageQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Lists what state versions have, and pages through it, without disturbing whoever runs. */
@Component
final class StateBrowser {

    private static final int CURSOR_PARTS = 3;

    private final OpenStates states;
    private final StoredVersions versions;
    private final Catalog catalog;
    private final UnreadableVersions unreadable;
    private final KeyReader keys;

    StateBrowser(
            OpenStates states,
            StoredVersions versions,
            Catalog catalog,
            UnreadableVersions unreadable,
            JsonMapper json) {
        this.states = states;
        this.versions = versions;
        this.catalog = catalog;
        this.unreadable = unreadable;
        this.keys = new KeyReader(json);
    }

    /** What state a version has; with the entries of each key group counted if they are to be, which reads all of them. */
    StatesAnswer list(Snapshot version, boolean counted) {
        SnapshotContent content = versions.manifest(version).content();
        List<StateSummary> summaries = new ArrayList<>();
        for (OperatorContent operator : content.operators()) {
            for (StateContent state : operator.states()) {
                boolean countable = counted && state.schema().form() != Form.IN_FLIGHT;
                long[] counts = countable
                        ? count(version, operator.name(), state.schema().name())
                        : null;
                summaries.add(summary(operator.name(), state, counts));
            }
        }
        return new StatesAnswer(VersionRef.of(version), null, content.maxParallelism(), summaries);
    }

    /**
     * A page of a state's entries. One that follows another is of the same version, even if the expression means another by now.
     *
     * @param job the version's
     */
    StatePage page(Job job, Snapshot version, Asked asked, PageQuery page) {
        String list = "state %s/%s %s".formatted(asked.operator, asked.state, asked.prefix == null ? "" : asked.prefix);
        From from = page.after(list, CURSOR_PARTS, parts -> from(job, parts));
        Snapshot paged = from == null ? version : Revisions.requireUsable(job, from.version);
        Position position = from == null ? null : from.position;
        try {
            return states.ask(paged, asked.operator, asked.state, reader -> {
                StateSchema schema = reader.schema(asked.operator, asked.state).orElseThrow();
                SliceRequest request = new SliceRequest(prefix(asked, schema), position, page.limit());
                return answer(paged, asked, list, schema, reader.slice(asked.operator, asked.state, request));
            });
        } catch (IOException e) {
            throw unreadable.problem(paged, e);
        }
    }

    private long[] count(Snapshot version, String operator, String state) {
        try {
            return states.ask(version, operator, state, reader -> reader.count(operator, state));
        } catch (IOException e) {
            throw unreadable.problem(version, e);
        }
    }

    private static StateSummary summary(String operator, StateContent state, long @Nullable [] counts) {
        StateSchema schema = state.schema();
        Map<Digest, Run> files = new HashMap<>();
        state.runs().forEach(run -> files.put(run.blob().digest(), run));
        return new StateSummary(
                operator,
                schema.name(),
                schema.form(),
                schema.namespaced(),
                StateColumn.of(schema.key()),
                StateColumn.of(schema.value()),
                files.size(),
                files.values().stream().mapToLong(Run::sizeBytes).sum(),
                files.values().stream()
                        .mapToLong(run -> run.entries() - run.deletes())
                        .sum(),
                counts == null ? null : Arrays.stream(counts).sum(),
                counts == null ? null : keyGroups(counts));
    }

    private static List<KeyGroupCount> keyGroups(long[] counts) {
        return IntStream.range(0, counts.length)
                .filter(keyGroup -> counts[keyGroup] > 0)
                .mapToObj(keyGroup -> new KeyGroupCount(keyGroup, counts[keyGroup]))
                .toList();
    }

    private KeyPrefix prefix(Asked asked, StateSchema schema) {
        if (asked.prefix == null) {
            return KeyPrefix.NONE;
        }
        if (schema.form() == Form.TIMERS) {
            String detail = "Timers lie in the order of their times, so they cannot be listed by what their keys begin"
                    + " with; ask for one key with ?key=, or page through all of them.";
            throw Problem.of(ErrorCode.INVALID_KEY, detail)
                    .withError("?prefix", detail)
                    .asException();
        }
        return keys.prefix(asked.prefix, schema.key());
    }

    private From from(Job job, List<String> parts) {
        Snapshot version = catalog.snapshot(SnapshotId.parse(parts.get(0)))
                .filter(found -> found.jobId().equals(job.id()))
                .orElseThrow(() -> new IllegalArgumentException("the job has no version " + parts.get(0)));
        return new From(version, new Position(parts.get(1), Integer.parseInt(parts.get(2))));
    }

    private static StatePage answer(Snapshot version, Asked asked, String list, StateSchema schema, Slice slice) {
        Position next = slice.next();
        return new StatePage(
                VersionRef.of(version),
                null,
                asked.operator,
                asked.state,
                slice.entries().stream().map(entry -> entry(schema, entry)).toList(),
                next == null
                        ? null
                        : PageQuery.cursor(
                                list, List.of(version.id().toString(), next.hex(), Integer.toString(next.skip()))));
    }

    private static StateEntry entry(StateSchema schema, Entry entry) {
        return new StateEntry(
                EntryWords.key(schema, entry.key()), EntryWords.window(schema, entry), EntryWords.value(schema, entry));
    }

    /**
     * Which entries.
     *
     * @param prefix what their keys begin with, null for all
     */
    record Asked(String operator, String state, @Nullable String prefix) {}

    /** Where a page begins. */
    private record From(Snapshot version, Position position) {}
}
