package io.strandline.pipeline.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.strandline.expression.cel.Expression;
import io.strandline.pipeline.ProcessClasses;
import io.strandline.pipeline.reading.Pipelines.Syntax;
import io.strandline.problem.FieldError;
import io.strandline.problem.StrandlineException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The published schema and the parser say the same: the fields of each object both ways, and accepted documents fit. */
class PipelineSchemaTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MORE_OPERATORS = """
              - {name: sliding, type: window, input: daily.late, keyBy: [origin], window: {type: SLIDING, size: P1D, slide: PT6H}, aggregates: {newest: last(delay)}}
              - {name: session, type: window, input: departures, keyBy: [origin], window: {type: SESSION, gap: PT6H}, aggregates: {different: approx_count_distinct(destination)}}
              - {name: once, type: deduplicate, input: departures, keyBy: [origin, destination], ttl: P1D}
              - {name: both, type: union, inputs: [once, departures]}
              - {name: pairs, type: join, left: {input: once, keyBy: [origin]}, right: {input: both, keyBy: [destination]}, lower: PT-1H, upper: PT1H, columns: {from: left.origin}}
              - {name: learn, type: process, input: departures, keyBy: [origin], class: io.example.Learn, config: {rate: 0.5}}
            """;

    private final Pipelines pipelines = new Pipelines(
            (spec, input) -> new ProcessClasses.Signature(input, List.of(), "sha256:0", List.of("model")));
    private final JsonNode schema = JSON.readTree(pipelines.schema());

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("objects")
    void namesTheFieldsThatTheParserKnows(String pointer, String definition) throws IOException {
        JsonNode document = richDocument();
        ((ObjectNode) document.at(pointer)).put("zzz", 1);

        assertThatThrownBy(() -> pipelines.read(document.toString(), Syntax.JSON))
                .isInstanceOfSatisfying(StrandlineException.class, e -> {
                    FieldError error = e.problem().errors().get(0);
                    assertThat(error.pointer()).isEqualTo(pointer + "/zzz");
                    assertThat(fieldsNamedIn(error.detail())).isEqualTo(fieldsOf(definition));
                });
    }

    static Stream<Arguments> objects() {
        return Stream.of(
                arguments("", ""),
                arguments("/sources/0", "/$defs/fileSource"),
                arguments("/sources/0/eventTime", "/$defs/eventTime"),
                arguments("/sources/1", "/$defs/sequenceSource"),
                arguments("/sources/2", "/$defs/httpSource"),
                arguments("/sources/2/onError", "/$defs/onError/oneOf/1"),
                arguments("/sources/2/onError/deadLetter", "/$defs/onError/oneOf/1/properties/deadLetter"),
                arguments("/operators/0", "/$defs/filter"),
                arguments("/operators/1", "/$defs/map"),
                arguments("/operators/2", "/$defs/aggregate"),
                arguments("/operators/2/emit", "/$defs/aggregate/properties/emit/oneOf/1"),
                arguments("/operators/3", "/$defs/window"),
                arguments("/operators/3/window", "/$defs/tumblingWindow"),
                arguments("/operators/4/window", "/$defs/slidingWindow"),
                arguments("/operators/5/window", "/$defs/sessionWindow"),
                arguments("/operators/6", "/$defs/deduplicate"),
                arguments("/operators/7", "/$defs/union"),
                arguments("/operators/8", "/$defs/join"),
                arguments("/operators/8/left", "/$defs/joinSide"),
                arguments("/operators/9", "/$defs/process"),
                arguments("/sinks/0", "/$defs/fileSink"),
                arguments("/sinks/1", "/$defs/discardSink"),
                arguments("/sinks/2", "/$defs/jdbcSink"),
                arguments("/checkpoints", "/$defs/checkpoints"),
                arguments("/checkpoints/retry", "/$defs/checkpoints/properties/retry"),
                arguments("/state", "/$defs/state"),
                arguments("/restart", "/$defs/restart"));
    }

    @Test
    void describesNoObjectThatIsNotCompared() {
        List<String> compared =
                objects().map(object -> (String) object.get()[1]).toList();
        List<String> described = schema.at("/$defs").propertyNames().stream()
                .filter(name -> schema.at("/$defs/" + name).has("properties"))
                .map(name -> "/$defs/" + name)
                .toList();

        assertThat(compared).containsAll(described);
    }

    @Test
    void fitsEveryAcceptedDocument() throws IOException {
        assertThat(SchemaShape.mistakes(schema, richDocument())).isEmpty();
        for (String text : List.of(PipelinesTests.flights(), "name: x\nsources: [{name: s, type: sequence}]")) {
            assertThat(SchemaShape.mistakes(schema, new YAMLMapper().readTree(text)))
                    .isEmpty();
            String canonical = pipelines.read(text, Syntax.YAML).document().toJson();
            assertThat(SchemaShape.mistakes(schema, JSON.readTree(canonical))).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongShapes")
    void refusesWhatTheParserRefuses(String pointer, String value) throws IOException {
        JsonNode document = richDocument();
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) document.at(pointer.substring(0, slash))).set(pointer.substring(slash + 1), JSON.readTree(value));

        assertThat(SchemaShape.mistakes(schema, document)).isNotEmpty();
        assertThatThrownBy(() -> pipelines.read(document.toString(), Syntax.JSON))
                .isInstanceOf(StrandlineException.class);
    }

    static Stream<Arguments> wrongShapes() {
        return Stream.concat(wrongOperators(), wrongElsewhere());
    }

    private static Stream<Arguments> wrongOperators() {
        return Stream.of(
                arguments("/operators/0/where", "5"),
                arguments("/operators/2/keyBy", "[]"),
                arguments("/operators/2/aggregates", "{}"),
                arguments("/operators/2/emit", "\"ALL\""),
                arguments("/operators/3/window/type", "\"SLIDING\""),
                arguments("/operators/3/window/type", "\"ROLLING\""),
                arguments("/operators/4/window/slide", "5"),
                arguments("/operators/7/inputs", "[\"departures\"]"),
                arguments("/operators/8/within", "\"PT1H\""),
                arguments("/operators/8/lower", "\"now\""),
                arguments("/operators/8/left/keyBy", "[]"),
                arguments("/operators/3/window/size", "\"1 day\""));
    }

    private static Stream<Arguments> wrongElsewhere() {
        return Stream.of(
                arguments("/name", "\"Flights\""),
                arguments("/name", "\"a..b\""),
                arguments("/name", "\"latest\""),
                arguments("/name", "\"deadbeef\""),
                arguments("/parallelism", "17"),
                arguments("/parallelism", "\"2\""),
                arguments("/maxParallelism", "0"),
                arguments("/sources", "[]"),
                arguments("/sources/0/type", "\"kafka\""),
                arguments("/sources/0/rate", "0"),
                arguments("/sources/0/onEnd", "\"stop\""),
                arguments("/sources/0/onError", "\"SKIP\""),
                arguments("/sources/0/schema/in", "\"long\""),
                arguments("/sources/0/schema/x", "\"integer\""),
                arguments("/sources/1/partitions", "0"),
                arguments("/sources/2/partitions", "65"),
                arguments("/sources/2/onError/deadLetter", "{}"),
                arguments("/sources/2/onError/deadLetter/max", "0"),
                arguments("/sinks/2/table", "\"a; drop\""),
                arguments("/sinks/2/connection", "\"jdbc:x\""),
                arguments("/sinks/2/mode", "\"upsert\""),
                arguments("/sinks/2/keys", "[]"),
                arguments("/checkpoints/interval", "\"never\""),
                arguments("/checkpoints/unaligned", "1"),
                arguments("/state/backend", "\"ROCKSDB\""),
                arguments("/state/memoryBudget", "\"256 MB\""),
                arguments("/restart/fallback", "\"ANY\""));
    }

    @Test
    void reservesTheNamesThatExpressionsReserve() {
        List<String> reserved = schema.at("/$defs/columnName/not/enum").values().stream()
                .map(JsonNode::stringValue)
                .toList();

        assertThat(reserved).containsExactlyElementsOf(Expression.reservedNames());
    }

    private JsonNode richDocument() throws IOException {
        String document = PipelinesTests.flights()
                .replace("operators:\n", """
                          - {name: numbers, type: sequence, count: 5, seed: -7}
                          - name: pushed
                            type: http
                            schema: {n: long}
                            partitions: 2
                            backlog: 1GB
                            onError: {deadLetter: {path: bad/pushed, max: 5}}
                        operators:
                        """)
                .replace("emit: CHANGES", "emit: {every: PT1S}")
                .replace("sinks:", MORE_OPERATORS + "sinks:")
                .replace("checkpoints:", """
                          - {name: nowhere, type: discard, input: numbers}
                          - {name: rows, type: jdbc, input: pushed, connection: db, table: t.rows, mode: UPSERT, keys: [n]}
                        checkpoints:""");
        pipelines.read(document, Syntax.YAML);
        return new YAMLMapper().readTree(document);
    }

    private static Set<String> fieldsNamedIn(String detail) {
        String start = "(fields here: ";
        String list = detail.substring(detail.indexOf(start) + start.length(), detail.length() - 1);
        return new TreeSet<>(Arrays.asList(list.split(", ")));
    }

    private Set<String> fieldsOf(String definition) {
        return new TreeSet<>(schema.at(definition + "/properties").propertyNames());
    }
}
