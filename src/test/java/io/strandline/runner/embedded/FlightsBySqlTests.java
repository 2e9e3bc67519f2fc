package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Every operator over the flights agrees with SQL in H2, restored midway at another parallelism or not. */
class FlightsBySqlTests {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String PIPELINE = """
            name: flights
            sources:
              - name: flights
                type: file
                path: demo:flights.ndjson
                format: json
                schema: {date: "timestamp(yyyy/MM/dd HH:mm)", delay: long, distance: long, origin: string, destination: string}
                eventTime: {field: date, maxOutOfOrderness: PT1H}
            operators:
              - {name: late, type: filter, input: flights, where: delay > 120}
              - {name: early, type: filter, input: flights, where: delay <= 0}
              - {name: both, type: union, inputs: [late, early]}
              - {name: legs, type: map, input: both, columns: {origin: origin, miles: distance, minutes: "double(delay)"}}
              - {name: origins, type: window, input: flights, keyBy: [origin], window: {type: TUMBLING, size: P36500D}, aggregates: {n: count(), spread: var_samp(delay), root: stddev_pop(distance), a: min(destination), z: max(destination)}}
              - {name: weeks, type: window, input: flights, keyBy: [origin], window: {type: SLIDING, size: P7D, slide: P1D}, aggregates: {n: count(), worst: max(delay)}}
              - {name: rushes, type: window, input: flights, keyBy: [origin], window: {type: SESSION, gap: PT3H}, aggregates: {n: count(), miles: sum(distance)}}
              - {name: routes, type: deduplicate, input: flights, keyBy: [origin, destination]}
              - {name: extremes, type: window, input: legs, keyBy: [origin], window: {type: TUMBLING, size: P36500D}, aggregates: {n: count(), mean: avg(minutes), farthest: max(miles)}}
              - name: missed
                type: join
                left: {input: late, keyBy: [destination]}
                right: {input: flights, keyBy: [origin]}
                lower: PT1H
                upper: PT1H30M
                columns: {at: left.destination, minutes: left.delay, from: left.origin, to: right.destination, miles: right.distance}
            sinks:
              - {name: o1, type: file, input: origins, path: origins, format: json}
              - {name: o2, type: file, input: weeks, path: weeks, format: json}
              - {name: o3, type: file, input: rushes, path: rushes, format: json}
              - {name: o4, type: file, input: routes, path: routes, format: json}
              - {name: o5, type: file, input: extremes, path: extremes, format: json}
              - {name: o6, type: file, input: missed, path: missed, format: json}
            checkpoints: {interval: NONE}
            state: {backend: filesystem}
            """;

    private static Connection database;

    @TempDir
    private Path directory;

    private RunnerHarness harness;

    @BeforeAll
    static void load() throws SQLException, IOException {
        database = DriverManager.getConnection("jdbc:h2:mem:flights-by-sql");
        database.createStatement()
                .execute("create table flights(seq int, at bigint, delay bigint, distance bigint, origin varchar,"
                        + " destination varchar)");
        PreparedStatement insert = database.prepareStatement("insert into flights values (?, ?, ?, ?, ?, ?)");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(FlightsBySqlTests.class.getResourceAsStream("/demo/flights.ndjson")),
                StandardCharsets.UTF_8))) {
            int seq = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode row = JSON.readTree(line);
                LocalDateTime at = LocalDateTime.parse(row.get("date").stringValue(), DATE);
                insert.setInt(1, seq++);
                insert.setLong(2, at.toInstant(ZoneOffset.UTC).toEpochMilli());
                insert.setLong(3, row.get("delay").longValue());
                insert.setLong(4, row.get("distance").longValue());
                insert.setString(5, row.get("origin").stringValue());
                insert.setString(6, row.get("destination").stringValue());
                insert.addBatch();
            }
        }
        insert.executeBatch();
        database.createStatement().execute("create index by_origin on flights(origin, at)");
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @BeforeEach
    void open() {
        harness = new RunnerHarness(directory);
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 4, rocksdb", "7, 2, filesystem"})
    void agreesWithSql(int parallelism, int after, String backend) throws IOException, SQLException {
        ManifestHistory job = harness.job();
        String slow = PIPELINE.replace("    eventTime:", "    rate: 25000\n    eventTime:");
        InstanceWatch first = harness.start(job, slow, parallelism, backend, null);
        first.awaitRecordsIn(9_000);
        first.version();
        first.awaitRecordsIn(10_000);
        first.kill();
        harness.run(job, PIPELINE, after, "filesystem", job.head());

        assertSame("origins", "origin n spread root a z", """
                select origin, count(*), var_samp(cast(delay as double precision)),
                       stddev_pop(cast(distance as double precision)), min(destination), max(destination)
                from flights group by origin""");
        assertSame("extremes", "origin n mean farthest", """
                select origin, count(*), cast(avg(delay * 1.0000000000) as double precision), max(distance)
                from flights where delay > 120 or delay <= 0 group by origin""");
        assertSame("weeks", "origin window_start n worst", """
                select origin, since * 86400000, count(*), max(delay)
                from flights join (select x as since from system_range(
                        (select min(at) / 86400000 - 7 from flights), (select max(at) / 86400000 from flights)))
                    on at >= since * 86400000 and at < (since + 7) * 86400000
                group by origin, since""");
        assertSame("rushes", "origin window_start window_end n miles", """
                select origin, min(at), max(at) + 3 * 3600000, count(*), cast(sum(distance) as bigint)
                from (select origin, at, distance, sum(fresh) over (partition by origin order by at, seq) as rush
                      from (select *, case when at - lag(at) over (partition by origin order by at, seq) < 3 * 3600000
                                           then 0 else 1 end as fresh from flights))
                group by origin, rush""");
        assertSame("routes", "origin destination delay", """
                select origin, destination, delay from flights
                where seq in (select min(seq) from flights group by origin, destination)""");
        assertSame("missed", "at minutes from to miles", """
                select l.destination, l.delay, l.origin, r.destination, r.distance
                from flights l join flights r
                    on r.origin = l.destination and r.at - l.at between 3600000 and 5400000
                where l.delay > 120""");
    }

    private void assertSame(String path, String columns, String sql) throws IOException, SQLException {
        List<String> names = List.of(columns.split(" "));
        List<String> found = new ArrayList<>();
        for (String line : harness.output(path)) {
            JsonNode row = JSON.readTree(line);
            found.add(names.stream()
                    .map(name -> shown(name, row.get(name)))
                    .toList()
                    .toString());
        }
        List<String> expected = new ArrayList<>();
        try (ResultSet rows = database.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= names.size(); column++) {
                    values.add(shown(rows.getObject(column)));
                }
                expected.add(values.toString());
            }
        }
        assertThat(found).as(path).isNotEmpty();
        assertThat(found.stream().sorted().toList())
                .as(path)
                .isEqualTo(expected.stream().sorted().toList());
    }

    private static String shown(String name, JsonNode value) {
        if (name.startsWith("window_")) {
            return Long.toString(Instant.parse(value.stringValue()).toEpochMilli());
        }
        if (value.isNull()) {
            return "null";
        }
        if (value.isString()) {
            return value.stringValue();
        }
        return value.isDouble() ? shown(value.doubleValue()) : Long.toString(value.longValue());
    }

    private static String shown(Object value) {
        return value instanceof Double fraction ? "%.8g".formatted(fraction) : String.valueOf(value);
    }
}
