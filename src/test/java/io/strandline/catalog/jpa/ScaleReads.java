package io.strandline.catalog.jpa;

import io.strandline.OwnServer;
import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.VersionOutlook;
import io.strandline.catalog.lookup.Revision;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.checkpoint.Snapshots;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Times single reads at random places of a large catalog, one after the other, behind the HTTP door: by the clock, and by the
 * processor time of the thread that reads, which a busy machine leaves as it is (with H2, whose work is done by that thread).
 */
final class ScaleReads {

    private static final int SAMPLES = Integer.getInteger("scale.samples", 1_000);
    private static final int WARMING = Math.max(100, SAMPLES / 5);

    private final ScaleShape shape;
    private final PrintStream out;
    private final Catalog catalog;
    private final History history;
    private final Revisions revisions;
    private final Snapshots snapshots;
    private final VersionOutlook outlook;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Random random = new Random(11);

    ScaleReads(ScaleShape shape, OwnServer server, PrintStream out) {
        this.shape = shape;
        this.out = out;
        this.catalog = server.part(Catalog.class);
        this.history = server.part(History.class);
        this.revisions = server.part(Revisions.class);
        this.snapshots = server.part(Snapshots.class);
        this.outlook = server.part(VersionOutlook.class);
    }

    /** A read of a job. */
    private interface Read {

        Object of(Job job);
    }

    void measure() {
        out.println("| read | processor p50 | p99 | clock p50 | p99 |");
        out.println("|---|---|---|---|---|");
        Instant first = version(shape.jobId(0), 1).completedAt();
        Duration all = Duration.between(
                first, version(shape.jobId(0), shape.versions()).completedAt());
        time("a version by tag", job -> resolve(job, "release-" + random.nextInt(shape.tags())));
        time("a version by number", job -> resolve(job, Long.toString(number())));
        time(
                "the head at a time (`main@...`)",
                job -> resolve(job, "main@" + first.plusMillis(random.nextLong(all.toMillis()))));
        time("a page of 100", job -> snapshots.list(page(job, null)));
        time("a page of 100 from anywhere", job -> snapshots.list(page(job, number())));
        time("50 ancestors", job -> snapshots.lineage(version(job.id(), number()), Snapshots.Direction.ANCESTORS, 50));
        time(
                "50 descendants",
                job -> snapshots.lineage(version(job.id(), number()), Snapshots.Direction.DESCENDANTS, 50));
        time("a page of the reflog", job -> history.reflog(job.id(), Branch.MAIN, null, 100));
        time(
                "what keeps a version (explain)",
                job -> outlook.outlook(
                        job.id(), List.of(version(job.id(), number()).id())));
    }

    private Snapshot resolve(Job job, String revision) {
        return revisions.resolve(job, new Revision(revision), Branch.MAIN);
    }

    private static SnapshotQuery page(Job job, Long before) {
        return new SnapshotQuery(
                job.id(), null, Set.of(), Set.of(Snapshot.State.COMPLETED), Map.of(), null, null, before, 100);
    }

    private Snapshot version(String jobId, long number) {
        return catalog.snapshot(jobId, number).orElseThrow();
    }

    private long number() {
        return 1 + random.nextInt(shape.versions());
    }

    private void time(String what, Read read) {
        long[] clock = new long[SAMPLES];
        long[] processor = new long[SAMPLES];
        for (int i = -WARMING; i < SAMPLES; i++) {
            Job job =
                    catalog.jobNamed(shape.jobId(random.nextInt(shape.jobs()))).orElseThrow();
            long begin = System.nanoTime();
            long beginProcessor = threads.getCurrentThreadCpuTime();
            read.of(job);
            if (i >= 0) {
                processor[i] = threads.getCurrentThreadCpuTime() - beginProcessor;
                clock[i] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(clock);
        Arrays.sort(processor);
        out.printf(
                Locale.ROOT,
                "| %s | %.2f ms | %.2f ms | %.2f ms | %.2f ms |%n",
                what,
                processor[SAMPLES / 2] / 1e6,
                processor[SAMPLES * 99 / 100] / 1e6,
                clock[SAMPLES / 2] / 1e6,
                clock[SAMPLES * 99 / 100] / 1e6);
    }
}
