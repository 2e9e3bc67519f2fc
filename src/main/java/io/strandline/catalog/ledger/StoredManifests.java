package io.strandline.catalog.ledger;

import io.strandline.storage.ManifestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The manifests that a store holds, some bytes each, ticked off as versions claim them. */
final class StoredManifests {

    private final Map<String, Folder> folders = new HashMap<>();

    StoredManifests(List<ManifestName> names) {
        names.stream()
                .collect(Collectors.groupingBy(ManifestName::folder))
                .forEach((folder, inIt) -> folders.put(folder, new Folder(inIt)));
    }

    /**
     * One folder's.
     *
     * @param numbers ascending
     * @param claimed by position in {@code numbers}
     */
    private record Folder(long[] numbers, BitSet claimed) {

        Folder(List<ManifestName> names) {
            this(names.stream().mapToLong(ManifestName::number).sorted().toArray(), new BitSet(names.size()));
        }
    }

    /** Whether there is a manifest; it is claimed from then on. */
    boolean claim(String folder, long number) {
        Folder found = folders.get(folder);
        int at = found == null ? -1 : Arrays.binarySearch(found.numbers(), number);
        if (found == null || at < 0) {
            return false;
        }
        found.claimed().set(at);
        return true;
    }

    /** Those that nobody has claimed. */
    List<ManifestName> unclaimed() {
        List<ManifestName> names = new ArrayList<>();
        folders.forEach((name, folder) -> {
            for (int at = folder.claimed().nextClearBit(0);
                    at < folder.numbers().length;
                    at = folder.claimed().nextClearBit(at + 1)) {
                names.add(new ManifestName(name, folder.numbers()[at]));
            }
        });
        return names;
    }
}
