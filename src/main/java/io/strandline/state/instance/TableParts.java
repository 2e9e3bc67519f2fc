package io.strandline.state.instance;

import io.strandline.state.RunFormat;
import java.util.List;

/**
 * What makes one backend differ from another.
 *
 * @param writes the encoding of new runs
 * @param reads every encoding
 * @param bounded whether tables keep only what the memory budget has room for
 */
public record TableParts(RunFormat writes, List<RunFormat> reads, boolean bounded) {

    public TableParts {
        reads = List.copyOf(reads);
    }
}
