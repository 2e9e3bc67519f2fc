package io.strandline.catalog.jpa;

import io.strandline.JobCalls;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/** Times what a large catalog's housekeeping takes: a plan over all jobs, its application, and the collection, during which a job takes versions. */
final class ScaleCollection {

    private final ScaleShape shape;
    private final ScaleCalls calls;
    private final PrintStream out;

    ScaleCollection(ScaleShape shape, ScaleCalls calls, PrintStream out) {
        this.shape = shape;
        this.calls = calls;
        this.out = out;
    }

    /** A policy under which the oldest versions of each job go. */
    static String keepAllBut(ScaleShape shape) {
        return "{\"keep\":{\"last\":" + (shape.versions() - shape.dying()) + "}}";
    }

    void measure() throws Exception {
        long begin = System.nanoTime();
        JsonNode plan = calls.post("/api/v1/retention-plans", "{\"override\":" + keepAllBut(shape) + "}");
        out.printf(Locale.ROOT, "a plan over all jobs: %.1f s%n", ScaleFigures.seconds(begin));
        String live = "live-" + System.currentTimeMillis();
        calls.jobs().run(JobCalls.sums(live, "rocksdb"));
        AtomicBoolean over = new AtomicBoolean();
        List<Double> triggers = new ArrayList<>();
        Thread triggering = new Thread(() -> trigger(live, over, triggers), "triggers");
        triggering.start();
        begin = System.nanoTime();
        calls.operation("/api/v1/retention-plans/" + plan.get("id").asString() + "/apply", "{\"reason\":\"figures\"}");
        out.printf(Locale.ROOT, "applied: %.1f s%n", ScaleFigures.seconds(begin));
        begin = System.nanoTime();
        JsonNode run = calls.operation("/api/v1/trash/purge", "{\"skipQuarantine\":true,\"reason\":\"figures\"}");
        out.printf(Locale.ROOT, "purged and collected: %.1f s, %s%n", ScaleFigures.seconds(begin), run.get("result"));
        over.set(true);
        triggering.join();
        triggers.sort(null);
        out.printf(
                Locale.ROOT,
                "meanwhile %d versions of a running job, median %.0f ms, slowest %.0f ms%n",
                triggers.size(),
                triggers.get(triggers.size() / 2),
                triggers.get(triggers.size() - 1));
        calls.jobs().done(live, "stop", "{\"mode\":\"CANCEL\"}");
    }

    private void trigger(String live, AtomicBoolean over, List<Double> millis) {
        while (!over.get()) {
            long begin = System.nanoTime();
            calls.jobs().snapshot(live);
            millis.add(ScaleFigures.seconds(begin) * 1e3);
        }
    }
}
