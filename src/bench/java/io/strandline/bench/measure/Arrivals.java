package io.strandline.bench.measure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What has reached the sinks. Each sink of each start has a lane of its own; anyone may read. */
public final class Arrivals {

    private static final long PAUSE_NANOS = 1_000_000L;

    private final List<Lane> lanes = new CopyOnWriteArrayList<>();
    private final boolean timed;

    /**
     * @param timed whether each record's latency is taken, which costs a look at the clock
     */
    public Arrivals(boolean timed) {
        this.timed = timed;
    }

    /** A lane for a sink that opens. */
    public Lane open() {
        Lane lane = new Lane(timed);
        lanes.add(lane);
        return lane;
    }

    /** Lanes in the order in which they were opened. */
    public List<Lane> lanes() {
        return lanes;
    }

    /** Records that have arrived in all lanes. */
    public long count() {
        long count = 0;
        for (Lane lane : lanes) {
            count += lane.count();
        }
        return count;
    }

    /** Waits until so many have arrived. */
    public void await(long records, BooleanSupplier alive) {
        while (count() < records) {
            pause(PAUSE_NANOS, alive);
        }
    }

    /** Waits until a record arrives in a lane other than the first {@code known}, and says when. */
    public long firstAfter(int known, BooleanSupplier alive) {
        while (lanes.stream().skip(known).allMatch(lane -> lane.count() == 0)) {
            pause(PAUSE_NANOS, alive);
        }
        return lanes.stream()
                .skip(known)
                .filter(lane -> lane.count() > 0)
                .mapToLong(Lane::firstNanos)
                .min()
                .orElseThrow();
    }

    /** Rests a while; fails when what is waited for can no longer come. */
    public static void pause(long nanos, BooleanSupplier alive) {
        if (!alive.getAsBoolean()) {
            throw new IllegalStateException("the job has ended while it was measured");
        }
        LockSupport.parkNanos(nanos);
    }

    /** Forgets the latencies so far. */
    public void resetLatencies() {
        lanes.forEach(lane -> lane.latencies().reset());
    }

    /** Latencies of all lanes. */
    public Latencies latencies() {
        Latencies all = new Latencies();
        lanes.forEach(lane -> all.add(lane.latencies()));
        return all;
    }
}
