package io.strandline.retention;

import java.util.List;

/**
 * A policy's verdicts over a branch's history.
 *
 * @param verdicts the line's versions newest first, then those off the line
 * @param capUnmet caps that protections keep from being met
 */
public record Evaluation(List<Verdict> verdicts, List<CapUnmet> capUnmet) {

    public Evaluation {
        verdicts = List.copyOf(verdicts);
        capUnmet = List.copyOf(capUnmet);
    }
}
