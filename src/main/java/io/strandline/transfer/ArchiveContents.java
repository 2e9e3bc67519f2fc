package io.strandline.transfer;

import io.strandline.snapshot.MalformedManifestException;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.Manifests;
import io.strandline.snapshot.signing.ManifestSignature;
import io.strandline.state.InstanceState;
import io.strandline.state.rocksdb.SstRunFormat;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import io.strandline.storage.StagedBlob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an archive holds, once each of its parts is what the others say of it: the index names one version's manifest and
 * perhaps a signature of it, these name every blob with its size and type, and nothing is there that they do not name.
 *
 * @param manifest the version, as it was where it comes from
 * @param bytes its manifest, byte for byte
 * @param digest of these bytes
 * @param signature of these bytes, null when it has none
 * @param files the version's files as they are staged
 */
@SuppressWarnings("ArrayRecordComponent") // handed through, never compared
record ArchiveContents(
        Manifest manifest,
        byte[] bytes,
        Digest digest,
        @Nullable ManifestSignature signature,
        List<StagedBlob> files) {

    /** The encodings of files that versions have. */
    private static final Set<String> FILE_TYPES =
            Set.of(FlatRunFormat.MEDIA_TYPE, SstRunFormat.MEDIA_TYPE, InstanceState.InFlightRows.MEDIA_TYPE);

    ArchiveContents {
        files = List.copyOf(files);
    }

    /** Puts what arrived together. */
    static ArchiveContents of(Intake arrived) throws IOException {
        return new Assembly(arrived).assemble();
    }

    /** Follows the names from the index to the last blob. */
    private static final class Assembly {

        private final Intake arrived;
        private final Json json = new Json();
        private final Set<Digest> named = new LinkedHashSet<>();

        Assembly(Intake arrived) {
            this.arrived = arrived;
        }

        ArchiveContents assemble() throws IOException {
            JsonNode layout = json.object(
                    arrived.document(ArchiveLayout.LAYOUT), ArchiveLayout.LAYOUT, List.of("imageLayoutVersion"));
            Json.requireText(layout, "imageLayoutVersion", "1.0.0", ArchiveLayout.LAYOUT);
            List<JsonNode> entries = entries();
            Blob version = descriptor(entries.get(0), ArchiveLayout.VERSION_TYPE);
            byte[] bytes = take(version);
            Manifest manifest = manifest(bytes);
            requireAnnotations(entries.get(0), ArchiveLayout.annotations(manifest));
            takeConfig(bytes);
            List<StagedBlob> files = files(manifest);
            ManifestSignature signature = entries.size() == 1 ? null : signature(entries.get(1), version);
            requireNothingElse();
            return new ArchiveContents(manifest, bytes, version.digest(), signature, files);
        }

        private List<JsonNode> entries() throws IOException {
            JsonNode index = json.object(
                    arrived.document(ArchiveLayout.INDEX),
                    ArchiveLayout.INDEX,
                    List.of("schemaVersion", "mediaType?", "manifests"));
            Json.requireSchemaVersion(index, ArchiveLayout.INDEX);
            if (index.has("mediaType")) {
                Json.requireText(index, "mediaType", ArchiveLayout.INDEX_TYPE, ArchiveLayout.INDEX);
            }
            List<JsonNode> entries = new ArrayList<>();
            for (JsonNode entry : index.path("manifests")) {
                entries.add(Json.requireFields(
                        entry,
                        ArchiveLayout.INDEX,
                        List.of("mediaType", "digest", "size", "artifactType?", "annotations?")));
            }
            if (entries.isEmpty()
                    || entries.size() > 2
                    || !index.path("manifests").isArray()) {
                throw new MalformedArchiveException("index.json names " + entries.size()
                        + " manifests, not a version's and perhaps its signature's");
            }
            return entries;
        }

        private static Blob descriptor(JsonNode entry, String artifactType) throws MalformedArchiveException {
            Json.requireText(entry, "mediaType", ArchiveLayout.MANIFEST_TYPE, ArchiveLayout.INDEX);
            if (entry.has("artifactType")) {
                Json.requireText(entry, "artifactType", artifactType, ArchiveLayout.INDEX);
            }
            return Json.descriptor(entry, ArchiveLayout.INDEX);
        }

        private static Manifest manifest(byte[] bytes) throws MalformedArchiveException {
            try {
                return Manifests.decode(bytes);
            } catch (MalformedManifestException e) {
                throw new MalformedArchiveException(
                        "the manifest is of another format or not sound: " + e.getMessage(), e);
            }
        }

        /** What other tools leave out is not missed; what is said has to be so. */
        private static void requireAnnotations(JsonNode entry, Map<String, String> expected)
                throws MalformedArchiveException {
            if (!entry.has("annotations")) {
                return;
            }
            JsonNode annotations = entry.path("annotations");
            for (String name : annotations.propertyNames()) {
                String value = expected.get(name);
                if (value == null) {
                    throw new MalformedArchiveException("index.json has an annotation '" + name + "' of no use here");
                }
                Json.requireText(annotations, name, value, ArchiveLayout.INDEX);
            }
        }

        private void takeConfig(byte[] manifest) throws IOException {
            byte[] config = Manifests.config(manifest);
            Digest digest = Digest.ofBytes(config);
            named.add(digest);
            if (!Arrays.equals(arrived.content(digest), config)) {
                throw new MalformedArchiveException("the config is not the one within the manifest");
            }
        }

        private List<StagedBlob> files(Manifest manifest) throws IOException {
            List<StagedBlob> files = new ArrayList<>();
            Set<Digest> types = new LinkedHashSet<>();
            for (Blob blob : manifest.content().blobs()) {
                if (!FILE_TYPES.contains(blob.mediaType()) || !types.add(blob.digest())) {
                    throw new MalformedArchiveException("the manifest has a file of type " + blob.mediaType()
                            + ", which this software cannot read");
                }
                files.add(sized(blob));
            }
            if (files.isEmpty()) {
                named.add(Digest.ofBytes(ArchiveLayout.EMPTY));
            }
            return files;
        }

        private ManifestSignature signature(JsonNode entry, Blob version) throws IOException {
            Blob manifest = descriptor(entry, ArchiveLayout.SIGNATURE_TYPE);
            JsonNode read = json.object(
                    take(manifest),
                    "the signature's manifest",
                    List.of(
                            "schemaVersion",
                            "mediaType",
                            "artifactType",
                            "config",
                            "layers",
                            "subject",
                            "annotations"));
            Blob layer = Json.descriptor(read.path("layers").path(0), "the signature's layer");
            byte[] value = take(layer);
            named.add(Digest.ofBytes(ArchiveLayout.EMPTY));
            ManifestSignature signature = signature(read, value);
            byte[] expected = new ArchiveLayout().signatureManifest(version, signature);
            if (!Arrays.equals(expected, arrived.content(manifest.digest()))) {
                throw new MalformedArchiveException("the signature's manifest is not one of this version");
            }
            requireAnnotations(entry, Map.of(ArchiveLayout.SIGNED_BY, signature.keyId()));
            return signature;
        }

        private static ManifestSignature signature(JsonNode manifest, byte[] value) throws MalformedArchiveException {
            JsonNode keyId = manifest.path("annotations").path(ArchiveLayout.SIGNED_BY);
            try {
                return ManifestSignature.of(keyId.asString(""), value);
            } catch (IllegalArgumentException e) {
                throw new MalformedArchiveException("the signature is none: " + e.getMessage(), e);
            }
        }

        private byte[] take(Blob blob) throws IOException {
            sized(blob);
            return arrived.content(blob.digest());
        }

        private StagedBlob sized(Blob blob) throws MalformedArchiveException {
            StagedBlob staged = arrived.blob(blob.digest());
            if (staged.blob().sizeBytes() != blob.sizeBytes()) {
                throw new MalformedArchiveException("blob %s is %d bytes long, not %d"
                        .formatted(blob.digest(), staged.blob().sizeBytes(), blob.sizeBytes()));
            }
            named.add(blob.digest());
            return staged;
        }

        private void requireNothingElse() throws MalformedArchiveException {
            for (Digest digest : named) {
                arrived.blob(digest);
            }
            for (Digest digest : arrived.digests()) {
                if (!named.contains(digest)) {
                    throw new MalformedArchiveException("blob " + digest + " is in it, but nothing names it");
                }
            }
        }
    }
}
