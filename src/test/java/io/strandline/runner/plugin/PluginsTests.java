package io.strandline.runner.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.api.function.Collector;
import io.strandline.api.function.Configuration;
import io.strandline.api.function.Context;
import io.strandline.api.function.OpenContext;
import io.strandline.api.function.RowFunction;
import io.strandline.api.state.StateDescriptor;
import io.strandline.api.type.Columns;
import io.strandline.api.type.Row;
import io.strandline.api.type.Types;
import io.strandline.example.LateDepartures;
import io.strandline.pipeline.CheckedNode;
import io.strandline.pipeline.CheckedPipeline;
import io.strandline.pipeline.OperatorSpec;
import io.strandline.pipeline.reading.Pipelines;
import io.strandline.problem.StrandlineException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginsTests {

    @TempDir
    Path directory;

    private Plugins plugins;

    @BeforeEach
    void readJars() throws IOException {
        JarOfClasses.in(directory, "learning.jar", LateDepartures.class);
        JarOfClasses.in(
                directory,
                "broken.jar",
                NoOperator.class,
                BrokenConstructor.class,
                BrokenOpen.class,
                Hidden.class,
                Twice.class);
        plugins = Plugins.in(directory);
    }

    /** Not a function. */
    public static final class NoOperator {}

    /** Passes rows on. */
    public abstract static class Passing implements RowFunction {

        @Override
        public Columns configure(Configuration config, Columns input) {
            return input;
        }

        @Override
        public void process(Row row, Context<Row> context, Collector<Row> out) {
            out.collect(row);
        }
    }

    /** Cannot be made. */
    public static final class BrokenConstructor implements RowFunction {

        public BrokenConstructor() {
            throw new IllegalStateException("out of luck");
        }

        @Override
        public Columns configure(Configuration config, Columns input) {
            return input;
        }

        @Override
        public void process(Row row, Context<Row> context, Collector<Row> out) {
            out.collect(row);
        }
    }

    /** Cannot be opened: what it extends is not in its jar. */
    public static final class Hidden extends Passing {}

    /** Cannot be opened. */
    public static final class BrokenOpen implements RowFunction {

        @Override
        public void open(OpenContext context) {
            throw new AssertionError("never open");
        }

        @Override
        public Columns configure(Configuration config, Columns input) {
            return input;
        }

        @Override
        public void process(Row row, Context<Row> context, Collector<Row> out) {
            out.collect(row);
        }
    }

    /** Declares one name as two states. */
    public static final class Twice implements RowFunction {

        @Override
        public void open(OpenContext context) {
            context.state(StateDescriptor.value("n", Types.LONG));
            context.state(StateDescriptor.value("n", Types.STRING));
        }

        @Override
        public Columns configure(Configuration config, Columns input) {
            return input;
        }

        @Override
        public void process(Row row, Context<Row> context, Collector<Row> out) {
            out.collect(row);
        }
    }

    private CheckedPipeline read(String type, String more) {
        return new Pipelines(plugins).read("""
                        name: learning
                        sources:
                          - {name: departures, type: file, path: "demo:flights.ndjson", format: json, schema: {date: timestamp(yyyy/MM/dd HH:mm), delay: long, distance: long, origin: string}}
                        operators:
                          - {name: learn, type: process, input: departures, keyBy: [origin], class: "%s"%s}
                        """.formatted(type, more), Pipelines.Syntax.YAML);
    }

    @Test
    void bindsAClassToTheJarItIsIn() {
        CheckedPipeline pipeline = read(LateDepartures.class.getName(), ", config: {rate: 0.1, reportEvery: 10}");

        assertThat(pipeline.node("learn")).isInstanceOfSatisfying(CheckedNode.Process.class, learn -> {
            assertThat(learn.schema().names()).containsExactly("origin", "flights", "accuracy");
            assertThat(learn.states()).containsExactly("model");
        });
        OperatorSpec.Process bound =
                (OperatorSpec.Process) pipeline.document().operators().get(0);
        assertThat(bound.jar()).startsWith("sha256:").hasSize(71);
        assertThat(new Pipelines(plugins).check(pipeline.document()).document()).isEqualTo(pipeline.document());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "io.example.Missing||/class|no class io.example.Missing in the jars",
                "$NoOperator||/class|is no operator: it does not implement",
                "$BrokenConstructor||/class|threw java.lang.IllegalStateException (out of luck) in its constructor",
                "$BrokenOpen||/class|threw java.lang.AssertionError (never open) in open",
                "$Hidden||/class|cannot be loaded",
                "$Twice||/class|state 'n' is declared twice",
                "io.strandline.example.LateDepartures|, config: {speed: 1}|/config/speed|there is no setting 'speed' (there are: rate",
                "io.strandline.example.LateDepartures|, config: {rate: -1.0}|/config/rate|a rate above 0 is expected",
                "io.strandline.example.LateDepartures|, config: {rate: fast}|/config/rate|a number is expected; found fast",
                "io.strandline.example.LateDepartures|, jar: 'sha256:00'|/jar|has the digest sha256:00",
            })
    void refusesAClassThatCannotBeUsed(String type, String more, String pointer, String detail) {
        String name = type.startsWith("$") ? PluginsTests.class.getName() + type : type;
        assertThatThrownBy(() -> read(name, more == null ? "" : more))
                .isInstanceOfSatisfying(StrandlineException.class, refusal -> {
                    assertThat(refusal.problem().errors()).hasSize(1);
                    assertThat(refusal.problem().errors().get(0).pointer()).isEqualTo("/operators/0" + pointer);
                    assertThat(refusal.problem().errors().get(0).detail()).contains(detail);
                });
    }

    @Test
    void asksWhichJarIsMeantWhenTwoHaveTheClass() throws IOException {
        JarOfClasses.in(directory, "more.jar", LateDepartures.class, NoOperator.class);
        plugins = Plugins.in(directory);

        assertThatThrownBy(() -> read(LateDepartures.class.getName(), ""))
                .isInstanceOfSatisfying(
                        StrandlineException.class,
                        refusal -> assertThat(refusal.problem().errors().get(0).detail())
                                .contains("is in several jars")
                                .contains("learning.jar sha256:")
                                .contains("more.jar sha256:"));
    }

    @Test
    void refusesEveryClassWherePluginsAreOff() {
        plugins = Plugins.off();

        assertThatThrownBy(() -> read(LateDepartures.class.getName(), ""))
                .isInstanceOfSatisfying(
                        StrandlineException.class,
                        refusal -> assertThat(refusal.problem().errors().get(0).detail())
                                .contains("set strandline.plugins.dir"));
    }
}
