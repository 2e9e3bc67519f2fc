package io.strandline.transfer;

import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.signing.ManifestSignature;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OCI image layout (image specification 1.1): {@code oci-layout}, {@code index.json} and the blobs under their digests.
 * The index names the version's manifest and, for a signed one, a second artifact manifest that has the signature as its
 * layer and the version's manifest as its {@code subject}.
 */
final class ArchiveLayout {

    static final String LAYOUT = "oci-layout";
    static final String INDEX = "index.json";
    static final String BLOBS = "blobs/sha256/";
    static final String LAYOUT_TEXT = "{\"imageLayoutVersion\":\"1.0.0\"}";
    static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";
    static final String VERSION_TYPE = "application/vnd.strandline.snapshot.v1+json";
    static final String SIGNATURE_TYPE = "application/vnd.strandline.signature.v1+json";
    static final String SIGNATURE_LAYER = "application/vnd.strandline.signature.ed25519.v1";
    static final String EMPTY_TYPE = "application/vnd.oci.empty.v1+json";
    static final byte[] EMPTY = {'{', '}'};
    static final String SIGNED_BY = "io.strandline.signed-by";

    private final JsonMapper json = JsonMapper.builder().build();

    static String blobName(Digest digest) {
        return BLOBS + digest.hex();
    }

    /** Everything an archive of a version consists of, small parts first. */
    List<ArchivePart> parts(Manifest manifest, byte[] bytes, byte[] config, @Nullable ManifestSignature signature) {
        Map<String, ArchivePart> parts = new LinkedHashMap<>();
        List<Object> named = new ArrayList<>();
        Blob version = new Blob(MANIFEST_TYPE, Digest.ofBytes(bytes), bytes.length);
        named.add(descriptor(version, VERSION_TYPE, annotations(manifest)));
        add(parts, ArchivePart.Small.blob(bytes));
        add(parts, ArchivePart.Small.blob(config));
        if (signature != null) {
            byte[] signed = signatureManifest(version, signature);
            Blob blob = new Blob(MANIFEST_TYPE, Digest.ofBytes(signed), signed.length);
            named.add(descriptor(blob, SIGNATURE_TYPE, Map.of(SIGNED_BY, signature.keyId())));
            add(parts, ArchivePart.Small.blob(signed));
            add(parts, ArchivePart.Small.blob(EMPTY));
            add(parts, ArchivePart.Small.blob(signature.bytes()));
        }
        manifest.content().blobs().forEach(blob -> add(parts, new ArchivePart.Stored(blob)));
        if (manifest.content().blobs().isEmpty()) {
            add(parts, ArchivePart.Small.blob(EMPTY));
        }
        List<ArchivePart> all = new ArrayList<>();
        all.add(new ArchivePart.Small(LAYOUT, LAYOUT_TEXT.getBytes(StandardCharsets.UTF_8)));
        all.add(new ArchivePart.Small(INDEX, index(named)));
        all.addAll(parts.values());
        return all;
    }

    /** What the index says of a version, for those who look at an archive without opening its manifest. */
    static Map<String, String> annotations(Manifest manifest) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("org.opencontainers.image.ref.name", Long.toString(manifest.number()));
        annotations.put(
                "org.opencontainers.image.created", manifest.completedAt().toString());
        annotations.put("io.strandline.job", manifest.job());
        annotations.put("io.strandline.number", Long.toString(manifest.number()));
        annotations.put("io.strandline.snapshot", manifest.id().toString());
        annotations.put("io.strandline.branch", manifest.branch());
        return annotations;
    }

    /** The artifact manifest that carries a signature. */
    byte[] signatureManifest(Blob version, ManifestSignature signature) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", MANIFEST_TYPE);
        manifest.put("artifactType", SIGNATURE_TYPE);
        manifest.put("config", descriptor(new Blob(EMPTY_TYPE, Digest.ofBytes(EMPTY), EMPTY.length), null, Map.of()));
        byte[] bytes = signature.bytes();
        Blob layer = new Blob(SIGNATURE_LAYER, Digest.ofBytes(bytes), bytes.length);
        manifest.put("layers", List.of(descriptor(layer, null, Map.of())));
        manifest.put("subject", descriptor(version, null, Map.of()));
        manifest.put("annotations", Map.of(SIGNED_BY, signature.keyId()));
        return json.writeValueAsBytes(manifest);
    }

    private byte[] index(List<Object> named) {
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("schemaVersion", 2);
        index.put("mediaType", INDEX_TYPE);
        index.put("manifests", named);
        return json.writeValueAsBytes(index);
    }

    private static Map<String, Object> descriptor(
            Blob blob, @Nullable String artifactType, Map<String, String> annotations) {
        Map<String, Object> descriptor = new LinkedHashMap<>();
        descriptor.put("mediaType", blob.mediaType());
        descriptor.put("digest", blob.digest().toString());
        descriptor.put("size", blob.sizeBytes());
        if (artifactType != null) {
            descriptor.put("artifactType", artifactType);
        }
        if (!annotations.isEmpty()) {
            descriptor.put("annotations", annotations);
        }
        return descriptor;
    }

    private static void add(Map<String, ArchivePart> parts, ArchivePart part) {
        parts.putIfAbsent(part.name(), part);
    }
}
