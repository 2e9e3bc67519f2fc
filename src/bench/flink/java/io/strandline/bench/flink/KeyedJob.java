package io.strandline.bench.flink;

import io.strandline.bench.measure.Parameters;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A script, an operator by key, and a sink that counts.
 *
 * @param asked how many subtasks
 * @param operator keeps state under a record's key
 */
record KeyedJob(Parameters asked, RichMapFunction<Reading, Totals> operator) {

    /** With a running count and sum per key. */
    static KeyedJob totals(Parameters asked) {
        return new KeyedJob(asked, new RunningTotals());
    }

    void addTo(StreamExecutionEnvironment environment) {
        environment
                .fromSource(
                        new ScriptSource(asked.parallelism()),
                        WatermarkStrategy.noWatermarks(),
                        "records",
                        new HandWritten<>(Reading.class, new ReadingSerializer()))
                .uid("records")
                .keyBy(reading -> reading.key, Types.LONG)
                .map(operator)
                .returns(new HandWritten<>(Totals.class, new TotalsSerializer()))
                .uid("by-key")
                .sinkTo(new CountingSink())
                .uid("out");
    }
}
