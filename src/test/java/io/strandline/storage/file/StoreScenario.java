package io.strandline.storage.file;

import static io.strandline.storage.StagedBytes.publish;
import static io.strandline.storage.StagedBytes.stage;

import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedBytes;
import io.strandline.storage.StagedFile;
import io.strandline.storage.Staging;
import io.strandline.storage.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server does with a store: versions that share files, one of another job, an attempt that fails, a version that is
 * purged and collected. It notes what the store has acknowledged, and finds what a store found later has broken.
 *
 * <p>A manifest here is the list of its digests, one a line, and {@code end}.
 */
final class StoreScenario {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-08-01T12:00:00Z"), ZoneOffset.UTC);
    private static final ManifestName PURGED = new ManifestName("job-a", 1);

    private final Set<ManifestName> acknowledged = new LinkedHashSet<>();
    private final Set<Digest> collected = new HashSet<>();
    private final Set<Digest> ofPurged = new HashSet<>();

    /** Runs until the end, or until a call fails. */
    void run(Path root, Disk calls) throws IOException {
        try (SnapshotStore store = FileSnapshotStore.open(root, CLOCK, calls)) {
            commit(store, PURGED, "only in one", "base");
            commit(store, new ManifestName("job-a", 2), "base", "two");
            fail(store);
            commit(store, new ManifestName("job-b", 4), "base", "four");
            purge(store);
            commit(store, new ManifestName("job-a", 5), "two", "only in one");
        }
    }

    private void commit(SnapshotStore store, ManifestName name, String... texts) throws IOException {
        try (Staging staging = store.openStaging("1-" + name.number())) {
            StringBuilder manifest = new StringBuilder();
            for (String text : texts) {
                StagedBlob staged = text.equals("two") ? stageByPath(staging, text) : stage(staging, file(text), text);
                staging.publish(List.of(staged));
                manifest.append(staged.blob().digest()).append('\n');
                if (name.equals(PURGED)) {
                    ofPurged.add(staged.blob().digest());
                }
            }
            store.writeManifest(name, manifest.append("end").toString().getBytes(StandardCharsets.UTF_8));
            acknowledged.add(name);
            staging.committed();
        }
    }

    private static StagedBlob stageByPath(Staging staging, String text) throws IOException {
        StagedFile file = staging.create(file(text));
        Files.writeString(file.path().orElseThrow(), text);
        return file.seal(StagedBytes.MEDIA_TYPE);
    }

    private static String file(String text) {
        return text.replace(' ', '-');
    }

    private static void fail(SnapshotStore store) throws IOException {
        try (Staging staging = store.openStaging("1-3")) {
            publish(staging, "published", "never committed");
            stage(staging, "sealed", "never published");
        }
    }

    private void purge(SnapshotStore store) throws IOException {
        acknowledged.remove(PURGED);
        store.deleteManifest(PURGED);
        Set<Digest> named = named(store);
        for (Digest digest : ofPurged) {
            if (store.quarantine(digest, named::contains)) {
                store.deleteQuarantined(digest);
                collected.add(digest);
            }
        }
    }

    /** Starts up as a server does, then says everything that is not as promised. */
    List<String> violations(Path root, Disk calls) throws IOException {
        try (SnapshotStore store = FileSnapshotStore.open(root, CLOCK, calls)) {
            List<String> found = new ArrayList<>();
            Set<ManifestName> manifests = new HashSet<>(store.manifests());
            for (ManifestName name : acknowledged) {
                if (!manifests.contains(name)) {
                    found.add("acknowledged manifest " + name + " is gone");
                }
            }
            for (ManifestName name : manifests) {
                checkManifest(store, name, found);
            }
            if (found.isEmpty()) {
                sweep(store, found);
            }
            return found;
        }
    }

    private static void checkManifest(SnapshotStore store, ManifestName name, List<String> found) throws IOException {
        String text = new String(store.readManifest(name).orElseThrow(), StandardCharsets.UTF_8);
        if (!text.endsWith("end")) {
            found.add("manifest " + name + " is not whole");
            return;
        }
        for (Digest digest : digests(text)) {
            if (store.sizeOf(digest).isEmpty()) {
                found.add("manifest " + name + " names " + digest + ", which is not there");
            } else if (!store.hash(digest).equals(digest)) {
                found.add("manifest " + name + " names " + digest + ", which is damaged");
            }
        }
    }

    private void sweep(SnapshotStore store, List<String> found) throws IOException {
        Set<Digest> named = named(store);
        for (String area : store.leftoverStagings()) {
            store.sweepStaging(area, named::contains);
        }
        store.blobs().stream()
                .map(blob -> blob.digest())
                .filter(digest -> !named.contains(digest) && !ofPurged.contains(digest))
                .forEach(digest -> found.add("blob " + digest + " belongs to nobody"));
        store.quarantined().stream()
                .filter(blob -> collected.contains(blob.digest()))
                .forEach(blob -> found.add("deleted blob " + blob.digest() + " is back"));
        if (!store.leftoverStagings().isEmpty()) {
            found.add("staging areas are left over");
        }
    }

    private static Set<Digest> named(SnapshotStore store) throws IOException {
        Set<Digest> named = new HashSet<>();
        for (ManifestName name : store.manifests()) {
            named.addAll(digests(new String(store.readManifest(name).orElseThrow(), StandardCharsets.UTF_8)));
        }
        return named;
    }

    private static Set<Digest> digests(String manifest) {
        return Stream.of(manifest.split("\n"))
                .filter(line -> !line.equals("end"))
                .map(Digest::parse)
                .collect(Collectors.toSet());
    }

    /** Adds one more version, as after a fault that has passed. */
    void goOn(Path root, Disk calls) throws IOException {
        try (SnapshotStore store = FileSnapshotStore.open(root, CLOCK, calls)) {
            commit(store, new ManifestName("job-a", 99), "base", "two", "one more");
        }
    }
}
