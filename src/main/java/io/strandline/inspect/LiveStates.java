package io.strandline.inspect;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.catalog.lookup.Revision;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.BranchRef;
import io.strandline.runner.Instances;
import io.strandline.runner.RunningInstance;
import io.strandline.runner.RunningInstance.LiveEntry;
import io.strandline.snapshot.StateSchema;
import io.strandline.snapshot.StateSchema.Form;
import io.strandline.state.SnapshotReader.Entry;
import io.strandline.web.PageQuery;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks into the state of running jobs. One key is asked of the instance itself; lists and pages are those of the newest version, and
 * say how old it is.
 */
@Component
public final class LiveStates {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Sources sources;
    private final StateBrowser browser;
    private final InspectSettings settings;
    private final Clock clock;
    private final KeyReader keys;

    LiveStates(Sources sources, StateBrowser browser, InspectSettings settings, Clock clock, JsonMapper json) {
        this.sources = sources;
        this.browser = browser;
        this.settings = settings;
        this.clock = clock;
        this.keys = new KeyReader(json);
    }

    /** What finds the instance that runs on a branch, and the newest version beside it. */
    @Component
    record Sources(NamedJobs jobs, Catalog catalog, Revisions revisions, Instances instances) {}

    /**
     * What state the newest version of a running job has.
     *
     * @throws StrandlineException {@code branch-not-found}, {@code not-running}, {@code snapshot-not-found} before the first version
     */
    public StatesAnswer states(String jobName, String branch, boolean counted) {
        Job job = sources.jobs().named(jobName);
        running(job, branch);
        Snapshot newest = newest(job, branch);
        return browser.list(newest, counted).aged(age(newest));
    }

    /** A page of a state of the newest version of a running job; else as {@link #states}. */
    public StatePage page(
            String jobName, String branch, String operator, String state, @Nullable String prefix, PageQuery page) {
        Job job = sources.jobs().named(jobName);
        running(job, branch);
        Snapshot newest = newest(job, branch);
        StatePage found = browser.page(job, newest, new StateBrowser.Asked(operator, state, prefix), page);
        Snapshot paged =
                sources.revisions().usable(job, new Revision(found.snapshot().id()), branch);
        return found.aged(age(paged));
    }

    /**
     * What a state of a running job holds under a key right now.
     *
     * @throws StrandlineException {@code branch-not-found}, {@code not-running}, {@code operator-not-found}, {@code
     *     state-not-found}, {@code key-not-found}, {@code invalid-key}, {@code lookup-timeout}
     */
    public StateAnswer lookup(String jobName, String branch, String operator, String state, String key) {
        RunningInstance instance = running(sources.jobs().named(jobName), branch);
        StateSchema schema = schema(instance, operator, state);
        List<Object> columns = keys.read(key, schema.key());
        List<Entry> entries = await(instance.look(operator, state, columns))
                .orElseThrow(() -> notFound(ErrorCode.STATE_NOT_FOUND, "It does not have the state " + state + " yet."))
                .stream()
                .map(entry -> new Entry(0, columns, entry.namespace(), entry.value()))
                .toList();
        if (entries.isEmpty()) {
            throw notFound(
                    ErrorCode.KEY_NOT_FOUND,
                    "State %s of operator %s has no key %s right now.".formatted(state, operator, key));
        }
        return StateAnswer.of(null, clock.instant(), operator, schema, columns, entries);
    }

    private RunningInstance running(Job job, String branch) {
        Branch found = sources.catalog()
                .branch(job.id(), branch)
                .orElseThrow(() ->
                        notFound(ErrorCode.BRANCH_NOT_FOUND, "Job %s has no branch %s.".formatted(job.name(), branch)));
        return sources.instances()
                .on(new BranchRef(job.id(), found.name()))
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.NOT_RUNNING,
                        "Job %s does not run on branch %s; look into its newest version with GET /api/v1/jobs/%s/snapshots/latest/state."
                                .formatted(job.name(), branch, job.name())));
    }

    private Snapshot newest(Job job, String branch) {
        return sources.revisions().usable(job, new Revision("latest"), branch);
    }

    private long age(Snapshot version) {
        return Math.max(
                0, Duration.between(version.completedAt(), clock.instant()).toMillis());
    }

    private static StateSchema schema(RunningInstance instance, String operator, String state) {
        Map<String, List<StateSchema>> states = instance.states();
        List<StateSchema> declared = Optional.ofNullable(states.get(operator))
                .orElseThrow(() -> notFound(
                        ErrorCode.OPERATOR_NOT_FOUND,
                        "The running job has no operator %s with state; it has %s."
                                .formatted(operator, names(states.keySet()))));
        return declared.stream()
                .filter(schema -> schema.name().equals(state) && schema.form() != Form.IN_FLIGHT)
                .findFirst()
                .orElseThrow(() -> notFound(
                        ErrorCode.STATE_NOT_FOUND,
                        "Operator %s of the running job has no state %s; it has %s."
                                .formatted(
                                        operator,
                                        state,
                                        names(declared.stream()
                                                .map(StateSchema::name)
                                                .toList()))));
    }

    private Optional<List<LiveEntry>> await(CompletableFuture<Optional<List<LiveEntry>>> answer) {
        try {
            return answer.get(settings.liveTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw late("The operator did not answer within %s; it may be restoring, or busy with one long step."
                    .formatted(settings.liveTimeout()));
        } catch (ExecutionException e) {
            throw late("The look-up failed: " + e.getMessage() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw late("The server is stopping.");
        }
    }

    private static StrandlineException late(String detail) {
        return Problem.of(ErrorCode.LOOKUP_TIMEOUT, detail)
                .withRetryAfter(RETRY_AFTER)
                .asException();
    }

    private static StrandlineException notFound(ErrorCode code, String detail) {
        return new StrandlineException(code, detail);
    }

    private static String names(Collection<String> all) {
        return all.isEmpty() ? "none yet" : String.join(", ", all);
    }
}
