package io.strandline.retention;

import io.strandline.snapshot.SnapshotKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/**
 * What one level says: the fields it sets, those it switches off, and silence about the others.
 *
 * @param fields a value sets the field, an empty one switches it off, an absent one inherits
 */
public record PolicyDocument(Map<PolicyField, Optional<Object>> fields) {

    private static final int SHIPPED_LAST = 20;
    private static final int SHIPPED_HOURLY = 24;
    private static final int SHIPPED_DAILY = 7;
    private static final int SHIPPED_MIN_COUNT = 3;
    private static final Duration SHIPPED_SCHEDULE = Duration.ofMinutes(5);

    public PolicyDocument {
        fields = fields.isEmpty() ? Map.of() : Map.copyOf(fields);
    }

    /** The policy that rules where nobody has saved one. */
    public static PolicyDocument shipped() {
        Map<PolicyField, Optional<Object>> fields = new EnumMap<>(PolicyField.class);
        fields.put(PolicyField.KEEP_LAST, Optional.of(SHIPPED_LAST));
        fields.put(PolicyField.KEEP_HOURLY, Optional.of(SHIPPED_HOURLY));
        fields.put(PolicyField.KEEP_DAILY, Optional.of(SHIPPED_DAILY));
        fields.put(
                PolicyField.KEEP_KINDS,
                Optional.of(EnumSet.of(
                        SnapshotKind.MANUAL, SnapshotKind.FINAL, SnapshotKind.RESTORED, SnapshotKind.IMPORTED)));
        fields.put(PolicyField.FLOOR_MIN_COUNT, Optional.of(SHIPPED_MIN_COUNT));
        fields.put(PolicyField.FLOOR_MIN_VERIFIED, Optional.of(0));
        fields.put(PolicyField.SCHEDULE, Optional.of(SHIPPED_SCHEDULE));
        return new PolicyDocument(fields);
    }
}
