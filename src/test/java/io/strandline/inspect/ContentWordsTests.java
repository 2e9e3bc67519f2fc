package io.strandline.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.api.type.Type;
import io.strandline.api.type.Types;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the Java API's types write is said as JSON knows it. */
class ContentWordsTests {

    private static final Instant NOON = Instant.parse("2026-08-01T12:00:00Z");

    /** A record of every kind of part. */
    public record Visit(
            long id,
            double score,
            boolean paid,
            String page,
            byte[] raw,
            Instant at,
            Duration lasting,
            List<String> tags,
            Map<String, Long> counts) {}

    @Test
    void saysARecordFieldByField() {
        Visit visit = new Visit(
                -7,
                2.5,
                true,
                "Ürümqi",
                new byte[] {1, 2},
                NOON,
                Duration.ofSeconds(90),
                List.of("a", "b"),
                Map.of("x", 1L));

        assertThat(words(Types.record(Visit.class), visit))
                .isEqualTo(Map.of(
                        "id",
                        -7L,
                        "score",
                        2.5,
                        "paid",
                        true,
                        "page",
                        "Ürümqi",
                        "raw",
                        "AQI=",
                        "at",
                        NOON,
                        "lasting",
                        Duration.ofSeconds(90),
                        "tags",
                        List.of("a", "b"),
                        "counts",
                        Map.of("x", 1L)));
    }

    @Test
    void saysMapsAsObjectsOrPairs() {
        assertThat(words(Types.map(Types.STRING, Types.DOUBLE), Map.of("a", 1.0, "b", Double.NaN)))
                .isEqualTo(Map.of("a", 1.0, "b", "NaN"));
        assertThat(words(Types.map(Types.LONG, Types.STRING), Map.of(5L, "five")))
                .isEqualTo(List.of(Map.of("key", 5L, "value", "five")));
    }

    @Test
    void saysListsThatGrowAndListsThatAreWhole() {
        Column growing = new Column("elements", ColumnType.BYTES, "list<timestamp>");
        byte[] two = joined(Types.TIMESTAMP.encode(NOON), Types.TIMESTAMP.encode(NOON.plusSeconds(1)));

        assertThat(ContentWords.of(growing, two)).isEqualTo(List.of(NOON, NOON.plusSeconds(1)));
        assertThat(ContentWords.of(growing, new byte[0])).isEqualTo(List.of());
        assertThat(words(Types.list(Types.TIMESTAMP), List.of(NOON))).isEqualTo(List.of(NOON));
    }

    @Test
    void tellsListsOfListsApart() {
        Type<List<Long>> element = Types.list(Types.LONG);
        Column growing = new Column("elements", ColumnType.BYTES, "list<list<long>>");
        byte[] two = joined(element.encode(List.of(1L, 2L)), element.encode(List.of()));

        assertThat(ContentWords.of(growing, two)).isEqualTo(List.of(List.of(1L, 2L), List.of()));
        assertThat(words(Types.list(element), List.of(List.of(1L, 2L), List.of(3L))))
                .isEqualTo(List.of(List.of(1L, 2L), List.of(3L)));
    }

    @Test
    void saysInBase64WhatHasNoShapeOrIsNotOfIt() {
        byte[] bytes = {'l', -1};
        String base64 = Base64.getEncoder().encodeToString(bytes);

        assertThat(ContentWords.of(new Column("raw", ColumnType.BYTES), bytes)).isEqualTo(base64);
        assertThat(ContentWords.of(new Column("list", ColumnType.BYTES, "list<long>"), bytes))
                .isEqualTo(base64);
        byte[] endless = {'[', -1, -1, -1, -1, 7};
        assertThat(ContentWords.of(new Column("list", ColumnType.BYTES, "list<long>"), endless))
                .isEqualTo(Base64.getEncoder().encodeToString(endless));
    }

    private static <T> Object words(Type<T> type, T value) {
        return ContentWords.of(new Column("value", ColumnType.BYTES, type.shape()), type.encode(value));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(joined::writeBytes);
        return joined.toByteArray();
    }
}
