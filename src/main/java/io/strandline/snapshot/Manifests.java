package io.strandline.snapshot;

import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.util.List;

/** The manifests of a store: one a version, under its job's id and its number, each written once and known by its digest. */
public final class Manifests {

    private final SnapshotStore store;
    private final ManifestWriter writer = new ManifestWriter();
    private final ManifestReader reader = new ManifestReader();

    /** Over a store. */
    public Manifests(SnapshotStore store) {
        this.store = store;
    }

    /** Writes a version's manifest durably and returns the digest by which it is known from then on. */
    public Digest write(Manifest manifest) throws IOException {
        byte[] bytes = writer.write(manifest);
        store.writeManifest(nameOf(manifest), bytes);
        return Digest.ofBytes(bytes);
    }

    /** Unlinks the manifest of a version that was never committed. */
    public void delete(Manifest manifest) throws IOException {
        store.deleteManifest(nameOf(manifest));
    }

    /** The digest by which a manifest will be known once it is written. */
    public Digest digest(Manifest manifest) {
        return Digest.ofBytes(encode(manifest));
    }

    /** The bytes a manifest will be once it is written. */
    public byte[] encode(Manifest manifest) {
        return writer.write(manifest);
    }

    /**
     * Reads a manifest that came from elsewhere.
     *
     * @throws MalformedManifestException when it is none, or a newer format wrote it
     */
    public static Manifest decode(byte[] document) throws MalformedManifestException {
        return new ManifestReader().read(document);
    }

    /** The config that a manifest carries within itself, as the blob that other tools look for. */
    public static byte[] config(byte[] document) throws MalformedManifestException {
        return new ManifestReader().config(document);
    }

    /**
     * Reads the version's manifest and makes sure that it is the one that was committed.
     *
     * @throws ManifestMissingException when there is none
     * @throws ManifestDamagedException when its bytes are not those of {@code committed}
     * @throws MalformedManifestException when a newer format wrote it
     */
    public Manifest read(ManifestName name, Digest committed) throws IOException {
        return check(name, reader.read(bytes(name, committed)));
    }

    /** The bytes themselves, checked like {@link #read}. */
    public byte[] bytes(ManifestName name, Digest committed) throws IOException {
        byte[] bytes = find(name);
        Digest found = Digest.ofBytes(bytes);
        if (!found.equals(committed)) {
            throw new ManifestDamagedException(
                    name, "%d bytes that hash to %s, not %s".formatted(bytes.length, found, committed));
        }
        return bytes;
    }

    /** Reads whatever manifest lies there: for rebuilding without a journal, and for walking the store. */
    public StoredManifest readUnchecked(ManifestName name) throws IOException {
        byte[] bytes = find(name);
        return new StoredManifest(name, Digest.ofBytes(bytes), check(name, reader.read(bytes)));
    }

    /** Unlinks a version's manifest; false when there was none. */
    public boolean delete(ManifestName name) throws IOException {
        return store.deleteManifest(name);
    }

    /** Names of all manifests in the store, committed or not; any read error is thrown. */
    public List<ManifestName> list() throws IOException {
        return store.manifests();
    }

    /** Where a version's manifest lies. */
    public static ManifestName nameOf(Manifest manifest) {
        return new ManifestName(manifest.jobId(), manifest.number());
    }

    private byte[] find(ManifestName name) throws IOException {
        return store.readManifest(name).orElseThrow(() -> new ManifestMissingException(name));
    }

    private static Manifest check(ManifestName name, Manifest manifest) throws ManifestDamagedException {
        if (!nameOf(manifest).equals(name)) {
            throw new ManifestDamagedException(name, "it is the manifest of " + nameOf(manifest));
        }
        return manifest;
    }

    /** A manifest as it lies in the store. */
    public record StoredManifest(ManifestName name, Digest digest, Manifest manifest) {}
}
