package io.strandline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.strandline.pipeline.Pipelines.Syntax;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.FieldError;
import io.strandline.problem.StrandlineException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal: one line of the guide's document is changed, and the answer names the place and the way out. */
class PipelineRefusalTests {

    private static final String LATE = "  - {name: late, type: filter, input: departures, where: delay > 15}";
    private static final String SINK = "  - {name: out, type: file, input: daily, path: daily, format: json}";
    private static final String COLUMNS = " (columns here: date, delay, distance, origin, destination)";
    private static final String NAME_RULE =
            "a name begins with a-z and goes on with up to 62 of a-z, 0-9, '.', '_' and '-'";
    private static final String PATH_RULE =
            "a relative path below the files root is expected, with '/' between names that do not begin with '.'; found ";

    private final Pipelines pipelines = new Pipelines();

    @ParameterizedTest(name = "{1} at {2}")
    @MethodSource({"documentFields", "sourceFields", "operatorFields", "expressions", "dataflow", "settings"})
    void refuses(String line, String replacement, String pointer, String detail) throws IOException {
        StrandlineException refusal = refusal(change(line, replacement));

        assertThat(refusal.problem().errors()).containsExactly(new FieldError(pointer, detail));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PIPELINE);
        assertThat(refusal.problem().detail()).contains(detail);
    }

    static Stream<Arguments> documentFields() {
        String name = "name: flights";
        return Stream.of(
                arguments(
                        name,
                        "nam: x\nname: flights",
                        "/nam",
                        "unknown field 'nam'; did you mean 'name'? (fields here: name, description, parallelism,"
                                + " maxParallelism, sources, operators, sinks, checkpoints, state, restart)"),
                arguments(
                        name,
                        "name: flights\n\"a/b~c\": 1",
                        "/a~1b~0c",
                        "unknown field 'a/b~c' (fields here: name, description, parallelism, maxParallelism, sources,"
                                + " operators, sinks, checkpoints, state, restart)"),
                arguments(name + "\n", "", "/name", "missing; the job's name is required"),
                arguments(name, "name: 5", "/name", "the job's name is expected; found 5"),
                arguments(
                        name,
                        "name: null",
                        "/name",
                        "the job's name is expected; found null (leave the field out instead)"),
                arguments(
                        name,
                        "name: Flights",
                        "/name",
                        NAME_RULE + ", without '..' or a '.' at its end; found 'Flights'"),
                arguments(name, "name: a..b", "/name", NAME_RULE + ", without '..' or a '.' at its end; found 'a..b'"),
                arguments(name, "name: ab.", "/name", NAME_RULE + ", without '..' or a '.' at its end; found 'ab.'"),
                arguments(
                        name,
                        "name: " + "a".repeat(64),
                        "/name",
                        NAME_RULE + ", without '..' or a '.' at its end; found '" + "a".repeat(64) + "'"),
                arguments(name, "name: abcdef12", "/name", "a name must not look like an id; found 'abcdef12'"),
                arguments(
                        name,
                        "name: a1b2c3d4-0000-7000-8000-000000000000",
                        "/name",
                        "a name must not look like an id; found 'a1b2c3d4-0000-7000-8000-000000000000'"),
                arguments(
                        name,
                        "name: latest",
                        "/name",
                        "'latest' has a meaning of its own in revisions; choose another name"),
                arguments(
                        "parallelism: 2",
                        "parallelism: 17",
                        "/parallelism",
                        "a whole number from 1 to 16 is expected; found 17"),
                arguments(
                        "parallelism: 2",
                        "parallelism: two",
                        "/parallelism",
                        "a whole number from 1 to 16 is expected; found 'two'"),
                arguments(
                        "parallelism: 2",
                        "parallelism: 1.5",
                        "/parallelism",
                        "a whole number from 1 to 16 is expected; found 1.5"),
                arguments(
                        "parallelism: 2",
                        "parallelism: 99999999999999999999",
                        "/parallelism",
                        "a whole number from 1 to 16 is expected; found 99999999999999999999"),
                arguments(
                        "parallelism: 2",
                        "parallelism: 4\nmaxParallelism: 3",
                        "/maxParallelism",
                        "a whole number from 4 to 32768 is expected; found 3"),
                arguments(
                        "description: Late departures by airport",
                        "description: [a]",
                        "/description",
                        "text is expected; found a list"));
    }

    static Stream<Arguments> sourceFields() {
        String path = "path: flights.ndjson";
        String schema = "schema: {date";
        String date = "date: \"timestamp(yyyy/MM/dd HH:mm)\"";
        String types =
                "one of long, double, boolean, string, timestamp(pattern), timestamp(pattern, Zone) is expected; found ";
        return Stream.of(
                arguments(
                        "type: file\n",
                        "type: fil\n",
                        "/sources/0/type",
                        "one of file, sequence is expected; found 'fil'; did you mean 'file'?"),
                arguments("    type: file\n", "", "/sources/0/type", "missing; one of file, sequence is required"),
                arguments("- {name: out", "- {name: Out", "/sinks/0/name", NAME_RULE + "; found 'Out'"),
                arguments(
                        "    " + path + "\n",
                        "",
                        "/sources/0/path",
                        "missing; a path below the files root is required"),
                arguments(path, "path: /etc/passwd", "/sources/0/path", PATH_RULE + "'/etc/passwd'"),
                arguments(path, "path: ../x", "/sources/0/path", PATH_RULE + "'../x'"),
                arguments(path, "path: a/../../x", "/sources/0/path", PATH_RULE + "'a/../../x'"),
                arguments(path, "path: a//b", "/sources/0/path", PATH_RULE + "'a//b'"),
                arguments(path, "path: a\\b", "/sources/0/path", PATH_RULE + "'a\\b'"),
                arguments(path, "path: 'C:x'", "/sources/0/path", PATH_RULE + "'C:x'"),
                arguments(path, "path: 'file:///etc/passwd'", "/sources/0/path", PATH_RULE + "'file:///etc/passwd'"),
                arguments(path, "path: 'demo:../x'", "/sources/0/path", PATH_RULE + "'demo:../x'"),
                arguments(path, "path: ''", "/sources/0/path", PATH_RULE + "''"),
                arguments(path, "path: \"a\\0b\"", "/sources/0/path", PATH_RULE + "'a\0b'"),
                arguments(
                        "    format: json\n",
                        "    format: JSON\n",
                        "/sources/0/format",
                        "one of json, csv is expected; found 'JSON'; did you mean 'json'?"),
                arguments(
                        schema,
                        "schema: {in: long, date",
                        "/sources/0/schema/in",
                        "'in' is a word of the expression language; choose another column name"),
                arguments(
                        schema,
                        "schema: {a-b: long, date",
                        "/sources/0/schema/a-b",
                        "a column's name is made of A-Z, a-z, 0-9 and '_' and does not begin with a digit; found 'a-b'"),
                arguments(
                        schema,
                        "schema: {x: lnog, date",
                        "/sources/0/schema/x",
                        types + "'lnog'; did you mean 'long'?"),
                arguments(
                        schema,
                        "schema: {x: 5, date",
                        "/sources/0/schema/x",
                        "text (put it in quotes) is expected; found 5"),
                arguments(
                        schema,
                        "schema: {x: timestamp, date",
                        "/sources/0/schema/x",
                        types + "'timestamp'; say how it is written, such as timestamp(yyyy-MM-dd HH:mm:ss)"),
                arguments(
                        schema,
                        "schema: {x: timestamp(HH:mm), date",
                        "/sources/0/schema/x",
                        "'HH:mm' is no pattern of a date and time (what it writes cannot be read back"
                                + " as a date); one looks like yyyy/MM/dd HH:mm"),
                arguments(
                        schema,
                        "schema: {x: timestamp(bbbb), date",
                        "/sources/0/schema/x",
                        "'bbbb' is no pattern of a date and time (Unknown pattern letter: b); one looks like yyyy/MM/dd"
                                + " HH:mm"),
                arguments(
                        schema,
                        "schema: {x: \"timestamp(yyyy-MM-dd, Europe/Belin)\", date",
                        "/sources/0/schema/x",
                        "'Europe/Belin' is no time zone; write one such as Europe/Berlin or +02:00"),
                arguments(
                        "eventTime: {field: date",
                        "eventTime: {field: delay",
                        "/sources/0/eventTime/field",
                        "a timestamp column is expected; 'delay' is long"),
                arguments(
                        "eventTime: {field: date",
                        "eventTime: {field: dat",
                        "/sources/0/eventTime/field",
                        "no column 'dat' in schema; did you mean 'date'?" + COLUMNS),
                arguments(
                        "idleTimeout: PT30S",
                        "idleTimeout: 30s",
                        "/sources/0/eventTime/idleTimeout",
                        "an ISO 8601 duration such as PT10S, PT0.5S or P1D is expected; found '30s'"),
                arguments(
                        "idleTimeout: PT30S",
                        "idleTimeout: PT0S",
                        "/sources/0/eventTime/idleTimeout",
                        "a duration from PT0.001S to P36500D is expected; found 'PT0S'"),
                arguments(
                        "maxOutOfOrderness: PT1H",
                        "maxOutOfOrderness: PT-1H",
                        "/sources/0/eventTime/maxOutOfOrderness",
                        "a duration from PT0S to P36500D is expected; found 'PT-1H'"),
                arguments(
                        "rate: 2000",
                        "rate: 0",
                        "/sources/0/rate",
                        "a whole number from 1 to 1000000000 is expected; found 0"),
                arguments(
                        "onEnd: STOP",
                        "onEnd: FOLOW",
                        "/sources/0/onEnd",
                        "one of STOP, FOLLOW, REPEAT is expected; found 'FOLOW'; did you mean 'FOLLOW'?"),
                arguments(
                        "onEnd: STOP",
                        "onEnd: REPEAT",
                        "/sources/0/onEnd",
                        "REPEAT would turn event time back; leave eventTime out, or use STOP or FOLLOW"),
                arguments("onError: FAIL", "onError: SKIP", "/sources/0/onError", "FAIL is expected; found 'SKIP'"),
                arguments(
                        date,
                        date + ", date2: timestamp()",
                        "/sources/0/schema/date2",
                        "'' is no pattern of a date and time (what it writes cannot be read back as a date);"
                                + " one looks like yyyy/MM/dd HH:mm"));
    }

    static Stream<Arguments> operatorFields() {
        return Stream.of(
                arguments(
                        LATE,
                        "  - {name: late, type: filtr, input: departures, where: delay > 15}",
                        "/operators/0/type",
                        "one of filter, map, aggregate, window is expected; found 'filtr'; did you mean 'filter'?"),
                arguments(
                        LATE,
                        "  - {type: filter, input: departures, where: delay > 15}\n" + LATE,
                        "/operators/0/name",
                        "missing; a name is required"),
                arguments(
                        LATE,
                        LATE.replace(", where: delay > 15", ""),
                        "/operators/0/where",
                        "missing; a boolean expression is required"),
                arguments(
                        LATE,
                        LATE.replace("where: ", "wher: x, where: "),
                        "/operators/0/wher",
                        "unknown field 'wher'; did you mean 'where'? (fields here: name, type, input, where)"),
                arguments(
                        LATE,
                        LATE.replace("delay > 15", "true"),
                        "/operators/0/where",
                        "a boolean expression is expected; found true"),
                arguments(
                        "columns: {origin: origin",
                        "columns: {origin: 5",
                        "/operators/1/columns/origin",
                        "text (put it in quotes) is expected; found 5"),
                arguments(
                        "columns: {origin: origin",
                        "columns: {while: origin, origin: origin",
                        "/operators/1/columns/while",
                        "'while' is a word of the expression language; choose another column name"),
                arguments(
                        "    keyBy: [origin]",
                        "    keyBy: []",
                        "/operators/2/keyBy",
                        "at least one column is required; found none"),
                arguments(
                        "    keyBy: [origin]",
                        "    keyBy: origin",
                        "/operators/2/keyBy",
                        "a list of at most 50 is expected; found 'origin'"),
                arguments(
                        "    keyBy: [origin]",
                        "    keyBy: [origin, 5]",
                        "/operators/2/keyBy/1",
                        "a column's name is expected; found 5"),
                arguments(
                        "    keyBy: [origin]",
                        "    keyBy: [origin, origin]",
                        "/operators/2/keyBy/1",
                        "'origin' is there already"),
                arguments(
                        "    keyBy: [origin]\n",
                        "",
                        "/operators/2/keyBy",
                        "missing; a list of column names is required"),
                arguments(
                        "emit: CHANGES",
                        "emit: CHANGE",
                        "/operators/2/emit",
                        "CHANGES, NONE or {every: PT1S} is expected; found 'CHANGE'; did you mean 'CHANGES'?"),
                arguments(
                        "emit: CHANGES",
                        "emit: {evry: PT1S, every: PT2S}",
                        "/operators/2/emit/evry",
                        "unknown field 'evry'; did you mean 'every'? (fields here: every)"),
                arguments(
                        "emit: CHANGES",
                        "emit: {}",
                        "/operators/2/emit/every",
                        "missing; a duration such as PT1H is required"),
                arguments(
                        "window: {type: TUMBLING, size: P1D}",
                        "window: {type: TUMBLIN, size: P1D}",
                        "/operators/3/window/type",
                        "one of TUMBLING is expected; found 'TUMBLIN'; did you mean 'TUMBLING'?"),
                arguments(
                        "window: {type: TUMBLING, size: P1D}",
                        "window: {type: TUMBLING, size: P1M}",
                        "/operators/3/window/size",
                        "an ISO 8601 duration such as PT10S, PT0.5S or P1D is expected; found 'P1M'"),
                arguments(
                        "window: {type: TUMBLING, size: P1D}",
                        "window: {type: TUMBLING, size: PT0.0005S}",
                        "/operators/3/window/size",
                        "a duration from PT0.001S to P36500D is expected; found 'PT0.0005S'"),
                arguments(
                        "window: {type: TUMBLING, size: P1D}",
                        "window: {type: TUMBLING, size: PT1.0005S}",
                        "/operators/3/window/size",
                        "whole milliseconds are expected; found 'PT1.0005S'"),
                arguments(
                        "window: {type: TUMBLING, size: P1D}",
                        "window: P1D",
                        "/operators/3/window",
                        "an object of fields is expected; found 'P1D'"),
                arguments(
                        "window: {type: TUMBLING, size: P1D}, ",
                        "",
                        "/operators/3/window",
                        "missing; an object such as {type: TUMBLING, size: PT1H} is required"),
                arguments(
                        "aggregates: {flights: count()}}",
                        "aggregates: {}}",
                        "/operators/3/aggregates",
                        "an object of column names to expressions (1 to 500 of them) is expected; found 0 members"));
    }

    static Stream<Arguments> expressions() {
        String forms = "count(), sum(x), min(x), max(x), avg(x)";
        String enriched = " (columns here: origin, delay, speedy)";
        return Stream.of(
                arguments(
                        "where: delay > 15",
                        "where: dely > 15",
                        "/operators/0/where",
                        "1:1: unknown column 'dely'; did you mean 'delay'?" + COLUMNS),
                arguments(
                        "where: delay > 15",
                        "where: delay + 15",
                        "/operators/0/where",
                        "a boolean expression is expected; 'delay + 15' is a long"),
                arguments(
                        "where: delay > 15",
                        "where: delay > '15'",
                        "/operators/0/where",
                        "1:7: '>' does not take (long, string); convert with int(…), double(…) or string(…)"),
                arguments(
                        "where: delay > 15",
                        "where: delay >",
                        "/operators/0/where",
                        "1:8: the expression ends where a value is missing"),
                arguments("where: delay > 15", "where: ''", "/operators/0/where", "1:1: the expression is empty"),
                arguments(
                        "distance > 1000 ?",
                        "distance > 1000.0 ?",
                        "/operators/1/columns/speedy",
                        "1:10: '>' does not take (long, double); write a whole number as 2.0, or convert a column with"
                                + " double(…) or int(…)"),
                arguments(
                        "total: sum(delay)",
                        "total: sum(dely)",
                        "/operators/2/aggregates/total",
                        "1:5: unknown column 'dely'; did you mean 'delay'?" + enriched),
                arguments(
                        "total: sum(delay)",
                        "total: sum(origin)",
                        "/operators/2/aggregates/total",
                        "sum takes a long or a double; 'origin' is a string"),
                arguments(
                        "total: sum(delay)",
                        "total: sm(delay)",
                        "/operators/2/aggregates/total",
                        "no aggregate 'sm'; did you mean 'sum'? (there are: " + forms + ")"),
                arguments(
                        "total: sum(delay)",
                        "total: delay",
                        "/operators/2/aggregates/total",
                        "one of " + forms + " is expected; found 'delay'"),
                arguments(
                        "total: sum(delay)",
                        "total: sum(delay) + max(delay)",
                        "/operators/2/aggregates/total",
                        "1:10: unexpected ')'"),
                arguments(
                        "total: sum(delay)",
                        "total: sum()",
                        "/operators/2/aggregates/total",
                        "sum needs a column or expression, such as sum(delay)"),
                arguments(
                        "total: sum(delay)",
                        "total: count(delay)",
                        "/operators/2/aggregates/total",
                        "count() counts rows and takes nothing; no column is ever empty"),
                arguments(
                        "total: sum(delay)",
                        "origin: sum(delay)",
                        "/operators/2/aggregates/origin",
                        "'origin' is a column of the output already; choose another name"),
                arguments(
                        "aggregates: {flights: count()}}",
                        "aggregates: {window_end: count()}}",
                        "/operators/3/aggregates/window_end",
                        "'window_end' is a column of the output already; choose another name"),
                arguments(
                        "    keyBy: [origin]",
                        "    keyBy: [orign]",
                        "/operators/2/keyBy/0",
                        "no column 'orign' in the input; did you mean 'origin'?" + enriched),
                arguments(
                        "columns: {origin: origin, delay: delay, speedy",
                        "columns: {origin: double(distance), delay: delay, speedy",
                        "/operators/2/keyBy/0",
                        "'origin' is a double, which makes no key; convert it in a map with int(…) or string(…)"));
    }

    static Stream<Arguments> dataflow() {
        return Stream.of(
                arguments(
                        "input: departures, where",
                        "input: departure, where",
                        "/operators/0/input",
                        "no source or operator 'departure'; did you mean 'departures'? (there are: departures, late,"
                                + " enriched, by-origin, daily)"),
                arguments(
                        "input: departures, where",
                        "input: out, where",
                        "/operators/0/input",
                        "'out' is a sink; an input is a source or an operator"),
                arguments(
                        "- name: by-origin",
                        "- name: departures",
                        "/operators/2/name",
                        "'departures' is the name of /sources/0 already; sources, operators and sinks share one namespace"),
                arguments(
                        "name: out",
                        "name: daily",
                        "/sinks/0/name",
                        "'daily' is the name of /operators/3 already; sources, operators and sinks share one namespace"),
                arguments(
                        "input: daily, path",
                        "input: dayly, path",
                        "/sinks/0/input",
                        "no source or operator 'dayly'; did you mean 'daily'? (there are: departures, late, daily,"
                                + " enriched, by-origin)"),
                arguments(
                        "input: departures, where",
                        "input: late, where",
                        "/operators/0/input",
                        "the operator reads its own output: late <- late"),
                arguments(
                        SINK,
                        SINK + "\n" + SINK.replace("out", "out2"),
                        "/sinks/1/path",
                        "the sink at /sinks/0 writes there already"),
                arguments(
                        "    eventTime: {field: date, maxOutOfOrderness: PT1H, idleTimeout: PT30S}\n",
                        "",
                        "/operators/3/window",
                        "a window needs event time; set eventTime on the source that feeds it"),
                arguments(
                        "type: file, input: daily",
                        "type: fle, input: daily",
                        "/sinks/0/type",
                        "one of file, discard is expected; found 'fle'; did you mean 'file'?"),
                arguments(
                        "path: daily",
                        "path: demo:x",
                        "/sinks/0/path",
                        "the bundled data cannot be written to; write a path below the files root"),
                arguments("path: daily", "path: .hidden", "/sinks/0/path", PATH_RULE + "'.hidden'"));
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                arguments(
                        "interval: PT5S",
                        "interval: NEVER",
                        "/checkpoints/interval",
                        "an ISO 8601 duration such as PT10S, PT0.5S or P1D is expected; found 'NEVER'"),
                arguments(
                        "guarantee: EXACTLY_ONCE",
                        "guarantee: AT_MOST_ONCE",
                        "/checkpoints/guarantee",
                        "one of EXACTLY_ONCE, AT_LEAST_ONCE is expected; found 'AT_MOST_ONCE'; did you mean 'AT_LEAST_ONCE'?"),
                arguments(
                        "attempts: 3",
                        "attempts: 0",
                        "/checkpoints/retry/attempts",
                        "a whole number from 1 to 100 is expected; found 0"),
                arguments(
                        "initial: PT1S, max: PT30S",
                        "initial: PT1S, max: PT0.5S",
                        "/checkpoints/retry/max",
                        "max PT0.5S is shorter than initial PT1S"),
                arguments(
                        "unaligned: false",
                        "unaligned: no way",
                        "/checkpoints/unaligned",
                        "true or false is expected; found 'no way'"),
                arguments(
                        "checkpoints: {interval",
                        "checkpoints: {intervall: PT1S, interval",
                        "/checkpoints/intervall",
                        "unknown field 'intervall'; did you mean 'interval'? (fields here: interval, guarantee, timeout,"
                                + " minPause, tolerableFailures, retry, unaligned, alignedTimeout)"),
                arguments(
                        "backend: rocksdb",
                        "backend: rocks",
                        "/state/backend",
                        "one of memory, filesystem, rocksdb is expected; found 'rocks'; did you mean 'rocksdb'?"),
                arguments(
                        "memoryBudget: 256MB",
                        "memoryBudget: 256 MB",
                        "/state/memoryBudget",
                        "a size such as 256MB (bytes, KB, MB or GB) is expected; found '256 MB'"),
                arguments(
                        "memoryBudget: 256MB",
                        "memoryBudget: 63KB",
                        "/state/memoryBudget",
                        "at least 64KB is expected; found '63KB'"),
                arguments(
                        "memoryBudget: 256MB",
                        "memoryBudget: 999999999999999GB",
                        "/state/memoryBudget",
                        "a size such as 256MB (bytes, KB, MB or GB) is expected; found '999999999999999GB'"),
                arguments(
                        "strategy: EXPONENTIAL",
                        "strategy: FIXED",
                        "/restart/strategy",
                        "one of EXPONENTIAL, NONE is expected; found 'FIXED'"),
                arguments(
                        "fallback: NONE",
                        "fallback: ANCESTOR",
                        "/restart/fallback",
                        "one of NONE, INTACT_ANCESTOR is expected; found 'ANCESTOR'"),
                arguments(
                        "restart: {strategy: EXPONENTIAL, initial: PT0.2S, max: PT1M, maxAttempts: 10, fallback: NONE}",
                        "restart: none",
                        "/restart",
                        "an object of fields is expected; found 'none'"));
    }

    @ParameterizedTest(name = "{1} at {2}")
    @MethodSource("notYet")
    void answersNotSupportedForWhatComesLater(String line, String replacement, String pointer, String what)
            throws IOException {
        StrandlineException refusal = refusal(change(line, replacement));

        assertThat(refusal.problem().errors())
                .containsExactly(new FieldError(pointer, what + " is not supported by this release"));
        assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    }

    static Stream<Arguments> notYet() {
        return Stream.of(
                arguments("type: file\n", "type: http\n", "/sources/0/type", "the type 'http'"),
                arguments(
                        "onError: FAIL",
                        "onError: {deadLetter: {path: x, max: 5}}",
                        "/sources/0/onError",
                        "a dead-letter file"),
                arguments("type: file, input: daily", "type: jdbc, input: daily", "/sinks/0/type", "the type 'jdbc'"),
                arguments(
                        LATE,
                        LATE.replace("type: filter", "type: deduplicate"),
                        "/operators/0/type",
                        "the type 'deduplicate'"),
                arguments(LATE, LATE.replace("type: filter", "type: join"), "/operators/0/type", "the type 'join'"),
                arguments(LATE, LATE.replace("type: filter", "type: union"), "/operators/0/type", "the type 'union'"),
                arguments(
                        LATE, LATE.replace("type: filter", "type: process"), "/operators/0/type", "the type 'process'"),
                arguments(
                        "type: TUMBLING",
                        "type: SLIDING, slide: PT1H",
                        "/operators/3/window/type",
                        "the type 'SLIDING'"),
                arguments(
                        "type: TUMBLING, size: P1D",
                        "type: SESSION, gap: PT1H",
                        "/operators/3/window/type",
                        "the type 'SESSION'"),
                arguments("unaligned: false", "unaligned: true", "/checkpoints/unaligned", "unaligned: true"),
                arguments(
                        "where: delay > 15",
                        "where: \"[1, 2].exists(x, x == delay)\"",
                        "/operators/0/where",
                        "1:14: the macro 'exists'"));
    }

    @Test
    void reportsEveryMistakeOnceAndNothingThatFollowsFromThem() throws IOException {
        String document = change("parallelism: 2", "parallelism: 0")
                .replace("where: delay > 15", "where: dely > 15")
                .replace("backend: rocksdb", "backend: disk")
                .replace("type: TUMBLING", "type: SLIDING");

        StrandlineException refusal = refusal(document);

        assertThat(refusal.problem().errors())
                .extracting(FieldError::pointer)
                .containsExactly("/parallelism", "/operators/3/window/type", "/state/backend", "/operators/0/where");
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PIPELINE);
        assertThat(refusal.problem().detail()).endsWith("(and 3 more, listed under errors)");
    }

    @Test
    void namesTheWholeCycle() {
        StrandlineException refusal = refusal("""
                name: loop
                sources: [{name: s, type: sequence}]
                operators:
                - {name: a, type: filter, input: c, where: key > 1}
                - {name: b, type: filter, input: a, where: key > 1}
                - {name: c, type: filter, input: b, where: key > 1}
                - {name: d, type: filter, input: c, where: key > 1}
                """);

        assertThat(refusal.problem().errors())
                .containsExactly(
                        new FieldError("/operators/0/input", "the operator reads its own output: a <- c <- b <- a"),
                        new FieldError("/operators/1/input", "the operator reads its own output: b <- a <- c <- b"),
                        new FieldError("/operators/2/input", "the operator reads its own output: c <- b <- a <- c"));
    }

    @Test
    void refusesDocumentsThatAreNoObjectOrHaveNoSource() {
        assertThat(refusal("[1, 2]").problem().errors())
                .containsExactly(new FieldError("", "an object of fields is expected; found a list"));
        assertThat(refusal("name: x\nsources: []").problem().errors())
                .containsExactly(new FieldError("/sources", "at least one source is required; found none"));
        assertThat(refusal("name: x").problem().errors())
                .containsExactly(new FieldError("/sources", "missing; at least one source is required"));
        assertThat(refusal("name: x\nsources: 5").problem().errors())
                .containsExactly(new FieldError("/sources", "a list of at most 100 is expected; found 5"));
        assertThat(refusal("name: x\nsources: [5]").problem().errors())
                .containsExactly(new FieldError("/sources/0", "an object of fields is expected; found 5"));
    }

    @Test
    void listsAtMostAHundredMistakes() {
        String document = "name: x\nsources: [" + "{name: A, type: sequence},".repeat(99) + "]\nfoo: 1\nbar: 2\nbaz: 3";

        assertThat(refusal(document).problem().errors()).hasSize(100);
    }

    private static String change(String line, String replacement) throws IOException {
        String document = PipelinesTests.flights();
        assertThat(document).contains(line);
        int at = document.indexOf(line);
        return document.substring(0, at) + replacement + document.substring(at + line.length());
    }

    private StrandlineException refusal(String yaml) {
        StrandlineException refusal =
                catchThrowableOfType(StrandlineException.class, () -> pipelines.read(yaml, Syntax.YAML));
        assertThat(refusal).as("refused: %s", yaml).isNotNull();
        assertThat(List.of(ErrorCode.INVALID_PIPELINE, ErrorCode.NOT_SUPPORTED)).contains(refusal.code());
        return refusal;
    }
}
