package io.strandline.retention;

import java.util.List;
import java.util.stream.Stream;
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

    /** What two lines together say of a version: it goes when it goes from both, and every reason of either counts. */
    public Verdict and(Verdict other) {
        return new Verdict(
                version,
                expires && other.expires,
                both(protectedBy, other.protectedBy),
                both(keptBy, other.keptBy),
                both(whyNot, other.whyNot),
                goes == null ? other.goes : goes.and(other.goes));
    }

    private static <T> List<T> both(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().toList();
    }
}
