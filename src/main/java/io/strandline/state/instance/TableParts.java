package io.strandline.state.instance;

import io.strandline.state.RunFormat;
import io.strandline.state.run.RunFiles;
import io.strandline.state.run.RunView;
import java.util.List;
import java.util.function.Function;

/**
 * What makes one backend differ from another.
 *
 * @param writes the encoding of new runs
 * @param reads every encoding
 * @param bounded whether tables keep only what the memory budget has room for
 * @param merges how its runs are merged
 * @param views makes the random reads of one state
 */
public record TableParts(
        RunFormat writes,
        List<RunFormat> reads,
        boolean bounded,
        MergeRules merges,
        Function<RunFiles, RunView> views) {

    public TableParts {
        reads = List.copyOf(reads);
    }
}
