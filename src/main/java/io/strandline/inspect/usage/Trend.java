package io.strandline.inspect.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The line through sizes over time by Theil and Sen: the median of the slopes between all pairs of points, which a merge that halves a
 * size once, or a job that stood still for a night, does not turn round. The interval is Sen's, at 90 %.
 *
 * @param perMilli bytes a millisecond
 * @param leastPerMilli the lower end of the interval
 * @param mostPerMilli the upper end
 * @param last the time of the newest point
 * @param lastBytes the line's value there
 * @param span from the oldest point to the newest
 */
record Trend(
        double perMilli, double leastPerMilli, double mostPerMilli, Instant last, double lastBytes, Duration span) {

    /** Fewer points, or closer together, say nothing. */
    static final int LEAST_POINTS = 8;

    static final Duration LEAST_SPAN = Duration.ofMinutes(10);

    /** How far ahead the line is believed, in spans. */
    static final int FARTHEST_SPANS = 10;

    private static final double NORMAL_90 = 1.645;

    /** The trend of at least {@link #LEAST_POINTS} points over at least {@link #LEAST_SPAN}; empty for fewer. */
    static Optional<Trend> of(List<Point> oldestFirst) {
        if (oldestFirst.size() < LEAST_POINTS) {
            return Optional.empty();
        }
        Instant first = oldestFirst.get(0).at;
        Instant last = oldestFirst.get(oldestFirst.size() - 1).at;
        Duration span = Duration.between(first, last);
        if (span.compareTo(LEAST_SPAN) < 0) {
            return Optional.empty();
        }
        double[] slopes = slopes(oldestFirst);
        double n = oldestFirst.size();
        double spread = NORMAL_90 * Math.sqrt(n * (n - 1) * (2 * n + 5) / 18);
        int low = (int) Math.max(0, Math.floor((slopes.length - spread) / 2));
        int high = (int) Math.min(slopes.length - 1.0, Math.ceil((slopes.length + spread) / 2));
        double slope = median(slopes);
        double[] ends = oldestFirst.stream()
                .mapToDouble(point ->
                        point.bytes + slope * Duration.between(point.at, last).toMillis())
                .sorted()
                .toArray();
        return Optional.of(new Trend(slope, slopes[low], slopes[high], last, median(ends), span));
    }

    /** Whether it is clear that it grows. */
    boolean grows() {
        return leastPerMilli > 0;
    }

    /** Whether it is clear that it shrinks. */
    boolean shrinks() {
        return mostPerMilli < 0;
    }

    /** When the line reaches a size; empty when it does not, or only so far ahead that nobody can tell. */
    Optional<Instant> reaches(double bytes) {
        if (bytes <= lastBytes) {
            return Optional.of(last);
        }
        double millis = (bytes - lastBytes) / perMilli;
        boolean believed = grows() && millis <= (double) FARTHEST_SPANS * span.toMillis();
        return believed ? Optional.of(last.plusMillis((long) millis)) : Optional.empty();
    }

    private static double[] slopes(List<Point> points) {
        double[] slopes = new double[points.size() * (points.size() - 1) / 2];
        int count = 0;
        for (int to = 1; to < points.size(); to++) {
            for (int from = 0; from < to; from++) {
                Point before = points.get(from);
                Point after = points.get(to);
                long millis = Duration.between(before.at, after.at).toMillis();
                if (millis > 0) {
                    slopes[count++] = (double) (after.bytes - before.bytes) / millis;
                }
            }
        }
        double[] found = Arrays.copyOf(slopes, count);
        Arrays.sort(found);
        return found;
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** A size at a time. */
    record Point(long number, Instant at, long bytes) {}
}
