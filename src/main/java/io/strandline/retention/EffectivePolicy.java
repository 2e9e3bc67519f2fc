package io.strandline.retention;

import io.strandline.retention.RetentionPolicy.Period;
import io.strandline.snapshot.SnapshotKind;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What all levels together say.
 *
 * @param policy the policy in force
 * @param values each field some level spoke about, empty where it is switched off
 * @param setBy the level that decided each of them
 */
public record EffectivePolicy(
        RetentionPolicy policy, Map<PolicyField, Optional<Object>> values, Map<PolicyField, PolicyLevel> setBy) {

    public EffectivePolicy {
        values = Map.copyOf(values);
        setBy = Map.copyOf(setBy);
    }

    /** A field's value, empty where it is switched off or nobody spoke about it. */
    public Optional<Object> value(PolicyField field) {
        return values.getOrDefault(field, Optional.empty());
    }

    /** Merges documents field by field, a higher level over a lower one. */
    public static EffectivePolicy merge(Map<PolicyLevel, PolicyDocument> levels) {
        Map<PolicyField, Optional<Object>> values = new EnumMap<>(PolicyField.class);
        Map<PolicyField, PolicyLevel> setBy = new EnumMap<>(PolicyField.class);
        new EnumMap<>(levels)
                .forEach((level, document) -> document.fields().forEach((field, value) -> {
                    values.put(field, value);
                    setBy.put(field, level);
                }));
        return new EffectivePolicy(typed(new Values(values)), values, setBy);
    }

    private static RetentionPolicy typed(Values values) {
        ZoneId zone = values.zone();
        Integer minCount = values.count(PolicyField.FLOOR_MIN_COUNT);
        Integer minVerified = values.count(PolicyField.FLOOR_MIN_VERIFIED);
        return new RetentionPolicy(
                new RetentionPolicy.Keep(
                        values.count(PolicyField.KEEP_LAST),
                        values.duration(PolicyField.KEEP_WITHIN),
                        values.periods(),
                        values.labels(),
                        values.kinds(),
                        values.count(PolicyField.KEEP_OLDEST)),
                new RetentionPolicy.Cap(
                        values.duration(PolicyField.CAP_MAX_AGE),
                        values.count(PolicyField.CAP_MAX_COUNT),
                        values.bytes()),
                new RetentionPolicy.Floor(minCount == null ? 0 : minCount, minVerified == null ? 0 : minVerified),
                zone == null ? ZoneOffset.UTC : zone,
                values.duration(PolicyField.TRASH_WINDOW),
                values.duration(PolicyField.SCHEDULE));
    }

    /** Typed reads of merged fields. */
    private record Values(Map<PolicyField, Optional<Object>> fields) {

        private Optional<Object> of(PolicyField field) {
            return fields.getOrDefault(field, Optional.empty());
        }

        @Nullable
        Integer count(PolicyField field) {
            return of(field).map(Integer.class::cast).orElse(null);
        }

        Map<Period, Integer> periods() {
            Map<Period, Integer> places = new EnumMap<>(Period.class);
            for (Period period : Period.values()) {
                Integer count = count(KeepRule.field(period));
                if (count != null) {
                    places.put(period, count);
                }
            }
            return places;
        }

        @Nullable
        Long bytes() {
            return of(PolicyField.CAP_MAX_BYTES).map(Long.class::cast).orElse(null);
        }

        @Nullable
        Set<String> labels() {
            return of(PolicyField.KEEP_LABELS).map(Values::labelsIn).orElse(null);
        }

        private static Set<String> labelsIn(Object value) {
            return ((Collection<?>) value).stream().map(String.class::cast).collect(Collectors.toSet());
        }

        @Nullable
        Duration duration(PolicyField field) {
            return of(field).map(Duration.class::cast).orElse(null);
        }

        @Nullable
        ZoneId zone() {
            return of(PolicyField.TIME_ZONE).map(ZoneId.class::cast).orElse(null);
        }

        @Nullable
        Set<SnapshotKind> kinds() {
            return of(PolicyField.KEEP_KINDS).map(Values::kindsIn).orElse(null);
        }

        private static Set<SnapshotKind> kindsIn(Object value) {
            Set<SnapshotKind> kinds = EnumSet.noneOf(SnapshotKind.class);
            ((Collection<?>) value).forEach(kind -> kinds.add((SnapshotKind) kind));
            return kinds;
        }
    }
}
