package io.strandline.retention;

import io.strandline.snapshot.SnapshotKind;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The policy in force for one line, after all levels were merged.
 *
 * @param keep what is kept
 * @param cap what keep rules may not exceed
 * @param floor what no policy goes below
 * @param timeZone whose hours and days are counted
 * @param trashWindow how long an expired version lies in the trash, null for {@link #trashWindow(SnapshotKind)}'s own
 * @param schedule how often plans are made and applied, null for never
 */
public record RetentionPolicy(
        Keep keep,
        Cap cap,
        Floor floor,
        ZoneId timeZone,
        @Nullable Duration trashWindow,
        @Nullable Duration schedule) {

    /** How long what a person deletes, and every kind a policy expires but the two short-lived ones, lies in the trash. */
    public static final Duration LONG_WINDOW = Duration.ofDays(7);

    private static final Duration SHORT_WINDOW = Duration.ofHours(1);

    /** How long a version of this kind lies in the trash after this policy expired it. */
    public Duration trashWindow(SnapshotKind kind) {
        if (trashWindow != null) {
            return trashWindow;
        }
        return kind == SnapshotKind.PERIODIC || kind == SnapshotKind.SAFETY ? SHORT_WINDOW : LONG_WINDOW;
    }

    /** Neither a keep rule nor a cap: everything stays. */
    public boolean keepsEverything() {
        return !keep.hasRule() && !cap.hasAny();
    }

    /** A stretch of the calendar. */
    public enum Period {
        /** An hour of the clock; in autumn the repeated hour counts twice. */
        HOUR,
        /** A calendar day. */
        DAY,
        /** A week of ISO 8601, Monday to Sunday. */
        WEEK,
        /** A calendar month. */
        MONTH,
        /** A calendar year. */
        YEAR
    }

    /**
     * Independent rules, of which one is enough; null where there is none.
     *
     * @param last the newest so many
     * @param within not older than this
     * @param periods the newest of so many hours, days, weeks, months or years that hold a version
     * @param labels that carry one of these, each {@code name} or {@code name=value}
     * @param kinds of these kinds
     * @param oldest the oldest so many
     */
    public record Keep(
            @Nullable Integer last,
            @Nullable Duration within,
            Map<Period, Integer> periods,
            @Nullable Set<String> labels,
            @Nullable Set<SnapshotKind> kinds,
            @Nullable Integer oldest) {

        public Keep {
            periods = Map.copyOf(periods);
            labels = labels == null ? null : Set.copyOf(labels);
            kinds = kinds == null ? null : Set.copyOf(kinds);
        }

        /** Whether there is any. */
        public boolean hasRule() {
            return last != null
                    || within != null
                    || !periods.isEmpty()
                    || labels != null
                    || kinds != null
                    || oldest != null;
        }
    }

    /**
     * Takes keep reasons away, the oldest version's first; null where there is none.
     *
     * @param maxAge from versions older than this
     * @param maxCount while a line keeps more than so many
     * @param maxBytes while the files of what a line keeps take more than so many bytes
     */
    public record Cap(
            @Nullable Duration maxAge,
            @Nullable Integer maxCount,
            @Nullable Long maxBytes) {

        /** No cap. */
        public static final Cap NONE = new Cap(null, null, null);

        /** Whether there is any. */
        public boolean hasAny() {
            return maxAge != null || maxCount != null || maxBytes != null;
        }
    }

    /**
     * What stays whatever the rules say.
     *
     * @param minCount the newest so many of a line
     * @param minVerified the newest so many found intact at CHECKSUMS or deeper
     */
    public record Floor(int minCount, int minVerified) {}
}
