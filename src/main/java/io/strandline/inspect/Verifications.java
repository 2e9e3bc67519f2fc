package io.strandline.inspect;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.Verification.Level;
import io.strandline.catalog.Verification.Outcome;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.inspect.VerificationReport.Affected;
import io.strandline.inspect.VerificationReport.AffectedBranch;
import io.strandline.operation.Operation;
import io.strandline.operation.Operations;
import io.strandline.operation.Resumption;
import io.strandline.operation.Submission;
import io.strandline.operation.Work.Course;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.signing.SignatureCheck;
import io.strandline.storage.SnapshotStores;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Verifies versions: examines one, writes down what was found, and says what else is affected. */
@Component
public final class Verifications {

    static final String VERIFY = "verify";

    private final Catalog catalog;
    private final StoredVersions versions;
    private final SnapshotStores stores;
    private final Examination.Means means;
    private final DamageTrace trace;
    private final Operations operations;

    Verifications(
            Catalog catalog,
            StoredVersions versions,
            SnapshotStores stores,
            Examination.Means means,
            DamageTrace trace,
            Operations operations) {
        this.catalog = catalog;
        this.versions = versions;
        this.stores = stores;
        this.means = means;
        this.trace = trace;
        this.operations = operations;
    }

    /** Accepts a verification; its operation's result says what was found. */
    public Operation accept(Snapshot version, Level level, Cause cause) {
        Asked asked = new Asked(VersionRef.of(version), level);
        return operations.submit(
                new Submission(VERIFY, version.jobId(), asked, cause), course -> verify(version, level, course));
    }

    /** One that a stopped server left unfinished is done again from its beginning; empty when the version has gone. */
    Optional<Resumption.Rest> resumed(Asked asked) {
        return catalog.snapshot(SnapshotId.parse(asked.snapshot().id()))
                .filter(version -> version.state() == Snapshot.State.COMPLETED)
                .map(version -> new Resumption.Rest(course -> verify(version, asked.level(), course), () -> {}));
    }

    /** Verifies now, within an operation. */
    public VerificationReport verify(Snapshot version, Level level, Course course) {
        Examination seen = new Examination(version, stores.of(version.durable()), course);
        seen.run(level, means);
        SignatureCheck signature = seen.manifestRead() ? versions.signatureOf(version) : null;
        if (signature != null && versions.signaturesRequired()) {
            seen.judge(signature);
        }
        List<Snapshot> others = trace.others(version, seen.damagedBlobs());
        Snapshot after = trace.record(version, level, seen, others, course.cause());
        return new VerificationReport(
                VersionRef.of(version),
                level,
                seen.findings().isEmpty() ? Outcome.INTACT : Outcome.DAMAGED,
                after.condition(),
                seen.stateDigest(),
                signature,
                seen.files(),
                seen.readBytes(),
                seen.findings(),
                affected(others),
                after.condition() == Condition.OK ? List.of() : branches(version, others),
                nearestIntact(after));
    }

    private List<Affected> affected(List<Snapshot> others) {
        return others.stream()
                .map(other -> new Affected(jobName(other.jobId()), VersionRef.of(other)))
                .toList();
    }

    private List<AffectedBranch> branches(Snapshot version, List<Snapshot> others) {
        Set<SnapshotId> damaged = Stream.concat(Stream.of(version), others.stream())
                .map(Snapshot::id)
                .collect(Collectors.toSet());
        Set<String> jobs = Stream.concat(Stream.of(version), others.stream())
                .map(Snapshot::jobId)
                .collect(Collectors.toCollection(TreeSet::new));
        return jobs.stream()
                .flatMap(jobId -> catalog.branches(jobId).stream())
                .filter(branch -> branch.head() != null && damaged.contains(branch.head()))
                .map(branch -> new AffectedBranch(jobName(branch.jobId()), branch.name()))
                .toList();
    }

    private @Nullable VersionRef nearestIntact(Snapshot version) {
        return version.condition() == Condition.OK
                ? null
                : versions.nearestIntactAncestor(version).map(VersionRef::of).orElse(null);
    }

    private String jobName(String jobId) {
        return catalog.job(jobId).map(Job::name).orElse(jobId);
    }

    /** What a verification was asked to do, as its operation shows it. */
    record Asked(VersionRef snapshot, Level level) {}
}
