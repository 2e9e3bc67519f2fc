package io.strandline.bench;

import io.strandline.bench.measure.Parameters;
import io.strandline.bench.series.Series;
import io.strandline.bench.strandline.Workloads;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs one workload on one engine and prints one line of JSON. Our engine runs in this process; a peer in one of its own with
 * the flags of this one. With {@code series} as its first word it runs the whole table instead.
 */
public final class Benchmark {

    private Benchmark() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("series")) {
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            new Series(PeerProcess.launcher(), out).run(List.of(arguments).subList(1, arguments.length));
            return;
        }
        Parameters asked = Parameters.of(List.of(arguments));
        int exit = 0;
        if (asked.engine().equals("strandline")) {
            Workloads.run(asked).print();
        } else {
            exit = new PeerProcess(asked).run();
        }
        System.exit(exit);
    }
}
