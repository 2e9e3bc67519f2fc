package io.strandline.snapshot;

import io.strandline.storage.Blob;
import io.strandline.storage.Digest;

/** Media types and annotation keys of a version's manifest (OCI image specification 1.1, artifacts). */
final class ManifestWords {

    static final int SCHEMA_VERSION = 2;
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String ARTIFACT = "application/vnd.strandline.snapshot.v1+json";
    static final String CONFIG = "application/vnd.strandline.snapshot.config.v1+json";

    /** The specification's stand-in for "nothing", {@code {}}: what a version without files has as its one layer. */
    static final Blob EMPTY_LAYER = new Blob(
            "application/vnd.oci.empty.v1+json",
            new Digest("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"),
            2);

    /** The field of the config that has the pipeline's document, as text. */
    static final String PIPELINE = "pipeline";

    static final String CREATED = "org.opencontainers.image.created";

    private static final String OWN = "io.strandline.";
    static final String ID = OWN + "snapshot";
    static final String JOB_ID = OWN + "job-id";
    static final String JOB = OWN + "job";
    static final String BRANCH = OWN + "branch";
    static final String NUMBER = OWN + "number";
    static final String KIND = OWN + "kind";
    static final String MODE = OWN + "mode";
    static final String PARENT = OWN + "parent";
    static final String BASE = OWN + "base";
    static final String REVERTS_TO = OWN + "reverts-to";
    static final String IMPORTED_FROM = OWN + "imported-from";
    static final String EPOCH = OWN + "epoch";
    static final String PIPELINE_VERSION = OWN + "pipeline-version";
    static final String BACKEND = OWN + "backend";
    static final String PARALLELISM = OWN + "parallelism";
    static final String MAX_PARALLELISM = OWN + "max-parallelism";
    static final String NEW_BYTES = OWN + "new-bytes";
    static final String STARTED = OWN + "started";

    static final String OPERATOR = OWN + "operator";
    static final String STATE = OWN + "state";
    static final String RUN_NUMBER = OWN + "run-number";
    static final String CONVERSION = OWN + "conversion";
    static final String RUN_SEQUENCE = OWN + "run-sequence";
    static final String KEY_GROUPS = OWN + "key-groups";
    static final String ENTRIES = OWN + "entries";
    static final String DELETES = OWN + "deletes";

    private ManifestWords() {}
}
