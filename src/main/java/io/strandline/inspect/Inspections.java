package io.strandline.inspect;

import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.catalog.lookup.Revision;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.problem.StrandlineException;
import io.strandline.web.PageQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks inside versions for those who ask: states, their entries, the manifest. */
@Component
public final class Inspections {

    private final NamedJobs jobs;
    private final Revisions revisions;
    private final StoredVersions stored;
    private final StateLookups lookups;
    private final StateBrowser browser;

    Inspections(
            NamedJobs jobs, Revisions revisions, StoredVersions stored, StateLookups lookups, StateBrowser browser) {
        this.jobs = jobs;
        this.revisions = revisions;
        this.stored = stored;
        this.lookups = lookups;
        this.browser = browser;
    }

    /**
     * What state a version has.
     *
     * @param counted whether the entries of each key group are to be counted, for which all of them are read
     */
    public StatesAnswer states(Which which, boolean counted) {
        return browser.list(find(which), counted);
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

    /**
     * A page of a state's entries.
     *
     * @param prefix what their keys begin with, null for all
     * @throws StrandlineException as {@link #lookup}, except {@code key-not-found}; {@code invalid-cursor}
     */
    public StatePage page(Which which, String operator, String state, @Nullable String prefix, PageQuery page) {
        Job job = jobs.named(which.job());
        Snapshot version = revisions.usable(job, which.revision(), which.branch());
        return browser.page(job, version, new StateBrowser.Asked(operator, state, prefix), page);
    }

    /** A version's manifest, checked against the digest it was committed under. */
    public ManifestAnswer manifest(Which which) {
        Snapshot version = find(which);
        return new ManifestAnswer(VersionRef.of(version), version.manifestDigest(), stored.bytes(version));
    }

    /** The version somebody means, ready for use. */
    public Snapshot find(Which which) {
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
}
