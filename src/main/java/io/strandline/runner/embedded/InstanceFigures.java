package io.strandline.runner.embedded;

import io.strandline.engine.JobMetrics;
import io.strandline.engine.graph.Exchange;
import io.strandline.runner.InstanceMetrics;
import io.strandline.runner.connect.Connectors;
import io.strandline.state.StateSize.TableFigures;
import java.util.List;

/** The engine's figures as the SPI wants them. */
final class InstanceFigures {

    private static final double NANOS = 1e9;

    private InstanceFigures() {}

    static InstanceMetrics of(JobMetrics metrics) {
        long in = 0;
        long out = 0;
        long letters = metrics.refusedRows();
        long watermark = Long.MAX_VALUE;
        double backpressured = 0;
        List<InstanceMetrics.OperatorMetrics> operators =
                metrics.operators().stream().map(InstanceFigures::of).toList();
        for (InstanceMetrics.OperatorMetrics operator : operators) {
            in += operator.kind() == InstanceMetrics.Kind.SOURCE ? operator.recordsIn() : 0;
            if (Connectors.isDeadLetterSink(operator.operator())) {
                letters += operator.recordsIn();
            } else if (operator.kind() == InstanceMetrics.Kind.SINK) {
                out += operator.recordsIn();
            }
            watermark = Math.min(watermark, operator.watermarkMillis());
            backpressured = Math.max(backpressured, operator.recent().backpressuredRatio());
        }
        return new InstanceMetrics(
                in,
                out,
                letters,
                metrics.stuckSteps(),
                watermark,
                backpressured,
                metrics.state().hotBytes(),
                metrics.state().storedBytes(),
                operators,
                metrics.edges().stream().map(InstanceFigures::of).toList(),
                metrics.state().tables().stream().map(InstanceFigures::of).toList());
    }

    private static InstanceMetrics.OperatorMetrics of(JobMetrics.OperatorMetrics operator) {
        return new InstanceMetrics.OperatorMetrics(
                operator.name(),
                kind(operator),
                operator.chain(),
                operator.parallelism(),
                operator.recordsIn(),
                operator.recordsOut(),
                operator.lateRecords(),
                operator.watermarkMillis(),
                times(operator.times()),
                times(operator.recent()),
                new InstanceMetrics.Stored(
                        operator.stored().bytes(), operator.stored().growthBytesPerSecond()));
    }

    private static InstanceMetrics.Times times(JobMetrics.Times times) {
        return new InstanceMetrics.Times(
                times.busyNanos() / NANOS, times.idleNanos() / NANOS, times.backpressuredNanos() / NANOS);
    }

    private static InstanceMetrics.Kind kind(JobMetrics.OperatorMetrics operator) {
        if (operator.source()) {
            return InstanceMetrics.Kind.SOURCE;
        }
        return operator.sink() ? InstanceMetrics.Kind.SINK : InstanceMetrics.Kind.OPERATOR;
    }

    private static InstanceMetrics.EdgeMetrics of(JobMetrics.EdgeMetrics edge) {
        return new InstanceMetrics.EdgeMetrics(
                edge.edge().from(),
                edge.output(),
                edge.edge().to(),
                edge.edge().exchange() instanceof Exchange.Keyed,
                edge.chained(),
                edge.waiting(),
                edge.capacity());
    }

    private static InstanceMetrics.TableMetrics of(TableFigures table) {
        return new InstanceMetrics.TableMetrics(
                table.operator(), table.state(), table.entries(), table.bytes(), table.lookups(), table.misses());
    }
}
