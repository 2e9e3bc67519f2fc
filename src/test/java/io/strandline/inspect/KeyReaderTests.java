package io.strandline.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class KeyReaderTests {

    private final KeyReader reader = new KeyReader(JsonMapper.shared());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "DFW|DFW",
                "\"DFW\"|DFW",
                "[\"DFW\"]|DFW",
                "42|42",
                "true|true",
                "null|null",
                "4711-a|4711-a",
                " a b |` a b `",
                "\"\"|``",
                "\"unfinished|\"unfinished",
                "日本|日本",
            })
    void takesTextBareOrAsJson(String given, String meant) {
        assertThat(read(given, ColumnType.STRING)).containsExactly(meant);
    }

    @Test
    void readsEachTypeAsItIsStored() {
        assertThat(read("42", ColumnType.LONG)).containsExactly(42L);
        assertThat(read("-9223372036854775808", ColumnType.LONG)).containsExactly(Long.MIN_VALUE);
        assertThat(read("2.5", ColumnType.DOUBLE)).containsExactly(2.5);
        assertThat(read("2", ColumnType.DOUBLE)).containsExactly(2.0);
        assertThat(read("true", ColumnType.BOOLEAN)).containsExactly(1L);
        assertThat(read("2026-08-01T12:00:00Z", ColumnType.TIMESTAMP)).containsExactly(1_785_585_600_000L);
        assertThat(read("1785585600000", ColumnType.TIMESTAMP)).containsExactly(1_785_585_600_000L);
        assertThat(read("PT1.5S", ColumnType.DURATION)).containsExactly(1500L);
        assertThat(read("1500", ColumnType.DURATION)).containsExactly(1500L);
    }

    @Test
    void readsSeveralColumnsFromAnArray() {
        assertThat(read("[\"DFW\", 7, false]", ColumnType.STRING, ColumnType.LONG, ColumnType.BOOLEAN))
                .containsExactly("DFW", 7L, 0L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x|LONG|\"x\" is no LONG",
                "1.5|LONG|1.5 is no LONG",
                "9223372036854775808|LONG|is no LONG",
                "\"42\"|LONG|\"42\" is no LONG",
                "yesterday|TIMESTAMP|\"yesterday\" is no TIMESTAMP",
                "1|BOOLEAN|1 is no BOOLEAN",
                "[1,2]|LONG|it has 2 values",
                "[]|STRING|it has 0 values",
                "[42]|STRING|42 is no STRING",
            })
    void refusesWhatDoesNotFit(String given, ColumnType type, String why) {
        assertThatThrownBy(() -> read(given, type)).isInstanceOfSatisfying(StrandlineException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_KEY);
            assertThat(e.problem().detail()).contains(why).contains("(c0 " + type + ")");
            assertThat(e.problem().errors()).extracting("pointer").containsExactly("key");
        });
    }

    private List<Object> read(String text, ColumnType... types) {
        List<Column> columns = new ArrayList<>();
        for (ColumnType type : types) {
            columns.add(new Column("c" + columns.size(), type));
        }
        return reader.read(text, columns);
    }
}
