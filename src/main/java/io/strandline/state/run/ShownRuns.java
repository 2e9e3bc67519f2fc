package io.strandline.state.run;

import io.strandline.state.Murmur3;
import io.strandline.state.RunReader;
import io.strandline.state.RunReader.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A list of runs and, for each key group, which of them hold entries of it: those at the bottom are asked by their own filters,
 * those above them by the banks that their filters lie in. Does not change.
 */
final class ShownRuns {

    static final ShownRuns NONE = new ShownRuns(List.of(), List.of(), List.of());

    private final List<StoredRun> newestFirst;
    private final List<Bank> banks;
    private final List<Column> columns;

    private ShownRuns(List<StoredRun> newestFirst, List<Bank> banks, List<Column> columns) {
        this.newestFirst = newestFirst;
        this.banks = banks;
        this.columns = columns;
    }

    static ShownRuns of(List<StoredRun> newestFirst, RunFilters filters) {
        List<Bank> banks = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int rank = newestFirst.size() - 1; rank >= 0; rank--) {
            StoredRun stored = newestFirst.get(rank);
            int first = stored.run().keyGroups().first();
            int last = stored.run().keyGroups().last();
            while (columns.size() <= last) {
                columns.add(new Column());
            }
            List<Column> held = columns.subList(first, last + 1);
            boolean above = held.stream().anyMatch(column -> !column.isEmpty());
            Optional<RunFilters.Place> place = above ? filters.place(stored.reader()) : Optional.empty();
            int newer = rank;
            place.ifPresentOrElse(
                    known -> addTo(banks, known, newer, held), () -> held.forEach(column -> column.add(newer)));
        }
        return new ShownRuns(List.copyOf(newestFirst), List.copyOf(banks), List.copyOf(columns));
    }

    List<StoredRun> newestFirst() {
        return newestFirst;
    }

    /** What the newest run says that holds the key. */
    Found find(ByteBuffer key) throws IOException {
        int keyGroup = StoredRun.keyGroup(key);
        if (keyGroup >= columns.size()) {
            return Found.ABSENT;
        }
        byte[] bytes = Bytes.of(key);
        int from = Bytes.offset(key);
        int to = from + key.remaining();
        long hash = Murmur3.hash(bytes, from, to - from);
        Column column = columns.get(keyGroup);
        int rank = next(column, -1, hash);
        while (rank < newestFirst.size()) {
            RunReader reader = newestFirst.get(rank).reader();
            Found found = !(reader instanceof FilteredRun run)
                    ? reader.get(key)
                    : run.filter().mayContain(hash) ? run.find(bytes, from, to) : Found.ABSENT;
            if (found.kind() != Found.Kind.ABSENT) {
                return found;
            }
            rank = next(column, rank, hash);
        }
        return Found.ABSENT;
    }

    /** The newest run, among those older than rank {@code after}, that may hold the hash. */
    private int next(Column column, int after, long hash) {
        int next = column.next(after, newestFirst.size());
        for (int i = 0; i < banks.size(); i++) {
            long asked = column.bits(i);
            long candidates = asked == 0 ? 0 : asked & banks.get(i).filters.candidates(hash);
            while (candidates != 0) {
                int rank = banks.get(i).ranks[Long.numberOfTrailingZeros(candidates)];
                if (rank > after && rank < next) {
                    next = rank;
                }
                candidates &= candidates - 1;
            }
        }
        return next;
    }

    private static void addTo(List<Bank> banks, RunFilters.Place place, int rank, List<Column> held) {
        int index = 0;
        while (index < banks.size() && banks.get(index).filters != place.bank()) {
            index++;
        }
        if (index == banks.size()) {
            banks.add(new Bank(place.bank(), new int[Long.SIZE]));
        }
        banks.get(index).ranks[place.bit()] = rank;
        for (Column column : held) {
            column.add(index, place.bit());
        }
    }

    /** Filters of many runs, and the rank of each bit's run in the list. */
    private record Bank(FilterBank filters, int[] ranks) {}

    /** The runs over one key group. */
    private static final class Column {

        private int[] alone = {};
        private long[] bits = {};

        boolean isEmpty() {
            return alone.length == 0 && bits.length == 0;
        }

        /** Adds a run that is newer than those before. */
        void add(int rank) {
            alone = Arrays.copyOf(alone, alone.length + 1);
            alone[alone.length - 1] = rank;
        }

        void add(int bank, int bit) {
            if (bits.length <= bank) {
                bits = Arrays.copyOf(bits, bank + 1);
            }
            bits[bank] |= 1L << bit;
        }

        long bits(int bank) {
            return bank < bits.length ? bits[bank] : 0;
        }

        int next(int after, int none) {
            for (int i = alone.length - 1; i >= 0; i--) {
                if (alone[i] > after) {
                    return alone[i];
                }
            }
            return none;
        }
    }
}
