package io.strandline.catalog.lookup;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Tag;
import io.strandline.catalog.Verification;
import io.strandline.catalog.history.History;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Finds the version an expression means: {@code main}, {@code main~3}, {@code main@2026-08-01T12:00Z}, a tag, a number, an
 * id, {@code latest}, {@code latest-verified}. The syntax follows git's.
 */
@Component
public final class Revisions {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern STEPS_BACK = Pattern.compile("(.+?)~(\\d{0,6})");
    private static final Pattern AT_TIME = Pattern.compile("([^@]+)@(.+)");
    private static final int FAR_BACK = 10_000;

    private final Catalog catalog;
    private final History history;

    Revisions(Catalog catalog, History history) {
        this.catalog = catalog;
        this.history = history;
    }

    /**
     * The version an expression means, in whatever state it is.
     *
     * @param branch the branch {@code latest} is about
     * @throws StrandlineException {@code snapshot-not-found}, {@code invalid-revision}
     */
    public Snapshot resolve(Job job, Revision revision, String branch) {
        String text = revision.text();
        Matcher back = STEPS_BACK.matcher(text);
        if (back.matches()) {
            Snapshot from = resolve(job, new Revision(back.group(1)), branch);
            return ancestor(job, text, from, back.group(2).isEmpty() ? 1 : Integer.parseInt(back.group(2)));
        }
        Matcher at = AT_TIME.matcher(text);
        if (at.matches()) {
            return atTime(job, text, at.group(1), at.group(2));
        }
        return plain(job, text, branch);
    }

    /**
     * The version an expression means, ready for use.
     *
     * @throws StrandlineException as {@link #resolve}; {@code snapshot-trashed}, {@code snapshot-purged}
     */
    public Snapshot usable(Job job, Revision revision, String branch) {
        return requireUsable(job, resolve(job, revision, branch));
    }

    /**
     * The version that is to be changed: by id or number only, in whatever state it is.
     *
     * @throws StrandlineException {@code snapshot-not-found}; {@code invalid-revision} for any other expression
     */
    public Snapshot target(Job job, Revision revision) {
        String text = revision.text();
        if (!NUMBER.matcher(text).matches() && !ID.matcher(text).matches()) {
            throw new StrandlineException(
                    ErrorCode.INVALID_REVISION,
                    "'" + text + "' may mean another version tomorrow; name the version to change by id or number.");
        }
        return plain(job, text, Branch.MAIN);
    }

    /** Refuses what is in the trash or gone. */
    public static Snapshot requireUsable(Job job, Snapshot version) {
        return switch (version.state()) {
            case COMPLETED -> version;
            case TRASHED ->
                throw new StrandlineException(
                        ErrorCode.SNAPSHOT_TRASHED,
                        "Version " + version.number() + " is in the trash; bring it back with POST /api/v1/jobs/"
                                + job.name() + "/snapshots/" + version.id() + "/undelete.");
            case PURGED -> throw purged(version);
        };
    }

    /** The 410 for a tombstone. */
    public static StrandlineException purged(Snapshot version) {
        return new StrandlineException(
                ErrorCode.SNAPSHOT_PURGED, "Version " + version.number() + " was purged; its files are gone.");
    }

    private Snapshot plain(Job job, String text, String branch) {
        if (NUMBER.matcher(text).matches()) {
            return catalog.snapshot(job.id(), Long.parseLong(text)).orElseThrow(() -> notFound(job, text));
        }
        if (ID.matcher(text).matches()) {
            return catalog.snapshot(SnapshotId.parse(text))
                    .filter(found -> found.jobId().equals(job.id()))
                    .orElseThrow(() -> notFound(job, text));
        }
        if (text.equals("latest")) {
            return head(job, branch, text);
        }
        if (text.equals("latest-verified")) {
            return verified(job, text, head(job, branch, text));
        }
        Optional<Tag> tag = catalog.tag(job.id(), text);
        return tag.isPresent()
                ? catalog.snapshot(tag.get().snapshot()).orElseThrow(() -> notFound(job, text))
                : head(job, text, text);
    }

    private Snapshot head(Job job, String branch, String text) {
        Branch found = catalog.branch(job.id(), branch).orElseThrow(() -> notFound(job, text));
        SnapshotId head = found.head();
        return Optional.ofNullable(head)
                .flatMap(catalog::snapshot)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.SNAPSHOT_NOT_FOUND,
                        "Branch " + branch + " of job " + job.name() + " has no version yet."));
    }

    private Snapshot ancestor(Job job, String text, Snapshot from, int steps) {
        if (steps >= FAR_BACK) {
            throw new StrandlineException(
                    ErrorCode.INVALID_REVISION,
                    "'" + text + "' goes back too far; use less than " + FAR_BACK + " steps.");
        }
        List<Snapshot> line = history.ancestors(from.id(), steps + 1);
        if (line.size() <= steps) {
            throw new StrandlineException(
                    ErrorCode.SNAPSHOT_NOT_FOUND,
                    "Version " + from.number() + " of job " + job.name() + " has " + (line.size() - 1)
                            + " ancestors, so '" + text + "' names none.");
        }
        return line.get(steps);
    }

    private Snapshot atTime(Job job, String text, String branch, String time) {
        Instant at = instant(text, time);
        if (catalog.branch(job.id(), branch).isEmpty()) {
            throw notFound(job, text);
        }
        return history.headAt(job.id(), branch, at)
                .flatMap(entry -> Optional.ofNullable(entry.to()))
                .flatMap(catalog::snapshot)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.SNAPSHOT_NOT_FOUND,
                        "Branch " + branch + " of job " + job.name() + " had no version at " + at + "."));
    }

    private Snapshot verified(Job job, String text, Snapshot head) {
        return history.ancestors(head.id(), FAR_BACK).stream()
                .filter(version -> version.state() == Snapshot.State.COMPLETED)
                .filter(version -> isVerified(version.verification()))
                .findFirst()
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.SNAPSHOT_NOT_FOUND,
                        "No version on the line of job " + job.name() + " was verified at CHECKSUMS or better, so '"
                                + text + "' names none; verify one first."));
    }

    private static boolean isVerified(Verification verification) {
        Verification.Level level = verification.level();
        return verification.outcome() == Verification.Outcome.INTACT
                && level != null
                && level.compareTo(Verification.Level.CHECKSUMS) >= 0;
    }

    private static Instant instant(String text, String time) {
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            throw new StrandlineException(
                    ErrorCode.INVALID_REVISION,
                    "In '" + text + "', '" + time + "' is no time; write it as 2026-08-01T12:00:00Z.",
                    e);
        }
    }

    private static StrandlineException notFound(Job job, String text) {
        return new StrandlineException(
                ErrorCode.SNAPSHOT_NOT_FOUND,
                "Job " + job.name() + " has no version '" + text + "'; list them with GET /api/v1/jobs/" + job.name()
                        + "/snapshots.");
    }
}
