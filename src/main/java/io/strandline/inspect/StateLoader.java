package io.strandline.inspect;

import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.SnapshotReader;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.SnapshotStores;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Opens one state of one version; each of its files is checked against its digest when it is first needed. */
final class StateLoader {

    private final StoredVersions versions;
    private final SnapshotStores stores;
    private final SnapshotOpener opener;

    StateLoader(StoredVersions versions, SnapshotStores stores, SnapshotOpener opener) {
        this.versions = versions;
        this.stores = stores;
        this.opener = opener;
    }

    /**
     * Opens it.
     *
     * @throws StrandlineException {@code operator-not-found}, {@code state-not-found}, and what the manifest is up to
     */
    SnapshotReader load(Snapshot version, String operatorName, String stateName) throws IOException {
        SnapshotContent content = versions.manifest(version).content();
        List<OperatorContent> operators = content.operators();
        OperatorContent operator = operators.stream()
                .filter(candidate -> candidate.name().equals(operatorName))
                .findFirst()
                .orElseThrow(() -> notFound(
                        ErrorCode.OPERATOR_NOT_FOUND,
                        "Version %d has no operator %s; it has %s."
                                .formatted(version.number(), operatorName, names(operators, OperatorContent::name))));
        StateContent state = operator.states().stream()
                .filter(candidate -> candidate.schema().name().equals(stateName)
                        && candidate.schema().form() != StateSchema.Form.IN_FLIGHT)
                .findFirst()
                .orElseThrow(() -> notFound(
                        ErrorCode.STATE_NOT_FOUND,
                        "Operator %s of version %d has no state %s; it has %s."
                                .formatted(
                                        operatorName,
                                        version.number(),
                                        stateName,
                                        names(
                                                operator.states(),
                                                found -> found.schema().name()))));
        SnapshotStore store = stores.of(version.durable());
        OperatorContent wanted = new OperatorContent(operator.name(), operator.watermark(), List.of(state));
        return opener.open(List.of(wanted), content.maxParallelism(), store);
    }

    private static <T> String names(List<T> all, Function<T, String> name) {
        return all.isEmpty() ? "none" : all.stream().map(name).collect(Collectors.joining(", "));
    }

    private static StrandlineException notFound(ErrorCode code, String detail) {
        return new StrandlineException(code, detail);
    }
}
