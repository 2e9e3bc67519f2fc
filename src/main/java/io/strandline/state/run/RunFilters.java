package io.strandline.state.run;

import io.strandline.state.RunReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps the filters of runs that lie above others in banks, for as long as the runs are shown. */
final class RunFilters {

    private final List<FilterBank> banks = new ArrayList<>();
    private final Map<RunReader, Place> places = new IdentityHashMap<>();

    /** Where a run's filter lies in a bank, if it has one that suits. */
    Optional<Place> place(RunReader reader) {
        Place known = places.get(reader);
        if (known != null || !(reader instanceof FilteredRun run)) {
            return Optional.ofNullable(known);
        }
        BloomFilter filter = run.filter();
        FilterBank bank = banks.stream()
                .filter(candidate -> candidate.suits(filter))
                .findFirst()
                .orElse(null);
        if (bank == null) {
            bank = new FilterBank(filter.lines());
            banks.add(bank);
        }
        Place added = new Place(bank, bank.add(filter));
        places.put(reader, added);
        return Optional.of(added);
    }

    /** Forgets the filters of all runs but these. */
    void retain(Collection<RunReader> readers) {
        Set<RunReader> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        kept.addAll(readers);
        for (Map.Entry<RunReader, Place> entry : List.copyOf(places.entrySet())) {
            if (!kept.contains(entry.getKey())) {
                places.remove(entry.getKey());
                entry.getValue().bank.remove(entry.getValue().bit);
            }
        }
        banks.removeIf(FilterBank::isEmpty);
    }

    /** A bit of a bank. */
    record Place(FilterBank bank, int bit) {}
}
