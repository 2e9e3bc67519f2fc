package io.strandline.state.diff;

import java.io.IOException;

/** Takes differences as they are found. */
@FunctionalInterface
public interface DifferenceVisitor {

    /** One difference; answers whether to go on. */
    boolean visit(Difference difference) throws IOException;
}
