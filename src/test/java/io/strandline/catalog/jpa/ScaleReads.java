package io.strandline.catalog.jpa;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** Times single reads at random places of a large catalog, over HTTP, one after the other. */
final class ScaleReads {

    private static final int SAMPLES = Integer.getInteger("scale.samples", 1_000);
    private static final int WARMING = 200;

    private final ScaleShape shape;
    private final ScaleCalls calls;
    private final PrintStream out;
    private final Random random = new Random(11);

    ScaleReads(ScaleShape shape, ScaleCalls calls, PrintStream out) {
        this.shape = shape;
        this.calls = calls;
        this.out = out;
    }

    void measure() throws IOException, InterruptedException {
        out.println("| read | p50 | p99 | max |");
        out.println("|---|---|---|---|");
        Instant first = completed(1);
        long perVersion = (completed(shape.versions()).toEpochMilli() - first.toEpochMilli()) / shape.versions();
        Supplier<Instant> time = () -> first.plusMillis(number() * perVersion);
        time("a version by tag", () -> "/snapshots/release-" + random.nextInt(shape.tags()));
        time("a version by number", () -> "/snapshots/" + number());
        time("the head at a time (main@…)", () -> "/snapshots/main@" + time.get());
        time("a page of 100, newest", () -> "/snapshots?limit=100");
        time("a page of 100, before a time", () -> "/snapshots?limit=100&until=" + time.get());
        time("ancestors, depth 50", () -> "/snapshots/" + number() + "/lineage?depth=50");
        time("descendants, depth 50", () -> "/snapshots/" + number() + "/lineage?depth=50&direction=DESCENDANTS");
        time("a page of the reflog", () -> "/branches/main/reflog?limit=100");
        time("what keeps a version (retention)", () -> "/snapshots/" + number() + "/retention");
        long begin = System.nanoTime();
        String plan = calls.post("/api/v1/retention-plans", "{\"override\":" + ScaleCollection.keepAllBut(shape) + "}")
                .toString();
        out.printf(Locale.ROOT, "a plan over all jobs: %.1f s, %s%n", ScaleFigures.seconds(begin), cut(plan));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(400, text.length()));
    }

    private long number() {
        return 1 + random.nextInt(shape.versions());
    }

    private Instant completed(int number) throws IOException, InterruptedException {
        String version = calls.get("/api/v1/jobs/" + shape.jobId(0) + "/snapshots/" + number);
        return Instant.parse(
                JsonMapper.shared().readTree(version).get("completedAt").asString());
    }

    private void time(String what, Supplier<String> path) throws IOException, InterruptedException {
        long[] nanos = new long[SAMPLES];
        for (int i = -WARMING; i < SAMPLES; i++) {
            String asked = "/api/v1/jobs/" + shape.jobId(random.nextInt(shape.jobs())) + path.get();
            long begin = System.nanoTime();
            calls.get(asked);
            if (i >= 0) {
                nanos[i] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(nanos);
        out.printf(
                Locale.ROOT,
                "| %s | %.1f ms | %.1f ms | %.1f ms |%n",
                what,
                nanos[SAMPLES / 2] / 1e6,
                nanos[SAMPLES * 99 / 100] / 1e6,
                nanos[SAMPLES - 1] / 1e6);
    }
}
