package io.strandline.expression.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.expression.ExpressionException;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionTests {

    private static final RowSchema FLIGHTS = new RowSchema(List.of(
            new RowSchema.Column("date", ValueType.TIMESTAMP),
            new RowSchema.Column("delay", ValueType.LONG),
            new RowSchema.Column("distance", ValueType.DOUBLE),
            new RowSchema.Column("origin", ValueType.STRING)));

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "dely > 15 ~ 1:1: unknown column 'dely'; did you mean 'delay'? (columns here: date, delay, distance, origin)",
                "delay > 1 && orign == 'x' ~ 1:14: unknown column 'orign'; did you mean 'origin'? (columns here: date, delay, distance, origin)",
                "altitude > 1 ~ 1:1: unknown column 'altitude' (columns here: date, delay, distance, origin)",
                "origin.startWith('D') ~ 1:17: unknown function 'startWith'; did you mean 'startsWith'?",
                "foo(delay) ~ 1:4: unknown function 'foo'",
                "delay * 1.5 ~ 1:7: '*' does not take (long, double); write a whole number as 2.0, or convert a column with double(…) or int(…)",
                "distance > 2 ~ 1:10: '>' does not take (double, long); write a whole number as 2.0, or convert a column with double(…) or int(…)",
                "date > '2001-01-01' ~ 1:6: '>' does not take (timestamp, string); write timestamp('2001-01-01T00:00:00Z')",
                "date - date > '1h' ~ 1:13: '>' does not take (duration, string); write duration('1h30m')",
                "origin > 1 ~ 1:8: '>' does not take (string, long); convert with int(…), double(…) or string(…)",
                "origin && true ~ 1:8: '&&' does not take (string, boolean)",
                "delay ? 1 : 2 ~ 1:7: '? :' does not take (long, long, long); the condition before '?' must be boolean",
                "true ? 1 : 'a' ~ 1:6: '? :' does not take (boolean, long, string); both sides of ':' must have one type",
                "origin > ~ 1:9: the expression ends where a value is missing",
                "delay > 1) ~ 1:10: unexpected ')'",
                "'abc ~ 1:1: cannot read ''abc'; is a quote missing?",
                "9223372036854775808 ~ 1:1: 9223372036854775808 does not fit into 64 bits; write 9223372036854775808.0 for a double",
                "1 / 0 == delay ~ 1:3: 1 / 0 is a division by zero",
                "date > timestamp('soon') ~ 1:17: 'soon' is no timestamp; one looks like 2001-01-01T00:47:00Z",
                "duration('1 hour') > duration('1h') ~ 1:9: '1 hour' is no duration; one looks like 1h30m or 0.5s",
                "duration('1us') > duration('1h') ~ 1:9: '1us' is finer than a millisecond",
                "origin.matches('(') ~ 1:15: '(' is no RE2 pattern: missing closing )",
                "date.getHours('Europe/Belin') == 1 ~ 1:14: 'Europe/Belin' is no time zone; write a name such as 'Europe/Berlin' or an offset '-09:30'",
                "delay == 1 && ⏎ orign == 'x' ~ 2:2: unknown column 'orign'; did you mean 'origin'? (columns here: date, delay, distance, origin)",
            })
    void refusesWithPlaceAndRemedy(String text, String issue) {
        assertThatThrownBy(() -> Expression.compile(text.replace("⏎", "\n"), FLIGHTS))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e).hasMessage(issue));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "[1, 2] ~ 1:1: its value is a list(long), which no column can hold; end with a long, double, boolean, string, timestamp or duration",
                "uint(delay) ~ 1:5: its value is a uint, which no column can hold; end with a long, double, boolean, string, timestamp or duration",
                "origin.split(',') ~ 1:13: its value is a list(string), which no column can hold; end with a long, double, boolean, string, timestamp or duration",
                "dyn(delay) ~ 1:4: its value is a dyn, which no column can hold; end with a long, double, boolean, string, timestamp or duration",
            })
    void refusesAValueThatNoColumnHolds(String text, String issue) {
        assertThatThrownBy(() -> Expression.compile(text, FLIGHTS))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e).hasMessage(issue));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "null ~ 1:1",
                "delay == null ~ 1:7",
                "date == null ~ 1:9",
                "[1, 2].exists(x, null == dyn(x)) ~ 1:18"
            })
    void refusesNullSinceNoValueIs(String text, String place) {
        assertThatThrownBy(() -> Expression.compile(text, FLIGHTS))
                .hasMessage(place + ": null: no value is ever null (a record in which a column is missing or null is a"
                        + " poison record)");
    }

    @Test
    void refusesToAskWhetherARowHasAColumn() {
        assertThatThrownBy(() -> Expression.compile("has(delay)", FLIGHTS))
                .hasMessage("1:4: has() asks a map for a key, as in has({'a': 1}.a); a row has every column");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "origin.split(',').all(a, origin.split(',').all(b, origin.split(',').all(c, a + b == c)))",
                "[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c, [1,2,3,4,5,6,7,8,9,10].all(d, [1,2,3,4,5,6,7,8,9,10].all(e, a + b + c + d + e > delay)))))",
            })
    void refusesWhatTakesTooManySteps(String text) {
        assertThatThrownBy(() -> Expression.compile(text, FLIGHTS))
                .hasMessageMatching(
                        "1:\\d+: it may take \\d+ steps a row, and at most 100000 are taken; loop over fewer"
                                + " elements");
    }

    @Test
    void refusesAPatternThatTakesTooMuchMemory() {
        assertThatThrownBy(() -> Expression.compile("origin.matches('((a{100}){100}){100}')", FLIGHTS))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("a pattern of");
        assertThatThrownBy(() -> Expression.compile("origin.matches('" + "a".repeat(2_000) + "')", FLIGHTS))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("a pattern of 2000 characters; at most 1000 are taken");
    }

    @Test
    void reportsSeveralMistakesAtOnce() {
        assertThatThrownBy(() -> Expression.compile("dely > 1 && orign == 'x'", FLIGHTS))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.issues()).hasSize(2));
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void refusesHostileTextsWithoutHarm(String text) {
        assertThatThrownBy(() -> Expression.compile(text, FLIGHTS)).isInstanceOf(ExpressionException.class);
    }

    static List<String> hostileTexts() {
        return List.of(
                "",
                " \n\t",
                "\0",
                "(".repeat(5_000),
                "!".repeat(9_000),
                "1" + "+1".repeat(4_900),
                "delay" + " > 0 && delay".repeat(700),
                "true" + " ? true : true".repeat(600),
                "origin" + ".size()".repeat(1_200),
                "[".repeat(3_000) + "]".repeat(3_000),
                "x".repeat(10_001),
                "'" + "x".repeat(9_000));
    }

    @Test
    void compilesLongChainsWithinItsLimits() throws ExpressionException {
        String text = "delay > 0" + " && delay > 0".repeat(200);

        assertThat(Expression.compile(text, FLIGHTS).type()).isEqualTo(ValueType.BOOLEAN);
    }

    @Test
    void knowsAColumnFromAnExpression() throws ExpressionException {
        assertThat(Expression.compile(" delay ", FLIGHTS).column()).hasValue(1);
        assertThat(Expression.compile("delay + 1", FLIGHTS).column()).isEmpty();
    }

    @Test
    void compilesEveryColumnNameThatIsNotReserved() throws ExpressionException {
        for (String name : List.of(
                "size",
                "timestamp",
                "duration",
                "has",
                "all",
                "date",
                "key",
                "value",
                "google",
                "_x",
                "math",
                "strings")) {
            RowSchema schema = new RowSchema(List.of(new RowSchema.Column(name, ValueType.LONG)));
            assertThat(Expression.isReserved(name)).isFalse();
            assertThat(Expression.compile(name + " > 1", schema).type()).isEqualTo(ValueType.BOOLEAN);
        }
        assertThat(Expression.reservedNames()).contains("in", "while", "int", "true");
    }
}
