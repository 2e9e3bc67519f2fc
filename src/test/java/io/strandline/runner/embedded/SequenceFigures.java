package io.strandline.runner.embedded;

import io.strandline.engine.connector.sequence.SequenceSource;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the operators have to make of sequences whose event time is the offset, by plain collections. */
final class SequenceFigures {

    /** A record; its time is its offset. */
    record Row(int partition, long offset, long key, long value) {}

    private SequenceFigures() {}

    static List<Row> rows(SequenceSource source) {
        List<Row> rows = new ArrayList<>();
        for (int partition = 0; partition < source.partitions(); partition++) {
            for (long offset = 0; offset < source.count(); offset++) {
                rows.add(new Row(partition, offset, source.key(partition, offset), source.value(partition, offset)));
            }
        }
        return rows;
    }

    private static Map<Long, List<Row>> byKey(List<Row> rows) {
        return rows.stream().collect(Collectors.groupingBy(Row::key, TreeMap::new, Collectors.toList()));
    }

    /** Count, sum, least, greatest, mean, variance, first and last value of each key, in one window of everything. */
    static List<String> totals(List<Row> rows, long size) {
        List<String> lines = new ArrayList<>();
        Comparator<Row> byTime = Comparator.comparingLong(Row::offset).thenComparingLong(Row::value);
        byKey(rows).forEach((key, of) -> {
            long sum = of.stream().mapToLong(Row::value).sum();
            lines.add(rounded("%d,%s,%d,%d,%d,%d,%s,%s,%d,%d"
                    .formatted(
                            key,
                            bounds(0, size),
                            of.size(),
                            sum,
                            of.stream().mapToLong(Row::value).min().orElseThrow(),
                            of.stream().mapToLong(Row::value).max().orElseThrow(),
                            (double) sum / of.size(),
                            variance(of),
                            of.stream().min(byTime).orElseThrow().value(),
                            of.stream().max(byTime).orElseThrow().value())));
        });
        return lines.stream().sorted().toList();
    }

    /** The least count of different values that the sketch of each key may tell, and the greatest. */
    static Map<Long, long[]> distinct(List<Row> rows) {
        Map<Long, long[]> counts = new TreeMap<>();
        byKey(rows).forEach((key, of) -> {
            long exact = of.stream().map(Row::value).distinct().count();
            counts.put(key, new long[] {(long) (exact * 0.93), (long) (exact * 1.07) + 1});
        });
        return counts;
    }

    private static double variance(List<Row> rows) {
        BigDecimal sum = BigDecimal.valueOf(rows.stream().mapToLong(Row::value).sum());
        BigDecimal squares = rows.stream()
                .map(row -> BigDecimal.valueOf(row.value()).pow(2))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal count = BigDecimal.valueOf(rows.size());
        return count.multiply(squares)
                .subtract(sum.pow(2))
                .divide(count.pow(2), MathContext.DECIMAL64)
                .doubleValue();
    }

    /** Key, window, rows and sum of every sliding window that has rows. */
    static List<String> sliding(List<Row> rows, long size, long slide) {
        Map<Long, Map<Long, long[]>> windows = new TreeMap<>();
        for (Row row : rows) {
            for (long start = Math.floorDiv(row.offset(), slide) * slide; start > row.offset() - size; start -= slide) {
                add(windows.computeIfAbsent(start, any -> new TreeMap<>()), row);
            }
        }
        List<String> lines = new ArrayList<>();
        windows.forEach((start, keys) -> keys.forEach((key, sum) ->
                lines.add("%d,%s,%d,%d".formatted(key, bounds(start, start + size), sum[0], sum[1]))));
        return lines.stream().sorted().toList();
    }

    /** Key, window, rows and sum of every session. */
    static List<String> sessions(List<Row> rows, long gap) {
        List<String> lines = new ArrayList<>();
        byKey(rows).forEach((key, of) -> {
            List<Row> ordered =
                    of.stream().sorted(Comparator.comparingLong(Row::offset)).toList();
            int first = 0;
            for (int i = 1; i <= ordered.size(); i++) {
                if (i == ordered.size()
                        || ordered.get(i).offset() - ordered.get(i - 1).offset() >= gap) {
                    List<Row> session = ordered.subList(first, i);
                    lines.add("%d,%s,%d,%d"
                            .formatted(
                                    key,
                                    bounds(
                                            session.get(0).offset(),
                                            session.get(session.size() - 1).offset() + gap),
                                    session.size(),
                                    session.stream().mapToLong(Row::value).sum()));
                    first = i;
                }
            }
        });
        return lines.stream().sorted().toList();
    }

    /** The first row of each partition and key, and the next one at least {@code ttl} after it. */
    static List<String> once(List<Row> rows, long ttl) {
        Map<List<Long>, Long> passed = new TreeMap<>(Comparator.comparing(List::toString));
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            List<Long> key = List.of((long) row.partition(), row.key());
            Long before = passed.get(key);
            if (before == null || row.offset() - before >= ttl) {
                passed.put(key, row.offset());
                lines.add("%d,%d,%d,%d".formatted(row.partition(), row.offset(), row.key(), row.value()));
            }
        }
        return lines.stream().sorted().toList();
    }

    /** Pairs of equal key whose right row is {@code lower} to {@code upper} later. */
    static List<String> pairs(List<Row> left, List<Row> right, long lower, long upper) {
        Map<Long, Map<Long, List<Row>>> byTime =
                right.stream().collect(Collectors.groupingBy(Row::key, Collectors.groupingBy(Row::offset)));
        List<String> lines = new ArrayList<>();
        for (Row row : left) {
            for (long time = row.offset() + lower; time <= row.offset() + upper; time++) {
                for (Row other : byTime.getOrDefault(row.key(), Map.of()).getOrDefault(time, List.of())) {
                    lines.add("%d,%d,%d,%d,%d,%d"
                            .formatted(
                                    other.partition(),
                                    row.partition(),
                                    row.key(),
                                    row.offset(),
                                    other.offset(),
                                    other.value()));
                }
            }
        }
        return lines.stream().sorted().toList();
    }

    /** How many rows each key has in both. */
    static Map<String, List<Object>> counts(List<Row> one, List<Row> other) {
        List<Row> both = new ArrayList<>(one);
        both.addAll(other);
        Map<String, List<Object>> counts = new TreeMap<>();
        byKey(both).forEach((key, of) -> counts.put("[" + key + "]", List.of((long) of.size())));
        return counts;
    }

    /** A line whose fractions are told by eight digits. */
    static String rounded(String line) {
        return List.of(line.split(",")).stream()
                .map(field -> field.matches("-?[0-9]+\\.[0-9]+(E-?[0-9]+)?")
                        ? "%.8g".formatted(Double.parseDouble(field))
                        : field)
                .collect(Collectors.joining(","));
    }

    private static void add(Map<Long, long[]> sums, Row row) {
        long[] sum = sums.computeIfAbsent(row.key(), any -> new long[2]);
        sum[0]++;
        sum[1] += row.value();
    }

    private static String bounds(long start, long end) {
        return Instant.ofEpochMilli(start) + "," + Instant.ofEpochMilli(end);
    }
}
