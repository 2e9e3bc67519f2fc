package io.strandline.catalog.lookup;

import io.strandline.catalog.Ledger.ManifestWrite;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Verification;
import io.strandline.catalog.history.History;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.MalformedManifestException;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.ManifestDamagedException;
import io.strandline.snapshot.ManifestMissingException;
import io.strandline.snapshot.Manifests;
import io.strandline.snapshot.signing.ManifestSignature;
import io.strandline.snapshot.signing.SignatureCheck;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStores;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The manifests behind versions, in whichever of the two stores a version lives. */
@Component
public final class StoredVersions {

    private static final int FAR_BACK = 1000;

    private final Manifests durable;
    private final Manifests memory;
    private final History history;
    private final TrustChecks trust;

    StoredVersions(SnapshotStores stores, History history, TrustChecks trust) {
        this.trust = trust;
        this.durable = new Manifests(stores.durable());
        this.memory = new Manifests(stores.memory());
        this.history = history;
    }

    /**
     * A version's manifest, checked against the digest it was committed under.
     *
     * @throws StrandlineException {@code snapshot-lost}, {@code state-lost}, {@code damaged}, {@code storage-unavailable}
     */
    public Manifest manifest(Snapshot version) {
        return read(version, Manifests::read);
    }

    /**
     * The manifest of a version that is to run: as {@link #manifest}, and signed as the policy wants it.
     *
     * @throws StrandlineException {@code signature-missing}, {@code signature-invalid}, and what reading it throws
     */
    public Manifest trusted(Snapshot version) {
        Manifest manifest = manifest(version);
        trust.require("version " + version.number(), bytes(version), version.signature());
        return manifest;
    }

    /** What a version's signature is worth. */
    public SignatureCheck signatureOf(Snapshot version) {
        return trust.check(bytes(version), version.signature());
    }

    /** Whether versions that no trusted key has signed are refused. */
    public boolean signaturesRequired() {
        return trust.required();
    }

    /** The server's signature of a manifest that is to be committed, null when it signs nothing. */
    public @Nullable ManifestSignature sign(Manifest manifest) {
        return trust.sign(durable.encode(manifest));
    }

    /** The bytes of a version's manifest; else as {@link #manifest}. */
    public byte[] bytes(Snapshot version) {
        return read(version, Manifests::bytes);
    }

    private <T> T read(Snapshot version, ManifestRead<T> step) {
        try {
            return step.read(
                    of(version.durable()),
                    new ManifestName(version.jobId(), version.number()),
                    Digest.parse(version.manifestDigest()));
        } catch (ManifestMissingException e) {
            throw lost(version).asException(e);
        } catch (ManifestDamagedException | MalformedManifestException e) {
            throw Problem.of(ErrorCode.DAMAGED, "Version " + version.number() + ": " + e.getMessage() + ".")
                    .withError("manifest", String.valueOf(e.getMessage()))
                    .asException(e);
        } catch (IOException e) {
            throw Problem.of(
                            ErrorCode.STORAGE_UNAVAILABLE,
                            "The manifest of version " + version.number() + " cannot be read: " + e.getMessage())
                    .asException(e);
        }
    }

    /** Says that a version's content is gone, from the disk or with the process that held it. */
    public static Problem lost(Snapshot version) {
        return version.durable()
                ? Problem.of(
                        ErrorCode.SNAPSHOT_LOST,
                        "The manifest of version " + version.number() + " is gone; choose another version.")
                : Problem.of(
                        ErrorCode.STATE_LOST,
                        "Version " + version.number()
                                + " lived in the memory of a process that has ended; start the job"
                                + " anew with from: EMPTY.");
    }

    /** The digest a manifest will be known by, {@code sha256:…}. */
    public String digest(Manifest manifest) {
        return durable.digest(manifest).toString();
    }

    /** How a manifest is written durably, or into the memory of the process, and taken back. */
    public ManifestWrite writing(Manifest manifest, boolean toDisk) {
        return new Writing(of(toDisk), manifest);
    }

    /** The nearest ancestor by parent that nobody has found damaged, itself excluded. */
    public Optional<Snapshot> nearestIntactAncestor(Snapshot version) {
        return history.ancestors(version.id(), FAR_BACK).stream()
                .skip(1)
                .filter(ancestor -> ancestor.state() == Snapshot.State.COMPLETED)
                .filter(ancestor -> ancestor.condition() == Snapshot.Condition.OK)
                .filter(ancestor -> ancestor.verification().outcome() != Verification.Outcome.DAMAGED)
                .findFirst();
    }

    private Manifests of(boolean onDisk) {
        return onDisk ? durable : memory;
    }

    /** A manifest for one of the stores. */
    private record Writing(Manifests manifests, Manifest manifest) implements ManifestWrite {

        @Override
        public void write() throws IOException {
            manifests.write(manifest);
        }

        @Override
        public void undo() throws IOException {
            manifests.delete(manifest);
        }
    }

    /** One way of reading a manifest. */
    @FunctionalInterface
    private interface ManifestRead<T> {
        T read(Manifests manifests, ManifestName name, Digest committed) throws IOException;
    }
}
