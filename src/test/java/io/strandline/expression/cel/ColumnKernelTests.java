package io.strandline.expression.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.expression.ColumnKernel;
import io.strandline.expression.CompiledExpression;
import io.strandline.expression.EvaluationException;
import io.strandline.expression.ExpressionException;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnKernelTests {

    private static final RowSchema FLIGHTS = new RowSchema(List.of(
            new RowSchema.Column("date", ValueType.TIMESTAMP),
            new RowSchema.Column("delay", ValueType.LONG),
            new RowSchema.Column("distance", ValueType.DOUBLE),
            new RowSchema.Column("origin", ValueType.STRING),
            new RowSchema.Column("cancelled", ValueType.BOOLEAN)));

    private static final Map<String, Object> LATE = Map.of(
            "date",
            Instant.parse("2001-01-07T13:47:05.250Z").toEpochMilli(),
            "delay",
            66L,
            "distance",
            1750.5,
            "origin",
            "DFW",
            "cancelled",
            false);

    private static final Map<String, Object> EARLY = Map.of(
            "date",
            Instant.parse("1969-12-31T23:59:59.999Z").toEpochMilli(),
            "delay",
            -5L,
            "distance",
            0.0,
            "origin",
            "",
            "cancelled",
            true);

    @ParameterizedTest(name = "{0} is {1} for a late and {2} for an early flight")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "delay ~ 66 ~ -5",
                "delay + 2 * 3 ~ 72 ~ 1",
                "delay / 4 ~ 16 ~ -1",
                "delay % 4 ~ 2 ~ -1",
                "-delay ~ -66 ~ 5",
                "-distance ~ -1750.5 ~ -0.0",
                "distance / 0.0 ~ Infinity ~ NaN",
                "delay > 15 ~ true ~ false",
                "delay >= 66 ~ true ~ false",
                "delay < 66 ~ false ~ true",
                "delay <= -5 ~ false ~ true",
                "15 < delay ~ true ~ false",
                "delay != 66 ~ false ~ true",
                "distance == 0.0 ~ false ~ true",
                "distance != 0.0 ~ true ~ false",
                "distance > 1.0 ~ true ~ false",
                "distance >= 0.0 ~ true ~ true",
                "origin == 'DFW' ~ true ~ false",
                "origin != 'DFW' ~ false ~ true",
                "origin < 'E' ~ true ~ true",
                "origin >= 'DFW' ~ true ~ false",
                "cancelled ~ false ~ true",
                "!cancelled ~ true ~ false",
                "cancelled == true ~ false ~ true",
                "delay > 15 && origin == 'DFW' ~ true ~ false",
                "delay > 100 || origin == '' ~ false ~ true",
                "distance > 1000.0 ? 'long' : 'short' ~ long ~ short",
                "delay > 0 ? delay : -delay ~ 66 ~ 5",
                "cancelled ? 0.5 : distance ~ 1750.5 ~ 0.5",
                "origin + '-' + string(delay) ~ DFW-66 ~ --5",
                "size(origin) ~ 3 ~ 0",
                "origin.size() ~ 3 ~ 0",
                "origin.startsWith('D') ~ true ~ false",
                "origin.endsWith('FW') ~ true ~ false",
                "origin.contains('F') ~ true ~ false",
                "origin.matches('^[A-Z]{3}$') ~ true ~ false",
                "origin.matches('F') ~ true ~ false",
                "matches(origin, '^$') ~ false ~ true",
                "delay in [1, 66, 3] ~ true ~ false",
                "delay in [] ~ false ~ false",
                "origin in ['DFW', 'SFO'] ~ true ~ false",
                "distance in [0.0, 1.0] ~ false ~ true",
                "delay in [0 - 5, size(origin)] ~ false ~ true",
                "!(origin in ['DFW']) ~ false ~ true",
                "double(delay) / 4.0 ~ 16.5 ~ -1.25",
                "int(distance) ~ 1750 ~ 0",
                "int('7') + delay ~ 73 ~ 2",
                "double('1.5') ~ 1.5 ~ 1.5",
                "string(distance) ~ 1750.5 ~ 0.0",
                "string(cancelled) ~ false ~ true",
                "string(date) ~ 2001-01-07T13:47:05.250Z ~ 1969-12-31T23:59:59.999Z",
                "int(date) ~ 978875225 ~ -1",
                "timestamp(0) ~ 0 ~ 0",
                "date > timestamp('2000-01-01T00:00:00Z') ~ true ~ false",
                "date - timestamp('2001-01-07T13:47:05Z') < duration('1s') ~ true ~ true",
                "date + duration('250ms') ~ 978875225500 ~ 249",
                "duration('1h30m') + duration('-0.5s') ~ 5399500 ~ 5399500",
                "string(duration('90m')) ~ 5400s ~ 5400s",
                "string(duration('-1.5s')) ~ -1.500s ~ -1.500s",
                "duration('90m').getHours() ~ 1 ~ 1",
                "duration('90m').getMinutes() ~ 90 ~ 90",
                "date.getFullYear() ~ 2001 ~ 1969",
                "date.getMonth() ~ 0 ~ 11",
                "date.getDate() ~ 7 ~ 31",
                "date.getDayOfMonth() ~ 6 ~ 30",
                "date.getDayOfYear() ~ 6 ~ 364",
                "date.getDayOfWeek() ~ 0 ~ 3",
                "date.getHours() ~ 13 ~ 23",
                "date.getHours('Europe/Berlin') ~ 14 ~ 0",
                "date.getHours('-09:30') ~ 4 ~ 14",
                "date.getMinutes() ~ 47 ~ 59",
                "date.getSeconds() ~ 5 ~ 59",
                "date.getMilliseconds() ~ 250 ~ 999",
                "date.getHours(cancelled ? '2:00' : 'Asia/Tokyo') ~ 22 ~ 1",
                "duration('61500ms').getMilliseconds() ~ 500 ~ 500",
                "origin.lowerAscii() + 'É'.lowerAscii() ~ dfwÉ ~ É",
                "'dfw '.trim().upperAscii() == origin ~ true ~ false",
                "origin.indexOf('W') ~ 2 ~ -1",
                "'banana'.indexOf('an', 2) + 'banana'.lastIndexOf('an', 2) ~ 4 ~ 4",
                "(origin + 'xyz').substring(1, 3) ~ FW ~ yz",
                "(origin + 'xyz').charAt(2) ~ W ~ z",
                "origin.replace('F', '--') ~ D--W ~ ``",
                "origin.replace('', '.', 2) ~ .D.FW ~ .",
                "origin.reverse() ~ WFD ~ ``",
                "strings.quote(origin + '\\n') ~ \"DFW\\n\" ~ \"\\n\"",
                "size('a\\U0001F600b') + '\\U0001F600ab'.indexOf('b') ~ 5 ~ 5",
                "origin.matches('^' + origin + '$') ~ true ~ true",
                "math.greatest(delay, 7) ~ 66 ~ 7",
                "math.least(delay, 7, 3) ~ 3 ~ -5",
                "math.greatest([1.5, distance]) ~ 1750.5 ~ 1.5",
                "math.abs(delay) ~ 66 ~ 5",
                "math.round(distance) ~ 1751.0 ~ 0.0",
                "math.floor(distance) + math.ceil(distance) + math.trunc(distance) ~ 5251.0 ~ 0.0",
                "math.sign(delay) ~ 1 ~ -1",
                "math.sqrt(distance - distance + 2.25) ~ 1.5 ~ 1.5",
                "math.isNaN(distance / 0.0) ~ false ~ true",
                "math.bitShiftRight(math.bitAnd(delay, 255), 4) ~ 4 ~ 15",
                "delay in [66, delay / 2] ~ true ~ false",
                "delay in [1, 2, 66, 9223372036854775807, 0] ~ true ~ false",
                "distance in [-0.0, 0.0 / 0.0] ~ false ~ true",
                "delay in [1, 66.0] ~ true ~ false",
                "[1, 2, 66].exists(x, x == delay) ~ true ~ false",
                "[delay, 3].map(x, x * 2)[0] + delay ~ 198 ~ -15",
                "{'DFW': 7, '': 8}[origin] + 1 ~ 8 ~ 9",
                "size(origin.split('F')) ~ 2 ~ 1",
                "origin.split('').join('-') ~ D-F-W ~ ``",
                "string(uint(math.abs(delay)) + 1u) ~ 67 ~ 6",
                "size(bytes(origin)) ~ 3 ~ 0",
                "type(delay) == int ~ true ~ true",
                "has({'DFW': 1}.DFW) && cancelled ~ false ~ true",
                "[date].all(d, d > timestamp(0)) ? [date][0] : [date][0] + duration('1s') ~ 978875225250 ~ 999",
                "[distance][0] / 2.0 ~ 875.25 ~ 0.0",
            })
    void evaluates(String text, String late, String early) throws ExpressionException {
        CompiledExpression expression = Expression.compile(text, FLIGHTS);

        List<Object> values = new RowBatch(FLIGHTS, List.of(LATE, EARLY)).values(expression);

        assertThat(values).extracting(Object::toString).containsExactly(late, early);
    }

    @Test
    void skipsTheRightSideWhereTheLeftSideDecides() throws ExpressionException {
        RowSchema schema = new RowSchema(
                List.of(new RowSchema.Column("a", ValueType.LONG), new RowSchema.Column("b", ValueType.LONG)));
        RowBatch batch = new RowBatch(
                schema, List.of(Map.of("a", 0L, "b", 9L), Map.of("a", 2L, "b", 9L), Map.of("a", 9L, "b", 9L)));

        assertThat(batch.values(Expression.compile("a != 0 && b / a > 1", schema)))
                .containsExactly(false, true, false);
        assertThat(batch.values(Expression.compile("b / a > 1 && a != 0", schema)))
                .containsExactly(false, true, false);
        assertThat(batch.values(Expression.compile("a == 0 || b / a > 1", schema)))
                .containsExactly(true, true, false);
        assertThat(batch.values(Expression.compile("a == 0 ? -1 : b / a", schema)))
                .containsExactly(-1L, 4L, 1L);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "1 / a > 1 ~ 1 / 0 is a division by zero",
                "1 % a > 1 ~ 1 % 0 is a division by zero",
                "a - b > 0 ~ 0 - -9223372036854775808 does not fit into 64 bits",
                "-b > 0 ~ 0 - -9223372036854775808 does not fit into 64 bits",
                "b * 2 > 0 ~ -9223372036854775808 * 2 does not fit into 64 bits",
                "b / -1 > 0 ~ -9223372036854775808 / -1 does not fit into 64 bits",
                "b + b > 0 ~ -9223372036854775808 + -9223372036854775808 does not fit into 64 bits",
                "int(s) > 0 ~ 'x' is no whole number",
                "double(s) > 0.0 ~ 'x' is no number",
                "bool(s) ~ 'x' is neither true nor false",
                "timestamp(s) > timestamp(0) ~ 'x' is no timestamp; one looks like 2001-01-01T00:47:00Z",
                "duration(s) > duration('1s') ~ 'x' is no duration; one looks like 1h30m or 0.5s",
                "timestamp(b) > timestamp(0) ~ a timestamp of -9223372036854775808 s is out of range",
                "int(double(b) * 2.0) > 0 ~ -1.8446744073709552E19 does not fit into a long",
                "1 / a > 1 && 1 % a > 1 ~ 1 / 0 is a division by zero",
                "a == 0 && 1 / a > 1 ~ 1 / 0 is a division by zero",
                "1 / a > 1 || a == 1 ~ 1 / 0 is a division by zero",
                "(1 / a > 1 ? 1 : 2) > 0 ~ 1 / 0 is a division by zero",
                "(1 / a > 1 ? s : 'y') == 'z' ~ 1 / 0 is a division by zero",
                "timestamp(a) - duration('17531640h') > timestamp(a) ~ a timestamp of -63113904000000 ms is out of range",
                "1 in [a, 1 / a] ~ 1 / 0 is a division by zero",
                "s.substring(2) == '' ~ position 2 is outside a text of 1",
                "s.charAt(-1) == '' ~ position -1 is outside a text of 1",
                "s.indexOf('x', 1) == 1 ~ position 1 is behind a text of 1",
                "math.abs(b) > 0 ~ the absolute value of -9223372036854775808 does not fit into 64 bits",
                "math.bitShiftLeft(1, b) > 0 ~ a shift by -9223372036854775808 bits; write the other direction",
                "math.round(double(b) * 4.0) > 0.0 ~ -3.6893488147419103E19 is beyond the 64 bits in which numbers are rounded",
                "timestamp(a).getHours(s) == 1 ~ 'x' is no time zone; write a name such as 'Europe/Berlin' or an offset '-09:30'",
                "'y'.matches(s + '(') ~ 'x(' is no RE2 pattern: missing closing )",
                "[1, 2][a + 5] == 1 ~ Index out of bounds: 5",
                "{'y': true}[s] ~ there is no key 'x'",
                "[1, 2].all(x, x / a == 1) ~ a division by zero",
            })
    void namesTheRowThatHasNoValue(String text, String detail) throws ExpressionException {
        RowSchema schema = new RowSchema(List.of(
                new RowSchema.Column("a", ValueType.LONG),
                new RowSchema.Column("b", ValueType.LONG),
                new RowSchema.Column("s", ValueType.STRING)));
        Map<String, Object> bad = Map.of("a", 0L, "b", Long.MIN_VALUE, "s", "x");
        RowBatch batch = new RowBatch(schema, List.of(bad, bad));
        CompiledExpression expression = Expression.compile(text, schema);
        int[] selected = new int[2];
        ColumnKernel kernel = expression.newKernel();

        assertThatThrownBy(() -> kernel.select(batch, 2, selected))
                .isInstanceOfSatisfying(EvaluationException.class, e -> {
                    assertThat(e.detail()).isEqualTo(detail);
                    assertThat(e.expression()).isEqualTo(text);
                });
    }

    @Test
    void namesEveryRowThatHasNoValueAndThePlaceInTheText() throws ExpressionException {
        RowSchema schema = new RowSchema(
                List.of(new RowSchema.Column("a", ValueType.LONG), new RowSchema.Column("s", ValueType.STRING)));
        RowBatch batch = new RowBatch(
                schema, List.of(Map.of("a", 1L, "s", "7"), Map.of("a", 0L, "s", "7"), Map.of("a", 1L, "s", "seven")));

        assertThatThrownBy(() -> batch.values(Expression.compile("10 / a +\n int(s)", schema)))
                .isInstanceOfSatisfying(
                        EvaluationException.class,
                        e -> assertThat(e.failures())
                                .containsExactly(
                                        new EvaluationException.Failure(1, 1, 4, "10 / 0 is a division by zero"),
                                        new EvaluationException.Failure(2, 2, 5, "'seven' is no whole number")))
                .hasMessage("'10 / a +\n int(s)' failed at row 1 of the batch, at 1:4: 10 / 0 is a division by zero");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "s.split('').exists(c, c == 'b') ~ it takes more than 100000 steps for this row",
                "s.replace('', s) == s ~ a text of 1050034 characters; at most 1048576 are put together",
                "[s].map(x, x.replace('', x))[0] == s ~ a text of 1050034 characters; at most 1048576 are put together",
            })
    void givesUpOnARowThatCostsTooMuch(String text, String detail) throws ExpressionException {
        RowSchema schema = new RowSchema(List.of(new RowSchema.Column("s", ValueType.STRING)));
        RowBatch small = new RowBatch(schema, List.of(Map.of("s", "b")));
        RowBatch large = new RowBatch(schema, List.of(Map.of("s", "a".repeat(30_000))));
        CompiledExpression expression = Expression.compile(text, schema);

        assertThat(small.values(expression)).hasSize(1);
        assertThatThrownBy(() -> large.values(expression))
                .isInstanceOfSatisfying(
                        EvaluationException.class, e -> assertThat(e.detail()).isEqualTo(detail));
    }

    @Test
    void selectsTheRowsThatHold() throws ExpressionException {
        RowBatch batch = new RowBatch(FLIGHTS, List.of(EARLY, LATE, EARLY, LATE, LATE));
        int[] selected = new int[5];

        int count = Expression.compile("delay > 15", FLIGHTS).newKernel().select(batch, 5, selected);

        assertThat(count).isEqualTo(3);
        assertThat(selected).startsWith(1, 3, 4);
    }

    @Test
    void servesLaterBatchesAfterAFault() throws ExpressionException {
        ColumnKernel kernel = Expression.compile("100 / (delay + 5)", FLIGHTS).newKernel();
        RowBatch failing = new RowBatch(FLIGHTS, List.of(LATE, EARLY));
        RowBatch fine = new RowBatch(FLIGHTS, List.of(LATE, LATE));

        assertThatThrownBy(() -> kernel.longs(failing, 2))
                .isInstanceOfSatisfying(
                        EvaluationException.class, e -> assertThat(e.row()).isEqualTo(1));

        assertThat(kernel.longs(fine, 2)).containsExactly(1, 1);
    }

    @Test
    void refusesAnArrayOfAnotherKind() throws ExpressionException {
        ColumnKernel kernel = Expression.compile("delay", FLIGHTS).newKernel();
        RowBatch batch = new RowBatch(FLIGHTS, List.of(LATE));

        assertThatThrownBy(() -> kernel.doubles(batch, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> kernel.select(batch, 1, new int[1])).isInstanceOf(IllegalStateException.class);
    }
}
