package io.strandline.inspect;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Verification.Level;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.catalog.lookup.Revision;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.operation.Operation;
import io.strandline.operation.Operations;
import io.strandline.operation.Submission;
import io.strandline.problem.StrandlineException;
import org.springframework.stereotype.Component;

/** Looks inside versions for those who ask: a key's value, the manifest, a verification. */
@Component
public final class Inspections {

    private final NamedJobs jobs;
    private final Revisions revisions;
    private final StoredVersions stored;
    private final StateLookups lookups;
    private final Verifications verifications;
    private final Operations operations;

    Inspections(
            NamedJobs jobs,
            Revisions revisions,
            StoredVersions stored,
            StateLookups lookups,
            Verifications verifications,
            Operations operations) {
        this.jobs = jobs;
        this.revisions = revisions;
        this.stored = stored;
        this.lookups = lookups;
        this.verifications = verifications;
        this.operations = operations;
    }

    /**
     * What a state of a version holds under a key.
     *
     * @throws StrandlineException {@code operator-not-found}, {@code state-not-found}, {@code key-not-found}, {@code
     *     invalid-key}, {@code damaged}, and what finding the version throws
     */
    public StateAnswer lookup(Which which, String operator, String state, String key) {
        return lookups.lookup(find(which), operator, state, key);
    }

    /** A version's manifest, checked against the digest it was committed under. */
    public ManifestAnswer manifest(Which which) {
        Snapshot version = find(which);
        return new ManifestAnswer(VersionRef.of(version), version.manifestDigest(), stored.bytes(version));
    }

    /** Accepts a verification; its operation's result says what was found. */
    public Operation verify(Which which, Level level, Cause cause) {
        Snapshot version = find(which);
        Asked asked = new Asked(VersionRef.of(version), level);
        return operations.submit(
                new Submission("verify", version.jobId(), asked, cause),
                course -> verifications.verify(version, level, course));
    }

    private Snapshot find(Which which) {
        return revisions.usable(jobs.named(which.job()), which.revision(), which.branch());
    }

    /**
     * The version somebody means.
     *
     * @param job the job's name
     * @param revision a revision expression
     * @param branch the branch that {@code latest} is about
     */
    public record Which(String job, Revision revision, String branch) {}

    /** What a verification was asked to do, as its operation shows it. */
    private record Asked(VersionRef snapshot, Level level) {}
}
