package io.strandline.bench;

import io.strandline.bench.measure.Parameters;
import io.strandline.bench.strandline.Workloads;
import java.util.List;

/**
 * Runs one workload on one engine and prints one line of JSON. Our engine runs in this process; a peer in one of its own with
 * the flags of this one.
 */
public final class Benchmark {

    private Benchmark() {}

    public static void main(String[] arguments) throws Exception {
        Parameters asked = Parameters.of(List.of(arguments));
        int exit = 0;
        if (asked.engine().equals("strandline")) {
            Workloads.run(asked).print();
        } else {
            exit = new PeerProcess(asked).run();
        }
        // a peer's or a failed run's threads must not keep the process
        Runtime.getRuntime().halt(exit);
    }
}
