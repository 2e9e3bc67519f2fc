package io.strandline.catalog.lookup;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.signing.ManifestSignature;
import io.strandline.snapshot.signing.SignatureCheck;
import io.strandline.snapshot.signing.SignaturePolicy;
import io.strandline.snapshot.signing.Signatures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Signs manifests, and refuses those that no trusted key has signed where the policy wants it. */
@Component
public final class TrustChecks {

    private static final Logger log = LoggerFactory.getLogger(TrustChecks.class);

    private final Signatures signatures;

    TrustChecks(Signatures signatures) {
        this.signatures = signatures;
    }

    /** Whether what is not vouched for is refused. */
    public boolean required() {
        return signatures.policy() == SignaturePolicy.REQUIRE;
    }

    /** What a signature of a manifest is worth. */
    public SignatureCheck check(byte[] manifest, @Nullable ManifestSignature signature) {
        return signatures.check(manifest, signature);
    }

    /**
     * Looks at the signature of a manifest that is to be used.
     *
     * @param what whose manifest it is, within a sentence
     * @throws StrandlineException {@code signature-missing}, {@code signature-invalid}
     */
    public void require(String what, byte[] manifest, @Nullable ManifestSignature signature) {
        if (signatures.policy() == SignaturePolicy.OFF) {
            return;
        }
        SignatureCheck found = check(manifest, signature);
        if (found.valid()) {
            return;
        }
        if (!required()) {
            log.warn("the manifest of {} {}", what, found.words());
            return;
        }
        ErrorCode code = signature == null ? ErrorCode.SIGNATURE_MISSING : ErrorCode.SIGNATURE_INVALID;
        String wayOut = signature == null
                ? "; signatures are required here: choose a signed version, or set strandline.signing.policy."
                : "; choose another version, or add the key to strandline.signing.trusted-keys if it is to be trusted.";
        throw new StrandlineException(code, "The manifest of " + what + " " + found.words() + wayOut);
    }

    @Nullable
    ManifestSignature sign(byte[] manifest) {
        return signatures.sign(manifest).orElse(null);
    }
}
