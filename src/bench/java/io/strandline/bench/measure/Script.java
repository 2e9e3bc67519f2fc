package io.strandline.bench.measure;

/**
 * The records that sources emit, and when. A split's record at an offset has the same key and value whenever it is read, so a
 * source may go back to an earlier offset after a failure. Safe for concurrent use by one thread a split.
 */
public interface Script {

    /**
     * Writes the records of a split from {@code offset} on that are due.
     *
     * @param rows where to; as many as there is room for
     * @return how many, 0 when none is due
     */
    int fill(int split, long offset, Rows rows);

    /** The script that a workload asks for. */
    static Script of(Parameters asked) {
        Script main = asked.rate() == 0
                ? new UniformScript(asked.keys(), asked.seed())
                : new ScheduledScript(new UniformScript(asked.keys(), asked.seed()), asked.rate(), asked.parallelism());
        return asked.preload() ? new PreloadedScript(main, asked.keys(), asked.parallelism()) : main;
    }
}
