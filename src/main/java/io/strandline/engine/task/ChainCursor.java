package io.strandline.engine.task;

import org.jspecify.annotations.Nullable;

/** Knows which link of a chain is at work, to name it when it throws. */
final class ChainCursor {

    private @Nullable ChainLink at;

    @Nullable
    ChainLink enter(ChainLink link) {
        ChainLink before = at;
        at = link;
        return before;
    }

    void back(@Nullable ChainLink before) {
        at = before;
    }

    void leave() {
        at = null;
    }

    @Nullable
    String vertex() {
        return at == null ? null : at.vertex();
    }
}
