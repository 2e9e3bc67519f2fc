package io.strandline.job.web;

import io.strandline.runner.InstanceMetrics;
import io.strandline.runner.InstanceMetrics.EdgeMetrics;
import io.strandline.runner.InstanceMetrics.OperatorMetrics;
import io.strandline.runner.InstanceMetrics.TableMetrics;
import io.strandline.runner.RunningInstance;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs, operator by operator and stream by stream. */
@Schema(name = "Topology", description = "What an instance runs, with figures since it started.")
record TopologyResponse(
        @Schema(description = "The instance that runs.") String instance,

        @Schema(description = "The pipeline version it runs.", example = "1")
        int pipelineVersion,

        @Schema(description = "Subtasks an operator at most.", example = "2")
        int parallelism,

        @Schema(description = "Where it keeps state.", example = "rocksdb")
        String backend,

        @Schema(description = "When the figures were read.") Instant at,

        @Schema(description = "Sources, operators and sinks, each after those it reads.")
        List<OperatorView> operators,

        @Schema(description = "The streams between them.") List<EdgeView> edges) {

    static TopologyResponse of(RunningInstance instance, Instant now) {
        InstanceMetrics metrics = instance.metrics();
        return new TopologyResponse(
                instance.spec().instanceId(),
                instance.spec().pipelineVersion(),
                instance.parallelism(),
                instance.backend(),
                now,
                metrics.operators().stream()
                        .map(operator -> OperatorView.of(operator, metrics.tablesOf(operator.operator()), now))
                        .toList(),
                metrics.edges().stream().map(EdgeView::of).toList());
    }

    /** One source, operator or sink over all its subtasks. */
    @Schema(name = "TopologyOperator", description = "A source, operator or sink over all its subtasks.")
    record OperatorView(
            @Schema(description = "Its name in the pipeline.", example = "by-key")
            String name,

            @Schema(description = "What it is.") InstanceMetrics.Kind kind,

            @Schema(description = "The operator at the head of the chain that runs it.", example = "by-key")
            String chain,

            @Schema(description = "Number of its subtasks.", example = "2")
            int parallelism,

            @Schema(description = "Records taken; those read by a source.", example = "120000")
            long recordsIn,

            @Schema(description = "Records passed on.", example = "120000")
            long recordsOut,

            @Schema(description = "Records that came too late and were dropped.", example = "0")
            long lateRecords,

            @Schema(description = "Least watermark; null before the first and after the last.") @Nullable
            Instant watermark,

            @Schema(description = "Wall clock minus watermark, in seconds; null without one.", example = "1.5")
            @Nullable
            Double watermarkLagSeconds,

            @Schema(description = "How its chain's subtasks have spent their time.")
            TimesView time,

            @Schema(description = "Its state.") StateView state) {

        static OperatorView of(OperatorMetrics operator, List<TableMetrics> tables, Instant now) {
            Instant watermark = watermark(operator.watermarkMillis());
            return new OperatorView(
                    operator.operator(),
                    operator.kind(),
                    operator.chain(),
                    operator.parallelism(),
                    operator.recordsIn(),
                    operator.recordsOut(),
                    operator.lateRecords(),
                    watermark,
                    watermark == null ? null : Math.max(0, now.toEpochMilli() - watermark.toEpochMilli()) / 1000.0,
                    TimesView.of(operator),
                    StateView.of(operator.stored(), tables));
        }

        private static @Nullable Instant watermark(long millis) {
            return millis == Long.MIN_VALUE || millis == Long.MAX_VALUE ? null : Instant.ofEpochMilli(millis);
        }
    }

    /** Seconds of subtasks. */
    @Schema(
            name = "TopologyTimes",
            description =
                    "Seconds that subtasks have spent since the start, summed up (two subtasks make two seconds a second), and shares of the"
                            + " last ten to twenty seconds.")
    record TimesView(
            @Schema(description = "Getting on.", example = "31.2")
            double busySeconds,

            @Schema(description = "Without input.", example = "88.1")
            double idleSeconds,

            @Schema(description = "Waiting for room downstream.", example = "0.7")
            double backpressuredSeconds,

            @Schema(description = "Share of the last ten to twenty seconds spent getting on.", example = "0.26")
            double busyRatio,

            @Schema(
                    description = "Share of the last ten to twenty seconds spent waiting for room downstream.",
                    example = "0.01")
            double backpressuredRatio) {

        static TimesView of(OperatorMetrics operator) {
            InstanceMetrics.Times all = operator.times();
            return new TimesView(
                    all.busy(),
                    all.idle(),
                    all.backpressured(),
                    operator.recent().busyRatio(),
                    operator.recent().backpressuredRatio());
        }
    }

    /** State of one operator. */
    @Schema(
            name = "TopologyState",
            description = "An operator's state: in memory now, in files as the newest version names them.")
    record StateView(
            @Schema(description = "Entries held in memory.", example = "10000")
            long entries,

            @Schema(description = "Memory it takes.", example = "1048576")
            long hotBytes,

            @Schema(description = "Share of look-ups that memory answered; null before the first.", example = "0.98")
            @Nullable
            Double hitRatio,

            @Schema(description = "Bytes of its files in the newest version.", example = "524288")
            long storedBytes,

            @Schema(
                    description =
                            "By how many bytes a second these have grown between the two newest versions of this instance;"
                                    + " null before there are two.",
                    example = "1024.5")
            @Nullable
            Double storedGrowthBytesPerSecond) {

        static StateView of(InstanceMetrics.Stored stored, List<TableMetrics> tables) {
            boolean asked = tables.stream().anyMatch(table -> table.lookups() > 0);
            return new StateView(
                    tables.stream().mapToLong(TableMetrics::entries).sum(),
                    tables.stream().mapToLong(TableMetrics::bytes).sum(),
                    asked ? TableMetrics.hitRatio(tables) : null,
                    stored.bytes(),
                    stored.growthBytesPerSecond());
        }
    }

    /** One stream between two operators. */
    @Schema(name = "TopologyEdge", description = "A stream between two operators, over all its queues.")
    record EdgeView(
            @Schema(description = "The operator it comes from.", example = "numbers")
            String from,

            @Schema(description = "The side output it carries; null for the main one.", example = "late") @Nullable
            String output,

            @Schema(description = "The operator it goes to.", example = "by-key")
            String to,

            @Schema(description = "How records are shared out over subtasks.")
            Exchange exchange,

            @Schema(description = "Whether both ends run in one subtask, with no queue between them.")
            boolean chained,

            @Schema(description = "Batches, watermarks and barriers that wait in its queues.", example = "3")
            long waiting,

            @Schema(description = "How many can; 0 when it is chained.", example = "64")
            long capacity) {

        static EdgeView of(EdgeMetrics edge) {
            return new EdgeView(
                    edge.from(),
                    edge.output().isEmpty() ? null : edge.output(),
                    edge.to(),
                    edge.keyed() ? Exchange.KEYED : Exchange.FORWARD,
                    edge.chained(),
                    edge.waiting(),
                    edge.capacity());
        }
    }

    /** How records are shared out: each stays with the subtask of the same index, or goes by its key. */
    enum Exchange {
        FORWARD,
        KEYED
    }
}
