package io.strandline.bench.strandline;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.FlushStatistics;
import io.strandline.state.InstanceState;
import io.strandline.state.KeyedTable;
import io.strandline.state.StateCut;
import io.strandline.state.StateSize;
import io.strandline.state.SubtaskState;
import io.strandline.state.TimerTable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands in front of an instance's state and takes the processor time of each freeze: what pre-emption cannot disturb. */
final class TimedState {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Queue<Double> micros = new ConcurrentLinkedQueue<>();

    void reset() {
        micros.clear();
    }

    /** Processor time of each subtask's freezes since the last reset. */
    double[] micros() {
        return micros.stream().mapToDouble(Double::doubleValue).toArray();
    }

    InstanceState around(InstanceState state) {
        return new TimedInstance(state);
    }

    /** Hands out timed subtask states. */
    private final class TimedInstance implements InstanceState {

        private final InstanceState state;

        TimedInstance(InstanceState state) {
            this.state = state;
        }

        @Override
        public SubtaskState subtask(String operator, KeyGroupRange keyGroups) {
            return new TimedSubtask(state.subtask(operator, keyGroups));
        }

        @Override
        public void begin(long number, SnapshotMode mode) throws IOException {
            state.begin(number, mode);
        }

        @Override
        public CompletableFuture<FlushStatistics> stage(long number, InFlightRows rows) {
            return state.stage(number, rows);
        }

        @Override
        public byte[] readInFlight(Run run) throws IOException {
            return state.readInFlight(run);
        }

        @Override
        public StateCut cut(long number) throws IOException {
            return state.cut(number);
        }

        @Override
        public void committed(long number) {
            state.committed(number);
        }

        @Override
        public void aborted(long number) {
            state.aborted(number);
        }

        @Override
        public StateSize size() {
            return state.size();
        }

        @Override
        public void close() throws IOException {
            state.close();
        }
    }

    /** Times freezes. */
    private final class TimedSubtask implements SubtaskState {

        private final SubtaskState state;

        TimedSubtask(SubtaskState state) {
            this.state = state;
        }

        @Override
        public KeyedTable table(StateSchema schema, long[] initialWords) {
            return state.table(schema, initialWords);
        }

        @Override
        public TimerTable timers(StateSchema schema) {
            return state.timers(schema);
        }

        @Override
        public CompletableFuture<FlushStatistics> freeze(long number) {
            long begin = threads.getCurrentThreadCpuTime();
            CompletableFuture<FlushStatistics> frozen = state.freeze(number);
            micros.add((threads.getCurrentThreadCpuTime() - begin) / 1e3);
            return frozen;
        }

        @Override
        public boolean isReady() {
            return state.isReady();
        }

        @Override
        public void whenAdvanced(Runnable wakeUp) {
            state.whenAdvanced(wakeUp);
        }

        @Override
        public boolean sweep() {
            return state.sweep();
        }
    }
}
