package io.strandline.inspect.diff;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.catalog.lookup.Revision;
import io.strandline.inspect.VersionRef;
import io.strandline.inspect.diff.DiffMaker.Label;
import io.strandline.inspect.diff.DiffMaker.Progress;
import io.strandline.inspect.diff.EntryPages.PlacedEntry;
import io.strandline.operation.Operation;
import io.strandline.operation.Operations;
import io.strandline.operation.Resumption;
import io.strandline.operation.Submission;
import io.strandline.operation.Work.Course;
import io.strandline.problem.StrandlineException;
import io.strandline.state.diff.Difference;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Makes diffs of two versions, keeps them, and pages through what differs. */
@Service
public final class Diffs {

    static final String DIFF = "diff";

    private final NamedJobs jobs;
    private final VersionPairs pairs;
    private final DiffShelf shelf;
    private final Operations operations;
    private final DiffSettings settings;

    Diffs(NamedJobs jobs, VersionPairs pairs, DiffShelf shelf, Operations operations, DiffSettings settings) {
        this.jobs = jobs;
        this.pairs = pairs;
        this.shelf = shelf;
        this.operations = operations;
        this.settings = settings;
    }

    /**
     * Compares two versions of a job: at once when their lists differ in little, else as an operation.
     *
     * @throws StrandlineException what finding and reading the versions throws; {@code operator-not-found}, {@code
     *     state-not-found}, {@code contradictory-request}, {@code damaged}
     */
    public Answer make(String jobName, DiffRequest request, Cause cause) {
        Job job = jobs.named(jobName);
        VersionPair pair = pairs.find(job, request);
        if (pair.equalByDigest()
                || pair.differingBytes(request.filter()) <= settings.quickSize().toBytes()) {
            return new Made(make(job, pair, request, Quick.QUICK));
        }
        Asked asked =
                new Asked(VersionRef.of(pair.from()), VersionRef.of(pair.to()), request.filter(), request.samples());
        return new Accepted(operations.submit(
                new Submission(DIFF, job.id(), asked, cause),
                course -> make(job, pair, request, new Followed(course))));
    }

    /**
     * One that a stopped server left unfinished is made again from its beginning.
     *
     * @throws StrandlineException what finding and reading the versions throws, which may have gone meanwhile
     */
    Resumption.Rest resumed(Job job, Asked asked) {
        DiffRequest request = new DiffRequest(
                new Revision(asked.from().id()),
                new Revision(asked.to().id()),
                Branch.MAIN,
                asked.filter(),
                asked.samples());
        VersionPair pair = pairs.find(job, request);
        return new Resumption.Rest(course -> make(job, pair, request, new Followed(course)), () -> {});
    }

    /**
     * A diff that was made.
     *
     * @throws StrandlineException {@code job-not-found}, {@code diff-not-found}
     */
    public Diff diff(String jobName, String id) {
        return shelf.diff(jobs.named(jobName).id(), id);
    }

    /** Diffs of a job that are kept, newest first, below {@code beforeId} when given. */
    public List<Diff> list(String jobName, @Nullable String beforeId, int limit) {
        return shelf.list(jobs.named(jobName).id(), beforeId, limit);
    }

    /**
     * Entries that differ: in the order of the diff's operators and states, then of key group and encoded key. Only what the page
     * shows is read.
     *
     * @throws StrandlineException {@code diff-not-found}, and what finding and reading the versions throws
     */
    public List<PlacedEntry> entries(String jobName, String id, EntryQuery query) {
        Job job = jobs.named(jobName);
        Diff diff = shelf.diff(job.id(), id);
        VersionPair pair = pairs.of(job, diff);
        DiffFilter filter = diff.filter().within(query.operator(), query.state());
        return pairs.read(
                pair,
                filter,
                reading -> new EntryPages(reading, Quick.QUICK::goOn)
                        .next(pair.states(filter), query.type(), query.after(), query.limit()));
    }

    private Diff make(Job job, VersionPair pair, DiffRequest request, Progress progress) {
        Label label = shelf.label(job);
        DiffMaker maker = new DiffMaker(pair, request.filter(), request.samples(), progress);
        Diff diff = pairs.read(pair, request.filter(), reading -> maker.make(label, reading));
        shelf.save(job.id(), diff);
        return diff;
    }

    /** What became of a request for a diff. */
    public sealed interface Answer {}

    /** It is made. */
    public record Made(Diff diff) implements Answer {}

    /** It is being made. */
    public record Accepted(Operation operation) implements Answer {}

    /**
     * Which entries of a diff are wanted.
     *
     * @param operator only of this operator, null for all
     * @param state only of states of this name, null for all
     * @param type only those of which this became, null for all
     * @param after where the last page ended, null for the first
     * @param limit at most so many
     */
    public record EntryQuery(
            @Nullable String operator,
            @Nullable String state,
            Difference.@Nullable Type type,
            EntryPages.@Nullable Place after,
            int limit) {}

    /** What a diff was asked for, as its operation shows it. */
    record Asked(VersionRef from, VersionRef to, DiffFilter filter, int samples) {}

    /** A diff that nobody follows. */
    private enum Quick implements Progress {
        QUICK;

        @Override
        public void at(String state) {
            // it is over before anybody could ask
        }

        @Override
        public void goOn() {
            // nobody can cancel it
        }
    }

    /** A diff that is an operation. */
    private record Followed(Course course) implements Progress {

        @Override
        public void at(String state) {
            course.stage(state);
        }

        @Override
        public void goOn() {
            course.checkCancelled();
        }
    }
}
