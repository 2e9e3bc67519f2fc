package io.strandline.transfer;

import io.strandline.storage.Digest;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedFile;
import io.strandline.storage.Staging;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes an archive apart into a staging area, where nobody sees it: each blob is hashed while it is written and has to be
 * what its name says. Nothing but the files of an image layout is taken.
 */
final class Intake {

    private static final int MOST_BYTES_OF_JSON = 1 << 20;
    private static final int MOST_BYTES_OF_MANIFEST = 64 << 20;
    private static final String ANY = "application/octet-stream";
    private static final Set<String> DIRECTORIES = Set.of("", "blobs/", "blobs/sha256/", "blobs", "blobs/sha256");

    private final Staging staging;
    private final Map<String, byte[]> documents = new LinkedHashMap<>();
    private final Map<Digest, Taken> blobs = new LinkedHashMap<>();

    Intake(Staging staging) {
        this.staging = staging;
    }

    /** Reads all of an archive. */
    void read(TarReader archive) throws IOException {
        Optional<TarHeader> entry = archive.next();
        while (entry.isPresent()) {
            take(entry.get(), archive);
            entry = archive.next();
        }
    }

    /** {@code oci-layout} or {@code index.json}. */
    byte[] document(String name) throws MalformedArchiveException {
        byte[] document = documents.get(name);
        if (document == null) {
            throw new MalformedArchiveException("there is no " + name + " in it");
        }
        return document;
    }

    /** The digests of all blobs that arrived. */
    Set<Digest> digests() {
        return blobs.keySet();
    }

    /** A blob that arrived. */
    StagedBlob blob(Digest digest) throws MalformedArchiveException {
        return taken(digest).staged();
    }

    /** The content of a blob that is small, as manifests and signatures are. */
    byte[] content(Digest digest) throws IOException {
        Taken taken = taken(digest);
        if (taken.staged().blob().sizeBytes() > MOST_BYTES_OF_MANIFEST) {
            throw new MalformedArchiveException("blob " + digest + " is too large for what it is named as");
        }
        return Files.readAllBytes(taken.path());
    }

    private Taken taken(Digest digest) throws MalformedArchiveException {
        Taken taken = blobs.get(digest);
        if (taken == null) {
            throw new MalformedArchiveException("blob " + digest + " is named, but not in it");
        }
        return taken;
    }

    private void take(TarHeader entry, TarReader archive) throws IOException {
        if (entry.directory()) {
            if (!DIRECTORIES.contains(entry.name())) {
                throw unknown(entry);
            }
        } else if (entry.name().equals(ArchiveLayout.LAYOUT) || entry.name().equals(ArchiveLayout.INDEX)) {
            takeDocument(entry, archive);
        } else {
            takeBlob(entry, digest(entry), archive);
        }
    }

    private void takeDocument(TarHeader entry, TarReader archive) throws IOException {
        if (entry.size() > MOST_BYTES_OF_JSON) {
            throw new MalformedArchiveException(entry.name() + " is larger than " + MOST_BYTES_OF_JSON + " bytes");
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream((int) entry.size());
        archive.content(entry, (bytes, length) -> content.write(bytes, 0, length));
        documents.put(entry.name(), content.toByteArray());
    }

    private void takeBlob(TarHeader entry, Digest digest, TarReader archive) throws IOException {
        try (StagedFile file = staging.create("blob-" + blobs.size())) {
            WritableByteChannel channel = file.channel();
            archive.content(entry, (bytes, length) -> write(channel, bytes, length));
            StagedBlob sealed = file.seal(ANY);
            if (!sealed.blob().digest().equals(digest)) {
                throw new MalformedArchiveException(
                        entry.name() + " hashes to " + sealed.blob().digest() + ": it is another file, or damaged");
            }
            Path path = file.path().orElseThrow(() -> new IllegalStateException("archives are staged on disk"));
            blobs.put(digest, new Taken(sealed, path));
        }
    }

    private static void write(WritableByteChannel channel, byte[] bytes, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    private static Digest digest(TarHeader entry) throws MalformedArchiveException {
        String name = entry.name();
        if (name.startsWith(ArchiveLayout.BLOBS)) {
            String hex = name.substring(ArchiveLayout.BLOBS.length());
            if (Digest.isHex(hex)) {
                return new Digest(hex);
            }
        }
        throw unknown(entry);
    }

    private static MalformedArchiveException unknown(TarHeader entry) {
        return new MalformedArchiveException(
                "an export has no entry '" + entry.name() + "', only oci-layout, index.json and blobs/sha256/<digest>");
    }

    /** A blob and where it is staged. */
    private record Taken(StagedBlob staged, Path path) {}
}
