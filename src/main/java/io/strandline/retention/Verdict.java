package io.strandline.retention;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says of one version, and why.
 *
 * @param version the version
 * @param expires whether it goes
 * @param protectedBy what no policy may overrule
 * @param keptBy rules that keep it, after caps
 * @param whyNot for each rule that does not keep it a sentence that says why
 * @param goes for a kept one when it goes, null for one that expires
 */
public record Verdict(
        Candidate version,
        boolean expires,
        List<Protection> protectedBy,
        List<KeepReason> keptBy,
        List<String> whyNot,
        @Nullable Departure goes) {

    public Verdict {
        protectedBy = List.copyOf(protectedBy);
        keptBy = List.copyOf(keptBy);
        whyNot = List.copyOf(whyNot);
    }
}
