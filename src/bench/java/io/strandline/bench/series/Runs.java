package io.strandline.bench.series;

import java.util.List;

/**
 * All runs of one contender in a cell.
 *
 * @param all in the order in which they were made, failed ones included
 */
record Runs(List<Run> all) {

    /** The median of a figure over the runs that came to an end; NaN when none did. */
    double median(Figure figure) {
        double[] sorted = values(figure);
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Median, and lowest to highest. */
    String print(Figure figure) {
        double[] sorted = values(figure);
        if (sorted.length == 0) {
            return "-";
        }
        String median = figure.print(median(figure));
        return sorted.length == 1
                ? median
                : "%s [%s-%s]".formatted(median, figure.print(sorted[0]), figure.print(sorted[sorted.length - 1]));
    }

    long failed() {
        return all.stream().filter(run -> run.figures().isEmpty()).count();
    }

    private double[] values(Figure figure) {
        return all.stream()
                .filter(run -> run.figures().containsKey(figure.name()))
                .mapToDouble(run -> run.figures().get(figure.name()))
                .sorted()
                .toArray();
    }
}
