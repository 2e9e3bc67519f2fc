package io.strandline.bench.strandline;

import io.strandline.bench.measure.Parameters;
import io.strandline.bench.measure.Result;
import java.io.IOException;

/** The workloads by name. */
public final class Workloads {

    private static final String VERSION = "strandline 0.1.0";

    private Workloads() {}

    /** Runs the workload that is asked for. */
    public static Result run(Parameters asked) throws IOException {
        Result result = new Result(asked, VERSION);
        try (Rig rig = new Rig(asked)) {
            switch (asked.workload()) {
                case "w1" -> RunningAggregate.run(rig, result);
                case "w2" -> ScatteredChanges.run(rig, result);
                case "w4" -> OperatorFailure.run(rig, result);
                case "freeze" -> FreezeTimes.run(rig, result);
                case "lookup" -> StoredLookups.run(rig, result);
                default -> throw new IllegalArgumentException("no workload " + asked.workload());
            }
        }
        return result;
    }
}
