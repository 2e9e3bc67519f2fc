package io.strandline.inspect.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strandline.inspect.usage.Trend.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** Where sizes over time lead. */
class TrendTests {

    private static final Instant START = Instant.parse("2026-08-01T00:00:00Z");
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Test
    void findsTheLineThroughSizesThatLieOnOne() {
        Trend trend = Trend.of(hourly(24, hour -> 1000 + 50 * hour)).orElseThrow();

        assertThat(trend.perMilli() * HOUR).isCloseTo(50, within(1e-6));
        assertThat(trend.grows()).isTrue();
        assertThat(trend.lastBytes()).isCloseTo(1000 + 50 * 23, within(1e-6));
        assertThat(trend.reaches(1000 + 50 * 33)).contains(START.plus(Duration.ofHours(33)));
        assertThat(trend.reaches(1500)).as("it is there already").contains(trend.last());
    }

    @Test
    void isNotTurnedRoundByAMergeThatHalvesASizeNowAndThen() {
        Random random = new Random(1);
        List<Point> points = hourly(60, hour -> (100_000 + 2000 * hour) / (random.nextInt(6) == 0 ? 2 : 1));

        Trend trend = Trend.of(points).orElseThrow();

        assertThat(trend.perMilli() * HOUR).isBetween(1200.0, 2200.0);
        assertThat(trend.grows()).isTrue();
        assertThat(trend.leastPerMilli()).isLessThanOrEqualTo(trend.perMilli());
        assertThat(trend.mostPerMilli()).isGreaterThanOrEqualTo(trend.perMilli());
    }

    @Test
    void takesSizesThatOnlyWaverForATrendOneTimeInTen() {
        int taken = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Trend trend =
                    Trend.of(hourly(60, hour -> 100_000 + random.nextInt(1000))).orElseThrow();
            taken += trend.grows() || trend.shrinks() ? 1 : 0;
            assertThat(trend.grows() || trend.reaches(200_000).isEmpty()).isTrue();
        }

        assertThat(taken).isBetween(8, 34);
    }

    @Test
    void knowsWhatShrinks() {
        Trend trend = Trend.of(hourly(20, hour -> 100_000 - 10 * hour)).orElseThrow();

        assertThat(trend.shrinks()).isTrue();
        assertThat(trend.reaches(200_000)).isEmpty();
    }

    @Test
    void doesNotLookFurtherAheadThanTenTimesAsFarAsBack() {
        Trend trend = Trend.of(hourly(11, hour -> 1000 * hour)).orElseThrow();

        assertThat(trend.reaches(109_000)).isPresent();
        assertThat(trend.reaches(111_000)).isEmpty();
    }

    @Test
    void saysNothingOfFewPointsOrAShortTime() {
        assertThat(Trend.of(List.of())).isEmpty();
        assertThat(Trend.of(hourly(7, hour -> hour))).isEmpty();
        assertThat(Trend.of(hourly(8, hour -> hour))).isPresent();
        List<Point> close = new ArrayList<>();
        for (int second = 0; second < 100; second++) {
            close.add(new Point(second, START.plusSeconds(second), second));
        }
        assertThat(Trend.of(close)).isEmpty();
    }

    private static List<Point> hourly(int hours, LongUnaryOperator bytes) {
        List<Point> points = new ArrayList<>();
        for (int hour = 0; hour < hours; hour++) {
            points.add(new Point(hour, START.plus(Duration.ofHours(hour)), bytes.applyAsLong(hour)));
        }
        return points;
    }
}
