package io.strandline.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** From failures on: when the first row came out again, and when rows were as fresh as before. */
public final class FailureFigures {

    private static final long PAUSE_NANOS = 500_000L;
    private static final long FRESH_NANOS = 20_000_000L;

    private final Parameters asked;
    private final Arrivals arrivals;
    private final List<Double> firstMillis = new ArrayList<>();
    private final List<Double> caughtUpMillis = new ArrayList<>();
    private int lanes;

    /** Over what reaches the sinks, each of which times its rows. */
    public FailureFigures(Parameters asked, Arrivals arrivals) {
        this.asked = asked;
        this.arrivals = arrivals;
    }

    /** Waits for a moment between two checkpoints, other than the one of the last failure. */
    public void ready() {
        LockSupport.parkNanos(asked.interval() * 2_500_000L);
        lanes = arrivals.lanes().size();
    }

    /** Waits until the sinks that were opened after {@link #ready} see fresh rows. */
    public void recovered(long failedNanos, BooleanSupplier alive) {
        firstMillis.add((arrivals.firstAfter(lanes, alive) - failedNanos) / 1e6);
        while (!fresh()) {
            Arrivals.pause(PAUSE_NANOS, alive);
        }
        caughtUpMillis.add((System.nanoTime() - failedNanos) / 1e6);
    }

    /** Adds both. */
    public void addTo(Result result) {
        result.withSpread("firstOutputMillis", figures(firstMillis))
                .withSpread("caughtUpMillis", figures(caughtUpMillis));
    }

    private boolean fresh() {
        List<Lane> reopened = arrivals.lanes().subList(lanes, arrivals.lanes().size());
        long now = System.nanoTime();
        return reopened.size() == asked.parallelism()
                && reopened.stream().allMatch(lane -> lane.count() > 0 && now - lane.newestCreated() < FRESH_NANOS);
    }

    private static double[] figures(List<Double> of) {
        return of.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
