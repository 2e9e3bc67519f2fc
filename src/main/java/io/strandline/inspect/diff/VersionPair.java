package io.strandline.inspect.diff;

import io.strandline.catalog.Snapshot;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema.Form;
import io.strandline.storage.Blob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two versions and what their manifests list. */
record VersionPair(Snapshot from, SnapshotContent fromContent, Snapshot to, SnapshotContent toContent) {

    VersionPair {
        if (fromContent.maxParallelism() != toContent.maxParallelism()) {
            String detail = "Version %d has %d key groups and version %d has %d; they cannot be compared."
                    .formatted(from.number(), fromContent.maxParallelism(), to.number(), toContent.maxParallelism());
            throw Problem.of(ErrorCode.CONTRADICTORY_REQUEST, detail)
                    .withError("to", detail)
                    .asException();
        }
    }

    /** Operators of either version that a filter takes: the later one's in its order, then those it has no more. */
    List<OperatorPair> operators(DiffFilter filter) {
        Set<String> names = new LinkedHashSet<>();
        toContent.operators().forEach(operator -> names.add(operator.name()));
        fromContent.operators().forEach(operator -> names.add(operator.name()));
        List<OperatorPair> pairs = new ArrayList<>();
        names.stream()
                .filter(filter::takes)
                .forEach(name ->
                        pairs.add(new OperatorPair(name, operator(fromContent, name), operator(toContent, name))));
        return pairs;
    }

    /** States of either version that a filter takes, operator by operator. */
    List<StatePair> states(DiffFilter filter) {
        return operators(filter).stream()
                .flatMap(operator -> operator.states().stream())
                .filter(state -> filter.takes(state.operator(), state.name()))
                .toList();
    }

    /** Bytes of files that one version names and the other does not. */
    long differingBytes(DiffFilter filter) {
        long bytes = 0;
        for (StatePair state : states(filter)) {
            Set<Blob> from = state.fromBlobs();
            Set<Blob> to = state.toBlobs();
            Set<Blob> shared = new HashSet<>(from);
            shared.retainAll(to);
            bytes += size(from) + size(to) - 2 * size(shared);
        }
        return bytes;
    }

    /** Whether the versions are known to hold the same. */
    boolean equalByDigest() {
        return from.id().equals(to.id())
                || from.stateDigest() != null && from.stateDigest().equals(to.stateDigest());
    }

    static long size(Set<Blob> blobs) {
        return blobs.stream().mapToLong(Blob::sizeBytes).sum();
    }

    private static @Nullable OperatorContent operator(SnapshotContent content, String name) {
        return content.operators().stream()
                .filter(operator -> operator.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** An operator in either version. */
    record OperatorPair(
            String name,
            @Nullable OperatorContent from,
            @Nullable OperatorContent to) {

        List<StatePair> states() {
            Set<String> names = new LinkedHashSet<>();
            keyed(to).forEach(state -> names.add(state.schema().name()));
            keyed(from).forEach(state -> names.add(state.schema().name()));
            return names.stream()
                    .map(state -> new StatePair(name, state(from, state), state(to, state)))
                    .toList();
        }

        List<Run> inFlight(@Nullable OperatorContent operator) {
            return states(operator).stream()
                    .filter(state -> state.schema().form() == Form.IN_FLIGHT)
                    .flatMap(state -> state.runs().stream())
                    .toList();
        }

        private static List<StateContent> keyed(@Nullable OperatorContent operator) {
            return states(operator).stream()
                    .filter(state -> state.schema().form() != Form.IN_FLIGHT)
                    .toList();
        }

        private static List<StateContent> states(@Nullable OperatorContent operator) {
            return operator == null ? List.of() : operator.states();
        }

        private static @Nullable StateContent state(@Nullable OperatorContent operator, String name) {
            return keyed(operator).stream()
                    .filter(state -> state.schema().name().equals(name))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** A state in either version, at least one of which has it. */
    record StatePair(
            String operator,
            @Nullable StateContent from,
            @Nullable StateContent to) {

        String name() {
            return any().schema().name();
        }

        /** The state in the one version, without runs when it has none. */
        StateContent fromOrEmpty() {
            return from == null ? new StateContent(any().schema(), List.of()) : from;
        }

        /** The state in the other version, without runs when it has none. */
        StateContent toOrEmpty() {
            return to == null ? new StateContent(any().schema(), List.of()) : to;
        }

        Set<Blob> fromBlobs() {
            return blobs(fromOrEmpty());
        }

        Set<Blob> toBlobs() {
            return blobs(toOrEmpty());
        }

        private StateContent any() {
            StateContent known = to == null ? from : to;
            if (known == null) {
                throw new IllegalStateException("neither version has the state");
            }
            return known;
        }

        private static Set<Blob> blobs(StateContent state) {
            Set<Blob> blobs = new HashSet<>();
            state.runs().forEach(run -> blobs.add(run.blob()));
            return blobs;
        }
    }
}
