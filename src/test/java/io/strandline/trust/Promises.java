package io.strandline.trust;

import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.Snapshot.State;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.Tag;
import io.strandline.crash.CommittedOutput;
import io.strandline.crash.SequenceOracle;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotId;
import io.strandline.storage.Digest;
import io.strandline.storage.StoredBlob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a server has acknowledged, and what it was asked for without an answer: what must be there later, and what may. */
final class Promises {

    private static final int ALL = 500;

    private final Map<SnapshotId, Long> versions = new LinkedHashMap<>();
    private final Map<String, SnapshotId> tags = new LinkedHashMap<>();
    private final Set<SnapshotId> asked = new HashSet<>();
    private final Set<SnapshotId> expired = new HashSet<>();
    private final Set<Long> heads = new HashSet<>();
    private boolean mayExpire;
    private boolean mayPurge;
    private boolean purged;
    private boolean mayCommit;
    private long acknowledged;

    void commitAsked() {
        mayCommit = true;
    }

    void version(Snapshot version) {
        versions.put(version.id(), version.number());
        acknowledged++;
        heads.clear();
        heads.add(version.number());
        mayCommit = false;
    }

    void tag(String name, Snapshot version) {
        tags.put(name, version.id());
        acknowledged++;
    }

    void expiryAsked() {
        mayExpire = true;
    }

    void expired(List<String> ids) {
        ids.forEach(id -> expired.add(SnapshotId.parse(id)));
        acknowledged += ids.size();
    }

    void purgeAsked() {
        mayPurge = true;
    }

    void purged() {
        purged = true;
        acknowledged++;
    }

    void moveAsked(Snapshot target) {
        heads.add(target.number());
    }

    void moved(Snapshot target) {
        heads.clear();
        heads.add(target.number());
        acknowledged++;
    }

    /** How much was acknowledged. */
    long acknowledged() {
        return acknowledged;
    }

    /** Everything that a server found later has broken. */
    List<String> broken(Station station) throws IOException {
        List<String> broken = new ArrayList<>();
        if (station.parts.catalog.job(Station.JOB).isEmpty()) {
            if (acknowledged > 0) {
                broken.add("the job is gone");
            }
            return broken;
        }
        versions.forEach((id, number) -> acknowledgedVersion(station, id, number, broken));
        tags.forEach((name, id) -> {
            if (station.parts
                    .catalog
                    .tag(Station.JOB, name)
                    .map(Tag::snapshot)
                    .filter(id::equals)
                    .isEmpty()) {
                broken.add("tag " + name + " is gone");
            }
        });
        head(station, broken);
        for (Snapshot version : all(station)) {
            content(station, version, broken);
        }
        return broken;
    }

    private void acknowledgedVersion(Station station, SnapshotId id, long number, List<String> broken) {
        @Nullable Snapshot found = station.parts.catalog.snapshot(id).orElse(null);
        if (found == null || found.number() != number) {
            broken.add("version " + number + " is gone: " + found);
        } else if (expired.contains(id)) {
            if (found.state() == State.COMPLETED || purged && found.state() != State.PURGED) {
                broken.add("version " + number + " was expired and is " + found.state());
            }
        } else if (found.state() == State.PURGED && !mayPurge || found.state() == State.TRASHED && !mayExpire) {
            broken.add("version " + number + " is " + found.state() + ", which nobody asked for");
        } else if (found.state() != State.COMPLETED && tags.containsValue(id)) {
            broken.add("version " + number + " has a tag and is " + found.state());
        }
    }

    private void head(Station station, List<String> broken) {
        Long number = station.main().headNumber();
        long newest =
                versions.values().stream().mapToLong(Long::longValue).max().orElse(0);
        boolean known = number == null ? heads.isEmpty() : heads.contains(number) || mayCommit && number > newest;
        if (!known) {
            broken.add("the head is " + number + ", not one of " + heads);
        }
    }

    static List<Snapshot> all(Station station) {
        return station.parts.catalog.snapshots(
                new SnapshotQuery(Station.JOB, null, Set.of(), Set.of(), Map.of(), null, null, null, ALL));
    }

    /** A version that is there holds what the source's formula says, or went with the memory of its process. */
    private static void content(Station station, Snapshot version, List<String> broken) throws IOException {
        if (version.state() == State.PURGED) {
            return;
        }
        if (!version.durable()) {
            if (version.condition() != Condition.LOST) {
                broken.add("version " + version.number() + " lived in memory and is " + version.condition());
            }
            return;
        }
        try {
            if (version.condition() != Condition.OK) {
                broken.add("version " + version.number() + " is " + version.condition());
            }
            state(station, station.stored.manifest(version), broken);
        } catch (StrandlineException | IOException e) {
            broken.add("version " + version.number() + " cannot be read: " + e);
        }
    }

    /** Compares the state of a version with the closed form. */
    static void state(Station station, Manifest version, List<String> broken) throws IOException {
        Map<Long, List<Object>> expected = new TreeMap<>();
        SequenceOracle.countsAndSums(Station.SEED, Station.KEYS, Engines.ends(version))
                .forEach((key, sums) -> expected.put(key, List.of(sums[0], sums[1])));
        if (!station.engines.sums(version).equals(expected)) {
            broken.add("the state of version " + version.content().number() + " is not what its offsets say");
        }
    }

    /** Compares what the sink shows with what the head's offsets say: every record once, and none beyond. */
    static void output(Station station, Snapshot head, List<String> broken) throws IOException {
        CommittedOutput output = CommittedOutput.read(station.engines.output);
        broken.addAll(output.duplicates());
        long[] ends = Engines.ends(station.stored.manifest(head));
        for (int partition = 0; partition < ends.length; partition++) {
            broken.addAll(output.differencesFrom(partition, ends[partition]));
        }
    }

    /** After a collection nothing lies about that no version names. */
    static void garbage(Station station, List<String> broken) throws IOException {
        Set<Digest> named = new HashSet<>();
        for (Snapshot version : all(station)) {
            if (version.state() != State.PURGED && version.durable()) {
                station.stored.manifest(version).content().operators().stream()
                        .map(OperatorContent::states)
                        .flatMap(List::stream)
                        .flatMap(state -> state.runs().stream())
                        .forEach(run -> named.add(run.blob().digest()));
            }
        }
        List<Digest> live = station.parts.stores.durable().blobs().stream()
                .map(StoredBlob::digest)
                .toList();
        live.stream()
                .filter(blob -> !named.contains(blob))
                .forEach(blob -> broken.add("blob " + blob + " belongs to nobody"));
        if (!station.parts.stores.durable().leftoverStagings().isEmpty()) {
            broken.add("staging areas are left over: "
                    + station.parts.stores.durable().leftoverStagings());
        }
    }
}
