package io.strandline.pipeline.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.expression.ValueType;
import io.strandline.pipeline.CheckedNode;
import io.strandline.pipeline.CheckedNode.Aggregate.Function;
import io.strandline.pipeline.CheckedPipeline;
import io.strandline.pipeline.CheckpointSpec;
import io.strandline.pipeline.OperatorSpec;
import io.strandline.pipeline.OperatorSpec.Emit;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.pipeline.PipelinePlan;
import io.strandline.pipeline.RestartSpec;
import io.strandline.pipeline.SourceSpec;
import io.strandline.pipeline.SourceSpec.FileSource;
import io.strandline.pipeline.SourceSpec.OnEnd;
import io.strandline.pipeline.SourceSpec.SequenceSource;
import io.strandline.pipeline.StateSpec;
import io.strandline.pipeline.TimestampPattern;
import io.strandline.pipeline.reading.Pipelines.Syntax;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelinesTests {

    private final Pipelines pipelines = new Pipelines();

    static String flights() throws IOException {
        try (InputStream in = PipelinesTests.class.getResourceAsStream("flights.yaml")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void readsTheDocumentOfTheGuide() throws IOException {
        PipelineDocument document = pipelines.read(flights(), Syntax.YAML).document();

        assertThat(document.name()).isEqualTo("flights");
        assertThat(document.parallelism()).isEqualTo(2);
        assertThat(document.nodeNames()).containsExactly("departures", "late", "enriched", "by-origin", "daily", "out");
        assertThat(document.sources().get(0)).isInstanceOfSatisfying(FileSource.class, file -> {
            assertThat(file.columns())
                    .extracting(SourceSpec.SourceColumn::wireType)
                    .containsExactly("timestamp(yyyy/MM/dd HH:mm)", "long", "long", "string", "string");
            assertThat(file.eventTime())
                    .isEqualTo(new SourceSpec.EventTime("date", Duration.ofHours(1), Duration.ofSeconds(30)));
            assertThat(file.rate()).isEqualTo(2000);
            assertThat(file.onEnd()).isEqualTo(OnEnd.STOP);
        });
        assertThat(document.checkpoints().minPause()).isEqualTo(Duration.ofMillis(500));
        assertThat(document.checkpoints().retry().attempts()).isEqualTo(3);
        assertThat(document.state().memoryBudgetBytes()).isEqualTo(256L << 20);
        assertThat(document.restart().initial()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void derivesTheRowsOfEachNode() throws IOException {
        CheckedPipeline pipeline = pipelines.read(flights(), Syntax.YAML);

        assertThat(pipeline.node("enriched").schema().wireTypes())
                .isEqualTo(Map.of("origin", "string", "delay", "long", "speedy", "string"));
        assertThat(pipeline.node("by-origin").schema().names())
                .containsExactly("origin", "flights", "total", "worst", "mean");
        assertThat(pipeline.node("by-origin").schema().type("mean")).isEqualTo(ValueType.DOUBLE);
        assertThat(pipeline.node("by-origin").schema().type("total")).isEqualTo(ValueType.LONG);
        assertThat(pipeline.node("daily").schema().names())
                .containsExactly("origin", "window_start", "window_end", "flights");
        assertThat(pipeline.inputSchemas("out"))
                .containsExactly(pipeline.node("daily").schema());
        assertThat(pipeline.readers("departures")).containsExactly("late", "daily");
        assertThat(pipeline.node("by-origin")).isInstanceOfSatisfying(CheckedNode.Aggregation.class, node -> {
            assertThat(node.keyColumns()).containsExactly(0);
            assertThat(node.aggregates())
                    .extracting(CheckedNode.Aggregate::function)
                    .containsExactly(Function.COUNT, Function.SUM, Function.MAX, Function.AVG);
            assertThat(Objects.requireNonNull(node.aggregates().get(1).argument())
                            .column())
                    .hasValue(1);
        });
    }

    @Test
    void plansTheDataflow() throws IOException {
        PipelinePlan plan = pipelines.read(flights(), Syntax.YAML).plan();

        assertThat(plan.nodes())
                .extracting(PipelinePlan.Node::name)
                .containsExactly("departures", "late", "daily", "enriched", "by-origin", "out");
        assertThat(plan.nodes().get(2).states()).containsExactly("panes");
        assertThat(plan.nodes().get(2).keyBy()).containsExactly("origin");
        assertThat(plan.nodes().get(4).states()).containsExactly("aggregates");
    }

    @Test
    void fillsInDefaults() {
        PipelineDocument document = read("""
                {"name": "tiny", "sources": [
                  {"name": "numbers", "type": "sequence"},
                  {"name": "lines", "type": "file", "path": "a/b.csv", "format": "csv", "schema": {"x": "double"}}],
                 "operators": [{"name": "total", "type": "aggregate", "input": "numbers", "keyBy": ["key"],
                                "aggregates": {"n": "count()"}}]}""").document();

        assertThat(document.parallelism()).isEqualTo(1);
        assertThat(document.maxParallelism()).isEqualTo(128);
        assertThat(document.sources().get(0))
                .isEqualTo(new SequenceSource("numbers", 1, null, 1000, 0, null, null, null));
        assertThat(((FileSource) document.sources().get(1)).onEnd()).isEqualTo(OnEnd.STOP);
        assertThat(((OperatorSpec.Aggregation) document.operators().get(0)).emit())
                .isEqualTo(new Emit.Changes());
        assertThat(document.sinks()).isEmpty();
        assertThat(document.checkpoints())
                .isEqualTo(new CheckpointSpec(
                        Duration.ofSeconds(10),
                        CheckpointSpec.Guarantee.EXACTLY_ONCE,
                        Duration.ofMinutes(10),
                        Duration.ZERO,
                        3,
                        new CheckpointSpec.Retry(1, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                        false,
                        null));
        assertThat(document.state())
                .isEqualTo(new StateSpec(StateSpec.Backend.ROCKSDB, StateSpec.Snapshots.INCREMENTAL, 256L << 20));
        assertThat(document.restart())
                .isEqualTo(new RestartSpec(
                        RestartSpec.Strategy.EXPONENTIAL,
                        Duration.ofMillis(200),
                        Duration.ofMinutes(1),
                        10,
                        RestartSpec.Fallback.NONE));
    }

    @Test
    void readsManualCheckpointsAsNoInterval() {
        assertThat(read(document("\"checkpoints\": {\"interval\": \"NONE\"}"))
                        .document()
                        .checkpoints()
                        .interval())
                .isNull();
    }

    @Test
    void readsItsCanonicalFormAsTheSameDocument() throws IOException {
        for (String other : List.of(
                document("\"checkpoints\": {\"interval\": \"NONE\"}"),
                document("\"state\": {\"memoryBudget\": 100001}, \"description\": \"häuser ~/ 漢\""),
                document(
                        "\"operators\": [{\"name\": \"a\", \"type\": \"aggregate\", \"input\": \"s\","
                                + " \"keyBy\": [\"key\"], \"aggregates\": {\"n\": \"count()\"}, \"emit\": {\"every\": \"PT1S\"}}]"))) {
            assertSurvives(read(other).document());
        }
        assertSurvives(pipelines.read(flights(), Syntax.YAML).document());
    }

    @Test
    void readsTheCanonicalFormOfEveryOperatorAsTheSame() {
        PipelineDocument document = pipelines.read(EVERY_OPERATOR, Syntax.YAML).document();

        assertSurvives(document);
        assertThat(document.toJson())
                .contains("{\"type\":\"SLIDING\",\"size\":\"PT24H\",\"slide\":\"PT1H\"}")
                .contains("\"lower\":\"PT-1H\",\"upper\":\"PT1H\"}");
    }

    @Test
    void derivesTheRowsOfJoinsUnionsAndSideOutputs() {
        CheckedPipeline pipeline = pipelines.read(EVERY_OPERATOR, Syntax.YAML);

        assertThat(pipeline.node("pairs").schema().names())
                .containsExactly("left_at", "left_page", "left_ms", "right_at", "right_page", "right_ms");
        assertThat(pipeline.node("chosen").schema().wireTypes())
                .isEqualTo(Map.of("asked", "timestamp", "page", "string"));
        assertThat(pipeline.node("late-again").schema())
                .isEqualTo(pipeline.node("clicks").schema());
        assertThat(pipeline.node("late-again").inputs())
                .containsExactly(new CheckedNode.Input("hours", 1, "hours.late"));
        assertThat(pipeline.node("wins").schema().wireTypes())
                .containsEntry("last_page", "string")
                .containsEntry("pages", "long")
                .containsEntry("spread", "double");
        assertThat(pipeline.node("once"))
                .isInstanceOfSatisfying(
                        CheckedNode.Deduplicate.class,
                        node -> assertThat(node.eventTime()).isTrue());
        assertThat(pipeline.inputSchemas("pairs")).hasSize(2);
        assertThat(pipeline.readers("hours")).containsExactly("late-again");
    }

    @Test
    void plansEveryOperator() {
        PipelinePlan plan = pipelines.read(EVERY_OPERATOR, Syntax.YAML).plan();

        assertThat(plan.nodes())
                .filteredOn(node -> node.name().equals("chosen"))
                .singleElement()
                .satisfies(node -> {
                    assertThat(node.inputs()).containsExactly("clicks", "pages.late-left");
                    assertThat(node.states()).containsExactly("left", "right");
                    assertThat(node.type()).isEqualTo("join");
                });
    }

    private static final String EVERY_OPERATOR = """
            name: every
            sources:
              - name: clicks
                type: file
                path: clicks.csv
                format: csv
                schema: {at: "timestamp(yyyy-MM-dd HH:mm)", page: string, ms: long}
                eventTime: {field: at}
            operators:
              - {name: hours, type: window, input: clicks, keyBy: [page], window: {type: SLIDING, size: P1D, slide: PT1H}, aggregates: {n: count()}}
              - {name: wins, type: window, input: clicks, keyBy: [page], window: {type: SESSION, gap: PT1H}, aggregates: {last_page: last(page), pages: approx_count_distinct(page), spread: stddev_samp(ms)}}
              - {name: late-again, type: filter, input: hours.late, where: ms > 5}
              - {name: once, type: deduplicate, input: clicks, keyBy: [page, ms], ttl: PT1H}
              - {name: always, type: deduplicate, input: clicks, keyBy: [page]}
              - {name: all, type: union, inputs: [once, late-again, clicks]}
              - {name: pairs, type: join, left: {input: once, keyBy: [page]}, right: {input: all, keyBy: [page]}, within: PT1H}
              - {name: pages, type: join, left: {input: clicks, keyBy: [page]}, right: {input: clicks, keyBy: [page]}, lower: PT-1H, upper: PT1H, columns: {a: left.at, b: right.at}}
              - {name: chosen, type: join, left: {input: clicks, keyBy: [page]}, right: {input: pages.late-left, keyBy: [page]}, lower: PT0S, upper: PT1H, columns: {asked: left.at, page: right.page}}
            """;

    private void assertSurvives(PipelineDocument document) {
        PipelineDocument again = read(document.toJson()).document();
        assertThat(again).isEqualTo(document);
        assertThat(again.toJson()).isEqualTo(document.toJson());
    }

    @Test
    void readsJsonAndYamlAlike() throws IOException {
        PipelineDocument yaml = pipelines.read(flights(), Syntax.YAML).document();

        assertThat(pipelines.read(yaml.toJson(), Syntax.JSON).document()).isEqualTo(yaml);
        assertThat(pipelines.read(yaml.toJson(), Syntax.YAML).document()).isEqualTo(yaml);
    }

    @Test
    void checksAChangedDocumentAgain() throws IOException {
        PipelineDocument document = pipelines.read(flights(), Syntax.YAML).document();

        PipelineDocument changed = document.with(4, StateSpec.Backend.MEMORY);

        assertThat(pipelines.check(changed).document()).isEqualTo(changed);
        assertThatThrownBy(() -> pipelines.check(document.with(17, null)))
                .isInstanceOfSatisfying(
                        StrandlineException.class,
                        e -> assertThat(e.problem().errors().get(0).pointer()).isEqualTo("/parallelism"));
    }

    @Test
    void readsTimestampsInTheirZone() {
        FileSource source = (FileSource) read("""
                {"name": "t", "sources": [{"name": "s", "type": "file", "path": "demo:x", "format": "json", "schema": {
                  "a": "timestamp(yyyy/MM/dd HH:mm)", "b": "timestamp(yyyy-MM-dd'T'HH:mm:ss, Europe/Berlin)",
                  "c": "timestamp(yyyy-MM-dd)", "d": "timestamp(yyyy-MM-dd HH:mm:ssXXX)",
                  "e": "timestamp(EEE, dd MMM yyyy HH:mm:ss, UTC)"}}]}""").document().sources().get(0);

        assertThat(moment(source, 0, "2001/01/01 00:47")).isEqualTo("2001-01-01T00:47:00Z");
        assertThat(moment(source, 1, "2001-07-01T12:00:00")).isEqualTo("2001-07-01T10:00:00Z");
        assertThat(moment(source, 2, "2001-07-01")).isEqualTo("2001-07-01T00:00:00Z");
        assertThat(moment(source, 3, "2001-07-01 12:00:00+05:00")).isEqualTo("2001-07-01T07:00:00Z");
        assertThat(moment(source, 4, "Sun, 01 Jul 2001 12:00:00")).isEqualTo("2001-07-01T12:00:00Z");
    }

    private static Instant moment(FileSource source, int column, String text) {
        TimestampPattern pattern =
                Objects.requireNonNull(source.columns().get(column).timestamp());
        return TimestampPattern.read(pattern.formatter(), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "   ", "{", "{\"name\": 1, \"name\": 2}", "{} {}", "{\"a\": [1,}", "nul", "{\"a\": 0x}"})
    void refusesMalformedJson(String text) {
        assertMalformed(text, Syntax.JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a: b: c",
                "a: 1\na: 2",
                "a: 1\n---\nb: 2",
                "- a\nb: 1",
                "a: &x {b: 1}\nc: *x",
                "a: [1, 2",
                "\t- x",
                "a: *y",
                "%YAML 9.9\n---\na: 1"
            })
    void refusesMalformedYaml(String text) {
        assertMalformed(text, Syntax.YAML);
    }

    @Test
    void refusesDepthBeyondTheLimit() {
        assertMalformed("{\"name\":" + "[".repeat(70) + "]".repeat(70) + "}", Syntax.JSON);
        assertMalformed("name: " + "[".repeat(70) + "]".repeat(70), Syntax.YAML);
        assertMalformed("[".repeat(500_000), Syntax.JSON);
        assertMalformed("[".repeat(500_000), Syntax.YAML);
        assertMalformed("- ".repeat(100_000), Syntax.YAML);
        assertMalformed("1".repeat(1_000), Syntax.JSON);
    }

    @Test
    void refusesMoreThanAMegabyte() {
        assertThatThrownBy(() -> pipelines.read(" ".repeat(1 << 20) + "{}", Syntax.JSON))
                .isInstanceOfSatisfying(
                        StrandlineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BODY_TOO_LARGE));
        assertThatThrownBy(() -> pipelines.read("{\"name\": \"" + "漢".repeat(400_000) + "\"}", Syntax.JSON))
                .isInstanceOfSatisfying(
                        StrandlineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BODY_TOO_LARGE));
    }

    private void assertMalformed(String text, Syntax syntax) {
        assertThatThrownBy(() -> pipelines.read(text, syntax)).isInstanceOfSatisfying(StrandlineException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_BODY);
            assertThat(e.problem().detail()).startsWith("The pipeline document is not valid " + syntax + ": ");
        });
    }

    private CheckedPipeline read(String json) {
        return pipelines.read(json, Syntax.JSON);
    }

    private static String document(String more) {
        return "{\"name\": \"tiny\", \"sources\": [{\"name\": \"s\", \"type\": \"sequence\"}], " + more + "}";
    }
}
