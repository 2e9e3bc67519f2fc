package io.strandline.ops;

import io.strandline.runner.InstanceMetrics;
import io.strandline.runner.InstanceMetrics.EdgeMetrics;
import io.strandline.runner.InstanceMetrics.Kind;
import io.strandline.runner.InstanceMetrics.OperatorMetrics;
import io.strandline.runner.InstanceMetrics.Stored;
import io.strandline.runner.InstanceMetrics.TableMetrics;
import io.strandline.runner.InstanceMetrics.Times;
import java.util.List;

/** Made-up figures of an instance. */
final class Figures {

    private Figures() {}

    /** A source that an operator with state reads by key. */
    static InstanceMetrics ofTwoOperators(long records, long watermark, long waiting) {
        return new InstanceMetrics(
                records,
                0,
                0,
                0,
                watermark,
                0,
                7,
                11,
                List.of(
                        operator("numbers", Kind.SOURCE, records, watermark, 0),
                        operator("counts", Kind.OPERATOR, records, watermark, 11)),
                List.of(new EdgeMetrics("numbers", "", "counts", true, false, waiting, 8)),
                List.of(new TableMetrics("counts", "aggregates", 3, 7, 100, 25)));
    }

    private static OperatorMetrics operator(String name, Kind kind, long records, long watermark, long stored) {
        return new OperatorMetrics(
                name,
                kind,
                name,
                2,
                records,
                records,
                0,
                watermark,
                new Times(1.5, 2.5, 0.5),
                new Times(0.5, 1.5, 2),
                new Stored(stored, null));
    }
}
