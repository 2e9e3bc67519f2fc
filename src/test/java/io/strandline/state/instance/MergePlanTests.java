package io.strandline.state.instance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the policy costs, and how much garbage it leaves, by sizes alone. */
class MergePlanTests {

    private static final MergeRules RULES = MergeRules.STEADY;
    private static final double LIVE_BYTES = 580e6;

    @ParameterizedTest
    @ValueSource(ints = {200, 600})
    void writesLittleAndSteadilyWhenOneKeyInAHundredChanges(int snapshots) {
        MergeModel model = new MergeModel(RULES, LIVE_BYTES, 0.01).play(snapshots);

        assertThat(model.meanWritten()).isLessThan(14e6);
        assertThat(model.worstOverMedian()).isLessThan(2);
        assertThat(model.mostNamed()).isLessThan(2);
        assertThat(model.deepest()).isLessThanOrEqualTo(RULES.mostDepth());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0005, 0.001, 0.003, 0.008, 0.009, 0.03, 0.1, 0.3})
    void keepsGarbageAndDepthBoundedWhateverChanges(double share) {
        MergeModel model = new MergeModel(RULES, LIVE_BYTES, share).play(400);

        assertThat(model.mostNamed()).isLessThan(2);
        assertThat(model.deepest()).isLessThanOrEqualTo(RULES.mostDepth());
        assertThat(model.meanWritten()).isLessThan(4 * share * LIVE_BYTES);
    }

    @Test
    void staysShallowWhereTheRulesAskForIt() {
        MergeModel model = new MergeModel(new MergeRules(4, 0.1, 12, 64, 64 << 10), LIVE_BYTES, 0.01).play(200);

        assertThat(model.deepest()).isLessThanOrEqualTo(12);
    }

    @Test
    void doesNothingWhileNothingIsFlushed() {
        assertThat(new MergeModel(RULES, LIVE_BYTES, 0.01).play(0).runs()).isEqualTo(64);
    }

    @Test
    void dividesNoStateThatIsTiny() {
        MergeModel model = new MergeModel(new MergeRules(1.25, 0.1, 96, 1, 64 << 10), 20_000, 0.05).play(50);

        assertThat(model.runs()).isLessThan(40);
    }
}
