package io.strandline.retention;

import io.strandline.snapshot.SnapshotKind;
import java.time.Duration;
import java.time.ZoneId;
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
        return !keep.hasRule() && cap.maxAge() == null && cap.maxCount() == null;
    }

    /**
     * Independent rules, of which one is enough; null where there is none.
     *
     * @param last the newest so many
     * @param within not older than this
     * @param hourly the newest of so many hours that hold a version
     * @param daily the newest of so many days that hold a version
     * @param kinds of these kinds
     */
    public record Keep(
            @Nullable Integer last,
            @Nullable Duration within,
            @Nullable Integer hourly,
            @Nullable Integer daily,
            @Nullable Set<SnapshotKind> kinds) {

        public Keep {
            kinds = kinds == null ? null : Set.copyOf(kinds);
        }

        /** Whether there is any. */
        public boolean hasRule() {
            return last != null || within != null || hourly != null || daily != null || kinds != null;
        }
    }

    /**
     * Takes keep reasons away, the oldest version's first; null where there is none.
     *
     * @param maxAge from versions older than this
     * @param maxCount while a line keeps more than so many
     */
    public record Cap(@Nullable Duration maxAge, @Nullable Integer maxCount) {}

    /**
     * What stays whatever the rules say.
     *
     * @param minCount the newest so many of a line
     * @param minVerified the newest so many found intact at CHECKSUMS or deeper
     */
    public record Floor(int minCount, int minVerified) {}
}
