package io.strandline.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A step of a script. Its numbers choose among what there is when it is done, so that any part of a script is a script.
 *
 * @param verb what to do
 * @param first chooses the first thing, such as the version
 * @param second chooses the second, such as the branch
 */
record Step(Verb verb, int first, int second) {

    /** What may be done; the number says how often, compared with the others. */
    enum Verb {
        JOB(2),
        START(5),
        STOP(4),
        WORK(6),
        CHECKPOINT(22),
        BEGIN_ATTEMPT(5),
        END_ATTEMPT(4),
        FAIL_ATTEMPT(3),
        HAUNT(3),
        TAG(5),
        UNTAG(3),
        HOLD(4),
        RELEASE(4),
        DELETE(8),
        UNDELETE(4),
        FORK(6),
        EXPERIMENT(4),
        PROTECT(2),
        DELETE_BRANCH(4),
        UNDELETE_BRANCH(3),
        RESTORE(9),
        FAST_FORWARD(4),
        PROMOTE(4),
        UNDO(5),
        PLAN(6),
        LOOK(2),
        COLLECT(4),
        COLLECT_DURING_AN_ATTEMPT(3),
        COLLECT_WHAT_IS_DUE(3),
        RELEASE_FROM_QUARANTINE(2),
        PASS_TIME(4),
        SET_CLOCK_BACK(1),
        CUT_POWER(2),
        CUT_POWER_IN_A_MOVE(2),
        LOSE_CATALOG(1);

        private final int weight;

        Verb(int weight) {
            this.weight = weight;
        }
    }

    private static final List<Verb> BY_WEIGHT = byWeight();

    static List<Step> script(Random random, int length) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            Verb verb = BY_WEIGHT.get(random.nextInt(BY_WEIGHT.size()));
            steps.add(new Step(verb, random.nextInt(1_000), random.nextInt(1_000)));
        }
        return steps;
    }

    private static List<Verb> byWeight() {
        List<Verb> all = new ArrayList<>();
        for (Verb verb : Verb.values()) {
            for (int i = 0; i < verb.weight; i++) {
                all.add(verb);
            }
        }
        return all;
    }
}
