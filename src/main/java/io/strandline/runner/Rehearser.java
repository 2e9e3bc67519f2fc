package io.strandline.runner;

import io.strandline.snapshot.Manifest;
import java.util.function.BooleanSupplier;

/** Restores versions for trial: into an instance that reads no source, writes no sink, and is thrown away. */
public interface Rehearser {

    /**
     * Restores a version, takes a full snapshot of what came of it and says what that holds. Nothing of it is left behind, and
     * whoever runs is not disturbed.
     *
     * @param pipeline the pipeline document that the version was written under, canonical JSON
     * @param id names the trial, unlike any other instance
     * @param cancelled asked now and then whether to give up
     */
    Rehearsal rehearse(Manifest version, String job, String pipeline, String id, BooleanSupplier cancelled);

    /** What came of a trial. */
    sealed interface Rehearsal {}

    /**
     * It could be restored.
     *
     * @param stateDigest of what was restored, 64 hex digits
     */
    record Restored(String stateDigest) implements Rehearsal {}

    /** It could not be restored, or the restored instance could not take a snapshot. */
    record Failed(String detail) implements Rehearsal {}

    /** It was given up because it was to be cancelled. */
    record GivenUp() implements Rehearsal {}
}
