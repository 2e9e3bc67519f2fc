package io.strandline.state;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateSchema;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * All keyed state of one job instance: one store shared by its subtasks, each of which owns key-group ranges of it.
 *
 * <p>An attempt goes {@link #begin} → each {@link SubtaskState#freeze} → {@link #cut} → {@link #committed}, or ends early
 * with {@link #aborted}: then frozen entries that were not written go back into the dirty set unless overwritten since, and
 * what was written stays in the next cut's list. Methods are called by the coordinator's thread, except {@link #subtask} and
 * {@link #stage}.
 */
public interface InstanceState extends Closeable {

    /** The state of one operator's subtask. */
    SubtaskState subtask(String operator, KeyGroupRange keyGroups);

    /** Opens attempt {@code number}'s staging area. */
    void begin(long number, SnapshotMode mode) throws IOException;

    /**
     * Stages what attempt {@code number} overtook on its way to a subtask, for the version of that number alone.
     *
     * @return completes when it lies sealed in the attempt's staging area; fails when it cannot be written
     */
    CompletableFuture<FlushStatistics> stage(long number, InFlightRows rows);

    /** Reads what was staged so for the restored version. */
    byte[] readInFlight(Run run) throws IOException;

    /**
     * Publishes what was staged up to {@code number} and lists the runs the version holds. Called once every subtask's
     * freeze has completed; the files stay pinned until {@link #committed} or {@link #aborted}.
     */
    StateCut cut(long number) throws IOException;

    /** The version is complete: its list is the base of the next. Merges may start. */
    void committed(long number);

    /** The attempt is over without a version. */
    void aborted(long number);

    /** The states that operators have declared so far, by operator; by any thread. */
    Map<String, List<StateSchema>> schemas();

    /** Memory and size figures for metrics; cheap, callable by any thread. */
    StateSize size();

    /**
     * Rows on their way to one subtask, encoded.
     *
     * @param operator the operator they are for
     * @param schema which of its inputs they are for and what they look like
     * @param keyGroups those of the subtask
     * @param rows how many
     * @param content the rows, in an encoding that the state does not look into
     */
    record InFlightRows(String operator, StateSchema schema, KeyGroupRange keyGroups, long rows, byte[] content) {

        /** The media type of files of such rows. */
        public static final String MEDIA_TYPE = "application/vnd.strandline.rows.v1";
    }
}
