package io.strandline.job;

import io.strandline.catalog.Branch;
import io.strandline.catalog.SinkChoice;
import io.strandline.catalog.history.Instance;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.SnapshotId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an instance is to be started.
 *
 * @param because why: {@code START}, {@code RESTART}, {@code RECOVERY}, {@code FALLBACK}, {@code RESTORE},
 *     {@code FAST_FORWARD}, {@code PROMOTE}, {@code UNDO} or {@code PIPELINE}
 * @param pipelineVersion the pipeline it runs
 * @param parallelism overrides the document's, null to keep it
 * @param backend overrides the document's, null to keep it
 * @param from the version it goes on from, null for nothing
 * @param line what sinks may keep, empty for a fresh start
 * @param allowDroppedState whether state that the pipeline does not know may be lost
 * @param sinks where each sink writes from this start on, null for where the branch's write already
 */
public record Launch(
        String because,
        int pipelineVersion,
        @Nullable Integer parallelism,
        @Nullable String backend,
        @Nullable SnapshotId from,
        List<LineSegment> line,
        boolean allowDroppedState,
        @Nullable Map<String, SinkChoice> sinks) {

    /** Somebody asked for it. */
    public static final String START = "START";

    /** The one before failed. */
    public static final String RESTART = "RESTART";

    /** The server came up. */
    public static final String RECOVERY = "RECOVERY";

    /** The head is damaged, and the pipeline allows to go on from an intact ancestor. */
    public static final String FALLBACK = "FALLBACK";

    /** A restore moved the head. */
    public static final String RESTORE = "RESTORE";

    /** A fast-forward moved the head. */
    public static final String FAST_FORWARD = "FAST_FORWARD";

    /** A fork was promoted. */
    public static final String PROMOTE = "PROMOTE";

    /** A move of the head was undone. */
    public static final String UNDO = "UNDO";

    /** The pipeline was changed. */
    public static final String PIPELINE = "PIPELINE";

    public Launch {
        line = List.copyOf(line);
        sinks = sinks == null ? null : Map.copyOf(sinks);
    }

    /** Another run of what {@code last} was, going on from a version, or from nothing. */
    public static Launch again(String because, Instance last, @Nullable SnapshotId from, List<LineSegment> line) {
        return new Launch(because, last.pipelineVersion(), last.parallelism(), last.backend(), from, line, true, null);
    }

    /** The same from where a branch is, or from nothing if this is from nothing. */
    public Launch goingOnFrom(Branch branch) {
        boolean fromNothing = from == null;
        return new Launch(
                because,
                pipelineVersion,
                parallelism,
                backend,
                fromNothing ? null : branch.head(),
                fromNothing ? List.of() : branch.line(),
                true,
                null);
    }

    /** Whether an instance that ended for this reason ended because its branch's head was moved. */
    static boolean movesTheHead(@Nullable String because) {
        return because != null && Set.of(RESTORE, FAST_FORWARD, PROMOTE, UNDO).contains(because);
    }

    /** Whether a person waits for it, so that failing before it ran is the answer, not a reason to try again. */
    boolean asked() {
        return !Set.of(RESTART, RECOVERY, FALLBACK).contains(because);
    }
}
