package io.strandline.inspect;

import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Verification.Level;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.catalog.history.Housekeeping.NamedFile;
import io.strandline.inspect.Finding.Fault;
import io.strandline.operation.Work.Course;
import io.strandline.snapshot.MalformedManifestException;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.ManifestDamagedException;
import io.strandline.snapshot.ManifestMissingException;
import io.strandline.snapshot.Manifests;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.signing.SignatureCheck;
import io.strandline.state.SnapshotReader;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One look at one version, from its manifest down to as deep as was asked; reads only. */
final class Examination {

    private final Snapshot version;
    private final SnapshotStore store;
    private final Course course;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<Digest> damagedBlobs = new LinkedHashSet<>();
    private boolean manifestRead;
    private boolean manifestGone;
    private int files;
    private long readBytes;
    private @Nullable String stateDigest;

    Examination(Snapshot version, SnapshotStore store, Course course) {
        this.version = version;
        this.store = store;
        this.course = course;
    }

    /** Looks. */
    void run(Level level, Means means) {
        course.stage("manifest");
        Optional<Manifest> manifest = readManifest();
        if (manifest.isEmpty()) {
            return;
        }
        manifestRead = true;
        SnapshotContent content = manifest.get().content();
        compare(manifest.get());
        compareFiles(content.blobs(), means.rows().files(version.id()));
        if (level.compareTo(Level.PRESENCE) >= 0) {
            course.stage("files");
            lookAtFiles(content, level.compareTo(Level.CHECKSUMS) >= 0);
        }
        if (level.compareTo(Level.CONTENT) >= 0 && damagedBlobs.isEmpty()) {
            course.stage("content");
            readContent(content, means.opener());
        }
        if (level == Level.REHEARSAL && findings.isEmpty()) {
            course.stage("rehearsal");
            means.trial()
                    .run(version, manifest.get(), stateDigest, course)
                    .ifPresent(found -> findings.add(Finding.ofState(Fault.RESTORE, found)));
        }
    }

    List<Finding> findings() {
        return findings;
    }

    Set<Digest> damagedBlobs() {
        return damagedBlobs;
    }

    boolean damaged() {
        return findings.stream().anyMatch(Finding::damage);
    }

    boolean manifestRead() {
        return manifestRead;
    }

    /** Notes that no trusted key vouches for the manifest, if so. */
    void judge(SignatureCheck signature) {
        if (!signature.valid()) {
            addForManifest(Fault.SIGNATURE, "it " + signature.words());
        }
    }

    boolean manifestGone() {
        return manifestGone;
    }

    int files() {
        return files;
    }

    long readBytes() {
        return readBytes;
    }

    @Nullable
    String stateDigest() {
        return stateDigest;
    }

    /**
     * What an examination asks besides the version's store.
     *
     * @param rows what the catalog says
     */
    @Component
    record Means(Housekeeping rows, SnapshotOpener opener, Trial trial) {}

    /** Restores a version for trial. */
    @FunctionalInterface
    interface Trial {

        /**
         * Tries.
         *
         * @param stateDigest what the version holds, {@code sha256:…}
         * @return what is wrong, empty when nothing is
         */
        Optional<String> run(Snapshot version, Manifest manifest, @Nullable String stateDigest, Course course);
    }

    private Optional<Manifest> readManifest() {
        ManifestName name = new ManifestName(version.jobId(), version.number());
        files++;
        try {
            return Optional.of(new Manifests(store).read(name, Digest.parse(version.manifestDigest())));
        } catch (ManifestMissingException e) {
            manifestGone = true;
            addForManifest(Fault.MISSING, "there is no such file");
        } catch (ManifestDamagedException e) {
            addForManifest(Fault.CHECKSUM, words(e));
        } catch (MalformedManifestException e) {
            addForManifest(Fault.CONTENT, words(e));
        } catch (IOException e) {
            addForManifest(Fault.UNREADABLE, words(e));
        }
        return Optional.empty();
    }

    private void addForManifest(Fault fault, String found) {
        findings.add(Finding.ofManifest(version, fault, found));
    }

    private void compare(Manifest manifest) {
        SnapshotContent content = manifest.content();
        compare("id", version.id(), manifest.id());
        compare("branch", version.branch(), manifest.branch());
        compare("kind", version.kind(), manifest.kind());
        compare("mode", version.mode(), content.mode());
        compare("parent", version.parent(), manifest.parent());
        compare("base", version.base(), manifest.base());
        compare("revertsTo", version.revertsTo(), manifest.revertsTo());
        compare("epoch", version.epoch(), manifest.epoch());
        compare("pipelineVersion", version.pipelineVersion(), manifest.pipelineVersion());
        compare("backend", version.backend(), content.backend());
        compare("parallelism", version.parallelism(), content.parallelism());
        compare("totalBytes", version.totalBytes(), content.totalBytes());
    }

    private void compare(String field, @Nullable Object row, @Nullable Object committed) {
        if (!Objects.equals(row, committed)) {
            findings.add(Finding.ofCatalog(
                    "%s is %s in the catalog and %s in the manifest".formatted(field, row, committed)));
        }
    }

    private void compareFiles(Set<Blob> blobs, List<NamedFile> rows) {
        TreeMap<Digest, Long> committed = new TreeMap<>();
        blobs.forEach(blob -> committed.put(blob.digest(), blob.sizeBytes()));
        TreeMap<Digest, Long> known = new TreeMap<>();
        rows.forEach(row -> known.put(row.digest(), row.sizeBytes()));
        if (!committed.equals(known)) {
            findings.add(Finding.ofCatalog("the catalog names %d files and the manifest %d, or others"
                    .formatted(known.size(), committed.size())));
        }
    }

    private void lookAtFiles(SnapshotContent content, boolean read) {
        long total = content.totalBytes();
        long done = 0;
        for (Blob blob : content.blobs()) {
            course.checkCancelled();
            course.progress(done, total, "bytes");
            files++;
            try {
                lookAt(blob, content, read);
            } catch (IOException e) {
                add(blob, content, Fault.UNREADABLE, words(e));
            }
            done += blob.sizeBytes();
        }
        course.progress(done, total, "bytes");
    }

    private void lookAt(Blob blob, SnapshotContent content, boolean read) throws IOException {
        Optional<Long> size = store.sizeOf(blob.digest());
        if (size.isEmpty()) {
            add(blob, content, Fault.MISSING, "there is no such file");
        } else if (size.get() != blob.sizeBytes()) {
            add(blob, content, Fault.SIZE, "it is %d bytes long, not %d".formatted(size.get(), blob.sizeBytes()));
        } else if (read) {
            Digest found = store.hash(blob.digest());
            readBytes += blob.sizeBytes();
            if (!found.equals(blob.digest())) {
                add(blob, content, Fault.CHECKSUM, "its bytes hash to " + found);
            }
        }
    }

    private void add(Blob blob, SnapshotContent content, Fault fault, String found) {
        damagedBlobs.add(blob.digest());
        findings.add(Finding.ofBlob(blob, content, fault, found));
    }

    private void readContent(SnapshotContent content, SnapshotOpener opener) {
        try (SnapshotReader reader = opener.open(content.operators(), content.maxParallelism(), store)) {
            String digest = "sha256:" + reader.stateDigest().hex();
            if (version.stateDigest() != null && !version.stateDigest().equals(digest)) {
                addForContent("its state digest is %s, not %s".formatted(digest, version.stateDigest()));
            } else {
                stateDigest = digest;
            }
        } catch (IOException e) {
            addForContent("it cannot be decoded: " + words(e));
        }
    }

    private void addForContent(String found) {
        findings.add(Finding.ofState(Fault.CONTENT, found));
    }

    /** The system's words without the path: what leaves the server says where a file is within the store. */
    private static String words(IOException e) {
        String words = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
        return words == null ? e.getClass().getSimpleName() : words;
    }
}
