package io.strandline.retention.gc;

import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the manifests that were read before have said, in some 20 bytes a file: the job whose versions name it, and the lowest and
 * highest number among them. A manifest never changes and its number never comes back, so whoever looks for a file has to read
 * those in between again and those that are new, and no others. It may name too many, never too few: files are told apart by
 * the first 64 bits of their digests, and one that several jobs name may be named by every manifest of each of them.
 */
final class HeardManifests {

    private static final int FIRST_SLOTS = 1 << 10;
    private static final long FREE = 0;

    private final Map<String, Integer> jobs = new HashMap<>();
    private final List<BitSet> heard = new ArrayList<>();
    private final Map<Long, BitSet> shared = new HashMap<>();
    private long[] files = new long[FIRST_SLOTS];
    private int[] job = new int[FIRST_SLOTS];
    private int[] lowest = new int[FIRST_SLOTS];
    private int[] highest = new int[FIRST_SLOTS];
    private int used;
    private long count;

    /** Whether a manifest has been heard. */
    boolean knows(ManifestName name) {
        Integer at = jobs.get(name.folder());
        return at != null && name.number() <= Integer.MAX_VALUE && heard.get(at).get((int) name.number());
    }

    /** Remembers what a manifest names; one with a number beyond an {@code int} is never remembered. */
    void remember(ManifestName name, Set<Digest> named) {
        if (name.number() > Integer.MAX_VALUE) {
            return;
        }
        int at = jobs.computeIfAbsent(name.folder(), folder -> {
            heard.add(new BitSet());
            return heard.size() - 1;
        });
        int number = (int) name.number();
        for (Digest digest : named) {
            put(file(digest), at, number);
        }
        heard.get(at).set(number); // last: what was not remembered whole is heard again
        count++;
    }

    /** Begins anew when most of what is remembered is of manifests that are gone. */
    void forgetWhenStale(int present) {
        if (count > 2L * present + FIRST_SLOTS) {
            jobs.clear();
            heard.clear();
            shared.clear();
            allocate(FIRST_SLOTS);
            used = 0;
            count = 0;
        }
    }

    /** Which manifests may name one of some files. */
    Suspicion mayName(Collection<Digest> digests) {
        Map<Integer, TreeMap<Integer, Integer>> ranges = new HashMap<>();
        for (Digest digest : digests) {
            long file = file(digest);
            int slot = slot(files, file);
            if (files[slot] == file) {
                widen(ranges, job[slot], lowest[slot], highest[slot]);
                shared.getOrDefault(file, new BitSet()).stream()
                        .forEach(other -> widen(ranges, other, 0, Integer.MAX_VALUE));
            }
        }
        return name -> {
            Integer at = jobs.get(name.folder());
            TreeMap<Integer, Integer> ofJob = at == null ? null : ranges.get(at);
            Map.Entry<Integer, Integer> range = ofJob == null ? null : ofJob.floorEntry((int) name.number());
            return range != null && name.number() <= range.getValue();
        };
    }

    /** Tells whether a manifest has to be read again. */
    interface Suspicion {

        boolean about(ManifestName name);
    }

    /** Adds a range to those of a job, which do not overlap. */
    private static void widen(Map<Integer, TreeMap<Integer, Integer>> ranges, int job, int from, int to) {
        TreeMap<Integer, Integer> ofJob = ranges.computeIfAbsent(job, any -> new TreeMap<>());
        int low = from;
        int high = to;
        Map.Entry<Integer, Integer> near = ofJob.floorEntry(high);
        while (near != null && near.getValue() >= low) {
            low = Math.min(low, near.getKey());
            high = Math.max(high, near.getValue());
            ofJob.remove(near.getKey());
            near = ofJob.floorEntry(high);
        }
        ofJob.put(low, high);
    }

    private void put(long file, int at, int number) {
        int slot = slot(files, file);
        if (files[slot] == FREE) {
            files[slot] = file;
            job[slot] = at;
            lowest[slot] = number;
            highest[slot] = number;
            if (++used > files.length / 4 * 3) {
                grow();
            }
        } else if (job[slot] == at) {
            lowest[slot] = Math.min(lowest[slot], number);
            highest[slot] = Math.max(highest[slot], number);
        } else {
            shared.computeIfAbsent(file, any -> new BitSet()).set(at);
        }
    }

    private void grow() {
        long[] oldFiles = files;
        int[] oldJob = job;
        int[] oldLowest = lowest;
        int[] oldHighest = highest;
        allocate(oldFiles.length * 2);
        for (int i = 0; i < oldFiles.length; i++) {
            if (oldFiles[i] != FREE) {
                int slot = slot(files, oldFiles[i]);
                files[slot] = oldFiles[i];
                job[slot] = oldJob[i];
                lowest[slot] = oldLowest[i];
                highest[slot] = oldHighest[i];
            }
        }
    }

    private void allocate(int slots) {
        files = new long[slots];
        job = new int[slots];
        lowest = new int[slots];
        highest = new int[slots];
    }

    /** Where a file is, or would be: digests are as good as random, so their lowest bits do. */
    private static int slot(long[] files, long file) {
        int slot = (int) file & (files.length - 1);
        while (files[slot] != FREE && files[slot] != file) {
            slot = (slot + 1) & (files.length - 1);
        }
        return slot;
    }

    private static long file(Digest digest) {
        long bits = Long.parseUnsignedLong(digest.hex().substring(0, 16), 16);
        return bits == FREE ? 1 : bits;
    }
}
