package io.strandline.inspect.diff;

import io.strandline.inspect.VersionRef;
import io.strandline.inspect.diff.OperatorDiff.InFlight;
import io.strandline.inspect.diff.StateDiff.DiffCounts;
import io.strandline.inspect.diff.StateDiff.FileBytes;
import io.strandline.inspect.diff.StateDiff.KeyGroupDiff;
import io.strandline.inspect.diff.StateDiff.SchemaDiff;
import io.strandline.inspect.diff.StateDiff.Unmodified;
import io.strandline.inspect.diff.VersionPair.OperatorPair;
import io.strandline.inspect.diff.VersionPair.StatePair;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SourcePosition;
import io.strandline.state.diff.Alignment;
import io.strandline.state.diff.StateComparison;
import io.strandline.state.diff.StateTally;
import io.strandline.storage.Blob;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares two versions once: operators, states, positions of sources. */
final class DiffMaker {

    private final VersionPair pair;
    private final DiffFilter filter;
    private final int samples;
    private final Progress progress;
    private long stateBytes;

    DiffMaker(VersionPair pair, DiffFilter filter, int samples, Progress progress) {
        this.pair = pair;
        this.filter = filter;
        this.samples = samples;
        this.progress = progress;
    }

    /** Reads what may differ and says what does. */
    Diff make(Label label, PairReading reading) throws IOException {
        long began = System.nanoTime();
        List<OperatorDiff> operators = new ArrayList<>();
        for (OperatorPair operator : pair.operators(filter)) {
            operators.add(compare(operator, reading));
        }
        DiffCounts total = operators.stream()
                .flatMap(operator -> operator.states().stream())
                .map(StateDiff::counts)
                .filter(Objects::nonNull)
                .reduce(DiffCounts.NONE, DiffCounts::plus);
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        return new Diff(
                label.id,
                label.job,
                VersionRef.of(pair.from()),
                VersionRef.of(pair.to()),
                filter,
                label.createdAt,
                label.expiresAt,
                pair.equalByDigest(),
                total,
                operators,
                sources(),
                new Diff.Cost(reading.readBytes(), stateBytes, millis));
    }

    private OperatorDiff compare(OperatorPair operator, PairReading reading) throws IOException {
        List<StateDiff> states = new ArrayList<>();
        for (StatePair state : operator.states()) {
            if (filter.takes(state.operator(), state.name())) {
                progress.at(state.operator() + "/" + state.name());
                states.add(compare(state, reading));
            }
        }
        return new OperatorDiff(
                operator.name(),
                Presence.of(operator.from(), operator.to()),
                watermark(operator.from()),
                watermark(operator.to()),
                states,
                inFlight(operator));
    }

    private StateDiff compare(StatePair state, PairReading reading) throws IOException {
        Alignment alignment = reading.alignment(state);
        FileBytes files = files(state);
        stateBytes += files.fromBytes() + files.toBytes();
        SchemaDiff schema = new SchemaDiff(
                !alignment.evolution().unchanged(),
                alignment.comparable(),
                alignment.evolution().explanation());
        List<DiffEntry> shown = new ArrayList<>();
        StateTally tally = alignment.comparable() ? count(state, alignment, reading, shown) : null;
        return new StateDiff(
                state.name(),
                Presence.of(state.from(), state.to()),
                alignment.compared().form(),
                schema,
                tally == null ? null : DiffCounts.of(tally.total()),
                tally == null ? null : new Unmodified(tally.unmodified(), tally.unmodifiedIsExact()),
                tally == null ? List.of() : keyGroups(tally),
                shown,
                files);
    }

    private StateTally count(StatePair state, Alignment alignment, PairReading reading, List<DiffEntry> shown)
            throws IOException {
        DifferenceWords words = new DifferenceWords(state.operator(), alignment.compared());
        try (StateComparison comparison = reading.comparison(alignment, progress::goOn)) {
            return comparison.count(difference -> {
                if (shown.size() < samples) {
                    shown.add(words.of(difference));
                }
                return true;
            });
        }
    }

    private static List<KeyGroupDiff> keyGroups(StateTally tally) {
        return tally.keyGroups().stream()
                .map(group -> new KeyGroupDiff(group.keyGroup(), DiffCounts.of(group.counts())))
                .toList();
    }

    private static FileBytes files(StatePair state) {
        Set<Blob> from = state.fromBlobs();
        Set<Blob> to = state.toBlobs();
        Set<Blob> shared = new HashSet<>(from);
        shared.retainAll(to);
        return new FileBytes(VersionPair.size(from), VersionPair.size(to), VersionPair.size(shared));
    }

    private static @Nullable InFlight inFlight(OperatorPair operator) {
        List<Run> before = operator.inFlight(operator.from());
        List<Run> after = operator.inFlight(operator.to());
        return before.isEmpty() && after.isEmpty()
                ? null
                : new InFlight(rows(before), rows(after), bytes(before), bytes(after));
    }

    private static long rows(List<Run> runs) {
        return runs.stream().mapToLong(Run::entries).sum();
    }

    private static long bytes(List<Run> runs) {
        return runs.stream().mapToLong(Run::sizeBytes).sum();
    }

    private static @Nullable Instant watermark(@Nullable OperatorContent operator) {
        return operator == null || operator.watermark() == Long.MIN_VALUE || operator.watermark() == Long.MAX_VALUE
                ? null
                : Instant.ofEpochMilli(operator.watermark());
    }

    private List<SourceDiff> sources() {
        Map<Split, Long> before = positions(pair.fromContent().sources());
        Map<Split, Long> after = positions(pair.toContent().sources());
        Set<Split> splits = new LinkedHashSet<>();
        pair.toContent().sources().forEach(position -> splits.add(Split.of(position)));
        pair.fromContent().sources().forEach(position -> splits.add(Split.of(position)));
        return splits.stream()
                .filter(split -> !Objects.equals(before.get(split), after.get(split)))
                .map(split -> new SourceDiff(split.source, split.name, before.get(split), after.get(split)))
                .toList();
    }

    private static Map<Split, Long> positions(List<SourcePosition> positions) {
        Map<Split, Long> offsets = new HashMap<>();
        positions.forEach(position -> offsets.put(Split.of(position), position.offset()));
        return offsets;
    }

    /** What a diff is called and how long it is kept. */
    record Label(String id, String job, Instant createdAt, Instant expiresAt) {}

    /** Hears how far it is, and may end it by throwing. */
    interface Progress {

        /** A state is compared next. */
        void at(String state);

        /** Called now and then. */
        void goOn();
    }

    /** A split of a source. */
    private record Split(String source, String name) {

        static Split of(SourcePosition position) {
            return new Split(position.source(), position.split());
        }
    }
}
