package io.strandline.pipeline.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.strandline.pipeline.reading.Pipelines.Syntax;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.FieldError;
import io.strandline.problem.StrandlineException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Every refusal: a piece of the guide's document is changed, and the answer names the place and the way out. */
class PipelineRefusalTests {

    private final Pipelines pipelines = new Pipelines();

    /** One piece of the guide's document, what stands in its place, and the answer. */
    record Refusal(String change, String to, String at, String says) {

        @Override
        public String toString() {
            return to + " at " + at;
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(Refusal expected) throws IOException {
        StrandlineException refusal = refusal(change(expected.change(), expected.to()));

        assertThat(refusal.problem().errors()).containsExactly(new FieldError(expected.at(), expected.says()));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PIPELINE);
        assertThat(refusal.problem().detail()).contains(expected.says());
    }

    static List<Refusal> refusals() throws IOException {
        return table("refusals.yaml");
    }

    @ParameterizedTest
    @MethodSource("notYet")
    void answersNotSupportedForWhatComesLater(Refusal expected) throws IOException {
        StrandlineException refusal = refusal(change(expected.change(), expected.to()));

        assertThat(refusal.problem().errors())
                .containsExactly(new FieldError(expected.at(), expected.says() + " is not supported by this release"));
        assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    }

    static List<Refusal> notYet() throws IOException {
        return table("not-supported.yaml");
    }

    private static List<Refusal> table(String resource) throws IOException {
        try (InputStream in = PipelineRefusalTests.class.getResourceAsStream(resource)) {
            return List.of(new YAMLMapper().readValue(in, Refusal[].class));
        }
    }

    @Test
    void reportsEveryMistakeOnceAndNothingThatFollowsFromThem() throws IOException {
        String document = change("parallelism: 2", "parallelism: 0")
                .replace("where: delay > 15", "where: dely > 15")
                .replace("backend: rocksdb", "backend: disk")
                .replace("type: TUMBLING", "type: ROLLING");

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
    void namesACycleThroughTheSecondInputOfAUnion() {
        StrandlineException refusal = refusal("""
                name: loop
                sources: [{name: s, type: sequence}]
                operators:
                - {name: a, type: union, inputs: [s, b]}
                - {name: b, type: filter, input: a, where: key > 1}
                """);

        assertThat(refusal.problem().errors())
                .containsExactly(
                        new FieldError("/operators/0/inputs/1", "the operator reads its own output: a <- b <- a"),
                        new FieldError("/operators/1/input", "the operator reads its own output: b <- a <- b"));
    }

    @Test
    void refusesWhatGoesByEventTimeWhereThereIsNone() {
        StrandlineException refusal = refusal("""
                name: timeless
                sources: [{name: s, type: sequence}]
                operators:
                - {name: a, type: aggregate, input: s, keyBy: [key], aggregates: {newest: last(value)}}
                - {name: w, type: window, input: s, keyBy: [key], window: {type: SESSION, gap: PT1S}, aggregates: {n: count()}}
                - {name: j, type: join, left: {input: s, keyBy: [key]}, right: {input: s, keyBy: [key]}, within: PT1S}
                """);

        assertThat(refusal.problem().errors())
                .extracting(FieldError::pointer)
                .containsExactly(
                        "/operators/0/aggregates/newest",
                        "/operators/1/window",
                        "/operators/2/left/input",
                        "/operators/2/right/input");
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
    void refusesMoreExpressionsThanItCaresToCheck() {
        String columns =
                IntStream.range(0, 400).mapToObj(i -> "c" + i + ": key + 1").collect(Collectors.joining(", "));
        String operators = IntStream.range(0, 3)
                .mapToObj(i -> "- {name: m" + i + ", type: map, input: s, columns: {" + columns + "}}")
                .collect(Collectors.joining("\n"));

        assertThat(refusal("name: x\nsources: [{name: s, type: sequence}]\noperators:\n" + operators)
                        .problem()
                        .errors())
                .containsExactly(new FieldError("/operators", "at most 1000 expressions are taken; found 1200"));
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
