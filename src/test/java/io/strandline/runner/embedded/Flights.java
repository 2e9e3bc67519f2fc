package io.strandline.runner.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The bundled flights, and what a pipeline over them has to compute, by plain maps. */
final class Flights {

    /** Writes late flights and days' counts; keeps aggregates of late flights by origin. */
    static final String PIPELINE = """
            name: flights
            sources:
              - name: departures
                type: file
                path: demo:flights.ndjson
                format: json
                schema: {date: "timestamp(yyyy/MM/dd HH:mm)", delay: long, distance: long, origin: string, destination: string}
                eventTime: {field: date, maxOutOfOrderness: PT1H}
            operators:
              - {name: late, type: filter, input: departures, where: delay > 15}
              - name: by-origin
                type: aggregate
                input: late
                keyBy: [origin]
                aggregates: {flights: count(), total: sum(delay), worst: max(delay), mean: avg(delay)}
              - name: daily
                type: window
                input: departures
                keyBy: [origin]
                window: {type: TUMBLING, size: P1D}
                aggregates: {flights: count(), worst: max(delay)}
            sinks:
              - {name: changes, type: file, input: by-origin, path: changes, format: json}
              - {name: days, type: file, input: daily, path: days, format: json}
            checkpoints: {interval: NONE}
            state: {backend: filesystem, snapshots: INCREMENTAL}
            """;

    static final int COUNT = 20_000;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Flights() {}

    /** The same pipeline, reading so many flights a second. */
    static String pipeline(int rate) {
        return PIPELINE.replace("    eventTime:", "    rate: " + rate + "\n    eventTime:");
    }

    static List<Flight> all() {
        try (InputStream data =
                Objects.requireNonNull(Flights.class.getResourceAsStream("/demo/flights.ndjson"), "flights.ndjson")) {
            return new String(data.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Flight::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Origin to flights, total, worst, mean (and its sum and count) of those more than 15 minutes late. */
    static Map<String, List<Object>> byOrigin(List<Flight> flights) {
        Map<String, List<Flight>> late = new TreeMap<>();
        flights.stream()
                .filter(flight -> flight.delay() > 15)
                .forEach(flight -> late.computeIfAbsent(flight.origin(), origin -> new ArrayList<>())
                        .add(flight));
        Map<String, List<Object>> expected = new TreeMap<>();
        late.forEach((origin, of) -> {
            long count = of.size();
            long total = of.stream().mapToLong(Flight::delay).sum();
            long worst = of.stream().mapToLong(Flight::delay).max().orElseThrow();
            expected.put("[" + origin + "]", List.of(count, total, worst, (double) total / count, total, count));
        });
        return expected;
    }

    /** Every row of the running aggregate: one an update. */
    static List<String> changes(List<Flight> flights) {
        List<Flight> before = new ArrayList<>();
        Map<String, long[]> sums = new TreeMap<>();
        List<String> rows = new ArrayList<>();
        for (Flight flight : flights) {
            if (flight.delay() > 15) {
                before.add(flight);
                long[] sum = sums.computeIfAbsent(flight.origin(), origin -> new long[3]);
                sum[0]++;
                sum[1] += flight.delay();
                sum[2] = Math.max(sum[2], flight.delay());
                rows.add("%s %d %d %d %s".formatted(flight.origin(), sum[0], sum[1], sum[2], (double) sum[1] / sum[0]));
            }
        }
        return rows.stream().sorted().toList();
    }

    /** One written row of the running aggregate as {@link #changes} has it. */
    static String change(String line) {
        JsonNode row = JSON.readTree(line);
        return "%s %d %d %d %s"
                .formatted(
                        row.get("origin").stringValue(),
                        row.get("flights").longValue(),
                        row.get("total").longValue(),
                        row.get("worst").longValue(),
                        row.get("mean").doubleValue());
    }

    /** Origin and day to its flights and worst delay. */
    static List<String> days(List<Flight> flights) {
        Map<String, long[]> days = new TreeMap<>();
        for (Flight flight : flights) {
            String key = flight.origin() + " " + flight.date().toLocalDate();
            long[] day = days.computeIfAbsent(key, any -> new long[] {0, Long.MIN_VALUE});
            day[0]++;
            day[1] = Math.max(day[1], flight.delay());
        }
        List<String> rows = new ArrayList<>();
        days.forEach((key, day) -> rows.add(key + " " + day[0] + " " + day[1]));
        return rows.stream().sorted().toList();
    }

    /** One written row of the window as {@link #days} has it. */
    static String day(String line) {
        JsonNode row = JSON.readTree(line);
        String start = row.get("window_start").stringValue();
        return "%s %s %d %d"
                .formatted(
                        row.get("origin").stringValue(),
                        start.substring(0, 10),
                        row.get("flights").longValue(),
                        row.get("worst").longValue());
    }

    /** How much later than one before it a flight comes in the file, at most. */
    static long outOfOrderMinutes(List<Flight> flights) {
        long newest = Long.MIN_VALUE;
        long most = 0;
        for (Flight flight : flights) {
            long minute = flight.date().toEpochSecond(ZoneOffset.UTC) / 60;
            newest = Math.max(newest, minute);
            most = Math.max(most, newest - minute);
        }
        return most;
    }

    record Flight(LocalDateTime date, long delay, String origin) {

        static Flight parse(String line) {
            JsonNode row = JSON.readTree(line);
            return new Flight(
                    LocalDateTime.parse(row.get("date").stringValue(), DATE),
                    row.get("delay").longValue(),
                    row.get("origin").stringValue());
        }
    }
}
