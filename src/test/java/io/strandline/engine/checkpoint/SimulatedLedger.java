package io.strandline.engine.checkpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a simulation's versions are: numbers are given out, versions committed and expired, lives begin and end. */
interface SimulatedLedger {

    /** A life begins: what is there is found out. */
    void open();

    /** A life ends, in order or not. */
    void close();

    /** A number that was never given out before. */
    long reserve();

    /** Makes a version of where each subtask stood. */
    void commit(long number, List<Long> positions);

    /** May let a version go that is not the newest. */
    void expire();

    /** Versions that are there, oldest first. */
    List<Long> committed();

    /** Where each subtask stood in a version. */
    List<Long> positions(long number);

    /** One that never forgets. */
    final class InMemory implements SimulatedLedger {

        private final Map<Long, List<Long>> versions = new HashMap<>();
        private final List<Long> committed = new ArrayList<>();
        private long numbers;

        @Override
        public void open() {
            // nothing was lost
        }

        @Override
        public void close() {
            // nothing is open
        }

        @Override
        public long reserve() {
            return ++numbers;
        }

        @Override
        public void commit(long number, List<Long> positions) {
            versions.put(number, positions);
            committed.add(number);
        }

        @Override
        public void expire() {
            // all of them stay
        }

        @Override
        public List<Long> committed() {
            return committed;
        }

        @Override
        public List<Long> positions(long number) {
            return versions.get(number);
        }
    }
}
