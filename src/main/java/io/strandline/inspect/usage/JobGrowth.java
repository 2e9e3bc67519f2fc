package io.strandline.inspect.usage;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.inspect.usage.GrowthAnswer.Direction;
import io.strandline.inspect.usage.GrowthAnswer.Forecast;
import io.strandline.inspect.usage.GrowthAnswer.OperatorSeries;
import io.strandline.inspect.usage.GrowthAnswer.Series;
import io.strandline.inspect.usage.GrowthAnswer.SizeAt;
import io.strandline.inspect.usage.Trend.Point;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotId;
import io.strandline.storage.Digest;
import io.strandline.storage.SnapshotStores;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Follows how the state of a branch's operators grew along its line of versions, and draws the line on. */
@Component
public final class JobGrowth {

    private static final int FAR_BACK = 2000;
    private static final int MOST_POINTS = 100;
    private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final NamedJobs names;
    private final Catalog catalog;
    private final History history;
    private final StoredVersions versions;
    private final SnapshotStores stores;

    JobGrowth(NamedJobs names, Catalog catalog, History history, StoredVersions versions, SnapshotStores stores) {
        this.names = names;
        this.catalog = catalog;
        this.history = history;
        this.versions = versions;
        this.stores = stores;
    }

    /**
     * How the state on a branch grew.
     *
     * @param size a size in bytes whose date is asked for, null for none
     * @throws StrandlineException {@code job-not-found}, {@code branch-not-found}, {@code storage-unavailable}
     */
    public GrowthAnswer read(String jobName, String branchName, @Nullable Long size) {
        Job job = names.named(jobName);
        Branch branch = catalog.branch(job.id(), branchName)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.BRANCH_NOT_FOUND, "Job %s has no branch %s.".formatted(jobName, branchName)));
        List<Point> total = new ArrayList<>();
        Map<String, List<Point>> operators = new TreeMap<>();
        int unreadable = 0;
        for (Snapshot version : evenly(line(branch))) {
            Optional<SnapshotContent> content = content(version);
            unreadable += content.isEmpty() ? 1 : 0;
            content.ifPresent(found -> {
                total.add(new Point(version.number(), version.completedAt(), found.totalBytes()));
                found.operators().stream()
                        .filter(operator -> !operator.states().isEmpty())
                        .forEach(operator -> operators
                                .computeIfAbsent(operator.name(), any -> new ArrayList<>())
                                .add(new Point(version.number(), version.completedAt(), bytes(operator))));
            });
        }
        long free = freeBytes();
        return new GrowthAnswer(
                branchName,
                free,
                series(total, size, free),
                operators.entrySet().stream()
                        .map(entry -> new OperatorSeries(entry.getKey(), series(entry.getValue(), size, free)))
                        .toList(),
                unreadable);
    }

    private List<Snapshot> line(Branch branch) {
        SnapshotId head = branch.head();
        if (head == null) {
            return List.of();
        }
        List<Snapshot> oldestFirst = new ArrayList<>(history.ancestors(head, FAR_BACK).stream()
                .filter(version -> version.state() != Snapshot.State.PURGED)
                .toList());
        Collections.reverse(oldestFirst);
        return oldestFirst;
    }

    private static List<Snapshot> evenly(List<Snapshot> all) {
        if (all.size() <= MOST_POINTS) {
            return all;
        }
        List<Snapshot> chosen = new ArrayList<>(MOST_POINTS);
        for (int i = 0; i < MOST_POINTS; i++) {
            chosen.add(all.get((int) ((long) i * (all.size() - 1) / (MOST_POINTS - 1))));
        }
        return chosen;
    }

    /** Empty when the manifest is lost or damaged: one point less, which the answer counts. */
    private Optional<SnapshotContent> content(Snapshot version) {
        if (version.condition() == Snapshot.Condition.LOST) {
            return Optional.empty();
        }
        try {
            return Optional.of(versions.manifest(version).content());
        } catch (StrandlineException e) {
            if (e.problem().code() == ErrorCode.STORAGE_UNAVAILABLE) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static long bytes(OperatorContent operator) {
        Map<Digest, Long> files = new HashMap<>();
        operator.states()
                .forEach(state ->
                        state.runs().forEach((Run run) -> files.put(run.blob().digest(), run.sizeBytes())));
        return files.values().stream().mapToLong(Long::longValue).sum();
    }

    private long freeBytes() {
        try {
            return stores.durable().freeBytes();
        } catch (IOException e) {
            throw Problem.of(
                            ErrorCode.STORAGE_UNAVAILABLE,
                            "The disk does not say what is free: " + e.getMessage() + ".")
                    .asException(e);
        }
    }

    private static Series series(List<Point> points, @Nullable Long size, long free) {
        List<SizeAt> sizes = points.stream()
                .map(point -> new SizeAt(point.number(), point.at(), point.bytes()))
                .toList();
        return Trend.of(points)
                .map(trend -> new Series(sizes, forecast(trend, size, free), null))
                .orElseGet(() -> new Series(sizes, null, tooFew(points)));
    }

    private static Forecast forecast(Trend trend, @Nullable Long size, long free) {
        Direction direction =
                trend.grows() ? Direction.GROWING : trend.shrinks() ? Direction.SHRINKING : Direction.STEADY;
        Instant reaches = size == null ? null : trend.reaches(size).orElse(null);
        return new Forecast(
                direction,
                Math.round(trend.perMilli() * DAY_MILLIS),
                Math.round(trend.leastPerMilli() * DAY_MILLIS),
                Math.round(trend.mostPerMilli() * DAY_MILLIS),
                reaches,
                trend.reaches(trend.lastBytes() + free).orElse(null));
    }

    private static String tooFew(List<Point> points) {
        String span = points.isEmpty()
                ? ""
                : " over "
                        + Duration.between(
                                        points.get(0).at(),
                                        points.get(points.size() - 1).at())
                                .withNanos(0);
        return "%d versions%s are too few for a forecast; it takes %d over %s."
                .formatted(points.size(), span, Trend.LEAST_POINTS, Trend.LEAST_SPAN);
    }
}
