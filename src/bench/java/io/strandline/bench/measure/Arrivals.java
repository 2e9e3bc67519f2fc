package io.strandline.bench.measure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What has reached the sinks. Each sink of each start has a lane of its own; anyone may read. */
public final class Arrivals {

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
